#ifndef BASE_OPTIONS_H
#define BASE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/record.h"
#include "base/strbuf.h"

/*
 * Settings in layers: our defaults, then the system's file, the user's, LL3M_* variables, flags.
 *
 * The struct is described by rows (base/record.h) and starts as all zeros. Every layer changes
 * only what it mentions; the items of a FIELD_MAP merge by name; a list is replaced as a whole;
 * ~ makes text, lists and maps empty again. A layer with a mistake in it changes nothing at all,
 * and the complaint (ERR_CONFIG) says where, what, and the nearest right name:
 *
 *     config.yaml:7:3: unknown key "timout_s" in blender; did you mean "timeout_s"?
 *
 * A row that is not `optional` matters only in the items of a FIELD_LIST, which are whole: any
 * other struct may get its values from several layers.
 */
bool options_read(void *settings, const struct record_type *type, const char *text, size_t len,
                  const char *where, struct error *err);
bool options_read_file(void *settings, const struct record_type *type, const char *file,
                       struct error *err);

/*
 * One value by its key, "blender.memory_mb" or "llm.endpoints.local.url". Text is taken as it is,
 * a list of texts may be "a, b" or YAML, and any other list, map or struct is YAML. `where` is what
 * the user wrote: a flag, a variable.
 */
bool options_set(void *settings, const struct record_type *type, const char *key, const char *value,
                 const char *where, struct error *err);

/*
 * Variables that begin with `prefix`: LL3M_BLENDER_MEMORY_MB is blender.memory_mb. One that is no
 * setting but nearly one is a mistake; others of the prefix are somebody else's.
 */
bool options_env(void *settings, const struct record_type *type, const char *prefix,
                 char *const *environment, struct error *err);

/* As a file that options_read() reads, with every row's help as a comment over it. */
void options_print(struct strbuf *out, const struct record_type *type, const void *settings);

#endif
