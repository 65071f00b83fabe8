#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/text.h"
#include "rag/inside.h"
#include "rag/pages_schema.h"

#define MOST_PAGES      3
#define MOST_CANDIDATES 24
#define NAMED_HITS      3 /* the best, whose names are looked for */
#define RANK_OFFSET     8.0
#define ABOUT_WEIGHT    1.0
#define MENTION_WEIGHT  0.4
#define SUMMARY_COLS    160
#define SHORT_TEXT      500

struct passage {
	int64_t chunk;
	double score;
	char *why;
};

struct passages {
	struct passage items[MOST_CANDIDATES];
	size_t count;
};

static bool is_entry(struct rag *rag, const char *ident)
{
	struct stmt *q = db_ask(rag->db, "SELECT 1 FROM entry WHERE ident = ?1");
	bool is;

	stmt_bind(q, 1, ident);
	is = stmt_next(q);
	stmt_end(q);
	return is;
}

/* A page of the official reference with no more to say of a name than our entry of it has. */
static bool is_repetition(struct rag *rag, int64_t chunk)
{
	struct stmt *q = db_ask(rag->pages, "SELECT anchor, text FROM chunk WHERE id = ?1");
	bool is;

	stmt_bind_int(q, 1, chunk);
	is = stmt_next(q) && strlen(stmt_text(q, 1)) < SHORT_TEXT && is_entry(rag, stmt_text(q, 0));
	stmt_end(q);
	return is;
}

static void vote(struct passages *all, struct rag *rag, int64_t chunk, double score,
                 const char *why)
{
	struct passage *p = all->items, *end = p + all->count;

	while (p < end && p->chunk != chunk)
		p++;
	if (p == end) {
		if (all->count == MOST_CANDIDATES || is_repetition(rag, chunk))
			return;
		*p = (struct passage){ .chunk = chunk, .why = xstrdup(why) };
		all->count++;
	}
	p->score += score;
}

static int count_bits(uint64_t mask)
{
	int bits = 0;

	for (; mask; mask &= mask - 1)
		bits++;
	return bits;
}

/* What has fewer than half of the words is about something else. */
static void vote_words(struct passages *all, struct rag *rag, const char *words)
{
	struct stmt *q = db_ask(rag->pages, "SELECT rowid, matched(fdoc) FROM fdoc "
	                                    "WHERE fdoc MATCH ?1 "
	                                    "ORDER BY bm25(fdoc, " PAGES_WEIGHTS ") LIMIT 12");
	struct strbuf match = { 0 }, why = { 0 };
	size_t count = search_match(&match, words);
	int rank = 0;

	strbuf_addf(&why, "matches: %s", words);
	stmt_bind(q, 1, strbuf_str(&match));
	while (count && stmt_next(q))
		if (2 * (size_t)count_bits((uint64_t)stmt_int(q, 1)) >= count)
			vote(all, rag, stmt_int(q, 0), 1.0 / (RANK_OFFSET + rank++),
			     strbuf_str(&why));
	stmt_end(q);
	strbuf_release(&match);
	strbuf_release(&why);
}

static void vote_name(struct passages *all, struct rag *rag, const char *ident)
{
	struct stmt *q = db_ask(rag->pages, "SELECT chunk, is_about FROM mention WHERE ident = ?1 "
	                                    "ORDER BY is_about DESC, chunk LIMIT 4");
	struct strbuf why = { 0 };
	int rank = 0;

	strbuf_addf(&why, "shows %s", ident);
	stmt_bind(q, 1, ident);
	while (stmt_next(q))
		vote(all, rag, stmt_int(q, 0),
		     (stmt_int(q, 1) ? ABOUT_WEIGHT : MENTION_WEIGHT) / (RANK_OFFSET + rank++),
		     strbuf_str(&why));
	stmt_end(q);
	strbuf_release(&why);
}

static int by_score(const void *a, const void *b)
{
	const struct passage *x = a, *y = b;

	if (x->score < y->score || x->score > y->score)
		return x->score < y->score ? 1 : -1;
	return x->chunk < y->chunk ? -1 : x->chunk > y->chunk;
}

/* The first line that is no fence. */
static char *summarize(const char *text)
{
	struct text_span rest = text_span(text), line = { 0 };
	struct strbuf out = { 0 };
	char *summary;

	while (text_next_line(&line, &rest))
		if (line.len && line.at[0] != '`')
			break;
	text_cut(&out, line.at, line.len, SUMMARY_COLS);
	summary = xstrdup(strbuf_str(&out));
	strbuf_release(&out);
	return summary;
}

