#include <stdio.h>
#include <sys/stat.h>

#include "asker.h"
#include "base/file.h"
#include "llm/llm.h"

/* A relay folder, one who asks through it, and a hand that drops files there. */
struct desk {
	struct scratch scratch;
	struct loop *loop;
	struct asker asker;
	int64_t now;
	struct llm_endpoint endpoint;
	struct llm_settings settings;
	char *dir;
};

static void desk_start(struct desk *d)
{
	struct error err;

	memset(&d->asker, 0, sizeof(d->asker));
	if (!llm_open(&d->asker.llm, d->loop, &d->settings, NULL, &err))
		fail_msg("%s", err.text);
	d->asker.loop = d->loop;
}

static void desk_stop(struct desk *d)
{
	llm_close(d->asker.llm);
	asker_release(&d->asker);
}

static void desk_open(struct desk *d)
{
	memset(d, 0, sizeof(*d));
	d->scratch = scratch_new();
	d->loop = loop_new();
	loop_set_clock(d->loop, 0);
	d->dir = xstrdup(scratch_path(&d->scratch, "relay"));
	d->endpoint = (struct llm_endpoint){ .name = "relay", .kind = LLM_RELAY, .path = d->dir };
	d->settings.endpoints.items = &d->endpoint;
	d->settings.endpoints.count = 1;
	desk_start(d);
}

static void desk_close(struct desk *d)
{
	desk_stop(d);
	loop_free(d->loop);
	free(d->dir);
	scratch_free(&d->scratch);
}

static struct llm_request question(const char *text)
{
	return a_question("relay/anyone", text);
}

/* Turns the loop through so many seconds. */
static void pass(struct desk *d, int seconds)
{
	for (int i = 0; i < 4 * seconds + 4; i++) {
		loop_set_clock(d->loop, d->now += i < 4 * seconds ? 250 : 0);
		loop_turn(d->loop, 0);
	}
}

static const char *place(struct desk *d, const char *name)
{
	struct strbuf path = { 0 };
	const char *full;

	strbuf_addf(&path, "relay/%s", name);
	full = scratch_path(&d->scratch, strbuf_str(&path));
	strbuf_release(&path);
	return full;
}

static bool is_there(struct desk *d, const char *name)
{
	struct stat st;

	return !lstat(place(d, name), &st);
}

