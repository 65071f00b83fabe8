/*
 * Trees of scripts that no Python made: whatever they are, they are refused or gone through, in
 * bounded time, and what is said of them can be read. The index is small and always the same; the
 * words of the trees are mostly its own, so that types are followed far.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/strbuf.h"
#include "rag/rag.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static struct rag *open_index(void)
{
	static struct rag *rag;
	const char *srcdir = getenv("srcdir");
	struct strbuf dump = { 0 }, file = { 0 };
	struct rag_source source = { .key = "fuzz" };
	struct error err;

	if (rag)
		return rag;
	strbuf_addf(&dump, "%s/tests/data/api/small-4.3.json", srcdir ? srcdir : ".");
	strbuf_addf(&file, "%s/ll3m-names-fuzz-%ld.db",
	            access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm", (long)getpid());
	source.dump = strbuf_str(&dump);
	assert(rag_build(strbuf_str(&file), &source, &err));
	assert(rag_open(&rag, strbuf_str(&file), &err));
	unlink(strbuf_str(&file));
	strbuf_release(&dump);
	strbuf_release(&file);
	return rag;
}

static const char *const kinds[] = {
	"name",          "attribute", "item",   "call",   "keyword", "text",      "number",
	"constant",      "tuple",     "list",   "assign", "block",   "if",        "for",
	"while",         "try",       "except", "def",    "param",   "class",     "return",
	"leave",         "do",        "each",   "with",   "as",      "compare",   "either",
	"comprehension", "alias",     "import", "from",   "match",   "operation", "global",
	"slice",         "other",
};

static const char *const words[] = {
	"bpy",      "data",      "meshes", "new",
	"objects",  "context",   "object", "active",
	"mesh",     "polygons",  "x",      "f",
	"inputs",   "Specular",  "nodes",  "Principled BSDF",
	"ops",      "modifiers", "type",   "BEVEL",
	"app",      "version",   "Eq",     "GtE",
	"And",      "self",      "get",    "hasattr",
	"break",    "Mesh",      "types",  "4",
	"bmesh",    "None",      "True",   "*",
	"vertices",
};

/* Three bytes a node: kind, word, and how many of the nodes that are still free are its parts. */
static void make_tree(struct strbuf *out, const uint8_t *bytes, size_t len)
{
	size_t free_nodes[256], count = 0, number = 0;

	strbuf_addstr(out, "{\"nodes\":[");
	for (size_t i = 0; i + 2 < len && number < 2000; i += 3) {
		size_t parts = bytes[i + 2] % 6;

		strbuf_addf(out, "%s[\"%s\",%zu,%d,\"%s\"", number ? "," : "",
		            kinds[bytes[i] % COUNT(kinds)], number / 4, bytes[i + 2],
		            words[bytes[i + 1] % COUNT(words)]);
		if (parts > count)
			parts = count;
		for (size_t j = count - parts; j < count; j++)
			strbuf_addf(out, ",%zu", free_nodes[j]);
		strbuf_addstr(out, "]");
		count -= parts;
		if (count == COUNT(free_nodes))
			count = 0;
		free_nodes[count++] = number++;
	}
	strbuf_addstr(out, number ? ",[\"block\",1,0,null" : "[\"block\",1,0,null");
	for (size_t j = 0; j < count; j++)
		strbuf_addf(out, ",%zu", free_nodes[j]);
	strbuf_addstr(out, "]]}");
}

static void look(const char *tree)
{
	struct rag_misnomers found = { 0 };
	struct strbuf json = { 0 };
	struct error err;

	if (rag_check(open_index(), tree, &found, &err)) {
		for (size_t i = 0; i < found.list.count; i++)
			assert(found.list.items[i].name && found.list.items[i].message);
		record_write(&json, &rag_misnomers_type, &found);
	} else {
		assert(!found.list.count);
	}
	strbuf_release(&json);
	record_release(&rag_misnomers_type, &found);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct strbuf tree = { 0 };

	strbuf_add(&tree, bytes, len);
	look(strbuf_str(&tree));
	strbuf_reset(&tree);
	make_tree(&tree, bytes, len);
	look(strbuf_str(&tree));
	strbuf_release(&tree);
	return 0;
}
