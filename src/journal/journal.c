#include "journal/journal.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "journal/line.h"
#include "journal/store.h"

struct journal {
	struct journal_options options;
	struct store store;
	struct journal_entry *entries; /* one for each line, so an entry's place is its line */
	size_t count, cap;
	int64_t head;
};

struct journal_index journal_index(const struct journal *j)
{
	return (struct journal_index){ j->entries, j->count, j->head };
}

static int by_id(const void *id, const void *entry)
{
	int64_t a = *(const int64_t *)id, b = ((const struct journal_entry *)entry)->id;

	return (a > b) - (a < b);
}

const struct journal_entry *journal_find(const struct journal_index *index, int64_t id)
{
	size_t count = index->count;

	/* What is looked for is nearly always the latest. */
	if (count && index->entries[count - 1].id == id)
		return &index->entries[count - 1];
	return count ? bsearch(&id, index->entries, count, sizeof(*index->entries), by_id) : NULL;
}

/* Whether an event may have others after it. */
static bool is_place(const struct journal *j, int64_t id)
{
	struct journal_index index = journal_index(j);
	const struct journal_entry *found = id ? journal_find(&index, id) : NULL;

	return !id || (found && found->kind != EV_HEAD_MOVED);
}

static bool fits(const struct journal *j, const struct journal_entry *e, struct error *err)
{
	int64_t last = j->count ? j->entries[j->count - 1].id : 0;

	if (e->id <= last)
		return failed(err, ERR_PROTOCOL, "event %" PRId64 " stands after event %" PRId64,
		              e->id, last);
	if (!is_place(j, e->parent))
		return failed(err, ERR_PROTOCOL,
		              "event %" PRId64 " follows %" PRId64 ", which is not there", e->id,
		              e->parent);
	if (e->kind == EV_HEAD_MOVED && !is_place(j, e->to))
		return failed(err, ERR_PROTOCOL,
		              "event %" PRId64 " leads to %" PRId64 ", which is not there", e->id,
		              e->to);
	return true;
}

static void take(struct journal *j, const struct journal_entry *e)
{
	if (j->count == j->cap) {
		j->cap = j->cap ? 2 * j->cap : 256;
		j->entries = xrealloc(j->entries, j->cap * sizeof(*j->entries));
	}
	j->entries[j->count++] = *e;
	j->head = e->kind == EV_HEAD_MOVED ? e->to : e->id;
}

static bool load_failed(const struct journal *j, struct error *err)
{
	size_t number = j->count + 1;

	return failed_in(err,
	                 "%.120s/events.jsonl, line %zu (mend it; or keep what stands before "
	                 "it: sed -i.old '%zu,$d' events.jsonl)",
	                 j->store.dir, number, number);
}

static bool read_entry(struct event *out, struct journal *j, const struct journal_entry *e,
                       struct error *err)
{
	size_t number = (size_t)(e - j->entries) + 1;
	struct store_line line;

	return (store_line(&line, &j->store, e->offset, err) &&
	        event_read(out, line.text, line.len, err)) ||
	       failed_in(err, "%.120s/events.jsonl, line %zu", j->store.dir, number);
}

/*
 * The line before a torn one was promised, so a fault in it is damage. Were it left for the next
 * opening to find, it would be the last line there, and be taken for torn.
 */
static bool check_last(struct journal *j, struct error *err)
{
	struct event ev;

	if (!j->count)
		return true;
	if (!read_entry(&ev, j, &j->entries[j->count - 1], err))
		return false;
	event_release(&ev);
	return true;
}

/* A torn line is what the power cut left of one: not ended, or not written where it was promised.
 */
static bool mend_end(struct journal *j, const struct store_line *line, int64_t offset, bool whole,
                     struct journal_report *report, struct error *err)
{
	if (whole && (line->ended || j->options.read_only))
		return true;
	if (whole) /* an editor took the last line's end away */
		return store_add(&j->store, "\n", 1, err);
	if (!check_last(j, err))
		return false;
	report->lost_bytes = j->store.end - offset;
	return j->options.read_only ||
	       store_cut(&j->store, offset, report->cut_file, sizeof(report->cut_file), err);
}

static bool load_line(struct journal *j, int64_t *offset, struct journal_report *report,
                      struct error *err)
{
	struct journal_entry entry;
	struct store_line line;
	bool whole = true;

	if (!store_line(&line, &j->store, *offset, err))
		return load_failed(j, err);
	if (line.next == j->store.end) {
		whole = line_is_whole(line.text, line.len);
		if (whole && !line_read(&entry, line.text, line.len, err))
			return load_failed(j, err);
		if (!mend_end(j, &line, *offset, whole, report, err))
			return false;
	} else if (!line_scan(&entry, line.text, line.len, err)) {
		return load_failed(j, err);
	}
	if (whole && !fits(j, &entry, err))
		return load_failed(j, err);
	if (whole) {
		entry.offset = *offset;
		take(j, &entry);
	}
	*offset = line.next;
	return true;
}

static bool load(struct journal *j, struct journal_report *report, struct error *err)
{
	int64_t offset = 0, end = j->store.end; /* mending may move the end */

	while (offset < end)
		if (!load_line(j, &offset, report, err))
			return false;
	return true;
}

