#ifndef CLI_NAME_H
#define CLI_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

/*
 * What a session is called whose user did not say: "a desk lamp with a green glass shade" makes
 * desk-lamp, and the second one desk-lamp-2.
 */
void name_from_prompt(struct strbuf *out, const char *prompt);

typedef bool (*name_taken_fn)(void *ctx, const char *name);
void name_make_unique(struct strbuf *name, name_taken_fn is_taken, void *ctx);

#endif
