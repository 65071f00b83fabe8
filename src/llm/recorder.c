#include "config.h"

#include "llm/recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "llm/tape.h"

struct recorder {
	struct loop *loop;
	const struct keyring *ring;
	char *path;
	int fd;
	int64_t last_n;
	struct error broken; /* set once a line could not be written */
};

struct tap {
	struct transport base;
	struct recorder *recorder;
	struct transport *inner;
	struct recording *recordings;
};

/* One question that passes through. */
struct recording {
	struct delivery base;
	struct recording *next;
	struct tap *tap;
	struct delivery *inner; /* NULL: it could not be sent */
	struct timer *timer;    /* then: to say so */
	struct transport_events events;
	int64_t n, began_ms;
	struct strbuf held; /* bytes since the last line break: a key is never cut in two */
	struct strbuf said;
};

static bool write_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

static void write_line(struct recorder *r, struct strbuf *line)
{
	keyring_redact(r->ring, line);
	strbuf_addstr(line, "\n");
	if (!r->broken.code && !write_all(r->fd, line->buf, line->len)) {
		failed(&r->broken, ERR_IO, "cannot record into %s: %s", r->path, strerror(errno));
		log_warn("llm: %s", r->broken.text);
	}
	strbuf_release(line);
}

static void add_text(struct strbuf *line, const char *key, const char *text)
{
	strbuf_addf(line, ",\"%s\":", key);
	json_quote(line, text, strlen(text));
}

static int64_t since(const struct recording *rec)
{
	return loop_now_ms(rec->tap->recorder->loop) - rec->began_ms;
}

static void begin_line(struct strbuf *line, const struct recording *rec, const char *type)
{
	strbuf_addf(line, "{\"t\":\"%s\",\"n\":%lld", type, (long long)rec->n);
}

static void write_question(struct recording *rec, const struct exchange *ex)
{
	struct strbuf line = { 0 };

	begin_line(&line, rec, "req");
	add_text(&line, "key", ex->question->key);
	add_text(&line, "agent", ex->question->ask.agent);
	add_text(&line, "purpose", ex->question->ask.purpose);
	add_text(&line, "dialect", ex->dialect);
	add_text(&line, "model", ex->model);
	strbuf_addf(&line, ",\"body\":%s}", strbuf_str(&ex->question->canonical));
	write_line(rec->tap->recorder, &line);
}

/* Whether these bytes come back the same from a JSON text. */
static bool is_text(const char *bytes, size_t len)
{
	struct strbuf quoted = { 0 };
	struct json *value = NULL;
	struct json_at root;
	struct error err;
	const char *back = NULL;
	bool same;

	if (memchr(bytes, '\0', len))
		return false;
	json_quote(&quoted, bytes, len);
	same = json_parse(&value, quoted.buf, quoted.len, &err);
	root = json_root(value, "text");
	same = same && json_text(&back, &root, &err) && strlen(back) == len &&
	       !memcmp(back, bytes, len);
	json_free(value);
	strbuf_release(&quoted);
	return same;
}

static void write_chunk(struct recording *rec, size_t len)
{
	struct strbuf line = { 0 };

	if (!len)
		return;
	begin_line(&line, rec, "chunk");
	strbuf_addf(&line, ",\"ms\":%lld,", (long long)since(rec));
	if (is_text(rec->held.buf, len)) {
		strbuf_addstr(&line, "\"d\":");
		json_quote(&line, rec->held.buf, len);
	} else {
		strbuf_addstr(&line, "\"b64\":\"");
		base64_add(&line, rec->held.buf, len);
		strbuf_addstr(&line, "\"");
	}
	strbuf_addstr(&line, "}");
	write_line(rec->tap->recorder, &line);
	strbuf_eat(&rec->held, len);
}

static void write_end(struct recording *rec, const char *result, const char *why)
{
	struct strbuf line = { 0 };

	write_chunk(rec, rec->held.len);
	begin_line(&line, rec, "end");
	strbuf_addf(&line, ",\"ms\":%lld,\"result\":\"%s\"", (long long)since(rec), result);
	if (why)
		add_text(&line, "why", why);
	strbuf_addstr(&line, "}");
	write_line(rec->tap->recorder, &line);
}

static void write_say(struct recording *rec, const char *text, bool declined)
{
	struct strbuf line = { 0 };

	begin_line(&line, rec, "say");
	strbuf_addf(&line, ",\"ms\":%lld", (long long)since(rec));
	if (declined)
		strbuf_addstr(&line, ",\"declined\":true");
	add_text(&line, "text", text);
	strbuf_addstr(&line, "}");
	write_line(rec->tap->recorder, &line);
}

static void recording_free(struct recording *rec)
{
	timer_free(rec->timer);
	strbuf_release(&rec->held);
	strbuf_release(&rec->said);
	free(rec);
}

static void recording_end(struct recording *rec)
{
	struct recording **at = &rec->tap->recordings;

	while (*at != rec)
		at = &(*at)->next;
	*at = rec->next;
	recording_free(rec);
}

static void tap_began(void *ctx, const char *dialect, int status, const struct headers *headers)
{
	struct recording *rec = ctx;
	struct strbuf line = { 0 };

	begin_line(&line, rec, "res");
	strbuf_addf(&line, ",\"status\":%d,\"ms\":%lld,\"headers\":{", status,
	            (long long)since(rec));
	for (size_t i = 0; i < headers->count; i++) {
		strbuf_addstr(&line, i ? "," : "");
		json_quote(&line, headers->items[i].name, strlen(headers->items[i].name));
		strbuf_addstr(&line, ":");
		json_quote(&line, headers->items[i].value, strlen(headers->items[i].value));
	}
	strbuf_addstr(&line, "}}");
	write_line(rec->tap->recorder, &line);
	rec->events.began(rec->events.ctx, dialect, status, headers);
}

