/*
 * JSON as servers and models write it. What is read can be written and read again, and comes out
 * the same; a schema may be any JSON too.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/json.h"
#include "llm/schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_value(const struct json *value)
{
	struct strbuf once = { 0 }, twice = { 0 };
	struct json_at root = json_root(value, "value");
	struct json *again = NULL;
	struct error err;

	json_sorted(&once, value);
	assert(json_parse(&again, strbuf_str(&once), once.len, &err));
	json_sorted(&twice, again);
	assert(!strcmp(strbuf_str(&once), strbuf_str(&twice)));
	schema_check(&root, &root, &err);
	json_free(again);
	strbuf_release(&once);
	strbuf_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct json *value = NULL;
	struct strbuf quoted = { 0 };
	struct error err;

	if (json_parse(&value, (const char *)bytes, len, &err)) {
		check_value(value);
		json_free(value);
	}
	value = NULL;
	if (json_parse_loose(&value, (const char *)bytes, len, &err)) {
		check_value(value);
		json_free(value);
	}
	value = NULL;
	json_quote(&quoted, (const char *)bytes, len);
	assert(json_parse(&value, quoted.buf, quoted.len, &err));
	json_free(value);
	strbuf_release(&quoted);
	return 0;
}
