#include "cli/show.h"

#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/table.h"
#include "event/tell.h"

#define INDENT_COLS 4
#define LEAST_COLS  12

static void write_table(struct strbuf *out, const struct table *t, const struct show_style *style)
{
	if (style->json)
		table_json(out, t);
	else
		table_write(out, t, style->width_cols);
}

static void number_lines(struct strbuf *out, const struct strbuf *script)
{
	struct strbuf clean = { 0 };
	struct text_span line, rest;
	size_t number = 0;

	text_clean(&clean, strbuf_str(script), script->len, TEXT_LINES);
	rest = (struct text_span){ strbuf_str(&clean), clean.len };
	while (text_next_line(&line, &rest))
		strbuf_addf(out, "%4zu  %.*s\n", ++number, (int)line.len, line.at);
	strbuf_release(&clean);
}

bool show_script(struct strbuf *out, const struct state *now, const struct blobs *blobs,
                 const struct show_style *style, struct error *err)
{
	struct strbuf script = { 0 };

	if (!now->accepted.id)
		return failed(err, ERR_USAGE, "there is no script yet: nothing has been accepted");
	if (!blob_get(&script, blobs, now->accepted.blob, err))
		return false;
	if (style->json) {
		strbuf_addf(out, "{\"version\":%" PRId64 ",\"script\":", now->accepted.id);
		json_quote(out, strbuf_str(&script), script.len);
		strbuf_addstr(out, "}\n");
	} else if (style->is_tty) {
		number_lines(out, &script);
	} else {
		strbuf_add(out, strbuf_str(&script), script.len);
	}
	strbuf_release(&script);
	return true;
}

/* Words of models, harmless, in rows that are indented. */
static void add_rows(struct strbuf *out, const char *text, const struct show_style *style)
{
	size_t width = style->width_cols;
	struct strbuf clean = { 0 };
	struct text_span row, rest;

	if (!width)
		width = SIZE_MAX;
	else
		width = width > LEAST_COLS ? width - INDENT_COLS : LEAST_COLS - INDENT_COLS;
	text_clean(&clean, text, strlen(text), TEXT_LINES);
	rest = (struct text_span){ strbuf_str(&clean), clean.len };
	while (text_next_row(&row, &rest, width))
		strbuf_addf(out, "%*s%.*s\n", row.len ? INDENT_COLS : 0, "", (int)row.len, row.at);
	strbuf_release(&clean);
}

void show_transcript(struct strbuf *out, const struct state *now, const struct show_style *style)
{
	static const struct table_column columns[] = {
		{ "event", "event", .is_number = true },
		{ "by", "by" },
		{ "text", "text" },
		{ 0 },
	};
	struct table t = { .columns = columns };

	for (size_t i = 0; i < now->talk.count; i++) {
		const struct utterance *u = &now->talk.items[i];

		if (style->json) {
			table_int(&t, u->event);
			table_text(&t, role_names[u->role]);
			table_text(&t, u->text);
			continue;
		}
		strbuf_addf(out, "%s%s (event %" PRId64 ")\n", i ? "\n" : "", tell_who(u->role),
		            u->event);
		add_rows(out, u->text, style);
	}
	if (style->json)
		table_json(out, &t);
	table_release(&t);
}

static const char *status_of(const struct state *now, size_t subtask)
{
	static const char *const names[] = {
		[SUBTASK_WAITING] = "waiting",
		[SUBTASK_ACTIVE] = "active",
		[SUBTASK_DONE] = "done",
		[SUBTASK_SKIPPED] = "skipped",
	};

	return names[now->subtasks[subtask]];
}

void show_plan(struct strbuf *out, const struct state *now, const struct show_style *style)
{
	const struct plan *plan = &now->plan;
	struct strbuf text = { 0 };

	if (style->json) {
		record_write(out, &plan_type, plan);
		strbuf_addstr(out, "\n");
		return;
	}
	if (!plan->title) {
		strbuf_addstr(out, "There is no plan.\n");
		return;
	}
	strbuf_addf(&text, "%s. %s\n\n", plan->title, plan->summary);
	for (size_t i = 0; i < plan->parts.count; i++)
		strbuf_addf(&text, "%s: %s; %s\n", plan->parts.items[i].name,
		            plan->parts.items[i].looks, plan->parts.items[i].size);
	strbuf_addstr(&text, plan->subtasks.count ? "\n" : "");
	for (size_t i = 0; i < plan->subtasks.count; i++)
		strbuf_addf(&text, "%zu. %s (%s)\n", i + 1, plan->subtasks.items[i].title,
		            status_of(now, i));
	add_rows(out, text.buf, style);
	strbuf_release(&text);
}

