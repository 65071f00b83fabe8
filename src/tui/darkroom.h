#ifndef TUI_DARKROOM_H
#define TUI_DARKROOM_H

#include "base/work.h"
#include "tui/print.h"

/*
 * Where pictures become prints: on the helper thread, one at a time, and kept as long as there is
 * room for them.
 *
 * There is no queue to fall behind with. Whoever wants a print or a part of one asks for it in
 * every frame; what is not there yet is made next if it was asked for in the latest frame, so what
 * nobody wants any more is never made. `changed` comes when asking again is worth it.
 */
struct darkroom;

typedef void (*darkroom_fn)(void *ctx);

struct darkroom *darkroom_open(struct work *work, darkroom_fn changed, void *ctx);
void darkroom_close(struct darkroom *room); /* the work it ordered may still be under way */

/* A frame begins: forget what was asked for in the last one. Prints returned so far may go now. */
void darkroom_turn(struct darkroom *room);

/* NULL: not yet. One that failed stays so, and has print->err. Valid until the next turn. */
const struct print *darkroom_print(struct darkroom *room, const struct picture *picture,
                                   const struct print_order *order);

/* The same, but only if it is there. */
const struct print *darkroom_peek(struct darkroom *room, const struct picture *picture,
                                  const struct print_order *order);
const struct print *darkroom_find(struct darkroom *room, unsigned number);

/* The sixels of a part. NULL: not yet. A small one is cut at once. */
const struct strbuf *darkroom_cut(struct darkroom *room, const struct print *print,
                                  struct cells part);

size_t darkroom_size(const struct darkroom *room); /* bytes kept */

#endif
