#include "cli/drive.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/editor.h"
#include "base/file.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/changes.h"
#include "cli/cli.h"
#include "cli/dialog.h"
#include "cli/input.h"
#include "cli/interrupt.h"
#include "cli/screen.h"
#include "cli/teller.h"
#include "cli/who.h"

/* Where lines come from. */
enum source {
	SOURCE_NONE,     /* nobody is there: --yes */
	SOURCE_TERMINAL, /* somebody types, at any time */
	SOURCE_PIPE,     /* a program or a file answers, each question when it comes */
	SOURCE_SCRIPT,   /* the same, but # is a comment and a mistake is the end */
};

struct driver {
	const struct drive *with;
	struct loop *loop;
	struct session *session;
	struct teller *teller;
	struct input *input;
	struct interrupts *interrupts;
	struct editor *editor;
	struct strbuf command; /* the answer, as a command */
	struct strbuf edited;  /* the file in the editor */
	enum source source;
	enum question asked; /* QUESTION_NONE: we are not waiting for an answer */
	int answers_fd;      /* of --commands FILE; -1: none */
	int times_interrupted;
	bool has_ended;   /* heard in this run, not in an earlier one */
	bool has_gate;    /* the same of the gate that is open, so its question was told */
	bool in_trouble;  /* and nothing was said since */
	bool input_ended; /* nobody will answer any more */
	bool is_begun;    /* the script of our own was given, if there is one */
	int code;         /* what to exit with, if not what the ending says; -1 */
};

static struct strbuf *words(struct driver *d)
{
	return teller_text(d->teller);
}

static void print(struct driver *d)
{
	teller_print(d->teller);
}

static void tell(struct driver *d, const char *line)
{
	teller_say(d->teller, line);
}

static void on_event(const struct event *ev, void *ctx)
{
	struct driver *d = ctx;

	d->has_ended |= ev->kind == EV_ENDED;
	d->has_gate |= ev->kind == EV_GATE_OPENED;
	d->in_trouble |= ev->kind == EV_TROUBLE && ev->body.trouble.stops;
	teller_hear(d->teller, ev, session_state(d->session));
}

static bool is_users_move(const struct driver *d)
{
	return !d->has_ended && session_is_idle(d->session);
}

static void ask(struct driver *d, enum question q)
{
	const struct state *now = session_state(d->session);

	d->asked = q;
	if (q == QUESTION_GATE && !d->has_gate)
		dialog_gate(words(d), now);
	d->has_gate |= q == QUESTION_GATE;
	if (d->source == SOURCE_TERMINAL || d->source == SOURCE_PIPE)
		dialog_ask(words(d), q, now);
	print(d);
	input_want(d->input);
}

/* Say that the session can be taken up again. */
static void say_how_to_go_on(struct driver *d)
{
	struct strbuf line = { 0 };

	strbuf_addf(&line, "Nobody answers, so it waits: `ll3m resume %s` goes on.", d->with->name);
	tell(d, strbuf_str(&line));
	strbuf_release(&line);
}

static void leave(struct driver *d)
{
	struct error err;

	d->asked = QUESTION_NONE;
	if (!session_do(d->session, "quit", &err))
		d->code = cli_fail(&err);
}

/* The input is at its end: what needs no answer is done, all else waits. */
static void go_without_answers(struct driver *d)
{
	const struct state *now = session_state(d->session);
	enum question q = dialog_next(now, session_is_stopped(d->session));
	struct error err;

	d->asked = QUESTION_NONE;
	if (q == QUESTION_CHANGE && !d->in_trouble) {
		if (!session_do(d->session, "done", &err))
			d->code = cli_fail(&err);
		return;
	}
	say_how_to_go_on(d);
	if (d->in_trouble)
		d->code = cli_exit_code((enum err_code)now->trouble_code);
	leave(d);
}

