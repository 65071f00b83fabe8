#include <libxml/HTMLparser.h>
#include <limits.h>
#include <string.h>

#include "base/compiler.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "rag/markup.h"

/*
 * libxml2 knows encodings, entities and what browsers make of broken markup. Three of its loops
 * take time squared, over open elements, over a tag's attributes and over markup that never ends,
 * so those are bounded before they are reached.
 */
#define DEEPEST_ELEMENT    256
#define MOST_TAG_BLANKS    2000 /* at least one stands before each attribute */
#define MOST_HEADING_BYTES 300
#define ITEM_MARK          "- "

struct page {
	const struct markup_sink *sink;
	htmlParserCtxtPtr parser;
	struct strbuf text;   /* of the paragraph, heading or code that is open */
	struct strbuf anchor; /* of the element around what comes next; empty: none */
	int depth;            /* open elements */
	int skipping;         /* the depth of one that is left out; 0: none */
	int code;             /* of the outermost <pre>; 0: none */
	int title;            /* of a heading or a signature */
	int level;            /* of the last heading */
	int names;            /* how deep signatures nest */
	bool is_name;         /* `title` is a signature */
	bool needs_space;
};

enum act {
	FLOW, /* says nothing about the text */
	BLOCK,
	ITEM,
	CODE,
	HEADING,
	NAME,  /* <dt>: a signature if Sphinx wrote it */
	NAMES, /* <dl> */
	LINE,
	SKIP,
};

static const struct element {
	const char *name;
	enum act act;
} elements[] = {
	{ "address", BLOCK },    { "article", BLOCK }, { "aside", SKIP },    { "audio", SKIP },
	{ "blockquote", BLOCK }, { "br", LINE },       { "button", SKIP },   { "canvas", SKIP },
	{ "caption", BLOCK },    { "center", BLOCK },  { "dd", BLOCK },      { "details", BLOCK },
	{ "div", BLOCK },        { "dl", NAMES },      { "dt", NAME },       { "fieldset", BLOCK },
	{ "figure", BLOCK },     { "footer", SKIP },   { "form", SKIP },     { "h1", HEADING },
	{ "h2", HEADING },       { "h3", HEADING },    { "h4", HEADING },    { "h5", HEADING },
	{ "h6", HEADING },       { "head", SKIP },     { "hr", BLOCK },      { "iframe", SKIP },
	{ "li", ITEM },          { "main", BLOCK },    { "math", SKIP },     { "nav", SKIP },
	{ "noscript", SKIP },    { "object", SKIP },   { "ol", BLOCK },      { "p", BLOCK },
	{ "pre", CODE },         { "script", SKIP },   { "section", BLOCK }, { "select", SKIP },
	{ "style", SKIP },       { "summary", BLOCK }, { "svg", SKIP },      { "table", BLOCK },
	{ "tbody", BLOCK },      { "template", SKIP }, { "textarea", SKIP }, { "thead", BLOCK },
	{ "tr", BLOCK },         { "ul", BLOCK },      { "video", SKIP },
};

/* What Sphinx and others write beside the text. */
static const char *const skipped_classes[] = {
	"headerlink",  "sphinxsidebar", "related",        "footer",        "toctree-wrapper",
	"breadcrumbs", "linkbutton",    "sidebar-drawer", "viewcode-link",
};

static enum act act_of(const char *name)
{
	size_t from = 0, to = COUNT(elements);

	while (from < to) {
		size_t middle = (from + to) / 2;
		int order = strcmp(elements[middle].name, name);

		if (!order)
			return elements[middle].act;
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return FLOW;
}

static const char *attribute(const xmlChar **attributes, const char *name)
{
	for (size_t i = 0; attributes && attributes[i]; i += 2)
		if (!strcmp((const char *)attributes[i], name))
			return attributes[i + 1] ? (const char *)attributes[i + 1] : "";
	return "";
}

static bool has_word(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = list; *(at += strspn(at, " ")); at += strcspn(at, " "))
		if (strcspn(at, " ") == len && !strncmp(at, word, len))
			return true;
	return false;
}

static bool is_skipped(const xmlChar **attributes)
{
	const char *classes = attribute(attributes, "class");

	if (!attributes)
		return false;
	for (size_t i = 0; *classes && i < COUNT(skipped_classes); i++)
		if (has_word(classes, skipped_classes[i]))
			return true;
	return !strcmp(attribute(attributes, "role"), "navigation");
}

/* The mark of a list's item waits for its text. */
static bool is_mark(const struct page *p)
{
	return !strcmp(strbuf_str(&p->text), ITEM_MARK);
}

static void end_block(struct page *p)
{
	struct text_span text = text_trim(text_span(strbuf_str(&p->text)));
	struct strbuf block = { 0 };

	p->needs_space = false;
	if (p->title || is_mark(p))
		return;
	if (p->code)
		strbuf_addstr(&block, strbuf_str(&p->text));
	else
		strbuf_add(&block, text.at, text.len);
	strbuf_reset(&p->text);
	if (text.len) {
		p->sink->block(p->sink->ctx, strbuf_str(&block), p->code);
		strbuf_reset(&p->anchor);
	}
	strbuf_release(&block);
}

static void end_item(struct page *p)
{
	end_block(p);
	strbuf_reset(&p->text);
}

static void set_anchor(struct page *p, const char *id)
{
	strbuf_reset(&p->anchor);
	strbuf_addstr(&p->anchor, id);
}

static void begin_title(struct page *p, int level, bool is_name)
{
	end_block(p);
	p->title = p->depth;
	p->is_name = is_name;
	if (!is_name)
		p->level = level;
}

