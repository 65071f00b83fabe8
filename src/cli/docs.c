#include "cli/docs.h"

#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "cli/cli.h"
#include "cli/docs_check.h"
#include "cli/workshop.h"
#include "rag/rag.h"

/* An index that is open: one that was named, or that of the Blender here. */
struct desk {
	const struct args *args;
	struct settings settings;
	struct workshop workshop; /* only if Blender had to be asked */
	struct library *library;
	struct rag *rag; /* NULL, or the library's if there is one */
	struct strbuf file;
	bool is_over;
	struct error trouble;
};

static void desk_close(struct desk *d)
{
	if (!d->library)
		rag_close(d->rag);
	workshop_close(&d->workshop);
	library_close(d->library);
	settings_release(&d->settings);
	strbuf_release(&d->file);
	*d = (struct desk){ 0 };
}

static void say_making(void *ctx, const char *version)
{
	(void)ctx;
	fprintf(stderr, "asking Blender %s what it offers, which takes some seconds ...\n",
	        version);
}

static void on_library(void *ctx, const struct error *err)
{
	struct desk *d = ctx;

	d->is_over = true;
	if (err)
		d->trouble = *err;
	else
		d->rag = library_rag(d->library);
}

static bool ask_blender(struct desk *d, bool anew, struct error *err)
{
	struct library_options options = { .anew = anew, .making = say_making };

	if (!workshop_open(&d->workshop, &d->settings.blender, err) ||
	    !workshop_info(&d->workshop, err))
		return false;
	library_open(&d->library, d->workshop.loop, d->workshop.blender, &options, on_library, d);
	while (!d->is_over && loop_turn(d->workshop.loop, -1))
		;
	if (!d->rag)
		*err = d->trouble;
	else
		strbuf_addstr(&d->file, library_file(d->library));
	return d->rag != NULL;
}

/* Blender itself is only needed if its index is not there yet. */
static bool find_index(struct desk *d, struct error *err)
{
	struct strbuf program = { 0 };
	bool found = blender_which(&program, d->settings.blender.program, err) &&
	             library_find(&d->file, strbuf_str(&program), NULL, err);

	strbuf_release(&program);
	if (!found)
		strbuf_reset(&d->file);
	return found;
}

static bool desk_open(struct desk *d, const struct args *args, struct error *err)
{
	*d = (struct desk){ .args = args };
	if (!cli_settings(&d->settings, args, err))
		return false;
	if (args->flags.index)
		strbuf_addstr(&d->file, args->flags.index);
	else if (!find_index(d, err))
		return ask_blender(d, false, err);
	return rag_open(&d->rag, strbuf_str(&d->file), err);
}

static void print_answer(const struct rag_answer *answer, bool as_json)
{
	struct strbuf json = { 0 };

	if (as_json) {
		record_write(&json, &rag_answer_type, answer);
		puts(strbuf_str(&json));
	} else if (answer->hits.count) {
		docs_print(answer->context);
	} else {
		printf("Blender %s has nothing like that.\n", answer->version);
	}
	strbuf_release(&json);
}

static bool ask(const struct args *args, const struct rag_question *question, struct error *err)
{
	struct rag_question q = *question;
	struct rag_answer answer = { 0 };
	struct desk desk = { 0 };
	bool ok;

	q.limit = (size_t)args->flags.limit;
	q.tokens = (size_t)args->flags.context;
	ok = desk_open(&desk, args, err) && rag_use_pages(desk.rag, NULL, err) &&
	     rag_ask(desk.rag, &q, &answer, err);
	if (ok)
		print_answer(&answer, args->flags.json);
	record_release(&rag_answer_type, &answer);
	desk_close(&desk);
	return ok;
}

static bool search(const struct args *args, struct error *err)
{
	return ask(args, &(struct rag_question){ .text = args->words[1] }, err);
}

static bool explain(const struct args *args, struct error *err)
{
	return ask(args,
	           &(struct rag_question){ .error = args->words[1], .code = args->flags.code },
	           err);
}

