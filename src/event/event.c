#include "event/event.h"

#include <string.h>

const char *const role_names[] = {
	"none",     "planner", "retriever", "coder", "critic",
	"verifier", "proxy",   "blender",   "user",  NULL,
};
const char *const phase_names[] = { "create", "refine", "guide", NULL };
const char *const autonomy_names[] = { "step", "review", "auto", NULL };
const char *const gate_names[] = { "turn", "plan", "script", "help", NULL };
const char *const answer_names[] = { "accept", "reject", "reprompt", NULL };
const char *const ending_names[] = { "done", "budget", "cancelled", "failed", NULL };

static const struct field opened_fields[] = {
	{ "app", FIELD_TEXT, offsetof(struct session_opened, app) },
	{ "blender", FIELD_TEXT, offsetof(struct session_opened, blender), .optional = true },
	{ "sandbox", FIELD_TEXT, offsetof(struct session_opened, sandbox), .optional = true },
	{ "models", FIELD_TEXT, offsetof(struct session_opened, models), .optional = true },
	{ "library", FIELD_TEXT, offsetof(struct session_opened, library), .optional = true },
	{ "resumed", FIELD_BOOL, offsetof(struct session_opened, resumed), .optional = true },
	{ "lost_bytes", FIELD_INT, offsetof(struct session_opened, lost_bytes), .optional = true },
	{ "without", FIELD_TEXTS, offsetof(struct session_opened, without), .optional = true },
	{ 0 },
};
static const struct record_type opened_type = { "session", sizeof(struct session_opened),
	                                        opened_fields };

static const struct field prompt_fields[] = {
	{ "text", FIELD_TEXT, offsetof(struct prompt_given, text) },
	{ "images", FIELD_TEXTS, offsetof(struct prompt_given, images), .optional = true },
	{ 0 },
};
static const struct record_type prompt_type = { "prompt", sizeof(struct prompt_given),
	                                        prompt_fields };

static const struct field note_fields[] = {
	{ "text", FIELD_TEXT, offsetof(struct note_given, text) },
	{ 0 },
};
static const struct record_type note_type = { "note", sizeof(struct note_given), note_fields };

static const struct field queue_fields[] = {
	{ "list", FIELD_LIST, offsetof(struct queue, list), .of = &prompt_type },
	{ 0 },
};
const struct record_type queue_type = { "queue", sizeof(struct queue), queue_fields };

static const struct field phase_fields[] = {
	{ "phase", FIELD_CHOICE, offsetof(struct phase_began, phase), .choices = phase_names },
	{ "round", FIELD_INT, offsetof(struct phase_began, round) },
	{ 0 },
};
static const struct record_type phase_type = { "phase", sizeof(struct phase_began), phase_fields };

static const struct field turn_fields[] = {
	{ "purpose", FIELD_CHOICE, offsetof(struct turn_began, purpose), .choices = purpose_names },
	{ "model", FIELD_TEXT, offsetof(struct turn_began, model), .optional = true },
	{ 0 },
};
static const struct record_type turn_type = { "turn", sizeof(struct turn_began), turn_fields };

static const struct field words_fields[] = {
	{ "text", FIELD_TEXT, offsetof(struct words_came, text) },
	{ "reasoning", FIELD_BOOL, offsetof(struct words_came, reasoning), .optional = true },
	{ 0 },
};
static const struct record_type words_type = { "words", sizeof(struct words_came), words_fields };

static const struct field retried_fields[] = {
	{ "why", FIELD_TEXT, offsetof(struct turn_retried, why) },
	{ "wait_ms", FIELD_INT, offsetof(struct turn_retried, wait_ms) },
	{ 0 },
};
static const struct record_type retried_type = { "retry", sizeof(struct turn_retried),
	                                         retried_fields };

