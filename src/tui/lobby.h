#ifndef TUI_LOBBY_H
#define TUI_LOBBY_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/loop.h"
#include "base/strbuf.h"

/*
 * What is there before a session: what works on this machine and how to begin, the sessions there
 * are, a tour of the keys. It ends with a choice; whoever opened it makes that true.
 *
 * It asks no server and sends nothing by itself: the checks are the host's, and a server is asked
 * only when its address was written and Enter pressed.
 */
struct lobby;

enum lobby_choice {
	LOBBY_LEAVE,
	LOBBY_SAMPLE,
	LOBBY_PROMPT,  /* text: what to model */
	LOBBY_SCRIPT,  /* text: a file */
	LOBBY_SESSION, /* text: its name */
};

/* How bad; the same words as of `ll3m doctor`. */
enum lobby_health {
	LOBBY_FINE,
	LOBBY_NOTE,
	LOBBY_WEAK,
	LOBBY_ILL,
};

/* Anybody's text may stand in it. */
struct lobby_finding {
	const char *subject, *text;
	const char *cure; /* NULL: none is needed */
	enum lobby_health health;
};

/* What the lobby knows only from others. All of them are called from the loop. */
struct lobby_host {
	/* The findings so far, one after the other; false: there is no such number. */
	bool (*finding)(void *ctx, size_t number, struct lobby_finding *out);
	bool (*is_checking)(void *ctx); /* more may come: lobby_changed() tells */

	/* "openai/gpt-5"; NULL: nobody answers for the agents yet. */
	const char *(*team)(void *ctx);

	/* Ask a server for its models: lobby_models() has the answer, once. */
	void (*ask_server)(void *ctx, const char *url);

	/*
	 * One of them is to answer for everybody, from now on or, with `save`, always: adds
	 * where that was written down.
	 */
	bool (*use_model)(void *ctx, const char *model, bool save, struct strbuf *where,
	                  struct error *err);

	/* Take a session away; adds where it is now. */
	bool (*remove)(void *ctx, const char *dir, struct strbuf *where, struct error *err);
	void *ctx;
};

struct lobby_session {
	const char *name, *dir;
	int64_t changed_ms; /* since 1970 */
};

struct lobby_options {
	const char *theme; /* a name of themes/; NULL: default */
	bool no_mouse;
	const struct lobby_session *sessions; /* the latest first; copied */
	size_t count;
	const char *version; /* "0.1.0" */
	struct lobby_host host;
};

typedef void (*lobby_chosen_fn)(void *ctx, enum lobby_choice choice, const char *text);

/*
 * Shows the sessions, or what works here if there are none. Fails where there is no terminal to
 * draw on. `chosen` comes once; lobby_close() is the caller's, after it has returned.
 */
bool lobby_open(struct lobby **out, struct loop *loop, const struct lobby_options *options,
                lobby_chosen_fn chosen, void *ctx, struct error *err);
void lobby_close(struct lobby *l);

void lobby_tell(struct lobby *l, const struct error *err); /* of a mistake, until the next key */
void lobby_changed(struct lobby *l); /* there are other findings, or another team */
void lobby_models(struct lobby *l, const char *const *names, size_t count,
                  const struct error *err); /* NULL: it answered */

#endif
