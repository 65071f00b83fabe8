#include "session/fork.h"

#include <string.h>

#include "base/blob.h"
#include "scratch.h"
#include "session/peek.h"
#include "session/retell.h"

/* Somebody's session, event by event, in the folder `a` of a scratch directory. */
struct story {
	struct scratch scratch;
	char *dir;
	struct journal *journal;
	int64_t head;
	char blob[BLOB_HASH_SIZE];
};

static int64_t happen(struct story *s, enum event_kind kind, const union event_body *body)
{
	struct event ev = { .kind = kind, .role = ROLE_USER, .body = *body };
	struct error err;

	assert_true(journal_add(s->journal, &ev, &err));
	return ev.id;
}

static void prompt(struct story *s, const char *text)
{
	happen(s, EV_PROMPT_GIVEN, &(union event_body){ .prompt = { .text = text } });
}

static int64_t answer(struct story *s, enum gate gate, enum answer how, const char *text)
{
	return happen(s, EV_GATE_ANSWERED,
	              &(union event_body){ .answer = { gate, how, text, how == ANSWER_ACCEPT } });
}

static void move(struct story *s, int64_t to, bool redo)
{
	happen(s, EV_HEAD_MOVED, &(union event_body){ .head = { to, redo } });
}

static struct story story_new(void)
{
	struct story s = { .scratch = scratch_new() };
	struct journal_report report;
	struct blobs *blobs;
	struct error err;

	s.dir = strdup(scratch_path(&s.scratch, "a"));
	assert_int_equal(mkdir(s.dir, 0700), 0);
	assert_true(blobs_open(&blobs, scratch_path(&s.scratch, "a/blobs"), &err));
	assert_true(blob_put(blobs, "import bpy\n", 11, s.blob, &err));
	blobs_close(blobs);
	scratch_write(&s.scratch, "a/recording.jsonl", "{}\n");
	assert_true(journal_open(&s.journal, s.dir, &(struct journal_options){ 0 }, &report, &err));
	return s;
}

static void story_free(struct story *s)
{
	journal_close(s->journal);
	free(s->dir);
	scratch_free(&s->scratch);
}

static void assert_retold(struct story *s, const char *expected)
{
	struct strbuf out = { 0 };
	struct error err;

	assert_true(retell(&out, s->dir, &err));
	assert_string_equal(strbuf_str(&out), expected);
	strbuf_release(&out);
}

TEST(what_a_user_said_is_retold_as_commands)
{
	struct story s = story_new();

	prompt(&s, "a red\nbucket");
	answer(&s, GATE_TURN, ANSWER_ACCEPT, NULL);
	answer(&s, GATE_PLAN, ANSWER_ACCEPT, NULL);
	answer(&s, GATE_SCRIPT, ANSWER_REJECT, "too\nsmall");
	answer(&s, GATE_SCRIPT, ANSWER_REPROMPT, "bigger");
	answer(&s, GATE_SCRIPT, ANSWER_REJECT, NULL);
	prompt(&s, "thinner handle");
	assert_retold(&s, "prompt a red bucket\naccept\nreject too small\nreprompt bigger\n"
	                  "reject\nprompt thinner handle\n");
	story_free(&s);
}

TEST(pictures_and_hand_made_scripts_are_retold_as_files)
{
	struct story s = story_new();
	const char *image = s.blob;
	struct strbuf expected = { 0 };

	happen(&s, EV_PROMPT_GIVEN,
	       &(union event_body){ .prompt = { .text = "this", .images = { &image, 1 } } });
	happen(&s, EV_SCRIPT_WRITTEN,
	       &(union event_body){ .script = { .blob = s.blob, .purpose = PURPOSE_HAND } });
	happen(&s, EV_SCRIPT_WRITTEN,
	       &(union event_body){ .script = { .blob = s.blob, .purpose = PURPOSE_CREATE } });
	strbuf_addf(&expected, "attach %s/blobs/%s\nprompt this\nedit %s/blobs/%s\n", s.dir, s.blob,
	            s.dir, s.blob);
	assert_retold(&s, strbuf_str(&expected));
	strbuf_release(&expected);
	story_free(&s);
}

