#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "llm/folder.h"

#define MOST_TRIES 1000

/* One folder being written. */
struct writing {
	const struct question *q;
	const char *model;
	const char *name; /* of the folder, once visible */
	const char *dir;  /* where it is until then */
	int64_t n;
	struct folder_pictures *pictures;
	size_t first_new; /* the pictures from here on are this folder's own */
	const struct keyring *ring;
};

/* Lower-case letters, digits and `gap` for all else: safe in a file name. */
static void add_slug(struct strbuf *out, const char *text, char gap, size_t most)
{
	size_t from = out->len;

	for (; *text && out->len - from < most; text++) {
		char c = (char)tolower((unsigned char)*text);

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
			c = gap;
		if (c != gap || (out->len > from && out->buf[out->len - 1] != gap))
			strbuf_add(out, &c, 1);
	}
	while (out->len > from && out->buf[out->len - 1] == gap)
		out->buf[--out->len] = '\0';
}

static bool put(const struct writing *w, const char *file, struct strbuf *text, struct error *err)
{
	keyring_redact(w->ring, text);
	return folder_put(w->dir, file, strbuf_str(text), err);
}

/* NULL: it has not been written yet. */
static const struct folder_picture *find_picture(const struct writing *w, const char *hash)
{
	for (size_t i = 0; i < w->pictures->count; i++)
		if (!strcmp(w->pictures->items[i].hash, hash))
			return &w->pictures->items[i];
	return NULL;
}

/* Where a picture of this question is; all of them are written before the question is. */
static const char *place_of(const struct writing *w, const char *hash)
{
	const struct folder_picture *picture = find_picture(w, hash);

	if (!picture)
		BUG("no picture of hash %s", hash);
	return picture->place;
}

/* Its own name if this folder holds it, else the way to the one that does. */
static void add_place(struct strbuf *out, const struct writing *w, const char *place)
{
	size_t len = strlen(w->name);

	if (!strncmp(place, w->name, len) && place[len] == '/')
		strbuf_addstr(out, place + len + 1);
	else
		strbuf_addf(out, "../%s", place);
}

/* "front view" is front-view.png, or front-view-2.png if that is another's. */
static void name_picture(struct strbuf *place, const struct writing *w, const char *caption,
                         const struct image *image)
{
	struct strbuf slug = { 0 };
	bool taken = true;

	add_slug(&slug, caption && *caption ? caption : "picture", '-', 40);
	if (!slug.len)
		strbuf_addstr(&slug, "picture");
	for (int i = 1; taken; i++) {
		strbuf_reset(place);
		strbuf_addf(place, "%s/%s", w->name, strbuf_str(&slug));
		if (i > 1)
			strbuf_addf(place, "-%d", i);
		strbuf_addf(place, ".%s", image_suffix(image));
		taken = false;
		for (size_t k = w->first_new; k < w->pictures->count; k++)
			taken = taken || !strcmp(w->pictures->items[k].place, place->buf);
	}
	strbuf_release(&slug);
}

static bool put_picture(struct writing *w, const char *caption, const struct image *image,
                        struct error *err)
{
	struct folder_pictures *all = w->pictures;
	struct strbuf place = { 0 }, path = { 0 };
	struct folder_picture *picture;
	bool ok;

	if (find_picture(w, image->hash))
		return true;
	name_picture(&place, w, caption, image);
	strbuf_addstr(&path, w->dir);
	path_add(&path, path_base(strbuf_str(&place)));
	ok = file_write(strbuf_str(&path), image->bytes.buf, image->bytes.len, err);
	if (ok) {
		all->items = xrealloc(all->items, (all->count + 1) * sizeof(*all->items));
		picture = &all->items[all->count++];
		memcpy(picture->hash, image->hash, sizeof(picture->hash));
		picture->place = strbuf_detach(&place);
	}
	strbuf_release(&place);
	strbuf_release(&path);
	return ok;
}

static bool put_pictures(struct writing *w, struct error *err)
{
	const struct llm_request *ask = &w->q->ask;
	const struct image *image = w->q->images;

	for (size_t i = 0; i < ask->count; i++)
		for (size_t k = 0; k < ask->messages[i].count; k++)
			if (ask->messages[i].parts[k].type == LLM_IMAGE &&
			    !put_picture(w, ask->messages[i].parts[k].text, image++, err))
				return false;
	return true;
}

static void add_message(struct strbuf *out, const struct writing *w, const struct llm_message *m,
                        const struct image **image)
{
	for (size_t i = 0; i < m->count; i++) {
		const struct llm_part *part = &m->parts[i];
		const char *text = part->text ? part->text : "";

		if (part->type == LLM_IMAGE) {
			strbuf_addf(out, "![%s](", text);
			add_place(out, w, place_of(w, (*image)++->hash));
			strbuf_addstr(out, ")\n\n");
		} else {
			strbuf_addf(out, "%s\n\n", text);
		}
	}
}

static void add_advice(struct strbuf *out, bool json)
{
	strbuf_addstr(out, "## How to answer\n\n");
	if (json)
		strbuf_addstr(out, "Write one JSON object that obeys `schema.json` into a file "
		                   "`ANSWER.json` in this folder.");
	else
		strbuf_addstr(out, "Write the answer into a file `ANSWER.md` in this folder. Code "
		                   "belongs in fences; words around it do no harm.");
	strbuf_addstr(out, " It is taken when it has been renamed to that name, or has not changed "
	                   "for two seconds.\n\nIf there will be no answer, write the reason into "
	                   "`DECLINE.md`. A file `CANCEL` ends the question.\n");
}