static void refuse(struct driver *d, const struct error *err)
{
	if (d->source != SOURCE_SCRIPT) {
		tell(d, err->text);
		return;
	}
	d->code = cli_fail(err);
	leave(d);
}

static bool give(struct driver *d, const char *command)
{
	struct error err;

	d->asked = QUESTION_NONE;
	d->in_trouble = false;
	if (session_do(d->session, command, &err))
		return true;
	refuse(d, &err);
	return false;
}

static void on_edited(void *ctx, const struct error *err)
{
	struct driver *d = ctx;
	struct strbuf command = { 0 };

	d->editor = NULL;
	d->asked = QUESTION_NONE;
	strbuf_addf(&command, "edit %s", strbuf_str(&d->edited));
	if (err)
		refuse(d, err);
	else if (give(d, strbuf_str(&command)))
		unlink(strbuf_str(&d->edited));
	strbuf_release(&command);
}

static bool edit_script(struct driver *d, struct error *err)
{
	const struct version *version = state_version(session_state(d->session));
	struct strbuf text = { 0 };
	bool ok = version->id || failed(err, ERR_USAGE, "edit: there is no script yet");

	if (ok && d->source != SOURCE_TERMINAL)
		ok = failed(err, ERR_USAGE, "edit: without a terminal, write edit FILE");
	ok = ok && blob_get(&text, session_blobs(d->session), version->blob, err);
	strbuf_reset(&d->edited);
	strbuf_addstr(&d->edited, d->with->dir);
	path_add(&d->edited, "edited.py");
	ok = ok && file_write(strbuf_str(&d->edited), strbuf_str(&text), text.len, err) &&
	     editor_open(&d->editor, d->loop, strbuf_str(&d->edited), on_edited, d, err);
	strbuf_release(&text);
	return ok;
}

static bool show_diff(struct driver *d, struct error *err)
{
	struct strbuf diff = { 0 };
	bool ok = changes_add(&diff, session_state(d->session), session_blobs(d->session), err);

	if (ok && !diff.len)
		tell(d, "Nothing is changed.");
	text_clean(words(d), strbuf_str(&diff), diff.len, TEXT_LINES);
	print(d);
	strbuf_release(&diff);
	return ok;
}

static void show_help(struct driver *d, enum question q)
{
	dialog_help(words(d), q, session_state(d->session));
	print(d);
}

/* `q` is what was asked; what is to be asked next may be another question. */
static void react(struct driver *d, enum question q, const char *line)
{
	enum reaction reaction = dialog_answer(&d->command, &q, line, session_state(d->session));
	bool ok = true;
	struct error err;

	switch (reaction) {
	case REACT_DO:
		give(d, strbuf_str(&d->command));
		return;
	case REACT_EDIT:
		ok = edit_script(d, &err);
		break;
	case REACT_DIFF:
		ok = show_diff(d, &err);
		break;
	case REACT_HELP:
		show_help(d, q);
		break;
	case REACT_UNKNOWN:
		ok = failed(&err, ERR_USAGE, "\"%.60s\" is no answer to that", line);
		break;
	case REACT_ASK:
		break;
	}
	if (!ok)
		refuse(d, &err);
	if (!d->editor && d->asked)
		ask(d, q);
}

/* Typed while the agents are at work: a command, or what to do next. */
static void interject(struct driver *d, const char *line)
{
	if (!line[strspn(line, " \t")])
		return;
	react(d, QUESTION_CHANGE, line);
	if (!strncmp(strbuf_str(&d->command), "prompt ", 7))
		tell(d, "Noted; that is next.");
}

static bool is_skipped(const struct driver *d, const char *line)
{
	line += strspn(line, " \t");
	return d->source == SOURCE_SCRIPT && (!*line || *line == '#');
}

/* A terminal shows what is typed; in a log the question would have no answer. */
static void echo(struct driver *d, const char *line)
{
	text_clean(words(d), line, strlen(line), TEXT_ONE_LINE);
	strbuf_addstr(words(d), "\n");
	print(d);
}

