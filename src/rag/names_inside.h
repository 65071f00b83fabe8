#ifndef RAG_NAMES_INSIDE_H
#define RAG_NAMES_INSIDE_H

#include "rag/api.h"
#include "rag/rag.h"
#include "rag/scope.h"
#include "rag/tree.h"
#include "rag/value.h"

/*
 * Following a script as Python would run it, but with classes in the place of values. A function is
 * gone through where it is called, with what it is given there. What is not known stays unknown,
 * and nothing is said of it.
 */
struct words {
	const char **items;
	size_t count;
};

struct walker {
	struct api *api;
	const struct tree *tree;
	const char *version_text;
	int version[3];

	struct scope *scope;         /* where we are */
	struct scope *globals;       /* of the script; the same there */
	struct scope *exits;         /* of the innermost loop: as it is left by break or continue */
	struct value returned;       /* by the function we are in; VALUE_UNSET: nothing yet */
	const struct tree_node *def; /* that function, NULL: none */
	size_t calls;                /* how deep we are in functions */
	size_t steps;                /* so far; past the limit nothing more is looked at */
	bool is_writing;             /* what is looked at is to be assigned to */
	int quiet; /* more than 0: a mistake here may be caught, or never be reached */

	struct value *arguments; /* by node: as a call found them last; VALUE_UNSET: none did */

	struct words guarded; /* dotted paths whose type the script tests for itself */

	/* What the script does somewhere, whatever the order. */
	struct words excused; /* names it asks for before it uses them, or adds itself */
	struct words given;   /* names that it gives to things of its own */
	struct words shared;  /* variables that functions change from within */
	bool is_part;         /* other files or add-ons may have added what is missing here */
	bool has_classes;     /* it adds classes to Blender's */
	bool converts;        /* it turns objects of one type into another */
	bool changes_types;   /* it assigns to the type of something */

	struct rag_misnomers *out;
};

bool words_have(const struct words *words, const char *word);
void words_add(struct words *words, const char *word);

/* names_survey.c: fill in what the script does somewhere. */
void survey(struct walker *w);

/* names_walk.c: statements. */
void walk(struct walker *w, const struct tree_node *statement);
void walk_block(struct walker *w, const struct tree_node *block);
void walk_bind(struct walker *w, const struct tree_node *target, const struct value *value);
void walk_forget(struct walker *w, const struct tree_node *part); /* what it may assign */

/* names_guard.c: what a test says of names. Guards last until guard_cut() to an earlier count. */
void guard(struct walker *w, const struct tree_node *test);
void guard_cut(struct walker *w, size_t count);
bool guard_has(struct walker *w, const struct tree_node *node);
void narrow(struct walker *w, const struct tree_node *test);    /* where it is true */
bool path_of(struct strbuf *out, const struct tree_node *node); /* false: no plain a.b.c */

/* names_eval.c: expressions. Never fails: what is not known is VALUE_ANY. */
struct value eval(struct walker *w, const struct tree_node *node);
struct value eval_element(struct walker *w, const struct value *many); /* what iterating gives */

/* names_member.c: what follows a dot, or stands in brackets. */
struct value member_of(struct walker *w, const struct value *of, const struct tree_node *at,
                       const char *name);
struct value item_of(struct walker *w, const struct value *of, const struct tree_node *key);
struct value module_member(struct walker *w, const char *module, const struct tree_node *at,
                           const char *name);
struct value thing_of(struct walker *w, const char *cls);
void assign_member(struct walker *w, const struct tree_node *target, const struct value *value);
void assign_default(struct walker *w, const struct tree_node *target, const struct value *socket,
                    const struct value *value);

/* names_given.c: all that a call is given. What stands behind a star may be anything. */
struct given {
	const struct tree_node *node;
	bool is_open;
};

struct given given_of(const struct tree_node *node);
size_t given_by_place(const struct tree_node *node); /* how many have no name */

/* What is given for a parameter, by its name or its place; NULL: nothing. */
const struct tree_node *given_for(const struct given *given, const char *name, size_t place);
bool given_eval(struct walker *w,
                const struct tree_node *node); /* any that hangs on the version? */
void given_check(struct walker *w, const struct tree_node *node, const struct api_entry *entry,
                 bool by_place);

/* What given_eval() found, or what can be told of another expression, without complaints. */
struct value eval_again(struct walker *w, const struct tree_node *node);

/* names_make.c: new() of a collection, where its result is more than the index can say. */
bool make(struct walker *w, const struct given *given, const struct value *method,
          struct value *out);

/* names_call.c */
struct value call(struct walker *w, const struct tree_node *node);
struct value call_named(struct walker *w, const struct tree_node *node, const struct value *of,
                        const char *key); /* an element by its name: nodes["..."] */
void check_choice(struct walker *w, const struct tree_node *at, const char *owner, const char *name,
                  int64_t choices, const struct value *value);

/* What the active object is made of, as operators and assignments leave it; it is in the scope. */
void active_set(struct walker *w, const struct value *object);
struct value active_get(struct walker *w);

/* names_say.c: what is wrong, and what there is instead. */
enum lack {
	LACK_MEMBER,    /* class, name */
	LACK_CLASS,     /* "bpy.types", name */
	LACK_FUNCTION,  /* module, name */
	LACK_OPERATOR,  /* bpy.ops.mesh, name */
	LACK_KEYWORD,   /* ident of what is called, keyword */
	LACK_CHOICE,    /* ident or class.property, value */
	LACK_SOCKET,    /* node, name; side */
	LACK_NODE,      /* "", type */
	LACK_MODULE,    /* "", module */
	LACK_ARGUMENTS, /* ident of what is called; detail */
	LACK_WRITE,     /* class, property */
	LACK_VALUE,     /* node, socket; detail */
};

struct complaint {
	enum lack lack;
	const struct tree_node *at;
	const char *owner, *name, *side;
	const char *detail;     /* what would be right, if names cannot say it */
	int64_t entry, choices; /* of KEYWORD, of CHOICE */
};

void complain(struct walker *w, const struct complaint *what);

#endif
