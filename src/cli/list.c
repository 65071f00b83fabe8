#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/place.h"

enum {
	NAME_COLS = 24,
	STATUS_COLS = 10,
	STEPS_COLS = 5,
	COST_COLS = 8,
	AGE_COLS = 8,
	PROMPT_COLS = 100, /* where nobody says how wide the terminal is */
};

/* What is said of one session. */
struct row {
	const char *name, *status;
	size_t steps;
	struct usage usage;
	int64_t age_ms, changed_ms;
	const char *prompt; /* NULL: nothing was asked for yet */
	const char *trouble;
};

static const char *status_of(const struct state *now)
{
	if (now->is_over)
		return ending_names[now->ending];
	return now->begun ? phase_names[now->phase] : "empty";
}

static size_t count_steps(const struct journal_index *index)
{
	size_t count = 0;

	for (size_t i = 0; i < index->count; i++)
		count += history_is_step(&index->entries[i]);
	return count;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Text of others, and padding up to `cols`. */
static void add_cell(struct strbuf *out, const char *text, size_t cols)
{
	struct strbuf clean = { 0 };
	size_t start = out->len, used;

	text_clean(&clean, text, strlen(text), TEXT_ONE_LINE);
	text_cut(out, strbuf_str(&clean), clean.len, cols);
	used = text_width(strbuf_str(out) + start, out->len - start);
	strbuf_addf(out, "%*s  ", (int)(used < cols ? cols - used : 0), "");
	strbuf_release(&clean);
}

/* "5 min", "3 h", "12 d": nobody wants it to the second. */
static void add_age(struct strbuf *out, int64_t ms)
{
	static const struct {
		int64_t ms;
		const char *unit;
	} units[] = { { 86400000, "d" }, { 3600000, "h" }, { 60000, "min" }, { 1000, "s" } };
	size_t i = 0;

	while (i + 1 < COUNT(units) && ms < units[i].ms)
		i++;
	strbuf_addf(out, "%lld %s", (long long)(ms / units[i].ms), units[i].unit);
}

static void add_line(struct strbuf *out, const struct row *row)
{
	struct strbuf cell = { 0 };

	add_cell(out, row->name, NAME_COLS);
	add_cell(out, row->status, STATUS_COLS);
	strbuf_addf(out, "%*zu  ", STEPS_COLS, row->steps);
	text_add_usd(&cell, row->usage.cost_usd);
	strbuf_addf(out, "%*s%s", COST_COLS, strbuf_str(&cell), row->usage.unpriced ? "+ " : "  ");
	strbuf_reset(&cell);
	add_age(&cell, row->age_ms);
	add_cell(out, strbuf_str(&cell), AGE_COLS);
	strbuf_reset(&cell);
	if (row->trouble || row->prompt)
		add_cell(out, row->trouble ? row->trouble : row->prompt, PROMPT_COLS);
	while (out->len && out->buf[out->len - 1] == ' ')
		strbuf_cut(out, out->len - 1);
	strbuf_addstr(out, "\n");
	strbuf_release(&cell);
}

static void add_json(struct strbuf *out, const struct row *row, const char *dir)
{
	struct json *object = json_object();

	json_put_text(object, "name", row->name);
	json_put_text(object, "dir", dir);
	json_put_text(object, "status", row->status);
	json_put_int(object, "steps", (int64_t)row->steps);
	json_put_int(object, "calls", row->usage.calls);
	json_put_real(object, "cost_usd", row->usage.cost_usd);
	json_put_int(object, "unpriced_calls", row->usage.unpriced);
	json_put_int(object, "changed_ms", row->changed_ms);
	if (row->prompt)
		json_put_text(object, "prompt", row->prompt);
	if (row->trouble)
		json_put_text(object, "error", row->trouble);
	json_write(out, object);
	strbuf_addstr(out, "\n");
	json_free(object);
}

/* A session that cannot be read is a row too: it says why. */
static void describe(struct strbuf *out, const struct place *place, bool as_json)
{
	struct row row = { .name = place->name,
		           .status = "broken",
		           .changed_ms = place->changed_ms };
	struct peek look;
	struct error err;

	row.age_ms = now_ms() - place->changed_ms;
	if (row.age_ms < 0)
		row.age_ms = 0;
	if (peek_open(&look, place->dir, &err)) {
		struct journal_index index = journal_index(look.journal);

		row.status = status_of(&look.state);
		row.steps = count_steps(&index);
		row.usage = state_usage(&look.state);
		row.prompt = look.state.prompt;
	} else {
		row.trouble = err.text;
	}
	if (as_json)
		add_json(out, &row, place->dir);
	else
		add_line(out, &row);
	peek_close(&look);
}

int cmd_list(const struct args *args)
{
	struct places places;
	struct error err;

	if (!places_read(&places, &err))
		return cli_fail(&err);
	if (!places.count && !args->flags.json)
		puts("There is no session yet: `ll3m demo`, or `ll3m run \"a red bucket\"`.");
	else if (!args->flags.json)
		printf("%-*s  %-*s  %*s  %*s  %-*s  %s\n", NAME_COLS, "NAME", STATUS_COLS, "PHASE",
		       STEPS_COLS, "STEPS", COST_COLS, "COST", AGE_COLS, "AGE", "PROMPT");
	for (size_t i = 0; i < places.count; i++) {
		struct strbuf line = { 0 };

		describe(&line, &places.items[i], args->flags.json);
		fputs(strbuf_str(&line), stdout);
		strbuf_release(&line);
	}
	places_release(&places);
	return EXIT_DONE;
}
