#include "llm/openai.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "llm/pick.h"
#include "llm/reader.h"
#include "test.h"

#define LIMIT (16u << 20)

/*
 * Replies of real and odd servers, as bytes, with what they mean. However the bytes are cut, the
 * draft has to come out the same.
 */
struct fixture {
	const char *name;
	struct strbuf wire;
	struct json *expected; /* owned; the file's root */
	struct json_at root;
	int status;
};

static void put_text(struct json *object, const char *key, const char *text)
{
	struct json *null = NULL;
	struct error err;

	if (text)
		json_put_text(object, key, text);
	else if (json_parse(&null, "null", 4, &err))
		json_put(object, key, null);
}

static void put_count(struct json *object, const char *key, int64_t count)
{
	if (count < 0)
		put_text(object, key, NULL);
	else
		json_put_int(object, key, count);
}

static struct json *call_json(const struct draft_part *part, bool full)
{
	struct json *call = json_object();

	if (full)
		json_put_text(call, "type", "tool_call");
	json_put_text(call, "id", part->id);
	json_put_text(call, "name", part->name);
	if (part->signature && full)
		json_put_text(call, "signature", part->signature);
	if (part->arguments)
		json_put(call, "arguments", json_copy(part->arguments));
	else
		put_text(call, "arguments", NULL);
	return call;
}

static void put_parts(struct json *out, const struct draft *d)
{
	struct json *parts = json_array(), *calls = json_array();

	for (size_t i = 0; i < d->count; i++) {
		const struct draft_part *part = &d->parts[i];
		struct json *item;

		if (part->type == DRAFT_CALL && !d->trouble.kind) {
			json_push(parts, call_json(part, true));
			json_push(calls, call_json(part, false));
		}
		if (part->type == DRAFT_CALL || (!part->text.len && !part->signature))
			continue;
		item = json_object();
		json_put_text(item, "type", part->type == DRAFT_TEXT ? "text" : "reasoning");
		json_put_text(item, "text", strbuf_str(&part->text));
		if (part->signature)
			json_put_text(item, "signature", part->signature);
		json_push(parts, item);
	}
	json_put(out, "parts", parts);
	json_put(out, "tool_calls", calls);
}

static struct json *usage_json(const struct draft_usage *u)
{
	struct json *usage = json_object();

	put_count(usage, "input", u->input);
	put_count(usage, "output", u->output);
	put_count(usage, "cache_read", u->cache_read);
	put_count(usage, "cache_write", u->cache_write);
	put_count(usage, "reasoning", u->reasoning);
	return usage;
}

static struct json *trouble_json(const struct trouble *t)
{
	struct json *error = json_object();

	json_put_text(error, "class", trouble_name(t->kind));
	json_put_text(error, "message", strbuf_str(&t->message));
	if (t->type)
		json_put_text(error, "provider_type", t->type);
	if (t->limit_tokens)
		json_put_int(error, "limit_tokens", t->limit_tokens);
	if (t->prompt_tokens)
		json_put_int(error, "prompt_tokens", t->prompt_tokens);
	if (t->waits)
		json_put_int(error, "retry_after_ms", t->wait_ms);
	return error;
}

/* The same shape as "expect" in the fixtures. */
static struct json *draft_json(const struct draft *d)
{
	static const char *const stops[] = { NULL,       "end",     "tool_calls", "length",
		                             "stop_seq", "refusal", "context",    "pause",
		                             "error",    "other" };
	struct json *out = json_object(), *refusal = json_object();
	struct strbuf text = { 0 }, reasoning = { 0 };

	put_text(out, "id", d->id);
	put_text(out, "model", d->model);
	put_parts(out, d);
	draft_join(&text, d, DRAFT_TEXT);
	draft_join(&reasoning, d, DRAFT_REASONING);
	json_put_text(out, "text", strbuf_str(&text));
	json_put_text(out, "reasoning", strbuf_str(&reasoning));
	put_text(out, "stop", stops[d->stop]);
	put_text(out, "stop_raw", d->stop_raw);
	if (d->usage.given)
		json_put(out, "usage", usage_json(&d->usage));
	else
		put_text(out, "usage", NULL);
	if (d->refusal.len)
		json_put_text(refusal, "explanation", strbuf_str(&d->refusal));
	if (d->is_refused)
		json_put(out, "refusal", json_copy(refusal));
	else
		put_text(out, "refusal", NULL);
	if (d->trouble.kind)
		json_put(out, "error", trouble_json(&d->trouble));
	else
		put_text(out, "error", NULL);
	json_free(refusal);
	strbuf_release(&text);
	strbuf_release(&reasoning);
	return out;
}

