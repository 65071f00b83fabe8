#include "base/options.h"

#include <math.h>
#include <string.h>

#include "scratch.h"

enum guard {
	GUARD_AUTO,
	GUARD_STRICT,
	GUARD_OFF,
};

struct endpoint {
	const char *name;
	const char *url;
	int64_t context;
	text_list headers;
};

struct view {
	const char *name;
	double azimuth;
};

struct worker {
	const char *program;
	int64_t memory_mb;
	double timeout_s;
	enum guard sandbox;
	bool spare;
};

struct sample {
	struct worker blender;
	LIST_OF(struct endpoint) endpoints;
	LIST_OF(struct view) views;
	text_list without;
	const char *extra;
};

static const char *const guards[] = { "auto", "strict", "off", NULL };

static const struct field worker_fields[] = {
	{ "program", FIELD_TEXT, offsetof(struct worker, program), .help = "which Blender" },
	{ "memory_mb", FIELD_INT, offsetof(struct worker, memory_mb), .min = 256, .max = 65536,
	  .help = "what a script may use" },
	{ "timeout_s", FIELD_REAL, offsetof(struct worker, timeout_s), .min = 0.1,
	  .max = INFINITY },
	{ "sandbox", FIELD_CHOICE, offsetof(struct worker, sandbox), .choices = guards },
	{ "spare", FIELD_BOOL, offsetof(struct worker, spare) },
	{ 0 },
};
static const struct record_type worker_type = { "worker", sizeof(struct worker), worker_fields };

static const struct field endpoint_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct endpoint, name) },
	{ "url", FIELD_TEXT, offsetof(struct endpoint, url), .help = "where it answers" },
	{ "context", FIELD_INT, offsetof(struct endpoint, context) },
	{ "headers", FIELD_TEXTS, offsetof(struct endpoint, headers) },
	{ 0 },
};
static const struct record_type endpoint_type = { "endpoint", sizeof(struct endpoint),
	                                          endpoint_fields };

static const struct field view_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct view, name) },
	{ "azimuth", FIELD_REAL, offsetof(struct view, azimuth), .optional = true },
	{ 0 },
};
static const struct record_type view_type = { "view", sizeof(struct view), view_fields };

static const struct field sample_fields[] = {
	{ "blender", FIELD_RECORD, offsetof(struct sample, blender), .of = &worker_type },
	{ "endpoints", FIELD_MAP, offsetof(struct sample, endpoints), .of = &endpoint_type },
	{ "views", FIELD_LIST, offsetof(struct sample, views), .of = &view_type },
	{ "without", FIELD_TEXTS, offsetof(struct sample, without) },
	{ "extra", FIELD_JSON, offsetof(struct sample, extra) },
	{ 0 },
};
static const struct record_type sample_type = { "sample", sizeof(struct sample), sample_fields };

static const char defaults[] = "blender:\n"
			       "  memory_mb: 4096\n"
			       "  timeout_s: 2.5\n"
			       "  sandbox: off\n"
			       "endpoints:\n"
			       "  local: { url: http://127.0.0.1:8080/v1, context: 8192 }\n"
			       "views: [{ name: front }, { name: top, azimuth: -90 }]\n"
			       "without: [critic]\n"
			       "extra: { a: [1, yes, \"2\", ~], b: 0.5 }\n";

static bool read_text(struct sample *s, const char *text, struct error *err)
{
	return options_read(s, &sample_type, text, strlen(text), "c.yaml", err);
}

static struct sample sample_new(void)
{
	struct sample s = { 0 };
	struct error err = { 0 };

	if (!read_text(&s, defaults, &err))
		fail_msg("%s", err.text);
	return s;
}

static void sample_free(struct sample *s)
{
	record_release(&sample_type, s);
}

TEST(every_kind_of_value_arrives)
{
	struct sample s = sample_new();

	assert_int_equal(s.blender.memory_mb, 4096);
	assert_float_equal(s.blender.timeout_s, 2.5, 0);
	assert_int_equal(s.blender.sandbox, GUARD_OFF);
	assert_int_equal(s.endpoints.count, 1);
	assert_string_equal(s.endpoints.items[0].name, "local");
	assert_string_equal(s.endpoints.items[0].url, "http://127.0.0.1:8080/v1");
	assert_int_equal(s.views.count, 2);
	assert_float_equal(s.views.items[1].azimuth, -90, 0);
	assert_string_equal(s.without.items[0], "critic");
	assert_string_equal(s.extra, "{\"a\":[1,\"yes\",\"2\",null],\"b\":0.5}");
	sample_free(&s);
}

