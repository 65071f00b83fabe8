#include "cli/docs_check.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "cli/workshop.h"

enum {
	SCRIPT_MOST = 4 << 20,
};

static bool take_tree(void *ctx, const struct blender_result *result, struct error *err)
{
	if (!result->names.tree)
		return failed(err, ERR_WORKER, "Blender cannot read the script");
	strbuf_addstr(ctx, result->names.tree);
	return true;
}

/* FILE:LINE:COLUMN: as compilers say it, columns counted from 1; the message has its line too. */
static void print_misnomer(const char *file, const struct rag_misnomer *wrong)
{
	struct strbuf line = { 0 }, clean = { 0 };
	const char *said = strchr(wrong->message, ' ');

	strbuf_addf(&line, "%s:%lld:%lld: %s", file, (long long)wrong->line,
	            (long long)wrong->column + 1,
	            said && strstr(said, ": ") ? strstr(said, ": ") + 2 : wrong->message);
	text_clean(&clean, strbuf_str(&line), line.len, TEXT_ONE_LINE);
	puts(strbuf_str(&clean));
	strbuf_reset(&clean);
	if (wrong->note) {
		text_clean(&clean, wrong->note, strlen(wrong->note), TEXT_ONE_LINE);
		printf("    %s\n", strbuf_str(&clean));
	}
	strbuf_release(&line);
	strbuf_release(&clean);
}

/* The misnomers' own object, with the file in front. */
static void print_json(const char *file, const struct rag_misnomers *wrong)
{
	struct strbuf name = { 0 }, list = { 0 };

	json_quote(&name, file, strlen(file));
	record_write(&list, &rag_misnomers_type, wrong);
	printf("{\"file\":%s,%s\n", strbuf_str(&name), strbuf_str(&list) + 1);
	strbuf_release(&name);
	strbuf_release(&list);
}

static bool check_file(size_t *wrong, struct rag *rag, struct workshop *workshop, const char *file,
                       bool as_json, struct error *err)
{
	struct strbuf script = { 0 }, tree = { 0 };
	struct blender_job job = { .type = BLENDER_NAMES, .name = file };
	struct rag_misnomers found = { 0 };
	bool ok = file_read(&script, file, SCRIPT_MOST, err);

	job.script = strbuf_str(&script);
	ok = ok &&
	     (workshop_do(workshop, &job, take_tree, &tree, err) || failed_in(err, "%s", file));
	ok = ok && rag_check(rag, strbuf_str(&tree), &found, err);
	if (ok && as_json)
		print_json(file, &found);
	for (size_t i = 0; ok && !as_json && i < found.list.count; i++)
		print_misnomer(file, &found.list.items[i]);
	*wrong += found.list.count;
	record_release(&rag_misnomers_type, &found);
	strbuf_release(&script);
	strbuf_release(&tree);
	return ok;
}

bool docs_check(size_t *wrong, struct rag *rag, const struct settings *settings,
                const struct args *args, struct error *err)
{
	struct workshop workshop;
	bool ok;

	*wrong = 0;
	if (!workshop_open(&workshop, &settings->blender, err))
		return false;
	ok = true;
	for (size_t i = 1; ok && i < args->count; i++)
		ok = check_file(wrong, rag, &workshop, args->words[i], args->flags.json, err);
	workshop_close(&workshop);
	return ok;
}
