#include "event/documents.h"

const char search_help[] = "3 to 6 short queries for Blender's Python documentation, in Blender's "
			   "terms, such as \"solidify modifier thickness\" or \"principled bsdf "
			   "transmission\"";

static const struct field document_fields[] = {
	{ "ident", FIELD_TEXT, offsetof(struct document, ident) },
	{ "kind", FIELD_TEXT, offsetof(struct document, kind) },
	{ "summary", FIELD_TEXT, offsetof(struct document, summary), .optional = true },
	{ "why", FIELD_TEXT, offsetof(struct document, why), .optional = true },
	{ "terms", FIELD_TEXTS, offsetof(struct document, terms), .optional = true },
	{ "score", FIELD_REAL, offsetof(struct document, score) },
	{ "packed", FIELD_BOOL, offsetof(struct document, is_packed), .optional = true },
	{ 0 },
};
static const struct record_type document_type = { "document", sizeof(struct document),
	                                          document_fields };

static const struct field documents_fields[] = {
	{ "purpose", FIELD_CHOICE, offsetof(struct documents, purpose), .choices = purpose_names },
	{ "wanted", FIELD_BOOL, offsetof(struct documents, was_wanted), .optional = true },
	{ "asked", FIELD_TEXTS, offsetof(struct documents, asked), .optional = true },
	{ "version", FIELD_TEXT, offsetof(struct documents, version), .optional = true },
	{ "blob", FIELD_TEXT, offsetof(struct documents, blob), .optional = true },
	{ "tokens", FIELD_INT, offsetof(struct documents, tokens), .optional = true },
	{ "took_ms", FIELD_INT, offsetof(struct documents, took_ms), .optional = true },
	{ "why", FIELD_TEXT, offsetof(struct documents, why), .optional = true },
	{ "list", FIELD_LIST, offsetof(struct documents, list), .of = &document_type,
	  .optional = true },
	{ 0 },
};
const struct record_type documents_type = { "documents", sizeof(struct documents),
	                                    documents_fields };

static const struct field wanted_fields[] = {
	{ "queries", FIELD_TEXTS, offsetof(struct documents_wanted, queries) },
	{ 0 },
};
const struct record_type documents_wanted_type = { "queries", sizeof(struct documents_wanted),
	                                           wanted_fields };

static const struct field read_fields[] = {
	{ "text", FIELD_TEXT, offsetof(struct documents_read, text),
	  .help = "what the coder needs of the documents, with every name as it stands there" },
	{ 0 },
};
const struct record_type documents_read_type = { "digest", sizeof(struct documents_read),
	                                         read_fields };
