#include "tui/traits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/text.h"

enum {
	MODE_SYNCHRONIZED = 2026,
	MODE_PASTE = 2004,
	DA1_SIXEL = 4,
	CELL_MOST_PX = 512,
	PX_MOST = 1 << 15,
	PROBE_GLYPHS = 4, /* that query.c puts before asking where the cursor is */
};

/* By how their answer to XTVERSION begins. */
static const struct {
	const char *name;
	unsigned quirks;
	enum term_notify notify;
} kinds[] = {
	{ "XTerm(", TERM_QUIRK_SLOTS, TERM_NOTIFY_BELL },
	{ "tmux ", TERM_QUIRK_TMUX, TERM_NOTIFY_BELL },
	{ "Konsole ", TERM_QUIRK_NO_ERASE, TERM_NOTIFY_BELL },
	{ "foot(", 0, TERM_NOTIFY_OSC777 },
	{ "contour ", 0, TERM_NOTIFY_OSC777 },
	{ "kitty(", 0, TERM_NOTIFY_OSC9 },
	{ "WezTerm ", 0, TERM_NOTIFY_OSC9 },
	{ "ghostty ", 0, TERM_NOTIFY_OSC9 },
	{ "iTerm2 ", 0, TERM_NOTIFY_OSC9 },
};

