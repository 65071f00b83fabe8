#include <string.h>

#include "tui/house.h"
#include "tui/marks.h"

/* What the planner made of the prompt: subtasks, and how far they have come. */
struct plan_pane {
	struct pane pane;
	size_t cursor;
};

static void draw(void *pane, struct canvas *on)
{
	static const enum mark marks[] = {
		[SUBTASK_WAITING] = MARK_WAITING,
		[SUBTASK_ACTIVE] = MARK_ACTIVE,
		[SUBTASK_DONE] = MARK_DONE,
		[SUBTASK_SKIPPED] = MARK_SKIPPED,
	};
	static const enum look looks[] = {
		[SUBTASK_WAITING] = LOOK_TEXT,
		[SUBTASK_ACTIVE] = LOOK_STRONG,
		[SUBTASK_DONE] = LOOK_GOOD,
		[SUBTASK_SKIPPED] = LOOK_DIM,
	};
	struct plan_pane *p = pane;
	const struct state *now = session_state(house_session(p->pane.house));

	for (size_t i = 0; i < now->plan.subtasks.count; i++) {
		enum subtask_status status = now->subtasks[i];

		canvas_say(on, (int)i, 0, looks[status], canvas_mark(on, marks[status]));
		canvas_say(on, (int)i, 2, LOOK_TEXT, now->plan.subtasks.items[i].title);
		if (i == p->cursor)
			canvas_tint(on, (int)i, 0, on->cols, LOOK_CURSOR_LINE);
	}
}

static bool on_move(void *pane, enum move move)
{
	struct plan_pane *p = pane;
	size_t count = session_state(house_session(p->pane.house))->plan.subtasks.count;

	if (move == MOVE_DOWN && p->cursor + 1 < count)
		p->cursor++;
	else if (move == MOVE_UP && p->cursor)
		p->cursor--;
	else
		return false;
	return true;
}

static void badge(void *pane, struct strbuf *out)
{
	const struct state *now =
		session_state(house_session(((struct plan_pane *)pane)->pane.house));

	if (now->plan.subtasks.count)
		strbuf_addf(out, "%zu/%zu", now->subtask, now->plan.subtasks.count);
}

const struct pane_type plan_pane = {
	.id = PANE_PLAN,
	.title = "Plan",
	.size = sizeof(struct plan_pane),
	.draw = draw,
	.badge = badge,
	.move = on_move,
};