static const struct field work_fields[] = {
	{ "what", FIELD_TEXT, offsetof(struct work_went_on, what) },
	{ "done", FIELD_INT, offsetof(struct work_went_on, done) },
	{ "of", FIELD_INT, offsetof(struct work_went_on, of) },
	{ 0 },
};
static const struct record_type work_type = { "work", sizeof(struct work_went_on), work_fields };

static const struct field turn_end_fields[] = {
	{ "purpose", FIELD_CHOICE, offsetof(struct turn_ended, purpose), .choices = purpose_names },
	{ "model", FIELD_TEXT, offsetof(struct turn_ended, model), .optional = true },
	{ "request", FIELD_TEXT, offsetof(struct turn_ended, request), .optional = true },
	{ "reply", FIELD_TEXT, offsetof(struct turn_ended, reply), .optional = true },
	{ "input_tokens", FIELD_INT, offsetof(struct turn_ended, input_tokens) },
	{ "cached_tokens", FIELD_INT, offsetof(struct turn_ended, cached_tokens) },
	{ "output_tokens", FIELD_INT, offsetof(struct turn_ended, output_tokens) },
	{ "cost_usd", FIELD_REAL, offsetof(struct turn_ended, cost_usd) },
	{ "took_ms", FIELD_INT, offsetof(struct turn_ended, took_ms) },
	{ "tries", FIELD_INT, offsetof(struct turn_ended, tries) },
	{ "error", FIELD_TEXT, offsetof(struct turn_ended, error), .optional = true },
	{ 0 },
};
static const struct record_type turn_end_type = { "turn", sizeof(struct turn_ended),
	                                          turn_end_fields };

static const struct field refused_fields[] = {
	{ "purpose", FIELD_CHOICE, offsetof(struct reply_refused, purpose),
	  .choices = purpose_names },
	{ "why", FIELD_TEXT, offsetof(struct reply_refused, why) },
	{ 0 },
};
static const struct record_type refused_type = { "refusal", sizeof(struct reply_refused),
	                                         refused_fields };

static const struct field gate_fields[] = {
	{ "gate", FIELD_CHOICE, offsetof(struct gate_opened, gate), .choices = gate_names },
	{ "script", FIELD_INT, offsetof(struct gate_opened, script), .optional = true },
	{ "question", FIELD_TEXT, offsetof(struct gate_opened, question) },
	{ 0 },
};
static const struct record_type gate_type = { "gate", sizeof(struct gate_opened), gate_fields };

static const struct field answer_fields[] = {
	{ "gate", FIELD_CHOICE, offsetof(struct gate_answered, gate), .choices = gate_names },
	{ "answer", FIELD_CHOICE, offsetof(struct gate_answered, answer), .choices = answer_names },
	{ "text", FIELD_TEXT, offsetof(struct gate_answered, text), .optional = true },
	{ "automatic", FIELD_BOOL, offsetof(struct gate_answered, automatic), .optional = true },
	{ 0 },
};
static const struct record_type answer_type = { "answer", sizeof(struct gate_answered),
	                                        answer_fields };

static const struct field autonomy_fields[] = {
	{ "autonomy", FIELD_CHOICE, offsetof(struct autonomy_set, autonomy),
	  .choices = autonomy_names },
	{ 0 },
};
static const struct record_type autonomy_type = { "autonomy", sizeof(struct autonomy_set),
	                                          autonomy_fields };

static const struct field head_fields[] = {
	{ "to", FIELD_INT, offsetof(struct head_moved, to) },
	{ "redo", FIELD_BOOL, offsetof(struct head_moved, redo), .optional = true },
	{ 0 },
};
static const struct record_type head_type = { "head", sizeof(struct head_moved), head_fields };

static const struct field file_fields[] = {
	{ "format", FIELD_TEXT, offsetof(struct file_written, format) },
	{ "path", FIELD_TEXT, offsetof(struct file_written, path) },
	{ "bytes", FIELD_INT, offsetof(struct file_written, bytes) },
	{ 0 },
};
static const struct record_type file_type = { "file", sizeof(struct file_written), file_fields };

