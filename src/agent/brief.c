#include "agent/brief.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"

#define MOST_OBJECTS 80u

/* Copy a prompt, {blender} replaced by the version. */
static void add_prompt(struct strbuf *out, const char *text, const char *blender)
{
	static const char mark[] = "{blender}";

	for (const char *at; (at = strstr(text, mark)); text = at + strlen(mark)) {
		strbuf_add(out, text, (size_t)(at - text));
		strbuf_addstr(out, blender);
	}
	strbuf_addstr(out, text);
}

static void add_task(struct strbuf *out, const struct state *now)
{
	strbuf_addf(out, "# The request\n\n%s\n", now->prompt ? now->prompt : "");
	if (now->plan.title)
		strbuf_addf(out, "\n# The plan\n\n%s. %s\nStyle: %s\n", now->plan.title,
		            now->plan.summary, now->plan.style ? now->plan.style : "as requested");
}

static void add_talk(struct strbuf *out, const struct talk *talk)
{
	strbuf_addstr(out, "# The record so far\n");
	for (size_t i = 0; i < talk->count; i++)
		strbuf_addf(out, "\n[%s]\n%s\n", role_names[talk->items[i].role],
		            talk->items[i].text);
}

void brief_begin(struct brief *out, const struct material *with, enum role role)
{
	add_prompt(&out->house, with->prompts->house, with->blender);
	add_task(&out->task, with->now);
	if (!with->alone)
		add_talk(&out->said, &with->now->talk);
	add_prompt(&out->now, with->prompts->cards[role], with->blender);
}

void brief_release(struct brief *b)
{
	strbuf_release(&b->house);
	strbuf_release(&b->task);
	strbuf_release(&b->said);
	strbuf_release(&b->now);
	for (size_t i = 0; i < b->pictures.count; i++) {
		free(b->pictures.items[i].caption);
		free(b->pictures.items[i].blob);
	}
	free(b->pictures.items);
	*b = (struct brief){ 0 };
}

void brief_section(struct brief *out, const char *title, const char *text)
{
	strbuf_addf(&out->now, "\n# %s\n\n%s\n", title, text);
}

void brief_script(struct brief *out, const char *script)
{
	if (!*script)
		return;
	strbuf_addf(&out->now, "\n# The current script\n\n```python\n%s%s```\n", script,
	            script[strlen(script) - 1] == '\n' ? "" : "\n");
}

static bool read_vector(double out[3], const struct json_at *object, const char *key)
{
	struct json_at vector = json_key(object, key);
	struct error err;

	for (size_t i = 0; i < 3; i++) {
		struct json_at item = json_item(&vector, i);

		if (!json_real(&out[i], &item, &err))
			return false;
	}
	return true;
}

/* "body: MESH, 0.3 x 0.3 x 0.32 m, x -0.15..0.15, y ..., z 0..0.32" */
static void tell_object(struct strbuf *out, const struct json_at *object)
{
	struct json_at name = json_key(object, "name"), type = json_key(object, "type");
	const char *name_text = "?", *type_text = "?";
	double low[3], high[3];
	struct error err;

	json_text(&name_text, &name, &err);
	json_text(&type_text, &type, &err);
	strbuf_addf(out, "- %.60s (%.20s)", name_text, type_text);
	if (read_vector(low, object, "min") && read_vector(high, object, "max")) {
		strbuf_addf(out, ": %.3g x %.3g x %.3g m", high[0] - low[0], high[1] - low[1],
		            high[2] - low[2]);
		for (size_t i = 0; i < 3; i++)
			strbuf_addf(out, ", %c %.3f..%.3f", "xyz"[i], low[i], high[i]);
	}
	strbuf_addstr(out, "\n");
}

static void tell_objects(struct strbuf *out, const char *facts)
{
	struct json *value = NULL;
	struct json_at root, objects;
	struct error err;

	if (!json_parse(&value, facts, strlen(facts), &err))
		return;
	root = json_root(value, "facts");
	objects = json_key(&root, "objects");
	for (size_t i = 0; i < json_count(&objects) && i < MOST_OBJECTS; i++) {
		struct json_at object = json_item(&objects, i);

		tell_object(out, &object);
	}
	if (json_count(&objects) > MOST_OBJECTS)
		strbuf_addf(out, "- and %zu more\n", json_count(&objects) - MOST_OBJECTS);
	json_free(value);
}

