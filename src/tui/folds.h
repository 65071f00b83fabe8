#ifndef TUI_FOLDS_H
#define TUI_FOLDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"

/*
 * Long texts that were pasted. In the text being written each is a single character of a private
 * plane, so the cursor steps over it, and undo brings it back, as over any other; people see
 * "[paste 12 lines]", and whoever gets the text gets all of it. All zeros holds none.
 */
struct folds {
	char **texts;
	size_t count;
};

/* So long that it would be in the way: many lines, or a very long one. */
bool folds_want(const char *text, size_t len);

void folds_add(struct folds *folds, const char *text, size_t len, struct strbuf *sign);
void folds_release(struct folds *folds);

/* The text behind a sign; NULL: it is none of ours. */
const char *folds_text(const struct folds *folds, uint32_t sign);

/* What people see of it. */
void folds_label(const struct folds *folds, uint32_t sign, struct strbuf *out);

/* Text with everything that is folded in its place. */
void folds_expand(const struct folds *folds, const char *text, struct strbuf *out);

/* Text from outside, in which signs of ours mean nothing. */
void folds_mend(const char *text, size_t len, struct strbuf *out);

#endif
