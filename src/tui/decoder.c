#include "tui/decoder.h"

#include <string.h>

#include "base/compiler.h"
#include "base/text.h"
#include "tui/keys.h"

enum {
	ESC = 0x1b,
	PASTE_MOST = 1 << 20,
	SEQUENCE_MOST = 4096, /* longer ones are no answers of ours */

	ESCAPE_MS = 40,            /* a key, or the first byte of a sequence */
	ESCAPE_EXPECTING_MS = 250, /* answers arrive torn over slow lines */
	PAIR_MS = 160,             /* ESC [, which Alt makes too */
	SEQUENCE_MS = 1000,        /* no key begins like this, so it may well take its time */
	BURST_MS = 30,
	PASTE_MS = 5000, /* a terminal that forgets the end of a paste */

	BURST_BYTES = 8,
	BURST_KINDS = 4,
};

static const char paste_mark[] = "\033[201~";

static void tell(struct decoder *d, struct input input)
{
	if (input.type == INPUT_KEY && d->alt)
		input.mods |= INPUT_ALT;
	d->alt = false;
	if (d->on.input)
		d->on.input(d->on.ctx, &input);
}

static void tell_character(struct decoder *d, uint32_t character)
{
	struct input input;

	keys_read_character(&input, character);
	tell(d, input);
}

static void tell_reply(struct decoder *d, const struct reply *reply)
{
	if (d->on.reply)
		d->on.reply(d->on.ctx, reply);
}

static void hold(struct decoder *d, unsigned char byte)
{
	if (d->held_len < sizeof(d->held))
		d->held[d->held_len] = byte;
	d->held_len++;
}

static void begin(struct decoder *d, enum decoder_state state)
{
	d->state = state;
	d->held_len = 0;
}

static void to_ground(struct decoder *d)
{
	begin(d, DECODER_GROUND);
	d->alt = false;
	d->orphan = false;
}

/* They were typed after all: everything but the ESC, which has been a key already. */
static void disown(struct decoder *d)
{
	size_t len = d->held_len;
	unsigned char bytes[sizeof(d->held)];

	if (len > sizeof(bytes))
		len = sizeof(bytes);
	memcpy(bytes, d->held, len);
	to_ground(d);
	for (size_t i = 1; i < len; i++)
		tell_character(d, bytes[i]);
}

/* Text alone: no byte of a paste may do anything where it ends up. */
static void clean_paste(struct strbuf *out, const struct strbuf *raw)
{
	struct strbuf mended = { 0 };
	uint32_t c;
	size_t n;

	text_mend(&mended, strbuf_str(raw), raw->len);
	for (size_t i = 0; i < mended.len; i += n) {
		n = text_decode(&c, mended.buf + i, mended.len - i);
		if (c == '\r' && i + 1 < mended.len && mended.buf[i + 1] == '\n')
			continue;
		if (c == '\r')
			strbuf_addstr(out, "\n");
		else if (c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7f) || c >= 0xa0)
			strbuf_add(out, mended.buf + i, n);
	}
	strbuf_release(&mended);
}

static void tell_paste(struct decoder *d)
{
	struct strbuf text = { 0 };

	clean_paste(&text, &d->paste);
	if (text.len)
		tell(d, (struct input){ .type = INPUT_PASTE,
		                        .text = strbuf_str(&text),
		                        .len = text.len,
		                        .cut = d->paste_cut });
	strbuf_release(&text);
	strbuf_release(&d->paste);
	d->paste_cut = false;
	d->paste_end = 0;
	to_ground(d);
}

static void add_paste(struct decoder *d, const void *bytes, size_t len)
{
	if (len > PASTE_MOST - d->paste.len) {
		len = PASTE_MOST - d->paste.len;
		d->paste_cut = true;
	}
	strbuf_add(&d->paste, bytes, len);
}

static bool in_paste(struct decoder *d, unsigned char byte)
{
	if (byte != (unsigned char)paste_mark[d->paste_end]) {
		add_paste(d, paste_mark, d->paste_end);
		d->paste_end = 0;
	}
	if (byte == (unsigned char)paste_mark[d->paste_end])
		d->paste_end++;
	else
		add_paste(d, &byte, 1);
	if (!paste_mark[d->paste_end])
		tell_paste(d);
	return true;
}

static bool is_text(unsigned char byte)
{
	return byte == '\r' || byte == '\n' || byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}

/* More than fingers do between two reads: a line end with something around it, or many kinds. */
static bool is_burst(const unsigned char *bytes, size_t len)
{
	bool seen[256] = { false }, ended = false;
	size_t kinds = 0, n;

	for (n = 0; n < len && is_text(bytes[n]); n++) {
		kinds += !seen[bytes[n]];
		seen[bytes[n]] = true;
		ended |= bytes[n] == '\r' || bytes[n] == '\n';
	}
	return (ended && kinds > 1u + (seen['\r'] && seen['\n'])) ||
	       (n >= BURST_BYTES && kinds >= BURST_KINDS);
}

static bool in_burst(struct decoder *d, unsigned char byte)
{
	if (is_text(byte)) {
		add_paste(d, &byte, 1);
		return true;
	}
	tell_paste(d);
	return false;
}

