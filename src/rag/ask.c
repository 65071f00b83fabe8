#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "rag/inside.h"

#define DEFAULT_LIMIT  10
#define DEFAULT_TOKENS 1500
#define MOST_LIMIT     200
#define MOST_SEARCHES  12
#define MOST_TEXT      4000 /* bytes of a question that are looked at */

/* What is found by words of the question's own, against what a thesaurus made of them. */
#define OWN_WEIGHT     1.0
#define NAME_WEIGHT    1.5
#define MEANING_WEIGHT 2.0
#define TERMS_WEIGHT   0.7 /* of a question that is in Blender's terms already */
#define DIRECT_WEIGHT  40.0

/* The part of a context that the user's own documentation may take. */
#define PAGES_SHARE 3

static const struct field hit_fields[] = {
	{ "ident", FIELD_TEXT, offsetof(struct rag_hit, ident) },
	{ "kind", FIELD_TEXT, offsetof(struct rag_hit, kind), .optional = true },
	{ "summary", FIELD_TEXT, offsetof(struct rag_hit, summary), .optional = true },
	{ "why", FIELD_TEXT, offsetof(struct rag_hit, why), .optional = true },
	{ "terms", FIELD_TEXTS, offsetof(struct rag_hit, terms), .optional = true },
	{ "score", FIELD_REAL, offsetof(struct rag_hit, score), .optional = true },
	{ 0 },
};

static const struct record_type hit_type = { "hit", sizeof(struct rag_hit), hit_fields };

static const struct field answer_fields[] = {
	{ "version", FIELD_TEXT, offsetof(struct rag_answer, version) },
	{ "asked", FIELD_TEXTS, offsetof(struct rag_answer, asked), .optional = true },
	{ "hits", FIELD_LIST, offsetof(struct rag_answer, hits), .of = &hit_type },
	{ "packed", FIELD_TEXTS, offsetof(struct rag_answer, packed), .optional = true },
	{ "context", FIELD_TEXT, offsetof(struct rag_answer, context), .optional = true },
	{ 0 },
};

const struct record_type rag_answer_type = { "answer", sizeof(struct rag_answer), answer_fields };

void text_list_add(text_list *list, const char *text)
{
	list->items = xrealloc(list->items, (list->count + 1) * sizeof(*list->items));
	list->items[list->count++] = xstrdup(text);
}

/* One question while it is answered. */
struct asking {
	struct rag *rag;
	struct rag_answer *out;
	struct ranking ranking;
	struct strbuf head;
	size_t limit, tokens;
};

static bool ask_words(struct asking *a, const char *words, double weight, struct error *err)
{
	int64_t direct;

	if (!words[0] || a->out->asked.count >= MOST_SEARCHES)
		return true;
	text_list_add(&a->out->asked, words);
	direct = direct_find(a->rag, words);
	if (direct)
		ranking_vote(&a->ranking, direct, 0, DIRECT_WEIGHT, "the same name");
	return search_words(a->rag, words, weight, a->limit, &a->ranking, err);
}

static bool ask_list(struct asking *a, const text_list *words, struct error *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < words->count; i++)
		ok = ask_words(a, words->items[i], OWN_WEIGHT, err);
	return ok;
}

/* Words like foreach_set are no everyday's: whatever is called so is meant. */
static void ask_names(struct asking *a, const char *text)
{
	struct text_span rest = text_span(text);

	while (rest.len) {
		size_t len = strcspn(rest.at, " \t\n,;()");
		char *word = xstrndup(rest.at, len);
		size_t rank = 0;

		if (strchr(word, '_')) {
			struct stmt *q = db_ask(a->rag->db, "SELECT id FROM entry WHERE name = ?1"
			                                    " ORDER BY prior DESC, id LIMIT 3");

			stmt_bind(q, 1, word);
			while (stmt_next(q))
				ranking_vote(&a->ranking, stmt_int(q, 0), rank++, NAME_WEIGHT,
				             "the same name");
			stmt_end(q);
		}
		free(word);
		len += len < rest.len;
		rest = (struct text_span){ rest.at + len, rest.len - len };
	}
}

