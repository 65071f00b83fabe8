#include "rag/dump.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

#define MOST_NAME  160
#define MOST_ITEMS 20 /* of a default value */

const char *dump_text(const struct json_at *at, const char *key)
{
	struct json_at value = json_key(at, key);
	const char *text;
	struct error ignored;

	return json_is_text(&value) && json_text(&text, &value, &ignored) ? text : "";
}

const char *dump_item(const struct json_at *list, size_t index)
{
	struct json_at value = json_item(list, index);
	const char *text;
	struct error ignored;

	return json_is_text(&value) && json_text(&text, &value, &ignored) ? text : "";
}

double dump_real(const struct json_at *at, const char *key)
{
	struct json_at value = json_key(at, key);
	double number;
	struct error ignored;

	return json_is_number(&value) && json_real(&number, &value, &ignored) ? number : 0;
}

bool dump_bool(const struct json_at *at, const char *key)
{
	struct json_at value = json_key(at, key);
	bool yes;
	struct error ignored;

	/* Asked first, since most are absent and a complaint would name the whole path. */
	return json_is_given(&value) && json_bool(&yes, &value, &ignored) && yes;
}

bool dump_is_name(const char *text)
{
	size_t len = strlen(text);

	if (!len || len > MOST_NAME || isdigit((unsigned char)text[0]))
		return false;
	for (; *text; text++)
		if (!isalnum((unsigned char)*text) && *text != '_' && *text != '.')
			return false;
	return true;
}

static bool is_blank(char c)
{
	return (unsigned char)c <= ' ' || c == 0x7f;
}

/* Take back what is left of a character that was cut in two. */
static void drop_half(struct strbuf *out, size_t begin)
{
	while (out->len > begin && ((unsigned char)out->buf[out->len - 1] & 0xc0) == 0x80)
		strbuf_cut(out, out->len - 1);
	if (out->len > begin)
		strbuf_cut(out, out->len - 1);
}

void dump_line(struct strbuf *out, const char *text)
{
	size_t begin = out->len;
	const char *p = text;

	while (*p && p - text < DUMP_MOST_TEXT) {
		const char *from = p;

		while (*p && !is_blank(*p) && p - text < DUMP_MOST_TEXT)
			p++;
		if (p > from && out->len > begin)
			strbuf_add(out, " ", 1);
		strbuf_add(out, from, (size_t)(p - from));
		while (*p && is_blank(*p))
			p++;
	}
	if (!*p)
		return;
	drop_half(out, begin);
	strbuf_addstr(out, "\xe2\x80\xa6");
}

void dump_word(struct strbuf *out, const char *word)
{
	strbuf_addstr(out, word);
	strbuf_add(out, " ", 1);
}

static void add_quoted(struct strbuf *out, const char *text)
{
	struct strbuf line = { 0 };

	dump_line(&line, text);
	strbuf_addstr(out, "'");
	for (const char *p = strbuf_str(&line); *p;) {
		size_t plain = strcspn(p, "'\\");

		strbuf_add(out, p, plain);
		p += plain;
		if (*p)
			strbuf_addf(out, "\\%c", *p++);
	}
	strbuf_addstr(out, "'");
	strbuf_release(&line);
}

/* Blender's floats have seven digits; `whole` ones stay floats for Python. */
static void add_number(struct strbuf *out, double number)
{
	size_t begin = out->len;

	if (fabs(number) >= 1e15) {
		strbuf_addf(out, "%.7g", number);
		return;
	}
	strbuf_addf(out, "%.7g", number);
	if (fabs(number) >= 1e6 && !strpbrk(out->buf + begin, ".")) {
		strbuf_cut(out, begin);
		strbuf_addf(out, "%.0f", number);
	}
}

static void add_list(struct strbuf *out, const struct json_at *list, bool is_set)
{
	size_t count = 0;

	strbuf_addstr(out, is_set ? "{" : "(");
	for (struct json_at item = json_first(list); item.value; item = json_next(&item)) {
		if (count++)
			strbuf_addstr(out, ", ");
		if (count > MOST_ITEMS || json_is_array(&item)) {
			strbuf_addstr(out, "...");
			break;
		}
		dump_literal(out, &item, is_set);
	}
	strbuf_addstr(out, is_set ? "}" : count == 1 ? ",)" : ")");
}

