#include "session/publish.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "session/inside.h"

#define FILE_MAX (1u << 30)

/* One file that Blender writes for us. */
struct order {
	struct session *session;
	char *format; /* NULL: asset.blend of the head */
	char *file;   /* where it goes */
};

static void report(struct session *s, const struct error *err)
{
	session_send(s, EV_TROUBLE, ROLE_BLENDER,
	             &(union event_body){ .trouble = { err->code, false, err->text } });
}

static void report_fault(struct session *s, const struct order *o, const char *why)
{
	struct error err;

	failed(&err, ERR_WORKER, "%s was not written: %s", o->file, why);
	report(s, &err);
}

static bool copy_file(const char *from, const char *to, int64_t *bytes, struct error *err)
{
	struct strbuf content = { 0 };
	bool ok = file_read(&content, from, FILE_MAX, err) &&
	          file_write(to, content.buf, content.len, err);

	*bytes = (int64_t)content.len;
	strbuf_release(&content);
	return ok;
}

static void order_free(struct order *o)
{
	free(o->format);
	free(o->file);
	free(o);
}

static void on_file(void *ctx, const struct blender_result *result, const struct error *failure)
{
	struct order *o = ctx;
	struct session *s = o->session;
	struct error err;
	int64_t bytes = 0;

	s->publish.jobs--;
	if (failure)
		report(s, failure);
	else if (result->fault.kind != BLENDER_FINE)
		report_fault(s, o, result->fault.message);
	else if (!copy_file(result->file.path, o->file, &bytes, &err))
		report(s, &err);
	else if (o->format)
		session_send(s, EV_FILE_WRITTEN, ROLE_BLENDER,
		             &(union event_body){ .file = { o->format, o->file, bytes } });
	order_free(o);
}

static bool order_file(struct session *s, const char *format, const char *file, struct error *err)
{
	struct strbuf script = { 0 };
	struct order *o;
	bool ok = blob_get(&script, s->blobs, s->state.accepted.blob, err);

	if (ok) {
		o = NEW(struct order);
		o->session = s;
		o->format = format ? xstrdup(format) : NULL;
		o->file = xstrdup(file);
		s->publish.jobs++;
		blender_do(s->blender,
		           &(struct blender_job){ .type = format ? BLENDER_EXPORT : BLENDER_SAVE,
		                                  .script = strbuf_str(&script),
		                                  .format = format },
		           NULL, on_file, o);
	}
	strbuf_release(&script);
	return ok;
}

static void path_in(struct strbuf *out, const struct session *s, const char *folder,
                    const char *name)
{
	strbuf_reset(out);
	strbuf_addstr(out, s->dir);
	if (folder)
		path_add(out, folder);
	path_add(out, name);
}

static bool write_script(struct session *s, struct error *err)
{
	struct strbuf text = { 0 }, file = { 0 };
	bool ok = blob_get(&text, s->blobs, s->state.accepted.blob, err);

	path_in(&file, s, NULL, "script.py");
	ok = ok && file_write(strbuf_str(&file), strbuf_str(&text), text.len, err);
	strbuf_release(&text);
	strbuf_release(&file);
	return ok;
}

static bool write_view(struct session *s, const struct view *view, struct error *err)
{
	struct strbuf from = { 0 }, name = { 0 }, to = { 0 };
	int64_t bytes;
	bool ok;

	if (!path_is_name(view->name))
		return failed(err, ERR_PROTOCOL, "\"%.40s\" is no name for a view", view->name);
	strbuf_addf(&name, "%s.png", view->name);
	path_in(&to, s, "views", strbuf_str(&name));
	blob_path(s->blobs, view->blob, &from);
	ok = copy_file(strbuf_str(&from), strbuf_str(&to), &bytes, err);
	strbuf_release(&from);
	strbuf_release(&name);
	strbuf_release(&to);
	return ok;
}

static bool write_views(struct session *s, struct error *err)
{
	const struct views *views = &s->state.accepted.views;
	struct strbuf folder = { 0 };
	bool ok;

	path_in(&folder, s, NULL, "views");
	ok = file_make_dir(strbuf_str(&folder), 0700, err);
	for (size_t i = 0; ok && i < views->list.count; i++)
		ok = write_view(s, &views->list.items[i], err);
	strbuf_release(&folder);
	return ok;
}

static bool write_blend(struct session *s, struct error *err)
{
	struct strbuf file = { 0 };
	bool ok;

	path_in(&file, s, NULL, "asset.blend");
	ok = order_file(s, NULL, strbuf_str(&file), err);
	strbuf_release(&file);
	return ok;
}

void publish_head(struct session *s)
{
	const char *blob = s->state.accepted.blob;
	struct error err;

	if (!blob || (s->publish.written && !strcmp(s->publish.written, blob)))
		return;
	if (!write_script(s, &err) || !write_views(s, &err) || !write_blend(s, &err)) {
		report(s, &err);
		return;
	}
	free(s->publish.written);
	s->publish.written = xstrdup(blob);
}

static bool full_path(struct strbuf *out, const char *file, struct error *err)
{
	char here[PATH_MAX];

	if (*file != '/' && !getcwd(here, sizeof(here)))
		return failed(err, ERR_IO, "the current folder is gone");
	if (*file != '/')
		strbuf_addf(out, "%s/", here);
	strbuf_addstr(out, file);
	return true;
}

bool publish_export(struct session *s, const char *format, const char *file, struct error *err)
{
	const struct blender_info *info = blender_info(s->blender);
	struct strbuf path = { 0 };
	bool ok;

	if (!s->state.accepted.id)
		return failed(err, ERR_USAGE, "export: there is no asset yet");
	for (size_t i = 0; info && i < info->missing.count; i++)
		if (!strcmp(info->missing.items[i].format, format))
			return failed(err, ERR_USAGE, "export: this Blender writes %s only with %s",
			              format, info->missing.items[i].needs);
	ok = full_path(&path, file, err) && order_file(s, format, strbuf_str(&path), err);
	strbuf_release(&path);
	return ok;
}

bool publish_is_busy(const struct session *s)
{
	return s->publish.jobs > 0;
}

void publish_finish(struct session *s)
{
	while (s->publish.jobs && loop_turn(s->loop, -1))
		;
	free(s->publish.written);
	s->publish.written = NULL;
}