static void on_line(void *ctx, const char *line)
{
	struct driver *d = ctx;
	enum question q = d->asked;

	if (!line) {
		d->input_ended = true;
		d->asked = QUESTION_NONE;
		if (d->source != SOURCE_SCRIPT)
			tell(d, "");
		return;
	}
	if (d->source == SOURCE_PIPE)
		echo(d, line);
	if (is_skipped(d, line))
		input_want(d->input);
	else if (q != QUESTION_NONE)
		react(d, q, line);
	else
		interject(d, line);
	if (!d->has_ended && !d->editor && d->source == SOURCE_TERMINAL)
		input_want(d->input);
}

static void on_interrupt(void *ctx, bool must_leave)
{
	struct driver *d = ctx;

	/* The terminal is the editor's: Ctrl-C was meant for it. */
	if (d->editor && !must_leave)
		return;
	d->times_interrupted++;
	if (d->times_interrupted > 2) {
		interrupts_close(d->interrupts);
		d->interrupts = NULL;
	} else if (must_leave || d->times_interrupted == 2 || d->asked ||
	           d->source == SOURCE_PIPE || d->source == SOURCE_SCRIPT ||
	           !session_blender(d->session)) {
		leave(d);
	} else {
		tell(d, "Stopping; once more to leave.");
		give(d, "stop");
	}
}

static void begin_with_script(struct driver *d)
{
	struct error err;

	d->is_begun = true;
	if (!drive_give_script(d->session, d->with, &err)) {
		d->code = cli_fail(&err);
		leave(d);
	}
}

/* Whenever the next move is the user's, ask; or, if nobody is there, do what is right. */
static void consider(struct driver *d)
{
	const struct state *now = session_state(d->session);

	if (d->with->script && !d->is_begun && is_users_move(d)) {
		begin_with_script(d);
		return;
	}
	if (d->source == SOURCE_NONE || d->asked || d->editor || !is_users_move(d))
		return;
	d->times_interrupted = 0;
	if (d->input_ended || (d->in_trouble && d->source == SOURCE_SCRIPT))
		go_without_answers(d);
	else
		ask(d, dialog_next(now, session_is_stopped(d->session)));
}

enum autonomy drive_autonomy(const struct drive *with)
{
	if (with->flags->yes && !with->all_answers)
		return AUTONOMY_AUTO;
	return with->flags->step ? AUTONOMY_STEP : AUTONOMY_REVIEW;
}

static bool open_source(struct driver *d, struct error *err)
{
	const struct drive *with = d->with;
	const char *file = with->flags->commands;
	int fd = STDIN_FILENO;

	d->answers_fd = -1;
	if (with->answers) {
		d->source = SOURCE_SCRIPT;
		d->input = input_from_text(d->loop, with->answers, on_line, d);
		return true;
	}
	if (file && strcmp(file, "-") != 0) {
		fd = d->answers_fd = file_open(file, err);
		if (fd < 0)
			return false;
	}
	if (file)
		d->source = SOURCE_SCRIPT;
	else if (with->flags->yes)
		return true;
	else
		d->source = isatty(fd) && isatty(STDOUT_FILENO) ? SOURCE_TERMINAL : SOURCE_PIPE;
	d->input = input_new(d->loop, fd, on_line, d);
	if (d->source == SOURCE_TERMINAL)
		input_want(d->input);
	return true;
}

static void say_beginning(struct driver *d)
{
	const struct drive *with = d->with;
	const char *relay = who_relay(&with->settings->llm);

	strbuf_addf(words(d), "session %s: %s\n", with->name, with->dir);
	if (relay)
		strbuf_addf(words(d),
		            "questions: %s (answer with ANSWER.md in the folder of each)\n", relay);
	print(d);
	teller_work(d->teller, "starts");
}

