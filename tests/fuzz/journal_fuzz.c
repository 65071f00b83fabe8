/*
 * Journals that were torn, mended by hand or made by somebody else: whatever is in the file, it is
 * opened or refused; what was opened can be looked at in every way, goes on, and opens again with
 * all that was in it.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/report.h"
#include "cli/show.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

struct reader {
	struct report *report;
	struct state state;
	struct strbuf out;
};

static void hear(const struct event *ev, void *ctx)
{
	struct reader *r = ctx;

	state_apply(&r->state, ev);
	report_event(r->report, &r->out, ev, &r->state);
	strbuf_reset(&r->out);
}

static void look(struct journal *j)
{
	struct reader r = { .report = report_new(&(struct report_options){ .width_cols = 60 }) };
	const struct show_style style = { .width_cols = 60 };
	struct journal_index index = journal_index(j);
	struct usage spent[ROLE_COUNT];
	struct history history;
	struct error err;
	int64_t to;

	journal_path(j, index.head, hear, &r, &err);
	show_transcript(&r.out, &r.state, &style);
	show_plan(&r.out, &r.state, &style);
	show_events(&r.out, j, &style, &err);
	if (history_read(&history, j, &err))
		show_steps(&r.out, &history, &style);
	history_release(&history);
	history_spent(spent, j, &err);
	if (history_undo(&to, &index, 2, &err))
		assert(journal_find(&index, to));
	if (history_redo(&to, &index, 2, &err))
		assert(journal_find(&index, to));
	report_free(r.report);
	state_release(&r.state);
	strbuf_release(&r.out);
}

/* The place of one input: in memory if there is such a place, since each is saved many times. */
static const char *make_dir(void)
{
	static char dir[64];

	if (!*dir)
		snprintf(dir, sizeof(dir), "%s/ll3m-journal-fuzz-%ld",
		         access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", (long)getpid());
	mkdir(dir, 0700);
	return dir;
}

static void write_file(const char *dir, const uint8_t *bytes, size_t len)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/events.jsonl", dir);
	file = fopen(path, "w");
	assert(file);
	assert(fwrite(bytes, 1, len, file) == len);
	fclose(file);
}

static void remove_file(const char *dir, const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	unlink(path);
}

static void go_on(const char *dir, size_t count)
{
	static const struct journal_options options = { 0 };
	struct event ev = { .kind = EV_TURN_BEGAN, .role = ROLE_CODER };
	struct journal_report report;
	struct journal *j;
	struct error err;

	assert(journal_open(&j, dir, &options, &report, &err));
	assert(!report.lost_bytes && journal_index(j).count == count);
	if (journal_add(j, &ev, &err))
		assert(journal_index(j).count == count + 1 && journal_index(j).head == ev.id);
	journal_close(j);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct journal_options options = { 0 };
	const char *dir = make_dir();
	struct journal_report report;
	struct journal *j;
	struct error err;
	size_t count;

	write_file(dir, bytes, len);
	if (journal_open(&j, dir, &options, &report, &err)) {
		count = journal_index(j).count;
		look(j);
		journal_close(j);
		go_on(dir, count);
	}
	if (*report.cut_file)
		remove_file(dir, report.cut_file);
	remove_file(dir, "events.jsonl");
	remove_file(dir, "lock");
	rmdir(dir);
	return 0;
}
