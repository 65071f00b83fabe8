#ifndef LLM_TRANSPORT_H
#define LLM_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/loop.h"
#include "llm/errors.h"
#include "llm/question.h"

/*
 * What carries a question to whoever answers it: the network, an earlier run, a folder of files,
 * or any of them with a recorder in front. What is above this line cannot tell which.
 */

/* One question on its way. What it points to stays until ended() or the cancel. */
struct exchange {
	const struct llm_endpoint *endpoint;
	const struct question *question; /* NULL: a list of models is asked for */
	const char *dialect;
	const char *model;         /* without the endpoint's name */
	const char *path;          /* after the endpoint's url */
	const char *key_header;    /* "Authorization: Bearer ..."; NULL: no key */
	const struct strbuf *body; /* in the dialect; NULL: there is none */
};

/* How it ended. All zeros: well, as far as the transport can tell. */
struct ending {
	enum trouble_kind kind;
	bool declined; /* whoever should answer will not; `why` says so */
	const char *why;
};

/*
 * Either began() and then bytes() in that dialect, or words() in none; in the end ended(), once.
 * All come from the loop, never from inside send(). Each of them may cancel any delivery.
 */
struct transport_events {
	void (*began)(void *ctx, const char *dialect, int status, const struct headers *headers);
	void (*bytes)(void *ctx, const char *bytes, size_t len);
	void (*words)(void *ctx, const char *text, size_t len);
	void (*ended)(void *ctx, const struct ending *ending);
	void *ctx;
};

struct transport;

/* What is under way. Its transport puts more behind this. */
struct delivery {
	struct transport *by;
};

struct transport_type {
	const char *name;
	struct delivery *(*send)(struct transport *t, const struct exchange *ex,
	                         const struct transport_events *events);
	void (*cancel)(struct delivery *d); /* no event follows */
	void (*close)(struct transport *t); /* with all that is under way, without events */
};

struct transport {
	const struct transport_type *type;
};

struct transport *http_open(struct loop *loop);

/* Whether a url leads no further than this machine. */
bool url_is_local(const char *url);
bool url_is_http(const char *url);

#endif
