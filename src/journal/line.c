#include "journal/line.h"

#include <string.h>

#include "base/json.h"

/* What is left of a line. */
struct cursor {
	const char *at, *end;
};

static bool skip(struct cursor *c, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(c->end - c->at) < len || memcmp(c->at, word, len) != 0)
		return false;
	c->at += len;
	return true;
}

/* Fifteen digits fit in everything; longer numbers are for the proper reader to judge. */
static bool take_number(struct cursor *c, int64_t *out)
{
	const char *from = c->at;

	*out = 0;
	while (c->at < c->end && c->at - from < 15 && *c->at >= '0' && *c->at <= '9')
		*out = *out * 10 + (*c->at++ - '0');
	return c->at > from;
}

static bool take_kind(struct cursor *c, enum event_kind *out)
{
	for (int kind = 0; kind < EV_COUNT; kind++) {
		struct cursor after = *c;

		if (skip(&after, event_types[kind].name) && skip(&after, "\"")) {
			*out = (enum event_kind)kind;
			*c = after;
			return true;
		}
	}
	return false;
}

/* One of those words, and the quote behind it. */
static bool take_word(struct cursor *c, const char *const *words, int *out)
{
	for (int i = 0; words[i]; i++) {
		struct cursor after = *c;

		if (skip(&after, words[i]) && skip(&after, "\"")) {
			*out = i;
			*c = after;
			return true;
		}
	}
	return false;
}

/* One bracket encloses all of it, strings end, and no control byte stands anywhere. */
static bool is_sound(struct cursor c)
{
	bool quoted = false;
	long depth = 0;

	for (; c.at < c.end; c.at++) {
		unsigned char byte = (unsigned char)*c.at;

		if (byte < 0x20)
			return false;
		if (quoted && byte == '\\' && ++c.at == c.end)
			return false;
		if (byte == '"')
			quoted = !quoted;
		else if (!quoted && (byte == '{' || byte == '['))
			depth++;
		else if (!quoted && (byte == '}' || byte == ']') && --depth <= 0)
			return depth == 0 && c.at + 1 == c.end;
	}
	return false;
}

/* What the index knows of a gate.answered or a head.moved, which begin like this. */
static bool scan_body(struct cursor *c, struct journal_entry *out)
{
	int gate = 0, answer = 0;
	bool ok = true;

	if (out->kind == EV_GATE_ANSWERED) {
		ok = skip(c, "\"gate\":\"") && take_word(c, gate_names, &gate) &&
		     skip(c, ",\"answer\":\"") && take_word(c, answer_names, &answer);
		out->gate = (enum gate)gate;
		out->answer = (enum answer)answer;
	} else if (out->kind == EV_HEAD_MOVED) {
		ok = skip(c, "\"to\":") && take_number(c, &out->to);
		out->redo = ok && skip(c, ",\"redo\":true");
		ok = ok && skip(c, "}}");
	}
	return ok;
}

static bool scan_as_written(struct journal_entry *out, const char *line, size_t len)
{
	struct cursor c = { line, line + len };
	int role;

	return skip(&c, "{\"id\":") && take_number(&c, &out->id) && skip(&c, ",\"parent\":") &&
	       take_number(&c, &out->parent) && skip(&c, ",\"at_ms\":") &&
	       take_number(&c, &out->at_ms) && skip(&c, ",\"event\":\"") &&
	       take_kind(&c, &out->kind) && skip(&c, ",\"by\":\"") &&
	       take_word(&c, role_names, &role) && skip(&c, ",\"body\":{") && scan_body(&c, out) &&
	       is_sound((struct cursor){ line, line + len });
}

bool line_scan(struct journal_entry *out, const char *line, size_t len, struct error *err)
{
	*out = (struct journal_entry){ 0 };
	return scan_as_written(out, line, len) || line_read(out, line, len, err);
}

bool line_read(struct journal_entry *out, const char *line, size_t len, struct error *err)
{
	struct event ev;

	*out = (struct journal_entry){ 0 };
	if (!event_read(&ev, line, len, err))
		return false;
	out->id = ev.id;
	out->parent = ev.parent;
	out->at_ms = ev.at_ms;
	out->kind = ev.kind;
	if (ev.kind == EV_HEAD_MOVED) {
		out->to = ev.body.head.to;
		out->redo = ev.body.head.redo;
	} else if (ev.kind == EV_GATE_ANSWERED) {
		out->gate = ev.body.answer.gate;
		out->answer = ev.body.answer.answer;
	}
	event_release(&ev);
	return true;
}

bool line_is_whole(const char *line, size_t len)
{
	struct json *value;
	struct error ignored;

	if (!json_parse(&value, line, len, &ignored))
		return false;
	json_free(value);
	return true;
}
