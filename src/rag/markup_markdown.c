#include <ctype.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/text.h"
#include "rag/markup.h"

#define CODE_INDENT 4

struct markdown {
	const struct markup_sink *sink;
	struct strbuf text;  /* of the paragraph or code that is open, code as it is */
	struct strbuf plain; /* the last paragraph or title without its marks */
	char fence;          /* ` or ~: within fences; else 0 */
	size_t fence_len;
	bool is_code; /* `text` is, by its indent */
	bool in_comment;
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

/* How many of this character the line begins with. */
static size_t run_of(struct text_span line, char c)
{
	size_t i = 0;

	while (i < line.len && line.at[i] == c)
		i++;
	return i;
}

/*
 * Where the bracket that opens at text[at] closes on the same level; 0: nowhere near. Deeper ones
 * end the search, so a row of them takes no time squared.
 */
static size_t closing(const char *text, size_t at, char open, char close)
{
	int depth = 0;

	for (size_t i = at; text[i] && i - at < 1000 && depth <= 2; i++) {
		depth += text[i] == open;
		depth -= text[i] == close;
		if (!depth)
			return i;
	}
	return 0;
}

/* [text](target) and ![text](target): the text is next, the target is passed over. */
static size_t add_link(struct strbuf *out, const char *text, size_t at)
{
	size_t end = closing(text, at, '[', ']');
	size_t after = end && text[end + 1] == '(' ? closing(text, end + 1, '(', ')') : 0;

	if (!after)
		return 0;
	strbuf_add(out, text + at + 1, end - at - 1);
	return after - at + 1;
}

/* <b>, </b> or <br/>, but not a < b: passed over. */
static size_t tag_len(const char *text)
{
	size_t i = 1;

	i += text[i] == '/';
	if (!isalpha((unsigned char)text[i]))
		return 0;
	while (text[i] && text[i] != '>' && text[i] != '<' && text[i] != '\n' && i < 1000)
		i++;
	return text[i] == '>' ? i + 1 : 0;
}

/* One mark of emphasis, code, links and the like. How much of the text it took; 0: it is none. */
static size_t take_mark(struct strbuf *out, const char *text, size_t at)
{
	static const char escapable[] = "\\`*_{}[]()#+-.!|<>~";
	bool in_word =
		at && isalnum((unsigned char)text[at - 1]) && isalnum((unsigned char)text[at + 1]);

	switch (text[at]) {
	case '\\':
		if (!text[at + 1] || !strchr(escapable, text[at + 1]))
			return 0;
		strbuf_add(out, text + at + 1, 1);
		return 2;
	case '`':
	case '*':
		return 1;
	case '_':
		return in_word || text[at + 1] == '_' || (at && text[at - 1] == '_') ? 0 : 1;
	case '!':
		return text[at + 1] == '[' ? 1 : 0;
	case '[':
		return add_link(out, text, at);
	case '<':
		return tag_len(text + at);
	default:
		return 0;
	}
}

/* Underscores within and at the ends of names stay: __init__, use_auto_smooth. */
static const char *without_marks(struct markdown *m, const char *text)
{
	bool in_code = false;

	strbuf_reset(&m->plain);
	for (size_t i = 0; text[i];) {
		size_t len = strcspn(text + i, "\\`*_![<");

		strbuf_add(&m->plain, text + i, len);
		i += len;
		if (!text[i])
			break;
		if (text[i] == '`')
			in_code = !in_code;
		len = text[i] == '`' || !in_code ? take_mark(&m->plain, text, i) : 0;
		if (!len)
			strbuf_add(&m->plain, text + i, 1);
		i += len ? len : 1;
	}
	return strbuf_str(&m->plain);
}

static void end_block(struct markdown *m)
{
	if (m->text.len && m->is_code)
		m->sink->block(m->sink->ctx, strbuf_str(&m->text), true);
	else if (m->text.len)
		m->sink->block(m->sink->ctx, without_marks(m, strbuf_str(&m->text)), false);
	strbuf_reset(&m->text);
	m->is_code = false;
}

static void add_line(struct markdown *m, struct text_span line)
{
	strbuf_addstr(&m->text, m->text.len ? "\n" : "");
	strbuf_add(&m->text, line.at, line.len);
}

static void add_heading(struct markdown *m, int level, struct text_span title)
{
	struct strbuf text = { 0 };

	title = text_trim(title);
	while (title.len && title.at[title.len - 1] == '#')
		title.len--;
	title = text_trim(title);
	strbuf_add(&text, title.at, title.len);
	m->sink->heading(m->sink->ctx, level, without_marks(m, strbuf_str(&text)), NULL);
	strbuf_release(&text);
}

/* Opens or closes a fence. False: the line is none. */
static bool take_fence(struct markdown *m, struct text_span line)
{
	struct text_span bare = from(line, indent_of(line));
	char c = bare.len ? bare.at[0] : '\0';
	size_t len = c == '`' || c == '~' ? run_of(bare, c) : 0;

	if (m->fence) {
		if (c != m->fence || len < m->fence_len || text_trim(from(bare, len)).len)
			return false;
		m->is_code = true;
		end_block(m);
		m->fence = '\0';
		return true;
	}
	if (len < 3)
		return false;
	end_block(m);
	m->fence = c;
	m->fence_len = len;
	return true;
}

/* "# Title", or the line of === or --- that makes the one before it a title. */
static bool take_heading(struct markdown *m, struct text_span line)
{
	struct text_span bare = text_trim(line);
	size_t level = run_of(bare, '#');
	char c = bare.len ? bare.at[0] : '\0';

	if (level && level <= MARKUP_DEEPEST && (level == bare.len || bare.at[level] == ' ')) {
		end_block(m);
		add_heading(m, (int)level, from(bare, level));
		return true;
	}
	if ((c != '=' && c != '-') || bare.len < 2 || run_of(bare, c) != bare.len)
		return false;
	if (m->text.len && !m->is_code && !strchr(strbuf_str(&m->text), '\n')) {
		add_heading(m, c == '=' ? 1 : 2, text_span(strbuf_str(&m->text)));
		strbuf_reset(&m->text);
	} else {
		end_block(m); /* a rule */
	}
	return true;
}

/* <!-- what nobody shall see --> */
static bool take_comment(struct markdown *m, struct text_span line)
{
	struct strbuf text = { 0 };
	bool was = m->in_comment;

	strbuf_add(&text, line.at, line.len);
	if (!was && !strncmp(strbuf_str(&text), "<!--", 4))
		m->in_comment = was = true;
	if (was && strstr(strbuf_str(&text), "-->"))
		m->in_comment = false;
	strbuf_release(&text);
	return was;
}

static void take_line(struct markdown *m, struct text_span line)
{
	bool is_empty = !text_trim(line).len;

	if (take_fence(m, line))
		return;
	if (m->fence) {
		add_line(m, line);
	} else if (take_comment(m, line)) {
		end_block(m);
	} else if (is_empty && !m->is_code) {
		end_block(m);
	} else if (is_empty) {
		add_line(m, from(line, CODE_INDENT));
	} else if (indent_of(line) >= CODE_INDENT && (m->is_code || !m->text.len)) {
		m->is_code = true;
		add_line(m, from(line, CODE_INDENT));
	} else {
		if (m->is_code)
			end_block(m);
		if (!take_heading(m, line))
			add_line(m, line);
	}
}

/* What some put before the text, between two lines of ---: settings of whoever shows it. */
static struct text_span after_front_matter(const char *text)
{
	const char *end = strncmp(text, "---\n", 4) ? NULL : strstr(text + 4, "\n---\n");

	return text_span(end ? end + 5 : text);
}

void markup_markdown(const char *text, const struct markup_sink *sink)
{
	struct markdown m = { .sink = sink };
	struct text_span rest = after_front_matter(text), line;

	while (text_next_line(&line, &rest))
		take_line(&m, line);
	m.is_code = m.is_code || m.fence;
	end_block(&m);
	strbuf_release(&m.text);
	strbuf_release(&m.plain);
}
