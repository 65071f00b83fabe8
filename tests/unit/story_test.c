#include "tui/story.h"

#include "test.h"

static int64_t happen(struct story *story, int64_t id, struct event ev)
{
	ev.id = id;
	ev.at_ms = 1000 * id;
	story_hear(story, &ev);
	return id;
}

static int64_t write_version(struct story *story, int64_t id, int64_t from, enum purpose purpose)
{
	return happen(
		story, id,
		(struct event){ .kind = EV_SCRIPT_WRITTEN,
	                        .role = ROLE_CODER,
	                        .body.script = { .blob = "b", .from = from, .purpose = purpose } });
}

static void answer(struct story *story, int64_t id, enum gate gate, enum answer how)
{
	happen(story, id,
	       (struct event){ .kind = EV_GATE_ANSWERED,
	                       .body.answer = { .gate = gate, .answer = how } });
}

static void find_flaws(struct story *story, int64_t id)
{
	struct flaw flaws[] = {
		{ .id = "A", .part = "lip", .problem = "thin", .fix = "thicker" },
		{ .id = "B", .part = "ear", .problem = "floats", .fix = "lower" },
	};

	happen(story, id,
	       (struct event){
		       .kind = EV_FLAWS_FOUND,
		       .role = ROLE_CRITIC,
		       .body.flaws = { .summary = "so so", .fit = 4, .list = { flaws, 2 } } });
}

TEST(a_version_knows_what_came_of_it)
{
	struct story story = { 0 };

	write_version(&story, 3, 0, PURPOSE_CREATE);
	happen(&story, 4,
	       (struct event){
		       .kind = EV_SCRIPT_FAILED,
		       .body.failed = { .script = 3, .message = "no attribute", .line = 12 } });
	write_version(&story, 5, 3, PURPOSE_REPAIR);
	happen(&story, 6,
	       (struct event){ .kind = EV_SCRIPT_RAN,
	                       .body.ran = { .script = 5, .took_ms = 1300 } });
	answer(&story, 7, GATE_SCRIPT, ANSWER_ACCEPT);
	write_version(&story, 8, 5, PURPOSE_REFINE);
	answer(&story, 9, GATE_SCRIPT, ANSWER_REJECT);
	assert_int_equal(story_version(&story, 3)->fate, STORY_FAILED);
	assert_int_equal(story_version(&story, 3)->failure.line, 12);
	assert_int_equal(story_version(&story, 5)->fate, STORY_ACCEPTED);
	assert_int_equal(story_version(&story, 5)->run_ms, 1300);
	assert_int_equal(story_version(&story, 5)->decided, 7);
	assert_int_equal(story_version(&story, 8)->fate, STORY_REJECTED);
	assert_null(story_version(&story, 4));
	story_release(&story);
}

TEST(an_answer_to_another_question_decides_no_version)
{
	struct story story = { 0 };

	write_version(&story, 3, 0, PURPOSE_CREATE);
	answer(&story, 4, GATE_TURN, ANSWER_ACCEPT);
	answer(&story, 5, GATE_PLAN, ANSWER_REJECT);
	assert_int_equal(story_version(&story, 3)->fate, STORY_WRITTEN);
	story_release(&story);
}

TEST(facts_and_views_are_of_the_version_they_name)
{
	struct story story = { 0 };
	struct view front = { .name = "front", .blob = "f" };

	write_version(&story, 3, 0, PURPOSE_CREATE);
	write_version(&story, 5, 3, PURPOSE_CREATE);
	happen(&story, 6,
	       (struct event){ .kind = EV_FACTS_FOUND,
	                       .body.facts = { .script = 3, .faces = 12 } });
	happen(&story, 7,
	       (struct event){ .kind = EV_VIEWS_DRAWN,
	                       .body.views = { .script = 3, .list = { &front, 1 } } });
	happen(&story, 8,
	       (struct event){ .kind = EV_FACTS_FOUND,
	                       .body.facts = { .script = 99, .faces = 1 } });
	assert_int_equal(story_version(&story, 3)->facts.faces, 12);
	assert_string_equal(story_version(&story, 3)->views.list.items[0].name, "front");
	assert_int_equal(story_version(&story, 5)->facts.faces, 0);
	story_release(&story);
}

TEST(a_version_knows_which_flaws_it_was_to_mend)
{
	struct ruling done = { "A", FLAW_RESOLVED, "thick now" };
	struct story story = { 0 };

	write_version(&story, 3, 0, PURPOSE_CREATE);
	find_flaws(&story, 4);
	write_version(&story, 5, 3, PURPOSE_REFINE);
	happen(&story, 6,
	       (struct event){
		       .kind = EV_VERDICT_GIVEN,
		       .body.verdict = { .summary = "half", .fit = 6, .rulings = { &done, 1 } } });
	write_version(&story, 7, 5, PURPOSE_REFINE);
	write_version(&story, 8, 7, PURPOSE_HAND);
	happen(&story, 9, (struct event){ .kind = EV_PHASE_BEGAN });
	write_version(&story, 10, 8, PURPOSE_GUIDE);
	assert_null(story_version(&story, 3)->asked);
	assert_string_equal(story_version(&story, 5)->asked, "A, B");
	assert_string_equal(story_version(&story, 7)->asked, "B");
	assert_null(story_version(&story, 8)->asked);
	assert_null(story_version(&story, 10)->asked);
	story_release(&story);
}

TEST(how_well_it_fits_is_what_was_said_last)
{
	struct story story = { 0 };

	write_version(&story, 3, 0, PURPOSE_CREATE);
	assert_false(story_version(&story, 3)->is_judged);
	find_flaws(&story, 4);
	write_version(&story, 5, 3, PURPOSE_REFINE);
	assert_int_equal(story_version(&story, 3)->fit, 4);
	assert_false(story_version(&story, 5)->is_judged);
	story_release(&story);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_version_knows_what_came_of_it),
		cmocka_unit_test(an_answer_to_another_question_decides_no_version),
		cmocka_unit_test(facts_and_views_are_of_the_version_they_name),
		cmocka_unit_test(a_version_knows_which_flaws_it_was_to_mend),
		cmocka_unit_test(how_well_it_fits_is_what_was_said_last),
	};

	return RUN_ALL(tests);
}
