#include "cli/name.h"

#include <string.h>

#include "base/compiler.h"

enum {
	MOST_NAME_WORDS = 3,
	MOST_NAME_BYTES = 40, /* leaves room for a number */
};

/* Words that say nothing of the thing, and those before which its name has ended. */
static const char *const idle_words[] = {
	"a",    "an",   "the",     "some",  "my",     "of",     "please", "make",
	"me",   "us",   "create",  "build", "model",  "design", "draw",   "generate",
	"3d",   "nice", "simple",  "small", "render", "asset",  "one",    "single",
	"very", "and",  "stylish", "i",     "want",   "need",   "would",  "like",
};
static const char *const ending_words[] = {
	"with", "that",  "which", "whose", "having", "made",  "in",   "on",   "for",
	"from", "under", "at",    "where", "using",  "built", "next", "near", "as",
};

static bool is_among(const char *const words[], size_t count, const char *word, size_t len)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(words[i]) == len && !strncmp(words[i], word, len))
			return true;
	return false;
}

static bool is_mark(char c)
{
	return strchr(".,:;!?\n", c) != NULL;
}

/* Take the next word, in small letters and digits; all else is dropped. False: there is none. */
static bool next_word(struct strbuf *word, const char **rest)
{
	const char *at = *rest + strspn(*rest, " \t\r-_/.,:;!?\n\"'()");

	strbuf_reset(word);
	for (; *at && !strchr(" \t\r-_/", *at) && !is_mark(*at); at++) {
		char c = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			strbuf_add(word, &c, 1);
	}
	*rest = at;
	return word->len > 0 || *at;
}

void name_from_prompt(struct strbuf *out, const char *prompt)
{
	struct strbuf word = { 0 };
	int words = 0;

	strbuf_reset(out);
	while (words < MOST_NAME_WORDS && next_word(&word, &prompt)) {
		const char *text = strbuf_str(&word);

		if (words && is_among(ending_words, COUNT(ending_words), text, word.len))
			break;
		if (word.len && !is_among(idle_words, COUNT(idle_words), text, word.len)) {
			if (out->len + 1 + word.len > MOST_NAME_BYTES)
				break;
			strbuf_addf(out, "%s%s", words++ ? "-" : "", text);
		}
		if (words && is_mark(*prompt))
			break;
	}
	if (!out->len)
		strbuf_addstr(out, "asset");
	strbuf_release(&word);
}

void name_make_unique(struct strbuf *name, name_taken_fn is_taken, void *ctx)
{
	size_t len = name->len;

	for (int number = 2; is_taken(ctx, strbuf_str(name)); number++) {
		strbuf_cut(name, len);
		strbuf_addf(name, "-%d", number);
	}
}
