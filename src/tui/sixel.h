#ifndef TUI_SIXEL_H
#define TUI_SIXEL_H

#include "base/strbuf.h"
#include "tui/palette.h"

enum {
	SIXEL_HEIGHT_LEAST = 6, /* libsixel draws what is lower in the wrong place */
};

/* Adds the picture as one DCS, to be drawn at the cursor. */
bool sixel_add(struct strbuf *out, const struct indexed *image, struct error *err);

#endif
