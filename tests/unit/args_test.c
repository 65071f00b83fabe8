#include "cli/args.h"

#include <string.h>

#include "test.h"

static int do_nothing(const struct args *args UNUSED)
{
	return 0;
}

static const struct subcommand table[] = {
	{ "run", "[NAME] PROMPT", FOR_WORK | FOR_MODELS | FOR_NEW | FOR_BLENDER | FOR_JSON,
	  do_nothing, "Make an asset", NULL },
	{ "show", "NAME [PART]", FOR_JSON, do_nothing, "Show it", "PART is a part." },
	{ "list", "", 0, do_nothing, "Show all", NULL },
	{ 0 },
};

/* The words of a command line, the subcommand first; ends with NULL. */
static bool read(struct args *out, struct error *err, const char *const *words)
{
	char copies[12][64], *argv[13];
	static char kept[12][64]; /* what is read borrows from it */
	int argc = 0;

	for (; words[argc]; argc++) {
		assert_in_range(argc, 0, 11);
		strncpy(copies[argc], words[argc], sizeof(copies[argc]) - 1);
		copies[argc][sizeof(copies[argc]) - 1] = '\0';
		memcpy(kept[argc], copies[argc], sizeof(kept[argc]));
		argv[argc] = kept[argc];
	}
	argv[argc] = NULL;
	return args_read(out, subcommand_find(table, words[0], err), argc, argv, err);
}

#define READ(out, err, ...) read(out, err, (const char *const[]){ __VA_ARGS__, NULL })

static void assert_refused(const char *why, const char *const *words)
{
	struct args args;
	struct error err;

	assert_false(read(&args, &err, words));
	assert_int_equal(err.code, ERR_USAGE);
	assert_string_equal(err.text, why);
	assert_null(strchr(err.text, '\n'));
}

#define REFUSED(why, ...) assert_refused(why, (const char *const[]){ __VA_ARGS__, NULL })

TEST(flags_and_words_come_in_any_order)
{
	struct args args;
	struct error err;

	assert_true(READ(&args, &err, "run", "--yes", "lamp", "--image", "a.png", "a lamp",
	                 "--image=b.png", "-s", "-"));
	assert_int_equal(args.count, 2);
	assert_string_equal(args.words[0], "lamp");
	assert_string_equal(args.words[1], "a lamp");
	assert_true(args.flags.yes);
	assert_false(args.flags.step);
	assert_int_equal(args.flags.images.count, 2);
	assert_string_equal(args.flags.images.items[1], "b.png");
	assert_string_equal(args.flags.commands, "-");
	args_release(&args);
}

TEST(what_follows_two_dashes_is_a_word)
{
	struct args args;
	struct error err;

	assert_true(READ(&args, &err, "run", "--", "--yes"));
	assert_int_equal(args.count, 1);
	assert_string_equal(args.words[0], "--yes");
	assert_false(args.flags.yes);
	args_release(&args);
}

TEST(a_setting_keeps_the_flag_it_came_from)
{
	struct args args;
	struct error err;

	assert_true(READ(&args, &err, "run", "--budget", "2.5", "--no-sandbox", "x"));
	assert_int_equal(args.flags.settings.count, 2);
	assert_string_equal(args.flags.settings.items[0].where, "--budget");
	assert_string_equal(args.flags.settings.items[0].key, "team.budget_usd");
	assert_string_equal(args.flags.settings.items[0].value, "2.5");
	assert_string_equal(args.flags.settings.items[1].key, "blender.sandbox");
	assert_string_equal(args.flags.settings.items[1].value, "off");
	args_release(&args);
}

TEST(a_mistake_is_told_in_one_line_with_the_nearest_name)
{
	REFUSED("run: unknown option --modle; did you mean --model?", "run", "--modle", "x", "y");
	REFUSED("run: unknown option --modle; did you mean --model?", "run", "--modle=x", "y");
	REFUSED("run: unknown option --qwertz; `ll3m run --help` lists them", "run", "--qwertz");
	REFUSED("run: unknown option -Z; `ll3m run --help` lists them", "run", "-Z", "x");
	REFUSED("run: --budget needs a value: --budget USD", "run", "x", "--budget");
	REFUSED("run: --yes takes no value", "run", "x", "--yes=1");
	REFUSED("list: unknown option --yes; `ll3m list --help` lists them", "list", "--yes");
}

TEST(words_are_counted_by_the_usage_line)
{
	REFUSED("run: something is missing; usage: ll3m run [NAME] PROMPT", "run");
	REFUSED("run: \"bucket\" is one word too many; usage: ll3m run [NAME] PROMPT", "run", "a",
	        "red", "bucket");
	REFUSED("list: \"x\" is one word too many; usage: ll3m list", "list", "x");
	REFUSED("show: something is missing; usage: ll3m show NAME [PART]", "show");
}

TEST(help_may_be_asked_for_without_the_words)
{
	struct args args;
	struct error err;

	assert_true(READ(&args, &err, "show", "--help"));
	assert_true(args.flags.help);
	args_release(&args);
	assert_true(READ(&args, &err, "show", "-h"));
	assert_true(args.flags.help);
	args_release(&args);
}

TEST(an_unknown_subcommand_is_told_with_the_nearest)
{
	struct error err;

	assert_null(subcommand_find(table, "shwo", &err));
	assert_string_equal(err.text, "there is no subcommand \"shwo\"; did you mean \"show\"?");
	assert_null(subcommand_find(table, "", &err));
	assert_int_equal(err.code, ERR_USAGE);
}

TEST(help_shows_every_flag_of_a_subcommand_and_no_other)
{
	struct strbuf text = { 0 };

	args_help(&text, &table[1]);
	assert_non_null(strstr(strbuf_str(&text), "usage: ll3m show NAME [PART] [OPTION ...]\n"));
	assert_non_null(strstr(strbuf_str(&text), "PART is a part."));
	for (const struct flag *f = flags_all; f->name; f++) {
		struct strbuf dashed = { 0 };

		strbuf_addf(&dashed, "  --%s", f->name);
		assert_int_equal(strstr(strbuf_str(&text), strbuf_str(&dashed)) != NULL,
		                 flag_is_for(f, &table[1]));
		strbuf_release(&dashed);
	}
	strbuf_release(&text);
}

TEST(no_row_of_the_flags_is_half_filled)
{
	for (const struct flag *f = flags_all; f->name; f++) {
		assert_non_null(f->help);
		assert_int_not_equal(f->groups, 0);
		assert_int_equal(f->type == FLAG_SETTING, f->setting != NULL);
		assert_int_equal(f->type == FLAG_YES || f->set != NULL, f->arg == NULL);
		for (const struct flag *other = flags_all; other < f; other++) {
			assert_string_not_equal(other->name, f->name);
			assert_true(!f->letter || f->letter != other->letter);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flags_and_words_come_in_any_order),
		cmocka_unit_test(what_follows_two_dashes_is_a_word),
		cmocka_unit_test(a_setting_keeps_the_flag_it_came_from),
		cmocka_unit_test(a_mistake_is_told_in_one_line_with_the_nearest_name),
		cmocka_unit_test(words_are_counted_by_the_usage_line),
		cmocka_unit_test(help_may_be_asked_for_without_the_words),
		cmocka_unit_test(an_unknown_subcommand_is_told_with_the_nearest),
		cmocka_unit_test(help_shows_every_flag_of_a_subcommand_and_no_other),
		cmocka_unit_test(no_row_of_the_flags_is_half_filled),
	};

	return RUN_ALL(tests);
}
