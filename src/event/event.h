#ifndef EVENT_EVENT_H
#define EVENT_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/record.h"
#include "base/strbuf.h"
#include "event/documents.h"
#include "event/flaws.h"
#include "event/plan.h"
#include "event/script.h"
#include "event/views.h"

/* Who did it. The agents are those of the paper; Blender runs what they write. */
enum role {
	ROLE_NONE,
	ROLE_PLANNER,
	ROLE_RETRIEVER, /* looks up what the Blender at hand has */
	ROLE_CODER,
	ROLE_CRITIC,
	ROLE_VERIFIER,
	ROLE_PROXY, /* the user proxy: speaks for the user among the agents */
	ROLE_BLENDER,
	ROLE_USER,
	ROLE_COUNT,
};

extern const char *const role_names[]; /* NULL-terminated */

enum phase {
	PHASE_CREATE,
	PHASE_REFINE,
	PHASE_GUIDE,
	PHASE_COUNT,
};

extern const char *const phase_names[]; /* NULL-terminated */

/* Everything that can happen. What each one means is its row in event_types[]. */
enum event_kind {
	EV_SESSION_OPENED,
	EV_PROMPT_GIVEN,
	EV_PHASE_BEGAN,
	EV_TURN_BEGAN,
	EV_WORDS_CAME,
	EV_TURN_RETRIED,
	EV_WORK_WENT_ON,
	EV_TURN_ENDED,
	EV_REPLY_REFUSED,
	EV_PLAN_MADE,
	EV_DOCUMENTS_WANTED,
	EV_DOCUMENTS_FOUND,
	EV_DOCUMENTS_READ,
	EV_SCRIPT_WRITTEN,
	EV_SCRIPT_RAN,
	EV_SCRIPT_FAILED,
	EV_FACTS_FOUND,
	EV_VIEWS_DRAWN,
	EV_FLAWS_FOUND,
	EV_INSTRUCTION_READ,
	EV_VERDICT_GIVEN,
	EV_GATE_OPENED,
	EV_GATE_ANSWERED,
	EV_AUTONOMY_SET,
	EV_NOTE_GIVEN,
	EV_QUEUE_CHANGED,
	EV_PLAN_CHANGED,
	EV_HEAD_MOVED,
	EV_FILE_WRITTEN,
	EV_TROUBLE,
	EV_ENDED,
	EV_COUNT,
};

/* How much is decided without the user. */
enum autonomy {
	AUTONOMY_STEP,   /* stops before every turn */
	AUTONOMY_REVIEW, /* stops at every plan and every changed script */
	AUTONOMY_AUTO,   /* stops at nothing but trouble */
};

extern const char *const autonomy_names[]; /* NULL-terminated */

/* What a gate holds up. */
enum gate {
	GATE_TURN,   /* the next agent, in AUTONOMY_STEP */
	GATE_PLAN,   /* a plan that was made */
	GATE_SCRIPT, /* a script that ran: the proposal */
	GATE_HELP,   /* the agents do not get any further */
};

extern const char *const gate_names[]; /* NULL-terminated */

enum answer {
	ANSWER_ACCEPT,
	ANSWER_REJECT,   /* drop it; the text, if any, is the reason */
	ANSWER_REPROMPT, /* drop it and do what the text says instead */
};

extern const char *const answer_names[]; /* NULL-terminated */

enum ending {
	ENDING_DONE,
	ENDING_BUDGET,
	ENDING_CANCELLED,
	ENDING_FAILED,
};

extern const char *const ending_names[]; /* NULL-terminated */

struct session_opened {
	const char *app;     /* "ll3m 0.1.0" */
	const char *blender; /* "4.3.2" */
	const char *sandbox; /* the level in force, as a sentence */
	const char *models;  /* who answers: "openai/gpt-5", "replay of red-bucket" */
	const char
		*library; /* what look-ups are answered from: "17,239 entries of Blender 4.3.2" */
	bool resumed;
	int64_t lost_bytes; /* of a torn last line, cut off on opening */
	text_list without;  /* agents that were switched off */
};

