#include "cli/who.h"

#include <string.h>

#include "base/options.h"
#include "test.h"

static const char config[] = "endpoints:\n"
			     "  openai: {url: https://api.example/v1}\n"
			     "  local: {url: http://127.0.0.1:1/v1}\n"
			     "roles:\n"
			     "  critic: {model: openai/sees}\n";

static void read_config(struct llm_settings *out)
{
	struct error err;

	*out = (struct llm_settings){ 0 };
	assert_true(options_read(out, &llm_settings_type, config, strlen(config), "c", &err));
}

static void assert_team(const char *team, const char *endpoint, const char *model)
{
	struct llm_settings settings;
	struct strbuf words = { 0 };
	struct flags flags = { .endpoint = endpoint,
		               .models = { model ? &model : NULL, model ? 1 : 0 } };
	struct error err;

	read_config(&settings);
	assert_true(who_apply(&settings, &flags, "/s", &err));
	who_describe(&words, &settings);
	assert_string_equal(strbuf_str(&words), team);
	strbuf_release(&words);
	record_release(&llm_settings_type, &settings);
}

static void assert_refused(const char *part, const char *endpoint, const char *model)
{
	struct llm_settings settings;
	struct flags flags = { .endpoint = endpoint,
		               .models = { model ? &model : NULL, model ? 1 : 0 } };
	struct error err;

	read_config(&settings);
	assert_false(who_apply(&settings, &flags, "/s", &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_non_null(strstr(err.text, part));
	record_release(&llm_settings_type, &settings);
}

TEST(a_model_is_for_all_or_for_the_role_that_is_named)
{
	assert_team("critic openai/sees", NULL, NULL);
	assert_team("openai/big", NULL, "openai/big");
	assert_team("coder local/small; critic openai/sees", NULL, "coder=local/small");
	assert_team("openai/sees", NULL, "default=openai/sees");
}

TEST(a_models_own_name_may_have_any_sign_in_it)
{
	assert_team("openai/meta/llama=3", NULL, "openai/meta/llama=3");
	assert_team("local/meta/llama", "local", "meta/llama");
}

TEST(an_endpoint_needs_no_settings)
{
	assert_team("relay/anyone", "relay", NULL);
	assert_team("relay/anyone", "relay:/mnt/usb", NULL);
	assert_team("replay/recorded", "replay:x.jsonl", NULL);
	assert_team("box:8080/qwen", "http://box:8080/v1", "qwen");
	assert_team("local/qwen", "local", "qwen");
}

TEST(a_relay_is_in_the_session_unless_told_otherwise)
{
	struct llm_settings settings;
	struct flags flags = { .endpoint = "relay" };
	struct error err;

	read_config(&settings);
	assert_true(who_apply(&settings, &flags, "/s/bucket", &err));
	assert_string_equal(who_endpoint(&settings, "relay")->path, "/s/bucket/relay");
	assert_int_equal(who_endpoint(&settings, "relay")->kind, LLM_RELAY);
	assert_null(who_lacks_model(&settings, &flags));
	assert_string_equal(who_relay(&settings), "/s/bucket/relay");
	record_release(&llm_settings_type, &settings);
}

TEST(only_a_server_has_to_be_asked_for_its_model)
{
	struct llm_settings settings;
	struct flags flags = { .endpoint = "http://box:8080/v1" };
	struct error err;

	read_config(&settings);
	assert_true(who_apply(&settings, &flags, "/s", &err));
	assert_string_equal(who_lacks_model(&settings, &flags), "box:8080");
	flags.endpoint = "openai";
	assert_string_equal(who_lacks_model(&settings, &flags), "openai");
	flags.endpoint = NULL;
	assert_null(who_lacks_model(&settings, &flags));
	record_release(&llm_settings_type, &settings);
}

TEST(a_mistake_names_what_was_meant)
{
	assert_refused("did you mean \"openai\"?", "opneai", NULL);
	assert_refused("did you mean \"local\"?", NULL, "lcoal/x");
	assert_refused("\"coderr\" is no role", NULL, "coderr=local/x");
	assert_refused("is not ENDPOINT/MODEL", NULL, "gpt");
	assert_refused("is not ENDPOINT/MODEL", NULL, "openai/");
	assert_refused("is not ENDPOINT/MODEL", "local", "");
	assert_refused("with a recording", "replay:", NULL);
	assert_refused("names no server", "http:///v1", NULL);
}

TEST(a_team_that_lacks_somebody_is_told_what_to_do)
{
	struct llm_settings settings;
	struct flags flags = { .endpoint = "relay" };
	struct error err;

	read_config(&settings);
	assert_null(who_relay(&settings));
	assert_false(who_check(&settings, &err));
	assert_int_equal(err.code, ERR_REFUSED);
	assert_non_null(strstr(err.text, "--model"));
	assert_true(who_apply(&settings, &flags, "/s", &err));
	assert_true(who_check(&settings, &err));
	record_release(&llm_settings_type, &settings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_model_is_for_all_or_for_the_role_that_is_named),
		cmocka_unit_test(a_models_own_name_may_have_any_sign_in_it),
		cmocka_unit_test(an_endpoint_needs_no_settings),
		cmocka_unit_test(a_relay_is_in_the_session_unless_told_otherwise),
		cmocka_unit_test(only_a_server_has_to_be_asked_for_its_model),
		cmocka_unit_test(a_mistake_names_what_was_meant),
		cmocka_unit_test(a_team_that_lacks_somebody_is_told_what_to_do),
	};

	return RUN_ALL(tests);
}