void dump_literal(struct strbuf *out, const struct json_at *value, bool is_set)
{
	struct error ignored;
	const char *text;
	double number;
	bool yes;

	if (json_is_array(value))
		add_list(out, value, is_set);
	else if (json_is_text(value) && json_text(&text, value, &ignored))
		add_quoted(out, text);
	else if (json_is_number(value) && json_real(&number, value, &ignored))
		add_number(out, number);
	else if (json_is_given(value) && json_bool(&yes, value, &ignored))
		strbuf_addstr(out, yes ? "True" : "False");
	else if (value->value)
		strbuf_addstr(out, "None");
}

const struct json_at *dump_class(const struct dump *dump, const char *name)
{
	int64_t place;

	return lookup_find(&dump->places, name, &place) ? &dump->all[place] : NULL;
}

size_t dump_lineage(const struct dump *dump, const char *name, const char *out[DUMP_MOST_LINEAGE])
{
	const struct json_at *class;
	size_t count = 0;

	while (count < DUMP_MOST_LINEAGE && (class = dump_class(dump, name))) {
		for (size_t i = 0; i < count; i++)
			if (!strcmp(out[i], class->key))
				return count;
		out[count++] = class->key;
		name = dump_text(class, "base");
	}
	return count;
}

/* A class of the user interface: there are two thousand of them, and no script calls one. */
static bool is_interface(const struct dump *dump, const char *name)
{
	static const char *const bases[] = { "Panel",      "Menu",        "Operator",
		                             "UIList",     "Header",      "Macro",
		                             "AssetShelf", "FileHandler", "KeyingSetInfo" };
	const char *lineage[DUMP_MOST_LINEAGE];
	size_t count = dump_lineage(dump, name, lineage);

	for (size_t i = 1; i < count; i++)
		for (size_t k = 0; k < COUNT(bases); k++)
			if (!strcmp(lineage[i], bases[k]))
				return true;
	return false;
}

static void find_classes(struct dump *dump)
{
	size_t count = 0, most = json_count(&dump->types);

	dump->all = xcalloc(most + 1, sizeof(*dump->all));
	dump->classes = xcalloc(most + 1, sizeof(*dump->classes));
	for (struct json_at at = json_first(&dump->types); at.value; at = json_next(&at)) {
		if (!dump_is_name(at.key) || strchr(at.key, '.') ||
		    !lookup_add(&dump->places, at.key, (int64_t)count))
			continue;
		dump->all[count++] = at;
	}
	for (size_t i = 0; i < count; i++)
		if (!is_interface(dump, dump->all[i].key))
			dump->classes[dump->count++] = dump->all[i];
}

static bool parse(struct dump *out, const struct strbuf *text, struct error *err)
{
	if (!json_parse(&out->json, strbuf_str(text), text->len, err))
		return false;
	out->root = json_root(out->json, "dump");
	out->types = json_key(&out->root, "types");
	out->ops = json_key(&out->root, "ops");
	out->python = json_key(&out->root, "py");
	out->nodes = json_key(&out->root, "nodes");
	if (!json_count(&out->types) || !dump_text(&out->root, "version_string")[0])
		return failed(err, ERR_PROTOCOL, "this is no dump of Blender's API");
	find_classes(out);
	return true;
}

bool dump_open(struct dump *out, const char *file, struct error *err)
{
	struct strbuf text = { 0 };
	bool ok;

	*out = (struct dump){ 0 };
	ok = file_read(&text, file, DUMP_MOST_BYTES, err) &&
	     (parse(out, &text, err) || failed_in(err, "%.200s", file));
	strbuf_release(&text);
	if (!ok)
		dump_close(out);
	return ok;
}

void dump_close(struct dump *dump)
{
	json_free(dump->json);
	lookup_release(&dump->places);
	free(dump->all);
	free(dump->classes);
	*dump = (struct dump){ 0 };
}

const char *dump_version(struct strbuf *out, const struct dump *dump)
{
	const char *text = dump_text(&dump->root, "version_string");
	size_t len = strspn(text, "0123456789.");

	strbuf_reset(out);
	strbuf_add(out, text, len < 20 ? len : 20);
	return strbuf_str(out);
}
