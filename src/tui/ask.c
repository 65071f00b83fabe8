#include "tui/ask.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/house_inside.h"
#include "tui/line.h"

#define OFFERS_MOST 8

struct ask {
	struct popup popup;
	struct ask_options options;
	char *label;
	struct line line;
	size_t back; /* how far into the history; 0: not */
	struct strbuf offers;
	size_t offer, offer_count; /* from 1; 0: none is taken */
};

static struct texts *history_of(const struct ask *a)
{
	return &a->popup.house->asked[a->options.history];
}

static void look_for_offers(struct ask *a)
{
	struct text_span rest, line;

	strbuf_reset(&a->offers);
	a->offer = a->offer_count = 0;
	if (a->options.complete)
		a->options.complete(a->options.ctx, strbuf_str(&a->line.text), &a->offers);
	rest = (struct text_span){ strbuf_str(&a->offers), a->offers.len };
	while (text_next_line(&line, &rest))
		a->offer_count++;
}

static struct text_span offer_at(const struct ask *a, size_t number)
{
	struct text_span rest = { strbuf_str(&a->offers), a->offers.len }, line = { 0 };

	for (size_t i = 0; i < number; i++)
		text_next_line(&line, &rest);
	return line;
}

/* The text, and after a tab what it means. */
static void draw_offer(struct canvas *screen, int row, int cols, struct text_span offer)
{
	const char *tab = memchr(offer.at, '\t', offer.len);
	size_t len = tab ? (size_t)(tab - offer.at) : offer.len;
	int col = 1;

	canvas_fill(screen, row, 0, 1, cols, LOOK_POPUP);
	col += canvas_text(screen, row, col, LOOK_KEY, offer.at, len, cols - 2);
	if (tab)
		canvas_text(screen, row, col < 16 ? 17 : col + 2, LOOK_POPUP, tab + 1,
		            offer.len - len - 1, cols - (col < 16 ? 18 : col + 3));
}

/* What completes it stands above the line, the best one lowest. */
static void draw_offers(struct ask *a, struct canvas *screen, int bottom)
{
	size_t first = a->offer > OFFERS_MOST ? a->offer - OFFERS_MOST : 0;

	for (size_t i = 0; i < OFFERS_MOST && first + i < a->offer_count; i++) {
		int row = bottom - 1 - (int)i;
		struct text_span offer = offer_at(a, first + i + 1);
		int cols = screen->cols > 64 ? 64 : screen->cols;

		draw_offer(screen, row, cols, offer);
		if (first + i + 1 == a->offer)
			canvas_tint(screen, row, 0, cols, LOOK_SELECTED);
	}
}

static void draw(void *popup, struct canvas *screen)
{
	struct ask *a = popup;
	struct house *h = a->popup.house;
	int row = h->layout ? h->scene.prompt.row + h->scene.prompt.rows - 1 : screen->rows - 1;
	int label = (int)text_width(a->label, strlen(a->label));
	int cursor = (int)text_width(strbuf_str(&a->line.text), a->line.cursor);
	int left = cursor + label + 2 > screen->cols ? cursor + label + 2 - screen->cols : 0;
	struct canvas text = canvas_part(screen, row, 1 + label, 1, screen->cols - 1 - label);

	canvas_fill(screen, row, 0, 1, screen->cols, LOOK_TEXT);
	canvas_say(screen, row, 1, LOOK_PROMPT, a->label);
	canvas_say(&text, 0, -left, LOOK_TEXT, strbuf_str(&a->line.text));
	draw_offers(a, screen, row);
	a->popup.cursor_row = row;
	a->popup.cursor_col = 1 + label + cursor - left;
}

static void remember(struct ask *a, const char *text)
{
	struct texts *h = history_of(a);

	if (!*text || (h->count && !strcmp(h->items[h->count - 1], text)))
		return;
	h->items = xrealloc(h->items, (h->count + 1) * sizeof(*h->items));
	h->items[h->count++] = xstrdup(text);
}

/* done() may open another one, so this one has to be gone before. */
static void finish(struct ask *a, bool is_given)
{
	void (*done)(void *ctx, const char *text) = a->options.done;
	char *text = is_given ? xstrdup(strbuf_str(&a->line.text)) : NULL;
	void *ctx = a->options.ctx;

	if (text)
		remember(a, text);
	popup_close(a);
	if (done)
		done(ctx, text);
	free(text);
}

