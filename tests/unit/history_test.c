#include "session/history.h"

#include <stdio.h>
#include <string.h>

#include "data.h"
#include "scratch.h"

/* A journal's index, told event by event. */
struct tree {
	struct journal_entry entries[64];
	struct journal_index index;
};

static int64_t put(struct tree *t, struct journal_entry e)
{
	e.id = (int64_t)t->index.count + 1;
	e.parent = t->index.head;
	t->entries[t->index.count++] = e;
	t->index.entries = t->entries;
	t->index.head = e.kind == EV_HEAD_MOVED ? e.to : e.id;
	return e.id;
}

static int64_t happen(struct tree *t, enum event_kind kind)
{
	return put(t, (struct journal_entry){ .kind = kind });
}

static int64_t answer(struct tree *t, enum gate gate, enum answer how)
{
	return put(t,
	           (struct journal_entry){ .kind = EV_GATE_ANSWERED, .gate = gate, .answer = how });
}

static int64_t accept_script(struct tree *t)
{
	happen(t, EV_TURN_BEGAN);
	happen(t, EV_TURN_ENDED);
	happen(t, EV_SCRIPT_WRITTEN);
	happen(t, EV_GATE_OPENED);
	return answer(t, GATE_SCRIPT, ANSWER_ACCEPT);
}

static int64_t begin(struct tree *t)
{
	happen(t, EV_SESSION_OPENED);
	return happen(t, EV_PROMPT_GIVEN);
}

static int64_t undo(struct tree *t, size_t steps)
{
	struct error err;
	int64_t to;

	if (!history_undo(&to, &t->index, steps, &err)) {
		assert_non_null(strstr(err.text, "nothing to undo"));
		return -1;
	}
	put(t, (struct journal_entry){ .kind = EV_HEAD_MOVED, .to = to });
	return to;
}

static int64_t redo(struct tree *t, size_t steps)
{
	struct error err;
	int64_t to;

	if (!history_redo(&to, &t->index, steps, &err)) {
		assert_non_null(strstr(err.text, "nothing to redo"));
		return -1;
	}
	put(t, (struct journal_entry){ .kind = EV_HEAD_MOVED, .to = to, .redo = true });
	return to;
}

TEST(undo_goes_back_step_by_step_to_the_prompt_and_no_further)
{
	struct tree t = { 0 };
	int64_t prompt = begin(&t), plan, first;

	assert_int_equal(undo(&t, 1), -1);
	happen(&t, EV_PLAN_MADE);
	plan = answer(&t, GATE_PLAN, ANSWER_ACCEPT);
	first = accept_script(&t);
	accept_script(&t);
	assert_int_equal(undo(&t, 1), first);
	assert_int_equal(undo(&t, 1), plan);
	assert_int_equal(undo(&t, 1), prompt);
	assert_int_equal(undo(&t, 1), -1);
}

TEST(undo_first_takes_back_the_work_that_no_step_ends_yet)
{
	static const enum event_kind work[] = { EV_PROMPT_GIVEN,   EV_PLAN_MADE,
		                                EV_SCRIPT_WRITTEN, EV_INSTRUCTION_READ,
		                                EV_FLAWS_FOUND,    EV_VERDICT_GIVEN };

	for (size_t i = 0; i < COUNT(work); i++) {
		struct tree t = { 0 };
		int64_t step;

		begin(&t);
		step = accept_script(&t);
		happen(&t, EV_TURN_BEGAN);
		happen(&t, work[i]);
		happen(&t, EV_TURN_BEGAN);
		assert_int_equal(undo(&t, 1), step);
	}
}

TEST(what_only_keeps_the_books_is_no_work_to_undo)
{
	static const enum event_kind books[] = { EV_SESSION_OPENED, EV_PHASE_BEGAN, EV_FILE_WRITTEN,
		                                 EV_AUTONOMY_SET,   EV_TROUBLE,     EV_ENDED,
		                                 EV_VIEWS_DRAWN };
	struct tree t = { 0 };
	int64_t first;

	begin(&t);
	first = accept_script(&t);
	accept_script(&t);
	happen(&t, EV_FLAWS_FOUND); /* none, so the phase was over */
	for (size_t i = 0; i < COUNT(books); i++)
		happen(&t, books[i]);
	answer(&t, GATE_TURN, ANSWER_ACCEPT);
	assert_int_equal(undo(&t, 1), first);
}

