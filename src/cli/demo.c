#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/options.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/drive.h"
#include "cli/place.h"
#include "cli/screen.h"
#include "cli/who.h"

#define USUAL_RECORDING "red-bucket"

/* recordings/NAME.yaml: what a user said in recordings/NAME.jsonl, where the models' words are. */
struct recording {
	const char *title, *prompt;
	text_list then;
	text_list images; /* files beside it */
};

static const struct field recording_fields[] = {
	{ "title", FIELD_TEXT, offsetof(struct recording, title), .help = "What it shows" },
	{ "prompt", FIELD_TEXT, offsetof(struct recording, prompt), .help = "What to make" },
	{ "then", FIELD_TEXTS, offsetof(struct recording, then), .optional = true,
	  .help = "What to change, one after the other" },
	{ "images", FIELD_TEXTS, offsetof(struct recording, images), .optional = true,
	  .help = "Reference pictures, beside the recording" },
	{ 0 },
};
static const struct record_type recording_type = { "recording", sizeof(struct recording),
	                                           recording_fields };

struct demo {
	const struct args *args;
	struct loop *loop;
	struct settings settings;
	struct recording recording;
	struct strbuf file, dir, name, models;
};

static bool shared_file(struct strbuf *out, const char *name, const char *suffix, struct error *err)
{
	struct strbuf path = { 0 };
	bool ok;

	strbuf_addf(&path, "recordings/%s%s", name, suffix);
	ok = path_shared(out, strbuf_str(&path), err);
	strbuf_release(&path);
	return ok;
}

