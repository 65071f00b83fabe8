#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "cli/cli.h"
#include "cli/interrupt.h"
#include "cli/who.h"

/* `relay work`: one model answers the open questions of a folder. */
struct working {
	bool is_over, is_stopped;
	size_t answered, refused;
	bool ok;
	struct error err;
};

static void on_said(void *ctx, const char *question, const struct error *err)
{
	struct working *w = ctx;

	if (err)
		w->refused++;
	printf("%s: %s\n", path_base(question), err ? err->text : "answered");
	fflush(stdout);
}

static void on_done(void *ctx, size_t answered, const struct error *err)
{
	struct working *w = ctx;

	w->is_over = true;
	w->answered = answered;
	w->ok = !err;
	if (err)
		w->err = *err;
}

static void on_interrupt(void *ctx, bool must_leave UNUSED)
{
	struct working *w = ctx;

	w->is_stopped = true;
}

static bool answer_all(struct working *w, struct loop *loop, const struct settings *settings,
                       const char *dir, struct error *err)
{
	const char *model = llm_role_model(&settings->llm, "default");
	struct llm_work_listener listener = { on_said, on_done, w };
	struct interrupts *interrupts;
	struct llm *llm;

	if (!model)
		return failed(err, ERR_REFUSED,
		              "relay work: say who answers: --model ENDPOINT/MODEL");
	if (!llm_open(&llm, loop, &settings->llm, NULL, err))
		return false;
	if (!interrupts_open(&interrupts, loop, on_interrupt, w, err)) {
		llm_close(llm);
		return false;
	}
	llm_relay_work(llm, dir, model, &listener);
	while (!w->is_over && !w->is_stopped && loop_turn(loop, -1))
		;
	interrupts_close(interrupts);
	llm_close(llm);
	if (w->is_stopped)
		return failed(err, ERR_CANCELLED, "stopped; what is open stays open");
	if (!w->ok)
		*err = w->err;
	return w->ok;
}

static bool work(const struct args *args, const char *dir, struct error *err)
{
	struct loop *loop = loop_new();
	struct working working = { 0 };
	struct settings settings;
	bool ok = cli_settings(&settings, args, err);

	if (ok) {
		ok = who_apply(&settings.llm, &args->flags, dir, err) &&
		     who_ask_server(&settings.llm, &args->flags, loop, err) &&
		     answer_all(&working, loop, &settings, dir, err);
		settings_release(&settings);
	}
	loop_free(loop);
	if (ok)
		printf("%zu answered, %zu not\n", working.answered, working.refused);
	return ok;
}

static bool pack(const struct args *args, const char *dir, struct error *err)
{
	const char *file = args->count > 2 ? args->words[2] : "relay.tar";

	if (!llm_relay_pack(dir, file, err))
		return false;
	printf("%s holds %s now\n", file, dir);
	return true;
}

static bool unpack(const struct args *args, const char *dir, struct error *err)
{
	const char *file = args->count > 2 ? args->words[2] : "relay.tar";
	size_t files;

	if (!llm_relay_unpack(dir, file, &files, err))
		return false;
	printf("%zu new files in %s\n", files, dir);
	return true;
}

static const struct {
	const char *name;
	bool (*run)(const struct args *args, const char *dir, struct error *err);
} deeds[] = {
	{ "work", work },
	{ "pack", pack },
	{ "unpack", unpack },
};

int cmd_relay(const struct args *args)
{
	struct error err;

	for (size_t i = 0; i < COUNT(deeds); i++)
		if (!strcmp(deeds[i].name, args->words[0]))
			return deeds[i].run(args, args->words[1], &err) ? EXIT_DONE
			                                                : cli_fail(&err);
	failed(&err, ERR_USAGE, "relay: \"%.40s\" is neither work, pack nor unpack",
	       args->words[0]);
	return cli_fail(&err);
}
