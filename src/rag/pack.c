#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "rag/inside.h"

#define WHOLE_ENTRIES 3 /* described in full; the next ones in a line each */
#define MOST_EXAMPLES 2
#define LINE_TOKENS   80  /* of an entry in a line */
#define SMALL_TOKENS  800 /* fewer have room for one whole entry, and none for an example */
#define MOST_SHARE    0.5 /* of the context that one entry may take */
#define MOST_ROOM     0.4 /* of the context that is left free for an example */

/*
 * Tokenizers of language models take about four letters of a common word, three digits, or one
 * sign at a time. Names of this API are no common words, so a word costs one more.
 */
size_t rag_tokens(const char *text)
{
	size_t tokens = 0, run;

	while (*text) {
		if (isalpha((unsigned char)*text)) {
			for (run = 0; isalpha((unsigned char)text[run]);)
				run++;
			tokens += 1 + (run - 1) / 5;
		} else if (isdigit((unsigned char)*text)) {
			for (run = 0; isdigit((unsigned char)text[run]);)
				run++;
			tokens += 1 + (run - 1) / 3;
		} else if (*text == ' ') {
			run = strspn(text, " ");
			tokens += run > 1;
		} else if ((unsigned char)*text >= 0x80) {
			run = 1;
			tokens += ((unsigned char)*text & 0xc0) != 0x80;
		} else {
			run = 1;
			tokens++;
		}
		text += run;
	}
	return tokens;
}

struct packer {
	struct rag *rag;
	struct rag_answer *out;
	struct strbuf context;
	size_t tokens;  /* that are left */
	size_t whole;   /* entries that are described in full */
	text_list said; /* what was packed, without idents */
};

/*
 * A call of a hundred parameters loses the last ones, so that it is there at all: its name, the
 * first of them, and what it does. False: there is no such place to cut, or that does not fit.
 */
static bool shorten(struct strbuf *line, size_t most)
{
	char *text = xstrdup(strbuf_str(line)), *tail = strstr(text, ") - "), *piece = text, *comma;
	size_t tokens;

	tail = tail ? tail : text + strcspn(text, "\n");
	tokens = rag_tokens(tail) + 3;
	strbuf_reset(line);
	while ((comma = strstr(piece, ", ")) && comma < tail) {
		*comma = '\0';
		tokens += rag_tokens(piece) + 1;
		if (tokens > most)
			break;
		strbuf_addf(line, "%s, ", piece);
		piece = comma + 2;
	}
	if (line->len)
		strbuf_addf(line, "...%s", tail);
	free(text);
	return line->len > 0;
}

/* As many lines as fit into `most` tokens; false: not even the first. */
static bool add_lines(struct packer *p, const char *text, size_t most)
{
	struct text_span rest = text_span(text), line;
	struct strbuf copy = { 0 };
	bool any = false;

	most = most < p->tokens ? most : p->tokens;
	while (text_next_line(&line, &rest)) {
		size_t tokens;

		strbuf_reset(&copy);
		strbuf_add(&copy, line.at, line.len);
		strbuf_addstr(&copy, "\n");
		tokens = rag_tokens(strbuf_str(&copy));
		if (tokens > most && (any || !shorten(&copy, most)))
			break;
		tokens = rag_tokens(strbuf_str(&copy));
		if (tokens > most)
			break;
		strbuf_addstr(&p->context, strbuf_str(&copy));
		most -= tokens;
		p->tokens -= tokens;
		any = true;
	}
	strbuf_release(&copy);
	return any;
}

/* Many classes have the same member with the same words: the first speaks for all of them. */
static bool is_said(struct packer *p, const char *ident, const char *line)
{
	const char *name = strrchr(ident, '.');
	const char *rest = name ? strstr(line, name) : NULL;

	if (!rest || !strstr(rest, " - "))
		return false;
	for (size_t i = 0; i < p->said.count; i++)
		if (!strcmp(p->said.items[i], rest))
			return true;
	text_list_add(&p->said, rest);
	return false;
}

static void add_entry(struct packer *p, const char *ident, int64_t entry, size_t place)
{
	struct strbuf text = { 0 };
	size_t most = (size_t)((double)p->tokens * MOST_SHARE);

	describe_line(&text, p->rag, entry);
	if (!is_said(p, ident, strbuf_str(&text))) {
		if (place < p->whole) {
			strbuf_reset(&text);
			describe_whole(&text, p->rag, entry);
		}
		if (add_lines(p, strbuf_str(&text), place < p->whole ? most : LINE_TOKENS))
			text_list_add(&p->out->packed, ident);
	}
	strbuf_release(&text);
}

static const char *ident_of(struct strbuf *out, struct rag *rag, int64_t entry)
{
	struct stmt *q = db_ask(rag->db, "SELECT ident FROM entry WHERE id = ?1");

	strbuf_reset(out);
	stmt_bind_int(q, 1, entry);
	if (stmt_next(q))
		strbuf_addstr(out, stmt_text(q, 0));
	stmt_end(q);
	return strbuf_str(out);
}

