#ifndef TUI_INPUT_H
#define TUI_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

/*
 * What a person did: pressed a key, clicked, pasted, came back to the window.
 *
 * Tab and C-i, Enter and C-m are one key in most terminals and so here; C-j is another. An upper
 * case letter is that character, without INPUT_SHIFT.
 */
enum input_type {
	INPUT_KEY,
	INPUT_MOUSE,
	INPUT_PASTE,
	INPUT_FOCUS,
};

/* Keys that are no character, above all that are. */
enum input_key {
	INPUT_ENTER = 0x110000,
	INPUT_TAB,
	INPUT_BACKSPACE,
	INPUT_ESCAPE,
	INPUT_UP,
	INPUT_DOWN,
	INPUT_RIGHT,
	INPUT_LEFT,
	INPUT_HOME,
	INPUT_END,
	INPUT_PAGE_UP,
	INPUT_PAGE_DOWN,
	INPUT_INSERT,
	INPUT_DELETE,
	INPUT_CENTER, /* the 5 of the keypad */
	INPUT_F1,
	INPUT_F12 = INPUT_F1 + 11,
	INPUT_F20 = INPUT_F1 + 19,
};

enum input_mod {
	INPUT_SHIFT = 1,
	INPUT_ALT = 2,
	INPUT_CTRL = 4,
};

enum input_button {
	INPUT_BUTTON_LEFT,
	INPUT_BUTTON_MIDDLE,
	INPUT_BUTTON_RIGHT,
	INPUT_WHEEL_UP,
	INPUT_WHEEL_DOWN,
};

struct input {
	enum input_type type;
	uint32_t key;  /* a character or an input_key */
	unsigned mods; /* of a key or a click */
	enum input_button button;
	bool released;    /* the button; a wheel is only ever turned */
	int row, col;     /* of the mouse, from 0; not checked against the size */
	bool focused;     /* of INPUT_FOCUS */
	const char *text; /* of INPUT_PASTE: UTF-8, LF line ends, no other control codes but tabs */
	size_t len;
	bool cut; /* there was more of it than we take */
};

/*
 * How keys are written: "q", "C-x", "A-Enter", "S-Tab", "F1", "Space". input_parse() reads one key
 * and says where the next one begins, so "C-x C-e" is two.
 */
void input_name(struct strbuf *out, const struct input *key);
bool input_parse(struct input *out, const char **rest);

#endif
