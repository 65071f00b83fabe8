#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/text.h"
#include "rag/inside.h"
#include "rag/matched.h"
#include "rag/schema.h"
#include "rag/tokens.h"

#define MOST_TERMS      24
#define MOST_CANDIDATES 160
#define MOST_IN_A_CLASS 3

/* Words that say nothing of what is looked for. */
static const char *const stop_words[] = {
	"a",       "about",  "after",  "all",   "also",    "an",    "and",   "any",   "are",
	"as",      "at",     "be",     "been",  "blender", "both",  "but",   "by",    "can",
	"could",   "did",    "do",     "does",  "each",    "every", "for",   "from",  "get",
	"gets",    "had",    "has",    "have",  "how",     "i",     "if",    "in",    "into",
	"is",      "it",     "its",    "just",  "like",    "make",  "makes", "many",  "me",
	"more",    "most",   "my",     "need",  "no",      "not",   "now",   "of",    "on",
	"one",     "only",   "or",     "other", "our",     "out",   "over",  "own",   "please",
	"python",  "script", "should", "since", "so",      "some",  "such",  "than",  "that",
	"the",     "their",  "them",   "then",  "there",   "these", "they",  "this",  "those",
	"through", "to",     "up",     "use",   "used",    "using", "very",  "want",  "was",
	"way",     "we",     "were",   "what",  "when",    "where", "which", "while", "who",
	"whose",   "why",    "will",   "with",  "without", "would", "you",   "your",
};

struct terms {
	char *items[MOST_TERMS];
	size_t count;
	bool with_stop_words;
};

static int by_word(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool search_is_empty(const char *word)
{
	return bsearch(&word, stop_words, COUNT(stop_words), sizeof(stop_words[0]), by_word);
}

static bool is_no_stop(const struct token *token, void *ctx)
{
	char *word = xstrndup(token->text, token->len);
	bool *found = ctx;

	*found = *found || search_is_empty(word);
	free(word);
	return !*found;
}

bool search_is_terms(const char *text)
{
	bool found = false;

	tokens_each(text, strlen(text), is_no_stop, &found);
	return !found;
}

static bool add_term(const struct token *token, void *ctx)
{
	struct terms *terms = ctx;
	char *word = xstrndup(token->text, token->len);
	bool is_new = terms->with_stop_words || !search_is_empty(word);

	for (size_t i = 0; i < terms->count && is_new; i++)
		is_new = strcmp(word, terms->items[i]) != 0;
	if (is_new)
		terms->items[terms->count++] = word;
	else
		free(word);
	return terms->count < MOST_TERMS;
}

static void terms_release(struct terms *terms)
{
	for (size_t i = 0; i < terms->count; i++)
		free(terms->items[i]);
	*terms = (struct terms){ 0 };
}

static void terms_of(struct terms *out, const char *text)
{
	*out = (struct terms){ 0 };
	tokens_each(text, strlen(text), add_term, out);
	if (out->count)
		return;
	out->with_stop_words = true; /* better than nothing */
	tokens_each(text, strlen(text), add_term, out);
}

/* Any of them: those that hold more of them come first anyway. Tokens hold no quotes. */
static void add_match(struct strbuf *out, const struct terms *terms)
{
	for (size_t i = 0; i < terms->count; i++)
		strbuf_addf(out, "%s\"%s\"", i ? " OR " : "", terms->items[i]);
}

size_t search_match(struct strbuf *out, const char *words)
{
	struct terms terms;
	size_t count;

	terms_of(&terms, words);
	add_match(out, &terms);
	count = terms.count;
	terms_release(&terms);
	return count;
}

struct candidate {
	int64_t entry;
	double score;
	uint64_t mask;
	char *group; /* entries of one group come at most MOST_IN_A_CLASS times; "": of none */
};

struct candidates {
	struct candidate items[MOST_CANDIDATES];
	size_t count;
};

static double part_matched(uint64_t mask, size_t count)
{
	size_t bits = 0;

	for (; mask; mask &= mask - 1)
		bits++;
	return (double)bits / (double)(count ? count : 1);
}

static int by_score(const void *a, const void *b)
{
	double x = ((const struct candidate *)a)->score, y = ((const struct candidate *)b)->score;

	return (x < y) - (x > y);
}

static void find_candidates(struct candidates *out, struct rag *rag, const struct terms *terms)
{
	struct stmt *q =
		db_ask(rag->db, "SELECT found.id, s, mask, CASE WHEN e.owner = '' THEN e.name "
	                        "WHEN e.owner LIKE 'bpy.ops.%' OR e.owner = 'bmesh.ops' "
	                        "THEN '' ELSE e.owner END FROM "
	                        "(SELECT f.rowid AS id, bm25(f, " SCHEMA_WEIGHTS ") * e.prior AS s,"
	                        " matched(f) AS mask FROM f JOIN entry e ON e.id = f.rowid"
	                        " WHERE f MATCH ?1 AND e.kind NOT IN ('note', 'recipe')"
	                        " ORDER BY s LIMIT ?2) AS found "
	                        "CROSS JOIN entry e ON e.id = found.id");
	struct strbuf match = { 0 };

	add_match(&match, terms);
	stmt_bind(q, 1, strbuf_str(&match));
	stmt_bind_int(q, 2, MOST_CANDIDATES);
	out->count = 0;
	while (terms->count && out->count < MOST_CANDIDATES && stmt_next(q)) {
		struct candidate *c = &out->items[out->count++];

		c->entry = stmt_int(q, 0);
		c->mask = (uint64_t)stmt_int(q, 2);
		c->score = -stmt_real(q, 1) * (0.5 + part_matched(c->mask, terms->count));
		c->group = xstrdup(stmt_text(q, 3));
	}
	stmt_end(q);
	strbuf_release(&match);
	qsort(out->items, out->count, sizeof(out->items[0]), by_score);
}

static size_t count_before(const struct candidates *all, size_t place)
{
	size_t count = 0;

	for (size_t i = 0; i < place; i++)
		count += all->items[i].group[0] &&
		         !strcmp(all->items[i].group, all->items[place].group);
	return count;
}

static void say_why(struct strbuf *out, const struct terms *terms, uint64_t mask)
{
	strbuf_reset(out);
	strbuf_addstr(out, SEARCH_MATCHES);
	for (size_t i = 0; i < terms->count; i++)
		if (mask >> i & 1)
			strbuf_addf(out, " %s", terms->items[i]);
}

static void vote(struct ranking *out, const struct candidates *all, const struct terms *terms,
                 double weight, size_t most)
{
	struct strbuf why = { 0 };
	size_t rank = 0;

	for (size_t i = 0; i < all->count && rank < most; i++) {
		const struct candidate *c = &all->items[i];

		if (count_before(all, i) >= MOST_IN_A_CLASS)
			continue;
		say_why(&why, terms, c->mask);
		ranking_vote(out, c->entry, rank++, weight, strbuf_str(&why));
	}
	strbuf_release(&why);
}

bool search_words(struct rag *rag, const char *words, double weight, size_t most,
                  struct ranking *out, struct error *err)
{
	struct candidates *all = NEW(struct candidates);
	struct terms terms;

	terms_of(&terms, words);
	find_candidates(all, rag, &terms);
	vote(out, all, &terms, weight, most);
	for (size_t i = 0; i < all->count; i++)
		free(all->items[i].group);
	free(all);
	terms_release(&terms);
	return db_ok(rag->db, err);
}