static bool open_session(struct driver *d, struct error *err)
{
	const struct drive *with = d->with;
	struct session_options options = {
		.dir = with->dir,
		.settings = with->settings,
		.models = with->models,
		.autonomy = drive_autonomy(with),
		.batch = d->source == SOURCE_NONE,
	};

	if (!session_open(&d->session, d->loop, &options, err))
		return false;
	session_watch(d->session, on_event, d);
	say_beginning(d);
	return true;
}

static bool say(struct session *s, const char *command, const char *text, struct error *err)
{
	struct strbuf line = { 0 };
	bool ok;

	strbuf_addf(&line, "%s %s", command, text);
	ok = session_do(s, strbuf_str(&line), err);
	strbuf_release(&line);
	return ok;
}

bool drive_say_first(struct session *s, const struct drive *with, struct error *err)
{
	bool ok = true;

	for (size_t i = 0; ok && with->images && i < with->images->count; i++)
		ok = say(s, "attach", with->images->items[i], err);
	if (ok && with->prompt)
		ok = say(s, "prompt", with->prompt, err);
	for (size_t i = 0; ok && with->then && i < with->then->count; i++)
		ok = say(s, "prompt", with->then->items[i], err);
	return ok;
}

bool drive_give_script(struct session *s, const struct drive *with, struct error *err)
{
	return !with->script || say(s, "edit", with->script, err);
}

static void say_where(struct driver *d)
{
	const struct state *now = session_state(d->session);
	const char *dir = d->with->dir;

	if (now->accepted.id)
		strbuf_addf(words(d),
		            "\n  script  %s/script.py\n  scene   %s/asset.blend\n  views   "
		            "%s/views/\n",
		            dir, dir, dir);
	else
		strbuf_addf(words(d), "\n  session %s\n", dir);
	if (now->ending != ENDING_DONE || !now->is_over)
		strbuf_addf(words(d), "  `ll3m resume %s` goes on from here.\n", d->with->name);
	print(d);
}

static int code_of(const struct state *now)
{
	static const int codes[] = {
		[ENDING_DONE] = EXIT_DONE,
		[ENDING_BUDGET] = EXIT_BUDGET,
		[ENDING_CANCELLED] = EXIT_CANCELLED,
		[ENDING_FAILED] = EXIT_FAILED,
	};

	if (!now->is_over)
		return EXIT_FAILED;
	if (now->ending == ENDING_FAILED && now->trouble_code)
		return cli_exit_code((enum err_code)now->trouble_code);
	return codes[now->ending];
}

static int run_loop(struct driver *d)
{
	struct error err;

	while (!(d->has_ended && session_is_over(d->session)) &&
	       !session_is_broken(d->session, &err) && loop_turn(d->loop, -1))
		consider(d);
	if (session_is_broken(d->session, &err))
		return cli_fail(&err);
	say_where(d);
	return d->code >= 0 ? d->code : code_of(session_state(d->session));
}

static void release(struct driver *d)
{
	editor_free(d->editor);
	input_free(d->input);
	session_close(d->session);
	interrupts_close(d->interrupts);
	teller_free(d->teller);
	strbuf_release(&d->command);
	strbuf_release(&d->edited);
	if (d->answers_fd >= 0)
		close(d->answers_fd);
}

int drive_session(struct loop *loop, const struct drive *drive)
{
	struct driver d = { .with = drive, .loop = loop, .code = -1, .answers_fd = -1 };
	struct error err;
	int code;

	if (screen_is_wanted(drive))
		return screen_session(loop, drive);
	d.teller = teller_new(loop, drive->flags);
	if (open_source(&d, &err) && open_session(&d, &err) &&
	    interrupts_open(&d.interrupts, loop, on_interrupt, &d, &err) &&
	    drive_say_first(d.session, drive, &err))
		code = run_loop(&d);
	else
		code = cli_fail(&err);
	release(&d);
	return code;
}
