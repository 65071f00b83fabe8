#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/path.h"
#include "llm/folder.h"
#include "llm/inside.h"
#include "llm/pick.h"

#define REQUEST_MAX   ((size_t)64 << 20)
#define MOST_MESSAGES 10000

/* Answering a relay folder's open questions, one after the other. */
struct work {
	struct llm *llm;
	struct work *next;
	char *dir, *model;
	struct llm_work_listener listener;
	char **names; /* of the questions that are left */
	size_t count, at, answered;
	struct timer *timer;
	struct llm_call *call;
	struct strbuf folder; /* of the question under way */
	bool wants_json;
	struct error err; /* why the folder itself cannot be read */
};

static void work_free(struct work *w)
{
	struct work **at = &w->llm->works;

	while (*at != w)
		at = &(*at)->next;
	*at = w->next;
	for (size_t i = 0; i < w->count; i++)
		free(w->names[i]);
	free(w->names);
	timer_free(w->timer);
	strbuf_release(&w->folder);
	free(w->dir);
	free(w->model);
	free(w);
}

void works_drop(struct llm *llm)
{
	while (llm->works)
		work_free(llm->works);
}

/* A request read back from its file. All text is borrowed from the JSON but for the file names. */
struct read_back {
	struct json *value;
	struct strbuf schema;
	const char **system;
	struct llm_message *messages;
	size_t count; /* of messages, those that have parts */
	char **files;
	size_t file_count;
	struct llm_request request;
	const char *key;
};

static void read_back_release(struct read_back *r)
{
	for (size_t i = 0; i < r->count; i++)
		free((void *)(uintptr_t)r->messages[i].parts);
	for (size_t i = 0; i < r->file_count; i++)
		free(r->files[i]);
	free(r->files);
	free(r->messages);
	free(r->system);
	strbuf_release(&r->schema);
	json_free(r->value);
}

/* "front.png" here, or "../0003-critic-look/front.png": nothing else is ever opened. */
static bool is_picture_name(const char *file)
{
	char folder[80];
	size_t len;

	if (!strncmp(file, "../", 3)) {
		file += 3;
		len = strcspn(file, "/");
		if (!file[len] || len >= sizeof(folder))
			return false;
		snprintf(folder, sizeof(folder), "%.*s", (int)len, file);
		if (folder_number(folder) < 0)
			return false;
		file += len + 1;
	}
	return path_is_name(file);
}

/* Where the picture with that hash is; NULL: the request does not say, or says something odd. */
static const char *find_picture(struct read_back *r, const struct json_at *root, const char *folder,
                                const char *hash)
{
	struct json_at pictures = json_key(root, "pictures");
	struct strbuf path = { 0 };

	for (size_t i = 0; hash && i < json_count(&pictures) && i < MOST_MESSAGES; i++) {
		struct json_at picture = json_item(&pictures, i);
		const char *own = pick_text(&picture, "sha256"),
			   *file = pick_text(&picture, "file");

		if (!own || strcmp(own, hash) != 0 || !file || !is_picture_name(file))
			continue;
		strbuf_addf(&path, "%s/%s", folder, file);
		r->files = xrealloc(r->files, (r->file_count + 1) * sizeof(*r->files));
		return r->files[r->file_count++] = strbuf_detach(&path);
	}
	return NULL;
}

static bool read_part(struct llm_part *part, struct read_back *r, const struct json_at *root,
                      const char *folder, const struct json_at *at, struct error *err)
{
	struct json_at image = json_key(at, "image");
	const char *text = pick_text(at, "text");

	part->text = text ? text : "";
	if (!image.value)
		return true;
	part->type = LLM_IMAGE;
	part->file = find_picture(r, root, folder, pick_text(&image, "sha256"));
	return part->file || failed(err, ERR_PROTOCOL, "a picture of the question is missing");
}

static bool read_message(struct read_back *r, const struct json_at *root, const char *folder,
                         const struct json_at *at, struct error *err)
{
	struct json_at parts_at = json_key(at, "parts");
	size_t count = json_is_array(&parts_at) ? json_count(&parts_at) : 0;
	const char *from = pick_text(at, "from");
	struct llm_message *m = &r->messages[r->count++];
	struct llm_part *parts;

	count = count < MOST_MESSAGES ? count : MOST_MESSAGES;
	parts = xcalloc(count + 1, sizeof(*parts));
	*m = (struct llm_message){ from && !strcmp(from, "model"), parts, count };
	for (size_t i = 0; i < count; i++) {
		struct json_at part = json_item(&parts_at, i);

		if (!read_part(&parts[i], r, root, folder, &part, err))
			return false;
	}
	return true;
}

static bool read_messages(struct read_back *r, const struct json_at *root, const char *folder,
                          const struct json_at *request, struct error *err)
{
	struct json_at messages = json_key(request, "messages");
	size_t count = json_is_array(&messages) ? json_count(&messages) : 0;

	count = count < MOST_MESSAGES ? count : MOST_MESSAGES;
	r->messages = xcalloc(count + 1, sizeof(*r->messages));
	for (size_t i = 0; i < count; i++) {
		struct json_at message = json_item(&messages, i);

		if (!read_message(r, root, folder, &message, err))
			return false;
	}
	return true;
}

