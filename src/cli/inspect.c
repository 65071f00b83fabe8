#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/operations.h"
#include "cli/place.h"
#include "cli/show.h"

/* `ll3m show NAME PART`: finds the session and hands it to the part that was asked for. */
struct inspection {
	const struct args *args;
	const char *dir;
	struct peek look;
	struct show_style style;
};

static bool add_script(struct strbuf *out, struct inspection *i, struct error *err)
{
	return show_script(out, &i->look.state, i->look.blobs, &i->style, err);
}

static bool add_plan(struct strbuf *out, struct inspection *i, struct error *err UNUSED)
{
	show_plan(out, &i->look.state, &i->style);
	return true;
}

static bool add_transcript(struct strbuf *out, struct inspection *i, struct error *err UNUSED)
{
	show_transcript(out, &i->look.state, &i->style);
	return true;
}

static bool add_events(struct strbuf *out, struct inspection *i, struct error *err)
{
	return show_events(out, i->look.journal, &i->style, err);
}

static bool add_documents(struct strbuf *out, struct inspection *i, struct error *err)
{
	return show_documents(out, i->look.journal, &i->style, err);
}

static bool add_steps(struct strbuf *out, struct inspection *i, struct error *err)
{
	struct history history = { 0 };
	bool ok = history_read(&history, i->look.journal, err);

	if (ok)
		show_steps(out, &history, &i->style);
	history_release(&history);
	return ok;
}

static bool add_cost(struct strbuf *out, struct inspection *i, struct error *err UNUSED)
{
	show_cost(out, i->look.state.usage, &i->style);
	return true;
}

/* The operations of the script are counted by Blender's Python; without it they are left out. */
static bool add_metrics(struct strbuf *out, struct inspection *i, struct error *err)
{
	struct strbuf operations = { 0 };
	struct metrics metrics;
	struct error why;
	bool is_counted =
		operations_count(&operations, i->args, &i->look.state, i->look.blobs, &why);
	bool ok = metrics_make(&metrics, &i->look.state, i->look.state.usage,
	                       is_counted ? strbuf_str(&operations) : NULL, err);

	if (!is_counted)
		fprintf(stderr, "ll3m: operations are not counted: %s\n", why.text);
	if (ok)
		show_metrics(out, &metrics, &i->style);
	strbuf_release(&operations);
	return ok;
}

static const struct part {
	const char *name;
	bool (*add)(struct strbuf *out, struct inspection *i, struct error *err);
} parts[] = {
	{ "script", add_script },         { "plan", add_plan },       { "steps", add_steps },
	{ "transcript", add_transcript }, { "events", add_events },   { "cost", add_cost },
	{ "documents", add_documents },   { "metrics", add_metrics },
};

static const struct part *find_part(const char *name, struct error *err)
{
	const char *names[COUNT(parts)], *near;

	for (size_t i = 0; i < COUNT(parts); i++) {
		names[i] = parts[i].name;
		if (!strcmp(parts[i].name, name))
			return &parts[i];
	}
	near = text_nearest(name, names, COUNT(parts));
	if (near)
		failed(err, ERR_USAGE, "show: there is no part \"%.40s\"; did you mean \"%s\"?",
		       name, near);
	else
		failed(err, ERR_USAGE,
		       "show: there is no part \"%.40s\", but script, plan, steps, transcript, "
		       "events, documents, cost and metrics",
		       name);
	return NULL;
}

static void add_line(struct strbuf *out, const char *title, const char *text)
{
	if (!text)
		return;
	strbuf_addf(out, "%-9s", title);
	text_clean(out, text, strlen(text), TEXT_ONE_LINE);
	strbuf_addstr(out, "\n");
}

static void add_usage(struct strbuf *out, const struct state *now)
{
	struct usage all = state_usage(now);

	strbuf_addf(out, "%-9s", "cost");
	text_add_usd(out, all.cost_usd);
	strbuf_addf(out, " for %lld questions", (long long)all.calls);
	if (all.unpriced)
		strbuf_addf(out, ", %lld of unknown price", (long long)all.unpriced);
	strbuf_addstr(out, "\n");
}

static void add_standing(struct strbuf *out, const struct state *now)
{
	size_t open = state_open_flaws(now);

	if (now->is_over)
		strbuf_addf(out, "%-9s%s\n", "ended", ending_names[now->ending]);
	else
		strbuf_addf(out, "%-9s%s, round %lld\n", "phase", phase_names[now->phase],
		            (long long)now->round);
	if (now->begun && now->fit >= 0)
		strbuf_addf(out, "%-9s%lld of 10, %zu open flaw%s\n", "fit", (long long)now->fit,
		            open, open == 1 ? "" : "s");
	add_usage(out, now);
}

static bool add_overview(struct strbuf *out, struct inspection *i, struct error *err)
{
	const struct state *now = &i->look.state;

	add_line(out, "session", i->dir);
	add_line(out, "prompt", now->prompt ? now->prompt : "none yet");
	add_line(out, "wish", now->wish);
	add_standing(out, now);
	add_line(out, "trouble", now->trouble);
	strbuf_addstr(out, "\n");
	return add_steps(out, i, err);
}

static struct show_style style_of(const struct flags *flags)
{
	struct show_style style = { .json = flags->json, .is_tty = isatty(STDOUT_FILENO) != 0 };
	struct winsize size;

	if (style.is_tty && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		style.width_cols = size.ws_col;
	return style;
}

static bool inspect(struct strbuf *out, struct inspection *i, struct error *err)
{
	const struct args *args = i->args;
	const struct part *part = args->count > 1 ? find_part(args->words[1], err) : NULL;

	if (args->count > 1 && !part)
		return false;
	if (part)
		return part->add(out, i, err);
	return i->style.json ? add_steps(out, i, err) : add_overview(out, i, err);
}

int cmd_show(const struct args *args)
{
	struct inspection i = { .args = args, .style = style_of(&args->flags) };
	struct strbuf dir = { 0 }, text = { 0 };
	struct error err;
	bool ok = place_find(&dir, args->words[0], &err) &&
	          peek_open(&i.look, strbuf_str(&dir), &err);

	i.dir = strbuf_str(&dir);
	ok = ok && inspect(&text, &i, &err);
	fwrite(strbuf_str(&text), 1, text.len, stdout);
	peek_close(&i.look);
	strbuf_release(&dir);
	strbuf_release(&text);
	return ok ? EXIT_DONE : cli_fail(&err);
}
