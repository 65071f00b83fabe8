#include "cli/userfile.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/options.h"
#include "scratch.h"
#include "session/session.h"

static const struct userfile_server box = { "http://box:8080/v1", "qwen" };

/* The text after it; "" if it was refused, and then nothing of it has changed. */
static const char *added(const char *before, const struct userfile_server *server)
{
	static struct strbuf text;
	struct error err;

	strbuf_release(&text);
	strbuf_addstr(&text, before);
	if (userfile_add_server(&text, "config.yaml", server, &err))
		return strbuf_str(&text);
	assert_int_equal(err.code, ERR_CONFIG);
	assert_string_equal(strbuf_str(&text), before);
	return "";
}

TEST(an_empty_file_gets_what_it_needs)
{
	static const char all[] = "llm:\n"
				  "  roles:\n"
				  "    default: { model: \"box-8080/qwen\" }\n"
				  "  endpoints:\n"
				  "    \"box-8080\": { url: \"http://box:8080/v1\" }\n";

	assert_string_equal(added("", &box), all);
	assert_non_null(strstr(added("# mine\n", &box), "# mine\nllm:\n"));
	assert_non_null(strstr(added("team: {rounds: 1}", &box), "team: {rounds: 1}\nllm:\n"));
}

TEST(comments_order_and_indentation_stay)
{
	static const char before[] = "# about me\n"
				     "llm:   # who answers\n"
				     "   roles:\n"
				     "      coder: { model: local/x } # the good one\n"
				     "   endpoints:\n"
				     "      home: { url: http://home/v1 }\n"
				     "\n"
				     "team:\n"
				     "  rounds: 1 # enough\n";
	static const char after[] = "# about me\n"
				    "llm:   # who answers\n"
				    "   roles:\n"
				    "      default: { model: \"box-8080/qwen\" }\n"
				    "      coder: { model: local/x } # the good one\n"
				    "   endpoints:\n"
				    "      \"box-8080\": { url: \"http://box:8080/v1\" }\n"
				    "      home: { url: http://home/v1 }\n"
				    "\n"
				    "team:\n"
				    "  rounds: 1 # enough\n";

	assert_string_equal(added(before, &box), after);
}

TEST(a_choice_made_before_is_replaced_and_nothing_else)
{
	static const char *const models[] = { "home/old", "\"home/old\"", "'home/old'" };

	for (size_t i = 0; i < COUNT(models); i++) {
		struct strbuf before = { 0 };
		const char *after;

		strbuf_addf(&before,
		            "llm:\n  endpoints:\n    b: { url: \"http://box:8080/v1\" }\n  roles:\n"
		            "    default:\n      model: %s # best\n",
		            models[i]);
		after = added(strbuf_str(&before), &box);
		assert_non_null(strstr(after, "      model: \"b/qwen\" # best\n"));
		assert_null(strstr(after, "box-8080"));
		strbuf_release(&before);
	}
}

TEST(a_name_that_is_taken_is_not_taken_again)
{
	const char *after =
		added("llm:\n  endpoints:\n    box-8080: { url: http://other/v1 }\n", &box);

	assert_non_null(strstr(after, "\"box-8080-2\": { url: \"http://box:8080/v1\" }"));
	assert_non_null(strstr(after, "\"box-8080-2/qwen\""));
}

TEST(what_has_no_room_for_lines_is_left_alone)
{
	static const char *const files[] = {
		"llm: {endpoints: {}}\n",
		"llm:\n  endpoints: {a: {url: http://a/v1}}\n",
		"{team: {rounds: 1}}\n",
		"llm: ~\n",
		"llm: null\n",
		"- 1\n",
		"word\n",
		"  llm:\n    endpoints:\n",
		"llm:\n  roles:\n    default:\n      model: >-\n        home/old\n",
		"llm:\n  nonsense: 1\n",
	};

	for (size_t i = 0; i < COUNT(files); i++)
		assert_string_equal(added(files[i], &box), "");
}

TEST(names_of_a_server_cannot_write_settings)
{
	static const struct userfile_server hostile = { "http://x/v1", "a\", b: \"c\\" };
	static const struct userfile_server worse = { "http://x/v1", "a\nteam: {rounds: 9}" };
	struct settings settings = { 0 };
	struct strbuf text = { 0 };
	struct error err;
	const char *after = added("", &hostile);

	assert_true(options_read(&settings, &settings_type, after, strlen(after), "x", &err));
	assert_string_equal(llm_role_model(&settings.llm, "default"), "x/a\", b: \"c\\");
	settings_release(&settings);
	assert_false(userfile_add_server(&text, "config.yaml", &worse, &err));
	assert_int_equal(text.len, 0);
	strbuf_release(&text);
}

TEST(the_users_file_is_made_or_changed_even_behind_a_link)
{
	struct scratch s = scratch_new();
	struct strbuf file = { 0 }, text = { 0 };
	struct error err;
	struct stat st;

	setenv("XDG_CONFIG_HOME", s.dir, 1);
	assert_true(userfile_save_server(&file, &box, &err));
	assert_string_equal(strbuf_str(&file), scratch_path(&s, "ll3m/config.yaml"));
	unlink(strbuf_str(&file));
	scratch_write(&s, "real.yaml", "# real\n");
	assert_int_equal(symlink("../real.yaml", scratch_path(&s, "ll3m/config.yaml")), 0);
	assert_true(userfile_save_server(&file, &box, &err));
	assert_int_equal(lstat(scratch_path(&s, "ll3m/config.yaml"), &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_true(file_read(&text, scratch_path(&s, "real.yaml"), 10000, &err));
	assert_non_null(strstr(strbuf_str(&text), "# real\nllm:\n"));
	strbuf_release(&file);
	strbuf_release(&text);
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_file_gets_what_it_needs),
		cmocka_unit_test(comments_order_and_indentation_stay),
		cmocka_unit_test(a_choice_made_before_is_replaced_and_nothing_else),
		cmocka_unit_test(a_name_that_is_taken_is_not_taken_again),
		cmocka_unit_test(what_has_no_room_for_lines_is_left_alone),
		cmocka_unit_test(names_of_a_server_cannot_write_settings),
		cmocka_unit_test(the_users_file_is_made_or_changed_even_behind_a_link),
	};

	return RUN_ALL(tests);
}
