#ifndef TUI_COMPLETE_H
#define TUI_COMPLETE_H

#include "base/strbuf.h"

/*
 * What Tab adds to the beginning of a file's name: all that the folders, and the files with that
 * ending, which begin so have in common. "~/" is the user's home.
 */
void complete_file(struct strbuf *text, const char *ending);

#endif
