#include "rag/message.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "rag/pattern.h"

enum {
	TEXT_MAX = 32 << 10,
	LINE_MAX_BYTES = 8 << 10,
	LINES_MAX = 8,
	LISTED_MAX = 500,
};

/* The first that fits is it, so what says more stands above what says less. */
static const struct rule {
	enum message_kind kind;
	const char *pattern;
} rules[] = {
	{ MESSAGE_NONE, "'NoneType' object has no attribute '{name}'" },
	{ MESSAGE_NONE, "'NoneType' object is not {detail}" },
	{ MESSAGE_NONE, "'NoneType' object does not support {detail}" },
	{ MESSAGE_ATTRIBUTE, "'{owner}' object has no attribute '{name}'" },
	{ MESSAGE_ATTRIBUTE, "type object '{owner}' has no attribute '{name}'" },
	{ MESSAGE_ATTRIBUTE, "module '{owner}' has no attribute '{name}'" },
	{ MESSAGE_ATTRIBUTE, "cannot import name '{name}' from '{owner}'" },
	{ MESSAGE_ATTRIBUTE, "{owner}: attribute \"{name}\" not found" },
	{ MESSAGE_ATTRIBUTE,
	  "foreach_{detail} '{owner}.{_}[...]' elements have no attribute '{name}'" },
	{ MESSAGE_ATTRIBUTE, "BMeshOpsModule: operator \"{name}\" doesn't exist" },
	{ MESSAGE_ATTRIBUTE, "{owner}.{name}: unavailable on {detail}" },
	{ MESSAGE_READ_ONLY, "attribute \"{name}\" from \"{owner}\" is read-only" },
	{ MESSAGE_READ_ONLY, "Context property \"{name}\" is read-only" },
	{ MESSAGE_READ_ONLY, "property '{name}' of '{owner}' object has no setter" },
	{ MESSAGE_READ_ONLY, "'{owner}' object attribute '{name}' is read-only" },
	{ MESSAGE_READ_ONLY, "attribute '{name}' of '{owner}' objects is not writable" },
	{ MESSAGE_READ_ONLY, "{owner}.{name} is read-only" },
	{ MESSAGE_READ_ONLY, "is read-only" },
	{ MESSAGE_READ_ONLY, "readonly attribute" },
	{ MESSAGE_READ_ONLY, "in this state is not allowed" },
	{ MESSAGE_ID_PROPS, "id properties not supported for this type" },
	{ MESSAGE_ID_PROPS, "this type doesn't support IDProperties" },
	{ MESSAGE_ID_PROPS, "bpy_struct[key]: key \"{name}\" not found" },
	{ MESSAGE_KEY, "bpy_prop_collection[key]: key \"{name}\" not found" },
	{ MESSAGE_KEY, "bpy_prop_collection[key]: key {name} not found" },
	{ MESSAGE_KEY, "key \"{name}\" not found" },
	{ MESSAGE_KEY, "{detail} does not support string lookups" },
	{ MESSAGE_STALE, "outdated internal index table" },
	{ MESSAGE_INDEX, "[index]: index {name} out of range" },
	{ MESSAGE_INDEX, "IndexError: {detail} index out of range" },
	{ MESSAGE_ENUM,
	  "{owner}(): error with {_} \"{param}\" - enum \"{name}\" not found in ({listed})" },
	{ MESSAGE_ENUM, "{owner}.{param} enum \"{name}\" not found in ({listed})" },
	{ MESSAGE_ENUM, "enum \"{name}\" not found in ({listed})" },
	{ MESSAGE_ENUM, "enum \"{name}\" not found" },
	{ MESSAGE_ENUM, "{param}: '{name}' not found in ([{listed}])" },
	{ MESSAGE_KEY, "'{name}' not found" },
	{ MESSAGE_KEY, "KeyError: '{name}'" },
	{ MESSAGE_CALL, "expected a string enum in" },
	{ MESSAGE_CALL, "args execution context is supported" },
	{ MESSAGE_CALL, "Operator expects {detail}" },
	{ MESSAGE_KEYWORD, "{owner}: keyword \"{name}\" is invalid for this operator" },
	{ MESSAGE_KEYWORD, "keyword \"{name}\" unrecognized" },
	{ MESSAGE_KEYWORD, "{owner}() got an unexpected keyword argument '{name}'" },
	{ MESSAGE_KEYWORD, "{owner}(): was called with invalid keyword argument(s) ({name})" },
	{ MESSAGE_KEYWORD, "{owner}() takes no keyword arguments" },
	{ MESSAGE_KEYWORD, "'{name}' is an invalid keyword argument for {owner}()" },
	{ MESSAGE_KEYWORD, "this function got an unexpected keyword argument '{name}'" },
	{ MESSAGE_MISSING, "{owner}(): required parameter \"{param}\" not specified" },
	{ MESSAGE_MISSING, "{owner}() missing {_} required {_}: '{param}'" },
	{ MESSAGE_MISSING, "{owner}() missing required argument '{param}'" },
	{ MESSAGE_MISSING, "function missing required argument '{param}'" },
	{ MESSAGE_COUNT, "{owner}(): takes at most {detail}" },
	{ MESSAGE_COUNT, "{owner}() takes {detail}" },
	{ MESSAGE_COUNT, "bmesh operators expect a single BMesh positional argument" },
	{ MESSAGE_TYPE, "{owner}(): error with {_} \"{param}\" - Function.{_} expected {detail}" },
	{ MESSAGE_TYPE, "{owner}(): error with {_} \"{param}\" - {detail}" },
	{ MESSAGE_TYPE, "{owner}: keyword \"{param}\" expected {detail}" },
	{ MESSAGE_TYPE, "{owner}: keyword \"{param}\" {detail}" },
	{ MESSAGE_LENGTH, "sequences of dimension {_} should contain {detail}" },
	{ MESSAGE_LENGTH, "sequence expected at dimension {detail}" },
	{ MESSAGE_LENGTH, "{param}: sequence length is {detail}" },
	{ MESSAGE_LENGTH, "expected sequence items of type {detail}" },
	{ MESSAGE_TYPE, "{owner}.{param} expected {detail}" },
	{ MESSAGE_TYPE, "{owner}.{param} doesn't support None from {detail}" },
	{ MESSAGE_TYPE, "bpy_prop_collection[key] = value: {detail}" },
	{ MESSAGE_OPERATOR, "\"{owner}\" error, could not be found" },
	{ MESSAGE_OPERATOR, "operator \"{owner}\" could not be found" },
	{ MESSAGE_POLL, "Operator {owner}.poll() failed, {detail}" },
	{ MESSAGE_POLL, "Operator {owner}.poll() {detail}" },
	{ MESSAGE_POLL, "{owner}.poll() failed" },
	{ MESSAGE_NODE_TYPE, "Node type {name} undefined" },
	{ MESSAGE_NODE_TREE, "Cannot add node of type {name} to node tree {detail}" },
	{ MESSAGE_UNDEFINED, "name '{name}' is not defined" },
	{ MESSAGE_MODULE, "No module named '{name}'" },
	{ MESSAGE_REMOVED, "StructRNA of type {owner} has been removed" },
	{ MESSAGE_REMOVED, "BMesh data of type {owner} has been removed" },
	{ MESSAGE_PRODUCT, "multiplication: not supported between '{owner}' and '{name}' types" },
	{ MESSAGE_PRODUCT, "unsupported operand type(s) for {_}: '{owner}' and '{name}'" },
	{ MESSAGE_PRODUCT, "addition: ({owner} + {name}) invalid type" },
	{ MESSAGE_MODE, "The mesh must be in editmode" },
	{ MESSAGE_MODE, "{detail} not in edit mode" },
	{ MESSAGE_MODE, "expected to be in edit mode" },
	{ MESSAGE_FILE, "Cannot read '{name}'" },
	{ MESSAGE_FILE, "Cannot open file '{name}'" },
	{ MESSAGE_FILE, "No such file or directory" },
	{ MESSAGE_POLL, "Context missing {detail}" },
	{ MESSAGE_POLL, "context is incorrect" },
};

