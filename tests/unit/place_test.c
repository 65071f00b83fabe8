#include "cli/place.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <utime.h>

#include "base/file.h"
#include "scratch.h"

/* A data directory of our own. */
static struct scratch new_home(void)
{
	struct scratch s = scratch_new();

	setenv("XDG_DATA_HOME", s.dir, 1);
	assert_int_equal(mkdir(scratch_path(&s, "ll3m"), 0700), 0);
	return s;
}

static void add_session(struct scratch *s, const char *name, const char *events, time_t when)
{
	struct strbuf file = { 0 };
	struct utimbuf times = { when, when };

	strbuf_addf(&file, "ll3m/%s", name);
	assert_int_equal(mkdir(scratch_path(s, strbuf_str(&file)), 0700), 0);
	strbuf_addstr(&file, "/events.jsonl");
	scratch_write(s, strbuf_str(&file), events);
	assert_int_equal(utime(scratch_path(s, strbuf_str(&file)), &times), 0);
	strbuf_release(&file);
}

TEST(sessions_are_listed_the_latest_first_and_nothing_else_is)
{
	struct scratch s = new_home();
	struct places places;
	struct error err;

	add_session(&s, "old", "x\n", 1000);
	add_session(&s, "new", "x\n", 3000);
	add_session(&s, "middle", "x\n", 2000);
	scratch_write(&s, "ll3m/file", "");
	assert_int_equal(mkdir(scratch_path(&s, "ll3m/empty"), 0700), 0);
	assert_true(places_read(&places, &err));
	assert_int_equal(places.count, 3);
	assert_string_equal(places.items[0].name, "new");
	assert_int_equal(places.items[0].changed_ms, 3000000);
	assert_string_equal(places.items[2].name, "old");
	places_release(&places);
	scratch_free(&s);
}

TEST(no_data_directory_is_no_session_and_no_failure)
{
	struct scratch s = scratch_new();
	struct places places;
	struct error err;

	setenv("XDG_DATA_HOME", s.dir, 1);
	assert_true(places_read(&places, &err));
	assert_int_equal(places.count, 0);
	places_release(&places);
	scratch_free(&s);
}

TEST(a_name_that_is_nearly_one_is_told)
{
	struct scratch s = new_home();
	struct strbuf dir = { 0 };
	struct error err;

	add_session(&s, "bucket", "x\n", 1000);
	assert_true(place_find(&dir, "bucket", &err));
	assert_string_equal(strbuf_str(&dir), scratch_path(&s, "ll3m/bucket"));
	assert_false(place_find(&dir, "bukcet", &err));
	assert_string_equal(err.text, "there is no session \"bukcet\"; did you mean \"bucket\"?");
	assert_false(place_find(&dir, "..", &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_false(place_find(&dir, "./nowhere", &err));
	assert_string_equal(err.text, "./nowhere holds no session");
	strbuf_release(&dir);
	scratch_free(&s);
}

TEST(a_session_in_which_nothing_happened_leaves_its_name_free)
{
	struct scratch s = new_home();

	add_session(&s, "unused", "", 1000);
	add_session(&s, "used", "x\n", 1000);
	assert_false(place_is_taken(scratch_path(&s, "ll3m/unused")));
	assert_true(place_is_taken(scratch_path(&s, "ll3m/used")));
	assert_false(place_is_taken(scratch_path(&s, "ll3m/never")));
	scratch_free(&s);
}

TEST(what_is_in_the_way_gets_the_first_free_number)
{
	struct scratch s = new_home();
	struct strbuf moved = { 0 };
	struct error err;

	add_session(&s, "demo", "x\n", 1000);
	add_session(&s, "demo-1", "x\n", 1000);
	assert_true(place_move_aside(&moved, scratch_path(&s, "ll3m/demo"), &err));
	assert_string_equal(strbuf_str(&moved), scratch_path(&s, "ll3m/demo-2"));
	assert_int_equal(access(scratch_path(&s, "ll3m/demo-2/events.jsonl"), F_OK), 0);
	assert_int_not_equal(access(scratch_path(&s, "ll3m/demo"), F_OK), 0);
	strbuf_release(&moved);
	scratch_free(&s);
}

TEST(a_session_in_the_trash_is_no_session_and_is_never_lost)
{
	struct scratch s = new_home();
	struct strbuf moved = { 0 };
	struct places places;
	struct error err;

	for (int i = 0; i < 2; i++) {
		add_session(&s, "pot", "x\n", 1000);
		assert_true(place_trash(&moved, scratch_path(&s, "ll3m/pot"), &err));
	}
	assert_string_equal(strbuf_str(&moved), scratch_path(&s, "ll3m/.trash/pot-2"));
	assert_int_equal(access(scratch_path(&s, "ll3m/.trash/pot/events.jsonl"), F_OK), 0);
	assert_true(places_read(&places, &err));
	assert_int_equal(places.count, 0);
	places_release(&places);
	strbuf_release(&moved);
	scratch_free(&s);
}

TEST(what_somebody_has_open_is_not_thrown_away)
{
	struct scratch s = new_home();
	struct strbuf moved = { 0 };
	struct error err;
	int fd;

	add_session(&s, "pot", "x\n", 1000);
	scratch_write(&s, "ll3m/pot/lock", "");
	fd = open(scratch_path(&s, "ll3m/pot/lock"), O_RDWR);
	assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
	assert_false(place_trash(&moved, scratch_path(&s, "ll3m/pot"), &err));
	assert_non_null(strstr(err.text, "is open somewhere"));
	close(fd);
	assert_true(place_trash(&moved, scratch_path(&s, "ll3m/pot"), &err));
	strbuf_release(&moved);
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sessions_are_listed_the_latest_first_and_nothing_else_is),
		cmocka_unit_test(no_data_directory_is_no_session_and_no_failure),
		cmocka_unit_test(a_name_that_is_nearly_one_is_told),
		cmocka_unit_test(a_session_in_which_nothing_happened_leaves_its_name_free),
		cmocka_unit_test(what_is_in_the_way_gets_the_first_free_number),
		cmocka_unit_test(a_session_in_the_trash_is_no_session_and_is_never_lost),
		cmocka_unit_test(what_somebody_has_open_is_not_thrown_away),
	};

	return RUN_ALL(tests);
}
