#ifndef EVENT_DOCUMENTS_H
#define EVENT_DOCUMENTS_H

#include <stdint.h>

#include "base/record.h"
#include "event/script.h"

/* One entry of what the Blender at hand says of itself, found for the coder. */
struct document {
	const char *ident; /* "bpy.types.SolidifyModifier", "note:...", "recipe:lathe" */
	const char *kind;  /* "class", "operator", "note" */
	const char *summary;
	const char *why; /* "the same name", "existed in 3.4" */
	text_list terms; /* the words that matched, if words did */
	double score;    /* the best has 1, or less where it is a guess */
	bool is_packed;  /* the coder reads it; the others were too long or too far off */
};

/* The answer to one look-up. No documents are an answer too, and `why` says how that came. */
struct documents {
	enum purpose
		purpose; /* what the coder needs them for; PURPOSE_NONE: nothing was looked up */
	bool was_wanted; /* the coder asked for them; else they come before each of its turns */
	text_list asked; /* the searches that were made */
	const char *version; /* of the Blender that all this is true of */
	const char *blob;    /* what the coder reads; NULL: nothing */
	int64_t tokens;      /* of that, at most */
	int64_t took_ms;
	const char *why; /* there are none */
	LIST_OF(struct document) list;
};

/* What the coder wants to look up before it writes. */
struct documents_wanted {
	text_list queries;
};

/* What the retriever made of the documents, to be read in their place. */
struct documents_read {
	const char *text;
};

extern const struct record_type documents_type, documents_wanted_type, documents_read_type;

/* What is said of `search` to the models that fill it in, in whichever record. */
extern const char search_help[];

#endif