TEST(a_layer_changes_only_what_it_mentions)
{
	struct sample s = sample_new();
	struct error err;

	assert_true(read_text(&s,
	                      "blender: { spare: yes }\nendpoints:\n  local: { context: 4 }\n"
	                      "  far: { url: x }\nviews:\nwithout: []\n",
	                      &err));
	assert_int_equal(s.blender.memory_mb, 4096);
	assert_true(s.blender.spare);
	assert_int_equal(s.endpoints.count, 2);
	assert_int_equal(s.endpoints.items[0].context, 4);
	assert_string_equal(s.endpoints.items[0].url, "http://127.0.0.1:8080/v1");
	assert_string_equal(s.endpoints.items[1].name, "far");
	assert_int_equal(s.views.count, 2);
	assert_int_equal(s.without.count, 0);
	sample_free(&s);
}

TEST(a_tilde_empties_and_a_list_is_replaced_as_a_whole)
{
	struct sample s = sample_new();
	struct error err;

	assert_true(read_text(&s, "endpoints: ~\nextra: null\nviews: [{name: left}]\n", &err));
	assert_int_equal(s.endpoints.count, 0);
	assert_null(s.extra);
	assert_int_equal(s.views.count, 1);
	assert_string_equal(s.views.items[0].name, "left");
	sample_free(&s);
}

TEST(text_is_what_was_written)
{
	struct sample s = { 0 };
	struct error err;

	assert_true(read_text(&s, "blender: {program: 1.10}\nwithout: [NO, 007]\n", &err));
	assert_string_equal(s.blender.program, "1.10");
	assert_string_equal(s.without.items[0], "NO");
	assert_string_equal(s.without.items[1], "007");
	sample_free(&s);
}

