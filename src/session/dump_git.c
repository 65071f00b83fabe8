#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "session/dump_inside.h"

#define SUBJECT_COLS 60

static bool begin(struct dump *d, struct error *err)
{
	return repo_create(&d->repo, d->to, err);
}

/* The files of one commit, which own what is in them. */
struct files {
	struct repo_file *items;
	struct strbuf *names, *texts;
	size_t count;
};

static struct files files_new(size_t most)
{
	return (struct files){ .items = xcalloc(most, sizeof(struct repo_file)),
		               .names = xcalloc(most, sizeof(struct strbuf)),
		               .texts = xcalloc(most, sizeof(struct strbuf)) };
}

static void files_release(struct files *f, size_t most)
{
	for (size_t i = 0; i < most; i++) {
		strbuf_release(&f->names[i]);
		strbuf_release(&f->texts[i]);
	}
	free(f->items);
	free(f->names);
	free(f->texts);
}

static void keep(struct files *f)
{
	const struct strbuf *text = &f->texts[f->count];

	f->items[f->count] =
		(struct repo_file){ strbuf_str(&f->names[f->count]), strbuf_str(text), text->len };
	f->count++;
}

static void add_plan(struct files *f, const struct dump *d)
{
	const struct event ev = { .kind = EV_PLAN_MADE, .body.plan = d->now.plan };
	struct telling t = { 0 };
	struct strbuf *text = &f->texts[f->count];

	if (!d->now.plan.title)
		return;
	tell(&t, &ev);
	strbuf_addstr(&f->names[f->count], "PLAN.md");
	strbuf_addf(text, "%s\n\n%s", strbuf_str(&t.text), strbuf_str(&t.details));
	keep(f);
	telling_release(&t);
}

/* What is missing among the blobs is missing here too: the message still says what was done. */
static void add_blob(struct files *f, const struct dump *d, const char *name, const char *hash)
{
	struct error ignored;

	if (!blob_get(&f->texts[f->count], d->blobs, hash, &ignored))
		return;
	strbuf_reset(&f->names[f->count]);
	strbuf_addstr(&f->names[f->count], name);
	keep(f);
}

/* A view may be called what it likes, but its file is letters and digits. */
static void add_view(struct files *f, const struct dump *d, const struct view *view)
{
	struct strbuf name = { 0 };

	strbuf_addstr(&name, "views/");
	for (const char *s = view->name; *s && name.len < 64; s++) {
		bool plain = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
		             (*s >= '0' && *s <= '9') || strchr("-_", *s);

		strbuf_add(&name, plain ? s : "_", 1);
	}
	strbuf_addstr(&name, ".png");
	add_blob(f, d, name.buf, view->blob);
	strbuf_release(&name);
}

/* The first line says what was done; what the verifier thought of it stands below. */
static void add_message(struct strbuf *out, const struct dump *d, const struct event *ev)
{
	bool is_plan = ev->body.answer.gate == GATE_PLAN;
	const char *note = is_plan && d->now.plan.title ? d->now.plan.title : strbuf_str(&d->note);
	struct strbuf clean = { 0 };

	text_clean(&clean, note, strlen(note), TEXT_ONE_LINE);
	if (!clean.len)
		strbuf_addstr(&clean,
		              purpose_names[is_plan ? PURPOSE_PLAN : d->now.accepted.purpose]);
	text_cut(out, clean.buf, clean.len, SUBJECT_COLS);
	strbuf_addstr(out, "\n\n");
	if (text_width(clean.buf, clean.len) > SUBJECT_COLS)
		strbuf_addf(out, "%s\n\n", clean.buf);
	strbuf_reset(&clean);
	text_clean(&clean, strbuf_str(&d->verdict), d->verdict.len, TEXT_LINES);
	strbuf_addstr(out, strbuf_str(&clean));
	strbuf_addf(out, "Step %" PRId64, ev->id);
	if (!is_plan)
		strbuf_addf(out, ", version %" PRId64, d->now.accepted.id);
	strbuf_addf(out, ", %s\n", phase_names[d->now.phase]);
	strbuf_release(&clean);
}

static bool commit_step(struct dump *d, const struct event *ev, struct error *err)
{
	const struct version *version = &d->now.accepted;
	size_t most = 2 + version->views.list.count;
	struct files files = files_new(most);
	struct strbuf message = { 0 }, email = { 0 };
	const char *who =
		role_names[ev->body.answer.gate == GATE_PLAN ? ROLE_PLANNER : version->by];
	bool ok;

	add_plan(&files, d);
	if (version->id)
		add_blob(&files, d, "script.py", version->blob);
	for (size_t i = 0; i < version->views.list.count; i++)
		add_view(&files, d, &version->views.list.items[i]);
	add_message(&message, d, ev);
	strbuf_addf(&email, "%s@ll3m", who);
	ok = repo_commit(d->repo,
	                 &(struct repo_commit){ .author = who,
	                                        .email = email.buf,
	                                        .at_ms = ev->at_ms,
	                                        .message = message.buf,
	                                        .files = files.items,
	                                        .count = files.count },
	                 err);
	files_release(&files, most);
	strbuf_release(&message);
	strbuf_release(&email);
	strbuf_reset(&d->verdict);
	return ok;
}

static void note_verdict(struct dump *d, const struct event *ev)
{
	tell(&d->telling, ev);
	strbuf_reset(&d->verdict);
	strbuf_addf(&d->verdict, "%s\n%s\n", strbuf_str(&d->telling.text),
	            strbuf_str(&d->telling.details));
}

static bool hear(struct dump *d, const struct event *ev, struct error *err)
{
	if (ev->kind == EV_SCRIPT_WRITTEN) {
		strbuf_reset(&d->note);
		strbuf_addstr(&d->note, ev->body.script.note ? ev->body.script.note : "");
	} else if (ev->kind == EV_VERDICT_GIVEN) {
		note_verdict(d, ev);
	} else if (dump_is_step(d, ev)) {
		return commit_step(d, ev, err);
	}
	return true;
}

static bool end(struct dump *d, struct error *err)
{
	return repo_checkout(d->repo, err);
}

const struct dump_writer dump_git = { begin, hear, end };
