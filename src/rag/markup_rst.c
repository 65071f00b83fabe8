#include <ctype.h>
#include <string.h>

#include "base/compiler.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "rag/markup.h"

#define MOST_STYLES     12
#define MOST_NESTED     8
#define MOST_ROLE_BYTES 40
#define NO_INDENT       ((size_t)-1)

enum directive {
	TITLED,  /* what follows is text like any other */
	CODE,    /* what is indented below is code */
	NAME,    /* documents a name */
	MODULE,  /* says what the names below belong to */
	SKIPPED, /* with what is indented below */
};

static const struct {
	const char *name;
	enum directive directive;
} directives[] = {
	{ "attribute", NAME },         { "class", NAME },
	{ "classmethod", NAME },       { "code", CODE },
	{ "code-block", CODE },        { "contents", SKIPPED },
	{ "currentmodule", MODULE },   { "data", NAME },
	{ "doctest", CODE },           { "exception", NAME },
	{ "figure", SKIPPED },         { "function", NAME },
	{ "highlight", SKIPPED },      { "image", SKIPPED },
	{ "include", SKIPPED },        { "index", SKIPPED },
	{ "literalinclude", SKIPPED }, { "method", NAME },
	{ "module", MODULE },          { "parsed-literal", CODE },
	{ "property", NAME },          { "raw", SKIPPED },
	{ "sourcecode", CODE },        { "staticmethod", NAME },
	{ "toctree", SKIPPED },
};

struct rst {
	const struct markup_sink *sink;
	struct strbuf text;  /* of the paragraph or code that is open */
	size_t indent;       /* of its first line */
	struct strbuf plain; /* the last paragraph without its marks */
	struct strbuf module;
	char styles[MOST_STYLES]; /* of underlines, in the order they came */
	int style_count;
	int level;                 /* of the last title */
	size_t names[MOST_NESTED]; /* the indents of the names we are below */
	size_t owner_len[MOST_NESTED];
	struct strbuf owner; /* "bpy.types.Mesh.polygons": their names, one after the other */
	int name_count;
	size_t skipping;  /* what is indented more is left out; NO_INDENT: nothing */
	size_t code;      /* what is indented more is code; NO_INDENT: nothing */
	size_t code_from; /* the indent of its first line */
	bool in_doctest;
};

static size_t indent_of(struct text_span line)
{
	size_t i = 0;

	while (i < line.len && line.at[i] == ' ')
		i++;
	return i;
}

static struct text_span from(struct text_span line, size_t skip)
{
	skip = skip < line.len ? skip : line.len;
	return (struct text_span){ line.at + skip, line.len - skip };
}

static bool begins(struct text_span text, const char *with)
{
	size_t len = strlen(with);

	return text.len >= len && !memcmp(text.at, with, len);
}

/* The text of :role:`text <target>` and `text <target>`_, from its backquote on. */
static size_t add_role(struct strbuf *out, const char *text)
{
	const char *end = strchr(text + 1, '`');
	size_t len = end ? (size_t)(end - text - 1) : 0, shown = len;

	if (!end || len > 1000)
		return 0;
	if (len && text[len] == '>')
		for (size_t i = 1; i < len; i++)
			if (text[i] == '<' && i > 1)
				shown = i - 1;
	while (shown && text[shown] == ' ')
		shown--;
	strbuf_add(out, text + 1, shown);
	return len + 2 + strspn(end + 1, "_");
}

/* ":class:" before a backquote. */
static size_t role_len(const char *text)
{
	size_t len = 1;

	while (len < MOST_ROLE_BYTES && text[len] &&
	       (isalpha((unsigned char)text[len]) || strchr("-+.", text[len]) ||
	        (text[len] == ':' && isalpha((unsigned char)text[len + 1]))))
		len++;
	return len > 1 && text[len] == ':' && text[len + 1] == '`' ? len + 1 : 0;
}

static size_t take_mark(struct strbuf *out, const char *text)
{
	if (text[0] == ':')
		return role_len(text);
	if (text[0] == '`' && text[1] == '`')
		return 2;
	if (text[0] == '`')
		return add_role(out, text);
	if (text[0] == '\\' && text[1] && strchr("*`_|\\ ", text[1])) {
		strbuf_add(out, text + 1, text[1] != ' ');
		return 2;
	}
	return text[0] == '*' ? 1 : 0;
}

static const char *without_marks(struct rst *r, const char *text)
{
	bool in_code = false;

	strbuf_reset(&r->plain);
	for (size_t i = 0; text[i];) {
		size_t len = strcspn(text + i, ":`\\*");

		strbuf_add(&r->plain, text + i, len);
		i += len;
		if (!text[i])
			break;
		if (text[i] == '`' && text[i + 1] == '`')
			in_code = !in_code;
		len = !in_code || text[i] == '`' ? take_mark(&r->plain, text + i) : 0;
		if (!len)
			strbuf_add(&r->plain, text + i, 1);
		i += len ? len : 1;
	}
	return strbuf_str(&r->plain);
}

