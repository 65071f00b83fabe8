#include "rag/chunks.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "rag/mentions.h"
#include "test.h"

#define MOST 20

struct seen {
	char heading[MOST][400];
	char anchor[MOST][100];
	struct strbuf text[MOST];
	size_t count;
};

static void keep(void *ctx, const struct chunk *chunk)
{
	struct seen *seen = ctx;
	size_t i = seen->count++;

	assert_true(i < MOST);
	assert_true(strlen(chunk->text) <= CHUNK_MOST_BYTES);
	assert_true(text_is_utf8(chunk->text, strlen(chunk->text)));
	snprintf(seen->heading[i], sizeof(seen->heading[i]), "%s", chunk->heading);
	snprintf(seen->anchor[i], sizeof(seen->anchor[i]), "%s", chunk->anchor);
	strbuf_addstr(&seen->text[i], chunk->text);
}

static void seen_release(struct seen *seen)
{
	for (size_t i = 0; i < MOST; i++)
		strbuf_release(&seen->text[i]);
}

TEST(a_chunk_knows_all_headings_above_it)
{
	struct seen seen = { 0 };
	struct chunker chunker;
	struct markup_sink sink = chunker_start(&chunker, keep, &seen);

	sink.heading(sink.ctx, 1, "Mesh", NULL);
	sink.heading(sink.ctx, 3, "polygons", "bpy.types.Mesh.polygons");
	sink.block(sink.ctx, "Its faces", false);
	sink.heading(sink.ctx, 2, "Use", NULL);
	sink.block(sink.ctx, "Like this", false);
	sink.block(sink.ctx, "x = 1\n", true);
	sink.heading(sink.ctx, 1, "Empty", NULL);
	chunker_end(&chunker);
	assert_int_equal(seen.count, 2);
	assert_string_equal(seen.heading[0], "Mesh > polygons");
	assert_string_equal(seen.anchor[0], "bpy.types.Mesh.polygons");
	assert_string_equal(seen.heading[1], "Mesh > Use");
	assert_string_equal(seen.anchor[1], "");
	assert_string_equal(strbuf_str(&seen.text[1]), "Like this\n\n```\nx = 1\n```");
	seen_release(&seen);
}

static void fill(struct strbuf *out, const char *piece, size_t len)
{
	while (out->len < len)
		strbuf_addstr(out, piece);
}

TEST(long_texts_are_cut_between_paragraphs_then_sentences)
{
	struct seen seen = { 0 };
	struct chunker chunker;
	struct markup_sink sink = chunker_start(&chunker, keep, &seen);
	struct strbuf text = { 0 };

	fill(&text, "Nine words make this one sentence that goes on. ", 1200);
	sink.block(sink.ctx, strbuf_str(&text), false);
	sink.block(sink.ctx, strbuf_str(&text), false);
	fill(&text, "Nine words make this one sentence that goes on. ", 3000);
	sink.block(sink.ctx, strbuf_str(&text), false);
	chunker_end(&chunker);
	assert_int_equal(seen.count, 4);
	assert_string_equal(strbuf_str(&seen.text[2]) + seen.text[2].len - 3, "on.");
	strbuf_release(&text);
	seen_release(&seen);
}

TEST(code_stays_whole_while_it_fits)
{
	struct seen seen = { 0 };
	struct chunker chunker;
	struct markup_sink sink = chunker_start(&chunker, keep, &seen);
	struct strbuf text = { 0 };

	fill(&text, "make(1)\n", 1500);
	sink.block(sink.ctx, "First some words.", false);
	sink.block(sink.ctx, strbuf_str(&text), true);
	sink.block(sink.ctx, strbuf_str(&text), true);
	fill(&text, "make(1)\n", 3000);
	sink.block(sink.ctx, strbuf_str(&text), true);
	chunker_end(&chunker);
	assert_int_equal(seen.count, 4);
	for (size_t i = 0; i < seen.count; i++)
		assert_string_equal(strbuf_str(&seen.text[i]) + seen.text[i].len - 12,
		                    "\nmake(1)\n```");
	strbuf_release(&text);
	seen_release(&seen);
}

TEST(what_has_no_place_to_cut_is_cut_between_characters)
{
	struct seen seen = { 0 };
	struct chunker chunker;
	struct markup_sink sink = chunker_start(&chunker, keep, &seen);
	struct strbuf text = { 0 };

	fill(&text, "€", 10000);
	sink.heading(sink.ctx, 1, strbuf_str(&text), NULL);
	sink.block(sink.ctx, strbuf_str(&text), false);
	sink.block(sink.ctx, strbuf_str(&text), true);
	chunker_end(&chunker);
	assert_true(seen.count >= 10);
	strbuf_release(&text);
	seen_release(&seen);
}

static void add_name(void *ctx, const char *ident)
{
	strbuf_addf(ctx, "%s\n", ident);
}

TEST(names_of_the_api_are_found_in_a_text)
{
	struct strbuf found = { 0 };

	mentions_each("Call bpy.ops.mesh.bevel(offset=1), then bmesh.ops.spin. A BevelModifier and "
	              "ShaderNodeTexNoise help; Modifier, bpy.data.objects, ops.x and abpy.types.X "
	              "do not. See bpy.types.Mesh.polygons...",
	              add_name, &found);
	assert_string_equal(strbuf_str(&found), "bpy.ops.mesh.bevel\nbmesh.ops.spin\n"
	                                        "bpy.types.BevelModifier\n"
	                                        "bpy.types.ShaderNodeTexNoise\n"
	                                        "bpy.types.Mesh.polygons\n");
	strbuf_release(&found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_chunk_knows_all_headings_above_it),
		cmocka_unit_test(long_texts_are_cut_between_paragraphs_then_sentences),
		cmocka_unit_test(code_stays_whole_while_it_fits),
		cmocka_unit_test(what_has_no_place_to_cut_is_cut_between_characters),
		cmocka_unit_test(names_of_the_api_are_found_in_a_text),
	};

	return RUN_ALL(tests);
}
