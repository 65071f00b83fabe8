#include "rag/markup.h"

#include <string.h>
#include <time.h>

#include "base/strbuf.h"
#include "base/text.h"
#include "test.h"

/* What comes out, one line each: "# title {anchor}", "text", "| code". */
static void on_heading(void *ctx, int level, const char *title, const char *anchor)
{
	struct strbuf *out = ctx;

	assert_true(level >= 1 && level <= MARKUP_DEEPEST);
	strbuf_addf(out, "%.*s %s", level, "######", title);
	if (anchor)
		strbuf_addf(out, " {%s}", anchor);
	strbuf_addstr(out, "\n");
}

static void on_block(void *ctx, const char *text, bool is_code)
{
	struct strbuf *out = ctx;
	struct text_span rest = text_span(text), line;

	while (text_next_line(&line, &rest))
		strbuf_addf(out, "%s%.*s\n", is_code ? "| " : "", (int)line.len, line.at);
}

static void assert_read(enum markup kind, const char *text, const char *expected)
{
	struct strbuf out = { 0 };
	struct markup_sink sink = { on_heading, on_block, &out };

	markup_read(kind, text, strlen(text), &sink);
	assert_string_equal(strbuf_str(&out), expected);
	strbuf_release(&out);
}

TEST(the_kind_is_in_the_name)
{
	assert_int_equal(markup_of("a.html"), MARKUP_HTML);
	assert_int_equal(markup_of("A.HTM"), MARKUP_HTML);
	assert_int_equal(markup_of("bpy.types.Mesh.rst"), MARKUP_RST);
	assert_int_equal(markup_of("README.md"), MARKUP_MARKDOWN);
	assert_int_equal(markup_of("a.txt"), MARKUP_TEXT);
	assert_int_equal(markup_of("a.py"), MARKUP_NONE);
	assert_int_equal(markup_of("html"), MARKUP_NONE);
}

TEST(a_page_of_sphinx_is_its_text_and_its_names)
{
	assert_read(
		MARKUP_HTML,
		"<!DOCTYPE html><html><head><title>no</title><script>var no = '<p>no</p>';"
		"</script></head><body><div class=\"related\" role=\"navigation\"><p>no</p></div>"
		"<section id=\"mesh-id\"><h1>Mesh(ID)<a class=\"headerlink\" href=\"#x\">no</a>"
		"</h1><dl class=\"py class\"><dt class=\"sig\" id=\"bpy.types.Mesh\"><em>class "
		"</em><span>Mesh</span>(<em>ID</em>)</dt><dd><p>A   shape\nof faces</p>"
		"<dl><dt id=\"bpy.types.Mesh.polygons\"><span>polygons</span></dt><dd>"
		"<p>Its faces</p><dl class=\"field-list\"><dt>Type</dt><dd><p>a list</p></dd>"
		"</dl></dd></dl></dd></dl></section>"
		"<div class=\"footer\">no</div></body></html>",
		"# Mesh(ID) {mesh-id}\n"
		"## Mesh {bpy.types.Mesh}\n"
		"class Mesh(ID)\n"
		"A shape of faces\n"
		"### polygons {bpy.types.Mesh.polygons}\n"
		"polygons\n"
		"Its faces\n"
		"Type\n"
		"a list\n");
}

TEST(code_in_html_keeps_its_lines)
{
	assert_read(MARKUP_HTML,
	            "<p>Do this:</p><div class=\"highlight\"><pre><span></span>import bpy\n"
	            "if 1 <span>&lt;</span> 2:\n    pass\n</pre></div><p>done</p>",
	            "Do this:\n| import bpy\n| if 1 < 2:\n|     pass\ndone\n");
}

TEST(lists_tables_and_lines_of_html_stay_apart)
{
	assert_read(MARKUP_HTML,
	            "<ul><li>one</li><li><p>two</p></li><li></li></ul>a<br>b"
	            "<table><tr><th>x</th><td>y</td></tr><tr><td>z</td></tr></table>",
	            "- one\n- two\na\nb\nx y\nz\n");
}

TEST(broken_html_is_read_as_far_as_it_goes)
{
	assert_read(MARKUP_HTML, "<p>one<p>two</b></div><i>three", "one\ntwothree\n");
	assert_read(MARKUP_HTML, "<h2>title", "## title\n");
	assert_read(MARKUP_HTML, "a &amp; b &copy; &#x2014; &nosuch;", "a & b © — &nosuch;\n");
	assert_read(MARKUP_HTML, "<p>caf\xe9</p>", "café\n"); /* no UTF-8: taken for Latin-1 */
	assert_read(MARKUP_HTML, "<!-- <p>no</p>", "");
	assert_read(MARKUP_HTML, "", "");
}

TEST(markdown_is_read_without_its_marks)
{
	assert_read(
		MARKUP_MARKDOWN,
		"---\ntitle: no\n---\n# Bevel *guide* #\n\nUse `bmesh.ops.bevel` with **care**,\n"
		"see [the docs](http://x/(a)) and ![a picture](a.png), not use_auto_smooth\n"
		"or __init__ <b>or</b> a < b.\n\nSecond\n------\n<!-- no\nno -->\nlast\\*\n",
		"# Bevel guide\nUse bmesh.ops.bevel with care,\nsee the docs and a picture, not "
		"use_auto_smooth\nor __init__ or a < b.\n## Second\nlast*\n");
}

