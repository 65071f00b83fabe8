#ifndef TUI_DECODER_H
#define TUI_DECODER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "tui/input.h"
#include "tui/reply.h"

/*
 * Makes keys, clicks, pastes and answers out of the bytes a terminal sends, in whatever pieces
 * they come.
 *
 * Nothing is waited for here. Some beginnings are also a key of their own (ESC is), so after
 * decoder_patience_ms() without another byte, decoder_flush() settles what the bytes held so far
 * were. An answer is recognized at any time, and nothing of it ever comes out as a key; a paste is
 * never keys. All zeros but for `on` is a decoder at its beginning.
 */
struct decoder_events {
	void (*input)(void *ctx, const struct input *input);
	void (*reply)(void *ctx, const struct reply *reply);
	void *ctx;
};

enum decoder_state {
	DECODER_GROUND,
	DECODER_CHARACTER, /* in UTF-8 */
	DECODER_ESCAPE,
	DECODER_CSI,
	DECODER_SS3,
	DECODER_STRING,
	DECODER_STRING_ESCAPE,
	DECODER_CLICK, /* the old kind: three bytes after CSI M */
	DECODER_PASTE,
	DECODER_BURST, /* a paste by a terminal that does not mark it */
};

struct decoder {
	struct decoder_events on;
	bool bursts;    /* this terminal may not mark a paste: know one by its speed */
	bool expecting; /* an answer is due, and its first byte may come alone */

	/* The rest is the decoder's own. */
	enum decoder_state state;
	unsigned char held[512];
	size_t held_len; /* may be more than there is room for */
	bool alt;        /* the next key is with ALT */
	bool orphan;     /* an ESC was taken for the key, but the rest may be an answer's */
	struct strbuf paste;
	bool paste_cut;
	size_t paste_end; /* how much of the end mark has come */
};

void decoder_feed(struct decoder *d, const void *bytes, size_t len);
int decoder_patience_ms(const struct decoder *d); /* -1: nothing is held */
void decoder_flush(struct decoder *d);
void decoder_release(struct decoder *d);

#endif