static void read_system(struct read_back *r, const struct json_at *request)
{
	struct json_at system = json_key(request, "system");
	size_t count = json_is_array(&system) ? json_count(&system) : 0;
	struct error err;

	count = count < MOST_MESSAGES ? count : MOST_MESSAGES;
	r->system = xcalloc(count + 1, sizeof(*r->system));
	for (size_t i = 0; i < count; i++) {
		struct json_at block = json_item(&system, i);

		if (!json_text(&r->system[i], &block, &err))
			r->system[i] = "";
	}
	r->request.system_count = count;
}

static bool read_request(struct read_back *r, const char *folder, const char *model,
                         struct error *err)
{
	struct strbuf path = { 0 }, text = { 0 };
	struct json_at root, request, schema;
	int64_t most;
	bool ok;

	strbuf_addf(&path, "%s/request.json", folder);
	ok = file_read(&text, strbuf_str(&path), REQUEST_MAX, err) &&
	     json_parse(&r->value, strbuf_str(&text), text.len, err);
	strbuf_release(&path);
	strbuf_release(&text);
	if (!ok)
		return false;
	root = json_root(r->value, "request.json");
	request = json_key(&root, "request");
	schema = json_key(&request, "schema");
	most = pick_count(&request, "max_tokens");
	if (json_is_given(&schema))
		json_write(&r->schema, schema.value);
	read_system(r, &request);
	if (!read_messages(r, &root, folder, &request, err))
		return false;
	r->key = pick_text(&root, "key");
	r->request.agent = pick_text(&root, "agent");
	r->request.purpose = pick_text(&root, "purpose");
	r->request.model = model;
	r->request.system = r->system;
	r->request.messages = r->messages;
	r->request.count = r->count;
	r->request.schema = r->schema.len ? strbuf_str(&r->schema) : NULL;
	r->request.max_tokens = most > 0 && most < 100000000 ? (int)most : 0;
	return true;
}

/* It has to be the very question that was asked, pictures included. */
static bool is_genuine(const struct read_back *r, struct error *err)
{
	struct question *q = NULL;
	bool same;

	if (!question_new(&q, &r->request, err))
		return false;
	same = r->key && !strcmp(r->key, q->key);
	question_free(q);
	return same || failed(err, ERR_PROTOCOL,
	                      "request.json is not what was asked: its key or "
	                      "its pictures have changed");
}

static void go_on(void *ctx);

static void next(struct work *w, const struct error *err)
{
	w->call = NULL;
	w->answered += !err;
	w->timer = loop_after(w->llm->loop, 0, go_on, w);
	if (w->listener.said)
		w->listener.said(w->listener.ctx, w->names[w->at++], err);
}

static void on_done(void *ctx, const struct llm_reply *reply, const struct error *err)
{
	struct work *w = ctx;
	struct error own;
	const char *file;

	if (!err) {
		file = reply->stop == LLM_STOP_REFUSAL ? "DECLINE.md"
		       : w->wants_json                 ? "ANSWER.json"
		                                       : "ANSWER.md";
		if (!folder_put(strbuf_str(&w->folder), file, reply->text, &own))
			err = &own;
	}
	next(w, err);
}

static void ask(struct work *w)
{
	struct llm_listener listener = { .done = on_done, .ctx = w };
	struct read_back r = { 0 };
	struct error err;

	strbuf_reset(&w->folder);
	strbuf_addf(&w->folder, "%s/%s", w->dir, w->names[w->at]);
	if (read_request(&r, strbuf_str(&w->folder), w->model, &err) && is_genuine(&r, &err)) {
		w->wants_json = r.request.schema != NULL;
		w->call = llm_ask(w->llm, &r.request, &listener);
	} else {
		next(w, &err);
	}
	read_back_release(&r);
}

static void go_on(void *ctx)
{
	struct work *w = ctx;
	struct llm_work_listener listener = w->listener;
	struct error err = w->err;
	size_t answered = w->answered;

	w->timer = NULL;
	if (w->at < w->count) {
		ask(w);
		return;
	}
	work_free(w);
	listener.done(listener.ctx, answered, err.code ? &err : NULL);
}

static bool take_open(void *ctx, const char *name, int64_t n)
{
	struct work *w = ctx;
	struct strbuf folder = { 0 };
	const char *file;

	(void)n;
	strbuf_addf(&folder, "%s/%s", w->dir, name);
	if (folder_look(strbuf_str(&folder), &file) == FOLDER_OPEN) {
		w->names = xrealloc(w->names, (w->count + 1) * sizeof(*w->names));
		w->names[w->count++] = xstrdup(name);
	}
	strbuf_release(&folder);
	return true;
}

void llm_relay_work(struct llm *llm, const char *dir, const char *model,
                    const struct llm_work_listener *listener)
{
	struct work *w = NEW(struct work);

	w->llm = llm;
	w->dir = xstrdup(dir);
	w->model = xstrdup(model);
	w->listener = *listener;
	w->next = llm->works;
	llm->works = w;
	if (!folder_each(dir, take_open, w, &w->err))
		w->count = 0;
	w->timer = loop_after(llm->loop, 0, go_on, w);
}