/* What the rows of the events need to know of each other. */
struct event_rows {
	struct table table;
	struct telling telling;
	int64_t began_ms;
};

/* Turns are told by what they bring, but here they have rows of their own. */
static void tell_turn(struct strbuf *out, const struct event *ev)
{
	const struct turn_ended *t = &ev->body.turn_end;

	if (ev->kind == EV_TURN_BEGAN) {
		strbuf_addf(out, "%s with %s", tell_doing(ev->body.turn.purpose),
		            ev->body.turn.model ? ev->body.turn.model : "nobody");
	} else if (ev->kind == EV_TURN_ENDED && !t->error) {
		text_add_duration(out, t->took_ms);
		if (t->input_tokens >= 0 && t->output_tokens >= 0)
			strbuf_addf(out, ", %" PRId64 " tokens in, %" PRId64 " out",
			            t->input_tokens, t->output_tokens);
	}
}

static void add_event(const struct event *ev, void *ctx)
{
	struct event_rows *rows = ctx;
	struct table *t = &rows->table;

	if (!rows->began_ms)
		rows->began_ms = ev->at_ms;
	tell(&rows->telling, ev);
	tell_turn(&rows->telling.text, ev);
	table_int(t, ev->id);
	table_int(t, ev->parent);
	table_ms(t, ev->at_ms - rows->began_ms);
	table_text(t, role_names[ev->role]);
	table_text(t, event_types[ev->kind].name);
	table_text(t, strbuf_str(&rows->telling.text));
}

bool show_events(struct strbuf *out, struct journal *j, const struct show_style *style,
                 struct error *err)
{
	static const struct table_column columns[] = {
		{ "event", "id", .is_number = true },
		{ "after", "parent", .is_number = true },
		{ "time", "after_ms", .is_number = true },
		{ "by", "by" },
		{ "what", "event" },
		{ "", "text" },
		{ 0 },
	};
	struct event_rows rows = { .table = { .columns = columns } };
	bool ok = journal_each(j, add_event, &rows, err);

	if (ok)
		write_table(out, &rows.table, style);
	table_release(&rows.table);
	telling_release(&rows.telling);
	return ok;
}

static void add_document(struct table *t, const struct event *ev, const struct document *d)
{
	struct strbuf terms = { 0 };

	for (size_t i = 0; i < d->terms.count; i++)
		strbuf_addf(&terms, "%s%s", i ? ", " : "", d->terms.items[i]);
	table_int(t, ev->id);
	table_text(t, purpose_names[ev->body.documents.purpose]);
	table_bool(t, ev->body.documents.was_wanted);
	table_real(t, d->score);
	table_bool(t, d->is_packed);
	table_text(t, d->ident);
	table_text(t, d->why);
	table_text(t, strbuf_str(&terms));
	strbuf_release(&terms);
}

static void add_documents(const struct event *ev, void *ctx)
{
	const struct documents *d = &ev->body.documents;

	if (ev->kind != EV_DOCUMENTS_FOUND)
		return;
	for (size_t i = 0; i < d->list.count; i++)
		add_document(ctx, ev, &d->list.items[i]);
}

bool show_documents(struct strbuf *out, struct journal *j, const struct show_style *style,
                    struct error *err)
{
	static const struct table_column columns[] = {
		{ "event", "event", .is_number = true },
		{ "for", "purpose" },
		{ .key = "wanted" },
		{ "score", "score", .is_number = true },
		{ "read", "packed" },
		{ "document", "ident" },
		{ "why", "why" },
		{ "words", "terms" },
		{ 0 },
	};
	struct table t = { .columns = columns };
	bool ok = journal_each(j, add_documents, &t, err);

	if (ok && (t.count || style->json))
		write_table(out, &t, style);
	else if (ok)
		strbuf_addstr(out, "Nothing has been found in the documentation.\n");
	table_release(&t);
	return ok;
}

