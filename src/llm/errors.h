#ifndef LLM_ERRORS_H
#define LLM_ERRORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"

/*
 * What can go wrong between asking a model and having its reply, whoever it was that said so:
 * sorted into kinds, with what to do about each. Nothing here waits or sends.
 */
enum trouble_kind {
	TROUBLE_NONE,
	TROUBLE_NETWORK,
	TROUBLE_TIMEOUT,
	TROUBLE_TRUNCATED, /* the reply has no end */
	TROUBLE_PROTOCOL,  /* what came makes no sense */
	TROUBLE_RATE_LIMIT,
	TROUBLE_OVERLOADED,
	TROUBLE_SERVER,
	TROUBLE_AUTH,
	TROUBLE_PERMISSION,
	TROUBLE_BILLING,
	TROUBLE_NOT_FOUND,
	TROUBLE_BAD_REQUEST,
	TROUBLE_TOO_LARGE,
	TROUBLE_CONTEXT, /* more tokens than the model has room for */
	TROUBLE_MALFORMED_CALL,
	TROUBLE_UNSUPPORTED, /* images, tools or schemas, where the model takes none */
	TROUBLE_CANCELLED,
	TROUBLE_OURS, /* a file, a key, a folder on this side */
	TROUBLE_KINDS,
};

/* All zeros: nothing is wrong, nothing is known. */
struct trouble {
	enum trouble_kind kind;
	int status; /* of HTTP; 0: the answer never got that far */
	struct strbuf message;
	char *type;            /* the server's own word for it, or NULL */
	char *param;           /* the parameter it names, or NULL */
	int64_t limit_tokens;  /* of the context; 0: not said */
	int64_t prompt_tokens; /* 0: not said */
	int64_t wait_ms;       /* how long the server says to wait, if `waits` */
	bool waits;
	bool retry_yes, retry_no; /* the server's own wish */
};

/* One header line of a response, names in lower case. */
struct header {
	char *name, *value;
};

struct headers {
	struct header *items;
	size_t count;
};

void headers_add(struct headers *headers, const char *name, const char *value);
const char *headers_get(const struct headers *headers, const char *name); /* or NULL */
void headers_release(struct headers *headers);

const char *trouble_name(enum trouble_kind kind);

/* Any argument may be NULL, and `status` 0. */
enum trouble_kind trouble_classify(int status, const char *type, const char *code,
                                   const char *message);

/* The first trouble stands: what follows it is usually its echo. */
void trouble_set(struct trouble *t, enum trouble_kind kind, const char *type, const char *message);
void trouble_release(struct trouble *t);

/* How many tokens fit in, by a field of the error or by its words; 0: it does not say. */
int64_t trouble_room(const struct trouble *t);

/* How long to wait, as the headers of the response say it. `now_s`: the time of day. */
void trouble_read_headers(struct trouble *t, const struct headers *headers, int64_t now_s);

struct retry_limits {
	int busy;       /* tries when told to wait */
	int broken;     /* tries when the server or the network fails */
	int wait_max_s; /* being told to wait longer than this is a failure */
};

/* Whether to try again after `tries` tries, and when. `chance`: from 0 to 1, to spread callers. */
bool trouble_retry(int *wait_ms, const struct trouble *t, int tries,
                   const struct retry_limits *limits, double chance);

/* Who said it and about what, for the person at the keyboard. */
struct trouble_scene {
	const char *endpoint; /* "openai" */
	const char *url;
	const char *model;
	const char
		*key_hint; /* where the key came from: "$OPENAI_API_KEY", or NULL: there is none */
};

/* What happened and what to do, as an error. */
void trouble_explain(struct error *err, const struct trouble *t, const struct trouble_scene *scene);

#endif
