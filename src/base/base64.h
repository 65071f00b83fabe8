#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

/* Base64 as RFC 4648 has it, with padding. Both add to *out. */
void base64_add(struct strbuf *out, const void *bytes, size_t len);
bool base64_read(struct strbuf *out, const char *text, size_t len); /* false: it is none */

#endif