/* A copy in which the raw spelling of arguments is left out: what they mean is what counts. */
static struct json *plain(const struct json_at *at)
{
	struct json *copy;

	if (!json_is_object(at) && !json_is_array(at))
		return json_copy(at->value);
	copy = json_is_object(at) ? json_object() : json_array();
	for (size_t i = 0; i < json_count(at); i++) {
		const char *name = json_name(at, i);
		struct json_at child = name ? json_key(at, name) : json_item(at, i);

		if (!name)
			json_push(copy, plain(&child));
		else if (strcmp(name, "arguments_text") != 0)
			json_put(copy, name, plain(&child));
	}
	return copy;
}

/* What was streamed has to be what the reply says in the end. */
static void hear_words(void *ctx, enum draft_type type, const char *text, size_t len)
{
	struct strbuf *heard = ctx;

	strbuf_add(&heard[type == DRAFT_REASONING], text, len);
}

static void read_headers(struct trouble *t, const struct fixture *f)
{
	struct json_at given = json_key(&f->root, "headers");
	struct headers headers = { 0 };

	for (size_t i = 0; i < json_count(&given); i++)
		headers_add(&headers, json_name(&given, i),
		            pick_text(&given, json_name(&given, i)));
	trouble_read_headers(t, &headers, 0);
	headers_release(&headers);
}

static void assert_decodes(const struct fixture *f, unsigned most, unsigned *seed)
{
	struct strbuf heard[2] = { 0 }, got = { 0 }, want = { 0 };
	struct reader r = { .draft = { .words = hear_words, .ctx = heard } };
	struct json_at expect = json_key(&f->root, "expect");
	struct json *result, *expected = plain(&expect);

	reader_start(&r, &openai, f->status);
	for (size_t at = 0; at < f->wire.len;) {
		size_t left = f->wire.len - at;
		size_t n = most == 0 ? left : 1 + (size_t)rand_r(seed) % most;
		char *piece = malloc(n = n < left ? n : left);

		assert_non_null(piece);
		memcpy(piece, f->wire.buf + at, n);
		reader_feed(&r, piece, n);
		free(piece);
		at += n;
	}
	reader_end(&r);
	read_headers(&r.draft.trouble, f);
	result = draft_json(&r.draft);
	json_sorted(&got, result);
	json_sorted(&want, expected);
	if (strcmp(strbuf_str(&got), strbuf_str(&want)) != 0)
		fail_msg("%s, pieces up to %u bytes:\n got %s\nwant %s", f->name, most,
		         strbuf_str(&got), strbuf_str(&want));
	strbuf_reset(&got);
	draft_join(&got, &r.draft, DRAFT_TEXT);
	assert_string_equal(strbuf_str(&heard[0]), strbuf_str(&got));
	json_free(result);
	json_free(expected);
	reader_release(&r);
	for (size_t i = 0; i < COUNT(heard); i++)
		strbuf_release(&heard[i]);
	strbuf_release(&got);
	strbuf_release(&want);
}

static void assert_decodes_at_every_split(const struct fixture *f)
{
	static const unsigned pieces[] = { 0, 1, 7, 200, 5000 };
	unsigned seed = (unsigned)time(NULL);

	for (size_t i = 0; i < COUNT(pieces); i++)
		if (pieces[i] != 1 || f->wire.len < 60000)
			assert_decodes(f, pieces[i], &seed);
}

/* The same stream as a server with other habits would frame it. */
static void assert_framing_is_no_matter(const struct fixture *f)
{
	struct fixture other = { .name = f->name, .root = f->root, .status = f->status };

	if (f->status != 200 || strncmp(strbuf_str(&f->wire), "data: ", 6) != 0 ||
	    strchr(f->wire.buf, '\r'))
		return;
	strbuf_addstr(&other.wire, "\xef\xbb\xbf: hello\r\n\r\n");
	for (const char *c = f->wire.buf; *c; c++) {
		if (*c == '\n')
			strbuf_addstr(&other.wire, "\r");
		strbuf_add(&other.wire, c, 1);
		if (*c == '\n' && c[1] == '\n')
			strbuf_addstr(&other.wire, ": still here\r\n");
	}
	assert_decodes_at_every_split(&other);
	strbuf_release(&other.wire);
}

