#include "app.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/path.h"

enum {
	ARGS_MOST = 20,
	JOURNAL_MOST = 1 << 28,
};

bool app_has_blender(void)
{
	const char *named = getenv("LL3M_BLENDER"), *path = getenv("PATH");
	char *copy = xstrdup(path ? path : ""), *save = NULL;
	bool found = named && *named;

	for (char *dir = strtok_r(copy, ":", &save); dir && !found;
	     dir = strtok_r(NULL, ":", &save)) {
		struct strbuf file = { 0 };

		strbuf_addf(&file, "%s/blender", dir);
		found = access(strbuf_str(&file), X_OK) == 0;
		strbuf_release(&file);
	}
	free(copy);
	return found;
}

const char *app_path(struct app *app, const char *name)
{
	return scratch_path(&app->home, name);
}

static void make_dir(struct app *app, const char *name)
{
	assert_int_equal(mkdir(app_path(app, name), 0700), 0);
}

struct app app_new(void)
{
	struct app app = { .home = scratch_new() };

	make_dir(&app, "data");
	make_dir(&app, "data/ll3m");
	make_dir(&app, "config");
	scratch_write(&app.home, "said.jsonl", "{\"t\":\"head\",\"v\":1}\n");
	return app;
}

void app_free(struct app *app)
{
	if (app->screen)
		screen_free(app->screen);
	free(app->session);
	scratch_free(&app->home);
	*app = (struct app){ 0 };
}

void app_say(struct app *app, const char *agent, const char *text)
{
	FILE *file = fopen(app_path(app, "said.jsonl"), "a");
	struct strbuf quoted = { 0 };

	assert_non_null(file);
	json_quote(&quoted, text, strlen(text));
	fprintf(file, "{\"t\":\"say\",\"agent\":\"%s\",\"text\":%s}\n", agent, quoted.buf);
	assert_int_equal(fclose(file), 0);
	strbuf_release(&quoted);
}

static void write_config(struct app *app, const char *pace)
{
	struct strbuf text = { 0 };

	strbuf_addf(&text,
	            "llm:\n  endpoints:\n    said:\n      kind: replay\n      path: %s\n"
	            "      pace: %s\n  roles:\n    default:\n      model: said/anybody\n"
	            "blender:\n  view_px: 64\n",
	            app_path(app, "said.jsonl"), pace ? pace : "0");
	scratch_write(&app->home, "config.yaml", strbuf_str(&text));
	strbuf_release(&text);
}

/* Paths behind names that a program looks for: "XDG_DATA_HOME=" and the folder. */
static char *variable(struct app *app, const char *name, const char *folder)
{
	struct strbuf text = { 0 };

	strbuf_addf(&text, "%s=%s", name, app_path(app, folder));
	return strbuf_detach(&text);
}

static void start(struct app *app, const char *const *words, const struct app_options *o)
{
	static const struct app_options usual = { 0 };
	const char *argv[ARGS_MOST] = { 0 };
	char *home = variable(app, "HOME", ""), *data = variable(app, "XDG_DATA_HOME", "data");
	char *config = variable(app, "XDG_CONFIG_HOME", "config");
	char *cache = variable(app, "XDG_CACHE_HOME", "cache"), *program = realpath("ll3m", NULL);
	char *settings, *editor = NULL;
	const char *env[] = { home, data, config, cache, "PAGER=cat", NULL, NULL };
	struct strbuf line = { 0 };
	size_t count = 0;

	o = o ? o : &usual;
	write_config(app, o->pace);
	settings = xstrdup(app_path(app, "config.yaml"));
	strbuf_addf(&line, "EDITOR=%s", o->editor ? o->editor : "false");
	editor = strbuf_detach(&line);
	env[5] = editor;
	assert_non_null(program);
	argv[count++] = program;
	argv[count++] = words[0];
	argv[count++] = "--config";
	argv[count++] = settings;
	for (size_t i = 0; o->args && o->args[i] && count < ARGS_MOST - 3; i++)
		argv[count++] = o->args[i];
	for (size_t i = 1; words[i]; i++)
		argv[count++] = words[i];
	app->screen = screen_start(&(struct screen_options){ .argv = argv,
	                                                     .env = env,
	                                                     .profile = o->profile,
	                                                     .rows = o->rows,
	                                                     .cols = o->cols });
	free(home);
	free(data);
	free(config);
	free(cache);
	free(program);
	free(settings);
	free(editor);
}

static void copy_file(const char *from, const char *to)
{
	struct strbuf text = { 0 };
	struct error err;

	if (!file_read(&text, from, JOURNAL_MOST, &err) ||
	    !file_write(to, strbuf_str(&text), text.len, &err))
		fail_msg("%s", err.text);
	strbuf_release(&text);
}

