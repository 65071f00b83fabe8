#include "llm/relay.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "llm/folder.h"
#include "llm/pick.h"
#include "llm/schema.h"

#define POLL_MS  2000 /* network and USB disks tell nobody what changes */
#define STILL_MS 2000

/* A question that an earlier run asked and nobody has answered yet. */
struct orphan {
	char *name;
	char *key;
};

struct relay {
	struct transport base;
	struct loop *loop;
	char *dir;
	const struct keyring *ring;
	int notify; /* inotify; -1: the machine has none left, so only the clock helps */
	struct watch *watch;
	struct timer *timer;
	struct inquiry *inquiries;
	struct folder_pictures pictures;
	struct orphan *orphans;
	size_t orphan_count;
	int64_t next_n;
};

/* A question on its way. */
struct inquiry {
	struct delivery base;
	struct inquiry *next;
	struct relay *relay;
	struct transport_events events;
	char *folder; /* NULL: it could not be written; *why says why */
	struct error why;
	struct json *schema; /* NULL: any text will do */
	int wd;              /* inotify's number for the folder, or -1 */
	bool moved_in;       /* the answer came by renaming, so it is whole */
	struct stat seen;    /* the answer as it was when last looked at */
	int64_t still_since_ms;
	struct strbuf answer;
	bool is_accepted; /* and its words have been told */
	int bad;
};

static void inquiry_free(struct inquiry *inq)
{
	if (inq->wd >= 0)
		inotify_rm_watch(inq->relay->notify, inq->wd);
	free(inq->folder);
	json_free(inq->schema);
	strbuf_release(&inq->answer);
	free(inq);
}

/* With nothing left to wait for, the loop must not wait for us. */
static void rest(struct relay *relay)
{
	watch_free(relay->watch);
	timer_free(relay->timer);
	relay->watch = NULL;
	relay->timer = NULL;
}

static void inquiry_end(struct inquiry *inq)
{
	struct relay *relay = inq->relay;
	struct inquiry **at = &relay->inquiries;

	while (*at != inq)
		at = &(*at)->next;
	*at = inq->next;
	inquiry_free(inq);
	if (!relay->inquiries)
		rest(relay);
}

static void end(struct inquiry *inq, enum trouble_kind kind, bool declined, const char *why)
{
	struct transport_events events = inq->events;
	struct strbuf copy = { 0 };
	struct ending ending = { .kind = kind, .declined = declined };

	if (why) {
		strbuf_addstr(&copy, why);
		ending.why = strbuf_str(&copy);
	}
	inquiry_end(inq);
	events.ended(events.ctx, &ending);
	strbuf_release(&copy);
}

/* Has nobody touched the file for a while, or has it come whole? */
static bool is_still(struct inquiry *inq, const char *file)
{
	struct strbuf path = { 0 };
	struct stat st;
	bool same;
	int64_t now = loop_now_ms(inq->relay->loop);

	strbuf_addstr(&path, inq->folder);
	path_add(&path, file);
	if (lstat(strbuf_str(&path), &st) || !st.st_size) {
		inq->seen = (struct stat){ 0 };
		strbuf_release(&path);
		return false;
	}
	same = st.st_size == inq->seen.st_size && st.st_ino == inq->seen.st_ino &&
	       st.st_mtim.tv_sec == inq->seen.st_mtim.tv_sec &&
	       st.st_mtim.tv_nsec == inq->seen.st_mtim.tv_nsec;
	if (!same)
		inq->still_since_ms = now;
	inq->seen = st;
	strbuf_release(&path);
	return inq->moved_in || (same && now - inq->still_since_ms >= STILL_MS);
}

