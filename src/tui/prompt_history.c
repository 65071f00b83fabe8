#include "tui/prompt_history.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"

#define ITEMS_MOST 1000
#define FILE_MOST  (8u << 20)

static void keep(struct prompt_history *h, const char *text)
{
	if (h->count == ITEMS_MOST) {
		free(h->items[0]);
		memmove(h->items, h->items + 1, --h->count * sizeof(*h->items));
	}
	h->items = xrealloc(h->items, (h->count + 1) * sizeof(*h->items));
	h->items[h->count++] = xstrdup(text);
}

static void read_line(struct prompt_history *h, struct text_span line)
{
	struct json *value;
	struct json_at at;
	const char *text;
	struct error err;

	if (!json_parse(&value, line.at, line.len, &err))
		return;
	at = json_root(value, "prompt");
	if (json_text(&text, &at, &err) && *text)
		keep(h, text);
	json_free(value);
}

static void add_line(struct strbuf *out, const char *text)
{
	json_quote(out, text, strlen(text));
	strbuf_addstr(out, "\n");
}

/* What is too old to be had again need not be read again either. */
static bool shorten(const struct prompt_history *h, struct error *err)
{
	struct strbuf lines = { 0 };
	bool ok;

	for (size_t i = 0; i < h->count; i++)
		add_line(&lines, h->items[i]);
	ok = file_write(h->file, strbuf_str(&lines), lines.len, err);
	strbuf_release(&lines);
	return ok;
}

bool prompt_history_open(struct prompt_history *out, const char *file, struct error *err)
{
	struct strbuf text = { 0 };
	struct text_span rest, line;
	size_t lines = 0;
	bool ok = access(file, F_OK) != 0 || file_read(&text, file, FILE_MOST, err);

	*out = (struct prompt_history){ .file = xstrdup(file) };
	rest = (struct text_span){ strbuf_str(&text), text.len };
	for (; ok && text_next_line(&line, &rest); lines++)
		read_line(out, line);
	if (lines > 2 * ITEMS_MOST)
		ok = shorten(out, err);
	strbuf_release(&text);
	return ok;
}

void prompt_history_release(struct prompt_history *h)
{
	while (h->count)
		free(h->items[--h->count]);
	free(h->items);
	free(h->file);
	free(h->draft);
	*h = (struct prompt_history){ 0 };
}

/* In one write, so that lines of two sessions never mix. */
static bool append(const char *file, const struct strbuf *line, struct error *err)
{
	int fd = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	bool ok = fd >= 0 && write(fd, line->buf, line->len) == (ssize_t)line->len;

	if (!ok)
		failed(err, ERR_IO, "cannot keep the prompt's history in %s: %s", file,
		       strerror(errno));
	if (fd >= 0)
		close(fd);
	return ok;
}

bool prompt_history_add(struct prompt_history *h, const char *text, struct error *err)
{
	struct strbuf line = { 0 };
	bool ok = true;

	h->back = 0;
	if (!text[strspn(text, " \t\n")] || (h->count && !strcmp(h->items[h->count - 1], text)))
		return true;
	keep(h, text);
	add_line(&line, text);
	if (h->file)
		ok = append(h->file, &line, err);
	strbuf_release(&line);
	return ok;
}

const char *prompt_history_go(struct prompt_history *h, int by, const char *now)
{
	if (by > 0 ? h->back == h->count : !h->back)
		return NULL;
	if (!h->back) {
		free(h->draft);
		h->draft = xstrdup(now);
	}
	h->back = by > 0 ? h->back + 1 : h->back - 1;
	return h->back ? h->items[h->count - h->back] : h->draft;
}
