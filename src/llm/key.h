#ifndef LLM_KEY_H
#define LLM_KEY_H

#include <stdbool.h>

#include "base/error.h"
#include "base/loop.h"
#include "base/strbuf.h"
#include "llm/llm.h"

/*
 * The secrets of all endpoints, in one place, wiped when it is released. Whatever is written to a
 * file or shown passes keyring_redact() first.
 */
struct keyring {
	char **secrets;
	size_t count;
};

void keyring_add(struct keyring *ring, const char *secret);
void keyring_redact(const struct keyring *ring, struct strbuf *text);
void keyring_release(struct keyring *ring);

/*
 * One endpoint's API key, looked for when it is first needed: the output of key_command, else the
 * content of key_file, else the value of key_env. An endpoint that names none of them has none,
 * and neither has a server on this machine whose variable is not set.
 */
enum key_state {
	KEY_UNSOUGHT,
	KEY_SOUGHT, /* its command is still running */
	KEY_READY,
	KEY_FAILED,
};

struct key {
	enum key_state state;
	char *header;     /* "Authorization: Bearer ..."; NULL: there is none */
	char *hint;       /* where it came from, for people; NULL: there is none */
	struct error err; /* why it failed */
	struct key_command *command;
};

typedef void (*key_fn)(void *ctx);

/* Afterwards the state is any but KEY_UNSOUGHT; after KEY_SOUGHT, found() comes from the loop. */
void key_seek(struct key *key, struct keyring *ring, struct loop *loop,
              const struct llm_endpoint *ep, const char *header, key_fn found, void *ctx);
void key_release(struct key *key);

#endif
