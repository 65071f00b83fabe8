#ifndef BASE_RECORD_H
#define BASE_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/json.h"
#include "base/strbuf.h"

/*
 * Structs described by rows.
 *
 * One table says what a struct holds; from it the struct is read out of JSON (with errors that
 * name the path), written as JSON, copied, released, and described to a language model as a JSON
 * Schema. Events, plans, critiques and what Blender answers are all records, so how they look on
 * disk, on the wire and in a prompt cannot drift apart.
 *
 * All zeros is an empty record: NULL texts, empty lists. Text is `const char *` whether it is
 * borrowed or owned; record_read() and record_copy() make records that own all they point to.
 */
enum field_type {
	FIELD_TEXT,   /* const char * */
	FIELD_INT,    /* int64_t */
	FIELD_REAL,   /* double */
	FIELD_BOOL,   /* bool */
	FIELD_CHOICE, /* an enum whose values have `choices` for names */
	FIELD_TEXTS,  /* LIST_OF(const char *) */
	FIELD_LIST,   /* LIST_OF(struct of the type `of`) */
	FIELD_RECORD, /* a struct of the type `of`, in place */
	FIELD_JSON,   /* const char *: any value, kept as JSON text */
	FIELD_MAP,    /* as FIELD_LIST; in JSON an object, whose keys are the items' names */
};

struct record_type;

struct field {
	const char *name;
	enum field_type type;
	size_t offset;
	bool optional;              /* may be absent or null; is all zeros then */
	const char *const *choices; /* NULL-terminated */
	const struct record_type *of;
	double min, max;  /* of a number; 0, 0: any */
	const char *help; /* for the model that fills it in, and for doc/ */
};

struct record_type {
	const char *name;
	size_t size;
	const struct field *fields; /* ends with a NULL name; in a FIELD_MAP the first is the
	                               item's name, a FIELD_TEXT, and is not repeated in JSON */
};

#define LIST_OF(type)                                                                              \
	struct {                                                                                   \
		type *items;                                                                       \
		size_t count;                                                                      \
	}

typedef LIST_OF(const char *) text_list;

void texts_add(text_list *list, const char *text); /* a copy of it */
void texts_release(text_list *list);

/* Unknown keys are skipped; a number where text belongs is taken as text. *out is all zeros
 * again on failure. */
bool record_read(void *out, const struct record_type *type, const struct json_at *at,
                 struct error *err);
void record_write(struct strbuf *out, const struct record_type *type, const void *record);
void record_copy(void *to, const struct record_type *type, const void *from);
void record_release(const struct record_type *type, void *record);
void record_schema(struct strbuf *out, const struct record_type *type);

/* For other readers of the same rows. */
void *field_at(const struct field *f, const void *record);
const char *field_text(const struct field *f, const void *record);
size_t field_count(const struct field *f, const void *record); /* items of any kind of list */
void *field_item(const struct field *f, const void *record, size_t i); /* not of FIELD_TEXTS */
void field_clear(const struct field *f, void *record); /* release it; all zeros again */
bool field_is_bounded(const struct field *f);
bool field_allows(const struct field *f, double number);
int field_choice(const struct field *f, const char *word);     /* -1: none; case and - _ forgiven */
void field_choices(struct strbuf *out, const struct field *f); /* "matt, glossy" */
void field_range(struct strbuf *out, const struct field *f);   /* "0.1 to 5", "1 or more" */

#endif
