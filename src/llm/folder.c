#include "llm/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/path.h"

#define MOST_FOLDERS 100000

int64_t folder_number(const char *name)
{
	size_t digits = strspn(name, "0123456789");

	if (digits < 4 || digits > 9 || name[digits] != '-' || !path_is_name(name))
		return -1;
	return strtoll(name, NULL, 10);
}

/* The files that end a question, the strongest first. */
static const struct {
	const char *file;
	enum folder_answer answer;
} answers[] = {
	{ "CANCEL", FOLDER_CANCELLED },
	{ "DECLINE.md", FOLDER_DECLINED },
	{ "ANSWER.json", FOLDER_ANSWERED },
	{ "ANSWER.md", FOLDER_ANSWERED },
};

enum folder_answer folder_look(const char *folder, const char **file)
{
	struct strbuf path = { 0 };
	enum folder_answer found = FOLDER_OPEN;
	struct stat st;

	*file = NULL;
	if (lstat(folder, &st) && errno == ENOENT)
		return FOLDER_GONE;
	for (size_t i = 0; !*file && i < COUNT(answers); i++) {
		strbuf_reset(&path);
		strbuf_addstr(&path, folder);
		path_add(&path, answers[i].file);
		/* Not a link: an answer is never a way to other files. */
		if (lstat(strbuf_str(&path), &st) || !S_ISREG(st.st_mode))
			continue;
		found = answers[i].answer;
		*file = answers[i].file;
	}
	strbuf_release(&path);
	return found;
}

/* What is no UTF-8 becomes U+FFFD, by way of a JSON text. */
static void mend_utf8(struct strbuf *text)
{
	struct strbuf quoted = { 0 };
	struct json *value = NULL;
	struct json_at root;
	const char *mended = NULL;
	struct error err;

	json_quote(&quoted, strbuf_str(text), text->len);
	if (json_parse(&value, quoted.buf, quoted.len, &err)) {
		root = json_root(value, "text");
		strbuf_reset(text);
		if (json_text(&mended, &root, &err))
			strbuf_addstr(text, mended);
	}
	json_free(value);
	strbuf_release(&quoted);
}

bool folder_read_text(struct strbuf *out, const char *folder, const char *file, struct error *err)
{
	struct strbuf path = { 0 };
	size_t to = 0, from;
	bool ok;

	strbuf_addstr(&path, folder);
	path_add(&path, file);
	ok = file_read(out, strbuf_str(&path), FOLDER_ANSWER_MAX, err);
	strbuf_release(&path);
	if (!ok || !out->len)
		return ok;
	from = out->len >= 3 && !memcmp(out->buf, "\xef\xbb\xbf", 3) ? 3 : 0;
	for (; from < out->len; from++)
		if (out->buf[from] != '\r' || out->buf[from + 1] != '\n')
			out->buf[to++] = out->buf[from];
	out->len = to;
	out->buf[to] = '\0';
	mend_utf8(out);
	return true;
}

bool folder_put(const char *folder, const char *file, const char *text, struct error *err)
{
	struct strbuf path = { 0 };
	bool ok;

	strbuf_addstr(&path, folder);
	path_add(&path, file);
	ok = file_write(strbuf_str(&path), text, strlen(text), err);
	strbuf_release(&path);
	return ok;
}

static int by_number(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;
	int64_t p = folder_number(*x), q = folder_number(*y);

	return p < q ? -1 : p > q ? 1 : strcmp(*x, *y);
}

bool folder_each(const char *dir, folder_fn fn, void *ctx, struct error *err)
{
	char **names = NULL;
	size_t count = 0;
	struct dirent *entry;
	bool go_on = true;
	DIR *open = opendir(dir);

	if (!open)
		return failed(err, ERR_IO, "%s: %s", dir, strerror(errno));
	while ((entry = readdir(open)) && count < MOST_FOLDERS) {
		if (folder_number(entry->d_name) < 0)
			continue;
		names = xrealloc(names, (count + 1) * sizeof(*names));
		names[count++] = xstrdup(entry->d_name);
	}
	closedir(open);
	if (count)
		qsort(names, count, sizeof(*names), by_number);
	for (size_t i = 0; i < count; i++) {
		go_on = go_on && fn(ctx, names[i], folder_number(names[i]));
		free(names[i]);
	}
	free(names);
	return true;
}

struct reading {
	struct tape *tape;
	const char *dir;
	struct error *err;
	bool ok;
};

/* "0007-coder-refine": who asked, and what for. */
static void name_record(struct tape_record *r, const char *name)
{
	const char *agent = name + strspn(name, "0123456789") + 1;
	size_t len = strcspn(agent, "-");

	if (len)
		r->agent = strndup(agent, len);
	if (agent[len] == '-' && agent[len + 1])
		r->purpose = xstrdup(agent + len + 1);
}

static bool read_answer(void *ctx, const char *name, int64_t n)
{
	struct reading *reading = ctx;
	struct strbuf folder = { 0 }, text = { 0 };
	enum folder_answer answer;
	struct tape_record *r;
	const char *file;

	strbuf_addstr(&folder, reading->dir);
	path_add(&folder, name);
	answer = folder_look(strbuf_str(&folder), &file);
	if (answer == FOLDER_ANSWERED || answer == FOLDER_DECLINED) {
		reading->ok = folder_read_text(&text, strbuf_str(&folder), file, reading->err);
		if (reading->ok) {
			r = tape_add(reading->tape, n);
			name_record(r, name);
			r->say = xstrdup(strbuf_str(&text));
			r->declined = answer == FOLDER_DECLINED;
			r->has_end = true;
		}
	}
	strbuf_release(&folder);
	strbuf_release(&text);
	return reading->ok;
}

bool folder_read_answers(struct tape *tape, const char *dir, struct error *err)
{
	struct reading reading = { tape, dir, err, true };

	return folder_each(dir, read_answer, &reading, err) && reading.ok;
}

void folder_pictures_release(struct folder_pictures *pictures)
{
	for (size_t i = 0; i < pictures->count; i++)
		free(pictures->items[i].place);
	free(pictures->items);
	*pictures = (struct folder_pictures){ 0 };
}
