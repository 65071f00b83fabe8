#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "session/history.h"
#include "session/inside.h"

#define SCRIPT_MAX (1u << 20)
#define IMAGE_MAX  (20u << 20)

/* Waits until the agents are done with what they do. */
static bool cmd_prompt(struct session *s, const char *args, struct error *err)
{
	if (!*args)
		return failed(err, ERR_USAGE, "prompt: say what to make or to change");
	wishes_add(&s->wishes, args, &s->attached);
	texts_release(&s->attached);
	if (s->is_up && s->state.is_over)
		session_send_wish(s);
	if (s->is_up)
		orchestrator_go(s->orchestrator);
	if (s->wishes.count)
		session_send_queue(s);
	return true;
}

static bool cmd_note(struct session *s, const char *args, struct error *err)
{
	if (!*args)
		return failed(err, ERR_USAGE, "note: say what the agents should know");
	if (!s->state.begun)
		return failed(err, ERR_USAGE, "note: nobody is at work yet; say what to make");
	session_send(s, EV_NOTE_GIVEN, ROLE_USER, &(union event_body){ .note = { args } });
	return true;
}

static bool is_picture(const struct strbuf *bytes)
{
	return (bytes->len > 8 && !memcmp(bytes->buf, "\x89PNG\r\n\x1a\n", 8)) ||
	       (bytes->len > 3 && !memcmp(bytes->buf, "\xff\xd8\xff", 3));
}

static bool cmd_attach(struct session *s, const char *args, struct error *err)
{
	struct strbuf bytes = { 0 };
	char hash[BLOB_HASH_SIZE];
	bool ok = file_read(&bytes, args, IMAGE_MAX, err);

	if (ok && !is_picture(&bytes))
		ok = failed(err, ERR_USAGE, "%s is neither a PNG nor a JPEG file", args);
	ok = ok && blob_put(s->blobs, bytes.buf, bytes.len, hash, err);
	strbuf_release(&bytes);
	if (!ok)
		return false;
	texts_add(&s->attached, hash);
	return true;
}

static bool answer(struct session *s, enum answer how, const char *text)
{
	struct gate_answered answer = { s->state.gate, how, *text ? text : NULL, false };

	orchestrator_go(s->orchestrator);
	session_send(s, EV_GATE_ANSWERED, ROLE_USER, &(union event_body){ .answer = answer });
	return true;
}

static bool cmd_accept(struct session *s, const char *args, struct error *err)
{
	(void)args;
	(void)err;
	return answer(s, ANSWER_ACCEPT, "");
}

static bool cmd_reject(struct session *s, const char *args, struct error *err)
{
	(void)err;
	return answer(s, ANSWER_REJECT, args);
}

static bool cmd_reprompt(struct session *s, const char *args, struct error *err)
{
	if (!*args)
		return failed(err, ERR_USAGE, "reprompt: say what to do instead");
	return answer(s, ANSWER_REPROMPT, args);
}

static bool cmd_edit(struct session *s, const char *args, struct error *err)
{
	struct script_written script = { .purpose = PURPOSE_HAND,
		                         .whole = true,
		                         .from = state_version(&s->state)->id,
		                         .note = "edited by hand" };
	struct strbuf text = { 0 };
	char hash[BLOB_HASH_SIZE];
	bool ok = file_read(&text, args, SCRIPT_MAX, err) &&
	          blob_put(s->blobs, strbuf_str(&text), text.len, hash, err);

	if (ok && script.from && !strcmp(hash, state_version(&s->state)->blob))
		ok = failed(err, ERR_USAGE, "%s is the script as it is; nothing to try", args);
	script.blob = hash;
	if (ok) {
		/* With nothing asked for there is nothing to plan or to judge: it is the user's. */
		if (!s->state.begun)
			session_send(s, EV_PHASE_BEGAN, ROLE_USER,
			             &(union event_body){ .phase = { PHASE_GUIDE, 1 } });
		session_send(s, EV_SCRIPT_WRITTEN, ROLE_USER,
		             &(union event_body){ .script = script });
		orchestrator_go(s->orchestrator);
	}
	strbuf_release(&text);
	return ok;
}

static bool parse_count(size_t *out, const char *args, size_t standard, struct error *err)
{
	char *end;
	long number;

	if (!*args) {
		*out = standard;
		return true;
	}
	errno = 0;
	number = strtol(args, &end, 10);
	if (*end || errno || number < 1 || number > 100000)
		return failed(err, ERR_USAGE, "\"%.40s\" is not a number of steps", args);
	*out = (size_t)number;
	return true;
}

