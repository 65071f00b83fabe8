#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/text.h"
#include "rag/inside.h"
#include "rag/tokens.h"

#define MEANINGS     300.0 /* about as many rows as words.yaml has */
#define STRONG_WORTH 1.0
#define WEAK_WORTH   0.45
#define PHRASE_WORTH 0.35 /* for each further word of a phrase */

enum {
	WORDS_MAX = 60, /* of a question; each is a bit */
	ROWS_MAX = 400, /* of phrases that share a word with it */
	MEANT_MAX = 6,  /* rows of words.yaml that may vote */
	NAMES_MAX = 8,
};

/* What is meant, and the words of the question that say so. */
struct meaning {
	char *idents;
	char *phrase;    /* the longest that fits; NULL: only hints do */
	uint64_t strong; /* words of phrases that fit whole */
	uint64_t weak;   /* all others */
	int longest;     /* words of the longest phrase */
	double score;
};

struct meanings {
	struct meaning items[ROWS_MAX];
	size_t count;
};

struct question {
	char *words[WORDS_MAX];
	size_t count;
};

/* Less an ending, so that copies are copied and smoother is smooth. */
static size_t stem_len(const char *word)
{
	static const char *const ends[] = {
		"ing", "ies", "ed", "es", "er", "ly", "s", "e", "y", "d"
	};
	size_t len = strlen(word);

	for (size_t i = 0; i < COUNT(ends); i++) {
		size_t end = strlen(ends[i]);

		if (len < end + 3 || strcmp(word + len - end, ends[i]) != 0)
			continue;
		len -= end;
		break;
	}
	/* rounded, cutting: a doubled letter, but not that of roll or press */
	if (len > 3 && word[len] && word[len - 1] == word[len - 2] && !strchr("lsz", word[len - 1]))
		len--;
	return len;
}

static bool same_word(const char *a, const char *b)
{
	size_t x = stem_len(a), y = stem_len(b);

	return !strcmp(a, b) || (x == y && x >= 3 && !memcmp(a, b, x));
}

static bool add_word(const struct token *token, void *ctx)
{
	struct question *q = ctx;

	q->words[q->count++] = xstrndup(token->text, token->len);
	return q->count < WORDS_MAX;
}

static void question_release(struct question *q)
{
	for (size_t i = 0; i < q->count; i++)
		free(q->words[i]);
	*q = (struct question){ 0 };
}

static int bits(uint64_t mask)
{
	int count = 0;

	for (; mask; mask &= mask - 1)
		count++;
	return count;
}

/* The words of the question that are in the phrase, and whether all of the phrase's are. */
static uint64_t phrase_words(const struct question *q, const char *phrase, bool *all)
{
	struct question wanted = { 0 };
	uint64_t mask = 0;

	*all = true;
	tokens_each(phrase, strlen(phrase), add_word, &wanted);
	for (size_t i = 0; i < wanted.count; i++) {
		bool found = false;

		for (size_t k = 0; k < q->count; k++)
			if (same_word(q->words[k], wanted.words[i])) {
				found = true;
				if (!search_is_empty(q->words[k]))
					mask |= (uint64_t)1 << k;
			}
		*all = *all && found;
	}
	question_release(&wanted);
	return mask;
}

static struct meaning *meaning_of(struct meanings *all, const char *idents)
{
	for (size_t i = 0; i < all->count; i++)
		if (!strcmp(all->items[i].idents, idents))
			return &all->items[i];
	if (all->count == ROWS_MAX)
		return NULL;
	all->items[all->count] = (struct meaning){ .idents = xstrdup(idents) };
	return &all->items[all->count++];
}

