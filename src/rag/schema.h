#ifndef RAG_SCHEMA_H
#define RAG_SCHEMA_H

#include <stdbool.h>

#include "base/error.h"
#include "rag/db.h"

/*
 * The tables of an index. Text is never NULL unless it says so: what is not there is ''. A class is
 * named as in bpy.types, "Mesh"; a class of another module with its module, "mathutils.Vector".
 *
 * meta     key, value: "format" (SCHEMA_FORMAT), "key" (what it was made for), "version" ("4.3.2"),
 *          "entries" ... (how many rows, for `ll3m docs status`)
 *
 * entry    All that can be found, a row each.
 *   id         number; rows of what belongs together (a class, its members) are neighbours
 *   ident      unique: bpy.types.Mesh, bpy.types.Mesh.polygons, bpy.types.BlendDataMeshes.new,
 *              bpy.ops.mesh.bevel, bmesh.ops.create_cone, mathutils.Vector.normalize,
 *              bpy_extras.object_utils; note:ID, recipe:NAME. Case matters; entry_lower (index) has
 *              lower(name) of those that are not in lower case
 *   kind       class, node (a class that is one), property, function (methods too), operator,
 *              module, value (of a module: bpy.app.version); note, recipe
 *   owner      the class or module of a member: Mesh, mathutils.Vector, bmesh.ops; of an operator
 *              bpy.ops.mesh; else ''
 *   name       its last part: polygons, Mesh, bevel
 *   label      what the user interface calls it: "Polygons"
 *   summary    what it is said to be; often ''
 *   prior      how likely people look for such a thing; 1 for most
 *   type       of a property BOOLEAN INT FLOAT STRING ENUM POINTER COLLECTION; of a function what
 *              it returns, in the same words; of a value Python's type; else ''
 *   target     class of what a POINTER leads to, of a COLLECTION's items; of a function's result
 *   holder     class of a COLLECTION itself if it has one: BlendDataMeshes, ObjectModifiers
 *   length     of an array, 0 if it is none
 *   dflt       as Python writes it: 0.5, (1.0, 1.0, 1.0), 'WORLD', True; '' if not known
 *   low, high  hard limits; NULL: none
 *   readonly, flags   1 or 0; flags: an ENUM whose value is a set
 *   choices    the list of values in enumval; NULL: none
 *   sign       a function's signature if Python told it: "(vec, matrix=None)"
 *   until      why it goes away, and when: "5.0: use X instead"; else ''
 *
 * lineage  cls, ancestor, depth: every class with itself (0), its base (1), its base's base (2) ...
 *          As Blender orders them: ShaderNodeMix, ShaderNode, NodeInternal, Node, bpy_struct.
 * member   (a view) cls, name, owner, depth, entry: what a class has, inherited ones too. `owner`
 * is the class that brought it, `entry` an entry.id. Fast by cls and name, by cls, by name.
 *
 * param    Parameters of operators and functions, and the results of functions.
 *   entry, place     whose, in which order from 0
 *   name, label, descr, type, target, length, dflt, low, high, choices, flags    as in entry
 *   required   must be given
 *   output     a result, not a parameter
 *
 * enumval  choices, place, value, label, descr: the values of each list of choices, in order. Lists
 *          that are alike are kept once. Lists that Blender fills as it runs may be cut short or
 * empty. made     kind, value, label, descr, cls: which class an enum value makes, by trying:
 * modifier, BEVEL, "Bevel", "Generate sloped corners ...", BevelModifier; also constraint, light,
 *          texture. Grease pencil modifiers are kind modifier too.
 *
 * socket   What a node has when it is new, and what its settings can add.
 *   node, side, place    class; 'in' or 'out'; place counts over both lists of the node, from 0
 *   name, identifier     inputs["name"] and inputs["identifier"] both work; identifier is '' where
 *                        the dump has names alone
 *   type, cls, dflt      VALUE RGBA VECTOR SHADER ...; NodeSocketFloat; as Python writes it
 *   enabled              1: a new node shows it
 *   variant              '': a new node has it; else the setting that brought it: "mode=POINTS"
 * variant  node, choice, inputs, outputs: "data_type=RGBA" and the names it shows, each followed by
 *          a line feed. Only settings that show others than the new node does.
 *
 * context  name, target, type: members of bpy.context; target is '' where it is not known, type
 *          POINTER or COLLECTION (of target) or ''.
 *
 * hist     Names that this Blender lacks and others have (config/blender/history.*).
 *   owner, name          as in entry; a socket "Specular" has its node as owner
 *   kind                 class property function operator node socket param ...
 *   versions             those that have it: "3.4" or "3.4 4.3"
 *   label, summary       as those said
 * note     Migration facts (config/blender/notes.yaml). entry: that of note:ID.
 *   id, name, owner      what is gone or different, as in hist: name use_auto_smooth, owner Mesh
 *   since                the first version it is true of: "4.1"
 *   text                 what to do instead
 *   idents               right names, each followed by a line feed
 * recipe   name, title, code, idents (each followed by a line feed), entry: that of recipe:NAME.
 *
 * example  fts5(title, words, text, idents) over the recipes alone, where a word like "wheel" is
 *          rare; rowid is the recipe's entry.
 *
 * synonym  fts5(phrase, query): words of everyday and what to search for instead ("round edges",
 *          "bevel modifier segments"), from config/blender/words.yaml.
 *
 * f        fts5 without the texts themselves; rowid is entry.id. Weights for bm25() in this order:
 *          SCHEMA_WEIGHTS.
 *   ident, label, summary   as in entry
 *   params   names of an operator's or function's parameters, of a class's own members
 *   socks    a node's socket names and identifiers
 *   body     all else worth finding it by: labels of members, enum values with their texts
 */
#define SCHEMA_FORMAT  3
#define SCHEMA_WEIGHTS "4.0, 6.0, 4.0, 0.8, 1.5, 0.5"

bool schema_make(struct db *db, struct error *err);

/* Indexes and statistics, once all rows are in. */
bool schema_finish(struct db *db, struct error *err);

#endif
