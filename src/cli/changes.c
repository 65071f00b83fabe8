#include "cli/changes.h"

#include "base/diff.h"

enum {
	CONTEXT_LINES = 3,
};

static bool get(struct strbuf *out, const struct version *version, const struct blobs *blobs,
                struct error *err)
{
	return !version->id || blob_get(out, blobs, version->blob, err);
}

static struct text_span all_of(const struct strbuf *text)
{
	return (struct text_span){ strbuf_str(text), text->len };
}

bool changes_add(struct strbuf *out, const struct state *now, const struct blobs *blobs,
                 struct error *err)
{
	struct strbuf before = { 0 }, after = { 0 };
	struct diff diff = { 0 };
	bool ok = true;

	if (now->candidate.id)
		ok = get(&before, &now->accepted, blobs, err) &&
		     get(&after, &now->candidate, blobs, err) &&
		     diff_make(&diff, all_of(&before), all_of(&after), CONTEXT_LINES, err);
	if (ok)
		diff_write(out, &diff, "accepted", "proposed");
	diff_release(&diff);
	strbuf_release(&before);
	strbuf_release(&after);
	return ok;
}
