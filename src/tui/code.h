#ifndef TUI_CODE_H
#define TUI_CODE_H

#include "tui/canvas.h"
#include "tui/sheet.h"

/* How rows of a sheet are drawn: with numbers and signs, colours, and who wrote them. */
struct code {
	const struct sheet *sheet;
	const struct story *story;
	int left;           /* columns scrolled to the side */
	bool has_blame;     /* with the version that wrote a line, and what it was for */
	size_t failed_line; /* of the newer text, where the script stopped; 0: it did not */
	const char *search; /* NULL: nothing is searched for */
	const bool *folded; /* by part */
};

/* One row of the canvas. */
void code_draw(const struct code *code, const struct canvas *on, int row, size_t at);

/* A row for each side; CODE_NONE: there is nothing on that side. */
#define CODE_NONE ((size_t)-1)
void code_draw_pair(const struct code *code, const struct canvas *on, int row, size_t old,
                    size_t new);

/* "13, refines A, B", "4, subtask 2": who wrote a line; nothing if that is not known. */
void code_write_origin(struct strbuf *out, const struct story *story, int64_t version);

#endif
