#include "llm/replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "llm/tape.h"

#define WORD_MS    40 /* hand-written answers have no times of their own */
#define LONGEST_MS (24 * 3600 * 1000)

struct replay {
	struct transport base;
	struct loop *loop;
	const struct llm_endpoint *set;
	struct tape *tape;
	struct play *plays;
	size_t *changed_questions;
};

/* One answer being given, step by step from a timer. */
struct play {
	struct delivery base;
	struct play *next;
	struct replay *replay;
	struct transport_events events;
	const struct tape_record *record; /* NULL: there is none */
	char why[300];                    /* then */
	struct timer *timer;
	int64_t began_ms;
	size_t piece; /* the next one */
	size_t said;  /* bytes of say */
	bool told_head;
};

static void play_free(struct play *p)
{
	timer_free(p->timer);
	free(p);
}

static void play_end(struct play *p)
{
	struct play **at = &p->replay->plays;

	while (*at != p)
		at = &(*at)->next;
	*at = p->next;
	play_free(p);
}

static void end(struct play *p, struct ending ending)
{
	struct transport_events events = p->events;
	char why[sizeof(p->why)];

	if (ending.why)
		snprintf(why, sizeof(why), "%s", ending.why);
	ending.why = ending.why ? why : NULL;
	play_end(p);
	events.ended(events.ctx, &ending);
}

static void step(void *ctx);

/* The next step, when so much time has passed since the question. */
static void step_at(struct play *p, int64_t ms)
{
	double after = (double)(ms > 0 ? ms : 0) * p->replay->set->pace;
	int64_t due = p->began_ms + (int64_t)(after < LONGEST_MS ? after : LONGEST_MS);
	int64_t left = due - loop_now_ms(p->replay->loop);

	p->timer = loop_after(p->replay->loop, left > 0 ? (int)left : 0, step, p);
}

static void say_more(struct play *p)
{
	const char *rest = p->record->say + p->said;
	size_t len = strlen(rest);

	/* A word and the blanks behind it; all of it when nobody is to watch. */
	if (p->replay->set->pace > 0) {
		len = strcspn(rest, " \n\t");
		len += strspn(rest + len, " \n\t");
	}
	if (!len) {
		end(p, (struct ending){ .declined = p->record->declined });
		return;
	}
	p->said += len;
	p->began_ms = loop_now_ms(p->replay->loop);
	step_at(p, WORD_MS);
	p->events.words(p->events.ctx, rest, len);
}

static void play_piece(struct play *p)
{
	const struct tape_record *r = p->record;
	const struct tape_piece *piece = &r->pieces[p->piece++];
	struct strbuf bytes = { 0 };
	struct error err;

	if (!tape_read(&bytes, p->replay->tape, piece, &err)) {
		strbuf_release(&bytes);
		end(p, (struct ending){ .kind = TROUBLE_OURS, .why = err.text });
		return;
	}
	step_at(p, p->piece < r->piece_count ? r->pieces[p->piece].ms : r->end_ms);
	p->events.bytes(p->events.ctx, bytes.buf, bytes.len);
	strbuf_release(&bytes);
}

static void step(void *ctx)
{
	struct play *p = ctx;
	const struct tape_record *r = p->record;

	p->timer = NULL;
	if (!r) {
		end(p, (struct ending){ .kind = TROUBLE_OURS, .why = p->why });
	} else if (r->declined) {
		end(p, (struct ending){ .declined = true, .why = r->say });
	} else if (r->say) {
		say_more(p);
	} else if (!p->told_head && r->status) {
		p->told_head = true;
		step_at(p, r->piece_count ? r->pieces[0].ms : r->end_ms);
		p->events.began(p->events.ctx, r->dialect, r->status, &r->headers);
	} else if (p->piece < r->piece_count) {
		play_piece(p);
	} else {
		end(p, (struct ending){ .kind = r->end, .why = r->why });
	}
}

static bool same(const char *recorded, const char *asked)
{
	return recorded && !strcmp(recorded, asked);
}

static bool fits(const struct tape_record *r, const struct question *q, enum llm_match match)
{
	switch (match) {
	case LLM_MATCH_STRICT:
		return same(r->key, q->key);
	case LLM_MATCH_AGENT:
		/* Who writes answers by hand may leave out what they are for. */
		return (!r->agent || same(r->agent, q->ask.agent)) &&
		       (!r->purpose || same(r->purpose, q->ask.purpose));
	case LLM_MATCH_ANY:
		return true;
	}
	return false;
}

static const struct tape_record *take_record(struct replay *replay, const struct question *q)
{
	struct tape *tape = replay->tape;

	for (size_t i = 0; i < tape->count; i++) {
		struct tape_record *r = &tape->records[i];

		if (r->used || !tape_is_whole(r) || !fits(r, q, replay->set->match))
			continue;
		r->used = true;
		if (r->key && strcmp(r->key, q->key) != 0) {
			++*replay->changed_questions;
			log_debug("llm: record %lld answers a changed question of %s (%s)",
			          (long long)r->n, q->ask.agent, q->ask.purpose);
		}
		return r;
	}
	return NULL;
}

static void explain_end(struct play *p, const struct question *q)
{
	static const char *const what[] = {
		[LLM_MATCH_AGENT] = "no more answers for",
		[LLM_MATCH_STRICT] = "no answer to this question of",
		[LLM_MATCH_ANY] = "no more answers, also none for",
	};

	snprintf(p->why, sizeof(p->why), "the recording %.150s has %s %.40s (%.40s)",
	         p->replay->tape->path, what[p->replay->set->match], q->ask.agent, q->ask.purpose);
}

static struct delivery *replay_send(struct transport *transport, const struct exchange *ex,
                                    const struct transport_events *events)
{
	struct replay *replay = (struct replay *)transport;
	struct play *p = NEW(struct play);

	p->base.by = transport;
	p->replay = replay;
	p->events = *events;
	p->began_ms = loop_now_ms(replay->loop);
	if (ex->question)
		p->record = take_record(replay, ex->question);
	if (!p->record && ex->question)
		explain_end(p, ex->question);
	else if (!p->record)
		snprintf(p->why, sizeof(p->why), "a recording offers no models");
	p->next = replay->plays;
	replay->plays = p;
	p->timer = loop_after(replay->loop, 0, step, p);
	return &p->base;
}

static void replay_cancel(struct delivery *d)
{
	play_end((struct play *)d);
}

static void replay_close(struct transport *transport)
{
	struct replay *replay = (struct replay *)transport;

	for (struct play *p = replay->plays, *next; p; p = next) {
		next = p->next;
		play_free(p);
	}
	tape_close(replay->tape);
	free(replay);
}

static const struct transport_type replay_type = {
	.name = "replay",
	.send = replay_send,
	.cancel = replay_cancel,
	.close = replay_close,
};

bool replay_open(struct transport **out, struct loop *loop, const struct llm_endpoint *set,
                 size_t *changed_questions, struct error *err)
{
	struct tape *tape = NULL;
	struct replay *replay;

	if (!tape_open(&tape, set->path, err))
		return false;
	replay = NEW(struct replay);
	replay->base.type = &replay_type;
	replay->loop = loop;
	replay->set = set;
	replay->tape = tape;
	replay->changed_questions = changed_questions;
	*out = &replay->base;
	return true;
}