static bool is_code(const struct rst *r)
{
	return r->in_doctest || r->code_from != NO_INDENT;
}

/* A paragraph that ends with "::" says that code comes. */
static void end_block(struct rst *r)
{
	bool announces = r->text.len >= 2 && !strcmp(r->text.buf + r->text.len - 2, "::");

	if (is_code(r)) {
		while (r->text.len && r->text.buf[r->text.len - 1] == '\n')
			strbuf_cut(&r->text, r->text.len - 1);
		if (r->text.len)
			r->sink->block(r->sink->ctx, strbuf_str(&r->text), true);
		r->in_doctest = false;
		r->code_from = NO_INDENT;
	} else if (r->text.len) {
		if (announces)
			strbuf_cut(&r->text, r->text.len - 1);
		if (strcmp(strbuf_str(&r->text), ":") != 0)
			r->sink->block(r->sink->ctx, without_marks(r, strbuf_str(&r->text)), false);
		if (announces)
			r->code = r->indent;
	}
	strbuf_reset(&r->text);
}

static void add_line(struct rst *r, struct text_span line)
{
	strbuf_addstr(&r->text, r->text.len ? "\n" : "");
	strbuf_add(&r->text, line.at, line.len);
}

/* The level of a title with such an underline: those seen first are the highest. */
static int level_of(struct rst *r, char style)
{
	for (int i = 0; i < r->style_count; i++)
		if (r->styles[i] == style)
			return i + 1 < MARKUP_DEEPEST ? i + 1 : MARKUP_DEEPEST;
	if (r->style_count < MOST_STYLES)
		r->styles[r->style_count++] = style;
	return r->style_count < MARKUP_DEEPEST ? r->style_count : MARKUP_DEEPEST;
}

/* "=====": under a title, or over one. */
static bool is_adornment(struct text_span line)
{
	if (line.len < 3 || !strchr("=-`:'\"~^_*+#<>.", line.at[0]))
		return false;
	for (size_t i = 1; i < line.len; i++)
		if (line.at[i] != line.at[0])
			return false;
	return true;
}

static bool take_title(struct rst *r, struct text_span line)
{
	if (!is_adornment(line) || is_code(r))
		return false;
	if (r->text.len && !strchr(strbuf_str(&r->text), '\n') && line.len + 2 >= r->text.len) {
		struct strbuf title = { 0 };

		strbuf_addstr(&title, strbuf_str(&r->text));
		r->level = level_of(r, line.at[0]);
		r->name_count = 0;
		strbuf_reset(&r->owner);
		r->sink->heading(r->sink->ctx, r->level, without_marks(r, strbuf_str(&title)),
		                 NULL);
		strbuf_release(&title);
		strbuf_reset(&r->text);
	} else {
		end_block(r); /* over a title, around a table, a rule */
	}
	return true;
}

/* Names documented further in belong to those further out. */
static void leave_names(struct rst *r, size_t indent)
{
	while (r->name_count && r->names[r->name_count - 1] >= indent)
		strbuf_cut(&r->owner, r->owner_len[--r->name_count]);
}

/* ".. method:: transform(matrix)" below ".. class:: Mesh(ID)" is bpy.types.Mesh.transform. */
static void add_name(struct rst *r, struct text_span signature, size_t indent)
{
	size_t len = 0;
	int level = r->level + 1 + r->name_count;
	struct strbuf anchor = { 0 }, text = { 0 };

	while (len < signature.len &&
	       (isalnum((unsigned char)signature.at[len]) || strchr("._", signature.at[len])))
		len++;
	if (!len || r->name_count == MOST_NESTED)
		return;
	r->names[r->name_count] = indent;
	r->owner_len[r->name_count++] = r->owner.len;
	if (r->owner.len)
		strbuf_addstr(&r->owner, ".");
	else if (r->module.len)
		strbuf_addf(&r->owner, "%s.", strbuf_str(&r->module));
	strbuf_add(&r->owner, signature.at, len);
	strbuf_addstr(&anchor, strbuf_str(&r->owner));
	strbuf_add(&text, signature.at, len);
	r->sink->heading(r->sink->ctx, level < MARKUP_DEEPEST ? level : MARKUP_DEEPEST,
	                 strbuf_str(&text), strbuf_str(&anchor));
	strbuf_reset(&text);
	strbuf_add(&text, signature.at, signature.len);
	r->sink->block(r->sink->ctx, strbuf_str(&text), false);
	strbuf_release(&anchor);
	strbuf_release(&text);
}

