#ifndef TUI_THEME_H
#define TUI_THEME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/*
 * How things look, by what they are. A theme is a file with one line for each:
 *
 *     title: bold cyan
 *     match: black on bright-yellow
 *     added: "#2e8b57"
 *
 * Colors are those of the terminal (black red green yellow blue magenta cyan white, each also with
 * bright- before it, and default), a number of 256, or #rrggbb; what a terminal does not have
 * becomes the nearest it has. What a theme leaves out looks like what it is a kind of.
 */
enum look {
	LOOK_TEXT,
	LOOK_DIM,
	LOOK_STRONG,
	LOOK_TITLE,
	LOOK_TITLE_FOCUSED,
	LOOK_FRAME,
	LOOK_FRAME_FOCUSED,
	LOOK_BADGE,
	LOOK_SCROLLBAR,
	LOOK_TICK,
	LOOK_STATUS,
	LOOK_HINT,
	LOOK_KEY,
	LOOK_PROMPT,
	LOOK_BANNER,
	LOOK_POPUP,
	LOOK_CURSOR_LINE,
	LOOK_SELECTED,
	LOOK_MATCH,
	LOOK_LINK,
	LOOK_GOOD,
	LOOK_WARN,
	LOOK_BAD,
	LOOK_ADDED,
	LOOK_REMOVED,
	LOOK_ADDED_WORD,
	LOOK_REMOVED_WORD,
	LOOK_MOVED,
	LOOK_HUNK,
	LOOK_LINE_NUMBER,
	LOOK_KEYWORD,
	LOOK_STRING,
	LOOK_NUMBER,
	LOOK_COMMENT,
	LOOK_FUNCTION,
	LOOK_PERSON,
	LOOK_PLANNER,
	LOOK_RETRIEVER,
	LOOK_CODER,
	LOOK_CRITIC,
	LOOK_VERIFIER,
	LOOK_PROXY,
	LOOK_COUNT,
};

enum style_attr {
	STYLE_BOLD = 1,
	STYLE_DIM = 2,
	STYLE_ITALIC = 4,
	STYLE_UNDERLINE = 8,
	STYLE_REVERSE = 16,
};

#define COLOR_OWN -1         /* the terminal's own, for text or behind it */
#define COLOR_RGB 0x01000000 /* with 0xrrggbb added; else a number of 256 */

struct style {
	unsigned attrs;
	int fore, back;
};

struct theme {
	struct style styles[LOOK_COUNT];
};

struct look_type {
	const char *name;
	const char *help;
	enum look kind_of;
};

extern const struct look_type look_types[LOOK_COUNT];

/* Complaints (ERR_CONFIG) begin with "where:line:column: ". */
bool theme_parse(struct theme *out, const char *text, size_t len, const char *where,
                 struct error *err);

/* By name: the user's own themes/NAME.yaml, or one that came with the program. */
bool theme_load(struct theme *out, const char *name, struct error *err);

/* "bold black on #ffcc00" */
bool style_parse(struct style *out, const char *words, struct error *err);

/* As a terminal with so many colors (0, 8, 16, 256 or more) can show it. */
struct style style_for(const struct style *style, int colors);

#endif
