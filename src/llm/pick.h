#ifndef LLM_PICK_H
#define LLM_PICK_H

#include <stdint.h>

#include "base/json.h"

/* What servers say, read without complaint: what is absent or of the wrong kind is not there. */
const char *pick_text(const struct json_at *at, const char *key); /* or NULL; "" counts as NULL */
int64_t pick_count(const struct json_at *at, const char *key);    /* or -1 */

#endif
