#include "tui/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "data.h"
#include "scratch.h"
#include "test.h"

static struct keymap *load_own(void)
{
	struct strbuf file = { 0 };
	struct keymap *map;
	struct error err;

	data_path(&file, "../../config/keys.yaml");
	assert_true(keymap_load(&map, strbuf_str(&file), NULL, &err));
	strbuf_release(&file);
	return map;
}

/* With a file of the user's over ours; NULL, and the complaint, if it is wrong. */
static struct keymap *load_over(const char *text, struct error *err)
{
	struct scratch s = scratch_new();
	const char *over[2] = { NULL };
	struct strbuf file = { 0 };
	struct keymap *map = NULL;

	data_path(&file, "../../config/keys.yaml");
	scratch_write(&s, "keys.yaml", text);
	over[0] = scratch_path(&s, "keys.yaml");
	if (!keymap_load(&map, strbuf_str(&file), over, err))
		map = NULL;
	strbuf_release(&file);
	scratch_free(&s);
	return map;
}

TEST(a_pane_knows_its_own_keys_before_those_of_all)
{
	static const char *const talk[] = { "talk", "move", "global", NULL };
	static const char *const plan[] = { "plan", "move", "global", NULL };
	struct keymap *map = load_own();

	assert_string_equal(keymap_find(map, talk, "Space"), "page down");
	assert_string_equal(keymap_find(map, plan, "Space"), "fold");
	assert_string_equal(keymap_find(map, plan, "j"), "down");
	assert_string_equal(keymap_find(map, plan, "z"), "zoom");
	assert_null(keymap_find(map, plan, "C-q"));
	keymap_free(map);
}

TEST(a_hint_names_a_key_that_really_does_it_there)
{
	static const char *const plan[] = { "plan", "move", "global", NULL };
	struct error err;
	struct keymap *map = load_over("plan: {z: fold}\n", &err);

	assert_string_equal(keymap_key(map, plan, "fold"), "z");
	assert_null(keymap_key(map, plan, "zoom"));
	keymap_free(map);
}

TEST(accepting_is_never_on_enter_or_space)
{
	struct keymap *map = load_own();
	size_t count;
	const struct binding *b = keymap_bindings(map, &count);

	for (size_t i = 0; i < count; i++)
		if (!strncmp(b[i].command, "accept", 6)) {
			assert_string_not_equal(b[i].key, "Enter");
			assert_string_not_equal(b[i].key, "Space");
		}
	keymap_free(map);
}

TEST(names_are_spelt_one_way)
{
	static const char *const cases[][2] = {
		{ "c-X", "C-x" },     { "pgdn", "PgDn" },
		{ "s-tab", "S-Tab" }, { "a-enter", "A-Enter" },
		{ "SPACE", "Space" }, { "x", "x" },
		{ "X", "X" },         { "\xc3\xbc", "\xc3\xbc" },
		{ "C-_", "C-_" },     { "-", "-" },
	};
	static const char *const bad[] = {
		"", "C-", "C-1", "S-a", "Hyper-x", "xy", "C-Entr", "\t"
	};
	struct strbuf out = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_true(key_spell(&out, cases[i][0]));
		assert_string_equal(strbuf_str(&out), cases[i][1]);
	}
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(key_spell(&out, bad[i]));
	strbuf_release(&out);
}

TEST(a_users_file_changes_and_takes_away)
{
	static const char *const global[] = { "global", NULL };
	struct error err;
	struct keymap *map = load_over("global: {q: '', C-q: close, z: help}\n", &err);

	assert_non_null(map);
	assert_null(keymap_find(map, global, "q"));
	assert_string_equal(keymap_find(map, global, "C-q"), "close");
	assert_string_equal(keymap_find(map, global, "z"), "help");
	keymap_free(map);
}

TEST(a_mistake_in_a_file_is_named_with_its_place)
{
	static const char *const cases[][2] = {
		{ "globl: {a: x}\n", "keys.yaml:1:1: there are no keys \"globl\"; did you mean "
		                     "\"global\"?" },
		{ "global:\n  C-1: x\n", "keys.yaml:2:3: no terminal sends a key \"C-1\"; write a, "
		                         "C-x, A-x, S-Tab, Up, PgDn, F1, Space" },
		{ "global:\n  a: [x]\n", "keys.yaml:2:6: a key stands for one command line" },
		{ "- a\n", "keys.yaml:1:1: expected contexts, as in \"global:\"" },
	};
	struct error err;

	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_null(load_over(cases[i][0], &err));
		assert_non_null(strstr(err.text, cases[i][1]));
	}
}

TEST(a_clash_is_refused_and_names_the_other_meaning)
{
	struct keymap *map = load_own();
	struct error err;

	assert_false(keymap_bind(map, "global", "z", "help", &err));
	assert_string_equal(err.text, "z already is \"zoom\" in global; :unmap it first");
	assert_true(keymap_bind(map, "global", "z", "zoom", &err));
	assert_true(keymap_unbind(map, "global", "z", &err));
	assert_false(keymap_unbind(map, "global", "z", &err));
	assert_true(keymap_bind(map, "global", "z", "help", &err));
	assert_false(keymap_bind(map, "nowhere", "z", "help", &err));
	keymap_free(map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pane_knows_its_own_keys_before_those_of_all),
		cmocka_unit_test(a_hint_names_a_key_that_really_does_it_there),
		cmocka_unit_test(accepting_is_never_on_enter_or_space),
		cmocka_unit_test(names_are_spelt_one_way),
		cmocka_unit_test(a_users_file_changes_and_takes_away),
		cmocka_unit_test(a_mistake_in_a_file_is_named_with_its_place),
		cmocka_unit_test(a_clash_is_refused_and_names_the_other_meaning),
	};

	return RUN_ALL(tests);
}
