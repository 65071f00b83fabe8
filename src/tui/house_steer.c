#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/house_inside.h"

/* What moves the agents and the head, and what is said about it. */

static bool do_and_say(struct house *h, const char *command, const char *words, struct error *err)
{
	if (!session_do(h->session, command, err))
		return false;
	house_say(h, words);
	return true;
}

static bool do_stop(void *self, const char *args, struct error *err)
{
	struct house *h = self;
	struct strbuf words = { 0 };
	bool ok;

	(void)args;
	if (!session_is_busy(h->session)) {
		house_say(h, session_is_stopped(h->session)
		                     ? "nothing runs: it is paused, c goes on"
		                     : "nothing runs that could be stopped");
		return true;
	}
	strbuf_addf(&words, "stopped: %s; what is done is kept, c goes on",
	            h->activity.doing ? tell_who(h->activity.role) : "the turn");
	ok = do_and_say(h, "stop", strbuf_str(&words), err);
	strbuf_release(&words);
	return ok;
}

/* Says which of the two it will be. */
static bool do_pause(void *self, const char *args, struct error *err)
{
	struct house *h = self;

	(void)args;
	if (session_is_stopped(h->session))
		return do_and_say(h, "continue", "going on", err);
	return do_and_say(h, "pause",
	                  session_is_busy(h->session)
	                          ? "pauses when this turn is over; C-c stops it now"
	                          : "paused: nobody begins a turn until c",
	                  err);
}

static bool do_step(void *self, const char *args, struct error *err)
{
	bool is_far = !strcmp(args, "proposal");

	return do_and_say(self,
	                  is_far  ? "step proposal"
	                  : *args ? args - strlen("step ")
	                          : "step",
	                  is_far ? "going on to the next proposal, without asking before turns"
	                         : "one turn, then a pause",
	                  err);
}

static bool do_continue(void *self, const char *args, struct error *err)
{
	struct house *h = self;
	const struct state *now = session_state(h->session);

	(void)args;
	if (now->waiting && now->gate == GATE_TURN)
		return do_and_say(h, "accept", "going on with this turn", err);
	if (now->waiting) {
		house_say(h, "what waits for you comes first");
		return true;
	}
	if (session_is_busy(h->session))
		return do_and_say(h, "continue", "goes on after this turn, too", err);
	return do_and_say(h, "continue",
	                  session_is_stopped(h->session) ? "going on"
	                                                 : "nothing is left to do: say what next",
	                  err);
}

static void name_step(struct strbuf *out, int64_t step)
{
	if (step)
		strbuf_addf(out, "step %lld", (long long)step);
	else
		strbuf_addstr(out, "the prompt");
}

/* The proposal that an event is on the way of; 0: it is a step's own. */
static int64_t proposal_at(const struct house *h, int64_t step, int64_t to)
{
	int64_t latest = 0;

	for (size_t i = 0; i < h->story.count; i++)
		if (h->story.versions[i].id > step && h->story.versions[i].id <= to)
			latest = h->story.versions[i].id;
	return latest;
}

/* What is left behind is never gone, and that is said. */
static void say_where(struct strbuf *out, struct house *h, int64_t from, int64_t to, bool is_redo)
{
	struct journal_index index = journal_index(session_journal(h->session));
	const struct state *now = session_state(h->session);
	int64_t before = history_step_at(&index, from), after = history_step_at(&index, to);

	strbuf_addstr(out, is_redo ? "forward to " : "back to ");
	if (is_redo && proposal_at(h, after, to))
		strbuf_addf(out, "#%lld", (long long)proposal_at(h, after, to));
	else
		name_step(out, after);
	if (is_redo)
		return;
	if (before != after)
		strbuf_addf(out, "; step %lld is kept, U brings it back", (long long)before);
	else if (now->candidate.id)
		strbuf_addf(out, "; #%lld is kept, U brings it back", (long long)now->candidate.id);
	else
		strbuf_addstr(out, "; U brings back what was");
}

