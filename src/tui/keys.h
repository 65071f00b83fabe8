#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/input.h"
#include "tui/reply.h"

/*
 * Which key, click or focus change a whole sequence stands for, after xterm, VT220, rxvt, the Linux
 * console and kitty's protocol. False: none that we know.
 */
bool keys_read_csi(struct input *out, const struct csi *csi);
bool keys_read_ss3(struct input *out, char final);
bool keys_read_linux(struct input *out, char final); /* ESC [ [ A */
bool keys_read_click(struct input *out, const unsigned char bytes[3]);

/* A character as typed, control codes included. */
void keys_read_character(struct input *out, uint32_t character);

#endif
