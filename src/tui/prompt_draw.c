#include <string.h>

#include "base/text.h"
#include "tui/prompt.h"
#include "tui/prompt_inside.h"
#include "tui/typed.h"

#define CHIP_COLS   28
#define LEFT        3
#define NARROW_COLS 76

static void add_character(struct strbuf *out, const char *at, size_t bytes, uint32_t c)
{
	if (c == '\n')
		strbuf_addstr(out, "\n");
	else if (c == '\t')
		strbuf_addstr(out, "    ");
	else
		text_clean(out, at, bytes, TEXT_ONE_LINE);
}

/* What people see of the text, and where in that the cursor is. */
static size_t show(const struct prompt *p, struct strbuf *out)
{
	const char *text = strbuf_str(&p->line.text);
	size_t len = p->line.text.len, cursor = 0;

	for (size_t i = 0; i < len;) {
		uint32_t c;
		size_t bytes = text_decode(&c, text + i, len - i);

		if (i == p->line.cursor)
			cursor = out->len;
		if (folds_text(&p->folds, c))
			folds_label(&p->folds, c, out);
		else
			add_character(out, text + i, bytes, c);
		i += bytes;
	}
	return p->line.cursor >= len ? out->len : cursor;
}

static bool is_bare(const struct prompt *p)
{
	return !p->line.text.len && !p->house->in_prompt;
}

static void add_words(struct strbuf *out, const struct prompt *p, int cols)
{
	struct delivery_place at = prompt_place(p);
	bool is_short = cols < NARROW_COLS;

	if (is_bare(p))
		return;
	if (p->chosen) {
		strbuf_addf(out,
		            is_short ? "changes %zu" : "changes %zu of the queue (Delete drops)",
		            p->chosen);
		return;
	}
	strbuf_addstr(out, is_short ? "" : "delivery: ");
	delivery_tell(out, p->delivery, &at, is_short);
	if (!is_short && delivery_next(p->delivery, &at) != p->delivery)
		strbuf_addstr(out, " (Tab)");
}

static size_t text_cols(const struct prompt *p, int cols)
{
	struct strbuf words = { 0 };
	int room;

	add_words(&words, p, cols);
	room = cols - LEFT - 2 - (int)text_width(strbuf_str(&words), words.len);
	strbuf_release(&words);
	return room < 8 ? 8 : (size_t)room;
}

static bool has_chips(const struct prompt *p)
{
	return p->about || prompt_queue(p)->list.count;
}

int prompt_rows(const struct prompt *p, int cols)
{
	struct strbuf text = { 0 };
	struct typed wrap;
	int rows;

	show(p, &text);
	typed_wrap(&wrap, strbuf_str(&text), text.len, text_cols(p, cols));
	rows = (int)(wrap.count < 1000 ? wrap.count : 1000) + has_chips(p);
	typed_release(&wrap);
	strbuf_release(&text);
	return rows;
}

/* Those that wait, the next one first; the chosen one is always among them. */
static void draw_chips(const struct prompt *p, const struct canvas *on)
{
	const struct queue *queue = prompt_queue(p);
	size_t most = (size_t)(on->cols / CHIP_COLS > 1 ? on->cols / CHIP_COLS : 1);
	size_t first = p->chosen > most ? p->chosen - most : 0;
	int col = 1;

	if (p->about)
		col += canvas_sayf(on, 0, col, LOOK_KEY, "about %s", p->about) + 2;
	for (size_t i = first; i < queue->list.count && col < on->cols; i++) {
		struct strbuf clean = { 0 }, text = { 0 };
		bool is_it = i + 1 == p->chosen;
		const char *words = queue->list.items[i].text;

		text_clean(&clean, words, strlen(words), TEXT_ONE_LINE);
		text_cut(&text, strbuf_str(&clean), clean.len, CHIP_COLS - 4);
		col += canvas_sayf(on, 0, col, LOOK_KEY, "%zu ", i + 1);
		col += canvas_say(on, 0, col, is_it ? LOOK_SELECTED : LOOK_DIM, strbuf_str(&text)) +
		       2;
		strbuf_release(&clean);
		strbuf_release(&text);
	}
}

/* What an empty prompt is for. */
static void draw_bare(const struct prompt *p, const struct canvas *on)
{
	const struct house *h = p->house;
	static const char *const contexts[] = { "global", NULL };
	const char *key = keymap_key(h->keymap, contexts, "write");

	if (key)
		canvas_sayf(on, 0, LEFT, LOOK_DIM, "%s: %s", key,
		            session_state(h->session)->begun ? "say what to change"
		                                             : "describe what to model");
}

static void draw_text(const struct prompt *p, const struct canvas *on, int *cursor_row,
                      int *cursor_col)
{
	struct strbuf text = { 0 };
	size_t cursor = show(p, &text), row, top;
	struct typed wrap;

	typed_wrap(&wrap, strbuf_str(&text), text.len, text_cols(p, on->cols));
	row = typed_row_of(&wrap, cursor);
	top = row >= (size_t)on->rows ? row - (size_t)on->rows + 1 : 0;
	for (size_t i = top; i < wrap.count && i - top < (size_t)on->rows; i++)
		canvas_text(on, (int)(i - top), LEFT, LOOK_PROMPT,
		            strbuf_str(&text) + wrap.rows[i].from,
		            wrap.rows[i].to - wrap.rows[i].from, on->cols - LEFT);
	*cursor_row = (int)(row - top);
	*cursor_col = LEFT + (int)text_width(strbuf_str(&text) + wrap.rows[row].from,
	                                     cursor - wrap.rows[row].from);
	if (*cursor_col >= on->cols)
		*cursor_col = on->cols - 1;
	typed_release(&wrap);
	strbuf_release(&text);
}

void prompt_draw(struct prompt *p, struct canvas *on, bool is_focused, int *cursor_row,
                 int *cursor_col)
{
	int chips = has_chips(p) && on->rows > 1;
	struct canvas below = canvas_part(on, chips, 0, on->rows - chips, on->cols);
	struct strbuf words = { 0 };

	if (chips)
		draw_chips(p, on);
	canvas_put_mark(&below, 0, 1, is_focused ? LOOK_PROMPT : LOOK_DIM, MARK_PROMPT);
	draw_text(p, &below, cursor_row, cursor_col);
	*cursor_row += chips;
	if (is_bare(p))
		draw_bare(p, &below);
	add_words(&words, p, on->cols);
	canvas_right(&below, 0, LOOK_DIM, strbuf_str(&words));
	strbuf_release(&words);
}
