#ifndef RAG_MENTIONS_H
#define RAG_MENTIONS_H

#include <stdbool.h>

/*
 * Names of Blender's API in a text: bpy.types.Mesh.polygons, bpy.ops.mesh.bevel, bmesh.ops.spin as
 * they are written, ShaderNodeTexNoise and BevelModifier as bpy.types.ShaderNodeTexNoise. Whether
 * a Blender has them is for others to say.
 */
typedef void (*mention_fn)(void *ctx, const char *ident); /* borrowed for the call */

void mentions_each(const char *text, mention_fn fn, void *ctx);

#endif
