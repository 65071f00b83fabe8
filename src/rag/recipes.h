#ifndef RAG_RECIPES_H
#define RAG_RECIPES_H

#include <stdbool.h>

#include "base/error.h"
#include "base/record.h"
#include "base/text.h"
#include "rag/db.h"

/*
 * Modelling recipes of our own: short scripts that run as they are in every Blender that `ran`
 * names, shown to the coder as examples. One file each, config/blender/recipes/NAME.py:
 *
 *     """Tube along points: curve with bevel depth
 *
 *     For pipes, cables, rails. What to use it for, and what goes wrong.
 *     """
 *     # words: tube, pipe, cable
 *     # idents: bpy.types.Curve.bevel_depth, bpy.types.Curve.use_fill_caps
 *     # ran: 3.4 4.3 5.2
 *     # closed: yes
 *
 *     import bpy
 *     ...
 *     build_tube("Hose", [(0, 0, 0), (0.4, 0, 0.3)])
 *     # For the picture:
 *     ...
 *
 * `words` are what people and what Blender call it; `closed` promises a mesh without open edges,
 * and may be missing. What follows the last mark lets tests and pictures see something, and is not
 * kept.
 */
struct recipe {
	const char *name;  /* of the file: "curve_tube" */
	const char *title; /* one line */
	const char *text;  /* when to use it, and what goes wrong; may have several lines */
	text_list words, idents;
	text_list ran; /* "3.4", in rising order */
	bool is_closed;
	const char *code; /* ends with a line feed */
};

struct recipes {
	LIST_OF(struct recipe) list; /* by name */
};

extern const struct record_type recipe_type, recipes_type; /* release them by these */

/* *out is all zeros on failure. ERR_CONFIG says what a recipe lacks. */
bool recipe_read(struct recipe *out, const char *name, struct text_span file, struct error *err);

/* All files of a folder that end in .py; one that is no recipe is a failure. */
bool recipes_load(struct recipes *out, const char *dir, struct error *err);

/* Whether it should run in a "4.2.1": in all since the oldest that it was tried in. */
bool recipe_suits(const struct recipe *recipe, const char *version);

/*
 * Rows of entry, recipe and example for all in DIR/recipes that suit the Blender the index is of;
 * `dir` is config/blender. No such folder: no recipes.
 */
bool recipes_add(struct db *db, const char *dir, struct error *err);

#endif