void brief_facts(struct brief *out, const struct material *with)
{
	const struct facts *facts = &state_version(with->now)->facts;

	if (!facts->blob)
		return;
	strbuf_addf(&out->now, "\n# What was measured\n\n%lld objects, %lld faces, %s in all.\n",
	            (long long)facts->objects, (long long)facts->faces,
	            facts->size ? facts->size : "no size");
	tell_objects(&out->now, with->facts);
	for (size_t i = 0; i < facts->problems.count; i++) {
		const struct fact *f = &facts->problems.items[i];

		strbuf_addf(&out->now, "- %s%s%s (%s)\n", f->part ? f->part : "",
		            f->part ? ": " : "", f->text, severity_names[f->severity]);
	}
	if (!facts->problems.count)
		strbuf_addstr(&out->now, "No problems were measured.\n");
}

void brief_flaws(struct brief *out, const struct state *now)
{
	strbuf_addstr(&out->now, "\n# What has to change\n\n");
	for (size_t i = 0; i < now->flaws.count; i++) {
		const struct open_flaw *f = &now->flaws.items[i];

		if (f->status == FLAW_RESOLVED)
			continue;
		strbuf_addf(&out->now, "- %s, %s (%s): %s Fix: %s", f->flaw.id, f->flaw.part,
		            severity_names[f->flaw.severity], f->flaw.problem, f->flaw.fix);
		if (f->flaw.view)
			strbuf_addf(&out->now, " Seen in: %s.", f->flaw.view);
		if (f->evidence)
			strbuf_addf(&out->now, " The verifier says: %s.", f->evidence);
		strbuf_addstr(&out->now, "\n");
	}
}

/* Late in the brief, since it is another each time. */
void brief_documents(struct brief *out, const struct material *with)
{
	const char *digest = with->now->digest, *version = with->now->documents.version;
	struct strbuf title = { 0 };

	strbuf_addf(&title, "What this Blender has (%s)", version ? version : with->blender);
	if (digest || *with->documents)
		brief_section(out, strbuf_str(&title), digest ? digest : with->documents);
	if (*with->answers)
		brief_section(out, "What you asked to look up", with->answers);
	strbuf_release(&title);
}

void brief_refusal(struct brief *out, const struct state *now)
{
	if (now->refusal)
		brief_section(out, "Your last answer could not be used", now->refusal);
}

static void add_picture(struct brief *out, const char *blob, struct strbuf *caption)
{
	size_t count = out->pictures.count;

	out->pictures.items =
		xrealloc(out->pictures.items, (count + 1) * sizeof(*out->pictures.items));
	out->pictures.items[count] = (struct picture){ strbuf_detach(caption), xstrdup(blob) };
	out->pictures.count = count + 1;
}

void brief_references(struct brief *out, const struct state *now)
{
	for (size_t i = 0; i < now->images.count; i++) {
		struct strbuf caption = { 0 };

		strbuf_addf(&caption, "reference picture %zu, from the user", i + 1);
		add_picture(out, now->images.items[i], &caption);
	}
}

void brief_views(struct brief *out, const struct version *of, const char *suffix)
{
	for (size_t i = 0; i < of->views.list.count; i++) {
		const struct view *view = &of->views.list.items[i];
		struct strbuf caption = { 0 };

		strbuf_addf(&caption, "%s view%s", view->name, suffix);
		add_picture(out, view->blob, &caption);
	}
}

void brief_answer(struct brief *out, const struct record_type *type)
{
	strbuf_addf(&out->now,
	            "\n# Your answer\n\nJSON and nothing else; this is the schema of your %s:\n"
	            "```json\n",
	            type->name);
	record_schema(&out->now, type);
	strbuf_addstr(&out->now, "\n```\n");
}