TEST(a_rejected_script_is_no_step)
{
	struct tree t = { 0 };
	int64_t step;

	begin(&t);
	step = accept_script(&t);
	happen(&t, EV_SCRIPT_WRITTEN);
	answer(&t, GATE_SCRIPT, ANSWER_REJECT);
	answer(&t, GATE_HELP, ANSWER_ACCEPT);
	assert_int_equal(history_step_at(&t.index, t.index.head), step);
	assert_int_equal(undo(&t, 1), step);
}

TEST(redo_leads_back_to_where_the_first_undo_began)
{
	struct tree t = { 0 };
	int64_t steps[3], end;

	begin(&t);
	for (size_t i = 0; i < COUNT(steps); i++)
		steps[i] = accept_script(&t);
	end = happen(&t, EV_SCRIPT_WRITTEN);
	assert_int_equal(undo(&t, 1), steps[2]);
	assert_int_equal(undo(&t, 2), steps[0]);
	assert_int_equal(redo(&t, 1), steps[1]);
	assert_int_equal(redo(&t, 1), steps[2]);
	assert_int_equal(redo(&t, 1), end);
	assert_int_equal(redo(&t, 1), -1);
	assert_int_equal(undo(&t, 9), 2);
	assert_int_equal(redo(&t, 2), steps[1]);
	assert_int_equal(redo(&t, 9), end);
}

TEST(redo_of_the_last_step_also_brings_back_that_the_work_had_ended)
{
	struct tree t = { 0 };
	int64_t end;

	begin(&t);
	accept_script(&t);
	accept_script(&t);
	end = happen(&t, EV_ENDED);
	undo(&t, 1);
	assert_int_equal(redo(&t, 1), end);
}

TEST(redo_outlives_books_but_nothing_new)
{
	struct tree t = { 0 };
	int64_t second;

	begin(&t);
	accept_script(&t);
	second = accept_script(&t);
	undo(&t, 1);
	happen(&t, EV_SESSION_OPENED);
	happen(&t, EV_SCRIPT_RAN);
	happen(&t, EV_VIEWS_DRAWN);
	assert_int_equal(redo(&t, 1), second);
	undo(&t, 1);
	happen(&t, EV_SCRIPT_WRITTEN);
	assert_int_equal(redo(&t, 1), -1);
}

TEST(after_a_jump_to_another_branch_redo_leads_back_to_the_old_one)
{
	struct tree t = { 0 };
	int64_t first, old, other;

	begin(&t);
	first = accept_script(&t);
	accept_script(&t);
	old = accept_script(&t);
	undo(&t, 2);
	assert_int_equal(t.index.head, first);
	other = accept_script(&t);
	put(&t, (struct journal_entry){ .kind = EV_HEAD_MOVED, .to = old });
	assert_int_equal(redo(&t, 1), other);
}

TEST(a_step_that_is_not_there_is_answered_with_the_nearest)
{
	struct tree t = { 0 };
	struct error err;
	int64_t first, second;
	char both[64];

	begin(&t);
	assert_false(history_find(&t.index, 1, &err));
	assert_non_null(strstr(err.text, "nothing has been accepted"));
	first = accept_script(&t);
	second = accept_script(&t);
	assert_true(history_find(&t.index, first, &err));
	assert_false(history_find(&t.index, first + 1, &err));
	snprintf(both, sizeof(both), "nearest are %d and %d", (int)first, (int)second);
	assert_non_null(strstr(err.text, both));
	assert_false(history_find(&t.index, 99, &err));
	assert_non_null(strstr(err.text, "the nearest is 12"));
}

static void tell_tree(struct strbuf *out, const struct history *h)
{
	for (size_t i = 0; i < h->count; i++) {
		const struct history_step *s = &h->steps[i];

		strbuf_addf(out, "%*s%s%d from %d: %s %s %d, %d calls, %.4f%s, %s\n",
		            (int)s->depth * 2, "", s->is_on_path ? "*" : "", (int)s->id,
		            (int)s->from, phase_names[s->phase], purpose_names[s->purpose],
		            (int)s->script, (int)s->calls, s->cost_usd,
		            s->unpriced ? " and more" : "", s->note ? s->note : "-");
	}
}