static void put_note(struct inquiry *inq, const char *verdict)
{
	char hash[SHA256_HEX_SIZE], when[32] = "";
	struct strbuf note = { 0 };
	time_t now = time(NULL);
	struct error err;
	struct tm tm;

	if (gmtime_r(&now, &tm))
		strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &tm);
	sha256_hex(strbuf_str(&inq->answer), inq->answer.len, hash);
	strbuf_addf(&note, "time: %s\nsha256: %s\nverdict: %s\n", when, hash, verdict);
	/* Only for people to read: the answer counts without it. */
	if (!folder_put(inq->folder, "ANSWERED", strbuf_str(&note), &err))
		log_warn("llm: %s", err.text);
	strbuf_release(&note);
}

static bool is_usable(struct inquiry *inq, struct error *why)
{
	struct json *value = NULL;
	struct json_at root, schema;
	bool ok;

	if (!inq->answer.len)
		return failed(why, ERR_PROTOCOL, "the file is empty");
	if (!inq->schema)
		return true;
	ok = json_parse_loose(&value, inq->answer.buf, inq->answer.len, why);
	root = json_root(value, "answer");
	schema = json_root(inq->schema, "schema");
	ok = ok && schema_check(&root, &schema, why);
	json_free(value);
	return ok;
}

/* Out of the way, with a word on what is wrong; the question stays open. */
static void reject(struct inquiry *inq, const char *file, const struct error *why)
{
	struct strbuf from = { 0 }, to = { 0 }, note = { 0 };
	struct stat st;
	struct error err;

	strbuf_addf(&from, "%s/%s", inq->folder, file);
	do {
		strbuf_reset(&to);
		strbuf_addf(&to, "%s/ANSWER.bad-%d%s", inq->folder, ++inq->bad, strrchr(file, '.'));
	} while (!lstat(strbuf_str(&to), &st));
	rename(strbuf_str(&from), strbuf_str(&to));
	strbuf_addf(&note,
	            "`%s` could not be used and is now `%s`:\n\n    %s\n\n"
	            "Write a new `%s`; `REQUEST.md` says what it has to be.\n",
	            file, path_base(strbuf_str(&to)), why->text, file);
	if (!folder_put(inq->folder, "RETRY.md", strbuf_str(&note), &err))
		log_warn("llm: %s", err.text);
	inq->moved_in = false;
	inq->seen = (struct stat){ 0 };
	strbuf_release(&from);
	strbuf_release(&to);
	strbuf_release(&note);
}

static void take_answer(struct inquiry *inq, const char *file)
{
	struct error why;

	strbuf_reset(&inq->answer);
	if (folder_read_text(&inq->answer, inq->folder, file, &why) && is_usable(inq, &why)) {
		put_note(inq, "ok");
		inq->is_accepted = true;
	} else {
		reject(inq, file, &why);
	}
}

static void decline(struct inquiry *inq, const char *file)
{
	struct strbuf reason = { 0 };
	struct error err;

	if (!folder_read_text(&inq->answer, inq->folder, file, &err))
		strbuf_addstr(&inq->answer, err.text);
	put_note(inq, "declined");
	strbuf_addstr(&reason, strbuf_str(&inq->answer));
	end(inq, TROUBLE_NONE, true, strbuf_str(&reason));
	strbuf_release(&reason);
}

/* What its folder holds. True: the inquiry has been told, and may be gone. */
static bool look_inside(struct inquiry *inq)
{
	const char *file = NULL;
	enum folder_answer found = folder_look(inq->folder, &file);

	if (found == FOLDER_CANCELLED) {
		end(inq, TROUBLE_CANCELLED, false, "the question was cancelled in its folder");
		return true;
	}
	if (found == FOLDER_GONE) {
		end(inq, TROUBLE_OURS, false, "the folder of the question is gone");
		return true;
	}
	if (found == FOLDER_OPEN || !is_still(inq, file))
		return false;
	if (found == FOLDER_DECLINED) {
		decline(inq, file);
		return true;
	}
	take_answer(inq, file);
	if (!inq->is_accepted)
		return false;
	inq->events.words(inq->events.ctx, inq->answer.buf, inq->answer.len);
	return true;
}

