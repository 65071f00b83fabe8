#include "rag/recipes.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "rag/past.h"
#include "rag/rag.h"
#include "rag/schema.h"
#include "scratch.h"
#include "test.h"

/* Two of them shall fit into a context of 1500 tokens beside the entries they go with. */
#define MOST_TITLE_BYTES  60
#define FEWEST_TEXT_BYTES 40
#define MOST_TEXT_BYTES   320
#define MOST_CODE_BYTES   1450
#define MOST_CODE_LINES   52
#define MOST_LINE_BYTES   120
#define MOST_TOKENS       620 /* by our estimate, which is on the high side */
#define FEWEST_WORDS      7
#define FEWEST_RECIPES    50

static const char tube[] = "\"\"\"Tube: a curve with depth\n"
			   "\n"
			   "For pipes,\n"
			   "and for rails.\n"
			   "\"\"\"\n"
			   "# words: tube, pipe ,  wire\n"
			   "# idents: bpy.types.Curve.bevel_depth\n"
			   "# later: what nobody knows yet\n"
			   "# ran: 3.4 4.3\n"
			   "# closed: yes\n"
			   "\n"
			   "import bpy\n"
			   "\n"
			   "build()\n"
			   "# For the picture:\n"
			   "import bmesh\n";

static void load(struct recipes *out)
{
	struct strbuf dir = { 0 };
	struct error err;

	assert_true(path_shared(&dir, "config/blender/recipes", &err));
	assert_true(recipes_load(out, strbuf_str(&dir), &err));
	strbuf_release(&dir);
}

TEST(a_recipe_is_read_part_by_part)
{
	struct recipe r;
	struct error err;

	assert_true(recipe_read(&r, "tube", text_span(tube), &err));
	assert_string_equal(r.name, "tube");
	assert_string_equal(r.title, "Tube: a curve with depth");
	assert_string_equal(r.text, "For pipes,\nand for rails.");
	assert_int_equal(r.words.count, 3);
	assert_string_equal(r.words.items[1], "pipe");
	assert_string_equal(r.words.items[2], "wire");
	assert_int_equal(r.idents.count, 1);
	assert_int_equal(r.ran.count, 2);
	assert_true(r.is_closed);
	assert_string_equal(r.code, "import bpy\n\nbuild()\n");
	record_release(&recipe_type, &r);
}

