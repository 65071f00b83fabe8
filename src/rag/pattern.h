#ifndef RAG_PATTERN_H
#define RAG_PATTERN_H

#include <stdbool.h>

#include "base/text.h"

/*
 * Finding "'{owner}' object has no attribute '{name}'" in a text: words that must stand there, and
 * holes for what varies. A hole takes as little as it can and at least one byte; {owner}, {param}
 * and a hole that begins the pattern take only letters, digits, _ and dots. There is no going back
 * and no nesting, so a hostile text costs no more than its length times a small number.
 */
enum pattern_part {
	PART_NONE, /* {_}: anything, not kept */
	PART_OWNER,
	PART_NAME,
	PART_PARAM,
	PART_DETAIL,
	PART_LISTED,
	PART_COUNT,
};

/* What the holes took: borrowed from the text; NULL: the pattern has no such hole. */
struct pattern_parts {
	struct text_span part[PART_COUNT];
};

bool pattern_match(struct pattern_parts *out, const char *pattern, const char *text);

#endif
