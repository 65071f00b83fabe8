#include "session/dump.h"

#include <string.h>

#include "session/dump_inside.h"
#include "session/history.h"

const struct dump_format dump_formats[] = {
	{ "html", "One page with all pictures in it, to look at and to send around" },
	{ "md", "Markdown, with its pictures in a folder beside it" },
	{ "jsonl", "The events themselves, one a line" },
	{ "git", "A repository whose commits are the steps", .is_dir = true },
	{ 0 },
};

static const struct dump_writer *const writers[] = { &dump_html, &dump_markdown, &dump_lines,
	                                             &dump_git };

static const struct dump_writer *writer_of(const char *format)
{
	for (size_t i = 0; dump_formats[i].name; i++)
		if (!strcmp(dump_formats[i].name, format))
			return writers[i];
	return NULL;
}

bool dump_is_format(const char *name)
{
	return writer_of(name) != NULL;
}

/* A session is read twice: what came out of it stands on the first page. */
static void fold(const struct event *ev, void *ctx)
{
	state_apply(ctx, ev);
}

struct walk {
	struct dump *dump;
	const struct dump_writer *writer;
};

static void walk(const struct event *ev, void *ctx)
{
	struct walk *w = ctx;
	struct dump *d = w->dump;

	if (d->has_failed)
		return;
	state_apply(&d->now, ev);
	d->has_failed = !w->writer->event(d, ev, d->err);
}

static bool write_all(struct dump *d, const struct dump_writer *writer, struct error *err)
{
	struct walk w = { d, writer };

	return history_spent(d->spent, d->journal, err) &&
	       journal_path(d->journal, d->head, fold, &d->last, err) && writer->begin(d, err) &&
	       journal_path(d->journal, d->head, walk, &w, err) && !d->has_failed &&
	       writer->end(d, err);
}

bool dump_write(const char *format, struct journal *journal, int64_t head,
                const struct blobs *blobs, const char *to, struct error *err)
{
	const struct dump_writer *writer = writer_of(format);
	struct dump d = { .journal = journal, .blobs = blobs, .head = head, .to = to, .err = err };
	bool ok;

	if (!writer)
		return failed(err, ERR_USAGE, "%.40s is no format for a whole session", format);
	ok = write_all(&d, writer, err);
	file_draft_drop(&d.draft);
	repo_close(d.repo);
	telling_release(&d.telling);
	state_release(&d.last);
	state_release(&d.now);
	strbuf_release(&d.out);
	strbuf_release(&d.pictures_dir);
	strbuf_release(&d.note);
	strbuf_release(&d.verdict);
	return ok;
}

bool dump_is_step(const struct dump *d, const struct event *ev)
{
	struct journal_index index = journal_index(d->journal);

	return history_is_step(journal_find(&index, ev->id));
}

bool dump_flush(struct dump *d, struct error *err)
{
	bool ok = file_draft_add(&d->draft, strbuf_str(&d->out), d->out.len, err);

	strbuf_reset(&d->out);
	return ok;
}

const char *dump_picture_type(const struct strbuf *bytes)
{
	if (bytes->len > 8 && !memcmp(bytes->buf, "\x89PNG\r\n\x1a\n", 8))
		return "image/png";
	if (bytes->len > 3 && !memcmp(bytes->buf, "\xff\xd8\xff", 3))
		return "image/jpeg";
	return NULL;
}

static bool lines_begin(struct dump *d, struct error *err)
{
	return file_draft(&d->draft, d->to, err);
}

static bool lines_event(struct dump *d, const struct event *ev, struct error *err)
{
	event_write(&d->out, ev);
	strbuf_addstr(&d->out, "\n");
	return dump_flush(d, err);
}

static bool lines_end(struct dump *d, struct error *err)
{
	return file_draft_keep(&d->draft, d->to, err);
}

const struct dump_writer dump_lines = { lines_begin, lines_event, lines_end };
