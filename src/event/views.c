#include "event/views.h"

const char *const severity_names[] = { "low", "medium", "high", NULL };

static const struct field view_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct view, name) },
	{ "blob", FIELD_TEXT, offsetof(struct view, blob) },
	{ "width_px", FIELD_INT, offsetof(struct view, width_px) },
	{ "height_px", FIELD_INT, offsetof(struct view, height_px) },
	{ 0 },
};
static const struct record_type view_type = { "view", sizeof(struct view), view_fields };

static const struct field views_fields[] = {
	{ "script", FIELD_INT, offsetof(struct views, script) },
	{ "quality", FIELD_TEXT, offsetof(struct views, quality) },
	{ "engine", FIELD_TEXT, offsetof(struct views, engine), .optional = true },
	{ "took_ms", FIELD_INT, offsetof(struct views, took_ms) },
	{ "views", FIELD_LIST, offsetof(struct views, list), .of = &view_type },
	{ 0 },
};
const struct record_type views_type = { "views", sizeof(struct views), views_fields };

static const struct field fact_fields[] = {
	{ "part", FIELD_TEXT, offsetof(struct fact, part), .optional = true },
	{ "kind", FIELD_TEXT, offsetof(struct fact, kind) },
	{ "text", FIELD_TEXT, offsetof(struct fact, text) },
	{ "severity", FIELD_CHOICE, offsetof(struct fact, severity), .choices = severity_names,
	  .optional = true },
	{ 0 },
};
static const struct record_type fact_type = { "problem", sizeof(struct fact), fact_fields };

static const struct field facts_fields[] = {
	{ "script", FIELD_INT, offsetof(struct facts, script) },
	{ "blob", FIELD_TEXT, offsetof(struct facts, blob) },
	{ "objects", FIELD_INT, offsetof(struct facts, objects) },
	{ "faces", FIELD_INT, offsetof(struct facts, faces) },
	{ "size", FIELD_TEXT, offsetof(struct facts, size), .optional = true },
	{ "problems", FIELD_LIST, offsetof(struct facts, problems), .of = &fact_type,
	  .optional = true },
	{ 0 },
};
const struct record_type facts_type = { "facts", sizeof(struct facts), facts_fields };
