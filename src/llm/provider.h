#ifndef LLM_PROVIDER_H
#define LLM_PROVIDER_H

#include <stdbool.h>

#include "base/json.h"
#include "base/strbuf.h"
#include "llm/draft.h"
#include "llm/question.h"

/*
 * How one company spells requests and replies. Pure translation: no sockets, no clocks, so each
 * provider is tested from text files alone. Sending, retrying and pricing are the same for all.
 */
enum token_limit {
	LIMIT_GUESSED, /* by the model's name */
	LIMIT_OLD,     /* max_tokens */
	LIMIT_NEW,     /* max_completion_tokens */
	LIMIT_NONE,    /* it takes neither */
};

/* What an endpoint and a model can do, as the settings say and as their refusals taught us. */
struct manner {
	enum llm_json json;
	enum token_limit limit;
	bool no_images;
	bool no_usage;     /* no stream_options */
	bool no_extra;     /* something in `extra` is not to its taste */
	const char *extra; /* a JSON object, from the settings; or NULL */
};

struct provider {
	const char *name;     /* "openai": the dialect */
	const char *ask_path; /* after the endpoint's url */
	const char *models_path;
	const char *key_header; /* what stands before the key: "Authorization: Bearer " */
	const char *last_word;  /* the data of the event after the last, or NULL */

	/* `model` is its name without the endpoint's. */
	void (*encode)(struct strbuf *body, const struct question *q, const char *model,
	               const struct manner *manner);

	/* One event of the stream, or the whole reply, or an error document. */
	void (*decode)(struct draft *d, const char *event, const struct json_at *doc);

	/* The stream is over; draft_finish() follows. */
	void (*finish)(struct draft *d);

	/* Do without what was refused, from now on. False: that cannot be helped. */
	bool (*give_way)(struct manner *manner, const struct trouble *t, const char *model);
};

extern const struct provider openai;

const struct provider *provider_find(const char *name); /* NULL: we do not speak that */

#endif