static bool is_packed(const struct packer *p, const char *ident)
{
	for (size_t i = 0; i < p->out->packed.count; i++)
		if (!strcmp(p->out->packed.items[i], ident))
			return true;
	return false;
}

/* The next row is a recipe: its ident, title and code. */
static size_t read_recipe(struct strbuf *out, struct stmt *q)
{
	strbuf_reset(out);
	strbuf_addf(out, "Example: %s\n%s", stmt_text(q, 1), stmt_text(q, 2));
	return rag_tokens(strbuf_str(out));
}

/* Half an example is none. */
static void add_recipes(struct packer *p, struct stmt *q, size_t *count)
{
	struct strbuf text = { 0 };

	while (*count < MOST_EXAMPLES && stmt_next(q)) {
		const char *ident = stmt_text(q, 0);

		if (read_recipe(&text, q) > p->tokens || is_packed(p, ident))
			continue;
		add_lines(p, strbuf_str(&text), p->tokens);
		text_list_add(&p->out->packed, ident);
		++*count;
	}
	stmt_end(q);
	strbuf_release(&text);
}

/* Those that use what was found. */
static void add_users(struct packer *p, const char *ident, size_t *count)
{
	struct stmt *q =
		db_ask(p->rag->db, "SELECT 'recipe:' || name, title, code FROM recipe WHERE "
	                           "instr(char(10) || idents, char(10) || ?1 || char(10)) LIMIT 4");

	stmt_bind(q, 1, ident);
	add_recipes(p, q, count);
}

static struct stmt *recipe_of(struct packer *p, int64_t entry)
{
	struct stmt *q = db_ask(p->rag->db, "SELECT 'recipe:' || name, title, code FROM recipe "
	                                    "WHERE entry = ?1");

	stmt_bind_int(q, 1, entry);
	return q;
}

struct fitting {
	int64_t entries[MOST_EXAMPLES];
	size_t count;
};

/* Tokens that entries leave for the best example: none if the context is too small for both. */
static size_t room_for(struct packer *p, const struct fitting *fitting)
{
	struct strbuf text = { 0 };
	size_t most = (size_t)((double)p->tokens * MOST_ROOM), tokens = 0;
	struct stmt *q;

	if (!fitting->count)
		return 0;
	q = recipe_of(p, fitting->entries[0]);
	if (stmt_next(q))
		tokens = read_recipe(&text, q);
	stmt_end(q);
	strbuf_release(&text);
	return tokens <= most ? tokens : 0;
}

/* What the searches speak of; if nothing does, what uses the best entries. */
static void add_examples(struct packer *p, const struct ranking *ranking,
                         const struct fitting *fitting)
{
	struct strbuf ident = { 0 };
	size_t count = 0;

	for (size_t i = 0; i < fitting->count; i++)
		add_recipes(p, recipe_of(p, fitting->entries[i]), &count);
	for (size_t i = 0; !count && i < ranking->count && i < WHOLE_ENTRIES; i++)
		add_users(p, ident_of(&ident, p->rag, ranking->items[i].entry), &count);
	strbuf_release(&ident);
}

static void add_entries(struct packer *p, const struct ranking *ranking, size_t from, size_t to)
{
	struct strbuf ident = { 0 };

	for (size_t i = from; i < ranking->count && i < to; i++)
		add_entry(p, ident_of(&ident, p->rag, ranking->items[i].entry),
		          ranking->items[i].entry, i);
	strbuf_release(&ident);
}

bool pack(struct rag *rag, const struct ranking *ranking, const char *head, size_t tokens,
          struct rag_answer *out, struct error *err)
{
	struct packer p = { .rag = rag, .out = out, .tokens = tokens };
	bool is_small = tokens < SMALL_TOKENS;
	struct strbuf first = { 0 };
	struct fitting fitting;
	size_t room;

	strbuf_addf(&first, "[Blender %s]%s%s", rag->version, *head ? " " : "\n", head);
	fitting.count = examples_find(rag, &out->asked, fitting.entries, MOST_EXAMPLES);
	add_lines(&p, strbuf_str(&first), tokens);
	p.whole = is_small ? 1 : WHOLE_ENTRIES;
	room = is_small ? 0 : room_for(&p, &fitting);
	p.tokens -= room;
	add_entries(&p, ranking, 0, WHOLE_ENTRIES);
	add_entries(&p, ranking, WHOLE_ENTRIES, 2 * (size_t)WHOLE_ENTRIES);
	p.tokens += room;
	add_examples(&p, ranking, &fitting);
	add_entries(&p, ranking, 2 * (size_t)WHOLE_ENTRIES, ranking->count);
	out->context = strbuf_detach(&p.context);
	strbuf_release(&first);
	for (size_t i = 0; i < p.said.count; i++)
		free((char *)(uintptr_t)p.said.items[i]);
	free(p.said.items);
	return db_ok(rag->db, err);
}
