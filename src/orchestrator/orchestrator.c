#include "orchestrator/orchestrator.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct orchestrator {
	const struct services *with;
	const struct state *now;
	const struct team_settings *team;
	idle_fn idle;
	void *ctx;
	struct turn *turn;       /* NULL: nobody is at work */
	enum event_kind expects; /* we sent one and have not heard it yet; EV_COUNT: none */
	bool paused;
	bool allowed;  /* the gate before the next turn has been answered */
	bool steps;    /* pauses after the turn in progress, or the next */
	bool looks_up; /* the turn in progress is a look-up, which is no step of its own */
	bool hurries;  /* to the next proposal: no gate before a turn, but one there */
	bool is_gone;  /* freed, but a turn still has to end */
};

static void consider(struct orchestrator *o);

static void send(struct orchestrator *o, enum event_kind kind, enum role role,
                 const union event_body *body)
{
	o->expects = kind;
	bus_send(o->with->bus, &(struct event){ .kind = kind, .role = role, .body = *body });
}

static void end(struct orchestrator *o, enum ending ending, const char *text)
{
	send(o, EV_ENDED, ROLE_NONE, &(union event_body){ .ended = { ending, text } });
}

/* Something that is not the script's fault: whoever holds the session decides what now. */
static void report_trouble(struct orchestrator *o, const struct error *err)
{
	o->paused = true;
	send(o, EV_TROUBLE, ROLE_NONE,
	     &(union event_body){ .trouble = { err->code, true, err->text } });
}

static void on_turn_done(void *ctx, const struct error *err)
{
	struct orchestrator *o = ctx;

	o->turn = NULL;
	o->allowed = false;
	o->paused |= o->steps && !o->looks_up;
	o->steps &= o->looks_up;
	if (o->is_gone) {
		free(o);
		return;
	}
	if (err && err->code == ERR_CANCELLED) {
		o->paused = true;
		o->idle(o->ctx);
	} else if (err) {
		report_trouble(o, err);
	} else {
		consider(o);
	}
}

static enum role role_of(enum act act, const struct state *now)
{
	switch (act) {
	case ACT_PLANNER:
		return ROLE_PLANNER;
	case ACT_RETRIEVER:
		return ROLE_RETRIEVER;
	case ACT_CODER:
		return ROLE_CODER;
	case ACT_CRITIC:
		return ROLE_CRITIC;
	case ACT_VERIFIER:
		return ROLE_VERIFIER;
	case ACT_PROXY:
		return ROLE_PROXY;
	case ACT_AGAIN:
		return now->latest_role;
	default:
		return ROLE_NONE;
	}
}

static void ask(struct orchestrator *o, enum role role)
{
	struct error why;

	if (budget_allows(o->now, o->team, role, &why))
		o->turn = turn_ask(agent_for(role), o->now, o->with, on_turn_done, o);
	else
		report_trouble(o, &why);
}

/* While it grows a sketch will do; the last subtask's views are those that the critic sees. */
static const char *quality_for(const struct state *now)
{
	bool is_growing = now->phase == PHASE_CREATE && now->subtask + 1 < now->plan.subtasks.count;

	return is_growing ? "draft" : "critic";
}

static void look(struct orchestrator *o)
{
	const char *quality = quality_for(o->now);

	o->turn = turn_look(o->now, o->with, quality, on_turn_done, o);
}

static const char *question_for(const struct state *now, enum gate gate)
{
	switch (gate) {
	case GATE_PLAN:
		return "Is this the right plan?";
	case GATE_SCRIPT:
		return "Keep this version?";
	case GATE_HELP:
		return now->refusal           ? now->refusal
		       : now->failure.message ? now->failure.message
		                              : "The agents do not get any further.";
	case GATE_TURN:
		break;
	}
	return "Go on?";
}

static void answer_gate(struct orchestrator *o, enum gate gate)
{
	struct gate_answered answer = { gate, rule_answer(o->now, gate), NULL, true };

	send(o, EV_GATE_ANSWERED, ROLE_NONE, &(union event_body){ .answer = answer });
}

static void open_gate(struct orchestrator *o, enum gate gate)
{
	struct gate_opened question = { gate, o->now->candidate.id, question_for(o->now, gate) };

	if (o->now->autonomy == AUTONOMY_AUTO && !(o->hurries && gate == GATE_SCRIPT))
		answer_gate(o, gate);
	else
		send(o, EV_GATE_OPENED, ROLE_NONE, &(union event_body){ .gate = question });
}

static void begin_phase(struct orchestrator *o, enum phase phase)
{
	int64_t round = phase == o->now->phase ? o->now->round + 1 : 1;

	send(o, EV_PHASE_BEGAN, ROLE_NONE, &(union event_body){ .phase = { phase, round } });
}

