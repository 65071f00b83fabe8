#include "session/library.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "data.h"
#include "scratch.h"
#include "test.h"

/* A Blender that is a shell script: it says hello, and then gives $REPLY to whatever is asked. */
#define HELLO                                                                                      \
	"{\\\"hello\\\":1,\\\"version\\\":\\\"4.3.2\\\",\\\"blender\\\":[4,3,2],"                  \
	"\\\"python\\\":\\\"3.13\\\",\\\"engines\\\":[],\\\"formats\\\":[],\\\"missing\\\":[],"    \
	"\\\"denoise\\\":false}"
#define BLENDER                                                                                    \
	"#!/bin/sh\n"                                                                              \
	"say() { printf '%s\\n%s' ${#1} \"$1\" >&3; }\n"                                           \
	"hear() { read -r size <&3; request=$(dd bs=1 count=$size <&3 2>/dev/null);"               \
	" id=${request##*\\\"id\\\":}; id=${id%%[,\\}]*}; }\n"                                     \
	"for desk; do :; done\n"                                                                   \
	"say \"" HELLO "\"\n"                                                                      \
	"while hear && [ \"$id\" ]; do\n"
#define TELLS                                                                                      \
	"cp %s \"$desk/api.json\"\n"                                                               \
	"say \"{\\\"id\\\":$id,\\\"ok\\\":true,\\\"path\\\":\\\"$desk/api.json\\\","               \
	"\\\"bytes\\\":1,\\\"files\\\":[],\\\"warnings\\\":[]}\"\n"
#define REFUSES                                                                                    \
	"say \"{\\\"id\\\":$id,\\\"ok\\\":false,\\\"error\\\":{\\\"kind\\\":\\\"failed\\\","       \
	"\\\"message\\\":\\\"no\\\"}}\"\n"

struct shelf {
	struct scratch dir;
	struct loop *loop;
	struct blender *blender;
	struct library *library;
	struct strbuf program, cache, data;
	struct library_options options;
	int answers, made;
	bool ok;
	char text[400];
};

static void on_library(void *ctx, const struct error *err)
{
	struct shelf *s = ctx;

	s->answers++;
	s->ok = !err;
	snprintf(s->text, sizeof(s->text), "%s", err ? err->text : "");
}

static void on_making(void *ctx, const char *version)
{
	struct shelf *s = ctx;

	s->made++;
	assert_string_equal(version, "4.3.2");
}

static void write_program(struct shelf *s, const char *deed)
{
	struct strbuf text = { 0 }, dump = { 0 };
	char absolute[4096];

	data_path(&dump, "api/small-4.3.json");
	assert_non_null(realpath(strbuf_str(&dump), absolute));
	strbuf_addstr(&text, BLENDER);
	if (!strcmp(deed, TELLS))
		strbuf_addf(&text, TELLS, absolute);
	else
		strbuf_addstr(&text, deed);
	strbuf_addstr(&text, "done\n");
	scratch_write(&s->dir, "blender", strbuf_str(&text));
	assert_int_equal(chmod(strbuf_str(&s->program), 0700), 0);
	strbuf_release(&text);
	strbuf_release(&dump);
}

/* Our own notes, in a folder of the test's own that it may add to. */
static void link_notes(struct shelf *s)
{
	const char *srcdir = getenv("srcdir");
	struct strbuf dir = { 0 }, from = { 0 }, name = { 0 };
	char absolute[4096];
	struct dirent *entry;
	DIR *entries;

	strbuf_addf(&dir, "%s/config/blender", srcdir ? srcdir : ".");
	assert_non_null(realpath(strbuf_str(&dir), absolute));
	assert_non_null(entries = opendir(absolute));
	while ((entry = readdir(entries))) {
		strbuf_reset(&from);
		strbuf_reset(&name);
		strbuf_addf(&from, "%s/%s", absolute, entry->d_name);
		strbuf_addf(&name, "data/%s", entry->d_name);
		if (entry->d_name[0] != '.')
			assert_int_equal(symlink(strbuf_str(&from),
			                         scratch_path(&s->dir, strbuf_str(&name))),
			                 0);
	}
	closedir(entries);
	strbuf_release(&dir);
	strbuf_release(&from);
	strbuf_release(&name);
}

static void setup(struct shelf *s, const char *deed)
{
	*s = (struct shelf){ .dir = scratch_new() };
	strbuf_addstr(&s->program, scratch_path(&s->dir, "blender"));
	strbuf_addstr(&s->cache, scratch_path(&s->dir, "api"));
	strbuf_addstr(&s->data, scratch_path(&s->dir, "data"));
	assert_int_equal(mkdir(strbuf_str(&s->data), 0700), 0);
	link_notes(s);
	s->options = (struct library_options){ .cache = strbuf_str(&s->cache),
		                               .data_dir = strbuf_str(&s->data),
		                               .making = on_making };
	write_program(s, deed);
}

static void shut(struct shelf *s)
{
	blender_close(s->blender);
	library_close(s->library);
	if (s->loop)
		loop_free(s->loop);
	s->blender = NULL;
	s->library = NULL;
	s->loop = NULL;
}

