#include "tui/theme.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/file.h"
#include "base/path.h"
#include "base/text.h"
#include "base/yaml.h"

const struct look_type look_types[LOOK_COUNT] = {
	[LOOK_TEXT] = { "text", "Everything that is nothing else", LOOK_TEXT },
	[LOOK_DIM] = { "dim", "What matters less", LOOK_TEXT },
	[LOOK_STRONG] = { "strong", "What matters more", LOOK_TEXT },
	[LOOK_TITLE] = { "title", "The name of a pane", LOOK_STRONG },
	[LOOK_TITLE_FOCUSED] = { "title-focused", "The name of the pane that has the keys",
	                         LOOK_TITLE },
	[LOOK_FRAME] = { "frame", "Lines around panes", LOOK_DIM },
	[LOOK_FRAME_FOCUSED] = { "frame-focused", "Lines around the pane that has the keys",
	                         LOOK_FRAME },
	[LOOK_BADGE] = { "badge", "Short news in a frame", LOOK_TITLE },
	[LOOK_SCROLLBAR] = { "scrollbar", "Which part of a pane is seen", LOOK_FRAME },
	[LOOK_TICK] = { "tick", "Marks on a scroll bar", LOOK_SCROLLBAR },
	[LOOK_STATUS] = { "status", "The last line", LOOK_TEXT },
	[LOOK_HINT] = { "hint", "What keys do here", LOOK_DIM },
	[LOOK_KEY] = { "key", "A key, in hints and help", LOOK_STRONG },
	[LOOK_PROMPT] = { "prompt", "The sign where one writes", LOOK_STRONG },
	[LOOK_BANNER] = { "banner", "What waits for an answer", LOOK_WARN },
	[LOOK_POPUP] = { "popup", "Boxes over everything else", LOOK_TEXT },
	[LOOK_CURSOR_LINE] = { "cursor-line", "The line that keys act on", LOOK_STRONG },
	[LOOK_SELECTED] = { "selected", "What was chosen", LOOK_STRONG },
	[LOOK_MATCH] = { "match", "What was searched for", LOOK_SELECTED },
	[LOOK_LINK] = { "link", "What can be opened", LOOK_TEXT },
	[LOOK_GOOD] = { "good", "Done, passed, better", LOOK_STRONG },
	[LOOK_WARN] = { "warn", "To be looked at", LOOK_STRONG },
	[LOOK_BAD] = { "bad", "Failed, worse", LOOK_STRONG },
	[LOOK_ADDED] = { "added", "New lines", LOOK_GOOD },
	[LOOK_REMOVED] = { "removed", "Lines that are gone", LOOK_BAD },
	[LOOK_ADDED_WORD] = { "added-word", "What is new in a line", LOOK_ADDED },
	[LOOK_REMOVED_WORD] = { "removed-word", "What is gone from a line", LOOK_REMOVED },
	[LOOK_MOVED] = { "moved", "Lines that are elsewhere now", LOOK_DIM },
	[LOOK_HUNK] = { "hunk", "Where a change is", LOOK_TITLE },
	[LOOK_LINE_NUMBER] = { "line-number", "Numbers of lines", LOOK_DIM },
	[LOOK_KEYWORD] = { "keyword", "Python: def, for, import", LOOK_STRONG },
	[LOOK_STRING] = { "string", "Python: text in quotes", LOOK_TEXT },
	[LOOK_NUMBER] = { "number", "Python: numbers, True, None", LOOK_TEXT },
	[LOOK_COMMENT] = { "comment", "Python: comments", LOOK_DIM },
	[LOOK_FUNCTION] = { "function", "Python: names being defined", LOOK_TEXT },
	[LOOK_PERSON] = { "person", "What you said", LOOK_STRONG },
	[LOOK_PLANNER] = { "planner", "The planner's name", LOOK_STRONG },
	[LOOK_RETRIEVER] = { "retriever", "The retriever's name", LOOK_STRONG },
	[LOOK_CODER] = { "coder", "The coder's name", LOOK_STRONG },
	[LOOK_CRITIC] = { "critic", "The critic's name", LOOK_STRONG },
	[LOOK_VERIFIER] = { "verifier", "The verifier's name", LOOK_STRONG },
	[LOOK_PROXY] = { "proxy", "The user proxy's name", LOOK_STRONG },
};

