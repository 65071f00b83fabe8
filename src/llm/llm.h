#ifndef LLM_LLM_H
#define LLM_LLM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/loop.h"
#include "base/record.h"

/*
 * The door to language models. A request goes in, words stream out, one reply or one error ends
 * it; which company, server, recording or folder of files answers is the settings' business.
 */
enum llm_part_type {
	LLM_TEXT,
	LLM_IMAGE, /* a PNG or JPEG file, read when the request is sent */
};

/* Borrowed, like all of a request, until llm_ask() returns. */
struct llm_part {
	enum llm_part_type type;
	const char *text; /* the words; of an image: its caption, "front view" */
	const char *file; /* of an image */
};

struct llm_message {
	bool from_model;
	const struct llm_part *parts;
	size_t count;
};

struct llm_request {
	const char *agent;   /* "coder": names the call in recordings, the relay and prices */
	const char *purpose; /* "repair" */
	const char *model; /* "openai/gpt-5": an endpoint of the settings, a slash, its own name */
	const char *const *system; /* blocks, the most stable first (prompt caching) */
	size_t system_count;
	const struct llm_message *messages;
	size_t count;
	const char *schema; /* the JSON Schema the answer has to obey, or NULL: free text */
	int max_tokens;
};

struct llm_usage {
	int64_t input;  /* tokens, those read from a cache included; -1: not reported */
	int64_t output; /* those spent on reasoning included */
	int64_t cached;
	int64_t reasoning;
};

enum llm_stop {
	LLM_STOP_END,
	LLM_STOP_LENGTH,
	LLM_STOP_REFUSAL,
	LLM_STOP_OTHER
};

struct llm_reply {
	const char *text;
	const char *reasoning; /* what the model thought aloud, "" if nothing */
	const char *model;     /* as the server names it */
	enum llm_stop stop;
	struct llm_usage usage;
	double cost_usd; /* negative: no price is known */
	int64_t took_ms;
	int tries;
};

struct llm_listener {
	void (*words)(void *ctx, bool reasoning, const char *text, size_t len);
	void (*retries)(void *ctx, const struct error *why,
	                int wait_ms); /* words so far are void */
	void (*done)(void *ctx, const struct llm_reply *reply, const struct error *err);
	void *ctx;
};

/*
 * The settings: which endpoints there are, which model plays which role, what tokens cost. All
 * zeros is a valid value with no endpoint; a zero in a row means the default named beside it.
 */
enum llm_kind {
	LLM_HTTP,   /* a server at `url` */
	LLM_REPLAY, /* the recording at `path`, or a folder of answered relay questions */
	LLM_RELAY,  /* the folder at `path`: questions out, answers in */
};

enum llm_json {
	LLM_JSON_SCHEMA, /* the server makes the model obey a schema */
	LLM_JSON_OBJECT, /* it only promises some JSON */
	LLM_JSON_NONE,   /* it promises nothing, so the prompt has to ask */
};

enum llm_match {
	LLM_MATCH_AGENT,  /* the next record of the same agent and purpose */
	LLM_MATCH_STRICT, /* the record of the very same question */
	LLM_MATCH_ANY,    /* the next record, whoever asked */
};

struct llm_header {
	const char *name, *value;
};

struct llm_endpoint {
	const char *name;
	enum llm_kind kind;
	const char *dialect; /* NULL: openai */
	const char *url;     /* "http://127.0.0.1:8080/v1" */
	const char *path;
	text_list key_command; /* its first line is the key; no shell is involved */
	const char *key_file;  /* only if nobody else may read it */
	const char *key_env;   /* a variable: asked last */
	LIST_OF(struct llm_header) headers;
	const char *unix_socket;
	const char *ca_file;
	bool no_tls_check; /* only for this very machine */
	bool no_images;
	bool think_tags; /* reasoning stands in the text, between <think> and </think> */
	enum llm_json json;
	int64_t context_tokens; /* 0: find out by its refusals */
	int64_t connect_s;      /* 10 */
	int64_t first_byte_s;   /* 300: models may think long */
	int64_t between_s;      /* 120, once words come */
	const char *extra;      /* a JSON object: more keys for every request */
	enum llm_match match;   /* of a replay */
	double pace;            /* of a replay: 1 as recorded, 2 twice as slow, 0 at once */
};

struct llm_role {
	const char *name;  /* "coder", or "default" */
	const char *model; /* "openai/gpt-5" */
};

/* In dollars for a million tokens. */
struct llm_price {
	const char *model; /* a pattern: "gpt-5*"; the longest that fits counts */
	double input, output;
	double cache_read, cache_write; /* 0: as input */
};

struct llm_settings {
	LIST_OF(struct llm_endpoint) endpoints;
	LIST_OF(struct llm_role) roles;
	LIST_OF(struct llm_price) prices;
	const char *prices_date;
	const char *state_file; /* where to keep what servers taught us; NULL: nowhere */
	int64_t busy_tries;     /* 6, when told to wait */
	int64_t broken_tries;   /* 3, when the server or the network fails */
	int64_t wait_max_s;     /* 900: told to wait longer, give up */
};

extern const struct record_type llm_settings_type;

/* The model for a role, or for "default"; NULL: the settings name none. */
const char *llm_role_model(const struct llm_settings *settings, const char *role);

struct llm;
struct llm_call;

/* Everything asked is recorded, by adding to recording_file, unless that is NULL. */
bool llm_open(struct llm **out, struct loop *loop, const struct llm_settings *settings,
              const char *recording_file, struct error *err);

/*
 * Calls still under way end without done(); relay questions stay open for the next run. Not from
 * inside one of our callbacks.
 */
void llm_close(struct llm *llm);

/* done() comes exactly once and never before this returns: with a reply, or with an error. */
struct llm_call *llm_ask(struct llm *llm, const struct llm_request *req,
                         const struct llm_listener *listener);
void llm_cancel(struct llm_call *call); /* done() follows, with ERR_CANCELLED */

/* The room a model has, from the settings or learned by its refusals; 0: not known. */
int64_t llm_context_tokens(const struct llm *llm, const char *model);

/* How many answers of a replay were given to questions that have changed since. */
size_t llm_changed_questions(const struct llm *llm);

/* Blanks every key this program knows of. */
void llm_redact(const struct llm *llm, struct strbuf *text);

struct llm_model_info {
	const char *name;
	int64_t context_tokens; /* 0: not said */
};

/* Comes once, from the loop, with what the endpoint offers or with an error. */
typedef void (*llm_models_fn)(void *ctx, const struct llm_model_info *models, size_t count,
                              const struct error *err);
void llm_list_models(struct llm *llm, const char *endpoint, llm_models_fn fn, void *ctx);

/*
 * The other end of a relay: has `model` answer every open question in a relay folder, one after
 * the other. said() hears of each; done() comes once, when none is left.
 */
struct llm_work_listener {
	void (*said)(void *ctx, const char *question, const struct error *err); /* NULL: answered */
	void (*done)(void *ctx, size_t answered, const struct error *err);
	void *ctx;
};
void llm_relay_work(struct llm *llm, const char *dir, const char *model,
                    const struct llm_work_listener *listener);

/* A relay folder as one tar file, and back. What is there already is never overwritten. */
bool llm_relay_pack(const char *dir, const char *tar_file, struct error *err);
bool llm_relay_unpack(const char *dir, const char *tar_file, size_t *files, struct error *err);

#endif
