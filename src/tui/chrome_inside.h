#ifndef TUI_CHROME_INSIDE_H
#define TUI_CHROME_INSIDE_H

#include "tui/house_inside.h"

/* What chrome.c puts together. */
void chrome_status(struct house *h, struct canvas *screen);
void chrome_banner(struct house *h, struct canvas *screen);
void chrome_hints(struct house *h, struct canvas *screen);

/* "1/3 creation" */
const char *chrome_phase(const struct state *now);

#endif
