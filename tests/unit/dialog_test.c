#include "cli/dialog.h"

#include <string.h>

#include "test.h"

static void assert_answer(enum question q, enum gate gate, const char *line, enum reaction reaction,
                          const char *command)
{
	struct state now = { .waiting = q == QUESTION_GATE, .gate = gate };
	struct strbuf out = { 0 };

	assert_int_equal(dialog_answer(&out, &q, line, &now), reaction);
	assert_string_equal(strbuf_str(&out), command);
	strbuf_release(&out);
}

TEST(numbers_and_words_do_the_same)
{
	assert_answer(QUESTION_GATE, GATE_SCRIPT, "1", REACT_DO, "accept");
	assert_answer(QUESTION_GATE, GATE_SCRIPT, " 1. ", REACT_DO, "accept");
	assert_answer(QUESTION_GATE, GATE_SCRIPT, "accept", REACT_DO, "accept");
	assert_answer(QUESTION_GATE, GATE_SCRIPT, "4", REACT_EDIT, "");
	assert_answer(QUESTION_GATE, GATE_SCRIPT, "edit", REACT_EDIT, "");
	assert_answer(QUESTION_GATE, GATE_SCRIPT, "edit x.py", REACT_DO, "edit x.py");
	assert_answer(QUESTION_GATE, GATE_SCRIPT, "5", REACT_DIFF, "");
	assert_answer(QUESTION_GATE, GATE_SCRIPT, "undo 2", REACT_DO, "undo 2");
	assert_answer(QUESTION_GATE, GATE_SCRIPT, "help", REACT_HELP, "");
	assert_answer(QUESTION_PAUSED, GATE_TURN, "1", REACT_DO, "continue");
	assert_answer(QUESTION_PAUSED, GATE_TURN, "3", REACT_DO, "quit");
}

TEST(what_fits_no_question_does_nothing)
{
	assert_answer(QUESTION_GATE, GATE_PLAN, "5", REACT_UNKNOWN, "");
	assert_answer(QUESTION_GATE, GATE_SCRIPT, "9", REACT_UNKNOWN, "");
	assert_answer(QUESTION_GATE, GATE_SCRIPT, "11", REACT_UNKNOWN, "");
	assert_answer(QUESTION_GATE, GATE_SCRIPT, "yes please", REACT_UNKNOWN, "");
	assert_answer(QUESTION_GATE, GATE_SCRIPT, "", REACT_ASK, "");
	assert_answer(QUESTION_PAUSED, GATE_TURN, "4", REACT_UNKNOWN, "");
}

TEST(a_rejection_asks_why_and_may_go_without_a_reason)
{
	struct state now = { .waiting = true, .gate = GATE_SCRIPT };
	enum question q = QUESTION_GATE;
	struct strbuf out = { 0 };

	assert_int_equal(dialog_answer(&out, &q, "2", &now), REACT_ASK);
	assert_int_equal(q, QUESTION_REASON);
	assert_int_equal(dialog_answer(&out, &q, "1", &now), REACT_DO);
	assert_string_equal(strbuf_str(&out), "reject 1");
	q = QUESTION_REASON;
	assert_int_equal(dialog_answer(&out, &q, "", &now), REACT_DO);
	assert_string_equal(strbuf_str(&out), "reject");
	strbuf_release(&out);
}

TEST(saying_nothing_instead_leads_back)
{
	struct state now = { .waiting = true, .gate = GATE_SCRIPT };
	enum question q = QUESTION_GATE;
	struct strbuf out = { 0 };

	assert_int_equal(dialog_answer(&out, &q, "3", &now), REACT_ASK);
	assert_int_equal(q, QUESTION_INSTEAD);
	assert_int_equal(dialog_answer(&out, &q, " ", &now), REACT_ASK);
	assert_int_equal(q, QUESTION_GATE);
	q = QUESTION_INSTEAD;
	assert_int_equal(dialog_answer(&out, &q, "thicker legs", &now), REACT_DO);
	assert_string_equal(strbuf_str(&out), "reprompt thicker legs");
	strbuf_release(&out);
}

TEST(what_shall_change_is_said_freely_and_silence_is_the_end)
{
	assert_answer(QUESTION_CHANGE, GATE_TURN, "a thinner handle", REACT_DO,
	              "prompt a thinner handle");
	assert_answer(QUESTION_CHANGE, GATE_TURN, "3 legs", REACT_DO, "prompt 3 legs");
	assert_answer(QUESTION_CHANGE, GATE_TURN, "", REACT_DO, "done");
	assert_answer(QUESTION_CHANGE, GATE_TURN, "undo", REACT_DO, "undo");
}

TEST(a_gate_comes_before_a_pause_and_a_pause_before_wishes)
{
	struct state now = { .waiting = true };

	assert_int_equal(dialog_next(&now, true), QUESTION_GATE);
	now.waiting = false;
	assert_int_equal(dialog_next(&now, true), QUESTION_PAUSED);
	assert_int_equal(dialog_next(&now, false), QUESTION_CHANGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_and_words_do_the_same),
		cmocka_unit_test(what_fits_no_question_does_nothing),
		cmocka_unit_test(a_rejection_asks_why_and_may_go_without_a_reason),
		cmocka_unit_test(saying_nothing_instead_leads_back),
		cmocka_unit_test(what_shall_change_is_said_freely_and_silence_is_the_end),
		cmocka_unit_test(a_gate_comes_before_a_pause_and_a_pause_before_wishes),
	};

	return RUN_ALL(tests);
}
