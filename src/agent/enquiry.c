#include "agent/enquiry.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Models write the words: more of them, or longer ones, find nothing better. */
#define MOST_QUERIES 8u
#define QUERY_MAX    160u

static bool is_asked(const struct enquiry *e, const char *query)
{
	for (size_t i = 0; i < e->question.words.count; i++)
		if (!strcmp(e->question.words.items[i], query))
			return true;
	return false;
}

static void add_words(struct enquiry *e, const text_list *queries)
{
	text_list *words = &e->question.words;

	if (!words->items)
		words->items = xcalloc(MOST_QUERIES, sizeof(*words->items));
	for (size_t i = 0; i < queries->count && words->count < MOST_QUERIES; i++) {
		const char *query = queries->items[i];

		if (*query && strlen(query) <= QUERY_MAX && !is_asked(e, query))
			words->items[words->count++] = query;
	}
}

static void add_text(struct enquiry *e, const char *text)
{
	if (text)
		strbuf_addf(&e->text, "%s%s", e->text.len ? ". " : "", text);
}

static void ask_for_subtask(struct enquiry *e, const struct state *now)
{
	const struct subtask *task;

	if (now->subtask >= now->plan.subtasks.count) {
		add_text(e, now->prompt);
		return;
	}
	task = &now->plan.subtasks.items[now->subtask];
	add_words(e, &task->search);
	add_text(e, task->title);
	add_text(e, task->goal);
}

static void ask_for_flaws(struct enquiry *e, const struct state *now)
{
	for (size_t i = 0; i < now->flaws.count; i++) {
		const struct open_flaw *f = &now->flaws.items[i];

		if (f->status == FLAW_RESOLVED)
			continue;
		add_words(e, &f->flaw.search);
		add_text(e, f->flaw.fix);
	}
}

static void ask_for_instruction(struct enquiry *e, const struct state *now)
{
	add_words(e, &now->instruction.search);
	add_text(e, now->instruction.text ? now->instruction.text : now->wish);
	ask_for_flaws(e, now);
}

static void ask_for_step(struct enquiry *e, const struct state *now)
{
	if (now->phase == PHASE_REFINE)
		ask_for_flaws(e, now);
	else if (now->phase == PHASE_GUIDE)
		ask_for_instruction(e, now);
	else
		ask_for_subtask(e, now);
}

/* Whether the documentation knows a cure: it has none for what takes too long or builds nothing. */
static bool is_about_names(const struct script_failed *f)
{
	return f->failure == FAILURE_ERROR || f->failure == FAILURE_NAMES;
}

/* What was caught before it ran says itself what to look at. */
static void ask_for_cure(struct enquiry *e, const struct state *now, const char *script)
{
	const struct script_failed *f = &now->failure;

	add_words(e, &f->search);
	add_words(e, &now->doubts.queries);
	if (f->search.count)
		return;
	if (f->type)
		strbuf_addf(&e->error, "%s: ", f->type);
	strbuf_addstr(&e->error, f->message);
	e->question.error = strbuf_str(&e->error);
	e->question.code = f->source;
	e->question.script = script;
}

void enquiry_make(struct enquiry *out, const struct state *now, const char *script)
{
	*out = (struct enquiry){ 0 };
	if (now->wanted.queries.count)
		add_words(out, &now->wanted.queries);
	else if (now->failure.script && is_about_names(&now->failure))
		ask_for_cure(out, now, script);
	else
		ask_for_step(out, now);
	out->question.text = out->text.len ? out->text.buf : NULL;
}

void enquiry_release(struct enquiry *e)
{
	free(e->question.words.items);
	strbuf_release(&e->text);
	strbuf_release(&e->error);
	*e = (struct enquiry){ 0 };
}