static const struct field trouble_fields[] = {
	{ "code", FIELD_INT, offsetof(struct trouble, code) },
	{ "stops", FIELD_BOOL, offsetof(struct trouble, stops), .optional = true },
	{ "text", FIELD_TEXT, offsetof(struct trouble, text) },
	{ 0 },
};
static const struct record_type trouble_type = { "trouble", sizeof(struct trouble),
	                                         trouble_fields };

static const struct field ended_fields[] = {
	{ "ending", FIELD_CHOICE, offsetof(struct ended, ending), .choices = ending_names },
	{ "text", FIELD_TEXT, offsetof(struct ended, text), .optional = true },
	{ 0 },
};
static const struct record_type ended_type = { "end", sizeof(struct ended), ended_fields };

#define LIVE  .live = true
#define MOVES .moves = true

const struct event_type event_types[EV_COUNT] = {
	[EV_SESSION_OPENED] = { "session.opened", &opened_type,
	                        .help = "A session began, or was taken up again" },
	[EV_PROMPT_GIVEN] = { "prompt.given", &prompt_type, MOVES,
	                      .help = "The user said what to make or to change" },
	[EV_PHASE_BEGAN] = { "phase.began", &phase_type, MOVES,
	                     .help = "Creation, refinement or guidance began, or another round" },
	[EV_TURN_BEGAN] = { "turn.began", &turn_type, .help = "An agent took the floor" },
	[EV_WORDS_CAME] = { "words.came", &words_type, LIVE,
	                    .help = "A few more words of a reply" },
	[EV_TURN_RETRIED] = { "turn.retried", &retried_type, LIVE,
	                      .help = "The model did not answer; we wait and ask again" },
	[EV_WORK_WENT_ON] = { "work.went_on", &work_type, LIVE,
	                      .help = "How far something that takes long has come" },
	[EV_TURN_ENDED] = { "turn.ended", &turn_end_type,
	                    .help = "What was asked and said, how long it took, what it cost" },
	[EV_REPLY_REFUSED] = { "reply.refused", &refused_type, MOVES,
	                       .help = "A reply could not be used; the agent is asked again" },
	[EV_PLAN_MADE] = { "plan.made", &plan_type, MOVES,
	                   .help = "The planner listed parts and subtasks" },
	[EV_DOCUMENTS_WANTED] = { "documents.wanted", &documents_wanted_type, MOVES,
	                          .help = "The coder wants to look something up first" },
	[EV_DOCUMENTS_FOUND] = { "documents.found", &documents_type, MOVES,
	                         .help = "What the Blender at hand says about the next step" },
	[EV_DOCUMENTS_READ] = { "documents.read", &documents_read_type, MOVES,
	                        .help = "The retriever boiled the documents down" },
	[EV_SCRIPT_WRITTEN] = { "script.written", &script_written_type, MOVES,
	                        .help = "A new version, by the coder or by hand" },
	[EV_SCRIPT_RAN] = { "script.ran", &script_ran_type, MOVES,
	                    .help = "Blender reached the end of the script" },
	[EV_SCRIPT_FAILED] = { "script.failed", &script_failed_type, MOVES,
	                       .help = "The script raised an error, hung, crashed or made nothing" },
	[EV_FACTS_FOUND] = { "facts.found", &facts_type,
	                     .help = "What measuring one version shows" },
	[EV_VIEWS_DRAWN] = { "views.drawn", &views_type, MOVES,
	                     .help = "Renders of one version from several sides" },
	[EV_FLAWS_FOUND] = { "flaws.found", &flaws_type, MOVES,
	                     .help = "What the critic sees wrong" },
	[EV_INSTRUCTION_READ] = { "instruction.read", &instruction_type, MOVES,
	                          .help = "The user proxy made an instruction precise" },
	[EV_VERDICT_GIVEN] = { "verdict.given", &verdict_type, MOVES,
	                       .help = "Which flaws the verifier holds to be gone" },
	[EV_GATE_OPENED] = { "gate.opened", &gate_type, MOVES,
	                     .help = "We wait for accept, reject, edit or re-prompt" },
	[EV_GATE_ANSWERED] = { "gate.answered", &answer_type, MOVES,
	                       .help = "The user, or the batch policy, decided" },
	[EV_AUTONOMY_SET] = { "autonomy.set", &autonomy_type,
	                      .help = "How much is decided without the user changed" },
	[EV_NOTE_GIVEN] = { "note.given", &note_type,
	                    .help = "The user said something that all agents hear from now on" },
	[EV_QUEUE_CHANGED] = { "queue.changed", &queue_type,
	                       .help = "Which prompts wait until the agents are done" },
	[EV_PLAN_CHANGED] = { "plan.changed", &plan_type,
	                      .help = "The user changed what is still to be done" },
	[EV_HEAD_MOVED] = { "head.moved", &head_type,
	                    .help = "Undo or redo: another event is the latest now" },
	[EV_FILE_WRITTEN] = { "file.written", &file_type,
	                      .help = "An export, a .blend, a picture" },
	[EV_TROUBLE] = { "trouble", &trouble_type,
	                 .help = "Something failed that is not the script's fault" },
	[EV_ENDED] = { "ended", &ended_type, .help = "The work is over for now, and why" },
};

