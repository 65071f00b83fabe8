#include "llm/key.h"

#include <string.h>

#include "scratch.h"

#define SECRET "sk-0123456789abcdef"

static void found(void *ctx)
{
	++*(int *)ctx;
}

/* Seeks the key until it is found or not; says which. */
static enum key_state seek(struct key *key, struct keyring *ring, const struct llm_endpoint *ep)
{
	struct loop *loop = loop_new();
	int heard = 0, late;

	key_seek(key, ring, loop, ep, "Authorization: Bearer ", found, &heard);
	late = key->state == KEY_SOUGHT;
	while (key->state == KEY_SOUGHT)
		assert_true(loop_turn(loop, 10000));
	assert_int_equal(heard, late);
	loop_free(loop);
	return key->state;
}

static void assert_found(const struct llm_endpoint *ep, const char *hint)
{
	struct keyring ring = { 0 };
	struct key key = { 0 };

	if (seek(&key, &ring, ep) != KEY_READY)
		fail_msg("%s", key.err.text);
	assert_string_equal(key.header, "Authorization: Bearer " SECRET);
	assert_string_equal(key.hint, hint);
	assert_int_equal(ring.count, 1);
	key_release(&key);
	keyring_release(&ring);
}

static void assert_refused(const struct llm_endpoint *ep, const char *said)
{
	struct keyring ring = { 0 };
	struct key key = { 0 };

	assert_int_equal(seek(&key, &ring, ep), KEY_FAILED);
	if (!strstr(key.err.text, said))
		fail_msg("\"%s\" does not say \"%s\"", key.err.text, said);
	assert_null(strstr(key.err.text, SECRET));
	assert_null(key.header);
	key_release(&key);
	keyring_release(&ring);
}

TEST(a_key_comes_from_its_variable)
{
	struct llm_endpoint ep = { .name = "e", .url = "https://h/v1", .key_env = "LL3M_KEY_T" };

	setenv("LL3M_KEY_T", "  " SECRET "\n", 1);
	assert_found(&ep, "$LL3M_KEY_T");
	unsetenv("LL3M_KEY_T");
	assert_refused(&ep, "set the variable LL3M_KEY_T");
}

TEST(a_server_on_this_machine_needs_no_key)
{
	struct llm_endpoint ep = { .name = "e",
		                   .url = "http://localhost:8080/v1",
		                   .key_env = "LL3M_KEY_T" };
	struct keyring ring = { 0 };
	struct key key = { 0 };

	assert_int_equal(seek(&key, &ring, &ep), KEY_READY);
	assert_null(key.header);
	key_release(&key);
	keyring_release(&ring);
}

TEST(a_key_file_is_for_its_owner_alone)
{
	static const mode_t refused[] = { 0640, 0604, 0660, 0644 };
	struct scratch s = scratch_new();
	struct llm_endpoint ep = { .name = "e", .url = "https://h/v1", .key_env = "LL3M_KEY_T" };
	char *file;

	scratch_write(&s, "key", SECRET "\nsecond line\n");
	file = strdup(scratch_path(&s, "key"));
	ep.key_file = file;
	assert_int_equal(chmod(file, 0600), 0);
	assert_found(&ep, file);
	assert_int_equal(chmod(file, 0400), 0);
	assert_found(&ep, file);
	for (size_t i = 0; i < COUNT(refused); i++) {
		assert_int_equal(chmod(file, refused[i]), 0);
		assert_refused(&ep, "chmod 600");
	}
	ep.key_file = "/no/such/file";
	assert_refused(&ep, "/no/such/file");
	ep.key_file = s.dir;
	assert_refused(&ep, s.dir);
	free(file);
	scratch_free(&s);
}

static void command(struct llm_endpoint *ep, const char **argv, size_t count)
{
	*ep = (struct llm_endpoint){ .name = "e", .url = "https://h/v1", .key_file = "/no/file" };
	ep->key_command.items = argv;
	ep->key_command.count = count;
}

TEST(a_key_command_is_asked_first_and_without_a_shell)
{
	const char *argv[] = { "printf", "%s\\n$(id)\\n", SECRET };
	struct llm_endpoint ep;

	command(&ep, argv, 3);
	assert_found(&ep, "printf");
}

TEST(a_key_command_that_fails_is_named)
{
	const char *fails[] = { "false" }, *missing[] = { "no-such-program-here" };
	const char *silent[] = { "true" };
	struct llm_endpoint ep;

	command(&ep, fails, 1);
	assert_refused(&ep, "key_command false of endpoint e failed with exit code 1");
	command(&ep, missing, 1);
	assert_refused(&ep, "no-such-program-here");
	command(&ep, silent, 1);
	assert_refused(&ep, "empty key");
}

TEST(a_key_command_may_be_given_up_while_it_runs)
{
	const char *argv[] = { "sleep", "1000" };
	struct keyring ring = { 0 };
	struct loop *loop = loop_new();
	struct llm_endpoint ep;
	struct key key = { 0 };
	int heard = 0;

	command(&ep, argv, 2);
	key_seek(&key, &ring, loop, &ep, "", found, &heard);
	assert_int_equal(key.state, KEY_SOUGHT);
	key_release(&key);
	keyring_release(&ring);
	assert_int_equal(heard, 0);
	loop_free(loop);
}

static void assert_redacted(const struct keyring *ring, const char *text, const char *expected)
{
	struct strbuf sb = { 0 };

	strbuf_addstr(&sb, text);
	keyring_redact(ring, &sb);
	assert_string_equal(strbuf_str(&sb), expected);
	strbuf_release(&sb);
}

TEST(known_keys_are_blanked_wherever_they_stand)
{
	struct keyring ring = { 0 };

	keyring_add(&ring, SECRET);
	keyring_add(&ring, SECRET);
	keyring_add(&ring, "short");
	keyring_add(&ring, "another-long-secret");
	assert_int_equal(ring.count, 2);
	assert_redacted(&ring, "", "");
	assert_redacted(&ring, SECRET, "[key]");
	assert_redacted(&ring, "a " SECRET SECRET " another-long-secret b", "a [key][key] [key] b");
	assert_redacted(&ring, "short words stay", "short words stay");
	keyring_release(&ring);
}

TEST(unknown_keys_are_blanked_behind_the_names_of_their_headers)
{
	struct keyring ring = { 0 };

	assert_redacted(&ring, "authorization: Bearer abcdefghij\r\nX: y",
	                "authorization: Bearer [key]\r\nX: y");
	assert_redacted(&ring, "x-api-key: 123456789 and api-key: abcdefghi\"",
	                "x-api-key: [key] and api-key: [key]\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_comes_from_its_variable),
		cmocka_unit_test(a_server_on_this_machine_needs_no_key),
		cmocka_unit_test(a_key_file_is_for_its_owner_alone),
		cmocka_unit_test(a_key_command_is_asked_first_and_without_a_shell),
		cmocka_unit_test(a_key_command_that_fails_is_named),
		cmocka_unit_test(a_key_command_may_be_given_up_while_it_runs),
		cmocka_unit_test(known_keys_are_blanked_wherever_they_stand),
		cmocka_unit_test(unknown_keys_are_blanked_behind_the_names_of_their_headers),
	};

	return RUN_ALL(tests);
}
