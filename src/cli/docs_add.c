#include <glob.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/docs.h"
#include "rag/rag.h"

void docs_print(const char *text)
{
	struct strbuf clean = { 0 };

	text_clean(&clean, text, strlen(text), TEXT_LINES);
	fputs(strbuf_str(&clean), stdout);
	strbuf_release(&clean);
}

/* The data directory is made, since a session may never have been. */
static bool find_pages(struct strbuf *file, struct error *err)
{
	return path_home(file, PATH_DATA, err) && file_make_dir(strbuf_str(file), 0700, err) &&
	       pages_home(file, err);
}

static void print_report(const struct pages_report *r)
{
	printf("%" PRId64 " files added, %" PRId64 " changed, %" PRId64 " gone, %" PRId64
	       " as they were; %" PRId64 " passages\n",
	       r->added, r->changed, r->gone, r->same, r->chunks);
	if (r->skipped)
		printf("%" PRId64 " left out: too big, no text, or not readable\n", r->skipped);
	if (r->is_cut)
		printf("not all was read: at most %d files, %d folders deep\n", PAGES_MOST_FILES,
		       PAGES_DEEPEST);
	if (!r->added && !r->changed && !r->same)
		puts("nothing to read: .html, .md, .rst and .txt are");
}

bool docs_add(const struct args *args, struct error *err)
{
	struct strbuf file = { 0 }, json = { 0 };
	struct pages_report report;
	bool ok = find_pages(&file, err) &&
	          pages_add(strbuf_str(&file), args->words[1], &report, err);

	if (ok && args->flags.json) {
		record_write(&json, &pages_report_type, &report);
		puts(strbuf_str(&json));
	} else if (ok) {
		print_report(&report);
	}
	strbuf_release(&file);
	strbuf_release(&json);
	return ok;
}

bool docs_remove(const struct args *args, struct error *err)
{
	struct strbuf file = { 0 };
	bool ok = pages_home(&file, err) && pages_remove(strbuf_str(&file), args->words[1], err);

	strbuf_release(&file);
	return ok;
}

static void print_folder(const struct pages_folder *folder)
{
	struct strbuf line = { 0 };

	strbuf_addf(&line, "%-10s %s: %" PRId64 " files, %" PRId64 " passages, ", "added",
	            folder->path, folder->files, folder->chunks);
	text_add_bytes(&line, (uint64_t)folder->bytes);
	strbuf_addstr(&line, "\n");
	docs_print(strbuf_str(&line));
	strbuf_release(&line);
}

static bool read_folders(struct pages_list *out, struct error *err)
{
	struct strbuf file = { 0 };
	bool ok = pages_home(&file, err) && pages_list(out, strbuf_str(&file), err);

	strbuf_release(&file);
	return ok;
}

bool docs_print_folders(struct error *err)
{
	struct pages_list list = { 0 };
	bool ok = read_folders(&list, err);

	for (size_t i = 0; ok && i < list.folders.count; i++)
		print_folder(&list.folders.items[i]);
	record_release(&pages_list_type, &list);
	return ok;
}

bool docs_put_folders(struct json *object, struct error *err)
{
	struct pages_list list = { 0 };
	struct json *array = json_array();
	bool ok = read_folders(&list, err);

	for (size_t i = 0; ok && i < list.folders.count; i++) {
		const struct pages_folder *folder = &list.folders.items[i];
		struct json *item = json_object();

		json_put_text(item, "path", folder->path);
		json_put_int(item, "files", folder->files);
		json_put_int(item, "chunks", folder->chunks);
		json_put_int(item, "bytes", folder->bytes);
		json_push(array, item);
	}
	json_put(object, "added", array);
	record_release(&pages_list_type, &list);
	return ok;
}

/* For us: config/blender/names.tsv is made of a folder with one api-VERSION.json a Blender. */
bool docs_names(const struct args *args, struct error *err)
{
	struct strbuf pattern = { 0 }, names = { 0 };
	glob_t dumps = { 0 };
	bool ok;

	strbuf_addf(&pattern, "%s/api-*.json", args->words[1]);
	ok = !glob(strbuf_str(&pattern), 0, NULL, &dumps) ||
	     failed(err, ERR_USAGE, "%.200s has no api-VERSION.json", args->words[1]);
	ok = ok &&
	     rag_write_names(&names, (const char *const *)dumps.gl_pathv, dumps.gl_pathc, err);
	if (ok)
		fwrite(strbuf_str(&names), 1, names.len, stdout);
	globfree(&dumps);
	strbuf_release(&pattern);
	strbuf_release(&names);
	return ok;
}
