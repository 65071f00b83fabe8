#ifndef CLI_DOCS_CHECK_H
#define CLI_DOCS_CHECK_H

#include "cli/args.h"
#include "rag/rag.h"
#include "session/session.h"

/*
 * Looks up the names in scripts, args->words from the second on, and prints those that the Blender
 * of the index does not have. The Blender here only parses them. `wrong` counts what was found.
 */
bool docs_check(size_t *wrong, struct rag *rag, const struct settings *settings,
                const struct args *args, struct error *err);

#endif
