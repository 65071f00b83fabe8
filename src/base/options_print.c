#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/options.h"

/* How to print one struct. */
struct style {
	int depth;      /* in steps of two spaces */
	bool with_help; /* a comment over each key */
};

static void print_fields(struct strbuf *out, const struct field *f, const void *record,
                         struct style style);

static void indent(struct strbuf *out, int depth)
{
	strbuf_addf(out, "%*s", 2 * depth, "");
}

/* What YAML takes as text without quotes, and nobody as anything else. */
static bool is_plain(const char *text)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789_./-";

	return text[0] && strspn(text, allowed) == strlen(text) && text[0] != '-' &&
	       text[0] != '.' && strcasecmp(text, "null") != 0;
}

/* JSON is YAML, but for line ends and control codes that only JSON leaves bare. */
static void print_json(struct strbuf *out, const char *json)
{
	static const struct {
		const char *bytes, *escape;
	} more[] = {
		{ "\xe2\x80\xa8", "\\u2028" }, { "\xe2\x80\xa9", "\\u2029" },
		{ "\xef\xbb\xbf", "\\ufeff" }, { "\xef\xbf\xbe", "\\ufffe" },
		{ "\xef\xbf\xbf", "\\uffff" },
	};

	for (const char *p = json; *p;) {
		size_t i = 0;

		while (i < COUNT(more) && strncmp(p, more[i].bytes, 3) != 0)
			i++;
		if (i < COUNT(more)) {
			strbuf_addstr(out, more[i].escape);
			p += 3;
		} else if (p[0] == '\xc2' && (unsigned char)p[1] < 0xa0) {
			strbuf_addf(out, "\\u%04x", (unsigned char)p[1]);
			p += 2;
		} else {
			strbuf_add(out, p++, 1);
		}
	}
}

static void print_text(struct strbuf *out, const char *text)
{
	struct strbuf quoted = { 0 };

	if (is_plain(text)) {
		strbuf_addstr(out, text);
		return;
	}
	json_quote(&quoted, text, strlen(text));
	print_json(out, strbuf_str(&quoted));
	strbuf_release(&quoted);
}

static void print_texts(struct strbuf *out, const text_list *list)
{
	strbuf_addstr(out, " [");
	for (size_t i = 0; i < list->count; i++) {
		strbuf_addstr(out, i ? ", " : "");
		print_text(out, list->items[i]);
	}
	strbuf_addstr(out, "]");
}

static void print_help(struct strbuf *out, const struct field *f, int depth)
{
	const char *comma = f->help ? "; " : "";

	if (!f->help && f->type != FIELD_CHOICE && !field_is_bounded(f))
		return;
	indent(out, depth);
	strbuf_addf(out, "# %s", f->help ? f->help : "");
	if (f->type == FIELD_CHOICE) {
		strbuf_addf(out, "%sone of: ", comma);
		field_choices(out, f);
	} else if (field_is_bounded(f)) {
		strbuf_addstr(out, comma);
		field_range(out, f);
	}
	strbuf_addstr(out, "\n");
}

/* Where there are no items, a comment shows what one would look like. */
static void print_no_items(struct strbuf *out, const struct field *f, struct style style)
{
	struct strbuf item = { 0 };
	void *empty = xcalloc(1, f->of->size);
	bool is_map = f->type == FIELD_MAP;
	const char *line, *end;

	strbuf_addstr(out, is_map ? " {}\n" : " []\n");
	if (style.with_help) {
		strbuf_addstr(&item, is_map ? "NAME:\n" : "-\n");
		print_fields(&item, f->of->fields + is_map, empty, (struct style){ 1, true });
	}
	for (line = strbuf_str(&item); *line; line = end + 1) {
		end = strchr(line, '\n');
		indent(out, style.depth + 1);
		strbuf_addf(out, "# %.*s\n", (int)(end - line), line);
	}
	strbuf_release(&item);
	free(empty);
}

static void print_items(struct strbuf *out, const struct field *f, const void *record,
                        struct style style)
{
	bool is_map = f->type == FIELD_MAP;

	strbuf_addstr(out, "\n");
	for (size_t i = 0; i < field_count(f, record); i++) {
		const void *item = field_item(f, record, i);

		indent(out, style.depth + 1);
		if (is_map)
			print_text(out, field_text(f->of->fields, item));
		strbuf_addstr(out, is_map ? ":\n" : "-\n");
		print_fields(out, f->of->fields + is_map, item,
		             (struct style){ style.depth + 2, style.with_help && i == 0 });
	}
}

/* A number that is not set yet may be one that is not allowed; then nothing stands there. */
static void print_number(struct strbuf *out, const struct field *f, const void *at)
{
	bool is_int = f->type == FIELD_INT;

	if (!field_allows(f, is_int ? (double)*(const int64_t *)at : *(const double *)at))
		return;
	if (is_int) {
		strbuf_addf(out, " %lld", (long long)*(const int64_t *)at);
	} else {
		strbuf_addstr(out, " ");
		json_add_real(out, *(const double *)at);
	}
}

static void print_value(struct strbuf *out, const struct field *f, const void *record)
{
	const void *at = field_at(f, record);
	const char *text;

	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_JSON:
		text = field_text(f, record);
		strbuf_addstr(out, text ? " " : " ~");
		if (text)
			(f->type == FIELD_TEXT ? print_text : print_json)(out, text);
		break;
	case FIELD_INT:
	case FIELD_REAL:
		print_number(out, f, at);
		break;
	case FIELD_BOOL:
		strbuf_addstr(out, *(const bool *)at ? " true" : " false");
		break;
	case FIELD_CHOICE:
		strbuf_addstr(out, " ");
		print_text(out, f->choices[*(const int *)at]);
		break;
	case FIELD_TEXTS:
		print_texts(out, at);
		break;
	case FIELD_LIST:
	case FIELD_MAP:
	case FIELD_RECORD:
		break;
	}
	strbuf_addstr(out, "\n");
}

static void print_field(struct strbuf *out, const struct field *f, const void *record,
                        struct style style)
{
	bool is_list = f->type == FIELD_LIST || f->type == FIELD_MAP;

	if (style.with_help)
		print_help(out, f, style.depth);
	indent(out, style.depth);
	strbuf_addf(out, "%s:", f->name);
	if (is_list && !field_count(f, record))
		print_no_items(out, f, style);
	else if (is_list)
		print_items(out, f, record, style);
	else
		print_value(out, f, record);
	if (f->type == FIELD_RECORD)
		print_fields(out, f->of->fields, field_at(f, record),
		             (struct style){ style.depth + 1, style.with_help });
}

static void print_fields(struct strbuf *out, const struct field *f, const void *record,
                         struct style style)
{
	for (; f->name; f++)
		print_field(out, f, record, style);
}

void options_print(struct strbuf *out, const struct record_type *type, const void *settings)
{
	for (const struct field *f = type->fields; f->name; f++) {
		strbuf_addstr(out, f == type->fields ? "" : "\n");
		print_field(out, f, settings, (struct style){ 0, true });
	}
}