static bool is_digit(unsigned char byte)
{
	return byte >= '0' && byte <= '9';
}

/* Numbers, ; between them; what follows a : only says more about the number before. */
static void read_numbers(struct csi *csi, const unsigned char *at, size_t len)
{
	bool in_detail = false;

	csi->numbers[0] = -1;
	csi->count = len > 0;
	for (size_t i = 0; i < len; i++) {
		int *number = &csi->numbers[csi->count - 1];

		if (at[i] == ';') {
			if (csi->count == COUNT(csi->numbers))
				return;
			csi->numbers[csi->count++] = -1;
			in_detail = false;
		} else if (at[i] == ':') {
			in_detail = true;
		} else if (!in_detail && is_digit(at[i]) && *number < 1000000) {
			*number = (*number < 0 ? 0 : *number * 10) + (at[i] - '0');
		}
	}
}

static struct csi read_csi(const unsigned char *body, size_t len)
{
	struct csi csi = { .final = (char)body[len - 1] };
	size_t from = 0, to = len - 1;

	if (body[0] >= '<' && body[0] <= '?')
		csi.prefix = (char)body[from++];
	while (to > from && body[to - 1] >= 0x20 && body[to - 1] < 0x30) {
		if (!csi.intermediate)
			csi.intermediate = (char)body[to - 1];
		to--;
	}
	read_numbers(&csi, body + from, to - from);
	return csi;
}

static void end_csi(struct decoder *d)
{
	struct csi csi = read_csi(d->held + 2, d->held_len - 2);
	struct reply reply;
	struct input input;

	if (reply_read_csi(&reply, &csi)) {
		to_ground(d);
		tell_reply(d, &reply);
	} else if (d->orphan) {
		disown(d);
	} else if (!csi.prefix && csi.final == '~' && csi.numbers[0] == 200 && csi.count) {
		begin(d, DECODER_PASTE);
	} else if (!csi.prefix && csi.final == 'M' && !csi.count) {
		begin(d, DECODER_CLICK);
	} else {
		d->state = DECODER_GROUND;
		if (keys_read_csi(&input, &csi))
			tell(d, input);
		to_ground(d);
	}
}

static bool in_csi(struct decoder *d, unsigned char byte)
{
	struct input input;
	bool is_linux = d->held_len == 3 && d->held[2] == '[';

	if (byte < 0x20 || byte > 0x7e || d->held_len >= SEQUENCE_MOST) {
		if (d->orphan)
			disown(d);
		to_ground(d);
		return false;
	}
	hold(d, byte);
	if (is_linux) {
		if (keys_read_linux(&input, (char)byte))
			tell(d, input);
		to_ground(d);
		return true;
	}
	if (byte == '[' && d->held_len == 3 && !d->orphan)
		return true;
	if (d->held_len > sizeof(d->held)) {
		if (byte >= 0x40)
			to_ground(d);
	} else if (d->orphan && d->held_len == 3 && byte != '?' && byte != '>' && !is_digit(byte)) {
		disown(d);
	} else if (byte >= 0x40 || (byte == '$' && is_digit(d->held[2]))) {
		/* $ ends a key of rxvt's; in answers it is in the middle, after a prefix. */
		end_csi(d);
	}
	return true;
}

static bool in_ss3(struct decoder *d, unsigned char byte)
{
	struct input input;
	bool known = keys_read_ss3(&input, (char)byte);

	if (known)
		tell(d, input);
	to_ground(d);
	return known || byte >= 0x20;
}

static void end_string(struct decoder *d)
{
	size_t len = d->held_len < sizeof(d->held) ? d->held_len : sizeof(d->held);
	struct reply reply;
	bool found = reply_read_string(&reply, (char)d->held[1], (char *)d->held + 2, len - 2);

	to_ground(d);
	if (found)
		tell_reply(d, &reply);
}

/* Whether what came after a lone ESC still looks like a string of an answer. */
static bool orphan_fits(const struct decoder *d)
{
	unsigned char byte = d->held[2];

	switch (d->held[1]) {
	case 'P':
		return byte == '>' || is_digit(byte);
	case ']':
		return is_digit(byte);
	default:
		return byte == 'G';
	}
}

static bool in_string(struct decoder *d, unsigned char byte)
{
	if (byte == ESC) {
		d->state = DECODER_STRING_ESCAPE;
		return true;
	}
	if (byte == '\a' && d->held[1] == ']') {
		end_string(d);
		return true;
	}
	hold(d, byte);
	if (d->orphan && d->held_len == 3 && !orphan_fits(d)) {
		disown(d);
		return true;
	}
	if (byte >= 0x20 && d->held_len < SEQUENCE_MOST)
		return true;
	to_ground(d);
	return byte >= 0x20;
}

static bool in_string_escape(struct decoder *d, unsigned char byte)
{
	if (byte == '\\') {
		end_string(d);
		return true;
	}
	to_ground(d); /* it was never finished, and something else has begun */
	begin(d, DECODER_ESCAPE);
	hold(d, ESC);
	return false;
}

