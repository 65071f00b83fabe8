#ifndef RAG_API_H
#define RAG_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/record.h"
#include "rag/db.h"

/*
 * What a Blender has, for whoever follows the types in a script. Asks the index; what comes again
 * and again is asked once. Every text that it gives is its own and lives as long as it does; two of
 * the same letters are the same pointer.
 */
struct api;

struct api *api_new(struct db *db);
void api_free(struct api *api); /* NULL is fine */
const char *api_word(struct api *api, const char *text);

/* A row of the table entry. */
struct api_entry {
	int64_t id; /* 0: there is none */
	const char *ident, *kind, *owner, *name;
	const char *type, *target, *holder;
	int64_t length, choices; /* 0: no array; no list */
	bool is_readonly, is_set;
	bool is_python; /* a function that Python told the signature of */
};

/* What a class has by that name, its own or inherited. NULL: nothing. */
const struct api_entry *api_member(struct api *api, const char *cls, const char *name);
const struct api_entry *api_entry(struct api *api, const char *ident); /* NULL: none */

bool api_is_class(struct api *api, const char *cls);
bool api_is_a(struct api *api, const char *cls, const char *ancestor);
bool api_has_heirs(struct api *api, const char *cls);
bool api_heir_has(struct api *api, const char *cls, const char *name); /* any class below it */

/* The class an enum value makes; the one that is called so when it is new. NULL: none, or many. */
const char *api_made(struct api *api, const char *kind, const char *value);
const char *api_made_by_label(struct api *api, const char *kind, const char *label);
const char *api_node_by_label(struct api *api, const char *label);

/* A parameter of a function or an operator. */
struct api_param {
	const char *name, *type;
	int64_t choices;
};

size_t api_param_count(struct api *api, int64_t entry);
bool api_param(struct api *api, int64_t entry, const char *name, struct api_param *out);
bool api_param_at(struct api *api, int64_t entry, size_t place, struct api_param *out);

/* Lists that Blender fills as it runs are not known well enough to say no. */
bool api_choices_are_known(struct api *api, int64_t choices);
bool api_has_choice(struct api *api, int64_t choices, const char *value);

/* Sockets of a node: `side` is "in" or "out". */
bool api_sockets_are_known(struct api *api, const char *node, const char *side);
bool api_has_socket(struct api *api, const char *node, const char *side, const char *name);

/* What all sockets of that name take: "RGBA", "VALUE"; NULL if they differ or are not known. */
const char *api_socket_type(struct api *api, const char *node, const char *side, const char *name);

/* How other versions had it: "3.4 4.3"; NULL: they had not. */
const char *api_history(struct api *api, const char *owner, const char *name);

/* A migration fact about it: its text, or NULL; right names are added to `names`. The fact about a
 * module that is gone is called like it. */
const char *api_note(struct api *api, const char *owner, const char *name, text_list *names);

/* Names to choose from, for whoever looks for the nearest. Each is called with its own `ctx`. */
typedef void (*api_name_fn)(void *ctx, const char *name);

/* Idents of all that is called so in bpy.types, unless there are more than `most`. */
void api_holders(struct api *api, const char *name, size_t most, api_name_fn fn, void *ctx);
void api_members(struct api *api, const char *cls, api_name_fn fn, void *ctx);
void api_owned(struct api *api, const char *owner, api_name_fn fn, void *ctx);
void api_heirs(struct api *api, const char *cls, api_name_fn fn, void *ctx);
void api_params(struct api *api, int64_t entry, api_name_fn fn, void *ctx);
void api_choices(struct api *api, int64_t choices, api_name_fn fn, void *ctx);
void api_sockets(struct api *api, const char *node, const char *side, api_name_fn fn, void *ctx);

#endif
