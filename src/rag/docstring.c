#include "rag/docstring.h"

#include <string.h>

#include "base/compiler.h"

#define MOST_SIGNATURE 600

static bool begins(struct text_span line, const char *word)
{
	return line.len >= strlen(word) && !memcmp(line.at, word, strlen(word));
}

/* Without roles, backticks and stars: :class:`bpy.types.Mesh` is bpy.types.Mesh. */
static void add_plain(struct strbuf *out, struct text_span text)
{
	for (size_t i = 0; i < text.len; i++) {
		const char *rest = text.at + i;
		size_t left = text.len - i;
		const char *end = *rest == ':' ? memchr(rest + 1, ':', left - 1) : NULL;

		if (end && end + 1 < text.at + text.len && end[1] == '`' && end - rest < 12)
			i += (size_t)(end - rest) + 1;
		else if (*rest != '`' && *rest != '*')
			strbuf_add(out, rest, 1);
	}
}

void docstring_summary(struct strbuf *out, const char *doc)
{
	struct text_span rest = text_span(doc), line;
	size_t begin = out->len;
	bool is_directive = false;

	while (text_next_line(&line, &rest)) {
		bool is_deeper = line.len && (line.at[0] == ' ' || line.at[0] == '\t');

		line = text_trim(line);
		if (!line.len && out->len > begin)
			return;
		if (is_directive && is_deeper)
			continue;
		is_directive = begins(line, "..") || begins(line, "BMeshOpFunc");
		if (!line.len || is_directive)
			continue;
		if (begins(line, ":"))
			return;
		if (out->len > begin)
			strbuf_addstr(out, " ");
		add_plain(out, line);
	}
}

/* The bracket that closes the one at the front; NULL: none does. */
static const char *closing(struct text_span text)
{
	int depth = 0;
	char quote = '\0';

	for (size_t i = 0; i < text.len && i < MOST_SIGNATURE; i++) {
		char c = text.at[i];

		if (quote)
			quote = c == quote ? '\0' : quote;
		else if (c == '\'' || c == '"')
			quote = c;
		else if (strchr("([{", c) && c)
			depth++;
		else if (strchr(")]}", c) && c && --depth == 0)
			return text.at + i;
	}
	return NULL;
}

void docstring_signature(struct strbuf *out, const char *doc)
{
	static const char *const marks[] = { ".. method::",      ".. function::",
		                             ".. classmethod::", ".. staticmethod::",
		                             ".. class::",       "BMeshOpFunc" };
	struct text_span rest = text_span(doc), line;
	const char *open, *end, *arrow;

	if (!text_next_line(&line, &rest))
		return;
	for (size_t i = 0; i < COUNT(marks); i++) {
		if (!begins(line, marks[i]) || !(open = memchr(line.at, '(', line.len)))
			continue;
		/* It may go on in the next lines, so look to the end of the text. */
		end = closing((struct text_span){ open, strlen(open) });
		if (!end)
			return;
		strbuf_add(out, open, (size_t)(end - open) + 1);
		arrow = end + 1 + strspn(end + 1, " \n");
		if (!strncmp(arrow, "->", 2)) {
			strbuf_addstr(out, " ");
			strbuf_add(out, arrow, strcspn(arrow, "\n"));
		}
		return;
	}
}

void docstring_field(struct strbuf *out, const char *doc, const char *field)
{
	struct text_span rest = text_span(doc), line;
	bool inside = false;

	while (text_next_line(&line, &rest)) {
		bool is_deeper = line.len && line.at[0] == ' ';
		size_t len = strlen(field);

		line = text_trim(line);
		if (inside && (!is_deeper || !line.len))
			return;
		if (!inside && line.len > len + 1 && line.at[0] == ':' &&
		    !memcmp(line.at + 1, field, len) && line.at[len + 1] == ':') {
			inside = true;
			line = text_trim(
				(struct text_span){ line.at + len + 2, line.len - len - 2 });
		} else if (inside) {
			strbuf_addstr(out, " ");
		}
		if (inside)
			strbuf_add(out, line.at, line.len);
	}
}

void docstring_class(struct strbuf *out, const char *type)
{
	static const char mark[] = ":class:`";
	struct strbuf found = { 0 };
	const char *at = type;

	while ((at = strstr(at, mark))) {
		struct text_span name;

		at += strlen(mark);
		at += *at == '~' || *at == '!';
		name = (struct text_span){ at, strcspn(at, "`") };
		if (found.len && !text_is(name, strbuf_str(&found))) {
			strbuf_reset(&found);
			break;
		}
		if (!found.len)
			strbuf_add(&found, name.at, name.len);
	}
	strbuf_add(out, strbuf_str(&found), found.len);
	strbuf_release(&found);
}

const char *docstring_type(const char *type)
{
	static const struct {
		const char *word, *type;
	} words[] = {
		{ "list", "COLLECTION" },
		{ "tuple", "COLLECTION" },
		{ "sequence", "COLLECTION" },
		{ "Sequence", "COLLECTION" },
		{ "set", "COLLECTION" },
		{ "iter", "COLLECTION" },
		{ "dict", "" },
		{ ":class:", "POINTER" },
		{ "bool", "BOOLEAN" },
		{ "int", "INT" },
		{ "float", "FLOAT" },
		{ "str", "STRING" },
	};
	const char *best = NULL, *result = "";

	for (size_t i = 0; i < COUNT(words); i++) {
		const char *at = strstr(type, words[i].word);

		if (at && (!best || at < best)) {
			best = at;
			result = words[i].type;
		}
	}
	return result;
}

/* How much of it stands before a comma or the end, brackets and quotes counted. */
static size_t piece_len(struct text_span text)
{
	int depth = 0;
	char quote = '\0';

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (quote)
			quote = c == quote ? '\0' : quote;
		else if (c == '\'' || c == '"')
			quote = c;
		else if (c == '(' || c == '[' || c == '{')
			depth++;
		else if (c == ')' || c == ']' || c == '}')
			depth--;
		if (depth < 0 || (!depth && !quote && c == ','))
			return i;
	}
	return text.len;
}

bool docstring_next_param(struct docstring_param *out, struct text_span *rest)
{
	struct text_span piece;
	const char *equals;
	size_t len, name_len;

	if (!rest->len || rest->at[0] == ')')
		return false;
	rest->at++; /* the bracket, or the comma */
	rest->len--;
	len = piece_len(*rest);
	piece = text_trim((struct text_span){ rest->at, len });
	*rest = (struct text_span){ rest->at + len, rest->len - len };
	equals = memchr(piece.at, '=', piece.len);
	name_len = equals ? (size_t)(equals - piece.at) : piece.len;
	out->dflt = text_span("");
	if (equals)
		out->dflt = text_trim((struct text_span){ equals + 1, piece.len - name_len - 1 });
	for (size_t i = 0; i < name_len; i++) /* what follows is its type */
		if (piece.at[i] == ':')
			name_len = i;
	out->name = text_trim((struct text_span){ piece.at, name_len });
	return piece.len > 0;
}
