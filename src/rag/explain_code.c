#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rag/explain.h"

enum {
	NEAREST_MAX = 5,
	CALLS_MAX = 12,
};

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Where `.name` or `["name"]` begins in the code; NULL: it does not stand there. */
static const char *find_use(const char *code, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = code; (at = strstr(at, name)) != NULL; at++) {
		char before = at > code ? at[-1] : '\0', after = at[len];

		if (before == '.' && !is_name(after))
			return at - 1;
		if ((before == '"' || before == '\'') && after == before && at - code >= 2 &&
		    (at[-2] == '[' || at[-2] == '('))
			return at - 2;
	}
	return NULL;
}

bool thing_before(struct trouble *t, struct thing *out, const char *name)
{
	const char *at = find_use(t->code, name);

	if (!at)
		return false;
	infer_thing(out, &t->infer, infer_before(t->code, at));
	return true;
}

/* The sign of `left = right` outside brackets and strings. */
static const char *find_assignment(const char *code)
{
	int depth = 0;
	char quote = '\0';

	for (const char *at = code; *at; at++) {
		if (quote)
			quote = *at == quote ? '\0' : quote;
		else if (*at == '"' || *at == '\'')
			quote = *at;
		else if (strchr("([{", *at))
			depth++;
		else if (strchr(")]}", *at))
			depth--;
		else if (*at == '=' && !depth && at > code && at[1] != '=' &&
		         !strchr("=!<>", at[-1]))
			return at;
	}
	return NULL;
}

bool thing_assigned(struct trouble *t, struct thing *owner, char **attribute)
{
	const char *end = find_assignment(t->code), *dot;
	struct text_span left;

	if (!end)
		return false;
	while (end > t->code && strchr(" \t+-*/", end[-1]))
		end--;
	left = infer_before(t->code, end);
	dot = end;
	while (dot > left.at && is_name(dot[-1]))
		dot--;
	if (dot == left.at || dot[-1] != '.')
		return false;
	free(*attribute);
	*attribute = xstrndup(dot, (size_t)(end - dot));
	infer_thing(owner, &t->infer, (struct text_span){ left.at, (size_t)(dot - 1 - left.at) });
	return true;
}

static bool is_operator(struct trouble *t, int64_t entry)
{
	struct stmt *q = db_ask(t->db, "SELECT kind = 'operator' FROM entry WHERE id = ?1");
	bool is;

	stmt_bind_int(q, 1, entry);
	is = stmt_next(q) && stmt_int(q, 0);
	stmt_end(q);
	return is;
}

int64_t called_function(struct trouble *t)
{
	int64_t found = 0;
	int calls = 0;

	for (const char *at = t->code; (at = strchr(at, '(')) != NULL && calls < CALLS_MAX; at++) {
		struct text_span callee = infer_before(t->code, at);
		struct thing thing = { 0 };
		int64_t function;

		if (!callee.len)
			continue;
		calls++;
		infer_thing(&thing, &t->infer, callee);
		function = thing.function;
		thing_release(&thing);
		if (function && is_operator(t, function))
			return function;
		if (function)
			found = function;
	}
	return found;
}

void head_missing(struct trouble *t, const char *what, const char *when)
{
	strbuf_addf(t->head, "%s does not exist here%s%s%s.\n", what, *when ? " (" : "", when,
	            *when ? ")" : "");
}

void head_nearest(struct trouble *t, const struct finds *finds)
{
	const struct find *best[NEAREST_MAX];
	size_t count = 0;

	for (size_t i = 0; i < finds->count; i++) {
		size_t at = count < NEAREST_MAX ? count++ : NEAREST_MAX;

		while (at > 0 && best[at - 1]->score < finds->items[i].score) {
			if (at < NEAREST_MAX)
				best[at] = best[at - 1];
			at--;
		}
		if (at < NEAREST_MAX)
			best[at] = &finds->items[i];
	}
	for (size_t i = 0; i < count && best[i]->score > 0.35; i++) {
		char *ident = ident_of(t->db, best[i]->entry);

		strbuf_addf(t->head, "%s%s", i ? ", " : "Nearest: ", ident ? ident : "");
		free(ident);
		if (i + 1 == count || best[i + 1]->score <= 0.35)
			strbuf_addstr(t->head, "\n");
	}
}