static bool is_set(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

static bool starts(const char *text, const char *start)
{
	return !strncmp(text, start, strlen(start));
}

static void read_wishes(struct traits *f)
{
	const char *graphics = getenv("LL3M_GRAPHICS"), *cell = getenv("LL3M_CELL");
	const char *depth = getenv("COLORTERM");

	for (int i = TERM_NO_GRAPHICS; graphics && i <= TERM_KITTY; i++) {
		if (!strcmp(graphics, term_graphics_name((enum term_graphics)i))) {
			f->wishes_graphics = true;
			f->wished_graphics = (enum term_graphics)i;
		}
	}
	f->wishes_cell = cell &&
	                 sscanf(cell, "%4dx%4d", &f->wished_width_px, &f->wished_height_px) == 2 &&
	                 f->wished_width_px > 0 && f->wished_width_px <= CELL_MOST_PX &&
	                 f->wished_height_px > 0 && f->wished_height_px <= CELL_MOST_PX;
	f->direct_color = depth && (!strcmp(depth, "truecolor") || !strcmp(depth, "24bit"));
}

void traits_begin(struct traits *f, const char *term, bool utf8)
{
	*f = (struct traits){ .utf8 = utf8, .link_ms = -1 };
	snprintf(f->term, sizeof(f->term), "%s", term);
	f->no_color = is_set("NO_COLOR");
	f->in_tmux = is_set("TMUX");
	read_wishes(f);
}

/* What was measured over the whole window no longer holds, what a cell is mostly does. */
void traits_resize(struct traits *f, int rows, int cols, int width_px, int height_px)
{
	f->rows = rows;
	f->cols = cols;
	f->width_px = width_px;
	f->height_px = height_px;
	f->area_width_px = f->area_height_px = 0;
	f->most_width_px = f->most_height_px = 0;
}

static bool is_size(int a, int b, int most)
{
	return a > 0 && b > 0 && a <= most && b <= most;
}

static void hear_window(struct traits *f, const int n[], size_t count)
{
	if (count != 3)
		return;
	if (n[0] == 6 && is_size(n[1], n[2], CELL_MOST_PX)) {
		f->cell_height_px = n[1];
		f->cell_width_px = n[2];
	} else if (n[0] == 4 && is_size(n[1], n[2], PX_MOST)) {
		f->area_height_px = n[1];
		f->area_width_px = n[2];
	}
}

static void hear_graphics(struct traits *f, const int n[], size_t count)
{
	if (count >= 3 && n[0] == 1 && n[1] == 0 && n[2] > 1) {
		f->registers = n[2] < PX_MOST ? n[2] : PX_MOST;
	} else if (count == 4 && n[0] == 2 && n[1] == 0 && is_size(n[2], n[3], PX_MOST)) {
		f->most_width_px = n[2];
		f->most_height_px = n[3];
	}
}

static void hear_color(struct traits *f, const struct reply *reply)
{
	bool back = reply->numbers[0] == 11;

	*(back ? &f->background : &f->foreground) = reply->color;
	*(back ? &f->has_background : &f->has_foreground) = true;
}

/* It is shown to people, so it must not hold anything but plain characters. */
static void hear_name(struct traits *f, const char *name)
{
	size_t len = 0;

	for (; *name && len + 1 < sizeof(f->name); name++)
		if (*name >= ' ' && *name <= '~')
			f->name[len++] = *name;
	f->name[len] = '\0';
}

static void hear_mode(struct traits *f, const int n[], size_t count)
{
	bool known = count == 2 && n[1] > 0 && n[1] < 4;

	if (known && n[0] == MODE_SYNCHRONIZED)
		f->synchronized = true;
	if (known && n[0] == MODE_PASTE)
		f->marks_pastes = true;
}

void traits_hear(struct traits *f, const struct reply *reply)
{
	switch (reply->type) {
	case REPLY_DEVICE:
		f->answered = true;
		f->sixel = false;
		for (size_t i = 1; i < reply->count; i++)
			f->sixel |= reply->numbers[i] == DA1_SIXEL;
		break;
	case REPLY_VERSION:
		hear_name(f, reply->text);
		break;
	case REPLY_WINDOW:
		hear_window(f, reply->numbers, reply->count);
		break;
	case REPLY_GRAPHICS:
		hear_graphics(f, reply->numbers, reply->count);
		break;
	case REPLY_MODE:
		hear_mode(f, reply->numbers, reply->count);
		break;
	case REPLY_KEYBOARD:
		f->kitty_keyboard = true;
		break;
	case REPLY_COLOR:
		hear_color(f, reply);
		break;
	case REPLY_PICTURE:
		f->kitty = reply->ok;
		break;
	case REPLY_CURSOR:
		if (reply->count >= 2)
			f->wide_glyphs = reply->numbers[1] > PROBE_GLYPHS + 1;
		break;
	case REPLY_OTHER:
		break;
	}
}

static void conclude_cell(const struct traits *f, struct term_caps *out)
{
	int cols = f->cols > 0 ? f->cols : 1, rows = f->rows > 0 ? f->rows : 1;
	const int sizes[][2] = {
		{ f->wishes_cell ? f->wished_width_px : 0, f->wished_height_px },
		{ f->cell_width_px, f->cell_height_px },
		/* xterm counts its border into the kernel's size, but clamps this one. */
		{ f->most_width_px * 10 >= f->width_px * 9 ? f->most_width_px / cols : 0,
		  f->most_height_px * 10 >= f->height_px * 9 ? f->most_height_px / rows : 0 },
		{ f->area_width_px / cols, f->area_height_px / rows },
		{ f->width_px / cols, f->height_px / rows },
	};

	for (size_t i = 0; i < COUNT(sizes); i++) {
		if (is_size(sizes[i][0], sizes[i][1], CELL_MOST_PX)) {
			out->cell_width_px = sizes[i][0];
			out->cell_height_px = sizes[i][1];
			return;
		}
	}
}

static int conclude_colors(const struct traits *f)
{
	static const int steps[] = { 256, 16, 8 };

	if (f->no_color)
		return 0;
	if (f->direct_color || f->terminfo_colors > 256)
		return 1 << 24;
	for (size_t i = 0; i < COUNT(steps); i++)
		if (f->terminfo_colors >= steps[i])
			return steps[i];
	return 0;
}

/*
 * tmux claims sixel whatever the terminal around it can do, and draws boxes of plus signs there.
 * What it knows of that terminal only its own command line tells, and only on the same machine.
 */
static enum term_graphics conclude_graphics(const struct traits *f, const struct term_caps *caps)
{
	bool tmux = f->in_tmux || caps->quirks & TERM_QUIRK_TMUX;
	bool pixels = caps->cell_width_px > 0;
	bool symbols = caps->unicode && caps->colors > 0;

	if (f->wishes_graphics && (pixels || f->wished_graphics < TERM_SIXEL))
		return f->wished_graphics;
	if (f->kitty && pixels && !tmux)
		return TERM_KITTY;
	if (f->sixel && pixels && (!tmux || f->tmux_says_sixel))
		return TERM_SIXEL;
	return symbols ? TERM_SYMBOLS : TERM_NO_GRAPHICS;
}

void traits_conclude(const struct traits *f, struct term_caps *out)
{
	memset(out, 0, sizeof(*out)); /* the padding as well: these are compared */
	out->settled = f->answered || f->overdue;
	out->most_width_px = f->most_width_px;
	out->most_height_px = f->most_height_px;
	out->registers = f->registers;
	out->colors = conclude_colors(f);
	out->unicode = f->utf8 && !f->wide_glyphs;
	out->synchronized = f->synchronized;
	out->has_background = f->has_background;
	out->has_foreground = f->has_foreground;
	out->background = f->background;
	out->foreground = f->foreground;
	out->link_ms = f->link_ms;
	out->quirks = f->in_tmux ? TERM_QUIRK_TMUX : 0;
	memcpy(out->name, f->name, sizeof(out->name));
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (starts(f->name, kinds[i].name)) {
			out->quirks |= kinds[i].quirks;
			out->notify = kinds[i].notify;
		}
	}
	conclude_cell(f, out);
	out->graphics = conclude_graphics(f, out);
}