/* Indented by branch, so that the tree can be seen: ">" is where we are, "*" the way there. */
static void add_branch(struct table *t, const struct history_step *s, int64_t here)
{
	int indent = (int)(2 * (s->depth < 20 ? s->depth : 20));
	char mark = s->id == here ? '>' : s->is_on_path ? '*' : ' ';
	struct strbuf text = { 0 };

	strbuf_addf(&text, "%*s%c %s", indent, "", mark, s->note ? s->note : "(nothing was said)");
	table_text(t, strbuf_str(&text));
	strbuf_release(&text);
}

void show_steps(struct strbuf *out, const struct history *history, const struct show_style *style)
{
	static const struct table_column columns[] = {
		{ "step", "step", .is_number = true },
		{ "after", "after", .is_number = true },
		{ "phase", "phase" },
		{ "why", "purpose" },
		{ "calls", "calls", .is_number = true },
		{ "cost", "cost_usd", .is_number = true },
		{ .title = "what" },
		{ .key = "note" },
		{ .key = "script" },
		{ .key = "is_on_path" },
		{ .key = "is_here" },
		{ 0 },
	};
	struct table t = { .columns = columns };

	for (size_t i = 0; i < history->count; i++) {
		const struct history_step *s = &history->steps[i];

		table_int(&t, s->id);
		table_int(&t, s->from);
		table_text(&t, phase_names[s->phase]);
		table_text(&t, purpose_names[s->purpose]);
		table_int(&t, s->calls);
		table_usd(&t, s->cost_usd);
		add_branch(&t, s, history->here);
		table_text(&t, s->note);
		table_int(&t, s->script);
		table_bool(&t, s->is_on_path);
		table_bool(&t, s->id == history->here);
	}
	if (history->count || style->json)
		write_table(out, &t, style);
	else
		strbuf_addstr(out, "Nothing has been accepted yet.\n");
	table_release(&t);
}

static void add_usage(struct table *t, const char *who, const struct usage *u)
{
	table_text(t, who);
	table_int(t, u->calls);
	table_int(t, u->failed);
	table_int(t, u->input_tokens);
	table_int(t, u->cached_tokens);
	table_int(t, u->output_tokens);
	table_ms(t, u->took_ms);
	table_usd(t, u->cost_usd);
	table_int(t, u->unpriced);
}

void show_cost(struct strbuf *out, const struct usage *spent, const struct show_style *style)
{
	static const struct table_column columns[] = {
		{ "who", "by" },
		{ "calls", "calls", .is_number = true },
		{ "failed", "failed", .is_number = true },
		{ "in", "input_tokens", .is_number = true },
		{ "cached", "cached_tokens", .is_number = true },
		{ "out", "output_tokens", .is_number = true },
		{ "time", "took_ms", .is_number = true },
		{ "cost", "cost_usd", .is_number = true },
		{ "unpriced", "unpriced", .is_number = true },
		{ 0 },
	};
	struct table t = { .columns = columns };
	struct usage all = usage_total(spent);

	for (int i = 0; i < ROLE_COUNT; i++)
		if (spent[i].calls)
			add_usage(&t, role_names[i], &spent[i]);
	add_usage(&t, "all", &all);
	write_table(out, &t, style);
	table_release(&t);
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && !strcmp(text + len - end_len, end);
}

static void add_metric(struct table *t, const struct field *f, const struct metrics *metrics)
{
	const char *at = (const char *)metrics + f->offset;
	int64_t number;
	double real;

	table_text(t, f->help);
	if (f->type == FIELD_REAL) {
		memcpy(&real, at, sizeof(real));
		table_usd(t, real);
		return;
	}
	memcpy(&number, at, sizeof(number));
	if (ends_with(f->name, "_ms"))
		table_ms(t, number);
	else
		table_int(t, number);
}

void show_metrics(struct strbuf *out, const struct metrics *metrics, const struct show_style *style)
{
	static const struct table_column columns[] = {
		{ .title = "what" },
		{ .title = "how much", .is_number = true },
		{ 0 },
	};
	struct table t = { .columns = columns };

	if (style->json) {
		record_write(out, &metrics_type, metrics);
		strbuf_addstr(out, "\n");
		return;
	}
	for (const struct field *f = metrics_type.fields; f->name; f++)
		add_metric(&t, f, metrics);
	table_write(out, &t, style->width_cols);
	table_release(&t);
}