/* The tree of the journal in `dir`, as text; *h for whoever wants to know more. */
static void assert_tree(const char *dir, struct history *h, const char *expected)
{
	static const struct journal_options looking = { .read_only = true };
	struct strbuf told = { 0 };
	struct journal_report report;
	struct journal *j;
	struct error err;

	assert_true(journal_open(&j, dir, &looking, &report, &err));
	assert_true(history_read(h, j, &err));
	tell_tree(&told, h);
	assert_string_equal(strbuf_str(&told), expected);
	journal_close(j);
	strbuf_release(&told);
}

TEST(the_tree_tells_what_each_step_was_for_and_what_it_took)
{
	struct strbuf path = { 0 };
	struct history h;

	data_path(&path, "bucket");
	assert_tree(path.buf, &h,
	            "*8 from 0: create plan 0, 1 calls, 0.0042, Red bucket\n"
	            "*20 from 8: create repair 15, 2 calls, 0.0162, "
	            "The operator is called shade_smooth.\n"
	            "*31 from 20: create create 26, 2 calls, 0.0185, A torus for the handle.\n"
	            "*48 from 31: refine refine 40, 3 calls, 0.0660, "
	            "The handle sits on the rim and is thicker.\n"
	            "*79 from 48: refine hand 72, 0 calls, 0.0000, -\n");
	assert_int_equal(h.here, 79);
	history_release(&h);
	strbuf_release(&path);
}

static int64_t add(struct journal *j, struct event ev)
{
	struct error err = { 0 };

	if (!journal_add(j, &ev, &err))
		fail_msg("%s", err.text);
	return ev.id;
}

static int64_t add_step(struct journal *j, const char *text)
{
	add(j, (struct event){ .kind = EV_SCRIPT_WRITTEN,
	                       .body.script = { .blob = "", .note = text } });
	return add(j, (struct event){ .kind = EV_GATE_ANSWERED,
	                              .body.answer = { GATE_SCRIPT, ANSWER_ACCEPT, NULL, true } });
}

static void go_to(struct journal *j, int64_t id)
{
	add(j, (struct event){ .kind = EV_HEAD_MOVED, .body.head.to = id });
}

TEST(side_branches_stand_before_the_one_that_leads_to_the_head)
{
	static const struct journal_options plain = { 0 };
	struct scratch s = scratch_new();
	struct journal_report report;
	struct journal *j;
	struct history h;
	struct error err;
	int64_t root, b;

	assert_true(journal_open(&j, s.dir, &plain, &report, &err));
	root = add_step(j, "root");
	add_step(j, "a");
	go_to(j, root);
	b = add_step(j, "b");
	add_step(j, "b1");
	go_to(j, b);
	add_step(j, "b2");
	go_to(j, root);
	add_step(j, "c");
	go_to(j, b);
	assert_tree(s.dir, &h,
	            "*2 from 0: create none 1, 0 calls, 0.0000, root\n"
	            "  4 from 2: create none 3, 0 calls, 0.0000, a\n"
	            "  15 from 2: create none 14, 0 calls, 0.0000, c\n"
	            "*7 from 2: create none 6, 0 calls, 0.0000, b\n"
	            "  9 from 7: create none 8, 0 calls, 0.0000, b1\n"
	            "12 from 7: create none 11, 0 calls, 0.0000, b2\n");
	assert_int_equal(h.here, b);
	history_release(&h);
	journal_close(j);
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(undo_goes_back_step_by_step_to_the_prompt_and_no_further),
		cmocka_unit_test(undo_first_takes_back_the_work_that_no_step_ends_yet),
		cmocka_unit_test(what_only_keeps_the_books_is_no_work_to_undo),
		cmocka_unit_test(a_rejected_script_is_no_step),
		cmocka_unit_test(redo_leads_back_to_where_the_first_undo_began),
		cmocka_unit_test(redo_of_the_last_step_also_brings_back_that_the_work_had_ended),
		cmocka_unit_test(redo_outlives_books_but_nothing_new),
		cmocka_unit_test(after_a_jump_to_another_branch_redo_leads_back_to_the_old_one),
		cmocka_unit_test(a_step_that_is_not_there_is_answered_with_the_nearest),
		cmocka_unit_test(the_tree_tells_what_each_step_was_for_and_what_it_took),
		cmocka_unit_test(side_branches_stand_before_the_one_that_leads_to_the_head),
	};

	return RUN_ALL(tests);
}
