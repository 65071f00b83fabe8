#include "agent/edit_lines.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	TAB_COLS = 4,
	CHUNK_BYTES = 1 << 14,
	INDENT_MAX = 1000,
};

struct edit_chunk {
	struct edit_chunk *next;
	size_t used, size;
	char bytes[];
};

bool edit_spend(struct edit_work *work, size_t steps)
{
	work->steps = steps < work->steps ? work->steps - steps : 0;
	return work->steps > 0;
}

/* Memory is work too: a step a byte. */
static char *take(struct edit_work *work, size_t len)
{
	struct edit_chunk *chunk = work->chunks;
	size_t size = len > CHUNK_BYTES ? len : CHUNK_BYTES;

	edit_spend(work, len);
	if (!chunk || chunk->size - chunk->used < len) {
		chunk = xcalloc(1, sizeof(*chunk) + size);
		chunk->size = size;
		chunk->next = work->chunks;
		work->chunks = chunk;
	}
	chunk->used += len;
	return chunk->bytes + chunk->used - len;
}

void edit_work_release(struct edit_work *work)
{
	while (work->chunks) {
		struct edit_chunk *next = work->chunks->next;

		free(work->chunks);
		work->chunks = next;
	}
}

bool span_equals(struct text_span a, struct text_span b)
{
	return a.len == b.len && (!a.len || !memcmp(a.at, b.at, a.len));
}

/* What word processors and models put where Python wants ASCII; '\0': not such a character. */
static char plain_of(uint32_t character)
{
	static const struct {
		uint32_t fancy;
		char plain;
	} rows[] = {
		{ 0xa0, ' ' },    { 0x2007, ' ' },  { 0x202f, ' ' },  { 0x3000, ' ' },
		{ 0x2010, '-' },  { 0x2011, '-' },  { 0x2012, '-' },  { 0x2013, '-' },
		{ 0x2014, '-' },  { 0x2212, '-' },  { 0x2018, '\'' }, { 0x2019, '\'' },
		{ 0x201a, '\'' }, { 0x2032, '\'' }, { 0x201c, '"' },  { 0x201d, '"' },
		{ 0x201e, '"' },  { 0x2033, '"' },  { 0xff08, '(' },  { 0xff09, ')' },
		{ 0xff0c, ',' },  { 0xff1a, ':' },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		if (rows[i].fancy == character)
			return rows[i].plain;
	}
	return '\0';
}

static bool is_ascii(struct text_span text)
{
	for (size_t i = 0; i < text.len; i++) {
		if ((unsigned char)text.at[i] >= 0x80)
			return false;
	}
	return true;
}

struct text_span line_plain(struct edit_work *work, struct text_span text)
{
	char *out;
	size_t len = 0;

	if (is_ascii(text))
		return text;
	out = take(work, text.len);
	for (size_t i = 0; i < text.len;) {
		uint32_t c;
		size_t n = text_decode(&c, text.at + i, text.len - i);
		char plain = plain_of(c);

		if (plain)
			out[len++] = plain;
		else
			memcpy(out + len, text.at + i, n);
		len += plain ? 0 : n;
		i += n;
	}
	return (struct text_span){ out, len };
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* One space for each run of blanks. */
static struct text_span squeezed(struct edit_work *work, struct text_span text)
{
	bool is_needed = false;
	size_t len = 0;
	char *out;

	for (size_t i = 0; i < text.len && !is_needed; i++)
		is_needed = text.at[i] == '\t' ||
		            (i && is_blank(text.at[i]) && is_blank(text.at[i - 1]));
	if (!is_needed)
		return text;
	out = take(work, text.len);
	for (size_t i = 0; i < text.len; i++) {
		if (!is_blank(text.at[i]))
			out[len++] = text.at[i];
		else if (len && out[len - 1] != ' ')
			out[len++] = ' ';
	}
	return (struct text_span){ out, len };
}

/* Columns of the blanks at the front, NBSP among them; *bytes is where the text begins. */
static size_t indent_of(struct text_span raw, size_t *bytes)
{
	size_t cols = 0, i = 0;

	while (i < raw.len) {
		uint32_t c;
		size_t n = text_decode(&c, raw.at + i, raw.len - i);

		if (c == '\t')
			cols += TAB_COLS - cols % TAB_COLS;
		else if (c == ' ' || plain_of(c) == ' ')
			cols++;
		else
			break;
		i += n;
	}
	*bytes = i;
	return cols;
}

struct line edit_line_read(struct edit_work *work, struct text_span raw)
{
	struct line line = { .raw = raw };
	size_t lead;

