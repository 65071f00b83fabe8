#include "tui/code.h"

#include <string.h>

#include "event/tell.h"
#include "tui/find.h"
#include "tui/marks.h"

#define FAR       (1 << 14) /* columns that no line has */
#define BLAME     10        /* columns, where there is room for that */
#define BLAME_MIN 50

static int number_width(const struct sheet *s)
{
	size_t most = s->count ? s->rows[s->count - 1].new_line : 0;

	return most >= 10000 ? 5 : most >= 1000 ? 4 : 3;
}

/* The text with its colours. */
static void draw_python(const struct canvas *on, int row, int col, const struct sheet_row *r)
{
	struct python_piece pieces[PYTHON_PIECES_MOST];
	struct python_state state = r->state;
	size_t count = python_color(pieces, r->text, &state), at = 0;

	for (size_t i = 0; i <= count; i++) {
		size_t from = i < count ? pieces[i].from : r->text.len;

		col += canvas_text(on, row, col, LOOK_TEXT, r->text.at + at, from - at, FAR);
		if (i == count)
			break;
		col += canvas_text(on, row, col, pieces[i].look, r->text.at + from, pieces[i].len,
		                   FAR);
		at = from + pieces[i].len;
	}
}

/* Only the line's kind is coloured, and the word that differs. */
static void draw_changed(const struct canvas *on, int row, int col, const struct sheet_row *r)
{
	bool is_added = r->kind == SHEET_ADDED;
	enum look look = r->is_moved ? LOOK_MOVED : is_added ? LOOK_ADDED : LOOK_REMOVED;
	enum look word = is_added ? LOOK_ADDED_WORD : LOOK_REMOVED_WORD;
	bool has_word = r->has_word && !r->is_moved;
	size_t from = has_word ? r->word : r->text.len, len = has_word ? r->word_len : 0;
	const char *text = r->text.at;

	col += canvas_text(on, row, col, look, text, from, FAR);
	col += canvas_text(on, row, col, word, text + from, len, FAR);
	canvas_text(on, row, col, look, text + from + len, r->text.len - from - len, FAR);
}

/* What does not fit goes on behind the edge, and a sign says so. */
static void draw_text(const struct code *code, const struct canvas *on, int row,
                      const struct sheet_row *r)
{
	if (r->kind == SHEET_SAME)
		draw_python(on, row, -code->left, r);
	else
		draw_changed(on, row, -code->left, r);
	find_tint(on, row, -code->left, r->text, code->search);
	if ((int)text_width(r->text.at, r->text.len) - code->left > on->cols)
		canvas_put_mark(on, row, on->cols - 1, LOOK_DIM, MARK_MORE);
	if (code->left && r->text.len)
		canvas_put_mark(on, row, 0, LOOK_DIM, MARK_MORE);
}

/* What became of a line, in a letter. */
static char sign_of(const struct sheet_row *r)
{
	switch (r->kind) {
	case SHEET_ADDED:
		return r->is_moved ? '>' : '+';
	case SHEET_REMOVED:
		return r->is_moved ? '<' : '-';
	default:
		return ' ';
	}
}

static enum look number_look(const struct sheet_row *r)
{
	static const enum look looks[] = { [SHEET_SAME] = LOOK_LINE_NUMBER,
		                           [SHEET_ADDED] = LOOK_ADDED,
		                           [SHEET_REMOVED] = LOOK_REMOVED };

	return r->is_moved ? LOOK_MOVED : looks[r->kind];
}

static bool is_failed(const struct code *code, const struct sheet_row *r)
{
	return code->failed_line && r->kind != SHEET_REMOVED && r->kind != SHEET_HUNK &&
	       r->new_line == code->failed_line;
}

/* How many columns it took. */
static int draw_number(const struct code *code, const struct canvas *on, int row,
                       const struct sheet_row *r)
{
	int width = number_width(code->sheet);
	size_t number = r->kind == SHEET_REMOVED ? r->old_line : r->new_line;

	canvas_sayf(on, row, 0, is_failed(code, r) ? LOOK_BAD : number_look(r), "%c%*zu",
	            sign_of(r), width, number);
	if (is_failed(code, r))
		canvas_put_mark(on, row, 0, LOOK_BAD, MARK_BAD);
	return width + 2;
}

static size_t count_part(const struct sheet *s, size_t at)
{
	size_t count = 0;

	while (at + count < s->count && s->rows[at + count].part == s->rows[at].part)
		count++;
	return count;
}