static void fixture_load(struct fixture *f, const char *json_file)
{
	struct strbuf text = { 0 };
	struct error err = { 0 };

	*f = (struct fixture){ .name = json_file };
	if (!file_read(&text, json_file, LIMIT, &err) ||
	    !json_parse(&f->expected, strbuf_str(&text), text.len, &err))
		fail_msg("%s: %s", json_file, err.text);
	f->root = json_root(f->expected, "fixture");
	strbuf_release(&text);
}

static void fixture_check(struct fixture *f)
{
	assert_decodes_at_every_split(f);
	assert_framing_is_no_matter(f);
	json_free(f->expected);
	strbuf_release(&f->wire);
}

TEST(every_recorded_reply_is_understood_however_it_is_cut)
{
	struct strbuf dir = { 0 }, path = { 0 };
	struct dirent *entry;
	size_t checked = 0;
	DIR *open;

	strbuf_addf(&dir, "%s/tests/data/llm", getenv("srcdir") ? getenv("srcdir") : ".");
	open = opendir(strbuf_str(&dir));
	assert_non_null(open);
	while ((entry = readdir(open))) {
		const char *dot = strrchr(entry->d_name, '.');
		struct fixture f;
		struct error err;

		if (!dot || strcmp(dot, ".json") != 0)
			continue;
		strbuf_reset(&path);
		strbuf_addf(&path, "%s/%s", strbuf_str(&dir), entry->d_name);
		fixture_load(&f, strbuf_str(&path));
		f.status = (int)pick_count(&f.root, "status");
		path.len -= strlen(dot);
		strbuf_addstr(&path, ".wire");
		assert_true(file_read(&f.wire, strbuf_str(&path), LIMIT, &err));
		assert_int_equal(f.wire.len, pick_count(&f.root, "bytes"));
		fixture_check(&f);
		checked++;
	}
	closedir(open);
	assert_true(checked > 50);
	strbuf_release(&dir);
	strbuf_release(&path);
}

static void frame_chunks(struct fixture *f, const struct strbuf *chunks)
{
	struct json_at framing = json_key(&f->root, "framing");
	struct json_at done = json_key(&framing, "done");
	struct error err;
	bool is_done = false;

	for (const char *line = strbuf_str(chunks); *line;) {
		size_t len = strcspn(line, "\n");

		if (len) {
			strbuf_addstr(&f->wire, "data: ");
			strbuf_add(&f->wire, line, len);
			strbuf_addstr(&f->wire, "\n\n");
		}
		line += len + (line[len] == '\n');
	}
	if (json_bool(&is_done, &done, &err) && is_done)
		strbuf_addstr(&f->wire, "data: [DONE]\n\n");
}

/* False: it is another dialect's. */
static bool shared_fixture_load(struct fixture *f, const char *dir)
{
	struct strbuf path = { 0 }, data = { 0 };
	const char *file;
	struct error err;

	strbuf_addf(&path, "%s/expected.json", dir);
	fixture_load(f, strbuf_str(&path));
	if (strcmp(pick_text(&f->root, "dialect"), "openai") != 0) {
		json_free(f->expected);
		strbuf_release(&path);
		return false;
	}
	f->name = dir;
	f->status = (int)pick_count(&f->root, "http_status");
	file = pick_text(&f->root, "data");
	strbuf_reset(&path);
	strbuf_addf(&path, "%s/%s", dir, file);
	assert_true(file_read(&data, strbuf_str(&path), LIMIT, &err));
	if (!strcmp(file, "chunks.txt"))
		frame_chunks(f, &data);
	else
		strbuf_add(&f->wire, strbuf_str(&data), data.len);
	assert_int_equal(f->wire.len, pick_count(&f->root, "wire_bytes"));
	strbuf_release(&path);
	strbuf_release(&data);
	return true;
}