/* As an editor or a copy does it: the file grows where it stands. */
static void drop(struct desk *d, const char *name, const char *text)
{
	FILE *file = fopen(place(d, name), "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
}

/* As we and rsync do it: the file appears when it is complete. */
static void move_in(struct desk *d, const char *name, const char *text)
{
	struct error err;

	assert_true(file_write(place(d, name), text, strlen(text), &err));
}

static void assert_holds(struct desk *d, const char *name, const char *word)
{
	struct strbuf text = { 0 };
	struct error err;

	if (!file_read(&text, place(d, name), 1 << 20, &err))
		fail_msg("%s", err.text);
	assert_mentions(strbuf_str(&text), word);
	strbuf_release(&text);
}

static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\0\0\0\1\0\x08\2\0\0\0";

TEST(a_question_lies_there_complete_with_its_pictures)
{
	struct llm_part first = { .text = "a red bucket" }, said = { .text = "import bpy" };
	struct llm_part now[] = { { .text = "Look." },
		                  { .type = LLM_IMAGE, .text = "front view" },
		                  { .type = LLM_IMAGE, .text = "Front View" } };
	struct llm_message messages[] = { { .parts = &first, .count = 1 },
		                          { .from_model = true, .parts = &said, .count = 1 },
		                          { .parts = now, .count = 3 } };
	struct llm_request req = question("");
	struct error err;
	struct desk d;
	char *one, *two;

	desk_open(&d);
	one = xstrdup(scratch_path(&d.scratch, "one.png"));
	two = xstrdup(scratch_path(&d.scratch, "two.png"));
	assert_true(file_write(one, png, sizeof(png) - 1, &err));
	assert_true(file_write(two, png, sizeof(png) - 2, &err));
	now[1].file = one;
	now[2].file = two;
	req.agent = "Critic!";
	req.purpose = "../etc";
	req.messages = messages;
	req.count = 3;
	req.schema = "{\"type\":\"object\"}";
	asker_ask(&d.asker, &req);
	pass(&d, 1);
	assert_holds(&d, "0001-critic-etc/REQUEST.md",
	             "---\nid: 0001\nagent: critic\npurpose: etc\nwants: json\n");
	assert_holds(
		&d, "0001-critic-etc/REQUEST.md",
		"## System\n\nYou write scripts.\n\nToday: a bucket.\n\n## So far\n\n### user\n\n"
		"a red bucket\n\n### model\n\nimport bpy\n\n## Now\n\nLook.\n\n"
		"![front view](front-view.png)\n\n![Front View](front-view-2.png)\n\n");
	assert_holds(&d, "0001-critic-etc/REQUEST.md", "ANSWER.json");
	assert_holds(&d, "0001-critic-etc/front-view-2.png", "\x89PNG");
	assert_holds(&d, "0001-critic-etc/schema.json", "object");
	assert_holds(&d, "0001-critic-etc/request.json", "\"file\":\"front-view.png\"");
	assert_int_equal(d.asker.done, 0);

	/* What is there already is not copied again. */
	llm_cancel(d.asker.call);
	asker_wait(&d.asker);
	d.asker.done = 0;
	req.purpose = "again";
	asker_ask(&d.asker, &req);
	pass(&d, 1);
	assert_holds(&d, "0002-critic-again/REQUEST.md",
	             "![front view](../0001-critic-etc/front-view.png)");
	assert_false(is_there(&d, "0002-critic-again/front-view.png"));
	free(one);
	free(two);
	desk_close(&d);
}

TEST(an_answer_that_is_moved_in_counts_at_once)
{
	struct llm_request req = question("hi");
	struct desk d;

	desk_open(&d);
	asker_ask(&d.asker, &req);
	pass(&d, 1);
	move_in(&d, "0001-coder-first/ANSWER.md", "\xef\xbb\xbfsure:\r\n```\r\na\xff\r\n```\r\n");
	pass(&d, 0);
	asker_wait(&d.asker);
	assert_string_equal(strbuf_str(&d.asker.text), "sure:\n```\na\xef\xbf\xbd\n```\n");
	assert_string_equal(strbuf_str(&d.asker.words), strbuf_str(&d.asker.text));
	assert_true(d.asker.reply.cost_usd < 0);
	assert_holds(&d, "0001-coder-first/ANSWERED", "verdict: ok");
	desk_close(&d);
}

TEST(an_answer_that_is_being_written_counts_once_it_is_still)
{
	struct llm_request req = question("hi");
	struct desk d;

	desk_open(&d);
	asker_ask(&d.asker, &req);
	pass(&d, 1);
	drop(&d, "0001-coder-first/ANSWER.md", "");
	pass(&d, 10);
	assert_int_equal(d.asker.done, 0);
	drop(&d, "0001-coder-first/ANSWER.md", "half");
	pass(&d, 1);
	drop(&d, "0001-coder-first/ANSWER.md", "half and whole");
	pass(&d, 1);
	assert_int_equal(d.asker.done, 0);
	pass(&d, 3);
	asker_wait(&d.asker);
	assert_string_equal(strbuf_str(&d.asker.text), "half and whole");
	desk_close(&d);
}

TEST(a_useless_answer_is_put_aside_with_a_word_why)
{
	struct llm_request req = question("hi");
	struct desk d;

	desk_open(&d);
	req.schema = "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}},"
		     "\"required\":[\"name\"],\"additionalProperties\":false}";
	asker_ask(&d.asker, &req);
	pass(&d, 1);
	move_in(&d, "0001-coder-first/ANSWER.md", "I do not know");
	pass(&d, 1);
	assert_holds(&d, "0001-coder-first/ANSWER.bad-1.md", "I do not know");
	move_in(&d, "0001-coder-first/ANSWER.json", "{\"nom\": \"bucket\"}");
	pass(&d, 1);
	assert_holds(&d, "0001-coder-first/ANSWER.bad-2.json", "nom");
	assert_holds(&d, "0001-coder-first/RETRY.md", "answer: \"name\" is missing");
	assert_int_equal(d.asker.done, 0);
	move_in(&d, "0001-coder-first/ANSWER.md", "Here:\n```json\n{\"name\": \"bucket\",}\n```\n");
	pass(&d, 1);
	asker_wait(&d.asker);
	assert_int_equal(d.asker.err.code, 0);
	assert_mentions(strbuf_str(&d.asker.text), "bucket");
	desk_close(&d);
}

TEST(whoever_answers_may_decline_or_cancel)
{
	struct llm_request req = question("hi");
	struct desk d;

	desk_open(&d);
	asker_ask(&d.asker, &req);
	pass(&d, 1);
	move_in(&d, "0001-coder-first/DECLINE.md", "not today\n");
	pass(&d, 1);
	asker_wait(&d.asker);
	assert_int_equal(d.asker.reply.stop, LLM_STOP_REFUSAL);
	assert_string_equal(strbuf_str(&d.asker.text), "not today\n");

	asker_release(&d.asker);
	d.asker.done = 0;
	asker_ask(&d.asker, &req);
	pass(&d, 1);
	drop(&d, "0002-coder-first/CANCEL", "");
	pass(&d, 3);
	asker_wait(&d.asker);
	assert_int_equal(d.asker.err.code, ERR_CANCELLED);
	desk_close(&d);
}

TEST(a_cancelled_question_says_so_in_its_folder)
{
	struct llm_request req = question("hi");
	struct desk d;

	desk_open(&d);
	asker_ask(&d.asker, &req);
	pass(&d, 1);
	llm_cancel(d.asker.call);
	asker_wait(&d.asker);
	assert_true(is_there(&d, "0001-coder-first/CANCEL"));
	desk_close(&d);
}

TEST(a_link_is_no_answer)
{
	struct llm_request req = question("hi");
	struct desk d;

	desk_open(&d);
	asker_ask(&d.asker, &req);
	pass(&d, 1);
	assert_int_equal(symlink("/etc/passwd", place(&d, "0001-coder-first/ANSWER.md")), 0);
	pass(&d, 10);
	assert_int_equal(d.asker.done, 0);
	desk_close(&d);
}

TEST(a_folder_that_vanishes_is_an_error)
{
	struct llm_request req = question("hi");
	struct desk d;

	desk_open(&d);
	asker_ask(&d.asker, &req);
	pass(&d, 1);
	assert_int_equal(
		nftw(place(&d, "0001-coder-first"), scratch_remove, 8, FTW_DEPTH | FTW_PHYS), 0);
	pass(&d, 3);
	asker_wait(&d.asker);
	assert_mentions(d.asker.err.text, "is gone");
	desk_close(&d);
}

TEST(a_question_left_open_is_found_again_by_the_next_run)
{
	struct llm_request req = question("hi");
	struct asker second = { 0 };
	struct desk d;

	desk_open(&d);
	asker_ask(&d.asker, &req);
	pass(&d, 1);
	desk_stop(&d);
	move_in(&d, "0001-coder-first/ANSWER.md", "came overnight");

	desk_start(&d);
	second.loop = d.loop;
	second.llm = d.asker.llm;
	req = question("something else");
	asker_ask(&second, &req);
	req = question("hi");
	asker_ask(&d.asker, &req);
	pass(&d, 5);
	asker_wait(&d.asker);
	assert_string_equal(strbuf_str(&d.asker.text), "came overnight");
	assert_true(is_there(&d, "0002-coder-first"));
	assert_false(is_there(&d, "0003-coder-first"));
	asker_release(&second);
	desk_close(&d);
}

TEST(nobody_waits_once_all_is_answered)
{
	struct llm_request req = question("hi");
	struct desk d;

	desk_open(&d);
	asker_ask(&d.asker, &req);
	pass(&d, 1);
	move_in(&d, "0001-coder-first/ANSWER.md", "ok");
	pass(&d, 1);
	asker_wait(&d.asker);
	assert_false(loop_turn(d.loop, 0));
	desk_close(&d);
}

TEST(answered_folders_play_like_a_recording)
{
	struct llm_endpoint ep;
	struct llm_settings settings = { .endpoints = { &ep, 1 } };
	struct llm_request req = question("whatever");
	struct error err;
	struct desk d;

	desk_open(&d);
	assert_true(file_make_dir(place(&d, "0002-coder-first"), 0777, &err));
	drop(&d, "0002-coder-first/ANSWER.md", "by hand");
	assert_true(file_make_dir(place(&d, "0001-planner-plan"), 0777, &err));
	drop(&d, "0001-planner-plan/ANSWER.json", "{}");
	desk_stop(&d);
	ep = (struct llm_endpoint){ .name = "relay", .kind = LLM_REPLAY, .path = d.dir };
	memset(&d.asker, 0, sizeof(d.asker));
	assert_true(llm_open(&d.asker.llm, d.loop, &settings, NULL, &err));
	d.asker.loop = d.loop;
	asker_ask(&d.asker, &req);
	asker_wait(&d.asker);
	assert_string_equal(strbuf_str(&d.asker.text), "by hand");
	desk_close(&d);
}

struct worked {
	struct strbuf said;
	int done;
	size_t answered;
};

static void work_said(void *ctx, const char *name, const struct error *err)
{
	struct worked *w = ctx;

	strbuf_addf(&w->said, "%s: %s\n", name, err ? err->text : "ok");
}

static void work_done(void *ctx, size_t answered, const struct error *err)
{
	struct worked *w = ctx;

	assert_null(err);
	w->done++;
	w->answered = answered;
}

/* On "the connected box": the questions of one relay answered from a recording. */
static void work(struct desk *d, const char *recording, struct worked *w)
{
	struct llm_endpoint ep = { .name = "r", .kind = LLM_REPLAY, .path = recording };
	struct llm_settings settings = { .endpoints = { &ep, 1 } };
	struct llm_work_listener listener = { work_said, work_done, w };
	struct llm *llm = NULL;
	struct error err;

	assert_true(llm_open(&llm, d->loop, &settings, NULL, &err));
	llm_relay_work(llm, d->dir, "r/m", &listener);
	while (!w->done)
		loop_turn(d->loop, 0);
	llm_close(llm);
}

TEST(another_machine_can_answer_what_lies_open)
{
	struct llm_part parts[] = { { .text = "Look." }, { .type = LLM_IMAGE, .text = "front" } };
	struct llm_message message = { .parts = parts, .count = 2 };
	struct llm_request req = question(""), other = question("declined, please");
	struct asker second = { 0 };
	struct worked w = { 0 };
	struct error err;
	struct desk d;
	char *file;

	desk_open(&d);
	file = xstrdup(scratch_path(&d.scratch, "one.png"));
	assert_true(file_write(file, png, sizeof(png) - 1, &err));
	parts[1].file = file;
	req.messages = &message;
	req.schema = "{\"type\":\"object\"}";
	asker_ask(&d.asker, &req);
	pass(&d, 1);
	second.loop = d.loop;
	second.llm = d.asker.llm;
	asker_ask(&second, &other);
	pass(&d, 1);
	scratch_write(&d.scratch, "say.jsonl",
	              "{\"t\":\"say\",\"text\":\"{\\\"a\\\": 1}\"}\n"
	              "{\"t\":\"say\",\"declined\":true,\"text\":\"no\"}\n");
	work(&d, scratch_path(&d.scratch, "say.jsonl"), &w);
	assert_string_equal(strbuf_str(&w.said), "0001-coder-first: ok\n0002-coder-first: ok\n");
	assert_int_equal(w.answered, 2);
	pass(&d, 5);
	asker_wait(&d.asker);
	asker_wait(&second);
	assert_string_equal(strbuf_str(&d.asker.text), "{\"a\": 1}");
	assert_int_equal(second.reply.stop, LLM_STOP_REFUSAL);
	asker_release(&second);
	strbuf_release(&w.said);
	free(file);
	desk_close(&d);
}

TEST(a_request_that_was_tampered_with_is_not_answered)
{
	struct llm_request req = question("hi");
	struct worked w = { 0 };
	struct strbuf text = { 0 };
	struct error err;
	struct desk d;
	char *at;

	desk_open(&d);
	asker_ask(&d.asker, &req);
	pass(&d, 1);
	assert_true(file_read(&text, place(&d, "0001-coder-first/request.json"), 1 << 20, &err));
	at = strstr(text.buf, "\"hi\"");
	assert_non_null(at);
	memcpy(at, "\"ho\"", 4);
	move_in(&d, "0001-coder-first/request.json", text.buf);
	scratch_write(&d.scratch, "say.jsonl", "{\"t\":\"say\",\"text\":\"x\"}\n");
	work(&d, scratch_path(&d.scratch, "say.jsonl"), &w);
	assert_mentions(strbuf_str(&w.said), "not what was asked");
	assert_int_equal(w.answered, 0);
	strbuf_release(&text);
	strbuf_release(&w.said);
	desk_close(&d);
}

TEST(a_relay_travels_as_one_file_and_back)
{
	struct llm_request req = question("hi");
	struct error err = { 0 };
	char *tar, *there;
	size_t files = 0;
	struct desk d;

	desk_open(&d);
	asker_ask(&d.asker, &req);
	pass(&d, 1);
	tar = xstrdup(scratch_path(&d.scratch, "relay.tar"));
	there = xstrdup(scratch_path(&d.scratch, "there"));
	assert_true(llm_relay_pack(d.dir, tar, &err));
	assert_true(llm_relay_unpack(there, tar, &files, &err));
	assert_int_equal(files, 2);
	scratch_write(&d.scratch, "there/0001-coder-first/ANSWER.md", "from afar");
	scratch_write(&d.scratch, "there/0001-coder-first/REQUEST.md", "changed on the way");
	assert_true(llm_relay_pack(there, tar, &err));
	assert_true(llm_relay_unpack(d.dir, tar, &files, &err));
	assert_int_equal(files, 1);
	assert_holds(&d, "0001-coder-first/REQUEST.md", "## Now");
	pass(&d, 1);
	asker_wait(&d.asker);
	assert_string_equal(strbuf_str(&d.asker.text), "from afar");
	free(tar);
	free(there);
	desk_close(&d);
}

/* One header of a tar file, then one block of content. */
static void write_tar(struct scratch *s, const char *name, char type, const char *magic)
{
	unsigned char head[512] = { 0 }, block[512] = "content";
	FILE *file = fopen(scratch_path(s, "evil.tar"), "w");
	unsigned sum = 0;

	memcpy(head, name, strlen(name));
	memcpy(head + 100, "0000644", 8);
	memcpy(head + 124, "00000000007", 12);
	memset(head + 148, ' ', 8);
	head[156] = (unsigned char)type;
	memcpy(head + 157, "/etc/passwd", 11);
	memcpy(head + 257, magic, strlen(magic));
	for (size_t i = 0; i < sizeof(head); i++)
		sum += head[i];
	snprintf((char *)head + 148, 8, "%06o", sum);
	assert_non_null(file);
	assert_int_equal(fwrite(head, 1, 512, file), 512);
	assert_int_equal(fwrite(block, 1, 512, file), 512);
	memset(block, 0, sizeof(block));
	assert_int_equal(fwrite(block, 1, 512, file), 512);
	fclose(file);
}

TEST(unpacking_refuses_whatever_leads_elsewhere)
{
	static const struct {
		const char *name;
		char type;
		const char *magic, *said;
	} cases[] = {
		{ "0001-a-b/ANSWER.md", '0', "ustar", NULL },
		{ "./0001-a-c/ANSWER.md", '0', "ustar  ", NULL },
		{ "/0001-a-b/ANSWER.md", '0', "ustar", "no file of a relay" },
		{ "../0001-a-b/ANSWER.md", '0', "ustar", "no file of a relay" },
		{ "0001-a-b/../../x", '0', "ustar", "no file of a relay" },
		{ "0001-a-b/.profile", '0', "ustar", "no file of a relay" },
		{ "etc/passwd", '0', "ustar", "no file of a relay" },
		{ "ANSWER.md", '0', "ustar", "no file of a relay" },
		{ "0001-a-b/link", '1', "ustar", "no plain file" },
		{ "0001-a-b/link", '2', "ustar", "no plain file" },
		{ "0001-a-b/long", 'L', "ustar", "no plain file" },
		{ "0001-a-b/x", '0', "zstd!", "no tar file" },
	};
	struct scratch s = scratch_new();
	char *tar = xstrdup(scratch_path(&s, "evil.tar"));
	char *dir = xstrdup(scratch_path(&s, "out"));

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct error err = { 0 };
		size_t files = 0;
		bool ok;

		write_tar(&s, cases[i].name, cases[i].type, cases[i].magic);
		ok = llm_relay_unpack(dir, tar, &files, &err);
		assert_int_equal(ok, !cases[i].said);
		assert_int_equal(files, ok);
		if (!ok)
			assert_mentions(err.text, cases[i].said);
	}
	free(tar);
	free(dir);
	scratch_free(&s);
}

