#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include "base/blob.h"
#include "base/strbuf.h"
#include "journal/journal.h"
#include "session/session.h"

/* What `ll3m show` prints. */
struct show_style {
	bool json;         /* for programs: whole and as it is */
	bool is_tty;       /* for people: harmless, with line numbers */
	size_t width_cols; /* 0: as wide as it wants to be */
};

/* The script of the head; on a pipe it is the very bytes. Fails when there is none yet. */
bool show_script(struct strbuf *out, const struct state *now, const struct blobs *blobs,
                 const struct show_style *style, struct error *err);

/* What all agents read: everything that was said on the way to the head. */
void show_transcript(struct strbuf *out, const struct state *now, const struct show_style *style);

void show_plan(struct strbuf *out, const struct state *now, const struct show_style *style);

/* Every event there is, one a line, with those that an undo left behind. */
bool show_events(struct strbuf *out, struct journal *j, const struct show_style *style,
                 struct error *err);

/* Everything that was looked up, on all branches: one document a line. */
bool show_documents(struct strbuf *out, struct journal *j, const struct show_style *style,
                    struct error *err);

/* The tree of steps: where undo, redo and fork lead. */
void show_steps(struct strbuf *out, const struct history *history, const struct show_style *style);

/* Who used up what; `spent` is what history_spent() found. */
void show_cost(struct strbuf *out, const struct usage *spent, const struct show_style *style);

void show_metrics(struct strbuf *out, const struct metrics *metrics,
                  const struct show_style *style);

#endif