/* Recorded by others, so not ours to ship: read where they are, if they are there. */
TEST(every_reply_in_the_shared_collection_is_understood)
{
	const char *shared = getenv("LL3M_SHARED"), *srcdir = getenv("srcdir");
	struct strbuf root = { 0 }, dir = { 0 };
	struct dirent *entry;
	size_t checked = 0;
	DIR *open;

	if (shared)
		strbuf_addf(&root, "%s/fixtures/llm/public", shared);
	else
		strbuf_addf(&root, "%s/../../shared/fixtures/llm/public", srcdir ? srcdir : ".");
	open = opendir(strbuf_str(&root));
	if (!open) {
		strbuf_release(&root);
		skip();
	}
	while ((entry = readdir(open))) {
		struct fixture f;

		if (entry->d_name[0] == '.')
			continue;
		strbuf_reset(&dir);
		strbuf_addf(&dir, "%s/%s", strbuf_str(&root), entry->d_name);
		if (!shared_fixture_load(&f, strbuf_str(&dir)))
			continue;
		fixture_check(&f);
		checked++;
	}
	closedir(open);
	assert_true(checked > 20);
	strbuf_release(&root);
	strbuf_release(&dir);
}

TEST(an_event_of_many_thousand_bytes_arrives_whole)
{
	struct strbuf wire = { 0 }, text = { 0 };
	struct reader r = { 0 };

	strbuf_addstr(&wire, "data: {\"choices\":[{\"delta\":{\"content\":\"");
	for (int i = 0; i < 300000; i++)
		strbuf_addf(&text, "%c", 'a' + i % 26);
	strbuf_addstr(&wire, strbuf_str(&text));
	strbuf_addstr(&wire, "\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
	reader_start(&r, &openai, 200);
	for (size_t at = 0; at < wire.len; at += 1000)
		reader_feed(&r, wire.buf + at, wire.len - at < 1000 ? wire.len - at : 1000);
	reader_end(&r);
	assert_int_equal(r.draft.stop, DRAFT_STOP_END);
	assert_string_equal(strbuf_str(&r.draft.parts[0].text), strbuf_str(&text));
	reader_release(&r);
	strbuf_release(&wire);
	strbuf_release(&text);
}

TEST(a_web_page_is_called_one)
{
	static const char page[] = "<!doctype html><title>chat</title>";
	struct reader r = { 0 };

	reader_start(&r, &openai, 200);
	reader_feed(&r, page, sizeof(page) - 1);
	reader_end(&r);
	assert_int_equal(r.draft.trouble.kind, TROUBLE_PROTOCOL);
	assert_string_equal(strbuf_str(&r.draft.trouble.message), "a web page");
	reader_release(&r);
}

static void assert_thinks(const char *const *pieces, const char *reasoning, const char *text)
{
	struct draft d = { .split_thinking = true };
	struct strbuf joined = { 0 };

	for (; *pieces; pieces++)
		draft_add(&d, DRAFT_TEXT, *pieces, NULL);
	draft_finish(&d);
	draft_join(&joined, &d, DRAFT_REASONING);
	assert_string_equal(strbuf_str(&joined), reasoning);
	strbuf_reset(&joined);
	draft_join(&joined, &d, DRAFT_TEXT);
	assert_string_equal(strbuf_str(&joined), text);
	strbuf_release(&joined);
	draft_release(&d);
}

TEST(thoughts_in_tags_are_told_from_words_however_the_tags_are_cut)
{
	assert_thinks((const char *const[]){ "<think>hm</think>yes", NULL }, "hm", "yes");
	assert_thinks((const char *const[]){ "\n<th", "ink>h", "m <", "b> <</thi", "nk>yes", NULL },
	              "hm <b> <", "\nyes");
	assert_thinks((const char *const[]){ "a <think>b</think>", NULL }, "",
	              "a <think>b</think>");
	assert_thinks((const char *const[]){ "<thin", NULL }, "", "<thin");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_recorded_reply_is_understood_however_it_is_cut),
		cmocka_unit_test(every_reply_in_the_shared_collection_is_understood),
		cmocka_unit_test(an_event_of_many_thousand_bytes_arrives_whole),
		cmocka_unit_test(a_web_page_is_called_one),
		cmocka_unit_test(thoughts_in_tags_are_told_from_words_however_the_tags_are_cut),
	};

	return RUN_ALL(tests);
}