TEST(unpacking_does_not_follow_links_that_are_there)
{
	struct scratch s = scratch_new();
	char *tar = xstrdup(scratch_path(&s, "evil.tar"));
	char *dir = xstrdup(scratch_path(&s, "out"));
	struct error err = { 0 };
	size_t files = 0;

	assert_true(file_make_dir(dir, 0777, &err));
	assert_int_equal(symlink("/tmp", scratch_path(&s, "out/0001-a-b")), 0);
	write_tar(&s, "0001-a-b/ANSWER.md", '0', "ustar");
	assert_false(llm_relay_unpack(dir, tar, &files, &err));
	assert_mentions(err.text, "is no folder");
	free(tar);
	free(dir);
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_question_lies_there_complete_with_its_pictures),
		cmocka_unit_test(an_answer_that_is_moved_in_counts_at_once),
		cmocka_unit_test(an_answer_that_is_being_written_counts_once_it_is_still),
		cmocka_unit_test(a_useless_answer_is_put_aside_with_a_word_why),
		cmocka_unit_test(whoever_answers_may_decline_or_cancel),
		cmocka_unit_test(a_cancelled_question_says_so_in_its_folder),
		cmocka_unit_test(a_link_is_no_answer),
		cmocka_unit_test(a_folder_that_vanishes_is_an_error),
		cmocka_unit_test(a_question_left_open_is_found_again_by_the_next_run),
		cmocka_unit_test(nobody_waits_once_all_is_answered),
		cmocka_unit_test(answered_folders_play_like_a_recording),
		cmocka_unit_test(another_machine_can_answer_what_lies_open),
		cmocka_unit_test(a_request_that_was_tampered_with_is_not_answered),
		cmocka_unit_test(a_relay_travels_as_one_file_and_back),
		cmocka_unit_test(unpacking_refuses_whatever_leads_elsewhere),
		cmocka_unit_test(unpacking_does_not_follow_links_that_are_there),
	};

	return RUN_ALL(tests);
}
