#include <inttypes.h>

#include "base/text.h"

enum {
	TAB_COLS = 8,
	MARKS_MAX = 4
};

enum treatment {
	KEEP,
	DROP,
	SHOW, /* as an escape */
	SPACE,
};

static enum treatment treatment_of(uint32_t character)
{
	static const struct {
		uint32_t from, to;
		enum treatment treatment;
	} rows[] = {
		{ 0x00, 0x1f, SHOW },       { 0x7f, 0x9f, SHOW },        /* C0, DEL, C1 */
		{ 0xa0, 0xa0, SPACE },      { 0xad, 0xad, DROP },        /* soft hyphen */
		{ 0x061c, 0x061c, SHOW },   { 0x180e, 0x180e, DROP },    /* bidi mark */
		{ 0x200b, 0x200d, DROP },   { 0x200e, 0x200f, SHOW },    /* joiners; bidi marks */
		{ 0x2028, 0x202e, SHOW },   { 0x202f, 0x202f, SPACE },   /* line ends; bidi */
		{ 0x2060, 0x206f, SHOW },   { 0xd800, 0xdfff, SHOW },    /* bidi isolates */
		{ 0xfe00, 0xfe0f, DROP },   { 0xfeff, 0xfeff, DROP },    /* variants; BOM */
		{ 0xfff9, 0xfffb, SHOW },   { 0x1f3fb, 0x1f3ff, DROP },  /* skin tones */
		{ 0xe0000, 0xe0fff, SHOW }, { 0xf0000, 0x10ffff, SHOW }, /* tags; private */
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		if (character >= rows[i].from && character <= rows[i].to)
			return rows[i].treatment;
	}
	return KEEP;
}

bool text_is_harmless(uint32_t character)
{
	return treatment_of(character) == KEEP;
}

struct cleaner {
	struct strbuf *out;
	size_t col;
	size_t marks; /* combining ones in a row: some write a screenful over one letter */
};

static void put(struct cleaner *to, const char *s, size_t len, size_t cols)
{
	strbuf_add(to->out, s, len);
	to->col += cols;
	to->marks = 0;
}

static void put_escape(struct cleaner *to, uint32_t c)
{
	size_t before = to->out->len;

	strbuf_addf(to->out, c < 0x100 ? "\\x%02" PRIx32 : "\\u%04" PRIx32, c);
	to->col += to->out->len - before;
	to->marks = 0;
}

static void put_character(struct cleaner *to, uint32_t c, const char *s, size_t len)
{
	int width = text_cell_width(c);

	if (width < 0 || c == 0xfffd) {
		put(to, "\xef\xbf\xbd", 3, 1);
	} else if (width > 0) {
		put(to, s, len, (size_t)width);
	} else if (to->marks < MARKS_MAX && to->col > 0) {
		strbuf_add(to->out, s, len);
		to->marks++;
	}
}

/* Line ends and tabs, as the shape has them. False: c is neither. */
static bool put_layout(struct cleaner *to, uint32_t c, enum text_shape shape)
{
	static const char spaces[] = "        ";
	size_t n = TAB_COLS - to->col % TAB_COLS;

	if (c != '\n' && c != '\t')
		return false;
	if (shape == TEXT_ONE_LINE)
		put(to, spaces, 1, 1);
	else if (c == '\t')
		put(to, spaces, n, n);
	else
		put(to, "\n", 1, 0);
	if (c == '\n' && shape == TEXT_LINES)
		to->col = 0;
	return true;
}

void text_clean(struct strbuf *out, const char *s, size_t len, enum text_shape shape)
{
	struct cleaner to = { .out = out };
	uint32_t c;
	size_t n;

	for (size_t i = 0; i < len; i += n) {
		n = text_decode(&c, s + i, len - i);
		if (put_layout(&to, c, shape) || (c == '\r' && i + 1 < len && s[i + 1] == '\n'))
			continue;
		switch (treatment_of(c)) {
		case KEEP:
			put_character(&to, c, s + i, n);
			break;
		case SHOW:
			put_escape(&to, c);
			break;
		case SPACE:
			put(&to, " ", 1, 1);
			break;
		case DROP:
			break;
		}
	}
}
