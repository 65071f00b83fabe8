#include "cli/dialog.h"

#include <string.h>

#include "base/compiler.h"
#include "base/text.h"
#include "cli/report.h"
#include "session/session.h"

/* What can be done when nobody goes on by themselves. */
static const struct {
	const char *label, *command;
} ways_on[] = {
	{ "go on", "continue" },
	{ "undo the last step", "undo" },
	{ "leave; the session can be resumed", "quit" },
};

enum question dialog_next(const struct state *now, bool paused)
{
	if (now->waiting)
		return QUESTION_GATE;
	if (paused)
		return QUESTION_PAUSED;
	return QUESTION_CHANGE;
}

static void add_choices(struct strbuf *out, enum question q, const struct state *now)
{
	for (size_t i = 0; q == QUESTION_PAUSED && i < COUNT(ways_on); i++)
		strbuf_addf(out, "  %zu  %s\n", i + 1, ways_on[i].label);
	for (const struct report_choice *c = report_choices; q == QUESTION_GATE && c->label; c++)
		if (c->gates & 1u << now->gate)
			strbuf_addf(out, "  %d  %s\n", c->number, c->label);
}

void dialog_gate(struct strbuf *out, const struct state *now)
{
	const char *question = now->question ? now->question : "Go on?";

	text_clean(out, question, strlen(question), TEXT_LINES);
	strbuf_addstr(out, "\n");
	add_choices(out, QUESTION_GATE, now);
}

void dialog_ask(struct strbuf *out, enum question q, const struct state *now)
{
	static const char *const questions[] = {
		[QUESTION_NONE] = "",
		[QUESTION_GATE] = "Number or command (help lists them): ",
		[QUESTION_REASON] = "Why? (empty: no reason) ",
		[QUESTION_INSTEAD] = "What instead? (empty: back) ",
		[QUESTION_CHANGE] = "What shall change? (empty: nothing, it is done) ",
		[QUESTION_PAUSED] = "Number or command (help lists them): ",
	};

	if (q == QUESTION_PAUSED)
		add_choices(out, q, now);
	strbuf_addstr(out, questions[q]);
}

static bool is_word(const char *line, const char *word)
{
	size_t len = strlen(word);

	return !strncmp(line, word, len) && !line[len + strspn(line + len, " \t")];
}

static bool is_command(const char *line)
{
	size_t len = strcspn(line, " \t");

	for (const struct command *c = commands; c->name; c++)
		if (strlen(c->name) == len && !strncmp(c->name, line, len))
			return true;
	return false;
}

/* "2", "2." and "2)"; 0: something else. */
static int number_in(const char *line)
{
	int number = *line >= '1' && *line <= '9' ? *line - '0' : 0;

	return number && !line[1 + strspn(line + 1, " \t.)")] ? number : 0;
}

static enum reaction do_command(struct strbuf *command, const char *name, const char *args)
{
	strbuf_addf(command, "%s%s%s", name, *args ? " " : "", args);
	return REACT_DO;
}

/* A free text is the answer; an empty one takes the question back, unless it may be left out. */
static enum reaction answer_text(struct strbuf *command, enum question *q, const char *line)
{
	enum question was = *q;

	*q = was == QUESTION_CHANGE ? QUESTION_CHANGE : QUESTION_GATE;
	if (was == QUESTION_REASON)
		return do_command(command, "reject", line);
	if (was == QUESTION_INSTEAD)
		return *line ? do_command(command, "reprompt", line) : REACT_ASK;
	return *line ? do_command(command, "prompt", line) : do_command(command, "done", "");
}

static enum reaction choose(struct strbuf *command, enum question *q, int number,
                            const struct state *now)
{
	const struct report_choice *c = NULL;

	if (*q == QUESTION_GATE)
		c = report_choice(now->gate, number);
	else if (number >= 1 && (size_t)number <= COUNT(ways_on))
		return do_command(command, ways_on[number - 1].command, "");
	if (!c)
		return REACT_UNKNOWN;
	if (!c->command)
		return REACT_DIFF;
	if (!strcmp(c->command, "edit"))
		return REACT_EDIT;
	if (!c->wants_text && strcmp(c->command, "reject") != 0)
		return do_command(command, c->command, "");
	*q = c->wants_text ? QUESTION_INSTEAD : QUESTION_REASON;
	return REACT_ASK;
}

enum reaction dialog_answer(struct strbuf *command, enum question *q, const char *line,
                            const struct state *now)
{
	strbuf_reset(command);
	line += strspn(line, " \t");
	if (*q == QUESTION_REASON || *q == QUESTION_INSTEAD)
		return answer_text(command, q, line);
	if (is_word(line, "help") || is_word(line, "?"))
		return REACT_HELP;
	if (is_word(line, "diff"))
		return REACT_DIFF;
	if (is_word(line, "edit"))
		return REACT_EDIT;
	if (is_command(line))
		return do_command(command, line, "");
	if (*q == QUESTION_CHANGE)
		return answer_text(command, q, line);
	return *line ? choose(command, q, number_in(line), now) : REACT_ASK;
}

void dialog_help(struct strbuf *out, enum question q, const struct state *now)
{
	if (q == QUESTION_CHANGE)
		strbuf_addstr(out, "Say in a sentence what shall change, or write a command:\n");
	else
		add_choices(out, q, now);
	strbuf_addf(out, "  %-22s %s\n  %-22s %s\n  %-22s %s\n", "help", "Show this", "diff",
	            "Show what the proposal changes", "edit",
	            "Edit the script in $VISUAL or $EDITOR, then try it");
	for (const struct command *c = commands; c->name; c++) {
		char usage[40];
		size_t len = strlen(c->name);

		if (len + 1 + strlen(c->args) >= sizeof(usage))
			continue;
		memcpy(usage, c->name, len + 1);
		if (*c->args)
			strcat(strcat(usage, " "), c->args);
		strbuf_addf(out, "  %-22s %s\n", usage, c->help);
	}
}