static const struct {
	const char *name;
	unsigned attr;
} attrs[] = {
	{ "bold", STYLE_BOLD },           { "dim", STYLE_DIM },         { "italic", STYLE_ITALIC },
	{ "underline", STYLE_UNDERLINE }, { "reverse", STYLE_REVERSE },
};

static const char *const colors[] = {
	"black",        "red",           "green",       "yellow",         "blue",
	"magenta",      "cyan",          "white",       "bright-black",   "bright-red",
	"bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
	"bright-white"
};

static bool read_number(int *out, struct text_span word, int base)
{
	int value = 0;

	for (size_t i = 0; i < word.len; i++) {
		static const char digits[] = "0123456789abcdef";
		char c = word.at[i] >= 'A' && word.at[i] <= 'F' ? (char)(word.at[i] + 32)
		                                                : word.at[i];
		const char *digit = c ? strchr(digits, c) : NULL;

		if (!digit || digit - digits >= base)
			return false;
		value = value * base + (int)(digit - digits);
	}
	*out = value;
	return word.len > 0;
}

static bool read_color(int *out, struct text_span word)
{
	for (size_t i = 0; i < COUNT(colors); i++) {
		if (text_is(word, colors[i])) {
			*out = (int)i;
			return true;
		}
	}
	if (text_is(word, "default")) {
		*out = COLOR_OWN;
		return true;
	}
	if (word.len == 7 && word.at[0] == '#') {
		bool ok = read_number(out, (struct text_span){ word.at + 1, 6 }, 16);

		*out |= COLOR_RGB;
		return ok;
	}
	return word.len <= 3 && read_number(out, word, 10) && *out < 256;
}

static bool next_word(struct text_span *word, const char **rest)
{
	*rest += strspn(*rest, " ");
	*word = (struct text_span){ *rest, strcspn(*rest, " ") };
	*rest += word->len;
	return word->len > 0;
}

static unsigned read_attr(struct text_span word)
{
	for (size_t i = 0; i < COUNT(attrs); i++)
		if (text_is(word, attrs[i].name))
			return attrs[i].attr;
	return 0;
}

static bool unknown_word(struct text_span word, struct error *err)
{
	return failed(
		err, ERR_CONFIG,
		"\"%.*s\" is neither a color (red, bright-red, 0 to 255, #rrggbb, default) nor "
		"bold, dim, italic, underline or reverse",
		(int)(word.len < 40 ? word.len : 40), word.at);
}

bool style_parse(struct style *out, const char *words, struct error *err)
{
	struct style style = { .fore = COLOR_OWN, .back = COLOR_OWN };
	bool has_fore = false, has_back = false;
	struct text_span word;

	while (next_word(&word, &words)) {
		unsigned attr = read_attr(word);

		if (attr) {
			style.attrs |= attr;
		} else if (text_is(word, "on") && !has_back) {
			has_back = true;
			if (!next_word(&word, &words))
				return failed(err, ERR_CONFIG, "on needs a color after it");
			if (!read_color(&style.back, word))
				return unknown_word(word, err);
		} else if (!has_fore && read_color(&style.fore, word)) {
			has_fore = true;
		} else if (has_fore && read_color(&style.fore, word)) {
			return failed(err, ERR_CONFIG,
			              "there are two colors; the one behind goes after \"on\"");
		} else {
			return unknown_word(word, err);
		}
	}
	*out = style;
	return true;
}