static void tap_bytes(void *ctx, const char *bytes, size_t len)
{
	struct recording *rec = ctx;
	const char *last = memrchr(bytes, '\n', len);
	size_t held = rec->held.len;

	strbuf_add(&rec->held, bytes, len);
	if (last)
		write_chunk(rec, held + (size_t)(last - bytes) + 1);
	rec->events.bytes(rec->events.ctx, bytes, len);
}

static void tap_words(void *ctx, const char *text, size_t len)
{
	struct recording *rec = ctx;

	strbuf_add(&rec->said, text, len);
	rec->events.words(rec->events.ctx, text, len);
}

static void tap_ended(void *ctx, const struct ending *ending)
{
	struct recording *rec = ctx;
	struct transport_events events = rec->events;

	if (ending->declined)
		write_say(rec, ending->why ? ending->why : "", true);
	else if (rec->said.len && !ending->kind)
		write_say(rec, strbuf_str(&rec->said), false);
	else
		write_end(rec, ending->kind ? trouble_name(ending->kind) : "ok", ending->why);
	recording_end(rec);
	events.ended(events.ctx, ending);
}

static void say_broken(void *ctx)
{
	struct recording *rec = ctx;
	struct transport_events events = rec->events;
	struct error why = rec->tap->recorder->broken;
	struct ending ending = { .kind = TROUBLE_OURS, .why = why.text };

	rec->timer = NULL;
	recording_end(rec);
	events.ended(events.ctx, &ending);
}

static struct delivery *tap_send(struct transport *transport, const struct exchange *ex,
                                 const struct transport_events *events)
{
	struct tap *tap = (struct tap *)transport;
	struct transport_events own = { tap_began, tap_bytes, tap_words, tap_ended, NULL };
	struct recording *rec;

	if (!ex->question)
		return tap->inner->type->send(tap->inner, ex, events);
	rec = NEW(struct recording);
	own.ctx = rec;
	rec->base.by = transport;
	rec->tap = tap;
	rec->events = *events;
	rec->n = ++tap->recorder->last_n;
	rec->began_ms = loop_now_ms(tap->recorder->loop);
	rec->next = tap->recordings;
	tap->recordings = rec;
	write_question(rec, ex);
	/* Better to stop than to spend money on answers that will be forgotten. */
	if (tap->recorder->broken.code)
		rec->timer = loop_after(tap->recorder->loop, 0, say_broken, rec);
	else
		rec->inner = tap->inner->type->send(tap->inner, ex, &own);
	return &rec->base;
}

static void tap_cancel(struct delivery *d)
{
	struct recording *rec = (struct recording *)d;

	write_end(rec, trouble_name(TROUBLE_CANCELLED), NULL);
	if (rec->inner)
		rec->inner->by->type->cancel(rec->inner);
	recording_end(rec);
}

static void tap_close(struct transport *transport)
{
	struct tap *tap = (struct tap *)transport;

	tap->inner->type->close(tap->inner);
	for (struct recording *rec = tap->recordings, *next; rec; rec = next) {
		next = rec->next;
		recording_free(rec);
	}
	free(tap);
}

static const struct transport_type tap_type = {
	.name = "recorder",
	.send = tap_send,
	.cancel = tap_cancel,
	.close = tap_close,
};

struct transport *recorder_wrap(struct recorder *r, struct transport *inner)
{
	struct tap *tap = NEW(struct tap);

	tap->base.type = &tap_type;
	tap->recorder = r;
	tap->inner = inner;
	return &tap->base;
}

static void write_head(struct recorder *r)
{
	struct strbuf line = { 0 };
	time_t now = time(NULL);
	struct tm tm;
	char made[32] = "";

	if (gmtime_r(&now, &tm))
		strftime(made, sizeof(made), "%Y-%m-%dT%H:%M:%SZ", &tm);
	strbuf_addf(&line, "{\"t\":\"head\",\"v\":1,\"app\":\"%s %s\",\"made\":\"%s\"}",
	            PACKAGE_NAME, PACKAGE_VERSION, made);
	write_line(r, &line);
}

/* Where an earlier run stopped. */
static bool go_on(struct recorder *r, struct error *err)
{
	struct tape *tape = NULL;
	bool ok;

	if (!tape_open(&tape, r->path, err))
		return false;
	r->last_n = tape->last_n;
	ok = !ftruncate(r->fd, (off_t)tape->whole) ||
	     failed(err, ERR_IO, "%s: %s", r->path, strerror(errno));
	if (ok && !tape->whole)
		write_head(r);
	tape_close(tape);
	return ok;
}

bool recorder_open(struct recorder **out, struct loop *loop, const struct keyring *ring,
                   const char *file, struct error *err)
{
	struct recorder *r = NEW(struct recorder);

	r->loop = loop;
	r->ring = ring;
	r->path = xstrdup(file);
	/* Prompts and pictures of somebody's work: for their eyes. */
	r->fd = open(file, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (r->fd < 0)
		failed(err, ERR_IO, "%s: %s", file, strerror(errno));
	if (r->fd < 0 || !go_on(r, err)) {
		recorder_close(r);
		return false;
	}
	if (r->broken.code) {
		*err = r->broken;
		recorder_close(r);
		return false;
	}
	*out = r;
	return true;
}

void recorder_close(struct recorder *r)
{
	if (!r)
		return;
	if (r->fd >= 0)
		close(r->fd);
	free(r->path);
	free(r);
}