static bool read_sidecar(struct recording *out, const char *name, struct error *err)
{
	struct strbuf file = { 0 };
	bool ok = shared_file(&file, name, ".yaml", err) &&
	          options_read_file(out, &recording_type, strbuf_str(&file), err);

	if (ok && !out->prompt)
		ok = failed(err, ERR_CONFIG, "%s says no prompt", strbuf_str(&file));
	strbuf_release(&file);
	return ok;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names of all recordings, in order; the caller frees them and the list. */
static bool read_names(char ***out, size_t *count, struct error *err)
{
	struct strbuf folder = { 0 };
	DIR *dir = NULL;
	const struct dirent *entry;

	*out = NULL;
	*count = 0;
	if (path_shared(&folder, "recordings", err))
		dir = opendir(strbuf_str(&folder));
	while (dir && (entry = readdir(dir))) {
		size_t len = strlen(entry->d_name);

		if (len < 6 || strcmp(entry->d_name + len - 5, ".yaml") != 0)
			continue;
		*out = xrealloc(*out, (*count + 1) * sizeof(**out));
		(*out)[(*count)++] = xstrndup(entry->d_name, len - 5);
	}
	if (dir)
		closedir(dir);
	if (*count)
		qsort(*out, *count, sizeof(**out), by_name);
	strbuf_release(&folder);
	return *count || failed(err, ERR_IO, "no recording came with this ll3m: install it again");
}

static void free_names(char **names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
}

static void print_recording(const char *name, const struct recording *r, bool as_json)
{
	struct json *object;
	struct strbuf line = { 0 };

	if (!as_json) {
		printf("%-16s %s\n%-16s \"%s\"", name, r->title ? r->title : "", "", r->prompt);
		for (size_t i = 0; i < r->then.count; i++)
			printf(", \"%s\"", r->then.items[i]);
		putchar('\n');
		return;
	}
	object = json_object();
	json_put_text(object, "name", name);
	json_put_text(object, "title", r->title ? r->title : "");
	json_put_text(object, "prompt", r->prompt);
	json_write(&line, object);
	puts(strbuf_str(&line));
	strbuf_release(&line);
	json_free(object);
}

static int list_recordings(const struct args *args)
{
	char **names;
	size_t count;
	struct error err;
	bool ok = read_names(&names, &count, &err);

	for (size_t i = 0; ok && i < count; i++) {
		struct recording r = { 0 };

		ok = read_sidecar(&r, names[i], &err);
		if (ok)
			print_recording(names[i], &r, args->flags.json);
		record_release(&recording_type, &r);
	}
	free_names(names, count);
	return ok ? EXIT_DONE : cli_fail(&err);
}

static bool unknown_recording(const char *name, struct error *err)
{
	char **names;
	size_t count;
	const char *near;

	if (!read_names(&names, &count, err))
		return false;
	near = text_nearest(name, (const char *const *)names, count);
	if (near)
		failed(err, ERR_USAGE, "there is no recording \"%.40s\"; did you mean \"%s\"?",
		       name, near);
	else
		failed(err, ERR_USAGE,
		       "there is no recording \"%.40s\"; `ll3m demo --list` shows them", name);
	free_names(names, count);
	return false;
}

static bool find_recording(struct demo *demo, struct error *err)
{
	const char *name = demo->args->count ? demo->args->words[0] : USUAL_RECORDING;
	struct error missing;

	if (!path_is_name(name) || !shared_file(&demo->file, name, ".jsonl", &missing))
		return unknown_recording(name, err);
	strbuf_addf(&demo->name, "demo-%s", name);
	strbuf_addf(&demo->models, "nobody: recording %s", name);
	return read_sidecar(&demo->recording, name, err) &&
	       place_of(&demo->dir, strbuf_str(&demo->name), err);
}

/* It always begins at the beginning, so that it always looks the same. */
static bool make_room(struct demo *demo, struct error *err)
{
	struct strbuf moved = { 0 };
	bool ok = true;

	if (place_is_taken(strbuf_str(&demo->dir))) {
		ok = place_move_aside(&moved, strbuf_str(&demo->dir), err);
		if (ok)
			fprintf(demo->args->flags.json ? stderr : stdout, "the last %s is %s now\n",
			        strbuf_str(&demo->name), path_base(strbuf_str(&moved)));
	}
	strbuf_release(&moved);
	return ok;
}

static void on_level(void *ctx, enum sandbox_level level, const struct error *err)
{
	*(enum sandbox_level *)ctx = err ? SANDBOX_OFF : level;
}

/* The recorded scripts are our own, so they may run where nothing can be locked up. */
static void choose_sandbox(struct demo *demo)
{
	enum sandbox_level found = SANDBOX_AUTO;
	struct sandbox_probe *probe;

	if (demo->settings.blender.sandbox != SANDBOX_AUTO)
		return;
	probe = sandbox_probe(demo->loop, SANDBOX_AUTO, on_level, &found);
	while (found == SANDBOX_AUTO && loop_turn(demo->loop, -1))
		;
	if (found == SANDBOX_AUTO)
		sandbox_probe_free(probe);
	if (found != SANDBOX_OFF)
		return;
	demo->settings.blender.sandbox = SANDBOX_OFF;
	fputs("No sandbox works here. These scripts came with ll3m, so they run without one.\n",
	      stderr);
}

/* `--speed 2` is twice as fast, and so half the pace. */
static bool prepare_models(struct demo *demo, struct error *err)
{
	struct llm_settings *llm = &demo->settings.llm;
	struct strbuf endpoint = { 0 };
	struct flags flags = { 0 };
	bool ok;

	strbuf_addf(&endpoint, "replay:%s", strbuf_str(&demo->file));
	flags.endpoint = strbuf_str(&endpoint);
	ok = who_apply(llm, &flags, strbuf_str(&demo->dir), err);
	if (ok && demo->args->flags.speed > 0)
		llm->endpoints.items[llm->endpoints.count - 1].pace = 1 / demo->args->flags.speed;
	strbuf_release(&endpoint);
	return ok;
}

static int play(struct demo *demo)
{
	struct flags flags = demo->args->flags;
	struct drive drive = {
		.dir = strbuf_str(&demo->dir),
		.name = strbuf_str(&demo->name),
		.settings = &demo->settings,
		.flags = &flags,
		.models = strbuf_str(&demo->models),
		.images = &demo->recording.images,
		.prompt = demo->recording.prompt,
		.then = &demo->recording.then,
	};

	flags.yes |= !screen_is_wanted(&drive);
	return drive_session(demo->loop, &drive);
}

/* Their names are relative to the recording's folder. */
static void complete_images(struct demo *demo)
{
	text_list *images = &demo->recording.images;
	const char *file = strbuf_str(&demo->file);
	size_t folder = (size_t)(path_base(file) - file);

	for (size_t i = 0; i < images->count; i++) {
		struct strbuf path = { 0 };

		strbuf_add(&path, file, folder);
		path_add(&path, path_base(images->items[i]));
		free((char *)(uintptr_t)images->items[i]);
		images->items[i] = strbuf_detach(&path);
	}
}

int cmd_demo(const struct args *args)
{
	struct demo demo = { .args = args };
	struct error err;
	int code;

	if (args->flags.list)
		return list_recordings(args);
	demo.loop = loop_new();
	if (find_recording(&demo, &err) && cli_settings(&demo.settings, args, &err) &&
	    prepare_models(&demo, &err) && make_room(&demo, &err)) {
		complete_images(&demo);
		choose_sandbox(&demo);
		code = play(&demo);
	} else {
		code = cli_fail(&err);
	}
	settings_release(&demo.settings);
	record_release(&recording_type, &demo.recording);
	strbuf_release(&demo.file);
	strbuf_release(&demo.dir);
	strbuf_release(&demo.name);
	strbuf_release(&demo.models);
	loop_free(demo.loop);
	return code;
}