static bool build_from(const struct args *args, struct error *err)
{
	struct strbuf data = { 0 };
	struct error ignored;
	struct rag_source source = { .dump = args->flags.api, .key = path_base(args->flags.api) };
	bool ok;

	if (!args->flags.index)
		return failed(err, ERR_USAGE, "docs: --api needs an --index FILE to be made");
	if (path_shared(&data, "config/blender", &ignored))
		source.data_dir = strbuf_str(&data);
	ok = rag_build(args->flags.index, &source, err);
	if (ok)
		printf("%s is made\n", args->flags.index);
	strbuf_release(&data);
	return ok;
}

static bool build(const struct args *args, struct error *err)
{
	struct desk desk = { .args = args };
	bool ok;

	if (args->flags.api)
		return build_from(args, err);
	ok = cli_settings(&desk.settings, args, err) && ask_blender(&desk, true, err);
	if (ok)
		printf("%s is made\n", strbuf_str(&desk.file));
	desk_close(&desk);
	return ok;
}

static void add_fact(void *ctx, const char *name, const char *value)
{
	json_put_text(ctx, name, value);
}

static void print_fact(void *ctx, const char *name, const char *value)
{
	struct strbuf line = { 0 };

	(void)ctx;
	strbuf_addf(&line, "%-10s %s\n", name, value);
	docs_print(strbuf_str(&line));
	strbuf_release(&line);
}

static bool print_facts(struct desk *d, struct error *err)
{
	struct json *object;
	struct strbuf line = { 0 };
	bool ok;

	if (!d->args->flags.json) {
		print_fact(NULL, "file", strbuf_str(&d->file));
		return rag_facts(d->rag, print_fact, NULL, err) && docs_print_folders(err);
	}
	object = json_object();
	json_put_text(object, "file", strbuf_str(&d->file));
	ok = rag_facts(d->rag, add_fact, object, err) && docs_put_folders(object, err);
	json_write(&line, object);
	if (ok)
		puts(strbuf_str(&line));
	strbuf_release(&line);
	json_free(object);
	return ok;
}

/* Says what there is; makes nothing. */
static bool status(const struct args *args, struct error *err)
{
	struct desk desk = { .args = args };
	bool ok = cli_settings(&desk.settings, args, err);

	if (ok && args->flags.index)
		strbuf_addstr(&desk.file, args->flags.index);
	else
		ok = ok && find_index(&desk, err);
	ok = ok && rag_open(&desk.rag, strbuf_str(&desk.file), err) && print_facts(&desk, err);
	desk_close(&desk);
	return ok;
}

/* Misnomers make a failure without a message of its own: they are its message. */
static int check(const struct args *args)
{
	struct desk desk = { 0 };
	struct error err;
	size_t wrong = 0;
	bool ok;

	if (args->count < 2) {
		failed(&err, ERR_USAGE, "docs: check takes the names of scripts");
		return cli_fail(&err);
	}
	ok = desk_open(&desk, args, &err) &&
	     docs_check(&wrong, desk.rag, &desk.settings, args, &err);
	desk_close(&desk);
	if (!ok)
		return cli_fail(&err);
	return wrong ? EXIT_FAILED : EXIT_DONE;
}

static const struct {
	const char *name;
	size_t words; /* behind it */
	const char *takes;
	bool (*run)(const struct args *args, struct error *err);
} deeds[] = {
	{ "build", 0, "no text", build },
	{ "search", 1, "one text, in quotes", search },
	{ "explain", 1, "one text, in quotes", explain },
	{ "status", 0, "no text", status },
	{ "add", 1, "one folder", docs_add },
	{ "remove", 1, "one folder", docs_remove },
	{ "names", 1, "one folder of dumps", docs_names },
};

int cmd_docs(const struct args *args)
{
	struct error err;

	if (strcmp(args->words[0], "check") == 0)
		return check(args);
	for (size_t i = 0; i < COUNT(deeds); i++) {
		if (strcmp(deeds[i].name, args->words[0]))
			continue;
		if (args->count != deeds[i].words + 1)
			failed(&err, ERR_USAGE, "docs: %s takes %s", deeds[i].name, deeds[i].takes);
		else if (deeds[i].run(args, &err))
			return EXIT_DONE;
		return cli_fail(&err);
	}
	failed(&err, ERR_USAGE,
	       "docs: \"%.40s\" is none of build, search, explain, check, status, add and remove",
	       args->words[0]);
	return cli_fail(&err);
}
