#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "rag/index.h"

/* What Python hands out for numbers that mean something together. */
static const struct {
	const char *subtype;
	double length; /* 0: any */
	const char *class;
} vectors[] = {
	{ "COLOR", 3, "mathutils.Color" },           { "COLOR_GAMMA", 3, "mathutils.Color" },
	{ "COORDINATES", 0, "mathutils.Vector" },    { "TRANSLATION", 0, "mathutils.Vector" },
	{ "DIRECTION", 0, "mathutils.Vector" },      { "VELOCITY", 0, "mathutils.Vector" },
	{ "ACCELERATION", 0, "mathutils.Vector" },   { "XYZ", 0, "mathutils.Vector" },
	{ "XYZ_LENGTH", 0, "mathutils.Vector" },     { "EULER", 3, "mathutils.Euler" },
	{ "QUATERNION", 4, "mathutils.Quaternion" }, { "AXISANGLE", 4, "" },
	{ "MATRIX", 9, "mathutils.Matrix" },         { "MATRIX", 16, "mathutils.Matrix" },
};

static const char *vector_class(const char *subtype, double length)
{
	for (size_t i = 0; i < COUNT(vectors); i++)
		if (!strcmp(subtype, vectors[i].subtype) && length >= 2 &&
		    (vectors[i].length < 1 || fabs(vectors[i].length - length) < 0.5))
			return vectors[i].class;
	return "";
}

static void add_choice(struct index *ix, int64_t choices, int64_t place, const struct json_at *item)
{
	struct stmt *q = db_ask(ix->db, "INSERT INTO enumval VALUES(?1, ?2, ?3, ?4, ?5)");
	struct strbuf descr = { 0 };

	dump_line(&descr, dump_item(item, 2));
	stmt_bind_int(q, 1, choices);
	stmt_bind_int(q, 2, place);
	stmt_bind(q, 3, dump_item(item, 0));
	stmt_bind(q, 4, dump_item(item, 1));
	stmt_bind(q, 5, strbuf_str(&descr));
	stmt_done(q);
	strbuf_release(&descr);
}

/* The number of a list of values: the same for lists that are alike. */
static int64_t find_choices(struct index *ix, const struct json_at *items)
{
	struct strbuf key = { 0 };
	int64_t choices, place = 0;

	if (!json_is_array(items))
		return 0;
	for (struct json_at item = json_first(items); item.value; item = json_next(&item))
		for (size_t i = 0; i < 3; i++) {
			strbuf_addstr(&key, dump_item(&item, i));
			strbuf_add(&key, "\x1f", 1);
		}
	if (!lookup_find(&ix->choices, strbuf_str(&key), &choices)) {
		choices = (int64_t)ix->choices.count + 1;
		lookup_add(&ix->choices, strbuf_str(&key), choices);
		for (struct json_at item = json_first(items); item.value; item = json_next(&item))
			if (dump_item(&item, 0)[0])
				add_choice(ix, choices, place++, &item);
	}
	strbuf_release(&key);
	return choices;
}

/* Blender says "no limit" by the greatest number of the kind. */
static bool is_limit(double number)
{
	return fabs(number) < 2147483647.0;
}

static void read_limits(struct trait *out, const struct json_at *at)
{
	struct json_at low = json_key(at, "min"), high = json_key(at, "max");

	out->low = dump_real(at, "min");
	out->high = dump_real(at, "max");
	out->has_low = json_is_number(&low) && is_limit(out->low);
	out->has_high = json_is_number(&high) && is_limit(out->high);
}

/* "5.0: use X instead": version 5.0 may be written [5, 0, 0], and 5.1 [5, 10, 0]. */
static void read_until(struct trait *out, const struct json_at *at)
{
	struct json_at version = json_key(at, "deprecated_removal_version");
	struct json_at major = json_item(&version, 0), minor = json_item(&version, 1);
	double numbers[2] = { 0 };
	struct error ignored;

	if (!dump_bool(at, "is_deprecated"))
		return;
	if (json_is_number(&major) && json_real(&numbers[0], &major, &ignored) &&
	    json_is_number(&minor) && json_real(&numbers[1], &minor, &ignored))
		strbuf_addf(&out->until, "%.0f.%.0f: ", numbers[0],
		            numbers[1] >= 10 ? numbers[1] / 10 : numbers[1]);
	dump_line(&out->until, dump_text(at, "deprecated_note"));
	if (!out->until.len)
		strbuf_addstr(&out->until, "deprecated");
}

static void read_default(struct trait *out, const struct json_at *at)
{
	struct json_at dflt = json_key(at, "default");

	/* RNA has an empty text where no value fits. */
	if (!strcmp(out->type, "ENUM") && !out->flags && json_is_text(&dflt) &&
	    !dump_text(at, "default")[0])
		return;
	if (json_is_given(&dflt))
		dump_literal(&out->dflt, &dflt, out->flags);
}

void trait_read(struct trait *out, struct index *ix, const struct json_at *at)
{
	struct json_at items = json_key(at, "items");

	*out = (struct trait){
		.name = dump_text(at, "id"),
		.label = dump_text(at, "name"),
		.type = dump_text(at, "type"),
		.target = dump_text(at, "fixed"),
		.holder = dump_text(at, "srna"),
		.readonly = dump_bool(at, "is_readonly"),
		.flags = dump_bool(at, "flag"),
		.required = dump_bool(at, "is_required"),
		.output = dump_bool(at, "is_output"),
	};
	out->length = (int64_t)dump_real(at, "len");
	if (!strcmp(out->type, "FLOAT"))
		out->target = vector_class(dump_text(at, "subtype"), (double)out->length);
	dump_line(&out->descr, dump_text(at, "desc"));
	read_limits(out, at);
	read_until(out, at);
	read_default(out, at);
	out->choices = find_choices(ix, &items);
}

void trait_release(struct trait *trait)
{
	strbuf_release(&trait->descr);
	strbuf_release(&trait->dflt);
	strbuf_release(&trait->until);
}

void trait_add_param(struct index *ix, const struct trait *t, int64_t entry, int64_t place)
{
	struct param param = {
		.entry = entry,
		.place = place,
		.name = t->name,
		.label = t->label,
		.descr = strbuf_str(&t->descr),
		.type = t->type,
		.target = t->target,
		.length = t->length,
		.dflt = strbuf_str(&t->dflt),
		.has_low = t->has_low,
		.has_high = t->has_high,
		.low = t->low,
		.high = t->high,
		.choices = t->choices,
		.flags = t->flags,
		.required = t->required,
		.output = t->output,
	};

	param_add(ix->db, &param);
}

void trait_add_words(struct strbuf *out, const struct json_at *at)
{
	struct json_at items = json_key(at, "items");
	size_t begin = out->len;

	for (struct json_at item = json_first(&items); item.value; item = json_next(&item)) {
		if (out->len - begin > DUMP_MOST_TEXT)
			return;
		for (size_t i = 0; i < 3; i++) {
			strbuf_addstr(out, " ");
			dump_line(out, dump_item(&item, i));
		}
	}
}