static bool move_head(struct house *h, const char *args, bool is_redo, struct error *err)
{
	struct journal_index index = journal_index(session_journal(h->session));
	int64_t from = index.head, to = index.head;
	size_t steps = 1;
	struct error unknown;
	struct strbuf line = { 0 }, words = { 0 };
	bool ok;

	if (*args)
		text_is_number(&steps, text_span(args), 100000);
	if (is_redo ? history_redo(&to, &index, steps, &unknown)
	            : history_undo(&to, &index, steps, &unknown))
		say_where(&words, h, from, to, is_redo);
	strbuf_addf(&line, "%s%s%s", is_redo ? "redo" : "undo", *args ? " " : "", args);
	ok = do_and_say(h, strbuf_str(&line), strbuf_str(&words), err);
	strbuf_release(&line);
	strbuf_release(&words);
	return ok;
}

static bool do_undo(void *self, const char *args, struct error *err)
{
	return move_head(self, args, false, err);
}

static bool do_redo(void *self, const char *args, struct error *err)
{
	return move_head(self, args, true, err);
}

static bool do_autonomy(void *self, const char *args, struct error *err)
{
	static const char *const words[] = { "STEP: asks before every turn",
		                             "REVIEW: asks at plans and changed scripts",
		                             "AUTO: asks only when in trouble" };
	struct house *h = self;
	struct strbuf line = { 0 };
	enum autonomy next = (session_state(h->session)->autonomy + 1) % (AUTONOMY_AUTO + 1);
	const char *name = strcmp(args, "next") ? args : autonomy_names[next];
	bool ok;

	strbuf_addf(&line, "autonomy %s", name);
	ok = session_do(h->session, strbuf_str(&line), err);
	for (size_t i = 0; ok && i < COUNT(words); i++)
		if (!strcmp(autonomy_names[i], name))
			house_say(h, words[i]);
	strbuf_release(&line);
	return ok;
}

/* Where no step is named, that of the version that is looked at. */
static bool do_fork(void *self, const char *args, struct error *err)
{
	struct house *h = self;
	const struct story_version *v = story_version(&h->story, house_version(h));
	struct strbuf line = { 0 };
	bool ok;

	if (!*args && (!v || v->fate != STORY_ACCEPTED))
		return failed(err, ERR_USAGE,
		              "what is shown is no step yet; Steps lists those to fork from");
	if (*args)
		strbuf_addf(&line, "branch %s", args);
	else
		strbuf_addf(&line, "branch %lld", (long long)v->decided);
	ok = do_and_say(h, strbuf_str(&line),
	                "what comes next begins a branch here; the rest stays", err);
	strbuf_release(&line);
	return ok;
}

static void leave(void *ctx)
{
	struct house *h = ctx;

	h->over(h->over_ctx);
}

void house_leave(struct house *h)
{
	struct strbuf question = { 0 };

	if (!session_is_busy(h->session)) {
		leave(h);
		return;
	}
	strbuf_addf(&question, "%s is at work: stop that and leave? What is done is kept.",
	            h->activity.doing ? tell_who(h->activity.role) : "somebody");
	ask_confirm(h, strbuf_str(&question), leave, h);
	strbuf_release(&question);
}

static bool do_quit(void *self, const char *args, struct error *err)
{
	(void)args;
	(void)err;
	house_leave(self);
	return true;
}

const struct verb house_steer_verbs[] = {
	{ "stop", "", do_stop, "Stop the turn in progress, at once" },
	{ "pause", "", do_pause, "Pause after the turn in progress; go on" },
	{ "step", "[proposal]", do_step, "One turn, or all up to the next proposal" },
	{ "continue", "", do_continue, "Go on after a pause, an undo or trouble" },
	{ "undo", "[STEPS]", do_undo, "Go back; what is undone can be redone" },
	{ "redo", "[STEPS]", do_redo, "Go forward again" },
	{ "fork", "[STEP]", do_fork, "Begin a branch at a step; the rest stays" },
	{ "autonomy", "step|review|auto|next", do_autonomy, "How much is decided without you" },
	{ "quit", "", do_quit, "Leave; the session can be taken up again" },
	{ 0 },
};
