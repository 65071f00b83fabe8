#include <stdlib.h>

#include "base/compiler.h"
#include "tui/theme.h"

/* What xterm shows for the first 16; users change them, so these are only near. */
static const uint32_t named[16] = { 0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
	                            0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
	                            0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff };

static const int cube[6] = { 0, 95, 135, 175, 215, 255 };

static uint32_t rgb_of(int number)
{
	uint32_t gray;

	if (number < 16)
		return named[number];
	if (number >= 232) {
		gray = (uint32_t)(8 + 10 * (number - 232));
		return gray << 16 | gray << 8 | gray;
	}
	number -= 16;
	return (uint32_t)cube[number / 36] << 16 | (uint32_t)cube[number / 6 % 6] << 8 |
	       (uint32_t)cube[number % 6];
}

/* Weighted as the eye does, roughly. */
static long distance(uint32_t a, uint32_t b)
{
	long red = (long)(a >> 16 & 255) - (long)(b >> 16 & 255);
	long green = (long)(a >> 8 & 255) - (long)(b >> 8 & 255);
	long blue = (long)(a & 255) - (long)(b & 255);

	return 3 * red * red + 6 * green * green + blue * blue;
}

static int nearest(uint32_t rgb, int from, int to)
{
	int best = from;

	for (int i = from; i < to; i++)
		if (distance(rgb, rgb_of(i)) < distance(rgb, rgb_of(best)))
			best = i;
	return best;
}

static bool is_gray(uint32_t rgb)
{
	int red = (int)(rgb >> 16 & 255), green = (int)(rgb >> 8 & 255), blue = (int)(rgb & 255);

	return abs(red - green) < 24 && abs(green - blue) < 24 && abs(red - blue) < 24;
}

/* Of eight colors black and white alone are grays; letters in a dark one still are to be read. */
static int gray_for(uint32_t rgb, bool is_fore)
{
	enum {
		BLACK = 0,
		WHITE = 7
	};

	return is_fore || (rgb & 255) >= 128 ? WHITE : BLACK;
}

/* The first 16 are the user's own, so nothing but their names means them. */
static int color_for(int color, int colors, bool is_fore)
{
	uint32_t rgb = color & COLOR_RGB ? (uint32_t)color & 0xffffff
	               : color >= 0      ? rgb_of(color)
	                                 : 0;

	if (color == COLOR_OWN)
		return color;
	if (colors < 16 && (color & COLOR_RGB || color >= colors) && is_gray(rgb))
		return gray_for(rgb, is_fore);
	if (color & COLOR_RGB)
		return colors >= 256 ? nearest((uint32_t)color & 0xffffff, 16, 256)
		                     : nearest((uint32_t)color & 0xffffff, 0, colors);
	return color < colors ? color : nearest(rgb_of(color), 0, colors);
}

struct style style_for(const struct style *style, int colors)
{
	struct style out = *style;

	if (colors < 8) { /* a color behind says "look here", and reverse says so, too */
		if (out.back != COLOR_OWN)
			out.attrs |= STYLE_REVERSE;
		out.fore = out.back = COLOR_OWN;
		return out;
	}
	if (colors < 16) { /* the bright eight are the others in bold */
		if (out.fore >= 8 && out.fore < 16) {
			out.attrs |= STYLE_BOLD;
			out.fore -= 8;
		}
		if (out.back >= 8 && out.back < 16)
			out.back -= 8;
	}
	out.fore = color_for(out.fore, colors < 256 ? colors : 256, true);
	out.back = color_for(out.back, colors < 256 ? colors : 256, false);
	if (out.fore == out.back && out.fore != COLOR_OWN) /* what came too near to be read */
		out.fore = COLOR_OWN;
	return out;
}
