#ifndef TUI_STATUS_H
#define TUI_STATUS_H

#include "base/strbuf.h"

/*
 * The first row of the screen: parts, each in a long and a short form. What matters least gives way
 * first, until the rest fits.
 */
enum status_part {
	STATUS_NAME,
	STATUS_PHASE,
	STATUS_WHO, /* is at work, or waits */
	STATUS_AUTONOMY,
	STATUS_MODEL,
	STATUS_COST,
	STATUS_CONTEXT,
	STATUS_LINK,
	STATUS_COUNT,
};

struct status {
	struct strbuf long_form[STATUS_COUNT], short_form[STATUS_COUNT]; /* empty: as the long */
};

/* What stands at the left and at the right of a row of so many columns. */
void status_fit(const struct status *status, int cols, const char *between, struct strbuf *left,
                struct strbuf *right);
void status_release(struct status *status);

#endif
