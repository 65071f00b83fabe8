#ifndef TUI_ASK_H
#define TUI_ASK_H

#include "tui/house.h"

/*
 * One line to be written at the bottom of the screen: a command after the colon, a search, a
 * reason. What was written before can be had again with Up.
 */
struct ask_options {
	const char *label; /* ":", "/", "reason: " */
	const char *text;  /* to begin with; NULL: nothing */
	enum ask_history {
		ASK_COMMANDS,
		ASK_SEARCHES,
		ASK_OTHERS,
		ASK_HISTORIES,
	} history;
	/* Adds lines that begin as `text` does, each with its LF; NULL: nothing completes. */
	void (*complete)(void *ctx, const char *text, struct strbuf *out);
	void (*changed)(void *ctx, const char *text); /* after each key; may be NULL */
	void (*done)(void *ctx, const char *text);    /* NULL: given up */
	void *ctx;
};

void ask_open(struct house *h, const struct ask_options *options);

bool ask_knows(const char *command); /* that a key can stand for in it */

/* Yes or no, and Enter means no. */
void ask_confirm(struct house *h, const char *question, void (*yes)(void *ctx), void *ctx);

#endif