TEST(code_in_markdown_stands_in_fences_or_is_indented)
{
	assert_read(
		MARKUP_MARKDOWN,
		"text\n```python\nx = `1`\n\n# no heading\n```\n\n    a\n\n      b\n\nend\n~~~\nopen",
		"text\n| x = `1`\n| \n| # no heading\n| a\n| \n|   b\nend\n| open\n");
}

TEST(restructuredtext_is_its_text_and_its_names)
{
	assert_read(MARKUP_RST,
	            ".. a comment\n   of two lines\n\n========\nMesh(ID)\n========\n\n"
	            ".. currentmodule:: bpy.types\n\nbase class --- :class:`bpy_struct`, "
	            "`a link <http://x>`__\n\n.. class:: Mesh(ID)\n\n   A ``a*b`` of *faces*\n\n"
	            "   .. attribute:: polygons\n\n      Its faces\n\n      :type: a list\n\n"
	            "   .. method:: transform(matrix)\n\n      Move it\n\nUse\n---\n\n"
	            ".. toctree::\n   no\n\n.. note:: Mind\n\n   this.\n",
	            "# Mesh(ID)\n"
	            "base class --- bpy_struct, a link\n"
	            "## Mesh {bpy.types.Mesh}\n"
	            "Mesh(ID)\n"
	            "A a*b of faces\n"
	            "### polygons {bpy.types.Mesh.polygons}\n"
	            "polygons\n"
	            "Its faces\n"
	            ":type: a list\n"
	            "### transform {bpy.types.Mesh.transform}\n"
	            "transform(matrix)\n"
	            "Move it\n"
	            "## Use\n"
	            "Mind\n"
	            "this.\n");
}

TEST(code_in_restructuredtext_is_announced)
{
	assert_read(MARKUP_RST,
	            "So::\n\n   import bpy\n\n   if 1:\n       pass\n\n.. code-block:: python\n"
	            "   :linenos:\n\n   x = 1\n\nThen\n\n>>> 1 + 1\n2\n\nend::\n\nnot code\n",
	            "So:\n| import bpy\n| \n| if 1:\n|     pass\n| x = 1\nThen\n| >>> 1 + 1\n| 2\n"
	            "end:\nnot code\n");
}

TEST(plain_text_is_its_paragraphs)
{
	assert_read(MARKUP_TEXT, "one\r\ntwo\n\n\nthree\x1b[31m", "one\ntwo\nthree\\x1b[31m\n");
}

/* Each of these takes time squared in some reader of markup; here a second would be an hour. */
TEST(what_is_meant_to_take_long_does_not)
{
	static const struct {
		enum markup kind;
		const char *piece;
	} pieces[] = {
		{ MARKUP_HTML, "<b>" },       { MARKUP_HTML, "<p></i>" },
		{ MARKUP_HTML, "<a " },       { MARKUP_HTML, " a1b2=\"" },
		{ MARKUP_HTML, "<!--" },      { MARKUP_HTML, "&" },
		{ MARKUP_HTML, "<pre><dl>" }, { MARKUP_MARKDOWN, "[" },
		{ MARKUP_MARKDOWN, "`" },     { MARKUP_MARKDOWN, "[a](" },
		{ MARKUP_MARKDOWN, "<a" },    { MARKUP_MARKDOWN, "*_" },
		{ MARKUP_RST, "`" },          { MARKUP_RST, ":a" },
		{ MARKUP_RST, "`a <" },       { MARKUP_RST, ".. class:: a\n" },
	};
	struct strbuf text = { 0 }, out = { 0 };
	struct markup_sink sink = { on_heading, on_block, &out };

	for (size_t i = 0; i < COUNT(pieces); i++) {
		clock_t before = clock();

		strbuf_reset(&text);
		strbuf_reset(&out);
		strbuf_addstr(&text, pieces[i].kind == MARKUP_HTML ? "<x" : "");
		while (text.len < 1u << 20)
			strbuf_addstr(&text, pieces[i].piece);
		markup_read(pieces[i].kind, strbuf_str(&text), text.len, &sink);
		if (clock() - before > 20 * CLOCKS_PER_SEC)
			fail_msg("%s takes too long", pieces[i].piece);
	}
	strbuf_release(&text);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_kind_is_in_the_name),
		cmocka_unit_test(a_page_of_sphinx_is_its_text_and_its_names),
		cmocka_unit_test(code_in_html_keeps_its_lines),
		cmocka_unit_test(lists_tables_and_lines_of_html_stay_apart),
		cmocka_unit_test(broken_html_is_read_as_far_as_it_goes),
		cmocka_unit_test(markdown_is_read_without_its_marks),
		cmocka_unit_test(code_in_markdown_stands_in_fences_or_is_indented),
		cmocka_unit_test(restructuredtext_is_its_text_and_its_names),
		cmocka_unit_test(code_in_restructuredtext_is_announced),
		cmocka_unit_test(plain_text_is_its_paragraphs),
		cmocka_unit_test(what_is_meant_to_take_long_does_not),
	};

	return RUN_ALL(tests);
}
