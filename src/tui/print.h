#ifndef TUI_PRINT_H
#define TUI_PRINT_H

#include "tui/caps.h"
#include "tui/mask.h"
#include "tui/palette.h"
#include "tui/picture.h"
#include "tui/symbols.h"

/* How sharp: what a slow line can carry, what is always fine, what nobody has to wait for. */
enum print_grade {
	PRINT_COARSE,
	PRINT_FINE,
	PRINT_SHARP,
};

/* What a picture has to be turned into. */
struct print_order {
	enum term_graphics graphics;
	enum print_grade grade;
	int rows, cols;
	int cell_width, cell_height; /* px; of symbols as well, to keep the shape of the picture */
	int most_width, most_height; /* px of one sixel picture; 0: no limit */
	int registers;               /* 0: not known */
	int colors;                  /* of text */
	bool is_sixth;               /* heights have to be a multiple of 6 px */
	uint32_t background;
};

/* A picture in the terminal's language, or why there is none. All zeros: nothing. */
struct print {
	struct print_order order;
	unsigned number;      /* no two have the same, and none has 0 */
	struct indexed image; /* for TERM_SIXEL */
	struct strbuf whole;  /* for TERM_SIXEL: all of it, if a terminal takes that much at once */
	struct strbuf upload; /* for TERM_KITTY */
	struct symbols symbols; /* for TERM_SYMBOLS */
	double difference;      /* of PICTURE_DIFFERENCE, 0 to 1 */
	struct error err;       /* with a code: it failed */
};

void print_name(struct strbuf *out, const struct print_order *order);

/* For the helper: slow, and touches nothing but what it is given. *out has order and number. */
void print_make(struct print *out, const struct picture *picture, struct picture_files *files);
void print_release(struct print *print);
size_t print_size(const struct print *print); /* in memory */

/* How large a part may be, in cells, and that part in px. */
void print_limits(const struct print_order *order, int *most_rows, int *most_cols);
struct pixels_area print_area(const struct print_order *order, struct cells part);

/* Adds the sixels of a part that is within the limits. Slow, if it is a large one. */
bool print_cut(struct strbuf *out, const struct print *print, struct cells part, struct error *err);

#endif
