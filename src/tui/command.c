#include "tui/command.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/house_inside.h"
#include "tui/list.h"

/* Everything that can be said after the colon here: one row for each, from three tables. */
struct saying {
	const char *name, *args, *help;
};

struct sayings {
	struct saying *items;
	size_t count;
};

static void add(struct sayings *s, const char *name, const char *args, const char *help)
{
	for (size_t i = 0; i < s->count; i++)
		if (!strcmp(s->items[i].name, name))
			return; /* a pane's own comes before that of the house */
	s->items = xrealloc(s->items, (s->count + 1) * sizeof(*s->items));
	s->items[s->count++] = (struct saying){ name, args, help };
}

static void collect(struct sayings *out, const struct house *h)
{
	const struct pane *pane = h->panes[h->focus];

	for (const struct verb *v = pane ? pane->type->verbs : NULL; v && v->name; v++)
		add(out, v->name, v->args, v->help);
	for (size_t i = 0; house_tables[i]; i++)
		for (const struct verb *v = house_tables[i]; v->name; v++)
			add(out, v->name, v->args, v->help);
	for (const struct command *c = commands; c->name; c++)
		add(out, c->name, c->args, c->help);
}

static void complete(void *ctx, const char *text, struct strbuf *out)
{
	struct sayings all = { 0 };
	size_t len = strlen(text);

	collect(&all, ctx);
	for (size_t i = 0; i < all.count; i++)
		if (!strncmp(all.items[i].name, text, len))
			strbuf_addf(out, "%s\t%s%s%s\n", all.items[i].name, all.items[i].args,
			            *all.items[i].args ? "  " : "", all.items[i].help);
	free(all.items);
}

static void run(void *ctx, const char *text)
{
	if (text && *text)
		house_do(ctx, text);
}

void command_open(struct house *h, const char *text)
{
	ask_open(h, &(struct ask_options){ .label = ":",
	                                   .text = text,
	                                   .history = ASK_COMMANDS,
	                                   .complete = complete,
	                                   .done = run,
	                                   .ctx = h });
}

static const char *help_of(const struct sayings *all, const char *command)
{
	size_t best = 0;
	const char *help = "";

	for (size_t i = 0; i < all->count; i++) {
		size_t len = strlen(all->items[i].name);

		if (len > best && !strncmp(all->items[i].name, command, len)) {
			best = len;
			help = all->items[i].help;
		}
	}
	return help;
}

/* One that another context takes before it means something else here. */
static bool holds_here(const struct house *h, const char *const *contexts, const struct binding *b)
{
	for (size_t i = 0; contexts[i]; i++)
		if (!strcmp(contexts[i], b->context))
			return keymap_find(h->keymap, contexts, b->key) == b->command;
	return false;
}

/* All keys that do it here, as in "j Down". */
static char *keys_for(const struct house *h, const char *const *contexts, const char *command)
{
	size_t count;
	const struct binding *b = keymap_bindings(h->keymap, &count);
	struct strbuf keys = { 0 };

	for (size_t i = 0; i < count; i++)
		if (!strcmp(b[i].command, command) && holds_here(h, contexts, &b[i]))
			strbuf_addf(&keys, "%s%s", keys.len ? " " : "", b[i].key);
	return strbuf_detach(&keys);
}

static bool is_listed(const struct list_item *items, size_t count, const char *command)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(items[i].value, command))
			return true;
	return false;
}

static char *describe(const struct binding *b, const char *help)
{
	struct strbuf text = { 0 };

	strbuf_addf(&text, "%-18s %s", b->command, help);
	return strbuf_detach(&text);
}

void command_keys(struct house *h)
{
	struct sayings all = { 0 };
	const char *contexts[5];
	size_t count, shown = 0;
	const struct binding *b = keymap_bindings(h->keymap, &count);
	struct list_item *items = xcalloc(count + 1, sizeof(*items));

	collect(&all, h);
	house_contexts(h, contexts);
	/* Moves say what they are by their name: they come last. */
	for (size_t i = 0; i < 2 * count; i++) {
		const struct binding *it = &b[i % count];
		const char *help = help_of(&all, it->command);

		if (!*help != (i >= count) || !holds_here(h, contexts, it) ||
		    is_listed(items, shown, it->command))
			continue;
		items[shown++] = (struct list_item){ keys_for(h, contexts, it->command),
			                             describe(it, help), it->command };
	}
	list_open(h, &(struct list_options){ .title = "Keys here: type to find, Enter does it",
	                                     .items = items,
	                                     .count = shown,
	                                     .take = run,
	                                     .ctx = h });
	for (size_t i = 0; i < shown; i++) {
		free((char *)(uintptr_t)items[i].left);
		free((char *)(uintptr_t)items[i].right);
	}
	free(items);
	free(all.items);
}
