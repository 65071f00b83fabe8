#ifndef TUI_COMMAND_H
#define TUI_COMMAND_H

#include "tui/house.h"

/* The line after the colon, with what can be said there; and which keys say it. */
void command_open(struct house *h, const char *text);
void command_keys(struct house *h);

#endif
