#include "tui/unsent.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/record.h"

#define DRAFT_MOST (16u << 20)

static const struct field fields[] = {
	{ "text", FIELD_TEXT, offsetof(struct unsent, text), .optional = true },
	{ "stash", FIELD_TEXT, offsetof(struct unsent, stash), .optional = true },
	{ "about", FIELD_TEXT, offsetof(struct unsent, about), .optional = true },
	{ 0 },
};

static const struct record_type unsent_type = { "draft", sizeof(struct unsent), fields };

bool unsent_read(struct unsent *out, const char *file, struct error *err)
{
	struct strbuf text = { 0 };
	struct json *value = NULL;
	struct json_at root;
	bool ok = true;

	*out = (struct unsent){ 0 };
	if (access(file, F_OK) != 0)
		return true;
	ok = file_read(&text, file, DRAFT_MOST, err) &&
	     json_parse(&value, strbuf_str(&text), text.len, err);
	root = json_root(value, "draft");
	ok = ok && record_read(out, &unsent_type, &root, err);
	json_free(value);
	strbuf_release(&text);
	return ok || failed_in(err, "%s", file);
}

static bool is_empty(const char *text)
{
	return !text || !*text;
}

bool unsent_write(const struct unsent *unsent, const char *file, struct error *err)
{
	struct strbuf text = { 0 };
	bool ok;

	if (is_empty(unsent->text) && is_empty(unsent->stash) && is_empty(unsent->about)) {
		if (unlink(file) != 0 && errno != ENOENT)
			return failed(err, ERR_IO, "cannot remove %s: %s", file, strerror(errno));
		return true;
	}
	record_write(&text, &unsent_type, unsent);
	strbuf_addstr(&text, "\n");
	ok = file_write(file, strbuf_str(&text), text.len, err);
	strbuf_release(&text);
	return ok;
}

void unsent_release(struct unsent *unsent)
{
	record_release(&unsent_type, unsent);
}
