#include "rag/texts.h"

#include "base/file.h"
#include "base/strbuf.h"

static void find_places(struct texts *texts)
{
	const struct yaml_value *list = texts->root.items;

	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].key && list->items[i].kind == YAML_TEXT)
			lookup_add(&texts->places, list->items[i].key, (int64_t)i);
}

bool texts_read(struct texts *out, const char *file, struct error *err)
{
	struct strbuf text = { 0 };
	bool ok = file_read(&text, file, YAML_MOST_BYTES, err) &&
	          yaml_value_parse(&out->root, strbuf_str(&text), text.len, file, err);

	strbuf_release(&text);
	if (ok && out->root.count == 1)
		find_places(out);
	else if (ok)
		ok = failed(err, ERR_CONFIG, "%.200s: expected \"texts:\" and nothing else", file);
	return ok;
}

void texts_release(struct texts *texts)
{
	yaml_value_release(&texts->root);
	lookup_release(&texts->places);
}

const char *texts_find(const struct texts *texts, const char *ident)
{
	int64_t place;

	if (!lookup_find(&texts->places, ident, &place))
		return NULL;
	return texts->root.items[0].items[place].text;
}
