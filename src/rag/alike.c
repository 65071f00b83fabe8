#include "rag/alike.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum {
	BYTES_MAX = 64,
	WORDS_MAX = 12,
	PREFIX_MIN = 3,
};

/* What a word is worth that the other name only begins with, or has in another number. */
#define PREFIX_WORTH 0.8
#define PLURAL_WORTH 0.95

/* A name in lower case without signs, and where its words are in it. */
struct name {
	char text[BYTES_MAX];
	size_t len;
	struct word {
		size_t at, len;
	} words[WORDS_MAX];
	size_t count;
};

enum letter {
	LETTER_SIGN,
	LETTER_LOWER,
	LETTER_UPPER,
	LETTER_DIGIT,
};

static enum letter letter_of(unsigned char c)
{
	if (c >= 0x80 || islower(c))
		return LETTER_LOWER;
	if (isupper(c))
		return LETTER_UPPER;
	return isdigit(c) ? LETTER_DIGIT : LETTER_SIGN;
}

/* Between useAuto and use2, and before the last capital of IDProperty. */
static bool is_start(const char *s, enum letter before)
{
	enum letter here = letter_of((unsigned char)s[0]);

	if (here == LETTER_SIGN || here == before)
		return here == LETTER_UPPER && letter_of((unsigned char)s[1]) == LETTER_LOWER;
	return !(here == LETTER_LOWER && before == LETTER_UPPER);
}

static void name_read(struct name *out, const char *s)
{
	enum letter before = LETTER_SIGN;

	out->len = out->count = 0;
	for (; *s && out->len < BYTES_MAX; s++) {
		enum letter here = letter_of((unsigned char)*s);

		if (is_start(s, before)) {
			if (out->count == WORDS_MAX)
				break;
			out->words[out->count++] = (struct word){ out->len, 0 };
		}
		before = here;
		if (here == LETTER_SIGN)
			continue;
		out->words[out->count - 1].len++;
		out->text[out->len++] = (char)tolower((unsigned char)*s);
	}
}

static double word_worth(const struct name *a, struct word x, const struct name *b, struct word y)
{
	const char *long_text = x.len < y.len ? b->text + y.at : a->text + x.at;
	const char *short_text = x.len < y.len ? a->text + x.at : b->text + y.at;
	size_t most = x.len < y.len ? y.len : x.len, least = x.len < y.len ? x.len : y.len;

	if (memcmp(long_text, short_text, least) != 0)
		return 0;
	if (most == least)
		return 1;
	if (isdigit((unsigned char)short_text[0]))
		return 0;
	if (most == least + 1 && long_text[least] == 's')
		return PLURAL_WORTH;
	return least >= PREFIX_MIN ? PREFIX_WORTH : 0;
}

/* The worth of all pairs of words, each word in one pair. */
static double shared_words(const struct name *a, const struct name *b)
{
	bool taken[WORDS_MAX] = { false };
	double sum = 0;

	for (size_t i = 0; i < a->count; i++) {
		double best = 0;
		size_t at = 0;

		for (size_t j = 0; j < b->count; j++) {
			double worth = taken[j] ? 0 : word_worth(a, a->words[i], b, b->words[j]);

			if (worth > best) {
				best = worth;
				at = j;
			}
		}
		if (best > 0)
			taken[at] = true;
		sum += best;
	}
	return sum;
}

static size_t smallest(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;

	return least < c ? least : c;
}

/* The letters that need not change, as a share of the longer name. */
static double edit_ratio(const struct name *a, const struct name *b)
{
	size_t row[BYTES_MAX + 1], longer = a->len > b->len ? a->len : b->len;

	for (size_t j = 0; j <= b->len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a->len; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b->len; j++) {
			size_t change = diagonal + (a->text[i - 1] != b->text[j - 1]);

			diagonal = row[j];
			row[j] = smallest(row[j] + 1, row[j - 1] + 1, change);
		}
	}
	return longer ? 1 - (double)row[b->len] / (double)longer : 0;
}

static bool is_same(const struct name *a, const struct name *b)
{
	return a->len == b->len && !memcmp(a->text, b->text, a->len);
}

double alike(const char *a, const char *b)
{
	struct name x, y;
	double shared, all, least;

	name_read(&x, a);
	name_read(&y, b);
	if (!x.len || !y.len)
		return 0;
	if (is_same(&x, &y))
		return 1;
	shared = shared_words(&x, &y);
	all = (double)(x.count + y.count) - shared;
	least = (double)(x.count < y.count ? x.count : y.count);
	return 0.4 * shared / all + 0.2 * shared / least + 0.35 * edit_ratio(&x, &y);
}

double alike_wanted(const char *wanted, const char *name)
{
	struct name x, y;
	double shared, all;

	name_read(&x, wanted);
	name_read(&y, name);
	if (!x.len || !y.len)
		return 0;
	if (is_same(&x, &y))
		return 1;
	shared = shared_words(&x, &y);
	all = (double)(x.count + y.count) - shared;
	return 0.5 * shared / (double)x.count + 0.2 * shared / all + 0.25 * edit_ratio(&x, &y);
}
