#include "tui/line.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/text.h"

#define PAST_MOST 200

void line_release(struct line *line)
{
	for (size_t i = 0; i < line->past_count; i++)
		free(line->past[i].text);
	free(line->past);
	strbuf_release(&line->text);
	strbuf_release(&line->killed);
	*line = (struct line){ 0 };
}

/* So that what comes can be undone. */
static void remember(struct line *line, bool is_typing)
{
	struct line_past *p;

	if (is_typing && line->is_typing)
		return;
	line->is_typing = is_typing;
	if (line->past_count == PAST_MOST) {
		free(line->past[0].text);
		memmove(line->past, line->past + 1, --line->past_count * sizeof(*line->past));
	}
	line->past = xrealloc(line->past, (line->past_count + 1) * sizeof(*line->past));
	p = &line->past[line->past_count++];
	*p = (struct line_past){ xstrdup(strbuf_str(&line->text)), line->cursor };
}

static void replace(struct line *line, size_t from, size_t to, const char *text, size_t len)
{
	char *tail = xstrdup(strbuf_str(&line->text) + to);

	strbuf_cut(&line->text, from);
	strbuf_add(&line->text, text, len);
	line->cursor = line->text.len;
	strbuf_addstr(&line->text, tail);
	free(tail);
}

void line_set(struct line *line, const char *text)
{
	remember(line, false);
	strbuf_reset(&line->text);
	strbuf_addstr(&line->text, text);
	line->cursor = line->text.len;
}

void line_type(struct line *line, const char *text, size_t len)
{
	struct strbuf mended = { 0 };

	text_mend(&mended, text, len);
	remember(line, mended.len && mended.buf[mended.len - 1] != ' ');
	replace(line, line->cursor, line->cursor, mended.buf ? mended.buf : "", mended.len);
	strbuf_release(&mended);
}

static const char *at(const struct line *line, size_t place)
{
	return strbuf_str(&line->text) + place;
}

/* Marks over a letter go with it. */
static size_t after(const struct line *line, size_t place)
{
	uint32_t c;

	if (place >= line->text.len)
		return line->text.len;
	place += text_decode(&c, at(line, place), line->text.len - place);
	while (place < line->text.len) {
		size_t len = text_decode(&c, at(line, place), line->text.len - place);

		if (text_cell_width(c) != 0)
			break;
		place += len;
	}
	return place;
}

static size_t before(const struct line *line, size_t place)
{
	size_t from = place > 64 ? place - 64 : 0, last;

	while (from && (*at(line, from) & 0xc0) == 0x80)
		from++;
	for (last = from; after(line, from) < place; last = from)
		from = after(line, from);
	return place ? from : last;
}

static bool is_word(const struct line *line, size_t place)
{
	unsigned char c = (unsigned char)*at(line, place);

	return isalnum(c) || c == '_' || c >= 0x80;
}

static size_t word_after(const struct line *line, size_t place)
{
	while (place < line->text.len && !is_word(line, place))
		place++;
	while (place < line->text.len && is_word(line, place))
		place++;
	return place;
}

static size_t word_before(const struct line *line, size_t place)
{
	while (place && !is_word(line, place - 1))
		place--;
	while (place && is_word(line, place - 1))
		place--;
	return place;
}

static size_t line_start(const struct line *line, size_t place)
{
	while (place && *at(line, place - 1) != '\n')
		place--;
	return place;
}

static size_t line_end(const struct line *line, size_t place)
{
	return place + strcspn(at(line, place), "\n");
}

bool line_is_first(const struct line *line)
{
	return !line_start(line, line->cursor);
}

bool line_is_last(const struct line *line)
{
	return line_end(line, line->cursor) == line->text.len;
}

/* The place in the line that begins at `start` which stands under a column. */
static size_t place_at(const struct line *line, size_t start, size_t column)
{
	size_t end = line_end(line, start), place = start;

	while (place < end && text_width(at(line, start), after(line, place) - start) <= column)
		place = after(line, place);
	return place;
}

static size_t line_above(const struct line *line, size_t place)
{
	size_t start = line_start(line, place);
	size_t column = text_width(at(line, start), place - start);

	return start ? place_at(line, line_start(line, start - 1), column) : place;
}

static size_t line_below(const struct line *line, size_t place)
{
	size_t start = line_start(line, place), end = line_end(line, place);
	size_t column = text_width(at(line, start), place - start);

	return end < line->text.len ? place_at(line, end + 1, column) : place;
}

static void put_back(struct line *line)
{
	remember(line, false);
	replace(line, line->cursor, line->cursor, strbuf_str(&line->killed), line->killed.len);
}

static void undo(struct line *line)
{
	struct line_past *p;

	if (!line->past_count)
		return;
	p = &line->past[--line->past_count];
	strbuf_reset(&line->text);
	strbuf_addstr(&line->text, p->text);
	line->cursor = p->cursor;
	line->is_typing = false;
	free(p->text);
}

static void newline(struct line *line)
{
	remember(line, false);
	replace(line, line->cursor, line->cursor, "\n", 1);
}

static void kill_all(struct line *line)
{
	if (!line->text.len)
		return;
	remember(line, false);
	strbuf_reset(&line->killed);
	strbuf_add(&line->killed, line->text.buf, line->text.len);
	replace(line, 0, line->text.len, "", 0);
}

typedef size_t (*place_fn)(const struct line *line, size_t place);

/* Where each goes; a cut takes out what lies between, a kill keeps it for "put back". */
static const struct {
	const char *name;
	place_fn to;
	enum {
		GO,
		CUT,
		KILL
	} how;
} motions[] = {
	{ "char left", before, GO },           { "char right", after, GO },
	{ "word left", word_before, GO },      { "word right", word_after, GO },
	{ "line start", line_start, GO },      { "line end", line_end, GO },
	{ "line up", line_above, GO },         { "line down", line_below, GO },
	{ "delete back", before, CUT },        { "delete", after, CUT },
	{ "kill to start", line_start, KILL }, { "kill to end", line_end, KILL },
	{ "kill word", word_before, KILL },
};

static void take_out(struct line *line, size_t to, bool keep)
{
	size_t from = line->cursor < to ? line->cursor : to;
	size_t end = line->cursor < to ? to : line->cursor;

	if (from == end)
		return;
	remember(line, false);
	if (keep) {
		strbuf_reset(&line->killed);
		strbuf_add(&line->killed, at(line, from), end - from);
	}
	replace(line, from, end, "", 0);
}

bool line_act(struct line *line, const char *command)
{
	static const struct {
		const char *name;
		void (*act)(struct line *line);
	} others[] = {
		{ "put back", put_back },
		{ "undo typing", undo },
		{ "newline", newline },
		{ "kill all", kill_all },
	};

	for (size_t i = 0; i < COUNT(motions); i++) {
		size_t to;

		if (strcmp(motions[i].name, command) != 0)
			continue;
		to = motions[i].to(line, line->cursor);
		if (motions[i].how == GO)
			line->cursor = to;
		else
			take_out(line, to, motions[i].how == KILL);
		line->is_typing = false;
		return true;
	}
	for (size_t i = 0; i < COUNT(others); i++)
		if (!strcmp(others[i].name, command)) {
			others[i].act(line);
			return true;
		}
	return false;
}
