#ifndef UNIT_STORY_H
#define UNIT_STORY_H

#include "event/state.h"

/*
 * A session told event by event, for tests of what follows from it. Ids and times count up.
 */
static inline void happen(struct state *s, struct event ev)
{
	ev.id = s->head + 1;
	ev.parent = s->head;
	ev.at_ms = 1000 * ev.id;
	state_apply(s, &ev);
}

static inline void prompt(struct state *s, const char *text)
{
	happen(s, (struct event){
			  .kind = EV_PROMPT_GIVEN, .role = ROLE_USER, .body.prompt.text = text });
}

static inline void begin_phase(struct state *s, enum phase phase, int64_t round)
{
	happen(s, (struct event){ .kind = EV_PHASE_BEGAN, .body.phase = { phase, round } });
}

static inline void plan_of_two(struct state *s)
{
	struct subtask subtasks[] = {
		{ .title = "body", .goal = "a body" },
		{ .title = "handle", .goal = "a handle" },
	};

	happen(s, (struct event){ .kind = EV_PLAN_MADE,
	                          .role = ROLE_PLANNER,
	                          .body.plan = { .title = "bucket",
	                                         .summary = "red",
	                                         .subtasks = { subtasks, 2 } } });
}

static inline void write_script(struct state *s, const char *blob)
{
	happen(s, (struct event){ .kind = EV_SCRIPT_WRITTEN,
	                          .role = ROLE_CODER,
	                          .body.script = { .blob = blob, .purpose = PURPOSE_CREATE } });
}

static inline void run(struct state *s)
{
	happen(s, (struct event){ .kind = EV_SCRIPT_RAN,
	                          .role = ROLE_BLENDER,
	                          .body.ran = { .script = s->candidate.id, .objects = 1 } });
}

static inline void fail_run(struct state *s)
{
	happen(s, (struct event){ .kind = EV_SCRIPT_FAILED,
	                          .role = ROLE_BLENDER,
	                          .body.failed = { .script = s->candidate.id,
	                                           .message = "no attribute",
	                                           .line = 12 } });
}

static inline void draw(struct state *s, const char *quality)
{
	happen(s, (struct event){
			  .kind = EV_VIEWS_DRAWN,
			  .role = ROLE_BLENDER,
			  .body.views = { .script = state_version(s)->id, .quality = quality } });
}

/* What was found for the coder. */
static inline void find(struct state *s, const char *blob)
{
	enum purpose purpose = s->failure.script ? PURPOSE_REPAIR : PURPOSE_CREATE;
	struct document document = {
		.ident = "bpy.types.Mesh", .kind = "class", .score = 1, .is_packed = true
	};

	happen(s, (struct event){ .kind = EV_DOCUMENTS_FOUND,
	                          .role = ROLE_RETRIEVER,
	                          .body.documents = { .purpose = purpose,
	                                              .was_wanted = s->wanted.queries.count,
	                                              .version = "4.3.2",
	                                              .blob = blob,
	                                              .list = { &document, 1 } } });
}

/* The coder wants to look something up. */
static inline void want(struct state *s, const char *query)
{
	happen(s, (struct event){ .kind = EV_DOCUMENTS_WANTED,
	                          .role = ROLE_CODER,
	                          .body.wanted = { { &query, 1 } } });
}

static inline void refuse(struct state *s, enum role role)
{
	happen(s, (struct event){ .kind = EV_REPLY_REFUSED,
	                          .role = role,
	                          .body.refused = { PURPOSE_CREATE, "no JSON" } });
}

static inline void find_flaws(struct state *s, size_t count)
{
	struct flaw flaws[] = {
		{ .id = "A", .part = "lip", .problem = "thin", .fix = "thicker" },
		{ .id = "B", .part = "ear", .problem = "floats", .fix = "lower" },
	};

	happen(s, (struct event){ .kind = EV_FLAWS_FOUND,
	                          .role = ROLE_CRITIC,
	                          .body.flaws = { "fine", 6, { flaws, count } } });
}

static inline void rule_on_b(struct state *s, enum flaw_status status, bool approved)
{
	struct ruling rulings[] = {
		{ "B", status, "touches now" },
		{ "Z", FLAW_RESOLVED, "no such flaw" },
	};

	happen(s, (struct event){ .kind = EV_VERDICT_GIVEN,
	                          .role = ROLE_VERIFIER,
	                          .body.verdict = { "better", approved, 7, { rulings, 2 } } });
}

static inline void answer(struct state *s, enum gate gate, enum answer how, const char *text)
{
	happen(s, (struct event){ .kind = EV_GATE_ANSWERED,
	                          .role = ROLE_USER,
	                          .body.answer = { gate, how, text, false } });
}

#endif
