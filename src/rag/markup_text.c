#include <string.h>

#include "base/strbuf.h"
#include "base/text.h"
#include "rag/markup.h"

static void end_paragraph(struct strbuf *text, const struct markup_sink *sink)
{
	if (text->len)
		sink->block(sink->ctx, strbuf_str(text), false);
	strbuf_reset(text);
}

/* Paragraphs between empty lines, as they are: what else a text means by its layout, who knows. */
void markup_text(const char *text, const struct markup_sink *sink)
{
	struct text_span rest = text_span(text), line;
	struct strbuf paragraph = { 0 };

	while (text_next_line(&line, &rest)) {
		if (!text_trim(line).len) {
			end_paragraph(&paragraph, sink);
			continue;
		}
		strbuf_addstr(&paragraph, paragraph.len ? "\n" : "");
		strbuf_add(&paragraph, line.at, line.len);
	}
	end_paragraph(&paragraph, sink);
	strbuf_release(&paragraph);
}