static bool put_request_md(const struct writing *w, struct error *err)
{
	const struct llm_request *ask = &w->q->ask;
	const struct image *image = w->q->images;
	struct strbuf out = { 0 };
	bool ok;

	strbuf_addf(&out, "---\nid: %04lld\nagent: ", (long long)w->n);
	add_slug(&out, ask->agent, '_', 40);
	strbuf_addstr(&out, "\npurpose: ");
	add_slug(&out, ask->purpose, '_', 40);
	strbuf_addf(&out, "\nwants: %s\nmax_tokens: %d\n---\n\n## System\n\n",
	            ask->schema ? "json" : "text", ask->max_tokens);
	for (size_t i = 0; i < ask->system_count; i++)
		strbuf_addf(&out, "%s\n\n", ask->system[i]);
	strbuf_addstr(&out, "## So far\n\n");
	for (size_t i = 0; i < ask->count; i++) {
		if (i + 1 == ask->count)
			strbuf_addstr(&out, "## Now\n\n");
		else
			strbuf_addf(&out, "### %s\n\n",
			            ask->messages[i].from_model ? "model" : "user");
		add_message(&out, w, &ask->messages[i], &image);
	}
	add_advice(&out, ask->schema != NULL);
	ok = put(w, "REQUEST.md", &out, err);
	strbuf_release(&out);
	return ok;
}

static void add_text(struct strbuf *out, const char *key, const char *text)
{
	strbuf_addf(out, ",\"%s\":", key);
	json_quote(out, text, strlen(text));
}

static bool put_request_json(const struct writing *w, struct error *err)
{
	const struct question *q = w->q;
	struct strbuf out = { 0 }, place = { 0 };
	bool ok;

	strbuf_addf(&out, "{\"id\":%lld", (long long)w->n);
	add_text(&out, "agent", q->ask.agent);
	add_text(&out, "purpose", q->ask.purpose);
	add_text(&out, "model", w->model);
	add_text(&out, "key", q->key);
	strbuf_addstr(&out, ",\"pictures\":[");
	for (size_t i = 0; i < q->image_count; i++) {
		strbuf_reset(&place);
		add_place(&place, w, place_of(w, q->images[i].hash));
		strbuf_addf(&out, "%s{\"sha256\":\"%s\",\"file\":\"%s\"}", i ? "," : "",
		            q->images[i].hash, strbuf_str(&place));
	}
	strbuf_addf(&out, "],\"request\":%s}\n", strbuf_str(&q->canonical));
	ok = put(w, "request.json", &out, err);
	strbuf_release(&out);
	strbuf_release(&place);
	return ok;
}

static bool fill(struct writing *w, struct error *err)
{
	return put_pictures(w, err) && put_request_md(w, err) && put_request_json(w, err) &&
	       (!w->q->ask.schema || folder_put(w->dir, "schema.json", w->q->ask.schema, err));
}

static void forget_new(struct writing *w)
{
	while (w->pictures->count > w->first_new)
		free(w->pictures->items[--w->pictures->count].place);
}

static void remove_dir(const char *dir)
{
	struct strbuf path = { 0 };
	struct dirent *entry;
	DIR *open = opendir(dir);

	while (open && (entry = readdir(open))) {
		strbuf_reset(&path);
		strbuf_addstr(&path, dir);
		path_add(&path, entry->d_name);
		unlink(strbuf_str(&path));
	}
	if (open)
		closedir(open);
	rmdir(dir);
	strbuf_release(&path);
}

/* With the number it has, or not at all: then *taken says whether the number is the reason. */
static bool try_number(struct writing *w, const char *final, bool *taken, struct error *err)
{
	struct stat st;

	*taken = !lstat(final, &st);
	if (*taken)
		return false;
	if (mkdir(w->dir, 0777) && errno != EEXIST)
		return failed(err, ERR_IO, "%s: %s", w->dir, strerror(errno));
	if (fill(w, err)) {
		if (!rename(w->dir, final))
			return true;
		*taken = errno == EEXIST || errno == ENOTEMPTY;
		failed(err, ERR_IO, "%s: %s", final, strerror(errno));
	}
	forget_new(w);
	remove_dir(w->dir);
	return false;
}

bool folder_write(struct strbuf *name, int64_t *n, const char *dir, const struct question *q,
                  const char *model, struct folder_pictures *pictures, const struct keyring *ring,
                  struct error *err)
{
	struct strbuf draft = { 0 }, final = { 0 };
	bool done = false, taken = true;

	for (int i = 0; !done && taken && i < MOST_TRIES; i++, *n += !done) {
		struct writing w = { q, model, NULL, NULL, *n, pictures, pictures->count, ring };

		strbuf_reset(name);
		strbuf_addf(name, "%04lld-", (long long)*n);
		add_slug(name, q->ask.agent, '_', 24);
		strbuf_addstr(name, "-");
		add_slug(name, q->ask.purpose, '_', 24);
		strbuf_reset(&draft);
		strbuf_addf(&draft, "%s/.tmp-%s", dir, strbuf_str(name));
		strbuf_reset(&final);
		strbuf_addf(&final, "%s/%s", dir, strbuf_str(name));
		w.name = strbuf_str(name);
		w.dir = strbuf_str(&draft);
		done = try_number(&w, strbuf_str(&final), &taken, err);
	}
	if (!done && taken)
		failed(err, ERR_IO, "%s: no number is free for a question", dir);
	strbuf_release(&draft);
	strbuf_release(&final);
	return done;
}
