#include "agent/preflight.h"

#include <string.h>

#include "story.h"
#include "test.h"

static const char *smooth[] = { "shade_smooth", "polygons" }, *radius[] = { "radius1" };
static struct rag_misnomer list[] = {
	{ .line = 2,
	  .name = "bpy.types.Mesh.use_auto_smooth",
	  .message = "line 2: Mesh has no use_auto_smooth.",
	  .nearest = { smooth, 2 },
	  .note = "It is gone since 4.1." },
	{ .line = 3,
	  .name = "bpy.ops.mesh.blub",
	  .message = "line 3: There is no bpy.ops.mesh.blub." },
	{ .line = 3,
	  .name = "keyword diameter1 of bmesh.ops.create_cone",
	  .message = "line 3: create_cone() takes no diameter1.",
	  .nearest = { radius, 1 } },
};
static const struct rag_misnomers none, some = { { list, 3 } };

static void fail_by_names(struct state *s)
{
	write_script(s, "one");
	happen(s, (struct event){ .kind = EV_SCRIPT_FAILED,
	                          .role = ROLE_RETRIEVER,
	                          .body.failed = { .script = s->candidate.id,
	                                           .failure = FAILURE_NAMES,
	                                           .message = "line 2: no" } });
}

TEST(only_a_coder_s_script_with_wrong_names_is_refused)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	write_script(&s, "one");
	assert_true(preflight_refuses(&s, &some));
	assert_false(preflight_refuses(&s, &none));
	happen(&s, (struct event){ .kind = EV_SCRIPT_WRITTEN,
	                           .role = ROLE_USER,
	                           .body.script = { .blob = "h", .purpose = PURPOSE_HAND } });
	assert_false(preflight_refuses(&s, &some));
	state_release(&s);
}

TEST(blender_has_the_last_word_if_the_coder_insists)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	fail_by_names(&s);
	write_script(&s, "two");
	assert_true(preflight_refuses(&s, &some));
	fail_by_names(&s);
	write_script(&s, "three");
	assert_false(preflight_refuses(&s, &some));
	fail_run(&s);
	write_script(&s, "four");
	assert_true(preflight_refuses(&s, &some));
	state_release(&s);
}

static void keep_failure(const struct event *ev, void *ctx)
{
	event_copy(ctx, ev);
}

TEST(a_refusal_names_every_line_its_source_and_what_to_look_up)
{
	struct services with = { .loop = loop_new() };
	struct state s = { 0 };
	struct turn turn = { .with = &with, .now = &s };
	struct event heard = { 0 };
	const struct script_failed *f = &heard.body.failed;

	with.bus = bus_new(with.loop);
	bus_join(with.bus, keep_failure, &heard);
	prompt(&s, "a red bucket");
	write_script(&s, "one");
	preflight_send(&turn, "import bpy\nm.use_auto_smooth = True\nbpy.ops.mesh.blub()\n", &some,
	               4);
	assert_true(loop_turn(with.loop, 0));
	assert_int_equal(heard.kind, EV_SCRIPT_FAILED);
	assert_int_equal(f->failure, FAILURE_NAMES);
	assert_int_equal(f->script, s.candidate.id);
	assert_int_equal(f->line, 2);
	assert_string_equal(f->source, "m.use_auto_smooth = True");
	assert_string_equal(f->message, "line 2: Mesh has no use_auto_smooth. It is gone since "
	                                "4.1.\nline 3: There is no bpy.ops.mesh.blub.\n"
	                                "line 3: create_cone() takes no diameter1.");
	assert_int_equal(f->search.count, 3);
	assert_string_equal(f->search.items[0], "bpy.types.Mesh.shade_smooth");
	assert_string_equal(f->search.items[1], "bpy.ops.mesh.blub");
	assert_string_equal(f->search.items[2], "bmesh.ops.create_cone");
	event_release(&heard);
	bus_free(with.bus);
	loop_free(with.loop);
	state_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_a_coder_s_script_with_wrong_names_is_refused),
		cmocka_unit_test(blender_has_the_last_word_if_the_coder_insists),
		cmocka_unit_test(a_refusal_names_every_line_its_source_and_what_to_look_up),
	};

	return RUN_ALL(tests);
}
