#ifndef TUI_ATTACHMENTS_H
#define TUI_ATTACHMENTS_H

#include <stdbool.h>

#include "base/error.h"
#include "base/record.h"
#include "base/strbuf.h"

/*
 * Pictures that a text names: @lamp.png, @~/refs/chair.jpg, @"my chair.png". Other words that begin
 * with @ are just words.
 */

/* Their paths, in the order of the text; fails, with the name, if one is not there. */
bool attachments_find(text_list *out, const char *text, struct error *err);

/* Where the name that is being written at the end of `text` begins; -1: none is. */
long attachments_begun(const char *text, size_t len);

/*
 * Pictures and folders that a name may become. *more is what all of them go on with, so it can be
 * typed at once; `names` is a list of them for people.
 */
size_t attachments_complete(struct strbuf *more, struct strbuf *names, const char *begun);

#endif