/* Fewer words that a phrase lacks are no reason to drop it, but make it a hint only. */
static void add_phrase(struct meanings *all, const struct question *question, const char *phrase,
                       const char *idents, bool hints)
{
	bool whole;
	uint64_t words = phrase_words(question, phrase, &whole);
	struct meaning *m = words ? meaning_of(all, idents) : NULL;

	if (!m)
		return;
	m->weak |= words;
	if (hints || !whole)
		return;
	m->strong |= words;
	m->longest = bits(words) > m->longest ? bits(words) : m->longest;
	if (m->phrase && strlen(phrase) <= strlen(m->phrase))
		return;
	free(m->phrase);
	m->phrase = xstrdup(phrase);
}

/* A word that speaks for few meanings says more. */
static void weigh(struct meanings *all, const struct question *question)
{
	for (size_t k = 0; k < question->count; k++) {
		uint64_t bit = (uint64_t)1 << k;
		size_t count = 0;

		for (size_t i = 0; i < all->count; i++)
			count += ((all->items[i].strong | all->items[i].weak) & bit) != 0;
		for (size_t i = 0; i < all->count; i++) {
			struct meaning *m = &all->items[i];
			double rarity = log(MEANINGS / (double)(count ? count : 1));

			m->score += rarity * (m->strong & bit ? STRONG_WORTH
			                      : m->weak & bit ? WEAK_WORTH
			                                      : 0);
		}
	}
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].longest > 1)
			all->items[i].score *= 1 + PHRASE_WORTH * (all->items[i].longest - 1);
}

static void find_meanings(struct meanings *out, struct rag *rag, const struct question *question)
{
	struct stmt *q = db_ask(rag->db, "SELECT phrase, query, hints FROM synonym"
	                                 " WHERE synonym MATCH ?1 LIMIT 4000");
	struct strbuf match = { 0 };

	for (size_t i = 0; i < question->count; i++)
		strbuf_addf(&match, "%s\"%s\"", match.len ? " OR " : "", question->words[i]);
	stmt_bind(q, 1, strbuf_str(&match));
	while (question->count && stmt_next(q))
		add_phrase(out, question, stmt_text(q, 0), stmt_text(q, 1), stmt_int(q, 2));
	stmt_end(q);
	strbuf_release(&match);
	weigh(out, question);
}

static int by_score(const void *a, const void *b)
{
	const struct meaning *x = a, *y = b;

	int order = (x->score < y->score) - (x->score > y->score);

	return order ? order : strcmp(x->idents, y->idents);
}

static void vote(struct rag *rag, const struct meaning *m, size_t place, double weight,
                 struct ranking *out)
{
	struct text_span rest = text_span(m->idents), line;
	struct strbuf why = { 0 };

	strbuf_addf(&why, m->phrase ? "meant by: %s" : "may be meant", m->phrase);
	for (size_t i = 0; i < NAMES_MAX && text_next_line(&line, &rest); i++) {
		struct stmt *q = db_ask(rag->db, "SELECT id FROM entry WHERE ident = ?1");
		char *ident = xstrndup(line.at, line.len);

		stmt_bind(q, 1, ident);
		if (stmt_next(q))
			ranking_vote(out, stmt_int(q, 0), i + place, weight, strbuf_str(&why));
		stmt_end(q);
		free(ident);
	}
	strbuf_release(&why);
}

bool everyday_words(struct rag *rag, const char *text, double weight, struct ranking *out,
                    struct error *err)
{
	struct meanings *all = NEW(struct meanings);
	struct question question = { 0 };

	tokens_each(text, strlen(text), add_word, &question);
	find_meanings(all, rag, &question);
	qsort(all->items, all->count, sizeof(all->items[0]), by_score);
	for (size_t i = 0; i < all->count && i < MEANT_MAX && all->items[0].score > 0; i++) {
		double part = all->items[i].score / all->items[0].score;

		vote(rag, &all->items[i], 2 * i, weight * part, out);
	}
	for (size_t i = 0; i < all->count; i++) {
		free(all->items[i].idents);
		free(all->items[i].phrase);
	}
	free(all);
	question_release(&question);
	return db_ok(rag->db, err);
}
