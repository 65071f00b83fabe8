#ifndef TUI_KITTY_H
#define TUI_KITTY_H

#include "base/strbuf.h"
#include "tui/palette.h"

/*
 * kitty's graphics protocol: a picture is sent once, under a number, and then shown, in parts and
 * as often as needed, with some 50 bytes each. Nothing here is ever answered (q=2). All add to
 * *out.
 */
bool kitty_send(struct strbuf *out, const struct indexed *image, unsigned number,
                struct error *err);

/* That part of it at the cursor, stretched over the cells; `which` tells one showing from another.
 */
void kitty_show(struct strbuf *out, unsigned number, unsigned which, struct pixels_area part,
                int rows, int cols);
void kitty_hide(struct strbuf *out, unsigned number, unsigned which);
void kitty_forget(struct strbuf *out, unsigned number);
void kitty_forget_all(struct strbuf *out); /* also what others sent */

#endif
