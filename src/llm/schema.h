#ifndef LLM_SCHEMA_H
#define LLM_SCHEMA_H

#include "base/json.h"

/*
 * Whether a value obeys a JSON Schema: its type, enum, required, properties, items and
 * additionalProperties, which is what our own schemas are made of. Everything else is allowed.
 * The failure names the path and what is wrong there.
 */
bool schema_check(const struct json_at *value, const struct json_at *schema, struct error *err);

#endif