	line.has_cr = raw.len && raw.at[raw.len - 1] == '\r';
	line.raw.len -= line.has_cr;
	line.indent = indent_of(line.raw, &lead);
	line.body = text_trim((struct text_span){ line.raw.at + lead, line.raw.len - lead });
	line.key = squeezed(work, text_trim(line_plain(work, line.body)));
	line.kind = !line.key.len ? LINE_BLANK : *line.key.at == '#' ? LINE_COMMENT : LINE_CODE;
	return line;
}

struct line line_made(struct edit_work *work, struct text_span body, size_t indent)
{
	size_t cols = indent < INDENT_MAX ? indent : INDENT_MAX;
	size_t tabs = work->has_tabs ? cols / TAB_COLS : 0;
	size_t blanks = tabs + cols - tabs * TAB_COLS;
	char *bytes = take(work, blanks + body.len);
	struct line line;

	memset(bytes, ' ', blanks);
	memset(bytes, '\t', tabs);
	if (body.len)
		memcpy(bytes + blanks, body.at, body.len);
	line = edit_line_read(work, (struct text_span){ bytes, blanks + body.len });
	line.has_cr = work->has_cr;
	return line;
}

bool line_is_ellipsis(const struct line *line)
{
	static const char unicode[] = "\xe2\x80\xa6";
	struct text_span text = line->key;
	bool is_comment = line->kind == LINE_COMMENT;

	while (is_comment && text.len && (*text.at == '#' || *text.at == ' ')) {
		text.at++;
		text.len--;
	}
	if (text.len < 3 || (memcmp(text.at, "...", 3) && memcmp(text.at, unicode, 3)))
		return false;
	return is_comment || text.len == 3;
}

void lines_push(struct lines *lines, struct line line)
{
	if (lines->count == lines->cap) {
		lines->cap = lines->cap ? lines->cap * 2 : 64;
		lines->all = xrealloc(lines->all, lines->cap * sizeof(*lines->all));
	}
	lines->all[lines->count++] = line;
}

void lines_read(struct lines *out, struct edit_work *work, struct text_span text, size_t most_lines)
{
	struct text_span raw;

	while (out->count < most_lines && text_next_line(&raw, &text))
		lines_push(out, edit_line_read(work, raw));
}

void lines_add(struct lines *lines, const struct lines *from, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		lines_push(lines, from->all[i]);
}

struct lines lines_part(const struct lines *lines, size_t start, size_t end)
{
	return (struct lines){ .all = lines->all ? lines->all + start : NULL,
		               .count = end - start };
}

struct lines lines_trimmed(const struct lines *lines)
{
	size_t start = 0, end = lines->count;

	while (start < end && lines->all[start].kind == LINE_BLANK)
		start++;
	while (end > start && lines->all[end - 1].kind == LINE_BLANK)
		end--;
	return lines_part(lines, start, end);
}

bool lines_equal(const struct lines *a, const struct lines *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		if (!span_equals(a->all[i].raw, b->all[i].raw))
			return false;
	}
	return true;
}

void lines_write(struct strbuf *out, const struct lines *lines, bool ends_line)
{
	for (size_t i = 0; i < lines->count; i++) {
		const struct line *line = &lines->all[i];

		strbuf_add(out, line->raw.at, line->raw.len);
		if (i + 1 < lines->count || ends_line)
			strbuf_addstr(out, line->has_cr ? "\r\n" : "\n");
	}
}

void lines_release(struct lines *lines)
{
	if (lines->cap)
		free(lines->all);
	*lines = (struct lines){ 0 };
}