static bool find_look(size_t *out, const struct yaml_value *item, const char *where,
                      struct error *err)
{
	const char *names[LOOK_COUNT], *nearest;

	for (*out = 0; *out < LOOK_COUNT; ++*out) {
		names[*out] = look_types[*out].name;
		if (!strcmp(item->key, names[*out]))
			return true;
	}
	nearest = text_nearest(item->key, names, LOOK_COUNT);
	return failed(err, ERR_CONFIG, "%s:%d:%d: nothing is called \"%.40s\"%s%s%s", where,
	              item->key_line, item->key_column, item->key,
	              nearest ? "; did you mean \"" : "", nearest ? nearest : "",
	              nearest ? "\"?" : "");
}

static bool read_look(struct theme *theme, bool given[], const struct yaml_value *item,
                      const char *where, struct error *err)
{
	size_t look;

	if (!find_look(&look, item, where, err))
		return false;
	if (item->kind != YAML_TEXT)
		return failed(err, ERR_CONFIG, "%s:%d:%d: %s is one line of words", where,
		              item->line, item->column, item->key);
	if (yaml_value_is_null(item))
		return true;
	given[look] = true;
	return style_parse(&theme->styles[look], item->text, err) ||
	       failed_in(err, "%s:%d:%d", where, item->line, item->column);
}

/* A kind stands before what is a kind of it, but for a few. */
static void inherit(struct theme *theme, const bool given[])
{
	for (size_t look = 0; look < LOOK_COUNT; look++) {
		size_t from = look;

		while (!given[from] && from != look_types[from].kind_of)
			from = look_types[from].kind_of;
		if (from != look)
			theme->styles[look] = theme->styles[from];
	}
}

bool theme_parse(struct theme *out, const char *text, size_t len, const char *where,
                 struct error *err)
{
	bool given[LOOK_COUNT] = { false };
	struct yaml_value root = { 0 };
	struct theme theme;
	bool ok;

	for (size_t i = 0; i < LOOK_COUNT; i++)
		theme.styles[i] = (struct style){ .fore = COLOR_OWN, .back = COLOR_OWN };
	if (!yaml_value_parse(&root, text, len, where, err))
		return false;
	ok = root.kind == YAML_MAP || yaml_value_is_null(&root) ||
	     failed(err, ERR_CONFIG, "%s:%d:%d: a theme is lines like \"title: bold cyan\"", where,
	            root.line, root.column);
	for (size_t i = 0; ok && root.kind == YAML_MAP && i < root.count; i++)
		ok = read_look(&theme, given, &root.items[i], where, err);
	yaml_value_release(&root);
	if (!ok)
		return false;
	inherit(&theme, given);
	*out = theme;
	return true;
}

bool theme_load(struct theme *out, const char *name, struct error *err)
{
	struct strbuf path = { 0 }, text = { 0 }, file = { 0 };
	struct error ignored;
	bool ok = path_is_name(name) || failed(err, ERR_CONFIG, "\"%.40s\" is no theme", name);

	strbuf_addf(&file, "themes/%s.yaml", name);
	if (ok && path_home(&path, PATH_CONFIG, &ignored)) {
		path_add(&path, strbuf_str(&file));
		if (!file_read(&text, strbuf_str(&path), YAML_MOST_BYTES, &ignored))
			strbuf_reset(&path);
	}
	if (ok && !path.len)
		ok = (path_shared(&path, strbuf_str(&file), &ignored) &&
		      file_read(&text, strbuf_str(&path), YAML_MOST_BYTES, &ignored)) ||
		     failed(err, ERR_CONFIG,
		            "there is no theme \"%s\"; write default, dark, light, blue-orange or "
		            "mono, or put %s beside your config.yaml",
		            name, strbuf_str(&file));
	ok = ok && theme_parse(out, strbuf_str(&text), text.len, strbuf_str(&path), err);
	strbuf_release(&path);
	strbuf_release(&text);
	strbuf_release(&file);
	return ok;
}
