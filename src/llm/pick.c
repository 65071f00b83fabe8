#include "llm/pick.h"

#include <stddef.h>

const char *pick_text(const struct json_at *at, const char *key)
{
	struct json_at value = json_key(at, key);
	const char *text = NULL;
	struct error err;

	/* Asked first: a stream is full of keys that are not there, and complaints cost time. */
	return json_is_text(&value) && json_text(&text, &value, &err) && *text ? text : NULL;
}

int64_t pick_count(const struct json_at *at, const char *key)
{
	struct json_at value = json_key(at, key);
	struct error err;
	double number;

	if (!json_is_number(&value) || !json_real(&number, &value, &err) ||
	    !(number >= 0 && number < 1e15))
		return -1;
	return (int64_t)number;
}