/* The two bytes that open a sequence; false: they open none. */
static bool opens(struct decoder *d, unsigned char byte)
{
	static const struct {
		char byte;
		enum decoder_state state;
	} rows[] = {
		{ '[', DECODER_CSI },    { 'O', DECODER_SS3 },    { 'P', DECODER_STRING },
		{ ']', DECODER_STRING }, { '_', DECODER_STRING },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		if (byte == (unsigned char)rows[i].byte && !(d->orphan && byte == 'O')) {
			begin(d, rows[i].state);
			hold(d, ESC);
			hold(d, byte);
			return true;
		}
	}
	return false;
}

static bool in_escape(struct decoder *d, unsigned char byte)
{
	if (byte == ESC && !d->alt) {
		d->alt = true; /* rxvt's way to say Alt before a sequence; or the key, twice */
		return true;
	}
	if (byte == ESC) {
		d->alt = false;
		tell_character(d, ESC);
		d->alt = true;
		return true;
	}
	if (opens(d, byte))
		return true;
	if (d->alt) {
		d->alt = false;
		tell_character(d, ESC);
	}
	begin(d, DECODER_GROUND);
	d->alt = true;
	return false;
}

static bool in_character(struct decoder *d, unsigned char byte)
{
	size_t len = d->held[0] >= 0xf0 ? 4 : d->held[0] >= 0xe0 ? 3 : 2;
	uint32_t character;

	if ((byte & 0xc0) != 0x80) {
		begin(d, DECODER_GROUND);
		tell_character(d, 0xfffd);
		return false;
	}
	hold(d, byte);
	if (d->held_len < len)
		return true;
	if (text_decode(&character, (char *)d->held, len) != len)
		character = 0xfffd;
	begin(d, DECODER_GROUND);
	tell_character(d, character);
	return true;
}

static bool in_click(struct decoder *d, unsigned char byte)
{
	struct input input;

	hold(d, byte);
	if (d->held_len < 3)
		return true;
	d->alt = false;
	if (keys_read_click(&input, d->held))
		tell(d, input);
	to_ground(d);
	return true;
}

static bool in_ground(struct decoder *d, unsigned char byte)
{
	if (d->orphan && opens(d, byte))
		return true;
	d->orphan = false;
	if (byte == ESC) {
		begin(d, DECODER_ESCAPE);
		hold(d, byte);
	} else if (byte >= 0xc2 && byte <= 0xf4) {
		begin(d, DECODER_CHARACTER);
		hold(d, byte);
	} else {
		tell_character(d, byte < 0x80 ? byte : 0xfffd);
	}
	return true;
}

/* Each takes a byte; false: it ended what was going on, and the byte is for the next state. */
static bool (*const take[])(struct decoder *d, unsigned char byte) = {
	[DECODER_GROUND] = in_ground,
	[DECODER_CHARACTER] = in_character,
	[DECODER_ESCAPE] = in_escape,
	[DECODER_CSI] = in_csi,
	[DECODER_SS3] = in_ss3,
	[DECODER_STRING] = in_string,
	[DECODER_STRING_ESCAPE] = in_string_escape,
	[DECODER_CLICK] = in_click,
	[DECODER_PASTE] = in_paste,
	[DECODER_BURST] = in_burst,
};

void decoder_feed(struct decoder *d, const void *bytes, size_t len)
{
	const unsigned char *at = bytes;

	for (size_t i = 0; i < len; i++) {
		if (d->state == DECODER_GROUND && d->bursts && !d->alt && !d->orphan &&
		    is_burst(at + i, len - i))
			d->state = DECODER_BURST;
		while (!take[d->state](d, at[i]))
			;
	}
}

int decoder_patience_ms(const struct decoder *d)
{
	switch (d->state) {
	case DECODER_GROUND:
		return -1;
	case DECODER_ESCAPE:
		return d->expecting ? ESCAPE_EXPECTING_MS : ESCAPE_MS;
	case DECODER_PASTE:
		return PASTE_MS;
	case DECODER_BURST:
		return BURST_MS;
	default:
		return d->held_len == 2 && !d->expecting ? PAIR_MS : SEQUENCE_MS;
	}
}

void decoder_flush(struct decoder *d)
{
	bool twice = d->state == DECODER_ESCAPE && d->alt;
	enum decoder_state was = d->state;
	unsigned char second = d->held_len == 2 ? d->held[1] : 0;

	if (was == DECODER_PASTE || was == DECODER_BURST) {
		tell_paste(d);
		return;
	}
	if (d->orphan && was != DECODER_GROUND) {
		disown(d);
		return;
	}
	to_ground(d);
	if (was == DECODER_ESCAPE) {
		tell_character(d, ESC);
		if (twice)
			tell_character(d, ESC);
		d->orphan = d->expecting;
	} else if (second && was != DECODER_CHARACTER && was != DECODER_CLICK) {
		d->alt = true; /* M-[ and the like */
		tell_character(d, second);
	}
}

void decoder_release(struct decoder *d)
{
	strbuf_release(&d->paste);
	to_ground(d);
}
