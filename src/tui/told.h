#ifndef TUI_TOLD_H
#define TUI_TOLD_H

#include "event/tell.h"
#include "session/session.h"
#include "tui/wrap.h"

/* An event as it is told on the screen, with what the turn cost that brought it. */
struct told {
	int64_t event; /* 0: none */
	enum tone tone;
	struct wrap text, details; /* what is read at once, and what is folded behind it */
	char *model;               /* NULL: no turn brought it */
	int64_t took_ms;           /* negative: it took no time worth telling */
	double cost_usd;           /* negative: no price is known */
};

struct told_options {
	int64_t event;
	int64_t turn;   /* the turn.ended that brought it; 0: none did */
	bool has_reply; /* what the agent answered, to the letter, is one of the details */
};

/* Replaces *out. */
bool told_read(struct told *out, struct session *session, const struct told_options *options,
               struct error *err);
void told_release(struct told *told);

/* "opus-x  2.1 s  $0.02"; the model only where there is room for it. */
void told_write_bill(struct strbuf *out, const struct told *told, bool has_model);

#endif
