#include "rag/tokens.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"

/* The rest of a longer word, and what parts it has beyond these, are not searched for. */
#define MOST_WORD  120
#define MOST_PARTS 32

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_small(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool is_word(char c)
{
	return is_digit(c) || is_upper(c) || is_small(c) || c == '_';
}

static size_t run_end(const char *text, size_t at, size_t end, bool (*is)(char))
{
	while (at < end && is(text[at]))
		at++;
	return at;
}

/* Where the part that begins at `at` ends. "HTTPServer" is HTTP and Server. */
static size_t part_end(const char *text, size_t at, size_t end)
{
	size_t capitals;

	if (is_digit(text[at]))
		return run_end(text, at, end, is_digit);
	if (!is_upper(text[at]))
		return run_end(text, at, end, is_small);
	capitals = run_end(text, at, end, is_upper);
	if (capitals == at + 1)
		return run_end(text, capitals, end, is_small);
	return capitals < end && is_small(text[capitals]) ? capitals - 1 : capitals;
}

static bool emit(const char *text, size_t from, size_t to, token_fn fn, void *ctx)
{
	char small[MOST_WORD];
	struct token token = { small, to - from, from, to };

	for (size_t i = from; i < to; i++)
		small[i - from] = is_upper(text[i]) ? (char)(text[i] - 'A' + 'a') : text[i];
	return fn(&token, ctx);
}

struct part {
	size_t from, to;
};

static size_t split(struct part parts[MOST_PARTS], const char *text, size_t at, size_t end)
{
	size_t count = 0;

	while (count < MOST_PARTS) {
		while (at < end && text[at] == '_')
			at++;
		if (at == end)
			break;
		parts[count].from = at;
		at = parts[count++].to = part_end(text, at, end);
	}
	return count;
}

static bool emit_word(const char *text, size_t from, size_t to, token_fn fn, void *ctx)
{
	struct part parts[MOST_PARTS];
	size_t end = to - from > MOST_WORD ? from + MOST_WORD : to;
	size_t count = split(parts, text, from, end);
	bool is_one = count == 1 && parts[0].from == from && parts[0].to == end;
	bool goes_on = !count || is_one || emit(text, from, end, fn, ctx);

	for (size_t i = 0; goes_on && i < count; i++)
		goes_on = emit(text, parts[i].from, parts[i].to, fn, ctx);
	return goes_on;
}

void tokens_each(const char *text, size_t len, token_fn fn, void *ctx)
{
	size_t at = 0, from;
	bool goes_on = true;

	while (goes_on) {
		while (at < len && !is_word(text[at]))
			at++;
		if (at == len)
			return;
		from = at;
		at = run_end(text, at, len, is_word);
		goes_on = emit_word(text, from, at, fn, ctx);
	}
}

struct listener {
	void *ctx;
	int (*fn)(void *ctx, int flags, const char *token, int len, int from, int to);
	int code;
};

static bool tell(const struct token *token, void *ctx)
{
	struct listener *to = ctx;

	to->code =
		to->fn(to->ctx, 0, token->text, (int)token->len, (int)token->from, (int)token->to);
	return to->code == SQLITE_OK;
}

/* It has no state, but SQLite wants an address that is not NULL. */
static int create(void *unused UNUSED, const char **args UNUSED, int count UNUSED,
                  Fts5Tokenizer **out)
{
	*out = malloc(1);
	return *out ? SQLITE_OK : SQLITE_NOMEM;
}

static void destroy(Fts5Tokenizer *tokenizer)
{
	free(tokenizer);
}

static int tokenize(Fts5Tokenizer *unused UNUSED, void *ctx, int flags UNUSED, const char *text,
                    int len, int (*fn)(void *, int, const char *, int, int, int))
{
	struct listener listener = { ctx, fn, SQLITE_OK };

	if (len > 0)
		tokens_each(text, (size_t)len, tell, &listener);
	return listener.code;
}

fts5_api *tokens_api(sqlite3 *db)
{
	fts5_api *api = NULL;
	sqlite3_stmt *stmt = NULL;

	if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &stmt, NULL) == SQLITE_OK) {
		sqlite3_bind_pointer(stmt, 1, &api, "fts5_api_ptr", NULL);
		sqlite3_step(stmt);
	}
	sqlite3_finalize(stmt);
	return api;
}

int tokens_register(sqlite3 *db)
{
	fts5_tokenizer apitok = { create, destroy, tokenize };
	fts5_api *api = tokens_api(db);

	return api ? api->xCreateTokenizer(api, "apitok", NULL, &apitok, NULL) : SQLITE_ERROR;
}
