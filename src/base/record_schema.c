#include <math.h>
#include <string.h>

#include "base/record.h"

static void schema_fields(struct strbuf *out, const struct field *fields);

static void schema_choices(struct strbuf *out, const struct field *f)
{
	strbuf_addstr(out, "\"enum\":[");
	for (size_t i = 0; f->choices[i]; i++)
		strbuf_addf(out, "%s\"%s\"", i ? "," : "", f->choices[i]);
	strbuf_addstr(out, f->optional ? ",null]" : "]");
}

static void schema_range(struct strbuf *out, const struct field *f)
{
	if (field_is_bounded(f) && isfinite(f->min))
		strbuf_addf(out, ",\"minimum\":%.15g", f->min);
	if (field_is_bounded(f) && isfinite(f->max))
		strbuf_addf(out, ",\"maximum\":%.15g", f->max);
}

/* What follows the type of the value. */
static void schema_rest(struct strbuf *out, const struct field *f)
{
	switch (f->type) {
	case FIELD_INT:
	case FIELD_REAL:
		schema_range(out, f);
		break;
	case FIELD_CHOICE:
		strbuf_addstr(out, ",");
		schema_choices(out, f);
		break;
	case FIELD_TEXTS:
		strbuf_addstr(out, ",\"items\":{\"type\":\"string\"}");
		break;
	case FIELD_LIST:
		strbuf_addstr(out, ",\"items\":");
		record_schema(out, f->of);
		break;
	case FIELD_MAP:
		strbuf_addstr(out, ",\"additionalProperties\":");
		schema_fields(out, f->of->fields + 1);
		break;
	case FIELD_TEXT:
	case FIELD_BOOL:
	case FIELD_RECORD:
	case FIELD_JSON:
		break;
	}
}

static void schema_field(struct strbuf *out, const struct field *f)
{
	static const char *const names[] = {
		[FIELD_TEXT] = "string",  [FIELD_INT] = "integer",   [FIELD_REAL] = "number",
		[FIELD_BOOL] = "boolean", [FIELD_CHOICE] = "string", [FIELD_TEXTS] = "array",
		[FIELD_LIST] = "array",   [FIELD_MAP] = "object",
	};

	if (f->type == FIELD_RECORD) {
		record_schema(out, f->of);
		return;
	}
	strbuf_addstr(out, "{");
	if (f->help) {
		strbuf_addstr(out, "\"description\":");
		json_quote(out, f->help, strlen(f->help));
		strbuf_addstr(out, f->type == FIELD_JSON ? "" : ",");
	}
	if (f->type != FIELD_JSON)
		strbuf_addf(out, f->optional ? "\"type\":[\"%s\",\"null\"]" : "\"type\":\"%s\"",
		            names[f->type]);
	schema_rest(out, f);
	strbuf_addstr(out, "}");
}

/* Every key is required, since servers that enforce schemas insist; what is optional may be
 * null. */
static void schema_fields(struct strbuf *out, const struct field *fields)
{
	strbuf_addstr(out, "{\"type\":\"object\",\"properties\":{");
	for (const struct field *f = fields; f->name; f++) {
		strbuf_addf(out, "%s\"%s\":", f == fields ? "" : ",", f->name);
		schema_field(out, f);
	}
	strbuf_addstr(out, "},\"required\":[");
	for (const struct field *f = fields; f->name; f++)
		strbuf_addf(out, "%s\"%s\"", f == fields ? "" : ",", f->name);
	strbuf_addstr(out, "],\"additionalProperties\":false}");
}

void record_schema(struct strbuf *out, const struct record_type *type)
{
	schema_fields(out, type->fields);
}
