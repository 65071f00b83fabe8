#ifndef RAG_NOTES_H
#define RAG_NOTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/record.h"

/* One fact about what moved between Blenders: config/blender/notes.yaml, which says how to write
 * one. */
struct note {
	const char *id;
	text_list gone;    /* names that are missing, as past_find_ident() reads them */
	const char *since; /* "4.1": the first Blender it is true of; NULL: from the beginning */
	const char *until; /* the first one it is no longer true of; NULL: none */
	text_list now;     /* names that are right */
	const char *text;
};

struct notes {
	LIST_OF(struct note) notes;
};

extern const struct record_type notes_type; /* release with record_release() */

bool notes_read(struct notes *out, const char *file, struct error *err);

/* Whether it is true of this Blender: "4.3.2", "5.2.2 LTS", "4.1". */
bool note_is_about(const struct note *note, const char *version);

#endif
