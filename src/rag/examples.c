#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rag/inside.h"
#include "rag/matched.h"
#include "rag/tokens.h"

#define MOST_TERMS    24
#define MOST_EXAMPLES 200

/* Of title, words, text and idents: title and words are there to be found by, the text is not. */
#define WEIGHTS "3.0, 4.0, 1.0, 2.0"

#define FAR_BEHIND 0.5 /* of the best score: what has less is no second example */

struct match {
	struct strbuf text;
	size_t count;
};

struct example {
	int64_t entry;
	double score;
};

struct examples {
	struct example items[MOST_EXAMPLES];
	size_t count;
};

static bool add_word(const struct token *token, void *ctx)
{
	struct match *match = ctx;
	char *word = xstrndup(token->text, token->len);

	if (!search_is_empty(word))
		strbuf_addf(&match->text, "%s\"%s\"", match->count++ ? " OR " : "", word);
	free(word);
	return match->count < MOST_TERMS;
}

static size_t bits(uint64_t mask)
{
	size_t count = 0;

	for (; mask; mask &= mask - 1)
		count++;
	return count;
}

/* One word of many fits by chance. */
static bool is_hint(size_t matched, size_t asked)
{
	return 5 * matched >= 2 * asked;
}

static void add_score(struct examples *out, int64_t entry, double score)
{
	size_t i = 0;

	while (i < out->count && out->items[i].entry != entry)
		i++;
	if (i == MOST_EXAMPLES)
		return;
	if (i == out->count)
		out->items[out->count++] = (struct example){ .entry = entry };
	out->items[i].score += score;
}

static void search(struct examples *out, struct rag *rag, const char *words)
{
	struct stmt *q = db_ask(rag->db, "SELECT rowid, bm25(example, " WEIGHTS "), "
	                                 "matched(example) FROM example WHERE example MATCH ?1");
	struct match match = { 0 };

	tokens_each(words, strlen(words), add_word, &match);
	stmt_bind(q, 1, strbuf_str(&match.text));
	while (match.count && stmt_next(q)) {
		size_t matched = bits((uint64_t)stmt_int(q, 2));
		double part = (double)matched / (double)match.count;

		if (is_hint(matched, match.count))
			add_score(out, stmt_int(q, 0), -stmt_real(q, 1) * part);
	}
	stmt_end(q);
	strbuf_release(&match.text);
}

static int by_score(const void *a, const void *b)
{
	double x = ((const struct example *)a)->score, y = ((const struct example *)b)->score;

	return (x < y) - (x > y);
}

size_t examples_find(struct rag *rag, const text_list *searches, int64_t *out, size_t most)
{
	struct examples *found = NEW(struct examples);
	size_t count;

	for (size_t i = 0; i < searches->count; i++)
		search(found, rag, searches->items[i]);
	qsort(found->items, found->count, sizeof(found->items[0]), by_score);
	for (count = 0; count < found->count && count < most; count++) {
		if (found->items[count].score < FAR_BEHIND * found->items[0].score)
			break;
		out[count] = found->items[count].entry;
	}
	free(found);
	return count;
}