void event_write(struct strbuf *out, const struct event *ev)
{
	strbuf_addf(out,
	            "{\"id\":%lld,\"parent\":%lld,\"at_ms\":%lld,\"event\":\"%s\",\"by\":\"%s\"",
	            (long long)ev->id, (long long)ev->parent, (long long)ev->at_ms,
	            event_types[ev->kind].name, role_names[ev->role]);
	strbuf_addstr(out, ",\"body\":");
	record_write(out, event_types[ev->kind].body, &ev->body);
	strbuf_addstr(out, "}");
}

static bool read_kind(enum event_kind *out, const struct json_at *at, struct error *err)
{
	const char *name;

	if (!json_text(&name, at, err))
		return false;
	for (int kind = 0; kind < EV_COUNT; kind++) {
		if (!strcmp(event_types[kind].name, name)) {
			*out = (enum event_kind)kind;
			return true;
		}
	}
	return json_failed(at, err, "no event is called %.40s", name);
}

static bool read_role(enum role *out, const struct json_at *at, struct error *err)
{
	const char *name;

	if (!json_text(&name, at, err))
		return false;
	for (int role = 0; role < ROLE_COUNT; role++) {
		if (!strcmp(role_names[role], name)) {
			*out = (enum role)role;
			return true;
		}
	}
	return json_failed(at, err, "nobody is called %.40s", name);
}

bool event_read(struct event *out, const char *line, size_t len, struct error *err)
{
	struct json *value = NULL;
	struct json_at root, id, parent, at_ms, kind, by, body;
	bool ok;

	memset(out, 0, sizeof(*out));
	if (!json_parse(&value, line, len, err))
		return false;
	root = json_root(value, "event");
	id = json_key(&root, "id");
	parent = json_key(&root, "parent");
	at_ms = json_key(&root, "at_ms");
	kind = json_key(&root, "event");
	by = json_key(&root, "by");
	body = json_key(&root, "body");
	ok = json_int(&out->id, &id, err) && json_int(&out->parent, &parent, err) &&
	     json_int(&out->at_ms, &at_ms, err) && read_kind(&out->kind, &kind, err) &&
	     read_role(&out->role, &by, err) &&
	     record_read(&out->body, event_types[out->kind].body, &body, err);
	json_free(value);
	return ok;
}

void event_copy(struct event *to, const struct event *from)
{
	*to = *from;
	record_copy(&to->body, event_types[from->kind].body, &from->body);
}

void event_release(struct event *ev)
{
	record_release(event_types[ev->kind].body, &ev->body);
}
