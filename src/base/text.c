#include "base/text.h"

#include <string.h>

#define REPLACEMENT 0xfffdu
#define ELLIPSIS    "\xe2\x80\xa6"

enum {
	TAB_COLS = 8,
	MARKS_MAX = 4,
	WORD_MAX = 63
};

struct text_span text_span(const char *s)
{
	return (struct text_span){ s, strlen(s) };
}

bool text_is(struct text_span span, const char *s)
{
	return span.len == strlen(s) && !memcmp(span.at, s, span.len);
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct text_span text_trim(struct text_span span)
{
	while (span.len && is_blank(span.at[span.len - 1]))
		span.len--;
	while (span.len && is_blank(*span.at)) {
		span.at++;
		span.len--;
	}
	return span;
}

static struct text_span skip(struct text_span span, size_t n)
{
	return (struct text_span){ span.at + n, span.len - n };
}

struct text_span text_next_word(struct text_span *rest)
{
	struct text_span word = text_trim(*rest);
	size_t len = 0;

	while (len < word.len && !strchr(" \t\r\n", word.at[len]))
		len++;
	*rest = text_trim((struct text_span){ word.at + len, word.len - len });
	word.len = len;
	return word;
}

bool text_is_number(size_t *out, struct text_span span, size_t most)
{
	size_t number = 0;

	for (size_t i = 0; i < span.len; i++) {
		if (span.at[i] < '0' || span.at[i] > '9' || number > most)
			return false;
		number = number * 10 + (size_t)(span.at[i] - '0');
	}
	*out = number;
	return number >= 1 && number <= most;
}

bool text_next_line(struct text_span *line, struct text_span *rest)
{
	const char *end;

	if (!rest->len)
		return false;
	end = memchr(rest->at, '\n', rest->len);
	*line = (struct text_span){ rest->at, end ? (size_t)(end - rest->at) : rest->len };
	*rest = skip(*rest, end ? line->len + 1 : line->len);
	return true;
}

/* First byte to how many follow, and what the second may be: no overlong forms, no surrogates. */
static const struct utf8_form {
	unsigned char from, to, low, high, more, mask;
} utf8_forms[] = {
	{ 0xc2, 0xdf, 0x80, 0xbf, 1, 0x1f }, { 0xe0, 0xe0, 0xa0, 0xbf, 2, 0x0f },
	{ 0xe1, 0xec, 0x80, 0xbf, 2, 0x0f }, { 0xed, 0xed, 0x80, 0x9f, 2, 0x0f },
	{ 0xee, 0xef, 0x80, 0xbf, 2, 0x0f }, { 0xf0, 0xf0, 0x90, 0xbf, 3, 0x07 },
	{ 0xf1, 0xf3, 0x80, 0xbf, 3, 0x07 }, { 0xf4, 0xf4, 0x80, 0x8f, 3, 0x07 },
};

static const struct utf8_form *form_of(unsigned char first)
{
	for (size_t i = 0; i < COUNT(utf8_forms); i++) {
		if (first >= utf8_forms[i].from && first <= utf8_forms[i].to)
			return &utf8_forms[i];
	}
	return NULL;
}

/* *ok says whether these bytes are a character, which U+FFFD may also be. */
static size_t decode(uint32_t *out, bool *ok, const char *s, size_t len)
{
	unsigned char first = (unsigned char)s[0];
	const struct utf8_form *form;
	size_t n = 1;

	*ok = true;
	*out = first;
	if (first < 0x80)
		return 1;
	form = form_of(first);
	*out = form ? first & form->mask : 0;
	for (; form && n <= form->more && n < len; n++) {
		unsigned char c = (unsigned char)s[n];

		if (c < (n == 1 ? form->low : 0x80) || c > (n == 1 ? form->high : 0xbf))
			break;
		*out = *out << 6 | (c & 0x3f);
	}
	*ok = form && n == (size_t)form->more + 1;
	if (!*ok)
		*out = REPLACEMENT;
	return n;
}

size_t text_decode(uint32_t *out, const char *s, size_t len)
{
	bool ok;

	return decode(out, &ok, s, len);
}

void text_encode(struct strbuf *out, uint32_t character)
{
	uint32_t c = character;
	char bytes[4];
	size_t n = 0;

	if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		c = REPLACEMENT;
	if (c < 0x80) {
		bytes[n++] = (char)c;
	} else if (c < 0x800) {
		bytes[n++] = (char)(0xc0 | c >> 6);
	} else if (c < 0x10000) {
		bytes[n++] = (char)(0xe0 | c >> 12);
		bytes[n++] = (char)(0x80 | (c >> 6 & 0x3f));
	} else {
		bytes[n++] = (char)(0xf0 | c >> 18);
		bytes[n++] = (char)(0x80 | (c >> 12 & 0x3f));
		bytes[n++] = (char)(0x80 | (c >> 6 & 0x3f));
	}
	if (c >= 0x80)
		bytes[n++] = (char)(0x80 | (c & 0x3f));
	strbuf_add(out, bytes, n);
}

bool text_is_utf8(const char *s, size_t len)
{
	uint32_t c;
	bool ok = true;

	for (size_t i = 0; i < len && ok;)
		i += decode(&c, &ok, s + i, len - i);
	return ok;
}

void text_mend(struct strbuf *out, const char *s, size_t len)
{
	size_t n;
	uint32_t c;
	bool ok;

	for (size_t i = 0; i < len; i += n) {
		n = decode(&c, &ok, s + i, len - i);
		if (ok)
			strbuf_add(out, s + i, n);
		else
			text_encode(out, c);
	}
}

static size_t cells(uint32_t character)
{
	int width = text_cell_width(character);

	return width < 0 ? 1 : (size_t)width;
}

size_t text_width(const char *s, size_t len)
{
	size_t width = 0;
	uint32_t c;

	for (size_t i = 0; i < len;) {
		i += text_decode(&c, s + i, len - i);
		width += cells(c);
	}
	return width;
}

/* How many bytes of a line fit into cols; *width is what they take. */
static size_t fitting(size_t *width, const char *s, size_t len, size_t cols)
{
	size_t i = 0;
	uint32_t c;

	*width = 0;
	while (i < len && s[i] != '\n') {
		size_t n = text_decode(&c, s + i, len - i);

		if (*width + cells(c) > cols)
			break;
		*width += cells(c);
		i += n;
	}
	return i;
}

void text_cut(struct strbuf *out, const char *s, size_t len, size_t cols)
{
	size_t width, n = fitting(&width, s, len, cols);

	if (n < len && cols)
		n = fitting(&width, s, len, cols - 1);
	strbuf_add(out, s, n);
	if (n < len && cols)
		strbuf_addstr(out, ELLIPSIS);
}

/* Where to break a line of which `n` bytes fit, but not all: after the last word that does. */
static size_t break_before(const char *s, size_t n)
{
	size_t end = n;

	if (s[n] == ' ')
		return n;
	while (end > 0 && s[end - 1] != ' ')
		end--;
	for (size_t i = 0; i < end; i++) {
		if (s[i] != ' ')
			return end;
	}
	return n; /* nothing but indentation before the word: cut the word */
}

bool text_next_row(struct text_span *row, struct text_span *rest, size_t cols)
{
	const struct text_span all = *rest;
	size_t width, end, next;
	uint32_t c;

	if (!all.len)
		return false;
	end = next = fitting(&width, all.at, all.len, cols);
	if (end < all.len && all.at[end] != '\n') {
		end = end ? break_before(all.at, end) : text_decode(&c, all.at, all.len);
		for (next = end; next < all.len && all.at[next] == ' ';)
			next++;
		while (end && all.at[end - 1] == ' ')
			end--;
	}
	*row = (struct text_span){ all.at, end };
	*rest = skip(all, next < all.len && all.at[next] == '\n' ? next + 1 : next);
	return true;
}