TEST(what_a_recipe_lacks_is_said)
{
	static const struct {
		const char *file, *says;
	} cases[] = {
		{ "", "title" },
		{ "import bpy\n", "title" },
		{ "\"\"\"", "title" },
		{ "\"\"\"Tube\"", "when to use" },
		{ "\"\"\"Tube\n\n\"\"\"\n# words: a\n# ran: 3.4\nx\n", "when to use" },
		{ "\"\"\"Tube\n\nFor it.\n\"\"\"\n# ran: 3.4\nx\n", "# words" },
		{ "\"\"\"Tube\n\nFor it.\n\"\"\"\n# words: , ,\n# ran: 3.4\nx\n", "# words" },
		{ "\"\"\"Tube\n\nFor it.\n\"\"\"\n# words: a\nx\n", "# ran" },
		{ "\"\"\"Tube\n\nFor it.\n\"\"\"\n# words: a\n# ran: 3.4\n\n", "code" },
		{ "\"\"\"Tube\n\nFor it.\n\"\"\"\n# words: a\n# ran: 3.4\n# For the picture:\nx\n",
		  "code" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct recipe r;
		struct error err;

		assert_false(recipe_read(&r, "tube", text_span(cases[i].file), &err));
		assert_non_null(strstr(err.text, cases[i].says));
		assert_null(r.name);
	}
}

/* Wherever a file is cut, reading it ends, and stays within what is left. */
TEST(a_cut_recipe_is_read_or_refused)
{
	for (size_t len = 0; len < strlen(tube); len++) {
		char *part =
			malloc(len ? len : 1); /* a copy, so that a look behind it is noticed */
		struct recipe r;
		struct error err;

		assert_non_null(part);
		memcpy(part, tube, len);
		if (recipe_read(&r, "tube", (struct text_span){ part, len }, &err))
			record_release(&recipe_type, &r);
		free(part);
	}
}

TEST(only_python_files_of_a_folder_are_recipes)
{
	struct scratch s = scratch_new();
	struct recipes all;
	struct error err;

	scratch_write(&s, "b.py", tube);
	scratch_write(&s, "a.py", tube);
	scratch_write(&s, "README.md", "no recipe");
	scratch_write(&s, ".hidden.py", "no recipe");
	assert_true(recipes_load(&all, s.dir, &err));
	assert_int_equal(all.list.count, 2);
	assert_string_equal(all.list.items[0].name, "a");
	record_release(&recipes_type, &all);
	scratch_write(&s, "c.py", "print('no recipe')\n");
	assert_false(recipes_load(&all, s.dir, &err));
	assert_non_null(strstr(err.text, "recipe c lacks"));
	assert_int_equal(all.list.count, 0);
	scratch_free(&s);
}

TEST(a_recipe_suits_what_it_was_tried_in_and_what_came_later)
{
	struct recipe r;
	struct error err;

	assert_true(recipe_read(&r, "tube", text_span(tube), &err));
	assert_true(recipe_suits(&r, "3.4.1"));
	assert_true(recipe_suits(&r, "3.6.0"));
	assert_true(recipe_suits(&r, "5.2.2"));
	assert_true(recipe_suits(&r, "3.10"));
	assert_false(recipe_suits(&r, "3.3.21"));
	assert_false(recipe_suits(&r, "2.93"));
	assert_false(recipe_suits(&r, ""));
	record_release(&recipe_type, &r);
}

static struct db *index_tube(struct scratch *s, const char *version)
{
	struct error err;
	struct stmt *q;
	struct db *db;

	assert_int_equal(mkdir(scratch_path(s, "recipes"), 0700), 0);
	scratch_write(s, "recipes/tube.py", tube);
	scratch_write(s, "a.db", "");
	assert_true(db_create(&db, scratch_path(s, "a.db"), &err));
	assert_true(schema_make(db, &err));
	q = db_ask(db, "INSERT INTO meta VALUES('version', ?1)");
	stmt_bind(q, 1, version);
	assert_true(stmt_done(q));
	assert_true(recipes_add(db, s->dir, &err));
	return db;
}

TEST(an_index_finds_a_recipe_by_its_words_and_holds_its_code)
{
	struct scratch s = scratch_new();
	struct db *db = index_tube(&s, "4.3.2");
	struct stmt *q = db_ask(db, "SELECT e.ident, r.code, r.idents FROM example x "
	                            "JOIN entry e ON e.id = x.rowid "
	                            "JOIN recipe r ON r.entry = e.id WHERE example MATCH 'wires'");

	assert_true(stmt_next(q));
	assert_string_equal(stmt_text(q, 0), "recipe:tube");
	assert_string_equal(stmt_text(q, 1),
	                    "# For pipes,\n# and for rails.\nimport bpy\n\nbuild()\n");
	assert_string_equal(stmt_text(q, 2), "bpy.types.Curve.bevel_depth\n");
	stmt_end(q);
	db_close(db);
	scratch_free(&s);
}

TEST(an_older_blender_does_not_see_it)
{
	struct scratch s = scratch_new();
	struct db *db = index_tube(&s, "2.83.0");
	struct stmt *q = db_ask(db, "SELECT * FROM recipe");

	assert_false(stmt_next(q));
	stmt_end(q);
	db_close(db);
	scratch_free(&s);
}

static size_t longest_line(const char *text)
{
	struct text_span rest = text_span(text), line;
	size_t longest = 0;

	while (text_next_line(&line, &rest))
		longest = line.len > longest ? line.len : longest;
	return longest;
}

static size_t count_lines(const char *text)
{
	struct text_span rest = text_span(text), line;
	size_t count = 0;

	while (text_next_line(&line, &rest))
		count++;
	return count;
}

static const char *fault_of(const struct recipe *r)
{
	const struct {
		bool is_bad;
		const char *what;
	} faults[] = {
		{ strlen(r->title) > MOST_TITLE_BYTES, "a long title" },
		{ strlen(r->text) < FEWEST_TEXT_BYTES, "hardly a text" },
		{ strlen(r->text) > MOST_TEXT_BYTES, "a long text" },
		{ strlen(r->code) > MOST_CODE_BYTES, "long code" },
		{ count_lines(r->code) > MOST_CODE_LINES, "many lines" },
		{ longest_line(r->code) > MOST_LINE_BYTES, "a long line" },
		{ rag_tokens(r->code) > MOST_TOKENS, "many tokens" },
		{ r->words.count < FEWEST_WORDS, "few words" },
		{ !r->idents.count, "no idents" },
		{ !strstr(r->code, "\ndef build_"), "no function build_..." },
		{ strstr(r->code, "bpy.ops.") != NULL, "an operator" },
		{ !text_is_utf8(r->code, strlen(r->code)), "bytes that are no UTF-8" },
	};

	for (size_t i = 0; i < COUNT(faults); i++)
		if (faults[i].is_bad)
			return faults[i].what;
	return NULL;
}

TEST(our_recipes_are_short_and_complete)
{
	struct recipes all;
	size_t bad = 0;

	load(&all);
	assert_true(all.list.count >= FEWEST_RECIPES);
	for (size_t i = 0; i < all.list.count; i++) {
		const char *fault = fault_of(&all.list.items[i]);

		if (fault)
			print_message("# %s has %s\n", all.list.items[i].name, fault);
		bad += fault != NULL;
	}
	assert_int_equal(bad, 0);
	record_release(&recipes_type, &all);
}

TEST(no_two_recipes_have_the_same_title)
{
	struct recipes all;

	load(&all);
	for (size_t i = 0; i < all.list.count; i++)
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(all.list.items[i].title, all.list.items[k].title);
	record_release(&recipes_type, &all);
}

static void load_past(struct past *out)
{
	struct strbuf file = { 0 };
	struct error err;

	assert_true(path_shared(&file, "config/blender/names.tsv", &err));
	assert_true(past_read(out, strbuf_str(&file), &err));
	strbuf_release(&file);
}

static unsigned where_it_ran(const struct past *past, const struct recipe *r)
{
	unsigned versions = 0;

	for (size_t i = 0; i < r->ran.count; i++)
		versions |= past_version(past, r->ran.items[i]);
	return versions;
}

TEST(every_blender_a_recipe_ran_in_has_the_names_it_is_about)
{
	struct past past = { 0 };
	struct recipes all;
	size_t bad = 0;

	load_past(&past);
	load(&all);
	for (size_t i = 0; i < all.list.count; i++) {
		const struct recipe *r = &all.list.items[i];
		unsigned ran = where_it_ran(&past, r);

		assert_int_not_equal(ran, 0);
		for (size_t k = 0; k < r->idents.count; k++) {
			if (!(ran & ~past_find_ident(&past, r->idents.items[k])))
				continue;
			print_message("# %s: %s\n", r->name, r->idents.items[k]);
			bad++;
		}
	}
	assert_int_equal(bad, 0);
	record_release(&recipes_type, &all);
	past_release(&past);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_recipe_is_read_part_by_part),
		cmocka_unit_test(what_a_recipe_lacks_is_said),
		cmocka_unit_test(a_cut_recipe_is_read_or_refused),
		cmocka_unit_test(only_python_files_of_a_folder_are_recipes),
		cmocka_unit_test(a_recipe_suits_what_it_was_tried_in_and_what_came_later),
		cmocka_unit_test(an_index_finds_a_recipe_by_its_words_and_holds_its_code),
		cmocka_unit_test(an_older_blender_does_not_see_it),
		cmocka_unit_test(our_recipes_are_short_and_complete),
		cmocka_unit_test(no_two_recipes_have_the_same_title),
		cmocka_unit_test(every_blender_a_recipe_ran_in_has_the_names_it_is_about),
	};

	return RUN_ALL(tests);
}