struct prompt_given {
	const char *text;
	text_list images; /* blobs of reference pictures */
};

/* A remark that everybody hears from the next request on; no agent has to answer it. */
struct note_given {
	const char *text;
};

/* Prompts that wait until the agents are done: all of them, the next one first. */
struct queue {
	LIST_OF(struct prompt_given) list;
};

struct phase_began {
	enum phase phase;
	int64_t round; /* counted from 1 */
};

struct turn_began {
	enum purpose purpose;
	const char *model;
};

struct words_came {
	const char *text;
	bool reasoning;
};

struct turn_retried {
	const char *why;
	int64_t wait_ms;
};

/* How far something that takes long has come. */
struct work_went_on {
	const char *what;
	int64_t done, of; /* of 0: nobody knows */
};

struct turn_ended {
	enum purpose purpose;
	const char *model;
	const char *request; /* blob: what was asked, as JSON */
	const char *reply;   /* blob: what was said; NULL if nothing came */
	int64_t input_tokens, cached_tokens, output_tokens; /* -1: not reported */
	double cost_usd;                                    /* negative: no price is known */
	int64_t took_ms;
	int64_t tries;
	const char *error; /* NULL: it ended well */
};

/* An answer that could not be used, and why: the agent is asked again. */
struct reply_refused {
	enum purpose purpose;
	const char *why; /* addressed to the agent */
};

struct gate_opened {
	enum gate gate;
	int64_t script;
	const char *question;
};

struct gate_answered {
	enum gate gate;
	enum answer answer;
	const char *text;
	bool automatic;
};

struct autonomy_set {
	enum autonomy autonomy;
};

struct head_moved {
	int64_t to;
	bool redo; /* forward again, after an undo */
};

struct file_written {
	const char *format;
	const char *path;
	int64_t bytes;
};

struct trouble {
	int64_t code; /* an enum err_code */
	bool stops;   /* the agents stopped because of it */
	const char *text;
};

struct ended {
	enum ending ending;
	const char *text;
};

union event_body {
	struct session_opened opened;
	struct prompt_given prompt;
	struct phase_began phase;
	struct turn_began turn;
	struct words_came words;
	struct turn_retried retried;
	struct work_went_on work;
	struct turn_ended turn_end;
	struct reply_refused refused;
	struct plan plan;
	struct documents_wanted wanted;
	struct documents documents;
	struct documents_read digest;
	struct script_written script;
	struct script_ran ran;
	struct script_failed failed;
	struct facts facts;
	struct views views;
	struct flaws flaws;
	struct instruction instruction;
	struct verdict verdict;
	struct gate_opened gate;
	struct gate_answered answer;
	struct autonomy_set autonomy;
	struct note_given note;
	struct queue queue;
	struct head_moved head;
	struct file_written file;
	struct trouble trouble;
	struct ended ended;
};

struct event_type {
	const char *name; /* on disk and in --json: "plan.made" */
	const struct record_type *body;
	bool live;  /* only for those watching now; never in the journal */
	bool moves; /* the rules of who is next look at it */
	const char *help;
};

extern const struct event_type event_types[EV_COUNT];
extern const struct record_type queue_type;

/* A value: build it on the stack with borrowed strings; whoever keeps one copies it. */
struct event {
	enum event_kind kind;
	enum role role; /* who did it */
	int64_t id;     /* 1, 2, 3 ... given by the journal; 0 until then */
	int64_t parent; /* what it follows: after an undo the line becomes a tree */
	int64_t at_ms;  /* since 1970 */
	union event_body body;
};

/* One event, one line of JSON without the line break, both ways. What is read owns its strings. */
void event_write(struct strbuf *out, const struct event *ev);
bool event_read(struct event *out, const char *line, size_t len, struct error *err);

void event_copy(struct event *to, const struct event *from);
void event_release(struct event *ev);

#endif