static bool move_head(struct session *s, const char *args, bool redo, struct error *err)
{
	struct journal_index index = journal_index(s->journal);
	int64_t to = index.head;
	size_t steps = 1;

	if (!parse_count(&steps, args, 1, err))
		return false;
	if (!(redo ? history_redo(&to, &index, steps, err) : history_undo(&to, &index, steps, err)))
		return false;
	orchestrator_pause(s->orchestrator);
	session_send(s, EV_HEAD_MOVED, ROLE_USER, &(union event_body){ .head = { to, redo } });
	return true;
}

static bool cmd_undo(struct session *s, const char *args, struct error *err)
{
	return move_head(s, args, false, err);
}

static bool cmd_redo(struct session *s, const char *args, struct error *err)
{
	return move_head(s, args, true, err);
}

static bool cmd_pause(struct session *s, const char *args, struct error *err)
{
	(void)args;
	(void)err;
	orchestrator_pause(s->orchestrator);
	return true;
}

static bool cmd_continue(struct session *s, const char *args, struct error *err)
{
	(void)args;
	if (!s->state.begun)
		return failed(err, ERR_USAGE, "continue: there is nothing yet; say what to make");
	orchestrator_go(s->orchestrator);
	return true;
}

static bool cmd_step(struct session *s, const char *args, struct error *err)
{
	bool to_proposal = !strcmp(args, "proposal");

	if (*args && !to_proposal)
		return failed(err, ERR_USAGE, "step: write step, or step proposal");
	if (!s->state.begun)
		return failed(err, ERR_USAGE, "step: there is nothing yet; say what to make");
	if (s->state.waiting && s->state.gate != GATE_TURN)
		return failed(err, ERR_USAGE, "step: what waits for you comes first");
	orchestrator_step(s->orchestrator, to_proposal);
	if (s->state.waiting)
		return answer(s, ANSWER_ACCEPT, "");
	return true;
}

static bool cmd_branch(struct session *s, const char *args, struct error *err)
{
	struct journal_index index = journal_index(s->journal);
	char *end;
	long long to = strtoll(args, &end, 10);

	if (!*args || *end)
		return failed(err, ERR_USAGE, "branch: write the number of a step");
	if (!history_find(&index, to, err))
		return false;
	orchestrator_pause(s->orchestrator);
	session_send(s, EV_HEAD_MOVED, ROLE_USER, &(union event_body){ .head = { to, false } });
	return true;
}

static bool cmd_stop(struct session *s, const char *args, struct error *err)
{
	(void)args;
	(void)err;
	orchestrator_stop(s->orchestrator);
	return true;
}

static bool cmd_autonomy(struct session *s, const char *args, struct error *err)
{
	for (int i = 0; autonomy_names[i]; i++) {
		if (strcmp(autonomy_names[i], args) != 0)
			continue;
		s->options.autonomy = (enum autonomy)i; /* if Blender is still starting */
		session_send(s, EV_AUTONOMY_SET, ROLE_USER,
		             &(union event_body){ .autonomy = { (enum autonomy)i } });
		return true;
	}
	return failed(err, ERR_USAGE, "autonomy: write step, review or auto");
}

/* "5", or "calls 40": what all may cost, or how often models may be asked. */
static bool cmd_budget(struct session *s, const char *args, struct error *err)
{
	bool is_calls = !strncmp(args, "calls ", 6);
	const char *number = is_calls ? args + 6 : args;
	char *end;
	double most = strtod(number, &end);

	if (!*number || *end || !(most >= 0 && most <= 1e6))
		return failed(err, ERR_USAGE,
		              "budget: write dollars or calls, as in \"budget 5\" or "
		              "\"budget calls 40\"; 0 is no limit");
	if (is_calls)
		s->team.budget_calls = (int64_t)most;
	else
		s->team.budget_usd = most;
	return true;
}

static bool cmd_export(struct session *s, const char *args, struct error *err)
{
	size_t len = strcspn(args, " ");
	const char *file = args + len + strspn(args + len, " ");
	char format[16];

	if (!len || len >= sizeof(format) || !*file)
		return failed(err, ERR_USAGE,
		              "export: write a format and a file, as in "
		              "\"export glb bucket.glb\"");
	memcpy(format, args, len);
	format[len] = '\0';
	return publish_export(s, format, file, err);
}

static bool cmd_done(struct session *s, const char *args, struct error *err)
{
	(void)args;
	(void)err;
	session_send(s, EV_ENDED, ROLE_USER, &(union event_body){ .ended = { ENDING_DONE, NULL } });
	return true;
}

