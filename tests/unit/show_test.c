#include "cli/show.h"

#include <stdlib.h>
#include <string.h>

#include "data.h"
#include "scratch.h"

static const struct show_style terminal = { .is_tty = true, .width_cols = 80 };
static const struct show_style plain = { 0 };
static const struct show_style json = { .json = true };

/* The session in tests/data/bucket as `show` finds it. */
struct bucket {
	struct journal *journal;
	struct blobs *blobs;
	struct state state;
	struct history history;
	struct usage spent[ROLE_COUNT];
	struct strbuf out;
};

static void fold(const struct event *ev, void *ctx)
{
	state_apply(ctx, ev);
}

static struct bucket bucket_open(void)
{
	static const struct journal_options looking = { .read_only = true };
	struct bucket b = { 0 };
	struct strbuf path = { 0 };
	struct journal_report ignored;
	struct error err;

	data_path(&path, "bucket");
	assert_true(journal_open(&b.journal, path.buf, &looking, &ignored, &err));
	data_path(&path, "bucket/blobs");
	assert_true(blobs_open(&b.blobs, path.buf, &err));
	assert_true(journal_path(b.journal, journal_index(b.journal).head, fold, &b.state, &err));
	assert_true(history_read(&b.history, b.journal, &err));
	assert_true(history_spent(b.spent, b.journal, &err));
	strbuf_release(&path);
	return b;
}

static void bucket_close(struct bucket *b)
{
	journal_close(b->journal);
	blobs_close(b->blobs);
	state_release(&b->state);
	history_release(&b->history);
	strbuf_release(&b->out);
}

static void title(struct strbuf *out, const char *name)
{
	strbuf_addf(out, "%s### %s\n", out->len ? "\n" : "", name);
}

static void show_all(struct bucket *b, const struct show_style *style)
{
	struct metrics metrics;
	struct error err;

	title(&b->out, "script");
	assert_true(show_script(&b->out, &b->state, b->blobs, style, &err));
	title(&b->out, "transcript");
	show_transcript(&b->out, &b->state, style);
	title(&b->out, "plan");
	show_plan(&b->out, &b->state, style);
	title(&b->out, "events");
	assert_true(show_events(&b->out, b->journal, style, &err));
	title(&b->out, "steps");
	show_steps(&b->out, &b->history, style);
	title(&b->out, "cost");
	show_cost(&b->out, b->spent, style);
	title(&b->out, "metrics");
	assert_true(metrics_make(&metrics, &b->state, b->spent,
	                         "{\"complex\":7,\"simple\":3,\"loops\":1,\"functions\":4}", &err));
	show_metrics(&b->out, &metrics, style);
}

static void assert_shown(const char *file, const struct show_style *style)
{
	struct bucket b = bucket_open();
	struct strbuf path = { 0 }, expected = { 0 };
	struct error err;

	show_all(&b, style);
	data_path(&path, file);
	if (getenv("LL3M_RENEW"))
		assert_true(file_write(path.buf, b.out.buf, b.out.len, &err));
	data_read(&expected, file);
	assert_string_equal(b.out.buf, strbuf_str(&expected));
	strbuf_release(&path);
	strbuf_release(&expected);
	bucket_close(&b);
}

TEST(people_get_tables_as_wide_as_their_terminal)
{
	assert_shown("show/terminal.txt", &terminal);
}

TEST(programs_get_the_same_as_json)
{
	assert_shown("show/json.txt", &json);
}

TEST(every_table_of_programs_is_json)
{
	struct bucket b = bucket_open();
	struct json *value;
	struct error err;

	assert_true(show_events(&b.out, b.journal, &json, &err));
	assert_true(json_parse(&value, b.out.buf, b.out.len, &err));
	json_free(value);
	strbuf_reset(&b.out);
	show_steps(&b.out, &b.history, &json);
	assert_true(json_parse(&value, b.out.buf, b.out.len, &err));
	json_free(value);
	bucket_close(&b);
}

