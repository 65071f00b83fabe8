#include "tui/find.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static bool has_capitals(const char *what)
{
	for (; *what; what++)
		if (isupper((unsigned char)*what))
			return true;
	return false;
}

static bool begins(const char *at, const char *what, size_t len, bool exact)
{
	return exact ? !strncmp(at, what, len) : !strncasecmp(at, what, len);
}

bool find_next(struct text_span text, const char *what, size_t *at)
{
	size_t len = strlen(what);
	bool exact = has_capitals(what);

	for (size_t i = *at; len && i + len <= text.len; i++)
		if (begins(text.at + i, what, len, exact)) {
			*at = i;
			return true;
		}
	return false;
}

bool find_has(struct text_span text, const char *what)
{
	size_t at = 0;

	return find_next(text, what, &at);
}

void find_tint(const struct canvas *c, int row, int col, struct text_span text, const char *what)
{
	size_t len = what ? strlen(what) : 0;

	for (size_t at = 0; len && find_next(text, what, &at); at += len)
		canvas_tint(c, row, col + (int)text_width(text.at, at),
		            (int)text_width(text.at + at, len), LOOK_MATCH);
}

struct matches find_item(size_t *item, const struct finder *in, const char *what, int by)
{
	size_t *hits = xcalloc(in->count + 1, sizeof(*hits));
	struct matches found = { 0 };
	size_t at = 0;

	for (size_t i = 0; i < in->count; i++)
		if (find_has(in->text(in->ctx, i), what))
			hits[found.count++] = i;
	while (at < found.count && hits[at] < in->from)
		at++;
	if (found.count) {
		bool is_on_one = at < found.count && hits[at] == in->from;
		size_t back = (size_t)(by < 0 ? -by : 0) % found.count;
		size_t on = (size_t)(by > 0 ? by - !is_on_one : 0);

		at = (at + found.count - back + on) % found.count;
		*item = hits[at];
		found.at = at + 1;
	}
	free(hits);
	return found;
}