static bool cmd_quit(struct session *s, const char *args, struct error *err)
{
	(void)args;
	(void)err;
	orchestrator_stop(s->orchestrator);
	session_send(s, EV_ENDED, ROLE_USER,
	             &(union event_body){ .ended = { ENDING_CANCELLED, "left" } });
	return true;
}

const struct command commands[] = {
	{ "prompt", "TEXT", ANY_TIME, cmd_prompt, "Say what to make, or what to change next" },
	{ "note", "TEXT", ANY_TIME, cmd_note, "Say what all agents should know from now on" },
	{ "queue", "drop|up|down N, edit N TEXT", ANY_TIME, cmd_queue,
	  "Change the prompts that wait" },
	{ "plan", "drop|up|down N, add [N] TITLE: GOAL, edit N TITLE: GOAL", ANY_TIME, cmd_plan,
	  "Change subtasks that have not begun" },
	{ "attach", "FILE", ANY_TIME, cmd_attach, "Give the next prompt a picture" },
	{ "accept", "", AT_GATE, cmd_accept, "Keep this and go on" },
	{ "reject", "[REASON]", AT_GATE, cmd_reject, "Drop this; the agents read the reason" },
	{ "reprompt", "TEXT", AT_GATE, cmd_reprompt, "Drop this and say what to do instead" },
	{ "edit", "FILE", WHEN_IDLE, cmd_edit, "Try the script in FILE as the next version" },
	{ "undo", "[STEPS]", WHEN_IDLE, cmd_undo, "Go back; what is undone can be redone" },
	{ "redo", "[STEPS]", WHEN_IDLE, cmd_redo, "Go forward again" },
	{ "branch", "STEP", WHEN_IDLE, cmd_branch, "Go to any step; the next one begins a branch" },
	{ "pause", "", ANY_TIME, cmd_pause, "Stop when the turn in progress is over" },
	{ "continue", "", ANY_TIME, cmd_continue, "Go on after a pause, an undo or trouble" },
	{ "step", "[proposal]", ANY_TIME, cmd_step, "One turn, or all up to the next proposal" },
	{ "stop", "", ANY_TIME, cmd_stop, "Stop the turn in progress" },
	{ "autonomy", "step|review|auto", ANY_TIME, cmd_autonomy,
	  "How much is decided without you" },
	{ "budget", "DOLLARS|calls N", ANY_TIME, cmd_budget,
	  "What all may cost until the session is left; 0: no limit" },
	{ "export", "FORMAT FILE", WHEN_IDLE, cmd_export, "Write the asset for other programs" },
	{ "done", "", WHEN_IDLE, cmd_done, "End the session; it can be taken up again" },
	{ "quit", "", ANY_TIME, cmd_quit, "Leave at once; the session can be taken up again" },
	{ 0 },
};

static bool is_time_for(const struct session *s, const struct command *c, struct error *err)
{
	if (c->moment == AT_GATE && !s->state.waiting)
		return failed(err, ERR_USAGE, "%s: nothing is waiting for you", c->name);
	if (c->moment == WHEN_IDLE && !s->is_up)
		return failed(err, ERR_USAGE, "%s: Blender is still starting", c->name);
	if (c->moment == WHEN_IDLE && orchestrator_is_busy(s->orchestrator))
		return failed(err, ERR_USAGE,
		              "%s: somebody is at work; say \"stop\" first, or wait", c->name);
	return true;
}

static bool unknown(const char *word, size_t len, struct error *err)
{
	const char *names[COUNT(commands)];
	char copy[40];
	const char *near;

	for (size_t i = 0; i + 1 < COUNT(commands); i++)
		names[i] = commands[i].name;
	len = len < sizeof(copy) - 1 ? len : sizeof(copy) - 1;
	memcpy(copy, word, len);
	copy[len] = '\0';
	near = text_nearest(copy, names, COUNT(commands) - 1);
	return failed(err, ERR_USAGE, "there is no command \"%s\"%s%s%s", copy,
	              near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

bool session_do(struct session *s, const char *line, struct error *err)
{
	size_t len;

	line += strspn(line, " \t");
	len = strcspn(line, " \t");
	for (const struct command *c = commands; c->name; c++) {
		if (strlen(c->name) != len || strncmp(c->name, line, len) != 0)
			continue;
		return is_time_for(s, c, err) &&
		       c->run(s, line + len + strspn(line + len, " \t"), err);
	}
	return unknown(line, len, err);
}
