#include "event/tell.h"

#include "test.h"

static void assert_told(const struct event *ev, const char *text, const char *details)
{
	struct telling t = { 0 };
	struct bill bill = { 0 };

	bill_hear(&bill, ev);
	tell(&t, ev);
	bill_pay(&bill, &t, ev);
	assert_string_equal(strbuf_str(&t.text), text);
	assert_string_equal(strbuf_str(&t.details), details);
	telling_release(&t);
}

TEST(documents_are_told_by_the_best_with_scores_and_terms_below)
{
	const char *terms[] = { "solidify", "thickness" }, *asked[] = { "solidify thickness" };
	struct document list[] = {
		{ .ident = "bpy.types.SolidifyModifier",
		  .why = "the same name",
		  .terms = { terms, 2 },
		  .score = 1,
		  .is_packed = true },
		{ .ident = "bpy.types.Mesh", .score = 0.125 },
	};
	struct event ev = { .kind = EV_DOCUMENTS_FOUND,
		            .role = ROLE_RETRIEVER,
		            .body.documents = { .purpose = PURPOSE_CREATE,
		                                .asked = { asked, 1 },
		                                .version = "4.3.2",
		                                .took_ms = 12,
		                                .list = { list, 2 } } };

	assert_told(&ev, "2 documents, best bpy.types.SolidifyModifier (12 ms)",
	            "asked: solidify thickness\n"
	            "- 1.00 bpy.types.SolidifyModifier: the same name (solidify, thickness)\n"
	            "- 0.12 bpy.types.Mesh; not passed on\n");
	ev.body.documents = (struct documents){ .why = "there is no index" };
	assert_told(&ev, "found nothing: there is no index", "");
}

TEST(what_the_coder_wants_to_look_up_is_told)
{
	const char *queries[] = { "bevel segments", "harden normals" };

	assert_told(&(struct event){ .kind = EV_DOCUMENTS_WANTED,
	                             .role = ROLE_CODER,
	                             .body.wanted = { { queries, 2 } } },
	            "looks up first: bevel segments; harden normals", "");
}

TEST(names_that_are_not_there_are_told_with_their_lines)
{
	assert_told(&(struct event){ .kind = EV_SCRIPT_FAILED,
	                             .role = ROLE_RETRIEVER,
	                             .body.failed = { .script = 5,
	                                              .failure = FAILURE_NAMES,
	                                              .message = "line 3: no x\nline 7: no y",
	                                              .line = 3,
	                                              .source = "  x = 1",
	                                              .took_ms = 4 } },
	            "version 5 names what this Blender does not have: line 3: no x\n"
	            "line 7: no y (4 ms)",
	            "x = 1\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(documents_are_told_by_the_best_with_scores_and_terms_below),
		cmocka_unit_test(what_the_coder_wants_to_look_up_is_told),
		cmocka_unit_test(names_that_are_not_there_are_told_with_their_lines),
	};

	return RUN_ALL(tests);
}
