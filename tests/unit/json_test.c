#include "base/json.h"

#include <string.h>

#include "test.h"

static void assert_parses_to(const char *text, const char *want)
{
	struct json *value = NULL;
	struct strbuf out = { 0 };
	struct error err;

	assert_true(json_parse(&value, text, strlen(text), &err));
	json_write(&out, value);
	assert_string_equal(strbuf_str(&out), want);
	strbuf_release(&out);
	json_free(value);
}

static void assert_mends_to(const char *text, const char *want)
{
	struct json *value = NULL;
	struct strbuf out = { 0 };
	struct error err = { 0 };

	if (!json_parse_loose(&value, text, strlen(text), &err))
		fail_msg("%s: %s", text, err.text);
	json_write(&out, value);
	assert_string_equal(strbuf_str(&out), want);
	strbuf_release(&out);
	json_free(value);
}

TEST(escapes_that_cut_or_break_a_string_become_replacement_characters)
{
	assert_parses_to("\"a\\u0000b\"", "\"a\xef\xbf\xbd"
	                                  "b\"");
	assert_parses_to("\"\\ud800x\"", "\"\xef\xbf\xbdx\"");
	assert_parses_to("\"\\udc00\\ud83d\\ude00\"", "\"\xef\xbf\xbd\xf0\x9f\x98\x80\"");
	assert_parses_to("\"\xff\xc0\x80\"", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

TEST(a_mistake_is_named_by_line_and_column)
{
	struct json *value = NULL;
	struct error err;
	const char *text = "{\n  \"a\": 1,\n  \"b\": nope\n}";

	assert_false(json_parse(&value, text, strlen(text), &err));
	assert_non_null(strstr(err.text, "line 3"));
	assert_false(json_parse(&value, "{} x", 4, &err));
	assert_false(json_parse(&value, "", 0, &err));
}

TEST(a_wrong_value_is_named_by_its_path)
{
	const char *text = "{\"parts\":[{\"name\":\"lip\"},{\"name\":7}]}";
	struct json *value = NULL;
	struct json_at root, parts, part, name;
	const char *word;
	struct error err;

	assert_true(json_parse(&value, text, strlen(text), &err));
	root = json_root(value, "plan");
	parts = json_key(&root, "parts");
	part = json_item(&parts, 1);
	name = json_key(&part, "name");
	assert_false(json_text(&word, &name, &err));
	assert_string_equal(err.text, "plan.parts[1].name: expected text, found a number");
	part = json_item(&parts, 2);
	name = json_key(&part, "name");
	assert_false(json_text(&word, &name, &err));
	assert_non_null(strstr(err.text, "plan.parts[2].name"));
	json_free(value);
}

TEST(what_models_write_is_understood)
{
	assert_mends_to("Sure! Here it is:\n```json\n{\"a\": [1, 2,],}\n```\nHave fun",
	                "{\"a\":[1,2]}");
	assert_mends_to("{'a': True, b: None} trailing", "{\"a\":true,\"b\":null}");
	assert_mends_to("{\"a\": 1, // one\n # two\n /* three */ \"b\": 2}", "{\"a\":1,\"b\":2}");
	assert_mends_to("{\"a\": \"two\nlines\"}", "{\"a\":\"two\\nlines\"}");
	assert_mends_to("{\"a\": \"it's 5\" wide\"}", "{\"a\":\"it's 5\\\" wide\"}");
	assert_mends_to("{\"a\": [{\"b\": \"cut off he", "{\"a\":[{\"b\":\"cut off he\"}]}");
	assert_mends_to("{\"a\": [1, 2}", "{\"a\":[1,2]}");
	assert_mends_to("[\"path\\to\"]", "[\"path\\to\"]");
}

TEST(an_answer_without_json_is_refused_in_words)
{
	struct json *value = NULL;
	struct error err;

	assert_false(json_parse_loose(&value, "I cannot do that", 16, &err));
	assert_string_equal(err.text, "there is no JSON in the answer");
}

TEST(nesting_without_end_is_refused)
{
	struct strbuf deep = { 0 };
	struct json *value = NULL;
	struct error err;

	for (int i = 0; i < 100000; i++)
		strbuf_addstr(&deep, "[");
	assert_false(json_parse(&value, deep.buf, deep.len, &err));
	if (json_parse_loose(&value, deep.buf, deep.len, &err))
		json_free(value);
	strbuf_release(&deep);
}

TEST(quoting_survives_a_round_trip)
{
	const char hostile[] = "a\"b\\c\nd\te\x01\x1b[31m\x7f\xc3\xa9";
	struct strbuf out = { 0 };
	struct json *value = NULL;
	struct json_at root;
	const char *back;
	struct error err;

	json_quote(&out, hostile, strlen(hostile));
	assert_null(strchr(out.buf, 0x1b));
	assert_true(json_parse(&value, out.buf, out.len, &err));
	root = json_root(value, "x");
	assert_true(json_text(&back, &root, &err));
	assert_string_equal(back, hostile);
	json_free(value);
	strbuf_release(&out);
}

TEST(sorted_writing_does_not_depend_on_the_order_of_keys)
{
	struct json *value = NULL;
	struct strbuf out = { 0 };
	struct error err;
	const char *text = "{\"b\":[{\"z\":1,\"a\":2}],\"a\":null}";

	assert_true(json_parse(&value, text, strlen(text), &err));
	json_sorted(&out, value);
	assert_string_equal(out.buf, "{\"a\":null,\"b\":[{\"a\":2,\"z\":1}]}");
	strbuf_release(&out);
	json_free(value);
}

TEST(children_come_one_after_the_other)
{
	const char *text = "{\"list\":[1,2,3],\"map\":{\"a\":4,\"b\":5},\"none\":[],\"x\":6}";
	struct json *value = NULL;
	struct json_at root, at, item;
	struct error err;
	double number, sum = 0;

	assert_true(json_parse(&value, text, strlen(text), &err));
	root = json_root(value, "root");
	at = json_key(&root, "list");
	for (item = json_first(&at); item.value; item = json_next(&item)) {
		assert_true(json_real(&number, &item, &err));
		sum = sum * 10 + number;
	}
	assert_true(sum >= 123 && sum <= 123);
	at = json_key(&root, "map");
	item = json_first(&at);
	item = json_next(&item);
	assert_string_equal(item.key, "b");
	assert_false(json_text(&text, &item, &err));
	assert_string_equal(err.text, "root.map.b: expected text, found a number");
	at = json_key(&root, "none");
	assert_null(json_first(&at).value);
	at = json_key(&root, "x");
	assert_null(json_first(&at).value);
	json_free(value);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(children_come_one_after_the_other),
		cmocka_unit_test(escapes_that_cut_or_break_a_string_become_replacement_characters),
		cmocka_unit_test(a_mistake_is_named_by_line_and_column),
		cmocka_unit_test(a_wrong_value_is_named_by_its_path),
		cmocka_unit_test(what_models_write_is_understood),
		cmocka_unit_test(an_answer_without_json_is_refused_in_words),
		cmocka_unit_test(nesting_without_end_is_refused),
		cmocka_unit_test(quoting_survives_a_round_trip),
		cmocka_unit_test(sorted_writing_does_not_depend_on_the_order_of_keys),
	};

	return RUN_ALL(tests);
}
