#include "base/record.h"

#include <stddef.h>
#include <string.h>

#include "test.h"

enum finish {
	FINISH_MATT,
	FINISH_GLOSSY,
};

struct piece {
	const char *name;
	double size_m;
	enum finish finish;
};

struct thing {
	const char *title;
	int64_t count;
	bool ready;
	LIST_OF(struct piece) pieces;
	text_list words;
	const char *extra;
};

static const char *const finishes[] = { "matt", "glossy", NULL };

static const struct field piece_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct piece, name), .help = "what it is" },
	{ "size_m", FIELD_REAL, offsetof(struct piece, size_m) },
	{ "finish", FIELD_CHOICE, offsetof(struct piece, finish), .choices = finishes,
	  .optional = true },
	{ 0 },
};
static const struct record_type piece_type = { "piece", sizeof(struct piece), piece_fields };

static const struct field thing_fields[] = {
	{ "title", FIELD_TEXT, offsetof(struct thing, title) },
	{ "count", FIELD_INT, offsetof(struct thing, count), .optional = true },
	{ "ready", FIELD_BOOL, offsetof(struct thing, ready), .optional = true },
	{ "pieces", FIELD_LIST, offsetof(struct thing, pieces), .of = &piece_type },
	{ "words", FIELD_TEXTS, offsetof(struct thing, words), .optional = true },
	{ "extra", FIELD_JSON, offsetof(struct thing, extra), .optional = true },
	{ 0 },
};
static const struct record_type thing_type = { "thing", sizeof(struct thing), thing_fields };

static bool read_thing(struct thing *out, const char *text, struct error *err)
{
	struct json *value = NULL;
	struct json_at root;
	bool ok = json_parse(&value, text, strlen(text), err);

	root = json_root(value, "thing");
	ok = ok && record_read(out, &thing_type, &root, err);
	json_free(value);
	return ok;
}

TEST(what_was_written_is_what_is_read)
{
	const char *text = "{\"title\":\"bucket\",\"count\":3,\"pieces\":[{\"name\":\"lip\","
			   "\"size_m\":0.1,\"finish\":\"glossy\"}],\"words\":[\"a\",\"b\"],"
			   "\"extra\":{\"x\":[1]}}";
	struct thing thing, copy;
	struct strbuf out = { 0 };
	struct error err;

	assert_true(read_thing(&thing, text, &err));
	record_copy(&copy, &thing_type, &thing);
	record_release(&thing_type, &thing);
	record_write(&out, &thing_type, &copy);
	assert_string_equal(out.buf, text);
	record_release(&thing_type, &copy);
	assert_null(copy.title);
	strbuf_release(&out);
}

TEST(a_complaint_names_the_path_and_the_choices)
{
	struct thing thing;
	struct error err;

	assert_false(read_thing(&thing, "{\"title\":\"t\",\"pieces\":[{\"name\":\"x\"}]}", &err));
	assert_string_equal(err.text, "thing.pieces[0]: \"size_m\" is missing");
	assert_false(read_thing(&thing,
	                        "{\"title\":\"t\",\"pieces\":[{\"name\":\"x\",\"size_m\":1,"
	                        "\"finish\":\"wet\"}]}",
	                        &err));
	assert_string_equal(err.text, "thing.pieces[0].finish: \"wet\" is none of: matt, glossy");
	assert_false(read_thing(&thing, "[]", &err));
	assert_null(thing.title);
}

TEST(what_is_optional_may_be_null_and_unknown_keys_are_skipped)
{
	struct thing thing;
	struct error err;

	assert_true(
		read_thing(&thing, "{\"title\":5,\"count\":null,\"pieces\":[],\"new\":{}}", &err));
	assert_string_equal(thing.title, "5");
	assert_int_equal(thing.count, 0);
	record_release(&thing_type, &thing);
}

TEST(choices_forgive_case_and_spaces)
{
	struct thing thing;
	struct error err;

	assert_true(read_thing(&thing,
	                       "{\"title\":\"t\",\"pieces\":[{\"name\":\"x\",\"size_m\":1,"
	                       "\"finish\":\"Glossy\"}]}",
	                       &err));
	assert_int_equal(thing.pieces.items[0].finish, FINISH_GLOSSY);
	record_release(&thing_type, &thing);
}

TEST(the_schema_is_json_and_asks_for_every_key)
{
	struct strbuf out = { 0 };
	struct json *value = NULL;
	struct json_at root, required;
	struct error err;

	record_schema(&out, &thing_type);
	assert_true(json_parse(&value, out.buf, out.len, &err));
	root = json_root(value, "schema");
	required = json_key(&root, "required");
	assert_int_equal(json_count(&required), 6);
	assert_non_null(strstr(out.buf, "\"enum\":[\"matt\",\"glossy\",null]"));
	json_free(value);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_what_is_read),
		cmocka_unit_test(a_complaint_names_the_path_and_the_choices),
		cmocka_unit_test(what_is_optional_may_be_null_and_unknown_keys_are_skipped),
		cmocka_unit_test(choices_forgive_case_and_spaces),
		cmocka_unit_test(the_schema_is_json_and_asks_for_every_key),
	};

	return RUN_ALL(tests);
}
