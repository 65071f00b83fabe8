#include "session/peek.h"

#include <unistd.h>

#include "base/path.h"

static void apply(const struct event *ev, void *ctx)
{
	state_apply(ctx, ev);
}

bool peek_fold(struct state *out, struct journal *journal, int64_t head, struct error *err)
{
	state_release(out);
	return journal_path(journal, head, apply, out, err) &&
	       history_spent(out->usage, journal, err);
}

/* Opening them would make the folder, and looking changes nothing. */
static bool open_blobs(struct peek *out, const char *dir, struct error *err)
{
	struct strbuf path = { 0 };
	bool ok = true;

	strbuf_addstr(&path, dir);
	path_add(&path, "blobs");
	if (access(strbuf_str(&path), F_OK) == 0)
		ok = blobs_open(&out->blobs, strbuf_str(&path), err);
	strbuf_release(&path);
	return ok;
}

bool peek_open(struct peek *out, const char *dir, struct error *err)
{
	struct journal_options options = { .read_only = true };
	struct journal_report report = { 0 };
	bool ok;

	*out = (struct peek){ 0 };
	ok = journal_open(&out->journal, dir, &options, &report, err) &&
	     peek_fold(&out->state, out->journal, journal_index(out->journal).head, err) &&
	     open_blobs(out, dir, err);
	if (!ok)
		peek_close(out);
	return ok;
}

void peek_close(struct peek *look)
{
	journal_close(look->journal);
	blobs_close(look->blobs);
	state_release(&look->state);
	*look = (struct peek){ 0 };
}
