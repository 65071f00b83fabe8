#ifndef RAG_MARKUP_H
#define RAG_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What HTML, Markdown, reStructuredText and plain text come down to: headings, paragraphs and
 * code, in the order of the text, without markup. Files may be hostile: the time it takes grows
 * with their length and no faster, nesting is bounded, scripts are text that is left out.
 *
 * Names that Sphinx documents (`.. attribute:: polygons`, <dt id="bpy.types.Mesh.polygons">) are
 * headings too, whose anchor is the full name.
 */
enum markup {
	MARKUP_NONE, /* nothing we read */
	MARKUP_HTML,
	MARKUP_MARKDOWN,
	MARKUP_RST,
	MARKUP_TEXT,
};

#define MARKUP_DEEPEST 6

struct markup_sink {
	/* Level 1 to MARKUP_DEEPEST. `anchor` is what a link may point at, or NULL. */
	void (*heading)(void *ctx, int level, const char *title, const char *anchor);
	void (*block)(void *ctx, const char *text, bool is_code);
	void *ctx;
};

enum markup markup_of(const char *file); /* by the end of its name */

/* The bytes are borrowed for the call; they may be no UTF-8, what comes out is. */
void markup_read(enum markup kind, const char *bytes, size_t len, const struct markup_sink *sink);

/* Each of them, for text that is UTF-8 without NULs; HTML may be in any encoding. */
void markup_html(const char *bytes, size_t len, const struct markup_sink *sink);
void markup_markdown(const char *text, const struct markup_sink *sink);
void markup_rst(const char *text, const struct markup_sink *sink);
void markup_text(const char *text, const struct markup_sink *sink);

#endif
