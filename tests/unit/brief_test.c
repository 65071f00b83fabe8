#include "agent/brief.h"

#include <string.h>

#include "agent/agent.h"
#include "story.h"
#include "test.h"

static struct prompts prompts = {
	.house = (char *)(uintptr_t) "House rules for Blender {blender}.",
	.cards = {
		[ROLE_PLANNER] = (char *)(uintptr_t) "You plan.",
		[ROLE_RETRIEVER] = (char *)(uintptr_t) "You look up.",
		[ROLE_CODER] = (char *)(uintptr_t) "You code.",
		[ROLE_CRITIC] = (char *)(uintptr_t) "You judge.",
		[ROLE_VERIFIER] = (char *)(uintptr_t) "You verify.",
		[ROLE_PROXY] = (char *)(uintptr_t) "You speak for the user.",
	},
};

static void ask(struct brief *out, enum role role, const struct state *now, const char *script)
{
	struct material with = {
		.now = now,
		.prompts = &prompts,
		.blender = "4.3.2",
		.script = script,
		.facts = "{\"objects\":[{\"name\":\"body\",\"type\":\"MESH\",\"min\":[0,0,0],"
			 "\"max\":[0.3,0.3,0.32]}]}",
		.documents = now->documents.blob ? "Mesh.shade_smooth()" : "",
		.answers = now->answers.blob ? "BevelModifier.segments" : "",
	};

	memset(out, 0, sizeof(*out));
	agent_for(role)->brief(out, &with);
}

static void assert_asks(enum role role, const struct state *now, const char *script,
                        const char *words)
{
	struct brief brief;

	ask(&brief, role, now, script);
	if (!strstr(strbuf_str(&brief.now), words))
		fail_msg("\"%s\" is not in:\n%s", words, strbuf_str(&brief.now));
	brief_release(&brief);
}

static void assert_asks_not(enum role role, const struct state *now, const char *script,
                            const char *words)
{
	struct brief brief;

	ask(&brief, role, now, script);
	assert_null(strstr(strbuf_str(&brief.now), words));
	brief_release(&brief);
}

static void assert_starts_with(const struct strbuf *whole, const struct strbuf *start)
{
	assert_true(whole->len >= start->len);
	assert_memory_equal(strbuf_str(whole), strbuf_str(start), start->len);
}

TEST(what_all_agents_share_is_the_same_to_the_byte_and_only_grows)
{
	struct brief first, second, third;
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	plan_of_two(&s);
	ask(&first, ROLE_CODER, &s, "");
	write_script(&s, "one");
	fail_run(&s);
	ask(&second, ROLE_CRITIC, &s, "import bpy");
	run(&s);
	find_flaws(&s, 2);
	ask(&third, ROLE_VERIFIER, &s, "import bpy");
	assert_string_equal(first.house.buf, "House rules for Blender 4.3.2.");
	assert_string_equal(first.house.buf, third.house.buf);
	assert_string_equal(first.task.buf, third.task.buf);
	assert_starts_with(&second.said, &first.said);
	assert_starts_with(&third.said, &second.said);
	assert_true(third.said.len > second.said.len);
	brief_release(&first);
	brief_release(&second);
	brief_release(&third);
	state_release(&s);
}

TEST(an_agent_without_shared_context_hears_nothing_of_the_others)
{
	struct material with = { .prompts = &prompts,
		                 .blender = "5.2",
		                 .script = "",
		                 .facts = "",
		                 .documents = "",
		                 .answers = "" };
	struct brief brief = { 0 };
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	with.now = &s;
	with.alone = true;
	planner.brief(&brief, &with);
	assert_int_equal(brief.said.len, 0);
	assert_non_null(strstr(brief.task.buf, "a red bucket"));
	brief_release(&brief);
	state_release(&s);
}

TEST(the_coder_hears_of_its_subtask_then_of_the_error_in_its_words)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	plan_of_two(&s);
	assert_asks(ROLE_CODER, &s, "", "Subtask 1 of 2: body");
	assert_asks(ROLE_CODER, &s, "", "The whole script in one ```python block");
	write_script(&s, "one");
	fail_run(&s);
	assert_int_equal(coder.purpose(&s), PURPOSE_REPAIR);
	assert_asks(ROLE_CODER, &s, "import bpy\n", "Line 12");
	assert_asks(ROLE_CODER, &s, "import bpy\n", "no attribute");
	assert_asks(ROLE_CODER, &s, "import bpy\n", "```python\nimport bpy\n```");
	write_script(&s, "two");
	fail_run(&s);
	assert_asks(ROLE_CODER, &s, "import bpy\n", "No edits");
	state_release(&s);
}

TEST(only_flaws_that_are_left_are_asked_for)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	begin_phase(&s, PHASE_REFINE, 1);
	find_flaws(&s, 2);
	write_script(&s, "one");
	run(&s);
	rule_on_b(&s, FLAW_RESOLVED, false);
	assert_asks(ROLE_CODER, &s, "x", "- A, lip");
	assert_asks_not(ROLE_CODER, &s, "x", "- B, ear");
	state_release(&s);
}

TEST(a_refusal_and_an_objection_reach_the_agent)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	refuse(&s, ROLE_PLANNER);
	assert_asks(ROLE_PLANNER, &s, "", "no JSON");
	plan_of_two(&s);
	answer(&s, GATE_PLAN, ANSWER_REJECT, "fewer steps");
	assert_asks(ROLE_PLANNER, &s, "", "fewer steps");
	state_release(&s);
}

