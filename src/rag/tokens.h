#ifndef RAG_TOKENS_H
#define RAG_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

struct fts5_api;
struct sqlite3;

/*
 * Words as people look for names: `ShaderNodeBsdfPrincipled` is also "shader node bsdf principled",
 * `use_auto_smooth` is also "use auto smooth", "Curve2D" is also "curve 2 d". Letters, digits, _
 * and everything beyond ASCII make a word; it comes whole and in lower case, then its parts, if it
 * has several. Index and questions go through the same code.
 */
struct token {
	const char *text; /* in lower case; borrowed for the call */
	size_t len;
	size_t from, to; /* where it stands */
};

/* False ends it. */
typedef bool (*token_fn)(const struct token *token, void *ctx);

void tokens_each(const char *text, size_t len, token_fn fn, void *ctx);

/* Make `tokenize='porter apitok'` known to a database. SQLITE_OK, or SQLite's complaint. */
int tokens_register(struct sqlite3 *db);
struct fts5_api *tokens_api(struct sqlite3 *db); /* NULL: SQLite was built without FTS5 */

#endif
