#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"

/*
 * JSON as RFC 8259 has it, on top of cJSON, with two additions.
 *
 * What comes in is hostile: escapes that cJSON drops or cuts at (\u0000, lone surrogates) and
 * bytes that are no UTF-8 become U+FFFD, nesting is bounded, and a complaint names the line and
 * column. What is read is asked for by place, so a complaint about a value names its path:
 * "plan.parts[2].name: expected text, found a number".
 */
struct json;

bool json_parse(struct json **out, const char *text, size_t len, struct error *err);

/*
 * What a language model writes when asked for JSON: perhaps in a fence, with words around it,
 * with comments, trailing commas, single quotes, Python's True and None, raw line breaks in
 * strings, or cut off before the end. Mends all that, then parses strictly.
 */
bool json_parse_loose(struct json **out, const char *text, size_t len, struct error *err);

void json_free(struct json *value);
void json_write(struct strbuf *out, const struct json *value);  /* on one line */
void json_sorted(struct strbuf *out, const struct json *value); /* the same, keys in order */

/* A value and the way to it. Lives on the stack; `up` must outlive it. */
struct json_at {
	const struct json *value; /* NULL: nothing stands there */
	const struct json_at *up;
	const char *key; /* in `up`, or the name of the root; NULL: it is item `index` */
	size_t index;
};

struct json_at json_root(const struct json *value, const char *name);
struct json_at json_key(const struct json_at *at, const char *key); /* absent: value is NULL */
struct json_at json_item(const struct json_at *at, size_t index);   /* absent: value is NULL */
size_t json_count(const struct json_at *at);                        /* items or keys; else 0 */
const char *json_name(const struct json_at *at, size_t index);      /* of an object's key */

/* One after the other, of an array or an object: counting to each would take time squared. */
struct json_at json_first(const struct json_at *at);  /* none: value is NULL */
struct json_at json_next(const struct json_at *item); /* none: value is NULL */

bool json_is_given(const struct json_at *at); /* there and not null */
bool json_is_object(const struct json_at *at);
bool json_is_array(const struct json_at *at);
bool json_is_text(const struct json_at *at);
bool json_is_number(const struct json_at *at);

/* What stands there, or a failure (ERR_PROTOCOL) that names the path. Text is borrowed. */
bool json_text(const char **out, const struct json_at *at, struct error *err);
bool json_real(double *out, const struct json_at *at, struct error *err);
bool json_int(int64_t *out, const struct json_at *at, struct error *err);
bool json_bool(bool *out, const struct json_at *at, struct error *err);

/* Fail with "path: ...". Always false. */
bool json_failed(const struct json_at *at, struct error *err, const char *fmt, ...)
	PRINTF_LIKE(3, 4);

/* Putting one together; a value that is put or pushed belongs to its new owner. */
struct json *json_object(void);
struct json *json_array(void);
struct json *json_copy(const struct json *value);
void json_put(struct json *object, const char *key, struct json *value);
void json_put_text(struct json *object, const char *key, const char *text);
void json_put_real(struct json *object, const char *key, double number);
void json_put_int(struct json *object, const char *key, int64_t number);
void json_put_bool(struct json *object, const char *key, bool yes);
void json_push(struct json *array, struct json *value);
void json_push_text(struct json *array, const char *text);

/* Text as a JSON string, quotes included: for writers that need no tree. */
void json_quote(struct strbuf *out, const char *text, size_t len);

/* As few digits as bring the same number back; null when it is none. */
void json_add_real(struct strbuf *out, double number);

#endif