TEST(a_mistake_is_named_with_its_place_and_changes_nothing)
{
	static const char *const cases[][2] = {
		{ "blender:\n  spare: on\n  timout_s: 3\n",
		  "c.yaml:3:3: unknown key \"timout_s\" in blender; did you mean \"timeout_s\"?" },
		{ "blendr: {}\n", "c.yaml:1:1: unknown key \"blendr\"; did you mean \"blender\"?" },
		{ "endpoints: {a: {name: x}}\n",
		  "c.yaml:1:17: unknown key \"name\" in endpoints.a; there are: url, context, "
		  "headers" },
		{ "blender:\n  memory_mb: lots\n",
		  "c.yaml:2:14: blender.memory_mb: expected a whole number, found \"lots\"" },
		{ "blender: {memory_mb: 99999999999999999999}\n",
		  "c.yaml:1:22: blender.memory_mb: expected a whole number, found "
		  "\"99999999999999999999\"" },
		{ "blender: {memory_mb: 1}\n",
		  "c.yaml:1:22: blender.memory_mb: 1 is out of range: 256 to 65536" },
		{ "blender: {memory_mb: \"4096\"}\n",
		  "c.yaml:1:22: blender.memory_mb: expected a whole number, found \"4096\"" },
		{ "blender: {timeout_s: 0}\n",
		  "c.yaml:1:22: blender.timeout_s: 0 is out of range: 0.1 or more" },
		{ "blender: {timeout_s: .inf}\n",
		  "c.yaml:1:22: blender.timeout_s: expected a number, found \".inf\"" },
		{ "blender: {timeout_s: 1e999}\n",
		  "c.yaml:1:22: blender.timeout_s: expected a number, found \"1e999\"" },
		{ "blender: {sandbox: maybe}\n",
		  "c.yaml:1:20: blender.sandbox: expected one of: auto, strict, off, found "
		  "\"maybe\"" },
		{ "blender: {spare: 1}\n",
		  "c.yaml:1:18: blender.spare: expected true or false, found \"1\"" },
		{ "blender: {spare: ~}\n",
		  "c.yaml:1:18: blender.spare: expected true or false, found nothing" },
		{ "blender: [1]\n",
		  "c.yaml:1:10: blender: expected keys and values, found a list" },
		{ "without: critic\n",
		  "c.yaml:1:10: without: expected a list, [like, this], found \"critic\"" },
		{ "without: [[a]]\n", "c.yaml:1:11: without.item: expected text, found a list" },
		{ "views: {name: x}\n", "c.yaml:1:8: views: expected a list, each item after a "
		                        "dash, found keys and values" },
		{ "views: [{azimuth: 1}]\n", "c.yaml:1:9: views.item: \"name\" is missing" },
		{ "endpoints: [x]\n",
		  "c.yaml:1:12: endpoints: expected names with something under each, found a list" },
		{ "endpoints: {\"\": {}}\n", "c.yaml:1:17: endpoints.: a name has 1 to 160 bytes" },
		{ "- a\n", "c.yaml:1:1: expected keys and values, found a list" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct sample s = sample_new();
		struct strbuf before = { 0 }, after = { 0 };
		struct error err;

		options_print(&before, &sample_type, &s);
		assert_false(read_text(&s, cases[i][0], &err));
		assert_string_equal(err.text, cases[i][1]);
		assert_int_equal(err.code, ERR_CONFIG);
		options_print(&after, &sample_type, &s);
		assert_string_equal(strbuf_str(&before), strbuf_str(&after));
		strbuf_release(&before);
		strbuf_release(&after);
		sample_free(&s);
	}
}

TEST(one_value_is_set_by_its_key)
{
	static const char *const good[][2] = {
		{ "blender.memory_mb", "512" },
		{ "blender.program", "a: b # c" },
		{ "blender.sandbox", "Strict" },
		{ "endpoints.local.context", "77" },
		{ "endpoints.far.url", "http://far" },
		{ "without", "planner, critic" },
		{ "views", "[{name: back}]" },
		{ "endpoints.local.headers", "[\"A: b, c\"]" },
	};
	struct sample s = sample_new();
	struct error err;

	for (size_t i = 0; i < COUNT(good); i++)
		assert_true(options_set(&s, &sample_type, good[i][0], good[i][1], "--set", &err));
	assert_int_equal(s.blender.memory_mb, 512);
	assert_string_equal(s.blender.program, "a: b # c");
	assert_int_equal(s.blender.sandbox, GUARD_STRICT);
	assert_int_equal(s.endpoints.count, 2);
	assert_int_equal(s.endpoints.items[0].context, 77);
	assert_string_equal(s.endpoints.items[1].url, "http://far");
	assert_int_equal(s.without.count, 2);
	assert_string_equal(s.without.items[1], "critic");
	assert_string_equal(s.views.items[0].name, "back");
	assert_string_equal(s.endpoints.items[0].headers.items[0], "A: b, c");
	sample_free(&s);
}

TEST(a_value_that_cannot_be_set_says_why)
{
	static const char *const bad[][3] = {
		{ "blender.memry_mb", "1",
		  "--set: unknown key \"memry_mb\" in blender; did you mean \"memory_mb\"?" },
		{ "blender.memory_mb", "x",
		  "--set: blender.memory_mb: expected a whole number, found \"x\"" },
		{ "blender.memory_mb.x", "1",
		  "--set: blender.memory_mb: there is no \"x\" below it" },
		{ "endpoints.far", "1", "--set: endpoints: name a key below \"far\"" },
		{ "", "1",
		  "--set: unknown key \"\"; there are: blender, endpoints, views, without, "
		  "extra" },
		{ "endpoints.\xff.url", "x", "--set: this is not UTF-8" },
		{ "views", "[{nme: x}]",
		  "--set:1:3: unknown key \"nme\" in views.item; did you mean \"name\"?" },
	};
	struct sample s = sample_new();

	for (size_t i = 0; i < COUNT(bad); i++) {
		struct error err;

		assert_false(options_set(&s, &sample_type, bad[i][0], bad[i][1], "--set", &err));
		assert_string_equal(err.text, bad[i][2]);
	}
	assert_int_equal(s.endpoints.count, 1);
	sample_free(&s);
}

TEST(variables_reach_every_key_and_strangers_are_left_alone)
{
	char *const environment[] = {
		(char[]){ "HOME=/x" },
		(char[]){ "LL3M_BLENDER_MEMORY_MB=1000" },
		(char[]){ "LL3M_BLENDER=/opt/blender" },
		(char[]){ "LL3M_SHARE=/y" },
		(char[]){ "LL3M_WITHOUT=planner,context" },
		(char[]){ "LL3M_ENDPOINTS_LOCAL_CONTEXT=5" },
		(char[]){ "LL3M_ENDPOINTS_MY_BOX_URL=http://my-box" },
		(char[]){ "LL3M_ENDPOINTS_NEW_URL=http://new" },
		(char[]){ "LL3M_BLENDER_PROGRAM=" },
		NULL,
	};
	struct sample s = sample_new();
	struct error err = { 0 };

	assert_true(options_set(&s, &sample_type, "endpoints.my-box.context", "1", "t", &err));
	assert_true(options_set(&s, &sample_type, "blender.program", "old", "t", &err));
	if (!options_env(&s, &sample_type, "LL3M_", environment, &err))
		fail_msg("%s", err.text);
	assert_int_equal(s.blender.memory_mb, 1000);
	assert_string_equal(s.blender.program, "old");
	assert_string_equal(s.without.items[1], "context");
	assert_int_equal(s.endpoints.count, 3);
	assert_int_equal(s.endpoints.items[0].context, 5);
	assert_string_equal(s.endpoints.items[1].url, "http://my-box");
	assert_string_equal(s.endpoints.items[2].name, "new");
	sample_free(&s);
}

TEST(a_mistyped_variable_is_said_and_none_is_applied)
{
	char *const mistyped[] = {
		(char[]){ "LL3M_WITHOUT=planner" },
		(char[]){ "LL3M_BLENDR_MEMORY_MB=1000" },
		NULL,
	};
	char *const wrong[] = { (char[]){ "LL3M_BLENDER_MEMORY_MB=2" }, NULL };
	struct sample s = sample_new();
	struct error err;

	assert_false(options_env(&s, &sample_type, "LL3M_", mistyped, &err));
	assert_string_equal(err.text, "LL3M_BLENDR_MEMORY_MB is no setting; did you mean "
	                              "LL3M_BLENDER_MEMORY_MB? If it belongs to another program, "
	                              "rename it");
	assert_string_equal(s.without.items[0], "critic");
	assert_false(options_env(&s, &sample_type, "LL3M_", wrong, &err));
	assert_string_equal(err.text, "LL3M_BLENDER_MEMORY_MB: blender.memory_mb: 2 is out of "
	                              "range: 256 to 65536");
	sample_free(&s);
}

TEST(what_is_printed_is_what_is_read)
{
	struct sample s = sample_new(), again = { 0 };
	struct strbuf first = { 0 }, second = { 0 };
	struct error err;

	assert_true(options_set(
		&s, &sample_type, "blender.program",
		"\x1b \xc2\x9b \xe2\x80\xa8 \xef\xbb\xbf \"x\" # : \xf0\x9f\x98\x80", "t", &err));
	assert_true(options_set(&s, &sample_type, "without", "[\"null\", \"~\", \"\", \"a, b\"]",
	                        "t", &err));
	options_print(&first, &sample_type, &s);
	if (!read_text(&again, strbuf_str(&first), &err))
		fail_msg("%s in:\n%s", err.text, strbuf_str(&first));
	options_print(&second, &sample_type, &again);
	assert_string_equal(strbuf_str(&first), strbuf_str(&second));
	assert_string_equal(again.blender.program, s.blender.program);
	strbuf_release(&first);
	strbuf_release(&second);
	sample_free(&s);
	sample_free(&again);
}

TEST(the_print_explains_itself)
{
	struct sample s = { 0 };
	struct strbuf out = { 0 };

	options_print(&out, &sample_type, &s);
	assert_string_equal(strbuf_str(&out), "blender:\n"
	                                      "  # which Blender\n"
	                                      "  program: ~\n"
	                                      "  # what a script may use; 256 to 65536\n"
	                                      "  memory_mb:\n"
	                                      "  # 0.1 or more\n"
	                                      "  timeout_s:\n"
	                                      "  # one of: auto, strict, off\n"
	                                      "  sandbox: auto\n"
	                                      "  spare: false\n"
	                                      "\n"
	                                      "endpoints: {}\n"
	                                      "  # NAME:\n"
	                                      "  #   # where it answers\n"
	                                      "  #   url: ~\n"
	                                      "  #   context: 0\n"
	                                      "  #   headers: []\n"
	                                      "\n"
	                                      "views: []\n"
	                                      "  # -\n"
	                                      "  #   name: ~\n"
	                                      "  #   azimuth: 0\n"
	                                      "\n"
	                                      "without: []\n"
	                                      "\n"
	                                      "extra: ~\n");
	strbuf_release(&out);
}

TEST(files_are_layers_and_a_missing_one_is_said)
{
	struct scratch dir = scratch_new();
	struct sample s = sample_new();
	struct error err;

	scratch_write(&dir, "c.yaml", "blender: { memory_mb: 300 }\n");
	assert_true(options_read_file(&s, &sample_type, scratch_path(&dir, "c.yaml"), &err));
	assert_int_equal(s.blender.memory_mb, 300);
	assert_false(options_read_file(&s, &sample_type, scratch_path(&dir, "d.yaml"), &err));
	assert_int_equal(err.code, ERR_IO);
	sample_free(&s);
	scratch_free(&dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_value_arrives),
		cmocka_unit_test(a_layer_changes_only_what_it_mentions),
		cmocka_unit_test(a_tilde_empties_and_a_list_is_replaced_as_a_whole),
		cmocka_unit_test(text_is_what_was_written),
		cmocka_unit_test(a_mistake_is_named_with_its_place_and_changes_nothing),
		cmocka_unit_test(one_value_is_set_by_its_key),
		cmocka_unit_test(a_value_that_cannot_be_set_says_why),
		cmocka_unit_test(variables_reach_every_key_and_strangers_are_left_alone),
		cmocka_unit_test(a_mistyped_variable_is_said_and_none_is_applied),
		cmocka_unit_test(what_is_printed_is_what_is_read),
		cmocka_unit_test(the_print_explains_itself),
		cmocka_unit_test(files_are_layers_and_a_missing_one_is_said),
	};

	return RUN_ALL(tests);
}
