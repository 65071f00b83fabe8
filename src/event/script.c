#include "event/script.h"

const char *const purpose_names[] = {
	"none",     "plan",   "create", "repair", "refine", "guide",
	"critique", "verify", "read",   "hand",   "digest", NULL,
};

const char *const failure_names[] = {
	"error", "syntax", "timeout", "exit", "memory", "crash", "nothing", "names", NULL,
};

static const struct field written_fields[] = {
	{ "blob", FIELD_TEXT, offsetof(struct script_written, blob) },
	{ "from", FIELD_INT, offsetof(struct script_written, from), .optional = true },
	{ "purpose", FIELD_CHOICE, offsetof(struct script_written, purpose),
	  .choices = purpose_names },
	{ "subtask", FIELD_INT, offsetof(struct script_written, subtask), .optional = true },
	{ "whole", FIELD_BOOL, offsetof(struct script_written, whole), .optional = true },
	{ "added", FIELD_INT, offsetof(struct script_written, added), .optional = true },
	{ "removed", FIELD_INT, offsetof(struct script_written, removed), .optional = true },
	{ "note", FIELD_TEXT, offsetof(struct script_written, note), .optional = true },
	{ "search", FIELD_TEXTS, offsetof(struct script_written, search), .optional = true },
	{ 0 },
};
const struct record_type script_written_type = { "script", sizeof(struct script_written),
	                                         written_fields };

static const struct field built_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct built_part, name) },
	{ "type", FIELD_TEXT, offsetof(struct built_part, type) },
	{ "parent", FIELD_TEXT, offsetof(struct built_part, parent), .optional = true },
	{ "faces", FIELD_INT, offsetof(struct built_part, faces), .optional = true },
	{ "materials", FIELD_TEXTS, offsetof(struct built_part, materials), .optional = true },
	{ 0 },
};
const struct record_type built_part_type = { "object", sizeof(struct built_part), built_fields };

static const struct field ran_fields[] = {
	{ "script", FIELD_INT, offsetof(struct script_ran, script) },
	{ "took_ms", FIELD_INT, offsetof(struct script_ran, took_ms) },
	{ "objects", FIELD_INT, offsetof(struct script_ran, objects) },
	{ "faces", FIELD_INT, offsetof(struct script_ran, faces) },
	{ "parts", FIELD_LIST, offsetof(struct script_ran, parts), .of = &built_part_type,
	  .optional = true },
	{ "warnings", FIELD_TEXTS, offsetof(struct script_ran, warnings), .optional = true },
	{ "printed", FIELD_TEXT, offsetof(struct script_ran, printed), .optional = true },
	{ 0 },
};
const struct record_type script_ran_type = { "run", sizeof(struct script_ran), ran_fields };

static const struct field failed_fields[] = {
	{ "script", FIELD_INT, offsetof(struct script_failed, script) },
	{ "failure", FIELD_CHOICE, offsetof(struct script_failed, failure),
	  .choices = failure_names },
	{ "type", FIELD_TEXT, offsetof(struct script_failed, type), .optional = true },
	{ "message", FIELD_TEXT, offsetof(struct script_failed, message) },
	{ "line", FIELD_INT, offsetof(struct script_failed, line), .optional = true },
	{ "source", FIELD_TEXT, offsetof(struct script_failed, source), .optional = true },
	{ "traceback", FIELD_TEXT, offsetof(struct script_failed, traceback), .optional = true },
	{ "printed", FIELD_TEXT, offsetof(struct script_failed, printed), .optional = true },
	{ "took_ms", FIELD_INT, offsetof(struct script_failed, took_ms), .optional = true },
	{ "search", FIELD_TEXTS, offsetof(struct script_failed, search), .optional = true },
	{ 0 },
};
const struct record_type script_failed_type = { "failure", sizeof(struct script_failed),
	                                        failed_fields };