/* As many lines as fit; a heading alone helps nobody. */
static void add_text(struct pages_block *out, const char *ident, const char *path,
                     const char *heading, const char *text, size_t *tokens)
{
	struct text_span rest = text_span(text), line;
	struct strbuf piece = { 0 };
	size_t first, len;

	strbuf_addf(&piece, "Your documentation, %s, %s:\n", path, heading);
	first = piece.len;
	for (len = first; text_next_line(&line, &rest); len = piece.len) {
		strbuf_add(&piece, line.at, line.len);
		strbuf_addstr(&piece, "\n");
		if (rag_tokens(strbuf_str(&piece)) > *tokens)
			break;
	}
	strbuf_cut(&piece, len);
	if (piece.len > first) {
		strbuf_addstr(&out->text, strbuf_str(&piece));
		text_list_add(&out->idents, ident);
		*tokens -= rag_tokens(strbuf_str(&piece));
	}
	strbuf_release(&piece);
}

static void fill_page(struct pages_block *out, struct rag *rag, struct rag_hit *hit,
                      const struct passage *passage, size_t *tokens)
{
	struct stmt *q = db_ask(rag->pages, "SELECT path, heading, text FROM chunk "
	                                    "JOIN docsrc ON docsrc.id = src WHERE chunk.id = ?1");
	struct strbuf ident = { 0 };

	stmt_bind_int(q, 1, passage->chunk);
	stmt_next(q);
	strbuf_addf(&ident, "doc:%s#%s", stmt_text(q, 0), stmt_text(q, 1));
	*hit = (struct rag_hit){
		.ident = xstrdup(strbuf_str(&ident)),
		.kind = xstrdup("page"),
		.summary = summarize(stmt_text(q, 2)),
		.why = xstrdup(passage->why),
	};
	add_text(out, hit->ident, stmt_text(q, 0), stmt_text(q, 1), stmt_text(q, 2), tokens);
	stmt_end(q);
	strbuf_release(&ident);
}

static void hit_release(struct rag_hit *hit)
{
	const char *texts[] = { hit->ident, hit->kind, hit->summary, hit->why };

	for (size_t i = 0; i < COUNT(texts); i++)
		free((char *)(uintptr_t)texts[i]);
	for (size_t i = 0; i < hit->terms.count; i++)
		free((char *)(uintptr_t)hit->terms.items[i]);
	free(hit->terms.items);
}

/* The worst of the others make room. */
static void make_room(struct rag_answer *answer, size_t pages, size_t limit)
{
	while (answer->hits.count && answer->hits.count + pages > limit)
		hit_release(&answer->hits.items[--answer->hits.count]);
	answer->hits.items = xrealloc(answer->hits.items, (answer->hits.count + pages + 1) *
	                                                          sizeof(*answer->hits.items));
}

static void find_all(struct passages *all, struct rag *rag, const struct rag_answer *answer)
{
	for (size_t i = 0; i < answer->asked.count; i++)
		vote_words(all, rag, answer->asked.items[i]);
	for (size_t i = 0; i < answer->hits.count && i < NAMED_HITS; i++)
		vote_name(all, rag, answer->hits.items[i].ident);
	qsort(all->items, all->count, sizeof(all->items[0]), by_score);
}

bool pages_find(struct pages_block *out, struct rag *rag, struct rag_answer *answer, size_t limit,
                size_t tokens, struct error *err)
{
	struct passages all = { 0 };
	size_t pages;

	if (!rag->pages)
		return true;
	find_all(&all, rag, answer);
	pages = all.count < MOST_PAGES ? all.count : MOST_PAGES;
	pages = pages < limit ? pages : limit - 1;
	make_room(answer, pages, limit);
	for (size_t i = 0; i < pages; i++) {
		size_t n = answer->hits.count;
		double last = n ? answer->hits.items[n - 1].score : 1;

		fill_page(out, rag, &answer->hits.items[n], &all.items[i], &tokens);
		answer->hits.items[n].score = last * (n ? 0.9 : 1);
		answer->hits.count++;
	}
	for (size_t i = 0; i < all.count; i++)
		free(all.items[i].why);
	return db_ok(rag->pages, err);
}

void pages_append(struct rag_answer *answer, const struct pages_block *block)
{
	struct strbuf context = { 0 };

	if (!block->text.len)
		return;
	strbuf_addstr(&context, answer->context ? answer->context : "");
	strbuf_addstr(&context, strbuf_str(&block->text));
	free((char *)(uintptr_t)answer->context);
	answer->context = strbuf_detach(&context);
	for (size_t i = 0; i < block->idents.count; i++)
		text_list_add(&answer->packed, block->idents.items[i]);
}

void pages_block_release(struct pages_block *block)
{
	strbuf_release(&block->text);
	for (size_t i = 0; i < block->idents.count; i++)
		free((char *)(uintptr_t)block->idents.items[i]);
	free(block->idents.items);
	*block = (struct pages_block){ 0 };
}
