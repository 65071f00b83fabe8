#ifndef BASE_YAML_H
#define BASE_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/*
 * The part of YAML that settings need, on top of libyaml: maps, lists and text, each with the
 * place it stands at. What a text means is for those to say who know what they expect, so a
 * version 1.10 stays 1.10 and a country code NO stays NO.
 *
 * Files may be hostile: anchors, aliases and tags are refused, a key may stand in a map once, and
 * size, depth and the number of keys are bounded.
 */
enum yaml_kind {
	YAML_TEXT,
	YAML_LIST,
	YAML_MAP,
};

struct yaml_value {
	enum yaml_kind kind;
	bool quoted; /* text that was written as text, so never a number or nothing */
	int line, column;
	char *key; /* in a map: what it stands under, and where that is; else NULL */
	int key_line, key_column;
	char *text;
	struct yaml_value *items; /* of a list or a map */
	size_t count;
};

#define YAML_MOST_BYTES     (1u << 20)
#define YAML_MOST_KEY_BYTES 160 /* written in escapes it still is a key: libyaml allows 1024 */

/* Complaints (ERR_CONFIG) begin with "where:line:column: ". An empty document is an empty text. */
bool yaml_value_parse(struct yaml_value *out, const char *text, size_t len, const char *where,
                      struct error *err);
void yaml_value_release(struct yaml_value *value);

/* Nothing was written, or ~, or null: not the same as an empty text in quotes. */
bool yaml_value_is_null(const struct yaml_value *value);

#endif
