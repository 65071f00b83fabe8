#include "tui/status.h"

#include <stdbool.h>

#include "base/compiler.h"
#include "base/text.h"

enum form {
	LONG,
	SHORT,
	GONE,
};

/* What happens, one after the other, until all fits. */
static const struct {
	enum status_part part;
	enum form becomes;
} givings[] = {
	{ STATUS_LINK, GONE },      { STATUS_PHASE, SHORT }, { STATUS_COST, SHORT },
	{ STATUS_MODEL, SHORT },    { STATUS_WHO, SHORT },   { STATUS_CONTEXT, SHORT },
	{ STATUS_CONTEXT, GONE },   { STATUS_MODEL, GONE },  { STATUS_PHASE, GONE },
	{ STATUS_AUTONOMY, SHORT }, { STATUS_COST, GONE },   { STATUS_AUTONOMY, GONE },
};

static const struct strbuf *form_of(const struct status *s, size_t part, enum form form)
{
	if (form == SHORT && s->short_form[part].len)
		return &s->short_form[part];
	return &s->long_form[part];
}

static void join(const struct status *s, const enum form *forms, size_t from, size_t to,
                 const char *between, struct strbuf *out)
{
	strbuf_reset(out);
	for (size_t i = from; i < to; i++) {
		const struct strbuf *text = form_of(s, i, forms[i]);

		if (forms[i] == GONE || !text->len)
			continue;
		strbuf_addf(out, "%s%s", out->len ? between : "", text->buf);
	}
}

void status_fit(const struct status *status, int cols, const char *between, struct strbuf *left,
                struct strbuf *right)
{
	enum form forms[STATUS_COUNT] = { LONG };

	for (size_t i = 0; i <= COUNT(givings); i++) {
		size_t width;

		join(status, forms, STATUS_NAME, STATUS_AUTONOMY, between, left);
		join(status, forms, STATUS_AUTONOMY, STATUS_COUNT, between, right);
		width = text_width(strbuf_str(left), left->len) +
		        text_width(strbuf_str(right), right->len);
		if (width + 4 <= (size_t)(cols > 0 ? cols : 0) || i == COUNT(givings))
			return;
		forms[givings[i].part] = givings[i].becomes;
	}
}

void status_release(struct status *status)
{
	for (size_t i = 0; i < STATUS_COUNT; i++) {
		strbuf_release(&status->long_form[i]);
		strbuf_release(&status->short_form[i]);
	}
}