static bool ask_everyday(struct asking *a, const char *text, struct error *err)
{
	double weight = search_is_terms(text) ? TERMS_WEIGHT : MEANING_WEIGHT;

	ask_names(a, text);
	return everyday_words(a->rag, text, weight, &a->ranking, err) &&
	       ask_words(a, text, OWN_WEIGHT, err);
}

/* An identifier is answered without ranking; if none fits, as words are. */
static bool ask_text(struct asking *a, const char *text, struct error *err)
{
	int64_t direct = direct_find(a->rag, text);

	if (!direct)
		return ask_everyday(a, text, err);
	text_list_add(&a->out->asked, text);
	ranking_vote(&a->ranking, direct, 0, DIRECT_WEIGHT, "the same name");
	return true;
}

static bool ask(struct asking *a, const struct rag_question *question, struct error *err)
{
	struct strbuf text = { 0 };
	bool ok = true;

	if (question->error)
		return explain_error(a->rag, question, &a->ranking, &a->head, err);
	strbuf_addstr(&text, question->text ? question->text : "");
	if (text.len > MOST_TEXT)
		strbuf_cut(&text, MOST_TEXT);
	if (question->words.count)
		ok = ask_list(a, &question->words, err);
	else if (text.len)
		ok = ask_text(a, strbuf_str(&text), err);
	strbuf_release(&text);
	return ok;
}

/* The words of the question that an entry has: its reason names them. */
static void fill_terms(text_list *terms, const char *why)
{
	const char *at = strncmp(why, SEARCH_MATCHES, strlen(SEARCH_MATCHES))
	                         ? ""
	                         : why + strlen(SEARCH_MATCHES);

	while (*(at += strspn(at, " "))) {
		size_t len = strcspn(at, " ");
		char *word = xstrndup(at, len);

		text_list_add(terms, word);
		free(word);
		at += len;
	}
}

static void fill_hit(struct asking *a, struct rag_hit *hit, const struct pick *pick)
{
	struct stmt *q = db_ask(a->rag->db, "SELECT ident, kind, summary FROM entry WHERE id = ?1");

	stmt_bind_int(q, 1, pick->entry);
	stmt_next(q);
	*hit = (struct rag_hit){ .ident = xstrdup(stmt_text(q, 0)),
		                 .kind = xstrdup(stmt_text(q, 1)),
		                 .summary = xstrdup(stmt_text(q, 2)),
		                 .why = xstrdup(pick->why ? pick->why : "") };
	hit->score = pick->score / a->ranking.items[0].score;
	stmt_end(q);
	fill_terms(&hit->terms, hit->why);
}

static void fill_hits(struct asking *a)
{
	size_t count = a->ranking.count < a->limit ? a->ranking.count : a->limit;

	a->out->hits.items = xcalloc(count + 1, sizeof(*a->out->hits.items));
	a->out->hits.count = count;
	for (size_t i = 0; i < count; i++)
		fill_hit(a, &a->out->hits.items[i], &a->ranking.items[i]);
}

static size_t limit_of(const struct rag_question *question)
{
	size_t limit = question->limit ? question->limit : DEFAULT_LIMIT;

	return limit < MOST_LIMIT ? limit : MOST_LIMIT;
}

bool rag_ask(struct rag *rag, const struct rag_question *question, struct rag_answer *out,
             struct error *err)
{
	struct asking a = { .rag = rag, .out = out, .limit = limit_of(question) };
	struct pages_block own = { 0 };
	bool ok;

	record_release(&rag_answer_type, out);
	out->version = xstrdup(rag->version);
	a.tokens = question->tokens ? question->tokens : DEFAULT_TOKENS;
	ok = ask(&a, question, err);
	if (ok) {
		ranking_sort(&a.ranking);
		fill_hits(&a);
		ok = pages_find(&own, rag, out, a.limit, a.tokens / PAGES_SHARE, err) &&
		     pack(rag, &a.ranking, strbuf_str(&a.head),
		          a.tokens - rag_tokens(strbuf_str(&own.text)), out, err);
	}
	if (ok)
		pages_append(out, &own);
	if (!ok)
		record_release(&rag_answer_type, out);
	ranking_release(&a.ranking);
	strbuf_release(&a.head);
	pages_block_release(&own);
	return ok;
}
