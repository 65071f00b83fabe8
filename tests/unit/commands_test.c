#include <string.h>

#include "data.h"
#include "test.h"
#include "tui/house_inside.h"
#include "tui/list.h"

/*
 * Everything that a key stands for has to be something that somebody does. The pages before a
 * session have no tables to look it up in.
 */
static bool is_before_a_session(const char *context)
{
	return !strcmp(context, "start") || !strcmp(context, "sessions");
}

static bool is_in(const struct verb *table, const char *command)
{
	const char *args;

	return verb_find(table, command, &args) != NULL;
}

static bool session_knows(const char *command)
{
	size_t len = strcspn(command, " ");

	for (const struct command *c = commands; c->name; c++)
		if (strlen(c->name) == len && !strncmp(c->name, command, len))
			return true;
	return false;
}

static bool house_knows(const char *command)
{
	for (size_t i = 0; house_tables[i]; i++)
		if (is_in(house_tables[i], command))
			return true;
	return move_is_known(command) || session_knows(command);
}

/* In the review the script's pane has the keys. */
static bool pane_knows(const char *context, const char *command)
{
	for (int i = PANE_PLAN; i < PANE_COUNT; i++) {
		bool is_it = !strcmp(context, pane_names[i]) ||
		             (i == PANE_SCRIPT && !strcmp(context, "review"));

		if (is_it && pane_types[i] && is_in(pane_types[i]->verbs, command))
			return true;
	}
	return false;
}

static bool confirm_knows(const char *command)
{
	return !strcmp(command, "yes") || !strcmp(command, "no");
}

static const struct {
	const char *context;
	bool (*knows)(const char *command);
} popups[] = { { "list", list_knows }, { "line", ask_knows }, { "confirm", confirm_knows } };

static bool is_known(const struct binding *b)
{
	for (size_t i = 0; i < COUNT(popups); i++)
		if (!strcmp(popups[i].context, b->context))
			return popups[i].knows(b->command);
	if (!strcmp(b->context, "prompt") || !strcmp(b->context, "chord"))
		return prompt_knows(b->command) || house_knows(b->command);
	return pane_knows(b->context, b->command) || house_knows(b->command);
}

TEST(every_key_stands_for_something_that_can_be_done)
{
	struct strbuf file = { 0 };
	struct keymap *map;
	const struct binding *b;
	struct error err;
	size_t count, unknown = 0;

	data_path(&file, "../../config/keys.yaml");
	assert_true(keymap_load(&map, strbuf_str(&file), NULL, &err));
	b = keymap_bindings(map, &count);
	assert_true(count > 100);
	for (size_t i = 0; i < count; i++)
		if (!is_before_a_session(b[i].context) && !is_known(&b[i])) {
			print_error("%s %s: nobody does \"%s\"\n", b[i].context, b[i].key,
			            b[i].command);
			unknown++;
		}
	assert_int_equal(unknown, 0);
	keymap_free(map);
	strbuf_release(&file);
}

TEST(a_name_in_no_table_is_found_out)
{
	assert_false(is_known(&(struct binding){ "global", "a", "acept", false }));
	assert_false(is_known(&(struct binding){ "list", "a", "line start", false }));
	assert_false(is_known(&(struct binding){ "prompt", "a", "sent", false }));
	assert_false(is_known(&(struct binding){ "plan", "a", "next base", false }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_stands_for_something_that_can_be_done),
		cmocka_unit_test(a_name_in_no_table_is_found_out),
	};

	return RUN_ALL(tests);
}