/* "bpy.types.Mesh.polygons" is called "polygons", under what it belongs to. */
static void end_name(struct page *p)
{
	const char *anchor = strbuf_str(&p->anchor), *dot = strrchr(anchor, '.');
	int level = p->level + (p->names > 0 ? p->names : 1);

	p->sink->heading(p->sink->ctx, level < MARKUP_DEEPEST ? level : MARKUP_DEEPEST,
	                 dot ? dot + 1 : anchor, anchor);
	p->title = 0;
	end_block(p);
}

static void end_heading(struct page *p)
{
	struct text_span title = text_trim(text_span(strbuf_str(&p->text)));
	struct strbuf text = { 0 };

	strbuf_add(&text, title.at,
	           title.len < MOST_HEADING_BYTES ? title.len : MOST_HEADING_BYTES);
	p->sink->heading(p->sink->ctx, p->level, strbuf_str(&text),
	                 p->anchor.len ? strbuf_str(&p->anchor) : NULL);
	strbuf_release(&text);
	strbuf_reset(&p->text);
	strbuf_reset(&p->anchor);
	p->title = 0;
	p->needs_space = false;
}

static void act_on_start(struct page *p, const char *name, enum act act, const char *id)
{
	switch (act) {
	case SKIP:
		p->skipping = p->depth;
		break;
	case HEADING:
		begin_title(p, name[1] - '0', false);
		break;
	case NAME:
		end_block(p);
		if (*id && strchr(id, '.'))
			begin_title(p, 0, true);
		break;
	case NAMES:
		end_block(p);
		p->names++;
		break;
	case CODE:
		end_block(p);
		p->code = p->code ? p->code : p->depth;
		break;
	case LINE:
		strbuf_addstr(&p->text, "\n");
		p->needs_space = false;
		break;
	case ITEM:
		end_item(p);
		strbuf_addstr(&p->text, ITEM_MARK);
		break;
	case BLOCK:
		end_block(p);
		break;
	case FLOW:
		break;
	}
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar **attributes)
{
	struct page *p = ctx;
	const char *tag = (const char *)name, *id = attribute(attributes, "id");
	enum act act = act_of(tag);

	if (++p->depth > DEEPEST_ELEMENT)
		xmlStopParser(p->parser);
	if (p->skipping)
		return;
	/* Within code and titles only text counts, whatever stands around it. */
	if ((p->code || p->title) && act != SKIP && act != LINE)
		act = FLOW;
	if (is_skipped(attributes))
		act = SKIP;
	if (*id && !p->title)
		set_anchor(p, id);
	if (!strcmp(tag, "td") || !strcmp(tag, "th"))
		p->needs_space = true;
	act_on_start(p, tag, act, id);
}

static void on_end(void *ctx, const xmlChar *name)
{
	struct page *p = ctx;
	int depth = p->depth--;
	enum act act = act_of((const char *)name);

	if (p->skipping) {
		if (depth == p->skipping)
			p->skipping = 0;
		return;
	}
	if (p->title) {
		if (depth == p->title && p->is_name)
			end_name(p);
		else if (depth == p->title)
			end_heading(p);
		return;
	}
	if (p->code && depth > p->code)
		return;
	if (act == NAMES && p->names)
		p->names--;
	if (act == ITEM)
		end_item(p);
	else if (act != FLOW && act != LINE)
		end_block(p);
	p->code = 0;
}

/* Blanks outside of code are one space, and none where a paragraph begins. */
static void add_words(struct page *p, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		bool is_blank = strchr(" \t\r\n", text[i]) && text[i];

		if (is_blank) {
			p->needs_space = true;
			continue;
		}
		if (p->needs_space && p->text.len && p->text.buf[p->text.len - 1] != '\n' &&
		    p->text.buf[p->text.len - 1] != ' ')
			strbuf_addstr(&p->text, " ");
		p->needs_space = false;
		strbuf_add(&p->text, &text[i], 1);
	}
}

static void on_text(void *ctx, const xmlChar *text, int len)
{
	struct page *p = ctx;

	if (p->skipping || len <= 0)
		return;
	if (p->code)
		strbuf_add(&p->text, text, (size_t)len);
	else
		add_words(p, (const char *)text, (size_t)len);
}

/* Whether each '<' is soon followed by a '>', so that no tag has too many attributes. */
static bool is_tame(const char *bytes, size_t len)
{
	size_t blanks = 0;
	bool in_tag = false;

	for (size_t i = 0; i < len; i++) {
		if (bytes[i] == '<' || bytes[i] == '>') {
			in_tag = bytes[i] == '<';
			blanks = 0;
		} else if (in_tag && strchr(" \t\r\n\f/\"'", bytes[i]) &&
		           ++blanks > MOST_TAG_BLANKS) {
			return false;
		}
	}
	return true;
}

static void parse(struct page *p, const char *bytes, int len)
{
	static const htmlSAXHandler handler = {
		.initialized = 1,
		.startElement = on_start,
		.endElement = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
	};

	*p->parser->sax = handler;
	p->parser->userData = p;
	/* No document comes back, since nothing asks for a tree. */
	xmlFreeDoc(htmlCtxtReadMemory(
		p->parser, bytes, len, NULL, text_is_utf8(bytes, (size_t)len) ? "UTF-8" : NULL,
		HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET));
	p->title = 0;
	end_block(p);
}

void markup_html(const char *bytes, size_t len, const struct markup_sink *sink)
{
	struct page page = { .sink = sink, .level = 1 };

	if (!len || len > INT_MAX || !is_tame(bytes, len))
		return;
	page.parser = htmlNewParserCtxt();
	if (page.parser)
		parse(&page, bytes, (int)len);
	htmlFreeParserCtxt(page.parser);
	strbuf_release(&page.text);
	strbuf_release(&page.anchor);
}
