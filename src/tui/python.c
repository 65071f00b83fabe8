#include "tui/python.h"

#include <ctype.h>
#include <string.h>

#include "base/compiler.h"

static const char *const keywords[] = {
	"and",  "as",     "assert", "async",  "await",  "break",   "class",    "continue", "def",
	"del",  "elif",   "else",   "except", "False",  "finally", "for",      "from",     "global",
	"if",   "import", "in",     "is",     "lambda", "None",    "nonlocal", "not",      "or",
	"pass", "raise",  "return", "True",   "try",    "while",   "with",     "yield",
};

static const char *const builtins[] = {
	"abs",   "all",   "any",   "bmesh", "bool",   "bpy",  "dict",      "enumerate", "float",
	"hash",  "int",   "len",   "list",  "map",    "math", "mathutils", "max",       "min",
	"print", "range", "round", "set",   "sorted", "str",  "sum",       "tuple",     "zip",
};

struct reader {
	struct python_piece *out;
	size_t count;
	struct text_span line;
	size_t at;
	bool after_def; /* the next name is being defined */
};

static void add(struct reader *r, size_t from, enum look look)
{
	if (r->count < PYTHON_PIECES_MOST && r->at > from)
		r->out[r->count++] = (struct python_piece){ from, r->at - from, look };
}

static char peek(const struct reader *r, size_t by)
{
	return r->at + by < r->line.len ? r->line.at[r->at + by] : '\0';
}

static bool is_listed(const char *const *list, size_t count, struct text_span word)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(word, list[i]))
			return true;
	return false;
}

/* To the end of a text in triple quotes, or of the line. */
static void read_long(struct reader *r, size_t from, struct python_state *state)
{
	while (r->at < r->line.len) {
		bool is_end = peek(r, 0) == state->quote && peek(r, 1) == state->quote &&
		              peek(r, 2) == state->quote;

		r->at += is_end ? 3 : peek(r, 0) == '\\' ? 2 : 1;
		if (is_end) {
			state->quote = '\0';
			break;
		}
	}
	if (r->at > r->line.len)
		r->at = r->line.len;
	add(r, from, LOOK_STRING);
}

static void read_string(struct reader *r, size_t from, struct python_state *state)
{
	char quote = peek(r, 0);

	if (peek(r, 1) == quote && peek(r, 2) == quote) {
		state->quote = quote;
		r->at += 3;
		read_long(r, from, state);
		return;
	}
	r->at++;
	while (r->at < r->line.len && peek(r, 0) != quote)
		r->at += peek(r, 0) == '\\' ? 2 : 1;
	r->at = r->at < r->line.len ? r->at + 1 : r->line.len;
	add(r, from, LOOK_STRING);
}

static void read_word(struct reader *r, struct python_state *state)
{
	size_t from = r->at;
	struct text_span word;
	bool is_member = from && r->line.at[from - 1] == '.';

	while (isalnum((unsigned char)peek(r, 0)) || peek(r, 0) == '_' || (peek(r, 0) & 0x80))
		r->at++;
	word = (struct text_span){ r->line.at + from, r->at - from };
	if (word.len <= 2 && (peek(r, 0) == '"' || peek(r, 0) == '\'')) {
		read_string(r, from, state); /* f"", rb'' */
		return;
	}
	if (r->after_def)
		add(r, from, LOOK_FUNCTION);
	else if (!is_member && is_listed(keywords, COUNT(keywords), word))
		add(r, from, LOOK_KEYWORD);
	else if (!is_member && is_listed(builtins, COUNT(builtins), word))
		add(r, from, LOOK_LINK);
	r->after_def = text_is(word, "def") || text_is(word, "class");
}

static void read_number(struct reader *r)
{
	size_t from = r->at;

	while (isalnum((unsigned char)peek(r, 0)) || peek(r, 0) == '.' || peek(r, 0) == '_')
		r->at++;
	add(r, from, LOOK_NUMBER);
}

size_t python_color(struct python_piece *out, struct text_span line, struct python_state *state)
{
	struct reader r = { .out = out, .line = line };

	if (state->quote)
		read_long(&r, 0, state);
	while (r.at < line.len) {
		unsigned char c = (unsigned char)peek(&r, 0);
		size_t from = r.at;

		if (c == '#') {
			r.at = line.len;
			add(&r, from, LOOK_COMMENT);
		} else if (c == '"' || c == '\'') {
			read_string(&r, from, state);
		} else if (isdigit(c)) {
			read_number(&r);
		} else if (isalpha(c) || c == '_' || c >= 0x80) {
			read_word(&r, state);
		} else {
			r.at++;
		}
	}
	return r.count;
}
