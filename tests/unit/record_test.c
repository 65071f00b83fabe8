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

struct server {
	const char *name;
	const char *url;
	int64_t port;
};

struct office {
	LIST_OF(struct server) servers;
	double share;
};

static const struct field server_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct server, name) },
	{ "url", FIELD_TEXT, offsetof(struct server, url) },
	{ "port", FIELD_INT, offsetof(struct server, port), .optional = true, .min = 1,
	  .max = 65535 },
	{ 0 },
};
static const struct record_type server_type = { "server", sizeof(struct server), server_fields };

static const struct field office_fields[] = {
	{ "servers", FIELD_MAP, offsetof(struct office, servers), .of = &server_type },
	{ "share", FIELD_REAL, offsetof(struct office, share), .min = -1, .max = 1 },
	{ 0 },
};
static const struct record_type office_type = { "office", sizeof(struct office), office_fields };

static bool read_office(struct office *out, const char *text, struct error *err)
{
	struct json *value = NULL;
	struct json_at root;
	bool ok = json_parse(&value, text, strlen(text), err);

	root = json_root(value, "office");
	ok = ok && record_read(out, &office_type, &root, err);
	json_free(value);
	return ok;
}

TEST(a_map_is_an_object_whose_keys_are_names)
{
	const char *text = "{\"servers\":{\"local\":{\"url\":\"http://x\",\"port\":80},"
			   "\"far \\\"away\\\"\":{\"url\":\"y\"}},\"share\":0.25}";
	struct office office, copy;
	struct strbuf out = { 0 };
	struct error err;

	assert_true(read_office(&office, text, &err));
	assert_int_equal(office.servers.count, 2);
	assert_string_equal(office.servers.items[0].name, "local");
	assert_string_equal(office.servers.items[1].name, "far \"away\"");
	record_copy(&copy, &office_type, &office);
	record_release(&office_type, &office);
	record_write(&out, &office_type, &copy);
	assert_string_equal(out.buf, text);
	record_release(&office_type, &copy);
	strbuf_release(&out);
}

TEST(what_is_wrong_in_a_map_is_found_by_its_name)
{
	static const char *const cases[][2] = {
		{ "{\"servers\":{\"a\":{}},\"share\":0}", "office.servers.a: \"url\" is missing" },
		{ "{\"servers\":{\"a\":7},\"share\":0}",
		  "office.servers.a: expected an object with the keys of a server" },
		{ "{\"servers\":[],\"share\":0}",
		  "office.servers: expected an object, a server under each name" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct office office;
		struct error err;

		assert_false(read_office(&office, cases[i][0], &err));
		assert_string_equal(err.text, cases[i][1]);
		assert_null(office.servers.items);
	}
}

TEST(a_number_out_of_range_is_refused_and_the_range_said)
{
	struct office office;
	struct error err;

	assert_false(read_office(&office, "{\"servers\":{},\"share\":1.5}", &err));
	assert_string_equal(err.text, "office.share: 1.5 is out of range: -1 to 1");
	assert_false(read_office(
		&office, "{\"servers\":{\"a\":{\"url\":\"\",\"port\":0}},\"share\":1}", &err));
	assert_string_equal(err.text, "office.servers.a.port: 0 is out of range: 1 to 65535");
	assert_true(read_office(&office, "{\"servers\":{},\"share\":-1}", &err));
	record_release(&office_type, &office);
}

TEST(the_schema_of_a_map_says_what_stands_under_any_name)
{
	struct strbuf out = { 0 };
	struct json *value = NULL;
	struct error err;

	record_schema(&out, &office_type);
	assert_true(json_parse(&value, out.buf, out.len, &err));
	assert_non_null(strstr(out.buf, "\"servers\":{\"type\":\"object\","
	                                "\"additionalProperties\":{\"type\":\"object\","
	                                "\"properties\":{\"url\":"));
	assert_non_null(strstr(out.buf, "\"minimum\":1,\"maximum\":65535"));
	assert_non_null(strstr(out.buf, "\"minimum\":-1,\"maximum\":1"));
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
		cmocka_unit_test(a_map_is_an_object_whose_keys_are_names),
		cmocka_unit_test(what_is_wrong_in_a_map_is_found_by_its_name),
		cmocka_unit_test(a_number_out_of_range_is_refused_and_the_range_said),
		cmocka_unit_test(the_schema_of_a_map_says_what_stands_under_any_name),
	};

	return RUN_ALL(tests);
}
