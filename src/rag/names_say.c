#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/text.h"
#include "rag/alike.h"
#include "rag/names_inside.h"

enum {
	NEAREST_MOST = 3,
	MISNOMERS_MOST = 100,
};

/* Under this two names have nothing to do with each other. */
#define ALIKE_LEAST    0.2
#define SAME_ELSEWHERE 0.5
#define MISSPELT       0.8

/* The best names so far, best first. */
struct near {
	struct walker *w;
	const char *wanted;
	const char *names[NEAREST_MOST];
	double scores[NEAREST_MOST];
	size_t count;
};

static bool has_name(const struct near *near, const char *name)
{
	for (size_t i = 0; i < near->count; i++)
		if (near->names[i] == name)
			return true;
	return false;
}

static void offer(void *ctx, const char *text)
{
	struct near *near = ctx;
	double wanted = alike_wanted(near->wanted, text), both = alike(near->wanted, text);
	double score = text_nearest(near->wanted, &text, 1) ? MISSPELT
	               : wanted > both                      ? wanted
	                                                    : both;
	const char *name = api_word(near->w->api, text);
	size_t at = near->count;

	if (score < ALIKE_LEAST || has_name(near, name) || name[0] == '_')
		return;
	while (at > 0 && near->scores[at - 1] < score)
		at--;
	if (at == NEAREST_MOST)
		return;
	if (near->count < NEAREST_MOST)
		near->count++;
	for (size_t i = near->count - 1; i > at; i--) {
		near->names[i] = near->names[i - 1];
		near->scores[i] = near->scores[i - 1];
	}
	near->names[at] = name;
	near->scores[at] = score;
}

/* The same name with another class, "material.displacement_method", is better than any likeness. */
static void offer_holder(void *ctx, const char *ident)
{
	struct near *near = ctx;

	if (near->count < NEAREST_MOST) {
		near->names[near->count] = api_word(near->w->api, ident);
		near->scores[near->count++] = SAME_ELSEWHERE;
	}
}

static void offer_members(struct near *near, const struct complaint *what)
{
	api_holders(near->w->api, what->name, NEAREST_MOST, offer_holder, near);
	api_members(near->w->api, what->owner, offer, near);
}

static void offer_owned(struct near *near, const struct complaint *what)
{
	api_owned(near->w->api, what->owner, offer, near);
}

static void offer_classes(struct near *near, const struct complaint *what)
{
	(void)what;
	api_heirs(near->w->api, "bpy_struct", offer, near);
}

static void offer_nodes(struct near *near, const struct complaint *what)
{
	(void)what;
	api_heirs(near->w->api, "Node", offer, near);
}

static void offer_params(struct near *near, const struct complaint *what)
{
	api_params(near->w->api, what->entry, offer, near);
}

static void offer_choices(struct near *near, const struct complaint *what)
{
	api_choices(near->w->api, what->choices, offer, near);
}

static void offer_sockets(struct near *near, const struct complaint *what)
{
	api_sockets(near->w->api, what->owner, what->side, offer, near);
}

/* What is said of each, around its owner and its name; and how it is called. */
static const struct lack_row {
	const char *head, *between, *tail; /* "Mesh" " has no attribute "x" */
	const char *kind;                  /* "socket" x of y; NULL: y.x, a name of Blender's own */
	void (*offer)(struct near *near, const struct complaint *what);
} lacks[] = {
	[LACK_MEMBER] = { "", " has no attribute \"", "\"", NULL, offer_members },
	[LACK_CLASS] = { "", " has no class \"", "\"", NULL, offer_classes },
	[LACK_FUNCTION] = { "", " has no \"", "\"", NULL, offer_owned },
	[LACK_OPERATOR] = { "", " has no operator \"", "\"", NULL, offer_owned },
	[LACK_KEYWORD] = { "", "() takes no argument \"", "\"", "keyword", offer_params },
	[LACK_CHOICE] = { "", " cannot be \"", "\"", "value", offer_choices },
	[LACK_SOCKET] = { "", " has no socket \"", "\"", "socket", offer_sockets },
	[LACK_NODE] = { "", "there is no node type \"", "\"", NULL, offer_nodes },
	[LACK_MODULE] = { "", "there is no module \"", "\"", NULL, NULL },
	[LACK_ARGUMENTS] = { "", "() takes no such arguments", "", "arguments", NULL },
	[LACK_WRITE] = { "", ".", " cannot be assigned to", NULL, NULL },
	[LACK_VALUE] = { "", " takes no such value in its socket \"", "\"", "value of socket",
	                 NULL },
};

