#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "rag/inside.h"
#include "rag/matched.h"
#include "rag/tokens.h"

#define MOST_WORDS    40
#define MOST_SYNONYMS 4

struct match {
	struct strbuf text;
	size_t count;
};

static bool add_word(const struct token *token, void *ctx)
{
	struct match *match = ctx;

	strbuf_addf(&match->text, "%s\"%.*s\"", match->count++ ? " OR " : "", (int)token->len,
	            token->text);
	return match->count < MOST_WORDS;
}

static int bits(uint64_t mask)
{
	int count = 0;

	for (; mask; mask &= mask - 1)
		count++;
	return count;
}

/* A phrase fits if the text has all of its words, in whatever order. Longer ones come first. */
void synonyms_find(struct rag *rag, const char *text, text_list *out)
{
	struct stmt *q = db_ask(rag->db, "SELECT query, matched(synonym), length(synonym) AS long "
	                                 "FROM synonym WHERE synonym MATCH ?1 ORDER BY long DESC");
	struct match match = { 0 };

	tokens_each(text, strlen(text), add_word, &match);
	stmt_bind(q, 1, strbuf_str(&match.text));
	while (match.count && out->count < MOST_SYNONYMS && stmt_next(q))
		if (bits((uint64_t)stmt_int(q, 1)) >= stmt_int(q, 2))
			text_list_add(out, stmt_text(q, 0));
	stmt_end(q);
	strbuf_release(&match.text);
}
