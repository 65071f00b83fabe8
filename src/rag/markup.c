#include "rag/markup.h"

#include <string.h>
#include <strings.h>

#include "base/compiler.h"
#include "base/strbuf.h"
#include "base/text.h"

static const struct {
	const char *end;
	enum markup kind;
} ends[] = {
	{ ".html", MARKUP_HTML },         { ".htm", MARKUP_HTML },
	{ ".xhtml", MARKUP_HTML },        { ".md", MARKUP_MARKDOWN },
	{ ".mkd", MARKUP_MARKDOWN },      { ".mdown", MARKUP_MARKDOWN },
	{ ".markdown", MARKUP_MARKDOWN }, { ".rst", MARKUP_RST },
	{ ".rest", MARKUP_RST },          { ".txt", MARKUP_TEXT },
	{ ".text", MARKUP_TEXT },
};

enum markup markup_of(const char *file)
{
	const char *dot = strrchr(file, '.');

	for (size_t i = 0; dot && i < COUNT(ends); i++)
		if (!strcasecmp(dot, ends[i].end))
			return ends[i].kind;
	return MARKUP_NONE;
}

static bool is_plain(struct text_span line)
{
	for (size_t i = 0; i < line.len; i++)
		if (line.at[i] < ' ' || line.at[i] > '~')
			return false;
	return true;
}

/* Most lines are plain ASCII, and looking at each of their characters would take half the time. */
static void clean(struct strbuf *out, const char *bytes, size_t len)
{
	struct text_span rest = { bytes, len }, line;

	while (text_next_line(&line, &rest)) {
		if (line.len && line.at[line.len - 1] == '\r')
			line.len--;
		if (is_plain(line))
			strbuf_add(out, line.at, line.len);
		else
			text_clean(out, line.at, line.len, TEXT_LINES);
		strbuf_addstr(out, "\n");
	}
}

void markup_read(enum markup kind, const char *bytes, size_t len, const struct markup_sink *sink)
{
	static void (*const readers[])(const char *text, const struct markup_sink *sink) = {
		[MARKUP_MARKDOWN] = markup_markdown,
		[MARKUP_RST] = markup_rst,
		[MARKUP_TEXT] = markup_text,
	};
	struct strbuf text = { 0 };

	if (kind == MARKUP_HTML) {
		markup_html(bytes, len, sink);
	} else if (kind != MARKUP_NONE) {
		clean(&text, bytes, len);
		readers[kind](strbuf_str(&text), sink);
	}
	strbuf_release(&text);
}
