#include "rag/notes.h"

#include <stdlib.h>

#include "base/options.h"

static const struct field note_fields[] = {
	{ "id", FIELD_TEXT, offsetof(struct note, id) },
	{ "gone", FIELD_TEXTS, offsetof(struct note, gone), .optional = true },
	{ "since", FIELD_TEXT, offsetof(struct note, since), .optional = true },
	{ "until", FIELD_TEXT, offsetof(struct note, until), .optional = true },
	{ "now", FIELD_TEXTS, offsetof(struct note, now) },
	{ "text", FIELD_TEXT, offsetof(struct note, text) },
	{ 0 },
};

static const struct record_type note_type = { "note", sizeof(struct note), note_fields };

static const struct field notes_fields[] = {
	{ "notes", FIELD_MAP, offsetof(struct notes, notes), .of = &note_type },
	{ 0 },
};

const struct record_type notes_type = { "notes", sizeof(struct notes), notes_fields };

bool notes_read(struct notes *out, const char *file, struct error *err)
{
	record_release(&notes_type, out);
	return options_read_file(out, &notes_type, file, err);
}

/* By major and minor: a fact is never about a bug fix release. */
static int compare_versions(const char *a, const char *b)
{
	char *a_end, *b_end;
	long major = strtol(a, &a_end, 10) - strtol(b, &b_end, 10);
	long a_minor = *a_end == '.' ? strtol(a_end + 1, NULL, 10) : 0;
	long b_minor = *b_end == '.' ? strtol(b_end + 1, NULL, 10) : 0;
	long order = major ? major : a_minor - b_minor;

	return order < 0 ? -1 : order > 0;
}

bool note_is_about(const struct note *note, const char *version)
{
	return (!note->since || compare_versions(version, note->since) >= 0) &&
	       (!note->until || compare_versions(version, note->until) < 0);
}