/* Tells the next thing there is to tell about an inquiry. False: nothing. */
static bool look(struct inquiry *inq)
{
	if (!inq->folder)
		end(inq, TROUBLE_OURS, false, inq->why.text);
	else if (inq->is_accepted)
		end(inq, TROUBLE_NONE, false, NULL);
	else
		return look_inside(inq);
	return true;
}

static void on_timer(void *ctx);

static void look_at_all(struct relay *relay)
{
	struct inquiry *inq = relay->inquiries;

	while (inq)
		inq = look(inq) ? relay->inquiries : inq->next;
	if (!relay->inquiries)
		return;
	timer_free(relay->timer);
	relay->timer = loop_after(relay->loop, POLL_MS, on_timer, relay);
}

static void on_timer(void *ctx)
{
	struct relay *relay = ctx;

	relay->timer = NULL;
	look_at_all(relay);
}

static void take_notice(struct relay *relay, const struct inotify_event *ev)
{
	if (!(ev->mask & IN_MOVED_TO) || !ev->len)
		return;
	for (struct inquiry *inq = relay->inquiries; inq; inq = inq->next)
		if (inq->wd == ev->wd &&
		    (!strncmp(ev->name, "ANSWER.", 7) || !strcmp(ev->name, "DECLINE.md")))
			inq->moved_in = strncmp(ev->name, "ANSWER.bad-", 11) != 0;
}

static void on_notice(int fd, short revents, void *ctx)
{
	char bytes[8192] __attribute__((aligned(__alignof__(struct inotify_event))));
	struct relay *relay = ctx;
	ssize_t len;

	(void)revents;
	while ((len = read(fd, bytes, sizeof(bytes))) > 0) {
		for (ssize_t at = 0; at < len;) {
			const struct inotify_event *ev = (const void *)(bytes + at);

			take_notice(relay, ev);
			at += (ssize_t)(sizeof(*ev) + ev->len);
		}
	}
	look_at_all(relay);
}

/* Its folder, if an earlier run has asked the very same. */
static bool adopt(struct strbuf *name, struct relay *relay, const struct question *q)
{
	for (size_t i = 0; i < relay->orphan_count; i++) {
		struct orphan *orphan = &relay->orphans[i];

		if (!orphan->name || strcmp(orphan->key, q->key) != 0)
			continue;
		strbuf_addstr(name, orphan->name);
		free(orphan->name);
		orphan->name = NULL;
		return true;
	}
	return false;
}

static void ask(struct inquiry *inq, const struct exchange *ex)
{
	struct relay *relay = inq->relay;
	const char *schema = ex->question->ask.schema;
	struct strbuf name = { 0 }, folder = { 0 };

	if (!adopt(&name, relay, ex->question)) {
		if (!folder_write(&name, &relay->next_n, relay->dir, ex->question, ex->model,
		                  &relay->pictures, relay->ring, &inq->why)) {
			strbuf_release(&name);
			return;
		}
		relay->next_n++;
	}
	strbuf_addf(&folder, "%s/%s", relay->dir, strbuf_str(&name));
	inq->folder = strbuf_detach(&folder);
	/* The schema has been parsed before, when the question was made. */
	if (schema && !json_parse(&inq->schema, schema, strlen(schema), &inq->why))
		inq->schema = NULL;
	if (relay->notify >= 0)
		inq->wd = inotify_add_watch(relay->notify, inq->folder,
		                            IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR);
	strbuf_release(&name);
}