TEST(a_pipe_gets_the_script_as_it_is)
{
	struct bucket b = bucket_open();
	struct strbuf script = { 0 };
	struct error err;

	assert_true(show_script(&b.out, &b.state, b.blobs, &plain, &err));
	assert_true(blob_get(&script, b.blobs, b.state.accepted.blob, &err));
	assert_string_equal(b.out.buf, script.buf);
	strbuf_release(&script);
	bucket_close(&b);
}

TEST(where_nothing_was_accepted_there_is_nothing_to_show_and_it_is_said)
{
	struct bucket b = bucket_open();
	struct state empty = { 0 };
	struct history none = { 0 };
	struct error err;

	assert_false(show_script(&b.out, &empty, b.blobs, &plain, &err));
	assert_non_null(strstr(err.text, "no script yet"));
	show_plan(&b.out, &empty, &plain);
	show_steps(&b.out, &none, &plain);
	show_steps(&b.out, &none, &json);
	show_transcript(&b.out, &empty, &plain);
	assert_string_equal(b.out.buf, "There is no plan.\nNothing has been accepted yet.\n[]\n");
	bucket_close(&b);
}

static void assert_documents(struct journal *j, const struct show_style *style, const char *text)
{
	struct strbuf out = { 0 };
	struct error err;

	assert_true(show_documents(&out, j, style, &err));
	assert_string_equal(strbuf_str(&out), text);
	strbuf_release(&out);
}

TEST(documents_are_listed_with_their_scores_and_what_the_coder_read)
{
	struct scratch dir = scratch_new();
	const char *terms[] = { "bevel", "segments" };
	struct document list[] = {
		{ .ident = "bpy.types.Mesh",
		  .why = "the same name",
		  .terms = { terms, 2 },
		  .score = 1,
		  .is_packed = true },
		{ .ident = "note:\x1b[2J", .score = 0.25 },
	};
	struct event ev = { .kind = EV_DOCUMENTS_FOUND,
		            .role = ROLE_RETRIEVER,
		            .body.documents = { .purpose = PURPOSE_REPAIR, .list = { list, 2 } } };
	struct journal *j;
	struct journal_report ignored;
	struct error err;

	assert_true(journal_open(&j, dir.dir, &(struct journal_options){ 0 }, &ignored, &err));
	assert_documents(j, &plain, "Nothing has been found in the documentation.\n");
	assert_true(journal_add(j, &ev, &err));
	assert_documents(
		j, &plain,
		"event  for     score  read  document        why            words\n"
		"    1  repair   1.00  yes   bpy.types.Mesh  the same name  bevel, segments\n"
		"    1  repair   0.25  no    note:\\x1b[2J    -\n");
	assert_documents(
		j, &json,
		"[\n{\"event\":1,\"purpose\":\"repair\",\"wanted\":false,\"score\":1.00,"
		"\"packed\":true,\"ident\":\"bpy.types.Mesh\",\"why\":\"the same name\","
		"\"terms\":\"bevel, segments\"},\n{\"event\":1,\"purpose\":\"repair\",\"wanted\":false,\"score\":0.25,\"packed\":false,\"ident\":\"note:\\u001b[2J\",\"why\":null,\"terms\":\"\"}\n]\n");
	journal_close(j);
	scratch_free(&dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(people_get_tables_as_wide_as_their_terminal),
		cmocka_unit_test(programs_get_the_same_as_json),
		cmocka_unit_test(every_table_of_programs_is_json),
		cmocka_unit_test(documents_are_listed_with_their_scores_and_what_the_coder_read),
		cmocka_unit_test(a_pipe_gets_the_script_as_it_is),
		cmocka_unit_test(
			where_nothing_was_accepted_there_is_nothing_to_show_and_it_is_said),
	};

	return RUN_ALL(tests);
}