bool journal_open(struct journal **out, const char *dir, const struct journal_options *options,
                  struct journal_report *report, struct error *err)
{
	struct journal *j = NEW(struct journal);

	*report = (struct journal_report){ 0 };
	j->options = *options;
	if (store_open(&j->store, dir, options->read_only, err) && load(j, report, err)) {
		*out = j;
		return true;
	}
	journal_close(j);
	return false;
}

void journal_close(struct journal *j)
{
	if (!j)
		return;
	store_close(&j->store);
	free(j->entries);
	free(j);
}

static int64_t now_ms(const struct journal *j)
{
	struct timespec now;

	if (j->options.now_ms)
		return j->options.now_ms(j->options.ctx);
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Reads back what it is about to write: what cannot be read would lock the user out of it all. */
static bool save(struct journal *j, const struct event *ev, struct error *err)
{
	struct strbuf line = { 0 };
	struct journal_entry entry;
	bool ok;

	event_write(&line, ev);
	assert(!memchr(line.buf, '\n', line.len));
	ok = line.len < STORE_MOST_LINE ||
	     failed(err, ERR_PROTOCOL, "a line of %zu bytes is too long", line.len);
	ok = ok && line_read(&entry, line.buf, line.len, err) && fits(j, &entry, err);
	strbuf_addstr(&line, "\n");
	if (!ok)
		failed_in(err, "cannot save %s", event_types[ev->kind].name);
	else
		entry.offset = j->store.end;
	ok = ok && store_add(&j->store, line.buf, line.len, err);
	if (ok)
		take(j, &entry);
	strbuf_release(&line);
	return ok;
}

bool journal_add(struct journal *j, struct event *ev, struct error *err)
{
	struct event numbered = *ev; /* the same strings; the caller's stays as it was on failure */

	assert(!j->options.read_only && !event_types[ev->kind].live);
	numbered.id = j->count ? j->entries[j->count - 1].id + 1 : 1;
	numbered.parent = j->head;
	numbered.at_ms = now_ms(j);
	if (!save(j, &numbered, err))
		return false;
	*ev = numbered;
	return true;
}

static const struct journal_entry *must_find(const struct journal *j, int64_t id, struct error *err)
{
	struct journal_index index = journal_index(j);
	const struct journal_entry *found = journal_find(&index, id);

	if (!found)
		failed(err, ERR_USAGE, "there is no event %" PRId64, id);
	return found;
}

bool journal_read(struct event *out, struct journal *j, int64_t id, struct error *err)
{
	const struct journal_entry *e = must_find(j, id, err);

	return e && read_entry(out, j, e, err);
}

static bool tell(struct journal *j, const struct journal_entry *e, event_fn fn, void *ctx,
                 struct error *err)
{
	struct event ev;

	if (!read_entry(&ev, j, e, err))
		return false;
	fn(&ev, ctx);
	event_release(&ev);
	return true;
}

bool journal_each(struct journal *j, event_fn fn, void *ctx, struct error *err)
{
	for (size_t i = 0; i < j->count; i++)
		if (!tell(j, &j->entries[i], fn, ctx, err))
			return false;
	return true;
}

/* The places of the entries that lead to `head`, in order. The caller frees them. */
static bool find_path(size_t **out, size_t *count, const struct journal *j, int64_t head,
                      struct error *err)
{
	size_t *places = xcalloc(j->count + 1, sizeof(*places));
	size_t left = j->count; /* ids grow, so parents stand before their children */

	while (head) {
		const struct journal_entry *e = must_find(j, head, err);

		if (!e) {
			free(places);
			return false;
		}
		places[--left] = (size_t)(e - j->entries);
		head = e->parent;
	}
	*count = j->count - left;
	memmove(places, places + left, *count * sizeof(*places));
	*out = places;
	return true;
}

bool journal_path(struct journal *j, int64_t head, event_fn fn, void *ctx, struct error *err)
{
	size_t *places, count;
	bool ok = find_path(&places, &count, j, head, err);

	if (!ok)
		return false;
	for (size_t i = 0; ok && i < count; i++)
		ok = tell(j, &j->entries[places[i]], fn, ctx, err);
	free(places);
	return ok;
}

static int64_t end_of(const struct journal *j, size_t place)
{
	return place + 1 < j->count ? j->entries[place + 1].offset : j->store.end;
}

bool journal_copy(struct journal *j, int64_t head, const char *new_dir, struct error *err)
{
	struct store_range *ranges;
	size_t *places, count, used = 0;
	bool ok;

	if (!find_path(&places, &count, j, head, err))
		return false;
	ranges = xcalloc(count + 1, sizeof(*ranges));
	for (size_t i = 0; i < count; i++) {
		struct store_range line = { j->entries[places[i]].offset, end_of(j, places[i]) };

		if (used && ranges[used - 1].until == line.from)
			ranges[used - 1].until = line.until;
		else
			ranges[used++] = line;
	}
	ok = store_copy(&j->store, ranges, used, new_dir, err);
	free(ranges);
	free(places);
	return ok;
}
