#ifndef CLI_DOCS_H
#define CLI_DOCS_H

#include <stdbool.h>

#include "base/error.h"
#include "base/json.h"
#include "cli/args.h"

/* What docs.c lists and docs_add.c does: the user's own documentation, and names.tsv. */
bool docs_add(const struct args *args, struct error *err);
bool docs_remove(const struct args *args, struct error *err);
bool docs_names(const struct args *args, struct error *err);

/* The folders that were added, a line each, or as a list in JSON. */
bool docs_print_folders(struct error *err);
bool docs_put_folders(struct json *object, struct error *err);

/* Text that may come from anywhere, as plain lines. */
void docs_print(const char *text);

#endif
