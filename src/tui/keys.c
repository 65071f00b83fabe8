#include "tui/keys.h"

#include "base/compiler.h"

struct key_row {
	int code;
	uint32_t key;
	unsigned mods;
};

/* CSI 1;mods LETTER, and SS3 LETTER */
static const struct key_row letters[] = {
	{ 'A', INPUT_UP, 0 },
	{ 'B', INPUT_DOWN, 0 },
	{ 'C', INPUT_RIGHT, 0 },
	{ 'D', INPUT_LEFT, 0 },
	{ 'E', INPUT_CENTER, 0 },
	{ 'F', INPUT_END, 0 },
	{ 'H', INPUT_HOME, 0 },
	{ 'P', INPUT_F1, 0 },
	{ 'Q', INPUT_F1 + 1, 0 },
	{ 'R', INPUT_F1 + 2, 0 },
	{ 'S', INPUT_F1 + 3, 0 },
	{ 'Z', INPUT_TAB, INPUT_SHIFT },
	{ 'a', INPUT_UP, INPUT_SHIFT }, /* rxvt */
	{ 'b', INPUT_DOWN, INPUT_SHIFT },
	{ 'c', INPUT_RIGHT, INPUT_SHIFT },
	{ 'd', INPUT_LEFT, INPUT_SHIFT },
};

/* The keypad in application mode, and rxvt's arrows with Ctrl. */
static const struct key_row keypad[] = {
	{ 'M', INPUT_ENTER, 0 },
	{ 'I', INPUT_TAB, 0 },
	{ ' ', ' ', 0 },
	{ 'X', '=', 0 },
	{ 'j', '*', 0 },
	{ 'k', '+', 0 },
	{ 'l', ',', 0 },
	{ 'm', '-', 0 },
	{ 'n', '.', 0 },
	{ 'o', '/', 0 },
	{ 'a', INPUT_UP, INPUT_CTRL },
	{ 'b', INPUT_DOWN, INPUT_CTRL },
	{ 'c', INPUT_RIGHT, INPUT_CTRL },
	{ 'd', INPUT_LEFT, INPUT_CTRL },
};

/* CSI NUMBER;mods ~ */
static const struct key_row numbers[] = {
	{ 1, INPUT_HOME, 0 },     { 2, INPUT_INSERT, 0 },   { 3, INPUT_DELETE, 0 },
	{ 4, INPUT_END, 0 },      { 5, INPUT_PAGE_UP, 0 },  { 6, INPUT_PAGE_DOWN, 0 },
	{ 7, INPUT_HOME, 0 },     { 8, INPUT_END, 0 },      { 11, INPUT_F1, 0 },
	{ 12, INPUT_F1 + 1, 0 },  { 13, INPUT_F1 + 2, 0 },  { 14, INPUT_F1 + 3, 0 },
	{ 15, INPUT_F1 + 4, 0 },  { 17, INPUT_F1 + 5, 0 },  { 18, INPUT_F1 + 6, 0 },
	{ 19, INPUT_F1 + 7, 0 },  { 20, INPUT_F1 + 8, 0 },  { 21, INPUT_F1 + 9, 0 },
	{ 23, INPUT_F1 + 10, 0 }, { 24, INPUT_F1 + 11, 0 }, { 25, INPUT_F1 + 12, 0 },
	{ 26, INPUT_F1 + 13, 0 }, { 28, INPUT_F1 + 14, 0 }, { 29, INPUT_F1 + 15, 0 },
	{ 31, INPUT_F1 + 16, 0 }, { 32, INPUT_F1 + 17, 0 }, { 33, INPUT_F1 + 18, 0 },
	{ 34, INPUT_F1 + 19, 0 },
};

/* What kitty's protocol numbers, and nobody else. */
static const struct key_row kitty[] = {
	{ 57414, INPUT_ENTER, 0 },
	{ 57417, INPUT_LEFT, 0 },
	{ 57418, INPUT_RIGHT, 0 },
	{ 57419, INPUT_UP, 0 },
	{ 57420, INPUT_DOWN, 0 },
	{ 57421, INPUT_PAGE_UP, 0 },
	{ 57422, INPUT_PAGE_DOWN, 0 },
	{ 57423, INPUT_HOME, 0 },
	{ 57424, INPUT_END, 0 },
	{ 57425, INPUT_INSERT, 0 },
	{ 57426, INPUT_DELETE, 0 },
	{ 57427, INPUT_CENTER, 0 },
	{ 57409, '.', 0 },
	{ 57410, '/', 0 },
	{ 57411, '*', 0 },
	{ 57412, '-', 0 },
	{ 57413, '+', 0 },
	{ 57415, '=', 0 },
};

static bool find(struct input *out, const struct key_row rows[], size_t count, int code)
{
	for (size_t i = 0; i < count; i++) {
		if (rows[i].code == code) {
			*out = (struct input){ .type = INPUT_KEY,
				               .key = rows[i].key,
				               .mods = rows[i].mods };
			return true;
		}
	}
	return false;
}

/* Numbers count from 1; what is more than Shift, Alt and Ctrl is not ours to see. */
static unsigned mods_of(const struct csi *csi, size_t at)
{
	int n = at < csi->count ? csi->numbers[at] : 1;

	return n > 1 && n <= 256 ? (unsigned)(n - 1) & (INPUT_SHIFT | INPUT_ALT | INPUT_CTRL) : 0;
}

