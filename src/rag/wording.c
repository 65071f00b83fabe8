#include "rag/wording.h"

#include "base/file.h"
#include "base/strbuf.h"

static void find_places(struct wording *wording)
{
	const struct yaml_value *list = wording->root.items;

	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].key && list->items[i].kind == YAML_TEXT)
			lookup_add(&wording->places, list->items[i].key, (int64_t)i);
}

bool wording_read(struct wording *out, const char *file, struct error *err)
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

void wording_release(struct wording *wording)
{
	yaml_value_release(&wording->root);
	lookup_release(&wording->places);
}

const char *wording_find(const struct wording *wording, const char *ident)
{
	int64_t place;

	if (!lookup_find(&wording->places, ident, &place))
		return NULL;
	return wording->root.items[0].items[place].text;
}
