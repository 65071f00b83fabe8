#include "base/yaml.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "test.h"

static bool parse(struct yaml_value *out, const char *text, struct error *err)
{
	return yaml_value_parse(out, text, strlen(text), "a.yaml", err);
}

static void assert_refused(const char *text, const char *why)
{
	struct yaml_value value;
	struct error err;

	assert_false(parse(&value, text, &err));
	assert_int_equal(err.code, ERR_CONFIG);
	assert_string_equal(err.text, why);
	assert_null(value.items);
}

TEST(everything_knows_where_it_stands)
{
	struct yaml_value value, *list;
	struct error err;

	assert_true(parse(&value, "# words\na: 1\nb:\n  - \"x\"\n  - [y, {z: }]\n", &err));
	assert_int_equal(value.kind, YAML_MAP);
	assert_int_equal(value.count, 2);
	assert_string_equal(value.items[0].key, "a");
	assert_string_equal(value.items[0].text, "1");
	assert_false(value.items[0].quoted);
	assert_int_equal(value.items[0].line, 2);
	assert_int_equal(value.items[0].column, 4);
	list = &value.items[1];
	assert_int_equal(list->kind, YAML_LIST);
	assert_int_equal(list->key_line, 3);
	assert_int_equal(list->key_column, 1);
	assert_true(list->items[0].quoted);
	assert_int_equal(list->items[0].line, 4);
	assert_int_equal(list->items[0].column, 5);
	assert_true(yaml_value_is_null(&list->items[1].items[1].items[0]));
	yaml_value_release(&value);
}

TEST(nothing_is_not_an_empty_text)
{
	static const struct {
		const char *text;
		bool is_null;
	} cases[] = {
		{ "", true },    { "# only words\n", true }, { "~", true },    { "null", true },
		{ "''", false }, { "\"~\"", false },         { "nil", false }, { "[]", false },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct yaml_value value;
		struct error err;

		assert_true(parse(&value, cases[i].text, &err));
		assert_int_equal(yaml_value_is_null(&value), cases[i].is_null);
		yaml_value_release(&value);
	}
}

TEST(what_could_grow_or_run_is_refused_in_words)
{
	assert_refused("a: &x 1\n",
	               "a.yaml:1:4: anchors (&name) and aliases (*name) are not read "
	               "here; write the value out, or in quotes if it is meant as text");
	assert_refused("a: *x\n", "a.yaml:1:4: anchors (&name) and aliases (*name) are not read "
	                          "here; write the value out, or in quotes if it is meant as text");
	assert_refused("a: !!python/object x\n",
	               "a.yaml:1:4: tags (!name) are not read here; leave it out, or write quotes "
	               "if it is meant as text");
	assert_refused("? [a, b]\n: 1\n", "a.yaml:1:3: a key has to be text");
	assert_refused("a: 1\n---\nb: 2\n",
	               "a.yaml:2:1: a second document begins here; one is enough");
	assert_refused("a: \"x\\0y\"\n", "a.yaml:1:4: text may not contain a zero byte");
}

TEST(a_key_that_stands_twice_is_said_with_both_lines)
{
	assert_refused("a: 1\nb: 2\na: 3\n",
	               "a.yaml:3:1: \"a\" stands here twice; first on line 1");
}

TEST(syntax_errors_name_the_place)
{
	assert_refused("a: [1, 2\nb: 3\n", "a.yaml:2:2: did not find expected ',' or ']'");
	assert_refused("a:\n\tb: 1\n", "a.yaml:2:1: indent with spaces, not with tabs");
	assert_refused("a: 1\nb: \xff\n", "a.yaml:2:4: invalid leading UTF-8 octet");
}

static void assert_too_much(const char *text, size_t len, const char *why)
{
	struct yaml_value value;
	struct error err;

	assert_false(yaml_value_parse(&value, text, len, "a", &err));
	assert_non_null(strstr(err.text, why));
}

TEST(size_depth_and_keys_are_bounded)
{
	struct strbuf text = { 0 };

	for (int i = 0; i < 40; i++)
		strbuf_addstr(&text, "[");
	assert_too_much(text.buf, text.len, "nested too deeply");
	strbuf_reset(&text);
	for (int i = 0; i < 5000; i++)
		strbuf_addf(&text, "k%d: 1\n", i);
	assert_too_much(text.buf, text.len, "too many keys");
	strbuf_reset(&text);
	while (text.len <= YAML_MOST_BYTES)
		strbuf_addstr(&text, "# words and words and words\n");
	assert_too_much(text.buf, text.len, "larger than 1048576 bytes");
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_knows_where_it_stands),
		cmocka_unit_test(nothing_is_not_an_empty_text),
		cmocka_unit_test(what_could_grow_or_run_is_refused_in_words),
		cmocka_unit_test(a_key_that_stands_twice_is_said_with_both_lines),
		cmocka_unit_test(syntax_errors_name_the_place),
		cmocka_unit_test(size_depth_and_keys_are_bounded),
	};

	return RUN_ALL(tests);
}