TEST(undo_and_redo_are_retold_with_their_number_of_steps)
{
	struct story s = story_new();
	int64_t plan, last;

	prompt(&s, "a bucket");
	plan = answer(&s, GATE_PLAN, ANSWER_ACCEPT, NULL);
	answer(&s, GATE_SCRIPT, ANSWER_ACCEPT, NULL);
	last = answer(&s, GATE_SCRIPT, ANSWER_ACCEPT, NULL);
	move(&s, plan, false);
	move(&s, last, true);
	answer(&s, GATE_SCRIPT, ANSWER_ACCEPT, NULL);
	assert_retold(&s, "prompt a bucket\naccept\naccept\naccept\nundo 2\nredo 2\ncontinue\n"
	                  "accept\n");
	story_free(&s);
}

TEST(a_fork_has_all_up_to_its_step_and_nothing_after_it)
{
	struct story s = story_new();
	struct strbuf other = { 0 }, text = { 0 };
	struct peek look;
	int64_t step;
	struct error err;

	prompt(&s, "a bucket");
	step = answer(&s, GATE_PLAN, ANSWER_ACCEPT, NULL);
	prompt(&s, "no, a chair");
	strbuf_addstr(&other, scratch_path(&s.scratch, "b"));
	assert_true(session_fork(s.dir, step, strbuf_str(&other), &err));
	assert_true(peek_open(&look, strbuf_str(&other), &err));
	assert_int_equal(look.state.head, step);
	assert_string_equal(look.state.prompt, "a bucket");
	assert_null(look.state.wish);
	assert_true(blob_get(&text, look.blobs, s.blob, &err));
	assert_string_equal(strbuf_str(&text), "import bpy\n");
	assert_int_equal(access(scratch_path(&s.scratch, "b/recording.jsonl"), F_OK), 0);
	peek_close(&look);
	strbuf_release(&other);
	strbuf_release(&text);
	story_free(&s);
}

TEST(a_fork_from_nowhere_or_onto_something_leaves_no_session)
{
	struct story s = story_new();
	struct strbuf other = { 0 };
	int64_t step;
	struct error err;

	prompt(&s, "a bucket");
	step = answer(&s, GATE_PLAN, ANSWER_ACCEPT, NULL);
	strbuf_addstr(&other, scratch_path(&s.scratch, "b"));
	assert_false(session_fork(s.dir, step + 7, strbuf_str(&other), &err));
	assert_int_not_equal(access(scratch_path(&s.scratch, "b/events.jsonl"), F_OK), 0);
	assert_false(session_fork(s.dir, step, s.dir, &err));
	strbuf_release(&other);
	story_free(&s);
}

TEST(looking_changes_nothing_and_needs_no_lock)
{
	struct story s = story_new();
	struct peek look;
	struct error err;

	prompt(&s, "a bucket");
	assert_true(peek_open(&look, s.dir, &err));
	assert_string_equal(look.state.prompt, "a bucket");
	prompt(&s, "and a lid");
	peek_close(&look);
	assert_int_equal(mkdir(scratch_path(&s.scratch, "empty"), 0700), 0);
	assert_false(peek_open(&look, scratch_path(&s.scratch, "empty"), &err));
	assert_int_equal(rmdir(scratch_path(&s.scratch, "empty")), 0);
	story_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_user_said_is_retold_as_commands),
		cmocka_unit_test(pictures_and_hand_made_scripts_are_retold_as_files),
		cmocka_unit_test(undo_and_redo_are_retold_with_their_number_of_steps),
		cmocka_unit_test(a_fork_has_all_up_to_its_step_and_nothing_after_it),
		cmocka_unit_test(a_fork_from_nowhere_or_onto_something_leaves_no_session),
		cmocka_unit_test(looking_changes_nothing_and_needs_no_lock),
	};

	return RUN_ALL(tests);
}
