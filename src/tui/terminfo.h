#ifndef TUI_TERMINFO_H
#define TUI_TERMINFO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"

/*
 * What ncurses is told about a terminal, without the ways to scroll, shift and erase, and without
 * the second screen, which is ours to enter and leave.
 *
 * ncurses scrolls by itself whenever that is shorter (idlok() does not stop it), and pictures move,
 * tear or vanish. There is no call to forbid it, but ncurses uses only what the terminal is said
 * to have.
 */

/* Cut them out of a compiled entry. False: these bytes are no compiled entry. */
bool terminfo_cut(struct strbuf *entry, bool *has_alternate);

/* The entry of that name, cut, as a value for TERMINFO ("b64:..."). Replaces *out. */
bool terminfo_inline(struct strbuf *out, const char *name, bool *has_alternate, struct error *err);

#endif
