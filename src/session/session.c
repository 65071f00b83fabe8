#include "config.h"

#include "session/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "session/inside.h"

#define PROGRAM "ll3m " PACKAGE_VERSION

static bool keep(struct event *ev, void *ctx)
{
	struct session *s = ctx;

	if (!journal_add(s->journal, ev, &s->failure)) {
		s->is_broken = true;
		return false;
	}
	return true;
}

/* What was spent was spent, on whichever branch. */
static bool fold(struct session *s, struct error *err)
{
	return peek_fold(&s->state, s->journal, journal_index(s->journal).head, err);
}

void session_send(struct session *s, enum event_kind kind, enum role role,
                  const union event_body *body)
{
	bus_send(s->bus, &(struct event){ .kind = kind, .role = role, .body = *body });
}

static void end(struct session *s, enum ending ending, const char *text)
{
	session_send(s, EV_ENDED, ROLE_NONE, &(union event_body){ .ended = { ending, text } });
}

static void hear(const struct event *ev, void *ctx)
{
	struct session *s = ctx;

	if (ev->kind == EV_HEAD_MOVED) {
		if (!fold(s, &s->failure))
			s->is_broken = true;
		publish_head(s);
		session_send_queue(s); /* what waits is not undone */
		return;
	}
	state_apply(&s->state, ev);
	s->is_opened |= ev->kind == EV_SESSION_OPENED;
	s->is_wish_sent &= ev->kind != EV_PROMPT_GIVEN;
	if (ev->kind == EV_TROUBLE && ev->body.trouble.stops && s->options.batch)
		end(s, ev->body.trouble.code == ERR_BUDGET ? ENDING_BUDGET : ENDING_FAILED,
		    ev->body.trouble.text);
	if (ev->kind == EV_AUTONOMY_SET && !s->is_up && blender_info(s->blender)) {
		s->is_up = true;
		publish_head(s); /* a fork has no files yet, and somebody may have lost some */
		orchestrator_go(s->orchestrator);
	}
	if (ev->kind == EV_GATE_ANSWERED && ev->body.answer.gate == GATE_SCRIPT)
		publish_head(s);
}

/* Nothing to do for the agents: the next instruction, or in a batch the end. */
static void on_idle(void *ctx)
{
	struct session *s = ctx;

	if (s->state.waiting || s->state.is_over || s->is_wish_sent)
		return;
	if (s->wishes.count && !orchestrator_is_paused(s->orchestrator))
		session_send_wish(s);
	else if (s->options.batch && orchestrator_is_paused(s->orchestrator))
		end(s, ENDING_CANCELLED, "stopped");
	else if (s->options.batch && s->state.begun)
		end(s, ENDING_DONE, NULL);
}

static void send_opened(struct session *s, const struct blender_info *info)
{
	struct session_opened opened = {
		.app = PROGRAM,
		.blender = info ? info->version : NULL,
		.sandbox = info ? sandbox_describe(info->sandbox) : NULL,
		.models = s->options.models,
		.library = s->consult.words.len ? s->consult.words.buf : NULL,
		.resumed = s->state.begun,
		.lost_bytes = s->lost_bytes,
		.without = s->options.settings->team.without,
	};

	session_send(s, EV_SESSION_OPENED, ROLE_NONE, &(union event_body){ .opened = opened });
	session_send(s, EV_AUTONOMY_SET, ROLE_USER,
	             &(union event_body){ .autonomy = { s->options.autonomy } });
}

static void on_blender(void *ctx, const struct error *err)
{
	struct session *s = ctx;

	if (!err)
		consult_begin(s);
	send_opened(s, blender_info(s->blender));
	consult_report(s);
	if (err) {
		session_send(s, EV_TROUBLE, ROLE_BLENDER,
		             &(union event_body){ .trouble = { err->code, false, err->text } });
		end(s, ENDING_FAILED, err->text);
	}
}

static void path_in(struct strbuf *out, const struct session *s, const char *name)
{
	strbuf_addstr(out, s->dir);
	path_add(out, name);
}

static bool open_disk(struct session *s, struct error *err)
{
	struct strbuf path = { 0 };
	struct journal_report report = { 0 };
	bool ok;

	path_in(&path, s, "blobs");
	ok = file_make_dir(s->dir, 0700, err) && blobs_open(&s->blobs, strbuf_str(&path), err) &&
	     journal_open(&s->journal, s->dir, &(struct journal_options){ 0 }, &report, err) &&
	     fold(s, err);
	s->lost_bytes = report.lost_bytes;
	for (size_t i = 0; ok && i < s->state.queue.list.count; i++)
		wishes_add(&s->wishes, s->state.queue.list.items[i].text,
		           &s->state.queue.list.items[i].images);
	strbuf_release(&path);
	return ok;
}