/* Classes are owners without their module. */
static bool is_class_of_types(const struct complaint *what)
{
	return what->lack == LACK_MEMBER || what->lack == LACK_WRITE;
}

static void say_name(struct strbuf *out, const struct complaint *what)
{
	const struct lack_row *row = &lacks[what->lack];

	if (row->kind) {
		strbuf_addf(out, "%s%s%s of %s", row->kind, what->name ? " " : "",
		            what->name ? what->name : "", what->owner);
		return;
	}
	if ((is_class_of_types(what) && !strchr(what->owner, '.')) || what->lack == LACK_NODE)
		strbuf_addstr(out, "bpy.types.");
	strbuf_addf(out, "%s%s%s", what->owner, what->owner[0] ? "." : "", what->name);
}

/* Where the history and the notes have it: classes stand alone, members with their class. */
static const char *owner_in_notes(const struct complaint *what)
{
	static const char types[] = "bpy.types.";

	if (what->lack == LACK_CLASS)
		return "";
	return strncmp(what->owner, types, sizeof(types) - 1) == 0 ? what->owner + sizeof(types) - 1
	                                                           : what->owner;
}

static const char *history_of(struct walker *w, const struct complaint *what)
{
	return what->name ? api_history(w->api, owner_in_notes(what), what->name) : NULL;
}

static void say_nearest(struct strbuf *out, const text_list *nearest)
{
	for (size_t i = 0; i < nearest->count && i < NEAREST_MOST; i++)
		strbuf_addf(out, "%s%s", i ? ", " : "; instead there is ", nearest->items[i]);
}

static void say_message(struct walker *w, struct strbuf *out, const struct complaint *what,
                        const text_list *nearest)
{
	const struct lack_row *row = &lacks[what->lack];
	const char *versions = history_of(w, what);

	strbuf_addf(out, "line %lld: %s%s%s", (long long)what->at->line, row->head, what->owner,
	            row->between);
	strbuf_addf(out, "%s%s in Blender %s", what->name ? what->name : "", row->tail,
	            w->version_text);
	if (versions)
		strbuf_addf(out, " (%s had it)", versions);
	if (what->detail)
		strbuf_addf(out, "; %s", what->detail);
	say_nearest(out, nearest);
}

static bool is_told(const struct walker *w, const struct complaint *what, const char *name)
{
	for (size_t i = 0; i < w->out->list.count; i++) {
		const struct rag_misnomer *told = &w->out->list.items[i];

		if (told->line == what->at->line && told->column == what->at->column &&
		    strcmp(told->name, name) == 0)
			return true;
	}
	return w->out->list.count >= MISNOMERS_MOST;
}

static void add_text(text_list *list, const char *text)
{
	list->items = xrealloc(list->items, (list->count + 1) * sizeof(*list->items));
	list->items[list->count++] = text;
}

/* What a migration fact names comes first, then what is spelt alike. */
static const char *find_nearest(struct walker *w, const struct complaint *what, text_list *out)
{
	struct near near = { .w = w, .wanted = what->name };
	const char *note =
		what->name ? api_note(w->api, owner_in_notes(what), what->name, out) : NULL;
	bool is_fact = out->count > 0;

	if (lacks[what->lack].offer && what->name && !is_fact)
		lacks[what->lack].offer(&near, what);
	for (size_t i = 0; i < near.count && !is_fact; i++)
		add_text(out, near.names[i]);
	return note;
}

static void copy_texts(text_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		list->items[i] = xstrdup(list->items[i]);
}

void complain(struct walker *w, const struct complaint *what)
{
	struct strbuf name = { 0 }, message = { 0 };
	struct rag_misnomers *out = w->out;
	struct rag_misnomer *told;
	text_list nearest = { 0 };
	const char *note;

	say_name(&name, what);
	if (w->quiet > 0 || is_told(w, what, strbuf_str(&name))) {
		strbuf_release(&name);
		return;
	}
	note = find_nearest(w, what, &nearest);
	say_message(w, &message, what, &nearest);
	copy_texts(&nearest);
	out->list.items =
		xrealloc(out->list.items, (out->list.count + 1) * sizeof(*out->list.items));
	told = &out->list.items[out->list.count++];
	*told = (struct rag_misnomer){
		.line = what->at->line,
		.column = what->at->column,
		.name = strbuf_detach(&name),
		.message = strbuf_detach(&message),
		.nearest = nearest,
		.note = note ? xstrdup(note) : NULL,
	};
}