static void draw_hunk_head(const struct code *code, const struct canvas *on, int row, size_t at)
{
	const struct sheet_row *r = &code->sheet->rows[at];
	const struct diff_hunk *hunk = &code->sheet->diff.hunks[r->part - 1];
	struct strbuf size = { 0 };
	int col = 0;

	strbuf_addf(&size, "+%zu -%zu", hunk->added, hunk->removed);
	col += canvas_put_mark(on, row, col, LOOK_HUNK,
	                       code->folded[r->part] ? MARK_FOLDED : MARK_OPEN);
	col += canvas_sayf(on, row, col, LOOK_HUNK, " %zu  line %zu  ", r->part, r->new_line);
	canvas_text(on, row, col, LOOK_HUNK, r->text.len ? r->text.at : "", r->text.len,
	            on->cols - col - (int)size.len - 1);
	canvas_right(on, row, LOOK_HUNK, strbuf_str(&size));
	strbuf_release(&size);
}

/* A folded function says how much of it is not seen. */
static void draw_fold(const struct code *code, const struct canvas *on, int row, size_t at)
{
	struct strbuf size = { 0 };

	strbuf_addf(&size, " %s %zu lines", canvas_mark(on, MARK_FOLDED),
	            count_part(code->sheet, at) - 1);
	canvas_right(on, row, LOOK_HUNK, strbuf_str(&size));
	strbuf_release(&size);
}

/* " 13 (A)": the version, and in short what it was asked for. */
static void draw_blame(const struct code *code, const struct canvas *on, int row, int width,
                       int64_t version)
{
	const struct story_version *v = story_version(code->story, version);
	struct canvas part = canvas_part(on, row, on->cols - width, 1, width);
	int col;

	if (!version)
		return;
	col = canvas_sayf(&part, 0, 0, LOOK_DIM, "%5lld", (long long)version);
	if (v && v->asked)
		canvas_sayf(&part, 0, col, LOOK_CRITIC, " (%s)", v->asked);
	else if (v && v->purpose == PURPOSE_HAND)
		canvas_say(&part, 0, col, LOOK_PERSON, " (you)");
	else if (v && v->subtask)
		canvas_sayf(&part, 0, col, LOOK_PLANNER, " (%lld)", (long long)v->subtask);
}

void code_draw(const struct code *code, const struct canvas *on, int row, size_t at)
{
	const struct sheet_row *r = &code->sheet->rows[at];
	int gutter = !code->has_blame ? 0 : on->cols >= BLAME_MIN ? BLAME : 6;
	struct canvas text;
	int col;

	if (r->kind == SHEET_HUNK) {
		draw_hunk_head(code, on, row, at);
		return;
	}
	col = draw_number(code, on, row, r);
	text = canvas_part(on, row, col, 1, on->cols - col - gutter);
	draw_text(code, &text, 0, r);
	if (gutter)
		draw_blame(code, on, row, gutter, r->by);
	if (r->part && code->folded[r->part] && sheet_is_head(code->sheet, at))
		draw_fold(code, on, row, at);
}

static void draw_side(const struct code *code, const struct canvas *on, size_t at, bool is_old)
{
	const struct sheet_row *r;
	struct sheet_row own;
	struct canvas text;
	int col;

	if (at == CODE_NONE)
		return;
	r = &code->sheet->rows[at];
	own = *r;
	if (is_old) /* a line that stayed may have had another number there */
		own.new_line = r->old_line;
	col = draw_number(code, on, 0, is_old ? &own : r);
	text = canvas_part(on, 0, col, 1, on->cols - col);
	draw_text(code, &text, 0, r);
}

void code_draw_pair(const struct code *code, const struct canvas *on, int row, size_t old,
                    size_t new)
{
	int middle = on->cols / 2;
	struct canvas left = canvas_part(on, row, 0, 1, middle);
	struct canvas right = canvas_part(on, row, middle + 1, 1, on->cols - middle - 1);

	if (new != CODE_NONE && code->sheet->rows[new].kind == SHEET_HUNK) {
		draw_hunk_head(code, on, row, new);
		return;
	}
	draw_side(code, &left, old, true);
	canvas_put_mark(on, row, middle, LOOK_FRAME, MARK_BETWEEN);
	draw_side(code, &right, new, false);
}

void code_write_origin(struct strbuf *out, const struct story *story, int64_t version)
{
	const struct story_version *v = story_version(story, version);

	if (!v)
		return;
	strbuf_addf(out, "%lld %s %s", (long long)version, tell_who(v->by), tell_doing(v->purpose));
	if (v->asked)
		strbuf_addf(out, " %s", v->asked);
	if (v->subtask)
		strbuf_addf(out, ", subtask %lld", (long long)v->subtask);
}
