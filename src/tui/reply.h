#ifndef TUI_REPLY_H
#define TUI_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A control sequence that has come whole: ESC [ prefix numbers intermediate final. */
struct csi {
	char prefix;       /* one of ? < = > or 0 */
	char intermediate; /* the last one, or 0 */
	char final;
	int numbers[16]; /* one that was left out is -1 */
	size_t count;
};

/* What the terminal answers to a question of ours: never what somebody typed. */
enum reply_type {
	REPLY_OTHER,    /* an answer, but to nothing we asked */
	REPLY_DEVICE,   /* DA1, which ends a batch of answers: numbers */
	REPLY_VERSION,  /* XTVERSION: text */
	REPLY_WINDOW,   /* sizes: 4 or 6, height, width */
	REPLY_GRAPHICS, /* XTSMGRAPHICS: item, status, values */
	REPLY_MODE,     /* DECRPM: mode, setting */
	REPLY_CURSOR,   /* DECXCPR: row, column, from 1 */
	REPLY_KEYBOARD, /* the kitty keyboard protocol is understood */
	REPLY_COLOR,    /* OSC 10 and 11: numbers[0] says which, and the color */
	REPLY_PICTURE,  /* the kitty graphics protocol: ok or not */
};

struct reply {
	enum reply_type type;
	int numbers[16];
	size_t count;
	uint32_t color; /* 0xrrggbb */
	bool ok;
	char text[64]; /* as it came: not clean */
};

/* False: it is none, but for all we know a key. */
bool reply_read_csi(struct reply *out, const struct csi *csi);

/* A DCS, OSC or APC, by the letter after ESC; no key is one. False: not worth telling. */
bool reply_read_string(struct reply *out, char letter, const char *body, size_t len);

#endif