/* The bytes of a colour or a cursor move of terminals; 0: there is none. */
static size_t escape_len(struct text_span text)
{
	size_t len = 2;

	if (text.len < 2 || text.at[0] != '\x1b' || text.at[1] != '[')
		return 0;
	while (len < text.len && text.at[len] >= ' ' && text.at[len] <= '?')
		len++;
	return len < text.len && text.at[len] >= '@' ? len + 1 : len;
}

/* Without those, and without what cannot be printed. */
static void add_plain(struct strbuf *out, struct text_span text)
{
	for (size_t i = 0; i < text.len; i++) {
		size_t escape = escape_len((struct text_span){ text.at + i, text.len - i });
		unsigned char c = (unsigned char)text.at[i];

		if (escape)
			i += escape - 1;
		else if (c >= ' ' || c == '\n' || c == '\t')
			strbuf_add(out, &text.at[i], 1);
	}
}

static void read_plain(struct strbuf *out, const char *text)
{
	size_t len = strlen(text);
	struct text_span whole = { text, len < TEXT_MAX ? len : TEXT_MAX };

	add_plain(out, whole);
	if (len <= TEXT_MAX)
		return;
	strbuf_addstr(out, "\n");
	whole.at = text + (len > 2 * (size_t)TEXT_MAX ? len - TEXT_MAX : TEXT_MAX);
	whole.len = strlen(whole.at);
	add_plain(out, whole);
}