void keys_read_character(struct input *out, uint32_t c)
{
	if (c >= 0x80 && c < 0xa0) { /* xterm's Alt, unless told otherwise, is the eighth bit */
		keys_read_character(out, c - 0x80);
		out->mods |= INPUT_ALT;
		return;
	}
	*out = (struct input){ .type = INPUT_KEY, .key = c };
	if (c == '\r')
		out->key = INPUT_ENTER;
	else if (c == '\t')
		out->key = INPUT_TAB;
	else if (c == 0x7f)
		out->key = INPUT_BACKSPACE;
	else if (c == 0x1b)
		out->key = INPUT_ESCAPE;
	else if (c == 0)
		*out = (struct input){ .type = INPUT_KEY, .key = ' ', .mods = INPUT_CTRL };
	else if (c < 0x1b)
		*out = (struct input){ .type = INPUT_KEY, .key = c + 'a' - 1, .mods = INPUT_CTRL };
	else if (c < 0x20)
		*out = (struct input){ .type = INPUT_KEY, .key = c + '@', .mods = INPUT_CTRL };
}

/* A key by its character and modifiers; those that no plain terminal tells apart are one. */
static bool key_of_code(struct input *out, int code, unsigned mods)
{
	if (code >= 57344 && code <= 63743) {
		if (code >= 57399 && code <= 57408)
			*out = (struct input){ .type = INPUT_KEY,
				               .key = (uint32_t)(code - 57399 + '0') };
		else if (!find(out, kitty, COUNT(kitty), code))
			return false;
	} else {
		if (code < 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
			return false;
		if (mods & INPUT_CTRL && (code == 'i' || code == 'm' || code == '[')) {
			code &= 0x1f;
			mods &= ~(unsigned)INPUT_CTRL;
		}
		keys_read_character(out, (uint32_t)code);
	}
	out->mods |= mods;
	return true;
}

static bool read_button(struct input *out, int code, int col, int row)
{
	int button = code & 3;

	if (code < 0 || code & (32 | 128) || col < 1 || row < 1 || col > 9999 || row > 9999)
		return false;
	if (code & 64 ? button > 1 : button > 2)
		return false;
	*out = (struct input){ .type = INPUT_MOUSE, .row = row - 1, .col = col - 1 };
	out->button =
		code & 64 ? INPUT_WHEEL_UP + (enum input_button)button : (enum input_button)button;
	out->mods = (code & 4 ? INPUT_SHIFT : 0u) | (code & 8 ? INPUT_ALT : 0u) |
	            (code & 16 ? INPUT_CTRL : 0u);
	return true;
}

static bool read_mouse(struct input *out, const struct csi *csi)
{
	if (csi->count != 3 || !read_button(out, csi->numbers[0], csi->numbers[1], csi->numbers[2]))
		return false;
	out->released = csi->final == 'm';
	return !out->released || out->button < INPUT_WHEEL_UP;
}

bool keys_read_click(struct input *out, const unsigned char bytes[3])
{
	int code = bytes[0] - 32;
	bool released = (code & (64 | 3)) == 3;

	/* Which button it was is not told. */
	if (!read_button(out, released ? code & ~3 : code, bytes[1] - 32, bytes[2] - 32))
		return false;
	out->released = released;
	return true;
}

static bool read_tilde(struct input *out, const struct csi *csi)
{
	int first = csi->count > 0 ? csi->numbers[0] : 0;

	if (first == 27 && csi->count == 3)
		return key_of_code(out, csi->numbers[2], mods_of(csi, 1));
	if (!find(out, numbers, COUNT(numbers), first))
		return false;
	out->mods |= mods_of(csi, 1);
	return true;
}

/* rxvt ends them otherwise: $ with Shift, ^ with Ctrl, @ with both. */
static bool read_rxvt(struct input *out, const struct csi *csi)
{
	if (csi->count != 1 || !find(out, numbers, COUNT(numbers), csi->numbers[0]))
		return false;
	out->mods |= csi->final == '$'   ? INPUT_SHIFT
	             : csi->final == '^' ? INPUT_CTRL
	                                 : INPUT_SHIFT | INPUT_CTRL;
	return true;
}

bool keys_read_csi(struct input *out, const struct csi *csi)
{
	if (csi->prefix == '<')
		return (csi->final == 'M' || csi->final == 'm') && read_mouse(out, csi);
	if (csi->prefix || csi->intermediate)
		return false;
	switch (csi->final) {
	case '~':
		return read_tilde(out, csi);
	case '$':
	case '^':
	case '@':
		return read_rxvt(out, csi);
	case 'u':
		return csi->count > 0 && key_of_code(out, csi->numbers[0], mods_of(csi, 1));
	case 'I':
	case 'O':
		*out = (struct input){ .type = INPUT_FOCUS, .focused = csi->final == 'I' };
		return csi->count == 0;
	default:
		if (!find(out, letters, COUNT(letters), csi->final))
			return false;
		out->mods |= mods_of(csi, 1);
		return true;
	}
}

bool keys_read_ss3(struct input *out, char final)
{
	if (final >= 'p' && final <= 'y') {
		*out = (struct input){ .type = INPUT_KEY, .key = (uint32_t)(final - 'p' + '0') };
		return true;
	}
	return find(out, keypad, COUNT(keypad), final) || find(out, letters, COUNT(letters), final);
}

bool keys_read_linux(struct input *out, char final)
{
	*out = (struct input){ .type = INPUT_KEY, .key = INPUT_F1 + (uint32_t)(final - 'A') };
	return final >= 'A' && final <= 'E';
}
