#include <inttypes.h>

#include "base/text.h"

enum {
	WORD_MAX = 63
};

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static bool same_letter(char a, char b)
{
	int x = a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a;
	int y = b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b;

	return x == y;
}

/* Letters to insert, drop, replace or swap with their neighbour to make one of the other. */
static unsigned distance(struct text_span a, struct text_span b)
{
	unsigned rows[3][WORD_MAX + 1];
	unsigned *older = rows[0], *old = rows[1], *now = rows[2], *spare;

	for (size_t j = 0; j <= b.len; j++)
		old[j] = (unsigned)j;
	for (size_t i = 1; i <= a.len; i++) {
		now[0] = (unsigned)i;
		for (size_t j = 1; j <= b.len; j++) {
			bool same = same_letter(a.at[i - 1], b.at[j - 1]);

			now[j] = least(old[j - 1] + !same, least(old[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && same_letter(a.at[i - 1], b.at[j - 2]) &&
			    same_letter(a.at[i - 2], b.at[j - 1]))
				now[j] = least(now[j], older[j - 2] + 1);
		}
		spare = older;
		older = old;
		old = now;
		now = spare;
	}
	return old[b.len];
}

const char *text_nearest(const char *word, const char *const names[], size_t count)
{
	struct text_span wanted = text_span(word);
	unsigned best = WORD_MAX;
	const char *nearest = NULL;

	for (size_t i = 0; i < count && wanted.len <= WORD_MAX; i++) {
		struct text_span name = text_span(names[i]);
		size_t longer = name.len > wanted.len ? name.len : wanted.len;
		unsigned far;

		if (longer > WORD_MAX)
			continue;
		far = distance(wanted, name);
		if (far < best && (size_t)far * 3 <= longer) {
			best = far;
			nearest = names[i];
		}
	}
	return nearest;
}

void text_add_duration(struct strbuf *out, int64_t ms)
{
	int64_t tenths = (ms + 50) / 100, seconds = (ms + 500) / 1000;

	if (ms < 1000)
		strbuf_addf(out, "%" PRId64 " ms", ms);
	else if (tenths < 100)
		strbuf_addf(out, "%" PRId64 ".%" PRId64 " s", tenths / 10, tenths % 10);
	else if (seconds < 60)
		strbuf_addf(out, "%" PRId64 " s", seconds);
	else if (seconds < 3600)
		strbuf_addf(out, "%" PRId64 " min %" PRId64 " s", seconds / 60, seconds % 60);
	else
		strbuf_addf(out, "%" PRId64 " h %" PRId64 " min", seconds / 3600,
		            seconds / 60 % 60);
}

void text_add_bytes(struct strbuf *out, uint64_t bytes)
{
	static const char *const units[] = { "KB", "MB", "GB", "TB", "PB", "EB" };
	double amount = (double)bytes / 1000;
	size_t unit = 0;

	if (bytes < 1000) {
		strbuf_addf(out, "%" PRIu64 " B", bytes);
		return;
	}
	for (; amount >= 999.5 && unit + 1 < COUNT(units); unit++)
		amount /= 1000;
	strbuf_addf(out, amount < 9.95 ? "%.1f %s" : "%.0f %s", amount, units[unit]);
}

void text_add_usd(struct strbuf *out, double usd)
{
	strbuf_addf(out, usd > 0 && usd < 0.01 ? "$%.4f" : "$%.2f", usd);
}
