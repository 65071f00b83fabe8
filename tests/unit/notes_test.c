#include "rag/notes.h"

#include <string.h>

#include "base/path.h"
#include "rag/past.h"
#include "scratch.h"

#define FEWEST_NOTES    90
#define MOST_TEXT_BYTES 330 /* they are packed whole, several to an answer */

struct own {
	struct past past;
	struct notes notes;
};

static void own_read(struct own *own)
{
	struct strbuf file = { 0 };
	struct error err;

	*own = (struct own){ 0 };
	assert_true(path_shared(&file, "config/blender/names.tsv", &err));
	assert_true(past_read(&own->past, strbuf_str(&file), &err));
	assert_true(path_shared(&file, "config/blender/notes.yaml", &err));
	if (!notes_read(&own->notes, strbuf_str(&file), &err))
		fail_msg("%s", err.text);
	strbuf_release(&file);
}

static void own_release(struct own *own)
{
	past_release(&own->past);
	record_release(&notes_type, &own->notes);
}

/* The Blenders of names.tsv that a note is about. */
static unsigned versions_of(const struct own *own, const struct note *note)
{
	unsigned versions = 0;

	for (size_t i = 0; i < own->past.version_count; i++)
		if (note_is_about(note, own->past.versions[i]))
			versions |= 1u << i;
	return versions;
}

TEST(what_a_note_calls_gone_is_missing_where_it_is_true)
{
	struct own own;

	own_read(&own);
	for (size_t i = 0; i < own.notes.notes.count; i++) {
		const struct note *note = &own.notes.notes.items[i];

		for (size_t k = 0; k < note->gone.count; k++)
			if (past_find_ident(&own.past, note->gone.items[k]) &
			    versions_of(&own, note))
				fail_msg("%s: %s is there", note->id, note->gone.items[k]);
	}
	own_release(&own);
}

TEST(what_a_note_calls_gone_was_there_before_or_comes_after)
{
	struct own own;

	own_read(&own);
	for (size_t i = 0; i < own.notes.notes.count; i++) {
		const struct note *note = &own.notes.notes.items[i];
		bool older = !note_is_about(&(struct note){ .until = note->since },
		                            own.past.versions[0]);

		for (size_t k = 0; k < note->gone.count; k++)
			if (!older && note->since && versions_of(&own, note) &&
			    !past_find_ident(&own.past, note->gone.items[k]))
				fail_msg("%s: no Blender has %s", note->id, note->gone.items[k]);
	}
	own_release(&own);
}

TEST(what_a_note_says_is_right_is_there_in_all_its_blenders)
{
	struct own own;

	own_read(&own);
	for (size_t i = 0; i < own.notes.notes.count; i++) {
		const struct note *note = &own.notes.notes.items[i];
		unsigned versions = versions_of(&own, note);

		if (!note->now.count)
			fail_msg("%s: names nothing that is right", note->id);
		for (size_t k = 0; k < note->now.count; k++)
			if (versions & ~past_find_ident(&own.past, note->now.items[k]))
				fail_msg("%s: %s is not there", note->id, note->now.items[k]);
	}
	own_release(&own);
}

TEST(notes_are_many_short_and_true_of_some_blender)
{
	struct own own;

	own_read(&own);
	assert_true(own.notes.notes.count >= FEWEST_NOTES);
	for (size_t i = 0; i < own.notes.notes.count; i++) {
		const struct note *note = &own.notes.notes.items[i];
		size_t len = strlen(note->text);

		if (!versions_of(&own, note))
			fail_msg("%s: about no Blender of names.tsv", note->id);
		if (len > MOST_TEXT_BYTES || note->text[len - 1] != '.' || strchr(note->text, '\n'))
			fail_msg("%s: the text is long, broken or has no end", note->id);
	}
	own_release(&own);
}

TEST(a_note_is_true_from_one_release_up_to_another)
{
	struct note note = { .since = "4.2", .until = "5.0" };

	assert_false(note_is_about(&note, "3.10.0"));
	assert_false(note_is_about(&note, "4.1.1"));
	assert_true(note_is_about(&note, "4.2.0"));
	assert_true(note_is_about(&note, "4.10.0"));
	assert_false(note_is_about(&note, "5.0.0 Alpha"));
	note.until = NULL;
	assert_true(note_is_about(&note, "5.2.2 LTS"));
	note.since = NULL;
	assert_true(note_is_about(&note, "2.79"));
}

TEST(a_mistake_in_a_file_is_named_by_its_place)
{
	struct scratch scratch = scratch_new();
	struct notes notes = { 0 };
	struct error err;

	scratch_write(&scratch, "notes.yaml", "notes:\n  a:\n    txt: b\n");
	assert_false(notes_read(&notes, scratch_path(&scratch, "notes.yaml"), &err));
	assert_non_null(strstr(err.text, "notes.yaml:3:5"));
	scratch_free(&scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_note_calls_gone_is_missing_where_it_is_true),
		cmocka_unit_test(what_a_note_calls_gone_was_there_before_or_comes_after),
		cmocka_unit_test(what_a_note_says_is_right_is_there_in_all_its_blenders),
		cmocka_unit_test(notes_are_many_short_and_true_of_some_blender),
		cmocka_unit_test(a_note_is_true_from_one_release_up_to_another),
		cmocka_unit_test(a_mistake_in_a_file_is_named_by_its_place),
	};

	return RUN_ALL(tests);
}
