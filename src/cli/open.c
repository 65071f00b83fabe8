#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "cli/cli.h"
#include "cli/drive.h"
#include "cli/name.h"
#include "cli/place.h"
#include "cli/who.h"

/* A session that begins with a script of the user's own. */
struct opening {
	const struct args *args;
	struct loop *loop;
	struct settings settings;
	struct strbuf script, name, dir, models;
};

static bool is_taken(void *ctx, const char *name)
{
	struct strbuf dir = { 0 };
	struct error err;
	bool taken = place_of(&dir, name, &err) && place_is_taken(strbuf_str(&dir));

	(void)ctx;
	strbuf_release(&dir);
	return taken;
}

/* "~/chair.py", since in the lobby no shell has read it; and whole, for the session's own time. */
static bool find_script(struct strbuf *out, const char *written, struct error *err)
{
	const char *home = getenv("HOME");
	struct strbuf path = { 0 };
	char *real;
	int fd;

	if (!strncmp(written, "~/", 2) && home)
		strbuf_addf(&path, "%s%s", home, written + 1);
	else
		strbuf_addstr(&path, written);
	fd = file_open(strbuf_str(&path), err);
	if (fd >= 0)
		close(fd);
	real = fd >= 0 ? realpath(strbuf_str(&path), NULL) : NULL;
	strbuf_reset(out);
	strbuf_addstr(out, real ? real : strbuf_str(&path));
	free(real);
	strbuf_release(&path);
	return fd >= 0;
}

/* my-chair.py is called my-chair. */
static void name_from_script(struct strbuf *out, const char *script)
{
	const char *base = path_base(script);
	char *stem = xstrndup(base, strcspn(base, "."));

	if (path_is_name(stem))
		strbuf_addstr(out, stem);
	else
		name_from_prompt(out, stem);
	name_make_unique(out, is_taken, NULL);
	free(stem);
}

static bool find_place(struct opening *o, struct error *err)
{
	if (o->args->count > 1)
		strbuf_addstr(&o->name, o->args->words[1]);
	else
		name_from_script(&o->name, strbuf_str(&o->script));
	if (!place_of(&o->dir, strbuf_str(&o->name), err))
		return false;
	if (place_is_taken(strbuf_str(&o->dir)))
		return failed(err, ERR_USAGE,
		              "there is a session \"%.64s\" already; take another name",
		              strbuf_str(&o->name));
	return true;
}

/* Nobody has to answer for the agents: they come in when something is asked for. */
static bool prepare(struct opening *o, struct error *err)
{
	const struct flags *flags = &o->args->flags;

	if (!cli_settings(&o->settings, o->args, err) ||
	    !who_apply(&o->settings.llm, flags, strbuf_str(&o->dir), err) ||
	    !who_ask_server(&o->settings.llm, flags, o->loop, err))
		return false;
	who_describe(&o->models, &o->settings.llm);
	if (!o->models.len)
		strbuf_addstr(&o->models, "nobody");
	return true;
}

static int drive_opening(const struct opening *o)
{
	const struct flags *flags = &o->args->flags;
	struct drive drive = {
		.dir = strbuf_str(&o->dir),
		.name = strbuf_str(&o->name),
		.settings = &o->settings,
		.flags = flags,
		.models = strbuf_str(&o->models),
		.script = strbuf_str(&o->script),
		.then = &flags->then,
	};

	return drive_session(o->loop, &drive);
}

int cmd_open(const struct args *args)
{
	struct opening o = { .args = args, .loop = loop_new() };
	struct error err;
	int code;

	if (find_script(&o.script, args->words[0], &err) && find_place(&o, &err) &&
	    prepare(&o, &err))
		code = drive_opening(&o);
	else
		code = cli_fail(&err);
	settings_release(&o.settings);
	strbuf_release(&o.script);
	strbuf_release(&o.name);
	strbuf_release(&o.dir);
	strbuf_release(&o.models);
	loop_free(o.loop);
	return code;
}
