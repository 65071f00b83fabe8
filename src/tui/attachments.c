#include "tui/attachments.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"

#define NAMES_MOST 200

static bool is_picture(const char *name)
{
	static const char *const endings[] = { ".png", ".jpg", ".jpeg" };
	size_t len = strlen(name);

	for (size_t i = 0; i < COUNT(endings); i++) {
		size_t end = strlen(endings[i]);

		if (len > end && !strcasecmp(name + len - end, endings[i]))
			return true;
	}
	return false;
}

static char *home_path(const char *name)
{
	const char *home = getenv("HOME");
	struct strbuf path = { 0 };

	if (name[0] == '~' && (name[1] == '/' || !name[1]) && home) {
		strbuf_addstr(&path, home);
		name++;
	}
	strbuf_addstr(&path, name);
	return strbuf_detach(&path);
}

/* The name behind an @, without its quotes; *end is what follows it. */
static struct text_span name_at(const char *at, const char **end)
{
	bool is_quoted = *at == '"';
	struct text_span name = { at + is_quoted, 0 };

	name.len = strcspn(name.at, is_quoted ? "\"\n" : " \t\n");
	*end = name.at + name.len + (is_quoted && name.at[name.len] == '"');
	/* What ends a sentence ends no file's name. */
	while (!is_quoted && name.len && strchr(",.;:!?)", name.at[name.len - 1]))
		name.len--;
	return name;
}

static bool begins_word(const char *text, const char *at)
{
	return at == text || strchr(" \t\n(\"", at[-1]);
}

static bool add_file(text_list *out, struct text_span span, struct error *err)
{
	char *name = xstrndup(span.at, span.len), *path = home_path(name);
	struct stat st;
	bool ok = true;

	if (!is_picture(name))
		ok = true;
	else if (stat(path, &st) != 0)
		ok = failed(err, ERR_USAGE,
		            "there is no file %.200s here; @ before a name attaches that picture",
		            name);
	else if (!S_ISREG(st.st_mode))
		ok = failed(err, ERR_USAGE, "%.200s is no file, so it cannot be attached", name);
	else
		texts_add(out, path);
	free(path);
	free(name);
	return ok;
}

bool attachments_find(text_list *out, const char *text, struct error *err)
{
	const char *at = text;

	*out = (text_list){ 0 };
	while ((at = strchr(at, '@'))) {
		const char *end = at + 1;
		struct text_span name = { 0 };

		if (begins_word(text, at))
			name = name_at(at + 1, &end);
		if (name.len && !add_file(out, name, err)) {
			texts_release(out);
			return false;
		}
		at = end;
	}
	return true;
}

long attachments_begun(const char *text, size_t len)
{
	for (size_t i = len; i-- > 0;) {
		if (text[i] == '@' && begins_word(text, text + i))
			return (long)i + 1;
		if (strchr(" \t\n", text[i]) && !memchr(text, '"', len))
			return -1;
	}
	return -1;
}

struct offers {
	char *items[NAMES_MOST];
	size_t count;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void offer(struct offers *o, const char *dir, const char *name)
{
	struct strbuf path = { 0 };
	struct stat st;
	bool is_dir;

	strbuf_addf(&path, "%s/%s", dir, name);
	is_dir = !stat(strbuf_str(&path), &st) && S_ISDIR(st.st_mode);
	if ((is_dir || is_picture(name)) && o->count < NAMES_MOST) {
		strbuf_reset(&path);
		strbuf_addf(&path, "%s%s", name, is_dir ? "/" : "");
		o->items[o->count++] = strbuf_detach(&path);
	}
	strbuf_release(&path);
}

/* Hidden ones only if they are asked for by their dot. */
static void look_in(struct offers *o, const char *dir, const char *begun)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	size_t len = strlen(begun);

	while (d && (entry = readdir(d)))
		if (!strncmp(entry->d_name, begun, len) && (len || entry->d_name[0] != '.'))
			offer(o, dir, entry->d_name);
	if (d)
		closedir(d);
	qsort(o->items, o->count, sizeof(*o->items), by_name);
}

/* How many bytes all of them have in common; never a part of a character. */
static size_t common(const struct offers *o)
{
	const char *first = o->items[0], *last = o->items[o->count - 1];
	size_t len = 0;

	while (first[len] && first[len] == last[len])
		len++;
	while (len && (first[len] & 0xc0) == 0x80)
		len--;
	return len;
}

size_t attachments_complete(struct strbuf *more, struct strbuf *names, const char *begun)
{
	char *path = home_path(begun + (*begun == '"'));
	const char *base = path_base(path);
	char *dir = base == path ? xstrdup(".") : xstrndup(path, (size_t)(base - path));
	struct offers offers = { 0 };
	size_t count, len = strlen(base);

	look_in(&offers, dir, base);
	count = offers.count;
	if (count && common(&offers) > len)
		strbuf_add(more, offers.items[0] + len, common(&offers) - len);
	for (size_t i = 0; i < count; i++) {
		strbuf_addf(names, "%s%s", i ? "  " : "", offers.items[i]);
		free(offers.items[i]);
	}
	free(dir);
	free(path);
	return count;
}