/* The session's folder with everything in it but the journal. */
static void copy_session(struct app *app, const char *name)
{
	const char *srcdir = getenv("srcdir");
	struct strbuf from = { 0 }, to = { 0 };
	const struct dirent *entry;
	DIR *dir;

	strbuf_addf(&to, "data/ll3m/%s", name);
	make_dir(app, strbuf_str(&to));
	strbuf_addstr(&to, "/blobs");
	make_dir(app, strbuf_str(&to));
	strbuf_addf(&from, "%s/tests/data/%s/blobs", srcdir ? srcdir : ".", name);
	dir = opendir(strbuf_str(&from));
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		size_t from_len = from.len, to_len = to.len;

		if (entry->d_name[0] == '.')
			continue;
		path_add(&from, entry->d_name);
		path_add(&to, entry->d_name);
		copy_file(strbuf_str(&from), app_path(app, strbuf_str(&to)));
		strbuf_cut(&from, from_len);
		strbuf_cut(&to, to_len);
	}
	closedir(dir);
	strbuf_release(&from);
	strbuf_release(&to);
}

/* Borrowed until the next path is asked for. */
static const char *journal_file(struct app *app)
{
	struct strbuf name = { 0 };
	const char *path;

	strbuf_addf(&name, "data/ll3m/%s/events.jsonl", app->session);
	path = app_path(app, strbuf_str(&name));
	strbuf_release(&name);
	return path;
}

static void name_session(struct app *app, const char *name)
{
	free(app->session);
	app->session = xstrdup(name);
}

void app_copy(struct app *app, const char *name, const char *journal)
{
	const char *srcdir = getenv("srcdir");
	struct strbuf from = { 0 };
	struct error err;

	copy_session(app, name);
	name_session(app, name);
	strbuf_addf(&from, "%s/tests/data/%s/events.jsonl", srcdir ? srcdir : ".", name);
	if (!journal)
		copy_file(strbuf_str(&from), journal_file(app));
	else if (!file_write(journal_file(app), journal, strlen(journal), &err))
		fail_msg("%s", err.text);
	strbuf_release(&from);
}

void app_resume(struct app *app, const char *name, const struct app_options *options)
{
	name_session(app, name);
	start(app, (const char *const[]){ "resume", name, NULL }, options);
}

void app_run(struct app *app, const char *prompt, const struct app_options *options)
{
	name_session(app, "try");
	start(app, (const char *const[]){ "run", "try", prompt, NULL }, options);
}

void app_keys(struct app *app, const char *keys)
{
	screen_keys(app->screen, keys);
}

void app_wait(struct app *app, const char *text)
{
	screen_wait(app->screen, text);
}

struct strbuf app_journal(struct app *app)
{
	struct strbuf text = { 0 };
	struct error err;

	file_read(&text, journal_file(app), JOURNAL_MOST, &err); /* not yet there: empty */
	return text;
}

static size_t count_in(const char *text, const char *what)
{
	size_t count = 0;

	for (const char *at = text; (at = strstr(at, what)); at++)
		count++;
	return count;
}

size_t app_count(struct app *app, const char *event)
{
	struct strbuf text = app_journal(app), what = { 0 };
	size_t count;

	strbuf_addf(&what, "\"event\":\"%s\"", event);
	count = count_in(strbuf_str(&text), strbuf_str(&what));
	strbuf_release(&text);
	strbuf_release(&what);
	return count;
}

struct wanted_events {
	struct app *app;
	const char *event;
	size_t count;
};

static bool has_happened(struct screen *s UNUSED, const void *what)
{
	const struct wanted_events *wanted = what;

	return app_count(wanted->app, wanted->event) >= wanted->count;
}

void app_wait_event(struct app *app, const char *event, size_t count)
{
	struct wanted_events wanted = { app, event, count };

	screen_wait_until(app->screen, has_happened, &wanted, event);
}

struct strbuf app_request(struct app *app, const char *agent)
{
	static const char key[] = "\"request\":\"";
	struct strbuf journal = app_journal(app), end = { 0 }, name = { 0 }, text = { 0 };
	const char *line = NULL, *hash;
	struct error err;

	strbuf_addf(&end, "\"event\":\"turn.ended\",\"by\":\"%s\"", agent);
	for (const char *at = strbuf_str(&journal); (at = strstr(at, strbuf_str(&end))); at++)
		line = at;
	assert_non_null(line);
	hash = strstr(line, key);
	assert_non_null(hash);
	strbuf_addf(&name, "data/ll3m/%s/blobs/%.64s", app->session, hash + strlen(key));
	if (!file_read(&text, app_path(app, strbuf_str(&name)), JOURNAL_MOST, &err))
		fail_msg("%s", err.text);
	strbuf_release(&journal);
	strbuf_release(&end);
	strbuf_release(&name);
	return text;
}

void app_quit(struct app *app)
{
	app_keys(app, "q");
	assert_int_equal(screen_end(app->screen), 0);
	assert_string_equal(screen_stranger(app->screen) ? screen_stranger(app->screen) : "", "");
	assert_false(screen_mode(app->screen, 1049));
	screen_free(app->screen);
	app->screen = NULL;
}
