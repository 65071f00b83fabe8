#ifndef BASE_OPTIONS_APPLY_H
#define BASE_OPTIONS_APPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/record.h"
#include "base/yaml.h"

/*
 * The inside of base/options: one value of a file, variable or flag into one row's place. Only
 * options*.c include this.
 */

/* Where we are, on the stack, so that a complaint can say all of it. */
struct spot {
	const char *where;     /* the file, variable or flag */
	const struct spot *up; /* NULL: the whole */
	const char *name;      /* in `up` */
	const struct yaml_value *value;
};

/* Fail with "where:line:column: path: ...". Always false. */
bool spot_failed(const struct spot *at, struct error *err, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* Fail: there is no such key among `fields`; line 0: the place is not known. Always false. */
bool options_unknown(const struct spot *in, const struct field *fields, const char *key, int line,
                     int column, struct error *err);

bool options_apply(void *record, const struct field *f, const struct spot *at, struct error *err);

/* Every key of a map. */
bool options_apply_all(void *record, const struct field *fields, const struct spot *at,
                       struct error *err);

const struct field *field_named(const struct field *fields, const char *name); /* or NULL */

/* The item of a FIELD_MAP, new if there was none; NULL: no item may be called so. */
void *field_item_named(void *record, const struct field *f, const char *name);

#endif
