#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/house_inside.h"
#include "tui/list.h"

/* How the screen looks and what its keys are, changed while it runs. */

static bool do_theme(void *self, const char *args, struct error *err)
{
	struct house *h = self;
	struct theme theme;

	if (!theme_load(&theme, *args ? args : "default", err))
		return false;
	h->theme = theme;
	h->has_theme = true;
	looks_apply(&h->looks, &h->theme, term_caps(h->term)->colors);
	term_repaint(h->term);
	return true;
}

static bool do_layout(void *self, const char *args, struct error *err)
{
	struct house *h = self;
	int rows, cols;
	size_t count = h->layouts.list.count, at = 0;

	term_size(h->term, &rows, &cols);
	while (at < count && &h->layouts.list.items[at] != h->layout)
		at++;
	for (size_t i = 1; i <= count; i++) {
		const struct layout *l = &h->layouts.list.items[(at + i) % count];
		bool fits = l->rows <= rows && l->cols <= cols;

		if (strcmp(args, "next") ? strcmp(l->name, args) : l->named || !fits)
			continue;
		if (!fits)
			return failed(err, ERR_USAGE, "layout %s needs %lldx%lld", l->name,
			              (long long)l->cols, (long long)l->rows);
		h->wanted_layout = l->name;
		h->is_zoomed = false;
		house_arrange(h);
		return true;
	}
	return failed(err, ERR_USAGE, "there is no layout \"%.40s\"; see config/layouts.yaml",
	              args);
}

/* By keys what the mouse does with a border. */
static bool do_resize(void *self, const char *args, struct error *err)
{
	static const struct {
		const char *name;
		enum border border;
		int by;
	} ways[] = {
		{ "wider", BORDER_COLUMN, 4 },
		{ "narrower", BORDER_COLUMN, -4 },
		{ "higher", BORDER_BOX, 2 },
		{ "lower", BORDER_BOX, -2 },
	};
	struct house *h = self;
	int box = h->layout ? layout_box_of(h->layout, h->focus) : -1;

	for (size_t i = 0; box >= 0 && i < COUNT(ways); i++) {
		const struct box *b = &h->layout->boxes[box];
		bool is_column = ways[i].border == BORDER_COLUMN;
		size_t at = is_column ? (size_t)b->column : (size_t)box;
		int by = ways[i].by;
		bool is_last =
			is_column ? at + 1 == h->layout->column_count
				  : at + 1 == h->layout->box_count || (b + 1)->column != b->column;

		if (strcmp(ways[i].name, args) != 0)
			continue;
		if (is_last && !at)
			return true; /* it has no neighbour */
		layout_drag(&h->splits, &h->scene, ways[i].border, is_last ? at - 1 : at,
		            is_last ? -by : by);
		house_arrange(h);
		return true;
	}
	return failed(err, ERR_USAGE, "resize: write wider, narrower, higher or lower");
}

/* "map talk C-x fold": the context may be left out, and is then global. */
static bool do_map(void *self, const char *args, struct error *err)
{
	struct house *h = self;
	struct text_span rest = text_span(args), first = text_next_word(&rest);
	char *context = xstrndup(first.at, first.len), *key, *command;
	bool has_context = false, ok;
	struct text_span second;

	for (size_t i = 0; key_contexts[i]; i++)
		has_context |= !strcmp(key_contexts[i], context);
	second = has_context ? text_next_word(&rest) : first;
	key = xstrndup(second.at, second.len);
	command = xstrndup(rest.at, rest.len);
	if (!*key || !*command)
		ok = failed(err, ERR_USAGE, "map: write a key and a command, as in :map Q close");
	else
		ok = keymap_bind(h->keymap, has_context ? context : "global", key, command, err);
	if (ok)
		house_say(h, "mapped; keys.yaml in your configuration keeps it");
	free(context);
	free(key);
	free(command);
	return ok;
}

static bool do_unmap(void *self, const char *args, struct error *err)
{
	struct house *h = self;
	struct text_span rest = text_span(args), first = text_next_word(&rest);
	char *one = xstrndup(first.at, first.len), *two = xstrndup(rest.at, rest.len);
	bool ok = *two ? keymap_unbind(h->keymap, one, two, err)
	               : keymap_unbind(h->keymap, "global", one, err);

	free(one);
	free(two);
	return ok;
}

static bool do_mouse(void *self, const char *args, struct error *err)
{
	struct house *h = self;

	(void)args;
	(void)err;
	h->mouse = !h->mouse;
	term_mouse(h->term, h->mouse);
	house_say(h,
	          h->mouse ? "the mouse is ours" : "the mouse is the terminal's: select and copy");
	return true;
}

/* What went wrong, the latest first. */
static bool do_log(void *self, const char *args, struct error *err)
{
	struct house *h = self;
	struct journal *journal = session_journal(h->session);
	struct journal_index index = journal_index(journal);
	struct list_item *items = xcalloc(index.count + 1, sizeof(*items));
	struct strbuf *texts = xcalloc(index.count + 1, sizeof(*texts));
	size_t count = 0;

	(void)args;
	for (size_t i = index.count; i-- > 0 && count < 200;) {
		enum event_kind kind = index.entries[i].kind;
		struct event ev = { 0 };

		if (kind != EV_TROUBLE && kind != EV_SCRIPT_FAILED && kind != EV_REPLY_REFUSED)
			continue;
		if (!journal_read(&ev, journal, index.entries[i].id, err))
			break;
		strbuf_addf(&texts[count], "%lld  %s", (long long)ev.id,
		            kind == EV_TROUBLE         ? ev.body.trouble.text
		            : kind == EV_SCRIPT_FAILED ? ev.body.failed.message
		                                       : ev.body.refused.why);
		items[count].left = "!";
		items[count].right = strbuf_str(&texts[count]);
		count++;
		event_release(&ev);
	}
	list_open(h, &(struct list_options){
			     .title = "What went wrong", .items = items, .count = count });
	for (size_t i = 0; i < count; i++)
		strbuf_release(&texts[i]);
	free(texts);
	free(items);
	return true;
}

const struct verb house_look_verbs[] = {
	{ "theme", "NAME", do_theme, "Look different: default, dark, light, blue-orange, mono" },
	{ "layout", "NAME|next", do_layout, "Arrange the panes differently" },
	{ "resize", "wider|narrower|higher|lower", do_resize, "Change the size of this pane" },
	{ "map", "[CONTEXT] KEY COMMAND", do_map, "Let a key stand for a command" },
	{ "unmap", "[CONTEXT] KEY", do_unmap, "Take a key its meaning" },
	{ "toggle mouse", "", do_mouse, "Leave the mouse to the terminal, or take it" },
	{ "log", "", do_log, "What went wrong" },
	{ 0 },
};
