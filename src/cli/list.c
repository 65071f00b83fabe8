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

static void add_line(struct strbuf *out, const struct place *place, const struct glance *g)
{
	struct strbuf cell = { 0 };

	add_cell(out, place->name, NAME_COLS);
	add_cell(out, g->status, STATUS_COLS);
	strbuf_addf(out, "%*zu  ", STEPS_COLS, g->steps);
	text_add_usd(&cell, g->usage.cost_usd);
	strbuf_addf(out, "%*s%s", COST_COLS, strbuf_str(&cell), g->usage.unpriced ? "+ " : "  ");
	strbuf_reset(&cell);
	glance_add_age(&cell, now_ms() - place->changed_ms);
	add_cell(out, strbuf_str(&cell), AGE_COLS);
	strbuf_reset(&cell);
	if (g->trouble || g->prompt)
		add_cell(out, g->trouble ? g->trouble : g->prompt, PROMPT_COLS);
	while (out->len && out->buf[out->len - 1] == ' ')
		strbuf_cut(out, out->len - 1);
	strbuf_addstr(out, "\n");
	strbuf_release(&cell);
}

static void add_json(struct strbuf *out, const struct place *place, const struct glance *g)
{
	struct json *object = json_object();

	json_put_text(object, "name", place->name);
	json_put_text(object, "dir", place->dir);
	json_put_text(object, "status", g->status);
	json_put_int(object, "steps", (int64_t)g->steps);
	json_put_int(object, "calls", g->usage.calls);
	json_put_real(object, "cost_usd", g->usage.cost_usd);
	json_put_int(object, "unpriced_calls", g->usage.unpriced);
	json_put_int(object, "changed_ms", place->changed_ms);
	if (g->prompt)
		json_put_text(object, "prompt", g->prompt);
	if (g->trouble)
		json_put_text(object, "error", g->trouble);
	json_write(out, object);
	strbuf_addstr(out, "\n");
	json_free(object);
}

/* A session that cannot be read is a row too: it says why. */
static void describe(struct strbuf *out, const struct place *place, bool as_json)
{
	struct glance glance;

	glance_read(&glance, place->dir);
	if (as_json)
		add_json(out, place, &glance);
	else
		add_line(out, place, &glance);
	glance_release(&glance);
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
