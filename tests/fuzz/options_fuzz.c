#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/options.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct point {
	const char *name;
	double at;
	text_list words;
};

struct everything {
	struct point origin;
	LIST_OF(struct point) named;
	LIST_OF(struct point) listed;
	const char *any;
	int64_t count;
	int finish;
	bool ready;
};

static const char *const finishes[] = { "matt", "glossy", "null", NULL };

static const struct field point_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct point, name) },
	{ "at", FIELD_REAL, offsetof(struct point, at), .optional = true },
	{ "words", FIELD_TEXTS, offsetof(struct point, words), .optional = true },
	{ 0 },
};
static const struct record_type point_type = { "point", sizeof(struct point), point_fields };

static const struct field fields[] = {
	{ "origin", FIELD_RECORD, offsetof(struct everything, origin), .of = &point_type },
	{ "named", FIELD_MAP, offsetof(struct everything, named), .of = &point_type },
	{ "listed", FIELD_LIST, offsetof(struct everything, listed), .of = &point_type },
	{ "any", FIELD_JSON, offsetof(struct everything, any) },
	{ "count", FIELD_INT, offsetof(struct everything, count), .min = -9, .max = 1e18 },
	{ "finish", FIELD_CHOICE, offsetof(struct everything, finish), .choices = finishes },
	{ "ready", FIELD_BOOL, offsetof(struct everything, ready) },
	{ 0 },
};
static const struct record_type type = { "everything", sizeof(struct everything), fields };

/* Whatever was understood is printed so that it is understood again, as the same. */
static void print_and_read(const struct everything *settings)
{
	struct everything again = { 0 };
	struct strbuf first = { 0 }, second = { 0 };
	struct error err;

	options_print(&first, &type, settings);
	if (options_read(&again, &type, strbuf_str(&first), first.len, "print", &err)) {
		options_print(&second, &type, &again);
		assert(!strcmp(strbuf_str(&first), strbuf_str(&second)));
	} else {
		/* A print may be longer than what it was read from. */
		assert(first.len > 100000);
	}
	record_release(&type, &again);
	strbuf_release(&first);
	strbuf_release(&second);
}

/* A file, and after a zero byte, if there is one, key=value. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct everything settings = { 0 };
	const char *text = (const char *)data, *zero = size ? memchr(data, '\0', size) : NULL;
	char *pair = NULL, *equals;
	struct error err;

	if (zero) {
		size_t len = size - (size_t)(zero + 1 - text);

		pair = calloc(1, len + 1);
		memcpy(pair, zero + 1, len);
		size = (size_t)(zero - text);
	}
	if (options_read(&settings, &type, text, size, "fuzz", &err))
		print_and_read(&settings);
	equals = pair ? strchr(pair, '=') : NULL;
	if (equals) {
		*equals = '\0';
		if (options_set(&settings, &type, pair, equals + 1, "--set", &err))
			print_and_read(&settings);
	}
	free(pair);
	record_release(&type, &settings);
	return 0;
}