/* "KeyError: ..." or "bpy.types.Foo.BarException", at the start of a line. */
static bool is_headline(struct text_span line)
{
	static const char *const ends[] = { "Error", "Exception", "Interrupt", "Exit",
		                            "Iteration" };
	size_t len = 0;

	while (len < line.len &&
	       (isalnum((unsigned char)line.at[len]) || line.at[len] == '.' || line.at[len] == '_'))
		len++;
	if (len < line.len && line.at[len] != ':')
		return false;
	for (size_t i = 0; i < COUNT(ends); i++) {
		size_t end = strlen(ends[i]);

		/* "Error: ..." alone is how Blender reports, also behind a traceback. */
		if (len > end && !memcmp(line.at + len - end, ends[i], end))
			return true;
	}
	return false;
}

static bool starts_with(struct text_span line, const char *start)
{
	return line.len >= strlen(start) && !memcmp(line.at, start, strlen(start));
}

/* What Blender says behind a message, which is not part of it. */
static bool is_behind(struct text_span line)
{
	static const char *const starts[] = {
		"Location:",       "Blender quit",    "Error: script failed",
		"Traceback (most", "During handling", "The above exception"
	};

	for (size_t i = 0; i < COUNT(starts); i++)
		if (starts_with(line, starts[i]))
			return true;
	return !line.len;
}

static void add_line(struct strbuf *out, struct text_span line)
{
	bool blank = !out->len;

	for (size_t i = 0; i < line.len && out->len < LINE_MAX_BYTES; i++) {
		bool is = isspace((unsigned char)line.at[i]);

		if (!is)
			strbuf_add(out, &line.at[i], 1);
		else if (!blank)
			strbuf_addstr(out, " ");
		blank = is;
	}
}

/* The last headline with what follows it; without one, the last line that says something. */
static void find_message(struct strbuf *out, const char *text)
{
	struct text_span rest = text_span(text), line, last = { "", 0 };
	size_t lines = 0;
	bool found = false;

	while (text_next_line(&line, &rest)) {
		struct text_span trimmed = text_trim(line);
		bool head = is_headline(line);

		if (head) {
			strbuf_reset(out);
			lines = LINES_MAX;
			found = true;
		} else if (is_behind(trimmed)) {
			lines = 0;
		}
		if (lines) {
			if (!head)
				strbuf_addstr(out, " ");
			add_line(out, trimmed);
			lines--;
		}
		if (trimmed.len && !is_behind(trimmed))
			last = trimmed;
	}
	if (!found)
		add_line(out, last);
}