static enum directive directive_of(struct text_span name)
{
	if (begins(name, "py:"))
		name = from(name, 3);
	for (size_t i = 0; i < COUNT(directives); i++)
		if (text_is(name, directives[i].name))
			return directives[i].directive;
	return TITLED;
}

static void act_on(struct rst *r, enum directive directive, struct text_span argument,
                   size_t indent)
{
	switch (directive) {
	case CODE:
		r->code = indent;
		break;
	case NAME:
		leave_names(r, indent);
		add_name(r, argument, indent);
		break;
	case MODULE:
		strbuf_reset(&r->module);
		strbuf_add(&r->module, argument.at, argument.len < 200 ? argument.len : 200);
		break;
	case SKIPPED:
		r->skipping = indent;
		break;
	case TITLED:
		if (argument.len)
			add_line(r, argument);
		break;
	}
}

/* ".. name:: argument", or a comment, a target, a footnote. False: neither. */
static bool take_directive(struct rst *r, struct text_span line, size_t indent)
{
	struct text_span bare = from(line, indent), name;
	size_t len = 0;

	if (!begins(bare, "..") || (bare.len > 2 && bare.at[2] != ' '))
		return false;
	end_block(r);
	r->code = NO_INDENT;
	bare = text_trim(from(bare, 2));
	while (len < bare.len && (isalnum((unsigned char)bare.at[len]) ||
	                          (strchr("-:_", bare.at[len]) && !begins(from(bare, len), "::"))))
		len++;
	name = (struct text_span){ bare.at, len };
	if (!len || !begins(from(bare, len), "::"))
		r->skipping = indent;
	else
		act_on(r, directive_of(name), text_trim(from(bare, len + 2)), indent);
	return true;
}

/* Options of directives are left out. */
static struct text_span without_options(struct text_span bare)
{
	static const char *const options[] = { ":linenos:",      ":caption:",   ":emphasize-lines:",
		                               ":lineno-start:", ":noindex:",   ":language:",
		                               ":module:",       ":canonical:", ":synopsis:" };

	for (size_t i = 0; i < COUNT(options); i++)
		if (begins(bare, options[i]))
			return (struct text_span){ bare.at, 0 };
	return bare;
}

/* True: the line is code that was announced. */
static bool take_code(struct rst *r, struct text_span line, size_t indent, bool is_empty)
{
	if (is_empty && is_code(r)) {
		if (r->in_doctest)
			end_block(r);
		else
			add_line(r, from(line, line.len));
		return true;
	}
	if (r->code != NO_INDENT && !is_empty && indent > r->code) {
		if (r->code_from == NO_INDENT) {
			if (!without_options(from(line, indent)).len)
				return true;
			end_block(r);
			r->code_from = indent;
		}
		add_line(r, from(line, indent < r->code_from ? indent : r->code_from));
		return true;
	}
	if (r->code_from != NO_INDENT)
		end_block(r);
	if (!is_empty)
		r->code = NO_INDENT;
	return false;
}

static void take_text(struct rst *r, struct text_span line, size_t indent)
{
	struct text_span bare = text_trim(from(line, indent));

	if (begins(bare, ">>>") && !r->in_doctest) {
		end_block(r);
		r->in_doctest = true;
	}
	if (begins(bare, ":") && !r->in_doctest)
		end_block(r); /* each field is a paragraph */
	if (!r->in_doctest)
		bare = without_options(bare);
	if (!r->text.len)
		r->indent = indent;
	if (bare.len)
		add_line(r, bare);
}

static void take_line(struct rst *r, struct text_span line)
{
	size_t indent = indent_of(line);
	bool is_empty = indent == line.len;

	if (r->skipping != NO_INDENT && (is_empty || indent > r->skipping))
		return;
	r->skipping = NO_INDENT;
	if (take_code(r, line, indent, is_empty))
		return;
	if (is_empty) {
		end_block(r);
		return;
	}
	if (take_directive(r, line, indent) || take_title(r, line))
		return;
	leave_names(r, indent);
	take_text(r, line, indent);
}

void markup_rst(const char *text, const struct markup_sink *sink)
{
	struct rst r = {
		.sink = sink, .skipping = NO_INDENT, .code = NO_INDENT, .code_from = NO_INDENT
	};
	struct text_span rest = text_span(text), line;

	while (text_next_line(&line, &rest))
		take_line(&r, line);
	end_block(&r);
	strbuf_release(&r.text);
	strbuf_release(&r.plain);
	strbuf_release(&r.module);
	strbuf_release(&r.owner);
}