/*
 * In AUTONOMY_STEP every turn waits for a nod; the question says who would be next. But no look-up
 * does: it takes milliseconds, costs and changes nothing, and what it found is a reason to nod to
 * the coder, or not.
 */
static bool is_held_up(struct orchestrator *o, enum act act)
{
	bool is_turn = role_of(act, o->now) != ROLE_NONE || act == ACT_RUN || act == ACT_LOOK;
	char question[80] = "Next: ";

	if (o->now->autonomy != AUTONOMY_STEP || !is_turn || o->allowed || o->hurries)
		return false;
	strncat(question, act_names[act], sizeof(question) - strlen(question) - 1);
	send(o, EV_GATE_OPENED, ROLE_NONE,
	     &(union event_body){ .gate = { GATE_TURN, o->now->candidate.id, question } });
	return true;
}

static void wait_for_user(struct orchestrator *o)
{
	if (o->now->waiting && o->now->autonomy == AUTONOMY_AUTO && !o->hurries)
		answer_gate(o, o->now->gate);
	else
		o->idle(o->ctx);
}

static void perform(struct orchestrator *o, enum act act)
{
	o->looks_up = act == ACT_LOOK_UP;
	switch (act) {
	case ACT_WAIT:
		wait_for_user(o);
		break;
	case ACT_LOOK_UP:
		o->turn = turn_look_up(o->now, o->with, on_turn_done, o);
		break;
	case ACT_RUN:
		o->turn = turn_run(o->now, o->with, on_turn_done, o);
		break;
	case ACT_LOOK:
		look(o);
		break;
	case ACT_GATE_PLAN:
		open_gate(o, GATE_PLAN);
		break;
	case ACT_GATE_SCRIPT:
		open_gate(o, GATE_SCRIPT);
		break;
	case ACT_GATE_HELP:
		open_gate(o, GATE_HELP);
		break;
	case ACT_REFINE:
		begin_phase(o, PHASE_REFINE);
		break;
	case ACT_GUIDE:
		begin_phase(o, PHASE_GUIDE);
		break;
	case ACT_FAIL:
		end(o, ENDING_FAILED,
		    o->now->refusal ? o->now->refusal : "the agents could not build anything");
		break;
	default:
		ask(o, role_of(act, o->now));
		break;
	}
}

static void consider(struct orchestrator *o)
{
	enum act act;

	if (o->turn || o->expects != EV_COUNT || o->now->is_over)
		return;
	act = rule_next(o->now, o->team);
	if (o->paused && act != ACT_WAIT)
		return;
	if (!is_held_up(o, act))
		perform(o, act);
}

static void on_event(const struct event *ev, void *ctx)
{
	struct orchestrator *o = ctx;

	if (ev->kind == o->expects)
		o->expects = EV_COUNT;
	if (ev->kind == EV_GATE_ANSWERED && ev->body.answer.gate == GATE_TURN)
		o->allowed = ev->body.answer.answer == ANSWER_ACCEPT;
	if (ev->kind == EV_GATE_ANSWERED && ev->body.answer.gate != GATE_TURN)
		o->hurries = false;
	if (event_types[ev->kind].moves || ev->kind == EV_AUTONOMY_SET)
		consider(o);
}

struct orchestrator *orchestrator_new(const struct services *with, const struct state *now,
                                      const struct team_settings *team, idle_fn idle, void *ctx)
{
	struct orchestrator *o = NEW(struct orchestrator);

	o->with = with;
	o->now = now;
	o->team = team;
	o->idle = idle;
	o->ctx = ctx;
	o->expects = EV_COUNT;
	o->paused = true;
	bus_join(with->bus, on_event, o);
	return o;
}

void orchestrator_free(struct orchestrator *o)
{
	if (!o)
		return;
	bus_leave(o->with->bus, on_event, o);
	o->is_gone = true;
	if (o->turn)
		turn_cancel(o->turn);
	else
		free(o);
}

void orchestrator_go(struct orchestrator *o)
{
	o->paused = false;
	consider(o);
}

void orchestrator_step(struct orchestrator *o, bool to_proposal)
{
	o->steps = !to_proposal;
	o->hurries = to_proposal;
	orchestrator_go(o);
}

void orchestrator_pause(struct orchestrator *o)
{
	o->paused = true;
	o->hurries = false;
}

void orchestrator_stop(struct orchestrator *o)
{
	orchestrator_pause(o);
	if (o->turn)
		turn_cancel(o->turn);
}

bool orchestrator_is_busy(const struct orchestrator *o)
{
	return o->turn || o->expects != EV_COUNT;
}

bool orchestrator_is_paused(const struct orchestrator *o)
{
	return o->paused;
}