/* Of a file that came with Blender or Python. */
static bool is_foreign(struct text_span frame)
{
	static const char *const parts[] = { "/scripts/", "/lib/python", "\\scripts\\", "<frozen" };
	char *name = xstrndup(frame.at, frame.len < 500 ? frame.len : 500);
	bool is = false;

	for (size_t i = 0; i < COUNT(parts); i++)
		is = is || strstr(name, parts[i]);
	free(name);
	return is;
}

/* The line under the last `File "...", line 7, in ...` of the script. */
static char *find_code(const char *text)
{
	struct text_span rest = text_span(text), line, code = { NULL, 0 };

	while (text_next_line(&line, &rest)) {
		struct text_span frame = text_trim(line), next = rest, below;

		if (!starts_with(frame, "File \"") || !text_next_line(&below, &next))
			continue;
		below = text_trim(below);
		if (!starts_with(below, "File \"") && below.len && !is_headline(below) &&
		    !(code.at && is_foreign(frame)))
			code = below;
	}
	if (code.len > LINE_MAX_BYTES)
		code.len = LINE_MAX_BYTES;
	return code.at ? xstrndup(code.at, code.len) : NULL;
}

/* Words in single quotes: 'A', 'B'. */
static void read_listed(struct message *m, struct text_span text)
{
	const char *at = text.at, *end = text.at + text.len;

	while (m->listed.count < LISTED_MAX) {
		const char *from = memchr(at, '\'', (size_t)(end - at)), *to;

		to = from ? memchr(from + 1, '\'', (size_t)(end - from - 1)) : NULL;
		if (!to)
			return;
		m->listed.items =
			xrealloc(m->listed.items, (m->listed.count + 1) * sizeof(*m->listed.items));
		m->listed.items[m->listed.count++] = xstrndup(from + 1, (size_t)(to - from - 1));
		at = to + 1;
	}
}

static char *keep(struct text_span part)
{
	return part.at ? xstrndup(part.at, part.len) : NULL;
}

static void apply_rules(struct message *m)
{
	struct pattern_parts parts;

	for (size_t i = 0; i < COUNT(rules); i++) {
		if (!pattern_match(&parts, rules[i].pattern, m->line))
			continue;
		m->kind = rules[i].kind;
		m->owner = keep(parts.part[PART_OWNER]);
		m->name = keep(parts.part[PART_NAME]);
		m->param = keep(parts.part[PART_PARAM]);
		m->detail = keep(parts.part[PART_DETAIL]);
		if (parts.part[PART_LISTED].at)
			read_listed(m, parts.part[PART_LISTED]);
		return;
	}
}

void message_read(struct message *out, const char *text)
{
	struct strbuf plain = { 0 }, line = { 0 };
	struct pattern_parts parts;

	message_release(out);
	read_plain(&plain, text);
	find_message(&line, strbuf_str(&plain));
	out->code = find_code(strbuf_str(&plain));
	out->line = strbuf_detach(&line);
	if (!out->line)
		out->line = xstrdup("");
	if (pattern_match(&parts, "Did you mean: '{name}'", out->line))
		out->hint = keep(parts.part[PART_NAME]);
	apply_rules(out);
	strbuf_release(&plain);
}

void message_release(struct message *m)
{
	for (size_t i = 0; i < m->listed.count; i++)
		free((char *)(uintptr_t)m->listed.items[i]);
	free(m->listed.items);
	free(m->line);
	free(m->code);
	free(m->owner);
	free(m->name);
	free(m->param);
	free(m->detail);
	free(m->hint);
	*m = (struct message){ 0 };
}
