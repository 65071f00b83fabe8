#include "rag/pattern.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

enum {
	TRIES_MAX = 32,
	LITERAL_MAX = 100,
};

static const struct part_name {
	const char *name;
	bool word; /* takes no blanks, no quotes */
} part_names[PART_COUNT] = {
	[PART_NONE] = { "_", false },        [PART_OWNER] = { "owner", true },
	[PART_NAME] = { "name", false },     [PART_PARAM] = { "param", true },
	[PART_DETAIL] = { "detail", false }, [PART_LISTED] = { "listed", false },
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.' || (unsigned char)c >= 0x80;
}

/* Takes "{name}" off the pattern. */
static enum pattern_part take_hole(const char **pattern)
{
	const char *end = strchr(*pattern, '}');
	enum pattern_part part = PART_NONE;

	assert(end);
	for (size_t i = 0; i < PART_COUNT; i++)
		if (text_is((struct text_span){ *pattern + 1, (size_t)(end - *pattern - 1) },
		            part_names[i].name))
			part = (enum pattern_part)i;
	*pattern = end + 1;
	return part;
}

/* Takes what stands before the next hole off the pattern. */
static size_t take_literal(char *out, const char **pattern)
{
	size_t len = strcspn(*pattern, "{");

	assert(len < LITERAL_MAX);
	memcpy(out, *pattern, len);
	out[len] = '\0';
	*pattern += len;
	return len;
}

static bool fits(enum pattern_part part, struct text_span taken)
{
	for (size_t i = 0; part_names[part].word && i < taken.len; i++)
		if (!is_word(taken.at[i]))
			return false;
	return taken.len > 0;
}

/* All that follows a literal that stands just before `text`. */
static bool match_rest(struct pattern_parts *out, const char *pattern, const char *text)
{
	char literal[LITERAL_MAX];

	while (*pattern) {
		enum pattern_part part = take_hole(&pattern);
		size_t len = take_literal(literal, &pattern);
		const char *end = *text ? strstr(text + 1, literal) : NULL;
		struct text_span taken;

		if (!end)
			return false;
		taken = (struct text_span){ text, len ? (size_t)(end - text) : strlen(text) };
		if (!fits(part, taken))
			return false;
		out->part[part] = taken;
		text = taken.at + taken.len + len;
	}
	return true;
}

/* The word that ends where the first literal begins. */
static struct text_span word_before(const char *text, const char *at)
{
	const char *from = at;

	while (from > text && is_word(from[-1]))
		from--;
	return (struct text_span){ from, (size_t)(at - from) };
}

bool pattern_match(struct pattern_parts *out, const char *pattern, const char *text)
{
	char literal[LITERAL_MAX];
	bool leads = pattern[0] == '{';
	enum pattern_part part = leads ? take_hole(&pattern) : PART_NONE;
	size_t len = take_literal(literal, &pattern);
	const char *at = text;

	assert(len > 0);
	for (int i = 0; i < TRIES_MAX && (at = strstr(at, literal)) != NULL; i++, at++) {
		*out = (struct pattern_parts){ 0 };
		if (leads)
			out->part[part] = word_before(text, at);
		if ((!leads || out->part[part].len) && match_rest(out, pattern, at + len))
			return true;
	}
	return false;
}