TEST(the_critic_gets_measures_and_the_schema_of_its_answer)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	write_script(&s, "one");
	run(&s);
	happen(&s, (struct event){ .kind = EV_FACTS_FOUND,
	                           .body.facts = { .script = s.candidate.id,
	                                           .blob = "hash",
	                                           .size = "0.3 x 0.3 x 0.32 m" } });
	assert_asks(ROLE_CRITIC, &s, "", "body (MESH): 0.3 x 0.3 x 0.32 m");
	assert_asks(ROLE_CRITIC, &s, "", "No problems were measured");
	assert_asks(ROLE_CRITIC, &s, "", "\"enum\":[\"low\",\"medium\",\"high\",null]");
	state_release(&s);
}

TEST(a_plan_whose_parts_hang_on_nothing_is_refused_with_the_name)
{
	struct plan_part parts[] = {
		{ .name = "body", .looks = "x", .size = "y" },
		{ .name = "handle", .looks = "x", .size = "y", .parent = "bodi" },
	};
	struct subtask subtasks[] = { { .title = "t", .goal = "g" } };
	union event_body body = {
		.plan = { .parts = { parts, 2 }, .subtasks = { subtasks, 1 } },
	};
	struct state s = { 0 };
	struct error err;

	assert_false(planner.check(&body, &s, &err));
	assert_non_null(strstr(err.text, "bodi"));
	parts[1].parent = "body";
	assert_true(planner.check(&body, &s, &err));
	body.plan.subtasks.count = 0;
	assert_false(planner.check(&body, &s, &err));
}

TEST(a_verdict_must_rule_on_every_flaw_that_is_open)
{
	struct ruling one[] = { { "A", FLAW_RESOLVED, "seen" } };
	union event_body body = { .verdict = { .rulings = { one, 1 } } };
	struct state s = { 0 };
	struct error err;

	prompt(&s, "a red bucket");
	find_flaws(&s, 2);
	assert_false(verifier.check(&body, &s, &err));
	assert_non_null(strstr(err.text, "\"B\""));
	state_release(&s);
}

TEST(the_coder_alone_reads_what_was_found_and_late_in_its_brief)
{
	static const enum role others[] = { ROLE_PLANNER, ROLE_CRITIC, ROLE_VERIFIER, ROLE_PROXY };
	struct brief before, after;
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	plan_of_two(&s);
	ask(&before, ROLE_CODER, &s, "import bpy\n");
	find(&s, "found");
	ask(&after, ROLE_CODER, &s, "import bpy\n");
	assert_non_null(strstr(after.now.buf, "# What this Blender has (4.3.2)\n\n"
	                                      "Mesh.shade_smooth()\n"));
	assert_true(strstr(after.now.buf, "# What this Blender has") >
	            strstr(after.now.buf, "Subtask 1 of 2"));
	assert_string_equal(before.task.buf, after.task.buf);
	assert_starts_with(&after.said, &before.said);
	for (size_t i = 0; i < COUNT(others); i++)
		assert_asks_not(others[i], &s, "", "shade_smooth");
	brief_release(&before);
	brief_release(&after);
	state_release(&s);
}

TEST(what_the_coder_asked_for_and_a_digest_are_read_by_it)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	plan_of_two(&s);
	find(&s, "found");
	want(&s, "bevel modifier");
	find(&s, "bevel");
	assert_asks(ROLE_CODER, &s, "", "Mesh.shade_smooth()");
	assert_asks(ROLE_CODER, &s, "", "BevelModifier.segments");
	assert_asks(ROLE_RETRIEVER, &s, "", "Mesh.shade_smooth()");
	happen(&s, (struct event){ .kind = EV_DOCUMENTS_READ,
	                           .role = ROLE_RETRIEVER,
	                           .body.digest = { "in short: shade it" } });
	assert_asks(ROLE_CODER, &s, "", "in short: shade it");
	assert_asks_not(ROLE_CODER, &s, "", "Mesh.shade_smooth()");
	state_release(&s);
}

TEST(whoever_knows_the_next_step_is_asked_for_words_to_look_up)
{
	static const enum role authors[] = { ROLE_PLANNER, ROLE_CRITIC, ROLE_PROXY };
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	for (size_t i = 0; i < COUNT(authors); i++)
		assert_asks(authors[i], &s, "", "short queries for Blender's Python documentation");
	state_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_all_agents_share_is_the_same_to_the_byte_and_only_grows),
		cmocka_unit_test(an_agent_without_shared_context_hears_nothing_of_the_others),
		cmocka_unit_test(the_coder_hears_of_its_subtask_then_of_the_error_in_its_words),
		cmocka_unit_test(only_flaws_that_are_left_are_asked_for),
		cmocka_unit_test(a_refusal_and_an_objection_reach_the_agent),
		cmocka_unit_test(the_critic_gets_measures_and_the_schema_of_its_answer),
		cmocka_unit_test(the_coder_alone_reads_what_was_found_and_late_in_its_brief),
		cmocka_unit_test(what_the_coder_asked_for_and_a_digest_are_read_by_it),
		cmocka_unit_test(whoever_knows_the_next_step_is_asked_for_words_to_look_up),
		cmocka_unit_test(a_plan_whose_parts_hang_on_nothing_is_refused_with_the_name),
		cmocka_unit_test(a_verdict_must_rule_on_every_flaw_that_is_open),
	};

	return RUN_ALL(tests);
}
