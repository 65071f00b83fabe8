#include <ctype.h>
#include <string.h>

#include "base/json.h"

#define DEEPEST 200

/* Text on its way from what was written to what was meant. */
struct mender {
	const char *at, *end;
	struct strbuf out;
	char open[DEEPEST]; /* the brackets that still want closing, as their closers */
	size_t depth;
};

static bool starts(const struct mender *m, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(m->end - m->at) >= len && !memcmp(m->at, word, len);
}

static void skip_line(struct mender *m)
{
	while (m->at < m->end && *m->at != '\n')
		m->at++;
}

static void skip_block(struct mender *m)
{
	while (m->at < m->end && !starts(m, "*/"))
		m->at++;
	m->at = m->at < m->end ? m->at + 2 : m->end;
}

/* Is the quote at s the end of its string? A stray one inside is followed by more words. */
static bool is_closing(const char *s, const char *end)
{
	for (s++; s < end && isspace((unsigned char)*s); s++)
		;
	return s >= end || strchr(",:}]", *s) || *s == '/' || *s == '#';
}

static void mend_string(struct mender *m)
{
	char quote = *m->at++;

	strbuf_addstr(&m->out, "\"");
	for (; m->at < m->end; m->at++) {
		char c = *m->at;

		if (c == quote && is_closing(m->at, m->end)) {
			m->at++;
			break;
		}
		if (c == '\\' && m->at + 1 < m->end && strchr("\"\\/bfnrtu", m->at[1])) {
			strbuf_add(&m->out, m->at++, 2);
		} else if (c == '\\' && m->at + 1 < m->end && m->at[1] == '\'') {
			strbuf_add(&m->out, ++m->at, 1);
		} else if (c == '\\') {
			strbuf_addstr(&m->out, "\\\\");
		} else if (c == '"') {
			strbuf_addstr(&m->out, "\\\"");
		} else if ((unsigned char)c < 0x20) {
			strbuf_addf(&m->out, "\\u%04x", (unsigned)c);
		} else {
			strbuf_add(&m->out, &c, 1);
		}
	}
	strbuf_addstr(&m->out, "\"");
}

/* A bare word: a number, a constant as Python or JavaScript spell it, or a key without quotes. */
static void mend_word(struct mender *m)
{
	static const char *const constants[][2] = {
		{ "true", "true" },      { "false", "false" }, { "null", "null" },
		{ "True", "true" },      { "False", "false" }, { "None", "null" },
		{ "undefined", "null" }, { "NaN", "null" },
	};
	const char *from = m->at;
	size_t len;

	while (m->at < m->end && !isspace((unsigned char)*m->at) && !strchr(",:{}[]\"'", *m->at))
		m->at++;
	if (m->at == from) {
		m->at++;
		return;
	}
	len = (size_t)(m->at - from);
	for (size_t i = 0; i < COUNT(constants); i++) {
		if (strlen(constants[i][0]) == len && !memcmp(constants[i][0], from, len)) {
			strbuf_addstr(&m->out, constants[i][1]);
			return;
		}
	}
	if (isdigit((unsigned char)*from) || *from == '-')
		strbuf_add(&m->out, from, len);
	else
		json_quote(&m->out, from, len);
}

static void drop_comma(struct strbuf *out)
{
	while (out->len && isspace((unsigned char)out->buf[out->len - 1]))
		out->len--;
	if (out->len && out->buf[out->len - 1] == ',')
		out->len--;
	if (out->buf)
		out->buf[out->len] = '\0';
}

static void close_bracket(struct mender *m, char closer)
{
	drop_comma(&m->out);
	strbuf_add(&m->out, &closer, 1);
	m->depth--;
}

/* One token; false when the value is complete. */
static bool mend_token(struct mender *m)
{
	char c = *m->at;

	if (c == '{' || c == '[') {
		if (m->depth == DEEPEST)
			return false;
		m->open[m->depth++] = c == '{' ? '}' : ']';
		strbuf_add(&m->out, m->at++, 1);
	} else if (c == '}' || c == ']') {
		/* The wrong closer means that the right one was forgotten. */
		while (m->depth && m->open[m->depth - 1] != c)
			close_bracket(m, m->open[m->depth - 1]);
		if (m->depth)
			close_bracket(m, c);
		m->at++;
		return m->depth > 0;
	} else if (c == '"' || c == '\'') {
		mend_string(m);
	} else if (starts(m, "//") || c == '#') {
		skip_line(m);
	} else if (starts(m, "/*")) {
		skip_block(m);
	} else if (isspace((unsigned char)c) || c == ',' || c == ':') {
		strbuf_add(&m->out, m->at++, 1);
	} else {
		mend_word(m);
	}
	return true;
}

/* Where the value begins: the first bracket, in a fence that says json if there is one. */
static const char *find_start(const char *text, size_t len)
{
	const char *end = text + len;
	const char *fence = memmem(text, len, "```json", 7);
	const char *from = fence ? fence + 7 : text;

	for (const char *p = from; p < end; p++)
		if (*p == '{' || *p == '[')
			return p;
	return NULL;
}

bool json_parse_loose(struct json **out, const char *text, size_t len, struct error *err)
{
	const char *start = find_start(text, len);
	struct mender m = { .at = start, .end = text + len };
	bool ok;

	if (!start)
		return failed(err, ERR_PROTOCOL, "there is no JSON in the answer");
	while (m.at < m.end && mend_token(&m))
		;
	while (m.depth)
		close_bracket(&m, m.open[m.depth - 1]);
	ok = json_parse(out, strbuf_str(&m.out), m.out.len, err);
	strbuf_release(&m.out);
	return ok;
}
