#ifndef EVENT_TELL_H
#define EVENT_TELL_H

#include "event/event.h"

/* How good it is. The words say so too: colours only underline it. */
enum tone {
	TONE_PLAIN,
	TONE_HEADING,
	TONE_GOOD,
	TONE_WARNING,
	TONE_BAD,
};

/*
 * What an event says to people: a sentence, and a few lines more. Much of it is the words of
 * models as they came, so whoever shows it makes them harmless in his own way.
 */
struct telling {
	enum tone tone;
	const char *who;       /* "coder", "you" */
	struct strbuf text;    /* empty: there is nothing to tell */
	struct strbuf details; /* lines, each with its LF */
	int64_t took_ms;       /* negative: it took no time worth telling */
};

void tell(struct telling *out, const struct event *ev); /* replaces *out */
void telling_release(struct telling *t);

/*
 * What turns cost is told together with what they brought. All zeros is an empty bill; it hears of
 * every event before it pays for it.
 */
struct bill {
	enum role role;
	int64_t took_ms;
	double cost_usd;
	bool is_open;
};

void bill_hear(struct bill *bill, const struct event *ev);
void bill_pay(struct bill *bill, struct telling *t, const struct event *ev); /* " (4.2 s, $0.03)" */

const char *tell_who(enum role role);

/* What an agent does while its turn lasts, and what it was for: "writes", "repairs". */
const char *tell_doing(enum purpose purpose);

void tell_clock(struct strbuf *out, int64_t ms); /* since the beginning: "  0:31" */

/* "1 object", "2 objects" */
void tell_count(struct strbuf *out, int64_t count, const char *noun);

#endif