static bool open_team(struct session *s, struct error *err)
{
	struct strbuf path = { 0 }, recording = { 0 };
	bool ok = path_shared(&path, "config/prompts", err) &&
	          prompts_load(&s->prompts, strbuf_str(&path), err);

	path_in(&recording, s, "recording.jsonl");
	ok = ok &&
	     llm_open(&s->llm, s->loop, &s->options.settings->llm, strbuf_str(&recording), err);
	strbuf_release(&path);
	strbuf_release(&recording);
	return ok;
}

static bool open_all(struct session *s, struct error *err)
{
	if (!open_disk(s, err) || !open_team(s, err) ||
	    !start_blender(&s->blender, s->loop, &s->options.settings->blender, err))
		return false;
	blender_when_ready(s->blender, on_blender, s);
	s->bus = bus_new(s->loop);
	bus_keep(s->bus, keep, s);
	bus_join(s->bus, hear, s);
	consult_new(s);
	s->services = (struct services){
		.loop = s->loop,
		.bus = s->bus,
		.blobs = s->blobs,
		.llm = s->llm,
		.models = &s->options.settings->llm,
		.blender = s->blender,
		.prompts = s->prompts,
		.catalogue = s->consult.catalogue,
		.view_px = (int)s->options.settings->blender.view_px,
		.document_tokens = (size_t)s->options.settings->rag.tokens,
		.alone = !team_has(&s->options.settings->team, "context"),
		.no_retrieval = !team_has(&s->options.settings->team, "retrieval"),
		.no_preflight = !team_has(&s->options.settings->team, "preflight"),
	};
	s->orchestrator = orchestrator_new(&s->services, &s->state, &s->team, on_idle, s);
	return true;
}

bool session_open(struct session **out, struct loop *loop, const struct session_options *options,
                  struct error *err)
{
	struct session *s = NEW(struct session);

	s->loop = loop;
	s->options = *options;
	s->dir = xstrdup(options->dir);
	s->team = options->settings->team;
	if (!open_all(s, err)) {
		session_close(s);
		return false;
	}
	*out = s;
	return true;
}

/* A turn under way needs the loop to end. */
static void let_turn_end(struct session *s)
{
	orchestrator_stop(s->orchestrator);
	while (orchestrator_is_busy(s->orchestrator) && loop_turn(s->loop, -1))
		;
}

void session_close(struct session *s)
{
	if (!s)
		return;
	if (s->orchestrator)
		let_turn_end(s);
	publish_finish(s);
	orchestrator_free(s->orchestrator);
	if (s->bus)
		bus_free(s->bus);
	consult_free(s);
	llm_close(s->llm);
	blender_close(s->blender);
	journal_close(s->journal);
	blobs_close(s->blobs);
	prompts_free(s->prompts);
	state_release(&s->state);
	wishes_release(&s->wishes);
	texts_release(&s->attached);
	free(s->dir);
	free(s);
}

const struct state *session_state(const struct session *s)
{
	return &s->state;
}

struct blobs *session_blobs(const struct session *s)
{
	return s->blobs;
}

struct journal *session_journal(const struct session *s)
{
	return s->journal;
}

const char *session_dir(const struct session *s)
{
	return s->dir;
}

const struct blender_info *session_blender(const struct session *s)
{
	return blender_info(s->blender);
}

void session_watch(struct session *s, event_fn fn, void *ctx)
{
	bus_join(s->bus, fn, ctx);
}

void session_unwatch(struct session *s, event_fn fn, void *ctx)
{
	bus_leave(s->bus, fn, ctx);
}

/* An instruction that waits is no work for the user; but a gate is, and so is a pause. */
const struct team_settings *session_team(const struct session *s)
{
	return &s->team;
}

int64_t session_context_tokens(const struct session *s, const char *model)
{
	return model ? llm_context_tokens(s->llm, model) : 0;
}

bool session_is_busy(const struct session *s)
{
	return orchestrator_is_busy(s->orchestrator);
}

bool session_is_idle(const struct session *s)
{
	bool is_next =
		s->wishes.count && !s->state.waiting && !orchestrator_is_paused(s->orchestrator);

	return s->is_up && bus_is_empty(s->bus) && !orchestrator_is_busy(s->orchestrator) &&
	       !is_next;
}

bool session_is_stopped(const struct session *s)
{
	bool is_done = !s->wishes.count && rule_next(&s->state, &s->team) == ACT_WAIT;

	return s->is_up && orchestrator_is_paused(s->orchestrator) && !is_done;
}

bool session_is_over(const struct session *s)
{
	return s->is_opened && s->state.is_over && !publish_is_busy(s);
}

bool session_is_broken(const struct session *s, struct error *err)
{
	if (s->is_broken)
		*err = s->failure;
	return s->is_broken;
}
