#include <stdlib.h>

#include "base/mem.h"
#include "cli/who.h"

/* The one question that is asked before a session begins: what is this server's model called? */
struct asking {
	const char *endpoint;
	char *model; /* NULL: not known yet */
	bool is_over, ok;
	struct error err;
};

static void on_models(void *ctx, const struct llm_model_info *models, size_t count,
                      const struct error *err)
{
	struct asking *a = ctx;

	a->is_over = true;
	a->ok = !err && count == 1;
	if (err)
		a->err = *err;
	else if (count == 1)
		a->model = xstrdup(models[0].name);
	else if (!count)
		failed(&a->err, ERR_REFUSED, "%s offers no model", a->endpoint);
	else
		failed(&a->err, ERR_USAGE,
		       "%s offers %zu models; say which: --model %s/%.80s, for instance",
		       a->endpoint, count, a->endpoint, models[0].name);
}

bool who_ask_server(struct llm_settings *settings, const struct flags *flags, struct loop *loop,
                    struct error *err)
{
	struct asking asking = { .endpoint = who_lacks_model(settings, flags) };
	struct llm *llm;

	if (!asking.endpoint)
		return true;
	if (!llm_open(&llm, loop, settings, NULL, err))
		return false;
	llm_list_models(llm, asking.endpoint, on_models, &asking);
	while (!asking.is_over && loop_turn(loop, -1))
		;
	llm_close(llm);
	if (!asking.ok) {
		*err = asking.err;
		return false;
	}
	who_set_all(settings, asking.endpoint, asking.model);
	free(asking.model);
	return true;
}
