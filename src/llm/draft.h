#ifndef LLM_DRAFT_H
#define LLM_DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "base/strbuf.h"
#include "llm/errors.h"
#include "llm/think.h"

/*
 * A reply being put together from what a provider's stream says, piece by piece. Pieces of one
 * kind join; a tool call is there for the program only once draft_finish() has found the reply
 * complete and without trouble.
 */
enum draft_type {
	DRAFT_TEXT,
	DRAFT_REASONING,
	DRAFT_CALL,
	DRAFT_OPAQUE, /* what this program does not know and does not need */
};

struct draft_part {
	enum draft_type type;
	struct strbuf text;     /* the words; of a call: its arguments as they came */
	char *id, *name;        /* of a call */
	char *signature;        /* closes the part */
	int64_t index;          /* of a call, as the server counts; -1: it does not */
	struct json *arguments; /* of a call; NULL: they are no JSON object */
};

enum draft_stop {
	DRAFT_STOP_NONE,
	DRAFT_STOP_END,
	DRAFT_STOP_CALLS,
	DRAFT_STOP_LENGTH,
	DRAFT_STOP_SEQUENCE,
	DRAFT_STOP_REFUSAL,
	DRAFT_STOP_CONTEXT,
	DRAFT_STOP_PAUSE,
	DRAFT_STOP_ERROR,
	DRAFT_STOP_OTHER,
};

/* Tokens; -1: not reported. `input` includes the cache's, `output` the reasoning. */
struct draft_usage {
	bool given;
	int64_t input, output, cache_read, cache_write, reasoning;
	bool priced; /* the server says itself what it costs: */
	double cost_usd;
};

typedef void (*draft_fn)(void *ctx, enum draft_type type, const char *text, size_t len);

struct draft {
	draft_fn words; /* each piece of text and reasoning as it comes; may be NULL */
	void *ctx;
	bool split_thinking; /* <think> in the text is reasoning */

	struct draft_part *parts;
	size_t count, cap;
	char *id, *model, *stop_raw;
	enum draft_stop stop;
	struct draft_usage usage;
	struct strbuf refusal; /* why, in the server's words */
	bool is_refused;
	struct trouble trouble;
	size_t last_call; /* its place in `parts`, plus 1 */
	struct think think;
};

/* All zeros, with the first fields filled in as wanted, is a draft that has not begun. */
void draft_release(struct draft *d);

/* Names the server uses; the first one stands, NULL is none. */
void draft_name(char **name, const char *value);

void draft_add(struct draft *d, enum draft_type type, const char *text, const char *signature);

/* A piece of a tool call; what is absent is NULL, or -1 for the index. */
struct draft_call {
	int64_t index;
	const char *id, *name, *arguments, *signature;
};
void draft_add_call(struct draft *d, const struct draft_call *piece);

void draft_set_stop(struct draft *d, enum draft_stop stop, const char *raw);

/* The stream is over: number the calls, read their arguments, settle how it stopped. */
void draft_finish(struct draft *d);

/* All the text, or all the reasoning. */
void draft_join(struct strbuf *out, const struct draft *d, enum draft_type type);

#endif
