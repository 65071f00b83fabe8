#ifndef RAG_PAST_H
#define RAG_PAST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"

/*
 * Which names the Python API of several Blenders has, so that one that is missing here can be said
 * to be old, or still to come. The file names.tsv is made from their dumps by past_write(), and
 * looks like this, its columns set apart by tabs:
 *
 *     versions  3.4.1  4.3.2  5.2.2
 *     members   bpy.types.Mesh  bpy.types.ID
 *       7          animation_data  attributes  ...
 *       1     Auto smooth: the angle limit  auto_smooth_angle
 *
 * An owner is followed by rows: the versions that have the names (1: the first, 2: the second, 4:
 * the third), what the name was about, the names. A class is followed by what it inherits from.
 */
enum past_kind {
	PAST_MEMBERS, /* of a module or class */
	PAST_PARAMS,  /* of a function or operator */
	PAST_VALUES,  /* of a property or parameter that is one of several words */
	PAST_INPUTS,  /* of a node: what its inputs[...] are found by */
	PAST_OUTPUTS,
	PAST_KIND_COUNT,
};

#define PAST_MOST_VERSIONS 16
#define PAST_DEEPEST       16 /* bases of bases */

struct past_name {
	const char *name;
	const char *summary; /* what it was about; empty where that helps nobody */
	unsigned versions;   /* bit i: the i-th version has it */
};

struct past_owner {
	enum past_kind kind;
	const char *ident;   /* bpy.types.Mesh, bpy.ops.mesh.bevel, bpy.types.Modifier.type */
	const char *base;    /* the class it inherits from; empty: none */
	size_t first, count; /* its names */
};

/* All of it; the owners are sorted by ident, then kind. */
struct past {
	char *text;
	const char *versions[PAST_MOST_VERSIONS]; /* "4.3.2" */
	size_t version_count;
	struct past_owner *owners;
	size_t owner_count;
	struct past_name *names;
	size_t name_count;
};

extern const char *const past_kind_names[PAST_KIND_COUNT + 1]; /* ends with NULL */

/* What *out had is released first. */
bool past_read(struct past *out, const char *file, struct error *err);
void past_release(struct past *past);

/* The versions that have it, inherited members too; 0: none, or the owner is not known. */
unsigned past_find(const struct past *past, enum past_kind kind, const char *owner,
                   const char *name);

/*
 * The same for one written as in Python: bpy.types.Mesh.polygons, bpy.ops.mesh.bevel(offset),
 * bpy.types.BooleanModifier.solver='EXACT', bpy.types.ShaderNodeBump.inputs["Normal"].
 */
unsigned past_find_ident(const struct past *past, const char *ident);

bool past_has_owner(const struct past *past, enum past_kind kind, const char *ident);

/* What a class inherits from; empty: nothing that is known. */
const char *past_base(const struct past *past, const char *ident);

/* Takes such a name apart. Both are replaced; false: it has no owner. */
bool past_split(enum past_kind *kind, struct strbuf *owner, struct strbuf *name, const char *ident);

/* How such a name is written. Replaces *out. */
void past_ident(struct strbuf *out, enum past_kind kind, const char *owner, const char *name);

/* The bit of the version that this one ("4.3.0", "4.3.2 LTS") is a release of; 0: none. */
unsigned past_version(const struct past *past, const char *version);

/*
 * The versions that say what this one has: itself, or those before and after it, since what both
 * have was not missing in between. 0: it is older or newer than all.
 */
unsigned past_around(const struct past *past, const char *version);

/* Put a names.tsv together from dumps, the oldest Blender first. Replaces *out. */
bool past_write(struct strbuf *out, const char *const dumps[], size_t count, struct error *err);

#endif
