#include "event/plan.h"

#include "event/documents.h"

static const struct field part_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct plan_part, name),
	  .help = "one lower-case word or two joined by _, as in build_NAME()" },
	{ "looks", FIELD_TEXT, offsetof(struct plan_part, looks),
	  .help = "its shape, in words a modeller can build from" },
	{ "size", FIELD_TEXT, offsetof(struct plan_part, size),
	  .help = "width x depth x height in metres" },
	{ "material", FIELD_TEXT, offsetof(struct plan_part, material), .optional = true,
	  .help = "colour, roughness, metal or not, texture" },
	{ "parent", FIELD_TEXT, offsetof(struct plan_part, parent), .optional = true,
	  .help = "the name of the part it is attached to; null for the root" },
	{ "relation", FIELD_TEXT, offsetof(struct plan_part, relation), .optional = true,
	  .help = "where and how it touches its parent" },
	{ 0 },
};
static const struct record_type part_type = { "part", sizeof(struct plan_part), part_fields };

static const struct field subtask_fields[] = {
	{ "title", FIELD_TEXT, offsetof(struct subtask, title), .help = "a few words" },
	{ "goal", FIELD_TEXT, offsetof(struct subtask, goal),
	  .help = "what the script must build after this step that it did not before" },
	{ "parts", FIELD_TEXTS, offsetof(struct subtask, parts), .optional = true,
	  .help = "names of the parts this step is about" },
	{ "search", FIELD_TEXTS, offsetof(struct subtask, search), .optional = true,
	  .help = search_help },
	{ 0 },
};
static const struct record_type subtask_type = { "subtask", sizeof(struct subtask),
	                                         subtask_fields };

static const struct field plan_fields[] = {
	{ "title", FIELD_TEXT, offsetof(struct plan, title), .help = "the asset in a few words" },
	{ "summary", FIELD_TEXT, offsetof(struct plan, summary),
	  .help = "what will be built, in two or three sentences" },
	{ "style", FIELD_TEXT, offsetof(struct plan, style), .optional = true,
	  .help = "realistic, low-poly, toy-like, worn ..." },
	{ "parts", FIELD_LIST, offsetof(struct plan, parts), .of = &part_type },
	{ "subtasks", FIELD_LIST, offsetof(struct plan, subtasks), .of = &subtask_type,
	  .help = "in the order they will be coded" },
	{ 0 },
};
const struct record_type plan_type = { "plan", sizeof(struct plan), plan_fields };
