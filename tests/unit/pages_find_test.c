#include <string.h>
#include <sys/stat.h>

#include "data.h"
#include "rag/rag.h"
#include "scratch.h"

/* A small Blender, and a folder of somebody's own documentation. */
struct desk {
	struct scratch scratch;
	struct rag *rag;
	struct rag_answer answer;
};

static void make_index(struct desk *d)
{
	struct strbuf dump = { 0 };
	struct rag_source source = { .key = "key" };
	struct error err;

	data_path(&dump, "api/small-4.3.json");
	source.dump = strbuf_str(&dump);
	assert_true(rag_build(scratch_path(&d->scratch, "index.db"), &source, &err));
	assert_true(rag_open(&d->rag, scratch_path(&d->scratch, "index.db"), &err));
	strbuf_release(&dump);
}

static void desk_open(struct desk *d, const char *name, const char *text)
{
	struct pages_report report;
	struct error err;
	char file[100];

	*d = (struct desk){ .scratch = scratch_new() };
	make_index(d);
	assert_int_equal(mkdir(scratch_path(&d->scratch, "docs"), 0700), 0);
	snprintf(file, sizeof(file), "docs/%s", name);
	scratch_write(&d->scratch, file, text);
	snprintf(file, sizeof(file), "%s/pages.db", d->scratch.dir);
	assert_true(pages_add(file, scratch_path(&d->scratch, "docs"), &report, &err));
	assert_true(rag_use_pages(d->rag, file, &err));
}

static void desk_close(struct desk *d)
{
	record_release(&rag_answer_type, &d->answer);
	rag_close(d->rag);
	scratch_free(&d->scratch);
}

static void desk_ask(struct desk *d, const char *text, size_t limit, size_t tokens)
{
	struct rag_question question = { .text = text, .limit = limit, .tokens = tokens };
	struct error err;

	if (!rag_ask(d->rag, &question, &d->answer, &err))
		fail_msg("%s", err.text);
}

static const struct rag_hit *find_page(const struct desk *d)
{
	for (size_t i = 0; i < d->answer.hits.count; i++)
		if (!strcmp(d->answer.hits.items[i].kind, "page"))
			return &d->answer.hits.items[i];
	return NULL;
}

static bool is_packed(const struct desk *d, const char *ident)
{
	for (size_t i = 0; i < d->answer.packed.count; i++)
		if (!strcmp(d->answer.packed.items[i], ident))
			return true;
	return false;
}

TEST(a_passage_with_the_words_is_found_and_packed)
{
	struct desk d;

	desk_open(&d, "house.md", "# Chairs\n## Legs\n\nOur chairs have turned legs of oak.\n");
	desk_ask(&d, "turned legs of chairs", 10, 600);
	assert_non_null(find_page(&d));
	assert_string_equal(find_page(&d)->ident, "doc:house.md#Chairs > Legs");
	assert_string_equal(find_page(&d)->summary, "Our chairs have turned legs of oak.");
	assert_true(is_packed(&d, "doc:house.md#Chairs > Legs"));
	assert_non_null(strstr(d.answer.context, "turned legs of oak"));
	assert_true(rag_tokens(d.answer.context) <= 600);
	desk_close(&d);
}

TEST(a_passage_that_shows_what_was_found_comes_with_it)
{
	struct desk d;

	desk_open(&d, "notes.rst",
	          "House rules\n===========\n\nNever widen by hand: set "
	          "``bpy.types.BevelModifier.width`` to two millimetres.\n");
	desk_ask(&d, "bpy.types.BevelModifier.width", 10, 1500);
	assert_non_null(find_page(&d));
	assert_string_equal(d.answer.hits.items[0].ident, "bpy.types.BevelModifier.width");
	assert_string_equal(find_page(&d)->ident, "doc:notes.rst#House rules");
	desk_close(&d);
}

TEST(a_page_that_says_no_more_than_the_entry_stays_out)
{
	struct desk d;

	desk_open(&d, "bpy.types.BevelModifier.html",
	          "<h1>BevelModifier</h1><dl><dt id=\"bpy.types.BevelModifier.width\">width</dt>"
	          "<dd><p>Bevel amount</p></dd></dl>");
	desk_ask(&d, "bpy.types.BevelModifier.width", 10, 1500);
	assert_null(find_page(&d));
	desk_close(&d);
}

TEST(what_has_few_of_the_words_is_about_something_else)
{
	struct desk d;

	desk_open(&d, "house.md", "# Soup\n\nA bowl needs width.\n");
	desk_ask(&d, "bevel modifier width segments", 10, 1500);
	assert_null(find_page(&d));
	desk_close(&d);
}

TEST(passages_keep_within_hits_and_tokens)
{
	struct strbuf text = { 0 };
	struct desk d;

	for (int i = 0; i < 9; i++) {
		strbuf_addf(&text, "# Part %d\n\n", i);
		for (int k = 0; k < 60; k++)
			strbuf_addstr(&text, "bevel modifier width, ");
		strbuf_addstr(&text, "\n\n");
	}
	desk_open(&d, "long.md", strbuf_str(&text));
	desk_ask(&d, "bevel modifier width", 4, 300);
	assert_true(d.answer.hits.count <= 4);
	assert_true(rag_tokens(d.answer.context) <= 300);
	for (size_t i = 1; i < d.answer.hits.count; i++)
		assert_true(d.answer.hits.items[i].score <= d.answer.hits.items[i - 1].score);
	desk_ask(&d, "bevel modifier width", 1, 300);
	assert_int_equal(d.answer.hits.count, 1);
	desk_close(&d);
	strbuf_release(&text);
}

TEST(no_documentation_is_no_failure_and_a_damaged_one_is)
{
	struct desk d;
	struct error err;

	desk_open(&d, "a.md", "words");
	assert_true(rag_use_pages(d.rag, scratch_path(&d.scratch, "nothing.db"), &err));
	desk_ask(&d, "bevel", 10, 300);
	assert_null(find_page(&d));
	scratch_write(&d.scratch, "broken.db", "this is no database, but long enough to be one");
	assert_false(rag_use_pages(d.rag, scratch_path(&d.scratch, "broken.db"), &err));
	assert_int_equal(err.code, ERR_CONFIG);
	desk_ask(&d, "bevel", 10, 300);
	desk_close(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_passage_with_the_words_is_found_and_packed),
		cmocka_unit_test(a_passage_that_shows_what_was_found_comes_with_it),
		cmocka_unit_test(a_page_that_says_no_more_than_the_entry_stays_out),
		cmocka_unit_test(what_has_few_of_the_words_is_about_something_else),
		cmocka_unit_test(passages_keep_within_hits_and_tokens),
		cmocka_unit_test(no_documentation_is_no_failure_and_a_damaged_one_is),
	};

	return RUN_ALL(tests);
}