static void teardown(struct shelf *s)
{
	shut(s);
	strbuf_release(&s->program);
	strbuf_release(&s->cache);
	strbuf_release(&s->data);
	scratch_free(&s->dir);
}

/* Starts that Blender, and waits until its library is there or is not. */
static void open_library(struct shelf *s)
{
	struct blender_options o = { .sandbox = SANDBOX_OFF, .alone = true };
	int before = s->answers;
	struct error err;

	shut(s);
	s->loop = loop_new();
	o.program = strbuf_str(&s->program);
	o.worker_dir = s->dir.dir;
	assert_true(blender_open(&s->blender, s->loop, &o, &err));
	while (!blender_info(s->blender))
		assert_true(loop_turn(s->loop, -1));
	library_open(&s->library, s->loop, s->blender, &s->options, on_library, s);
	assert_int_equal(s->answers, before);
	while (s->answers == before)
		assert_true(loop_turn(s->loop, -1));
}

static bool find(struct shelf *s)
{
	struct strbuf file = { 0 };
	struct error err;
	bool found = library_find(&file, strbuf_str(&s->program), &s->options, &err);

	if (!found)
		assert_int_equal(err.code, ERR_CONFIG);
	strbuf_release(&file);
	return found;
}

TEST(an_index_is_made_once_and_found_the_next_time)
{
	struct shelf s;

	setup(&s, TELLS);
	assert_false(find(&s));
	open_library(&s);
	assert_string_equal(s.text, "");
	assert_int_equal(s.made, 1);
	assert_string_equal(rag_version(library_rag(s.library)), "4.3.2");
	assert_true(find(&s));
	open_library(&s);
	assert_true(s.ok);
	assert_int_equal(s.made, 1);
	s.options.anew = true;
	open_library(&s);
	assert_true(s.ok);
	assert_int_equal(s.made, 2);
	teardown(&s);
}

TEST(another_program_or_other_notes_make_it_anew)
{
	struct shelf s;

	setup(&s, TELLS);
	open_library(&s);
	write_program(&s, "# another\n");
	assert_false(find(&s));
	write_program(&s, TELLS);
	scratch_write(&s.dir, "data/more.yaml", "notes:\n");
	assert_false(find(&s));
	open_library(&s);
	assert_int_equal(s.made, 2);
	teardown(&s);
}

TEST(a_damaged_index_is_made_anew)
{
	struct shelf s;
	struct strbuf file = { 0 };
	struct error err;

	setup(&s, TELLS);
	open_library(&s);
	strbuf_addstr(&file, library_file(s.library));
	shut(&s);
	assert_true(file_write(strbuf_str(&file), "damaged", 7, &err));
	assert_false(find(&s));
	open_library(&s);
	assert_true(s.ok);
	assert_int_equal(s.made, 2);
	strbuf_release(&file);
	teardown(&s);
}

TEST(a_blender_that_cannot_tell_is_said)
{
	struct shelf s;

	setup(&s, REFUSES);
	open_library(&s);
	assert_false(s.ok);
	assert_non_null(strstr(s.text, "cannot tell"));
	assert_null(library_rag(s.library));
	assert_false(find(&s));
	teardown(&s);
}

TEST(closing_in_the_middle_is_silent)
{
	struct shelf s;
	struct blender_options o = { .sandbox = SANDBOX_OFF, .alone = true };
	struct error err;

	setup(&s, TELLS);
	s.loop = loop_new();
	o.program = strbuf_str(&s.program);
	o.worker_dir = s.dir.dir;
	assert_true(blender_open(&s.blender, s.loop, &o, &err));
	while (!blender_info(s.blender))
		assert_true(loop_turn(s.loop, -1));
	library_open(&s.library, s.loop, s.blender, &s.options, on_library, &s);
	shut(&s);
	assert_int_equal(s.answers, 0);
	teardown(&s);
}

TEST(only_the_last_four_are_kept)
{
	struct shelf s;
	struct strbuf name = { 0 };
	int left = 0;

	setup(&s, TELLS);
	assert_int_equal(mkdir(strbuf_str(&s.cache), 0700), 0);
	for (int i = 0; i < 6; i++) {
		strbuf_reset(&name);
		strbuf_addf(&name, "api/4.%d.0-0123456789abcdef.db", i);
		scratch_write(&s.dir, strbuf_str(&name), "old");
	}
	open_library(&s);
	assert_true(s.ok);
	for (int i = 0; i < 6; i++) {
		strbuf_reset(&name);
		strbuf_addf(&name, "api/4.%d.0-0123456789abcdef.db", i);
		left += access(scratch_path(&s.dir, strbuf_str(&name)), F_OK) == 0;
	}
	assert_in_range(left, 3, 4);
	assert_true(find(&s));
	strbuf_release(&name);
	teardown(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_index_is_made_once_and_found_the_next_time),
		cmocka_unit_test(another_program_or_other_notes_make_it_anew),
		cmocka_unit_test(a_damaged_index_is_made_anew),
		cmocka_unit_test(a_blender_that_cannot_tell_is_said),
		cmocka_unit_test(closing_in_the_middle_is_silent),
		cmocka_unit_test(only_the_last_four_are_kept),
	};

	return RUN_ALL(tests);
}