static struct delivery *relay_send(struct transport *transport, const struct exchange *ex,
                                   const struct transport_events *events)
{
	struct relay *relay = (struct relay *)transport;
	struct inquiry *inq = NEW(struct inquiry);

	inq->base.by = transport;
	inq->relay = relay;
	inq->events = *events;
	inq->wd = -1;
	if (ex->question)
		ask(inq, ex);
	else
		failed(&inq->why, ERR_IO, "a relay offers no models");
	inq->next = relay->inquiries;
	relay->inquiries = inq;
	if (relay->notify >= 0 && !relay->watch)
		relay->watch = loop_watch(relay->loop, relay->notify, POLLIN, on_notice, relay);
	/* At once: what could not be written, and what was answered while nobody ran. */
	timer_free(relay->timer);
	relay->timer = loop_after(relay->loop, 0, on_timer, relay);
	return &inq->base;
}

static void relay_cancel(struct delivery *d)
{
	struct inquiry *inq = (struct inquiry *)d;
	struct error err;

	if (inq->folder && !inq->is_accepted && !folder_put(inq->folder, "CANCEL", "", &err))
		log_warn("llm: %s", err.text);
	inquiry_end(inq);
}

static void relay_close(struct transport *transport)
{
	struct relay *relay = (struct relay *)transport;

	rest(relay);
	for (struct inquiry *inq = relay->inquiries, *next; inq; inq = next) {
		next = inq->next;
		inquiry_free(inq);
	}
	for (size_t i = 0; i < relay->orphan_count; i++) {
		free(relay->orphans[i].name);
		free(relay->orphans[i].key);
	}
	free(relay->orphans);
	folder_pictures_release(&relay->pictures);
	if (relay->notify >= 0)
		close(relay->notify);
	free(relay->dir);
	free(relay);
}

static const struct transport_type relay_type = {
	.name = "relay",
	.send = relay_send,
	.cancel = relay_cancel,
	.close = relay_close,
};

static bool was_taken(const char *folder)
{
	struct strbuf path = { 0 };
	struct stat st;
	bool taken;

	strbuf_addf(&path, "%s/ANSWERED", folder);
	taken = !lstat(strbuf_str(&path), &st);
	strbuf_release(&path);
	return taken;
}

static void take_orphan(struct relay *relay, const char *name, const char *folder)
{
	struct strbuf path = { 0 }, text = { 0 };
	struct json *value = NULL;
	struct json_at root;
	const char *key = NULL;
	struct error err;

	strbuf_addf(&path, "%s/request.json", folder);
	if (file_read(&text, strbuf_str(&path), (size_t)64 << 20, &err) &&
	    json_parse(&value, strbuf_str(&text), text.len, &err)) {
		root = json_root(value, "request");
		key = pick_text(&root, "key");
	}
	if (key) {
		relay->orphans = xrealloc(relay->orphans,
		                          (relay->orphan_count + 1) * sizeof(*relay->orphans));
		relay->orphans[relay->orphan_count++] =
			(struct orphan){ xstrdup(name), xstrdup(key) };
	}
	json_free(value);
	strbuf_release(&path);
	strbuf_release(&text);
}

static bool meet_folder(void *ctx, const char *name, int64_t n)
{
	struct relay *relay = ctx;
	struct strbuf folder = { 0 };
	enum folder_answer found;
	const char *file;

	strbuf_addf(&folder, "%s/%s", relay->dir, name);
	found = folder_look(strbuf_str(&folder), &file);
	if (found != FOLDER_CANCELLED && !was_taken(strbuf_str(&folder)))
		take_orphan(relay, name, strbuf_str(&folder));
	if (n >= relay->next_n)
		relay->next_n = n + 1;
	strbuf_release(&folder);
	return true;
}

bool relay_open(struct transport **out, struct loop *loop, const char *dir,
                const struct keyring *ring, struct error *err)
{
	struct relay *relay;

	if (!file_make_dir(dir, 0777, err))
		return false;
	relay = NEW(struct relay);
	relay->base.type = &relay_type;
	relay->loop = loop;
	relay->dir = xstrdup(dir);
	relay->ring = ring;
	relay->next_n = 1;
	relay->notify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	*out = &relay->base;
	if (folder_each(dir, meet_folder, relay, err))
		return true;
	relay_close(&relay->base);
	return false;
}
