#ifndef RAG_RAG_H
#define RAG_RAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/record.h"
#include "rag/pages.h"

/*
 * BlenderRAG: what the Blender that will run the script has, and what it calls it. One SQLite file
 * for each Blender, made from what that Blender says of itself, with our own notes and recipes
 * beside it. Nothing here waits, asks a model or touches the network.
 */
struct rag;

/* One thing that was found. */
struct rag_hit {
	const char *ident; /* "bpy.types.Mesh.polygons", "note:auto-smooth", "recipe:lathe" */
	const char *kind;  /* "class" "property" "operator" "function" "node" "note" "recipe" ... */
	const char *summary; /* one line */
	const char *why;     /* "the same name", "existed in 3.4", "matches: solidify thickness" */
	text_list terms;     /* words of the question that matched, if words did */
	double score;        /* the first has 1, or less where it is a guess */
};

struct rag_answer {
	const char *version; /* "4.3.2": the Blender all this is true of */
	text_list asked;     /* the searches that were made */
	LIST_OF(struct rag_hit) hits;
	text_list packed;    /* idents of those that fitted into `context` */
	const char *context; /* ready for a model; at most `tokens` long by rag_tokens() */
};

extern const struct record_type rag_answer_type; /* its JSON is that of `ll3m docs search` */

struct rag_question {
	text_list words;    /* 3 to 6 short queries in Blender's terms; none: `text` is searched */
	const char *text;   /* in everyday words, or an identifier */
	const char *error;  /* what Blender said: the last line of a traceback, or all of it */
	const char *code;   /* the offending line, if known */
	const char *script; /* the whole script, for what `code` does not say; may be NULL */
	size_t limit;       /* hits; 0: 10 */
	size_t tokens;      /* of context; 0: 1500 */
};

/* What an index is made of. */
struct rag_source {
	const char *dump;     /* a file: the API as the worker wrote it (JSON) */
	const char *data_dir; /* our notes, recipes, history: config/blender; NULL: none */
	const char *key; /* what it is made for: kept in it, and compared by rag_is_current() */
};

/* Written beside `file` and renamed: a reader sees the old index or the new one. */
bool rag_build(const char *file, const struct rag_source *source, struct error *err);

/* Whether a file is a whole index of ours for this key and our present format. */
bool rag_is_current(const char *file, const char *key);

/* ERR_CONFIG if the file is damaged or of another format: build it anew. */
bool rag_open(struct rag **out, const char *file, struct error *err);
void rag_close(struct rag *rag); /* NULL is fine */
const char *rag_version(const struct rag *rag);

/*
 * From now on what is asked is also looked for in the user's own documentation (pages.h); `file` is
 * NULL for that of pages_home(). Not being there is no failure.
 */
bool rag_use_pages(struct rag *rag, const char *file, struct error *err);

/* What an index says of itself: key, version, how many entries of each kind. */
typedef void (*rag_fact_fn)(void *ctx, const char *name, const char *value);
bool rag_facts(struct rag *rag, rag_fact_fn fn, void *ctx, struct error *err);

/* *out is released first; release it with record_release(&rag_answer_type, out). */
bool rag_ask(struct rag *rag, const struct rag_question *question, struct rag_answer *out,
             struct error *err);

/* The names of all Blenders that were dumped, the oldest first, as past.h has them. */
bool rag_write_names(struct strbuf *out, const char *const dumps[], size_t count,
                     struct error *err);

/* How many tokens a text is worth: an estimate that errs to the high side. */
size_t rag_tokens(const char *text);

/* One name in a script that this Blender does not have. */
struct rag_misnomer {
	int64_t line, column;
	const char *name;    /* "bpy.types.Mesh.use_auto_smooth", "diameter1 of bmesh.ops..." */
	const char *message; /* what is wrong, and what there is instead: one sentence for all */
	text_list nearest;   /* right names, best first */
	const char *note;    /* a migration fact, or NULL */
};

struct rag_misnomers {
	LIST_OF(struct rag_misnomer) list;
};

extern const struct record_type rag_misnomers_type;

/*
 * Pre-flight: every bpy name, operator keyword, enum string, socket string, modifier and node type
 * of a script that can be told for certain to be missing here. `tree` is the script's syntax as the
 * worker gives it (JSON). What depends on values that are not known is passed over: a script that
 * runs must never be refused.
 */
bool rag_check(struct rag *rag, const char *tree, struct rag_misnomers *out, struct error *err);

#endif
