#include <string.h>

#include "base/text.h"
#include "tui/house.h"
#include "tui/marks.h"

/* What measuring shows of the version, and what critic and verifier say of it. */
struct checks_pane {
	struct pane pane;
	size_t cursor, top;
	size_t rows; /* that there were when it was last drawn */
	int seen;
};

struct writer {
	const struct canvas *on;
	struct checks_pane *pane;
	size_t row; /* the next, of all */
};

static void say(struct writer *w, enum look look, enum mark mark, const char *text)
{
	struct text_span rest = text_span(text), line;
	int cols = w->on->cols > 4 ? w->on->cols - 2 : 2;
	bool is_first = true;

	while (text_next_row(&line, &rest, (size_t)cols)) {
		int at = (int)(w->row - w->pane->top);

		if (w->row >= w->pane->top && is_first)
			canvas_put_mark(w->on, at, 0, look, mark);
		if (w->row >= w->pane->top)
			canvas_text(w->on, at, 2, LOOK_TEXT, line.at, line.len, cols);
		w->row++;
		is_first = false;
	}
}

static void say_facts(struct writer *w, const struct story_version *v)
{
	struct strbuf text = { 0 };

	if (!v->facts.size) {
		say(w, LOOK_DIM, MARK_WAITING, "not measured yet");
		return;
	}
	strbuf_addf(&text, "%s, %lld objects, %lld faces", v->facts.size,
	            (long long)v->facts.objects, (long long)v->facts.faces);
	say(w, LOOK_GOOD, MARK_DONE, strbuf_str(&text));
	if (!v->facts.problems.count)
		say(w, LOOK_GOOD, MARK_DONE, "nothing floats, overlaps, is open or inside out");
	for (size_t i = 0; i < v->facts.problems.count; i++) {
		const struct fact *f = &v->facts.problems.items[i];

		strbuf_reset(&text);
		strbuf_addf(&text, "%s: %s", f->kind, f->text);
		say(w, f->severity == SEVERITY_LOW ? LOOK_DIM : LOOK_BAD, MARK_BAD,
		    strbuf_str(&text));
	}
	strbuf_release(&text);
}

static void say_flaws(struct writer *w, const struct state *now)
{
	static const enum mark marks[] = {
		[FLAW_OPEN] = MARK_BAD, [FLAW_PARTLY] = MARK_ACTIVE, [FLAW_RESOLVED] = MARK_DONE
	};
	static const enum look looks[] = {
		[FLAW_OPEN] = LOOK_BAD, [FLAW_PARTLY] = LOOK_WARN, [FLAW_RESOLVED] = LOOK_GOOD
	};
	struct strbuf text = { 0 };

	if (now->fit >= 0) {
		strbuf_addf(&text, "fits the prompt %lld/10", (long long)now->fit);
		say(w, LOOK_STRONG, MARK_HERE, strbuf_str(&text));
	}
	for (size_t i = 0; i < now->flaws.count; i++) {
		const struct open_flaw *f = &now->flaws.items[i];

		strbuf_reset(&text);
		strbuf_addf(&text, "%s %s: %s (%s)", f->flaw.id, f->flaw.part,
		            f->evidence ? f->evidence : f->flaw.problem,
		            flaw_status_names[f->status]);
		say(w, looks[f->status], marks[f->status], strbuf_str(&text));
	}
	strbuf_release(&text);
}

static void draw(void *pane, struct canvas *on)
{
	struct checks_pane *p = pane;
	struct house *h = p->pane.house;
	const struct story_version *v = story_version(house_story(h), house_version(h));
	struct writer w = { on, p, 0 };

	p->seen = on->rows;
	if (!v)
		say(&w, LOOK_DIM, MARK_WAITING, "There is no script yet.");
	else if (v->fate == STORY_FAILED)
		say(&w, LOOK_BAD, MARK_BAD, v->failure.message);
	if (v)
		say_facts(&w, v);
	say_flaws(&w, session_state(house_session(h)));
	p->rows = w.row;
}

static bool scroll_by(struct checks_pane *p, int by)
{
	size_t most = p->rows > (size_t)p->seen ? p->rows - (size_t)p->seen : 0;
	size_t top = by < 0 && p->top < (size_t)-by ? 0 : p->top + (size_t)by;

	if (top > most)
		top = most;
	if (top == p->top)
		return false;
	p->top = top;
	return true;
}

static bool on_move(void *pane, enum move move)
{
	struct checks_pane *p = pane;
	int page = p->seen > 2 ? p->seen - 1 : 1;
	const int by[] = { [MOVE_UP] = -1,
		           [MOVE_DOWN] = 1,
		           [MOVE_TOP] = -(1 << 20),
		           [MOVE_BOTTOM] = 1 << 20,
		           [MOVE_HALF_UP] = -page / 2,
		           [MOVE_HALF_DOWN] = page / 2,
		           [MOVE_PAGE_UP] = -page,
		           [MOVE_PAGE_DOWN] = page,
		           [MOVE_WHEEL_UP] = -3,
		           [MOVE_WHEEL_DOWN] = 3 };

	return (size_t)move < COUNT(by) && by[move] && scroll_by(p, by[move]);
}

static void badge(void *pane, struct strbuf *out)
{
	struct house *h = ((struct pane *)pane)->house;
	const struct story_version *v = story_version(house_story(h), house_version(h));

	if (v && v->facts.size)
		strbuf_addf(out, "%zu to look at", v->facts.problems.count);
}

const struct pane_type checks_pane = {
	.id = PANE_CHECKS,
	.title = "Checks",
	.size = sizeof(struct checks_pane),
	.draw = draw,
	.badge = badge,
	.move = on_move,
};