static void take_offer(struct ask *a, int by)
{
	struct text_span offer;
	char *text;

	if (!a->offer_count)
		return;
	if (by > 0)
		a->offer = a->offer % a->offer_count + 1;
	else
		a->offer = a->offer > 1 ? a->offer - 1 : a->offer_count;
	offer = offer_at(a, a->offer);
	text = xstrndup(offer.at, offer.len);
	text[strcspn(text, "\t")] = '\0';
	line_set(&a->line, text);
	free(text);
}

static void recall(struct ask *a, int by)
{
	struct texts *h = history_of(a);
	size_t back = a->back + (size_t)by;

	if (back > h->count)
		return;
	a->back = back;
	line_set(&a->line, back ? h->items[h->count - back] : "");
}

static void changed(struct ask *a)
{
	look_for_offers(a);
	if (a->options.changed)
		a->options.changed(a->options.ctx, strbuf_str(&a->line.text));
}

static void leave(struct ask *a)
{
	finish(a, false);
}

static void run(struct ask *a)
{
	finish(a, true);
}

static void complete(struct ask *a)
{
	take_offer(a, 1);
}

static void complete_back(struct ask *a)
{
	take_offer(a, -1);
}

/* Nothing is left to delete: that was a colon too many. */
static void delete_back(struct ask *a)
{
	if (!a->line.text.len) {
		finish(a, false);
		return;
	}
	line_act(&a->line, "delete back");
	changed(a);
}

static void go_back(struct ask *a)
{
	recall(a, 1);
	changed(a);
}

static void go_forward(struct ask *a)
{
	recall(a, -1);
	changed(a);
}

static const struct {
	const char *name;
	void (*run)(struct ask *a);
} deeds[] = {
	{ "leave", leave },
	{ "run", run },
	{ "complete", complete },
	{ "complete back", complete_back },
	{ "delete back", delete_back },
	{ "history previous", go_back },
	{ "history next", go_forward },
};

static void act(void *popup, const char *command)
{
	struct ask *a = popup;

	for (size_t i = 0; i < COUNT(deeds); i++)
		if (!strcmp(deeds[i].name, command)) {
			deeds[i].run(a);
			return;
		}
	if (line_act(&a->line, command))
		changed(a);
}

bool ask_knows(const char *command)
{
	struct line line = { 0 };
	bool is_known = line_act(&line, command);

	line_release(&line);
	for (size_t i = 0; i < COUNT(deeds); i++)
		is_known |= !strcmp(deeds[i].name, command);
	return is_known;
}

static void type(void *popup, const char *text)
{
	struct ask *a = popup;

	line_type(&a->line, text, strlen(text));
	changed(a);
}

static void close(void *popup)
{
	struct ask *a = popup;

	line_release(&a->line);
	strbuf_release(&a->offers);
	free(a->label);
	free(a);
}

static const struct popup_type ask_type = {
	.context = "line",
	.draw = draw,
	.act = act,
	.type = type,
	.close = close,
};

void ask_open(struct house *h, const struct ask_options *options)
{
	struct ask *a = NEW(struct ask);

	a->options = *options;
	a->label = xstrdup(options->label);
	popup_open(h, a, &ask_type);
	if (options->text)
		line_set(&a->line, options->text);
	look_for_offers(a);
}

struct confirm {
	struct popup popup;
	char *question;
	void (*yes)(void *ctx);
	void *ctx;
};

static void draw_confirm(void *popup, struct canvas *screen)
{
	struct confirm *c = popup;
	int row = screen->rows - 2;

	canvas_fill(screen, row, 0, 1, screen->cols, LOOK_TEXT);
	canvas_sayf(screen, row, 1, LOOK_WARN, "%s  y yes, n no (Enter)", c->question);
}

static void act_confirm(void *popup, const char *command)
{
	struct confirm *c = popup;
	void (*yes)(void *ctx) = c->yes;
	void *ctx = c->ctx;
	bool is_yes = !strcmp(command, "yes");

	popup_close(c);
	if (is_yes)
		yes(ctx);
}

static void type_confirm(void *popup, const char *text)
{
	(void)popup;
	(void)text;
}

static void close_confirm(void *popup)
{
	struct confirm *c = popup;

	free(c->question);
	free(c);
}

static const struct popup_type confirm_type = {
	.context = "confirm",
	.draw = draw_confirm,
	.act = act_confirm,
	.type = type_confirm,
	.close = close_confirm,
};

void ask_confirm(struct house *h, const char *question, void (*yes)(void *ctx), void *ctx)
{
	struct confirm *c = NEW(struct confirm);

	c->question = xstrdup(question);
	c->yes = yes;
	c->ctx = ctx;
	popup_open(h, c, &confirm_type);
}
