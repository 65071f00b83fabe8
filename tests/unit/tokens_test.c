#include "rag/tokens.h"

#include <string.h>

#include "base/strbuf.h"
#include "test.h"

static bool join(const struct token *token, void *ctx)
{
	struct strbuf *out = ctx;

	if (out->len)
		strbuf_addstr(out, " ");
	strbuf_add(out, token->text, token->len);
	return true;
}

static void assert_tokens(const char *text, const char *expected)
{
	struct strbuf out = { 0 };

	tokens_each(text, strlen(text), join, &out);
	assert_string_equal(strbuf_str(&out), expected);
	strbuf_release(&out);
}

TEST(an_identifier_is_found_whole_and_by_its_parts)
{
	assert_tokens("ShaderNodeBsdfPrincipled",
	              "shadernodebsdfprincipled shader node bsdf principled");
	assert_tokens("use_auto_smooth", "use_auto_smooth use auto smooth");
	assert_tokens("MESH_OT_bevel", "mesh_ot_bevel mesh ot bevel");
	assert_tokens("Curve2D", "curve2d curve 2 d");
	assert_tokens("UVMap", "uvmap uv map");
	assert_tokens("BLENDER_EEVEE_NEXT", "blender_eevee_next blender eevee next");
}

TEST(a_plain_word_comes_once)
{
	assert_tokens("bevel the Edges!", "bevel the edges");
	assert_tokens("bpy.ops.mesh", "bpy ops mesh");
	assert_tokens("_private", "_private private");
	assert_tokens("42", "42");
}

TEST(what_holds_no_word_gives_no_token)
{
	assert_tokens("", "");
	assert_tokens(" .,-()", "");
	assert_tokens("___", "");
}

TEST(letters_beyond_ascii_stay_in_their_word)
{
	assert_tokens("Stärke der_Naht", "stärke der_naht der naht");
}

TEST(a_word_without_end_is_cut)
{
	char text[1000];
	struct strbuf out = { 0 };

	memset(text, 'a', sizeof(text));
	tokens_each(text, sizeof(text), join, &out);
	assert_int_equal(out.len, 120);
	strbuf_reset(&out);
	for (size_t i = 0; i < sizeof(text); i += 2)
		text[i] = 'B';
	tokens_each(text, sizeof(text), join, &out);
	assert_int_equal(out.len, 120 + 32 * 3);
	strbuf_release(&out);
}

static bool first_only(const struct token *token, void *ctx)
{
	size_t *seen = ctx;

	assert_int_equal(token->from, 1);
	assert_int_equal(token->to, 9);
	return ++*seen < 1;
}

TEST(a_listener_may_have_enough)
{
	size_t seen = 0;

	tokens_each(" SubSurf2 more", 14, first_only, &seen);
	assert_int_equal(seen, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_identifier_is_found_whole_and_by_its_parts),
		cmocka_unit_test(a_plain_word_comes_once),
		cmocka_unit_test(what_holds_no_word_gives_no_token),
		cmocka_unit_test(letters_beyond_ascii_stay_in_their_word),
		cmocka_unit_test(a_word_without_end_is_cut),
		cmocka_unit_test(a_listener_may_have_enough),
	};

	return RUN_ALL(tests);
}
