#ifndef TUI_RUNS_H
#define TUI_RUNS_H

#include "tui/palette.h"

/*
 * Fill in the indices of *image, which has its palette, so that the squared error plus `price` for
 * every change of color along a row is as low as it can be.
 */
void runs_map(struct indexed *image, const struct pixels *from, int price);

#endif
