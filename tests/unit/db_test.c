#include "rag/db.h"

#include "rag/schema.h"
#include "scratch.h"
#include "test.h"

static struct db *make(struct scratch *s)
{
	struct db *db;
	struct error err;

	scratch_write(s, "a.db", "");
	assert_true(db_create(&db, scratch_path(s, "a.db"), &err));
	assert_true(schema_make(db, &err));
	return db;
}

static void add_entry(struct db *db, int64_t id, const char *ident, const char *summary)
{
	struct stmt *q = db_ask(db, "INSERT INTO entry(id, ident, summary) VALUES(?1, ?2, ?3)");

	stmt_bind_int(q, 1, id);
	stmt_bind(q, 2, ident);
	stmt_bind(q, 3, summary);
	assert_true(stmt_done(q));
	q = db_ask(db, "INSERT INTO f(rowid, ident, summary) VALUES(?1, ?2, ?3)");
	stmt_bind_int(q, 1, id);
	stmt_bind(q, 2, ident);
	stmt_bind(q, 3, summary);
	assert_true(stmt_done(q));
}

static int64_t search(struct db *db, const char *words)
{
	struct stmt *q = db_ask(db, "SELECT rowid FROM f WHERE f MATCH ?1 LIMIT 1");
	int64_t found = 0;

	stmt_bind(q, 1, words);
	if (stmt_next(q))
		found = stmt_int(q, 0);
	stmt_end(q);
	return found;
}

TEST(an_index_finds_names_by_their_parts_and_words_by_their_stems)
{
	struct scratch s = scratch_new();
	struct db *db = make(&s);
	struct error err;

	add_entry(db, 7, "bpy.types.BevelModifier", "Round the edges of a mesh");
	assert_true(schema_finish(db, &err));
	db_close(db);
	assert_true(db_open(&db, scratch_path(&s, "a.db"), &err));
	assert_int_equal(search(db, "bevel"), 7);
	assert_int_equal(search(db, "rounded"), 7);
	assert_int_equal(search(db, "bevelmodifier"), 7);
	assert_int_equal(search(db, "subsurf"), 0);
	assert_true(db_ok(db, &err));
	db_close(db);
	scratch_free(&s);
}

TEST(the_first_trouble_is_kept_until_somebody_asks)
{
	struct scratch s = scratch_new();
	struct db *db = make(&s);
	struct stmt *q = db_ask(db, "SELECT name FROM nowhere");
	struct error err;

	assert_false(stmt_next(q));
	stmt_end(q);
	q = db_ask(db, "SELECT 1");
	assert_false(stmt_next(q));
	stmt_end(q);
	assert_false(db_ok(db, &err));
	assert_non_null(strstr(err.text, "nowhere"));
	assert_true(db_ok(db, &err));
	q = db_ask(db, "SELECT 1");
	assert_true(stmt_next(q));
	stmt_end(q);
	db_close(db);
	scratch_free(&s);
}

TEST(questions_may_nest)
{
	static const char count[] = "SELECT value FROM (SELECT 1 AS value UNION SELECT 2)";
	struct scratch s = scratch_new();
	struct db *db = make(&s);
	struct stmt *outer = db_ask(db, count), *inner;
	int rows = 0;
	struct error err;

	while (stmt_next(outer)) {
		for (inner = db_ask(db, count); stmt_next(inner);)
			rows++;
		stmt_end(inner);
	}
	stmt_end(outer);
	assert_int_equal(rows, 4);
	assert_true(db_ok(db, &err));
	db_close(db);
	scratch_free(&s);
}

TEST(a_file_that_is_no_database_is_said_to_be_damaged)
{
	struct scratch s = scratch_new();
	struct db *db = NULL;
	struct error err;
	char text[5000];

	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	scratch_write(&s, "a.db", text);
	if (db_open(&db, scratch_path(&s, "a.db"), &err)) {
		search(db, "bevel");
		assert_false(db_ok(db, &err));
		db_close(db);
	}
	assert_int_equal(err.code, ERR_CONFIG);
	assert_non_null(strstr(err.text, "damaged"));
	scratch_free(&s);
}

TEST(an_index_is_only_read)
{
	struct scratch s = scratch_new();
	struct db *db = make(&s);
	struct error err;

	db_close(db);
	assert_true(db_open(&db, scratch_path(&s, "a.db"), &err));
	assert_false(db_run(db, "DELETE FROM entry", &err));
	db_close(db);
	scratch_free(&s);
}

TEST(a_file_that_is_not_there_is_the_machines_trouble)
{
	struct db *db;
	struct error err;

	assert_false(db_open(&db, "/nonexistent/a.db", &err));
	assert_int_equal(err.code, ERR_IO);
}

TEST(a_question_without_end_is_stopped)
{
	struct scratch s = scratch_new();
	struct db *db = make(&s);
	struct stmt *q;
	struct error err;

	db_close(db);
	assert_true(db_open(&db, scratch_path(&s, "a.db"), &err));
	q = db_ask(db, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
	               "SELECT count(*) FROM n");
	assert_false(stmt_next(q));
	stmt_end(q);
	assert_false(db_ok(db, &err));
	assert_int_equal(err.code, ERR_CONFIG);
	db_close(db);
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_index_finds_names_by_their_parts_and_words_by_their_stems),
		cmocka_unit_test(the_first_trouble_is_kept_until_somebody_asks),
		cmocka_unit_test(questions_may_nest),
		cmocka_unit_test(a_file_that_is_no_database_is_said_to_be_damaged),
		cmocka_unit_test(an_index_is_only_read),
		cmocka_unit_test(a_file_that_is_not_there_is_the_machines_trouble),
		cmocka_unit_test(a_question_without_end_is_stopped),
	};

	return RUN_ALL(tests);
}
