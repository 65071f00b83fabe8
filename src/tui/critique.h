#ifndef TUI_CRITIQUE_H
#define TUI_CRITIQUE_H

#include "tui/house.h"
#include "tui/remarks.h"

/* Of the proposal that waits: what was asked, what the verifier found, what its author says. */
void critique_write(struct remarks *out, const struct house *h);

#endif
