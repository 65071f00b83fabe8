#include "rag/mentions.h"

#include <ctype.h>
#include <string.h>

#include "base/compiler.h"
#include "base/strbuf.h"

#define MOST_NAME_BYTES 120

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* What full names begin with. */
static bool is_full(const char *name)
{
	static const char *const roots[] = {
		"bpy.types.",   "bpy.ops.", "bpy.props.", "bpy.utils.",  "bpy.path.", "bpy.app.",
		"bpy.context.", "bmesh.",   "mathutils.", "bpy_extras.", "gpu.",
	};

	for (size_t i = 0; i < COUNT(roots); i++)
		if (begins(name, roots[i]))
			return true;
	return false;
}

/* Classes whose names are like no other word. */
static bool is_class(const char *name, size_t len)
{
	static const char *const starts[] = {
		"ShaderNode", "GeometryNode", "CompositorNode", "FunctionNode", "TextureNode",
	};
	static const char *const ends[] = { "Modifier", "Constraint" };

	if (!isupper((unsigned char)name[0]) || memchr(name, '.', len))
		return false;
	for (size_t i = 0; i < COUNT(starts); i++)
		if (len > strlen(starts[i]) && begins(name, starts[i]))
			return true;
	for (size_t i = 0; i < COUNT(ends); i++)
		if (len > strlen(ends[i]) &&
		    !strncmp(name + len - strlen(ends[i]), ends[i], strlen(ends[i])))
			return true;
	return false;
}

static bool is_name_character(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.';
}

void mentions_each(const char *text, mention_fn fn, void *ctx)
{
	struct strbuf ident = { 0 };
	size_t len;

	for (const char *at = text; *at; at += len ? len : 1) {
		size_t end;

		for (len = 0; is_name_character(at[len]);)
			len++;
		for (end = len; end && at[end - 1] == '.';)
			end--; /* of the sentence */
		if (!end || end > MOST_NAME_BYTES || (!is_full(at) && !is_class(at, end)))
			continue;
		strbuf_reset(&ident);
		strbuf_addstr(&ident, is_full(at) ? "" : "bpy.types.");
		strbuf_add(&ident, at, end);
		fn(ctx, strbuf_str(&ident));
	}
	strbuf_release(&ident);
}
