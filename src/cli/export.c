#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/place.h"
#include "cli/workshop.h"

#define FILE_MAX ((size_t)1 << 30)

struct export
{
	const struct args *args;
	const char *format;
	struct strbuf dir, file;
	struct peek look;
};

static bool copy_file(const char *from, const char *to, struct error *err)
{
	struct strbuf content = { 0 }, size = { 0 };
	bool ok = file_read(&content, from, FILE_MAX, err) &&
	          file_write(to, strbuf_str(&content), content.len, err);

	text_add_bytes(&size, content.len);
	if (ok)
		printf("%s (%s)\n", to, strbuf_str(&size));
	strbuf_release(&content);
	strbuf_release(&size);
	return ok;
}

/* A material file or a buffer is looked for by its name, so it stays beside the file. */
static bool copy_beside(const char *from, const char *file, struct error *err)
{
	struct strbuf to = { 0 };
	bool ok;

	strbuf_add(&to, file, (size_t)(path_base(file) - file));
	strbuf_addstr(&to, path_base(from));
	ok = copy_file(from, strbuf_str(&to), err);
	strbuf_release(&to);
	return ok;
}

static bool take_file(void *ctx, const struct blender_result *result, struct error *err)
{
	const char *file = ctx;
	bool ok = copy_file(result->file.path, file, err);

	for (size_t i = 0; ok && i < result->file.beside.count; i++)
		ok = copy_beside(result->file.beside.items[i], file, err);
	for (size_t i = 0; i < result->file.warnings.count; i++) {
		struct strbuf clean = { 0 };
		const char *warning = result->file.warnings.items[i];

		text_clean(&clean, warning, strlen(warning), TEXT_ONE_LINE);
		fprintf(stderr, "ll3m: %s\n", strbuf_str(&clean));
		strbuf_release(&clean);
	}
	return ok;
}

static const struct blender_lack *lack_of(const struct blender_info *info, const char *format)
{
	for (size_t i = 0; i < info->missing.count; i++)
		if (!strcmp(info->missing.items[i].format, format))
			return &info->missing.items[i];
	return NULL;
}

static bool check_format(const struct blender_info *info, const char *format, struct error *err)
{
	const struct blender_lack *lack = lack_of(info, format);
	struct strbuf all = { 0 };

	for (size_t i = 0; i < info->formats.count; i++) {
		if (!strcmp(info->formats.items[i], format)) {
			strbuf_release(&all);
			return true;
		}
		strbuf_addf(&all, "%s, ", info->formats.items[i]);
	}
	if (lack)
		failed(err, ERR_USAGE, "export: this Blender cannot write %s%s%s", format,
		       lack->needs ? "; it needs " : "", lack->needs ? lack->needs : "");
	else
		failed(err, ERR_USAGE,
		       "export: there is no format \"%.20s\"; there are %shtml, md, jsonl and git",
		       format, strbuf_str(&all));
	strbuf_release(&all);
	return false;
}

static bool write_asset(struct export *e, struct workshop *w, struct error *err)
{
	const struct blender_info *info = workshop_info(w, err);
	bool is_blend = !strcmp(e->format, "blend");
	struct strbuf script = { 0 };
	struct blender_job write = { .type = is_blend ? BLENDER_SAVE : BLENDER_EXPORT,
		                     .format = e->format };
	bool ok = info != NULL;

	ok = ok && (is_blend || check_format(info, e->format, err)) &&
	     blob_get(&script, e->look.blobs, e->look.state.accepted.blob, err);
	write.script = strbuf_str(&script);
	ok = ok && workshop_do(w, &write, take_file, (char *)strbuf_str(&e->file), err);
	strbuf_release(&script);
	return ok;
}

static bool export_asset(struct export *e, struct error *err)
{
	struct settings settings;
	struct workshop workshop;
	bool ok;

	if (!e->look.state.accepted.id)
		return failed(err, ERR_USAGE, "export: \"%.64s\" has no asset yet",
		              e->args->words[0]);
	if (!cli_settings(&settings, e->args, err))
		return false;
	ok = workshop_open(&workshop, &settings.blender, err);
	if (ok) {
		ok = write_asset(e, &workshop, err);
		workshop_close(&workshop);
	}
	settings_release(&settings);
	return ok;
}

/* The journal and the blobs are all it takes. */
static bool export_session(struct export *e, struct error *err)
{
	struct journal_index index = journal_index(e->look.journal);

	if (!dump_write(e->format, e->look.journal, index.head, e->look.blobs, strbuf_str(&e->file),
	                err))
		return false;
	printf("%s\n", strbuf_str(&e->file));
	return true;
}

/* Where it goes unless somebody says: lamp.glb, in the folder we are in. */
static void name_file(struct export *e)
{
	const char *name = path_base(e->args->words[0]);

	if (e->args->count > 2)
		strbuf_addstr(&e->file, e->args->words[2]);
	else
		strbuf_addf(&e->file, "%s.%s", *name ? name : "asset", e->format);
}

int cmd_export(const struct args *args)
{
	struct export e = { .args = args, .format = args->words[1] };
	struct error err;
	bool ok = place_find(&e.dir, args->words[0], &err) &&
	          peek_open(&e.look, strbuf_str(&e.dir), &err);

	name_file(&e);
	if (ok && dump_is_format(e.format))
		ok = export_session(&e, &err);
	else if (ok)
		ok = export_asset(&e, &err);
	peek_close(&e.look);
	strbuf_release(&e.dir);
	strbuf_release(&e.file);
	return ok ? EXIT_DONE : cli_fail(&err);
}
