#ifndef RAG_DOCSTRING_H
#define RAG_DOCSTRING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "base/text.h"

/*
 * What can be read out of a docstring of Blender's modules, which is reStructuredText of a kind:
 * a signature, a few sentences, :arg x: :type x: :return: :rtype: fields. All add to *out, and
 * nothing if it is not there.
 */
void docstring_summary(struct strbuf *out, const char *doc);   /* the first paragraph, plain */
void docstring_signature(struct strbuf *out, const char *doc); /* "(vec, factor=1.0)" */
void docstring_field(struct strbuf *out, const char *doc, const char *field); /* "rtype" */

/* The class that a type's description is about, "bpy.types.Object" or "BMVert"; many: none. */
void docstring_class(struct strbuf *out, const char *type);

/* BOOLEAN INT FLOAT STRING POINTER COLLECTION by the first word that says so; else "". */
const char *docstring_type(const char *type);

/* One parameter of a signature. */
struct docstring_param {
	struct text_span name; /* "*args" keeps its star */
	struct text_span dflt; /* empty: must be given */
};

/* Take the next off what is left of a signature, beginning with its '('. False: no more. */
bool docstring_next_param(struct docstring_param *out, struct text_span *rest);

#endif
