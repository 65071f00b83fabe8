#include "tui/caps.h"

const char *term_graphics_name(enum term_graphics graphics)
{
	static const char *const names[] = {
		[TERM_NO_GRAPHICS] = "none",
		[TERM_SYMBOLS] = "symbols",
		[TERM_SIXEL] = "sixel",
		[TERM_KITTY] = "kitty",
	};

	return names[graphics];
}
