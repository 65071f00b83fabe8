#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "cli/cli.h"
#include "cli/drive.h"
#include "cli/name.h"
#include "cli/place.h"
#include "cli/who.h"

struct replay {
	const struct args *args;
	struct loop *loop;
	struct settings settings;
	struct strbuf from, recording, answers, name, dir, models;
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

/* A session outside of the data directory is replayed into it all the same. */
static bool find(struct replay *r, struct error *err)
{
	const char *name = r->args->words[0];

	if (!place_find(&r->from, name, err))
		return false;
	strbuf_addstr(&r->recording, strbuf_str(&r->from));
	path_add(&r->recording, "recording.jsonl");
	if (access(strbuf_str(&r->recording), R_OK))
		return failed(err, ERR_USAGE, "%s has no recording of what models said",
		              strbuf_str(&r->from));
	strbuf_addf(&r->name, "%.50s-replay", path_base(name));
	name_make_unique(&r->name, is_taken, NULL);
	strbuf_addf(&r->models, "nobody: recording of %s", path_base(name));
	return place_of(&r->dir, strbuf_str(&r->name), err) &&
	       retell(&r->answers, strbuf_str(&r->from), err);
}

static bool prepare(struct replay *r, struct error *err)
{
	struct strbuf endpoint = { 0 };
	struct flags flags = { 0 };
	bool ok = cli_settings(&r->settings, r->args, err);

	strbuf_addf(&endpoint, "replay:%s", strbuf_str(&r->recording));
	flags.endpoint = strbuf_str(&endpoint);
	ok = ok && who_apply(&r->settings.llm, &flags, strbuf_str(&r->dir), err);
	/* Nothing is paid for, and what stopped the old session must not stop this one. */
	r->settings.team.budget_usd = 0;
	r->settings.team.budget_calls = 0;
	strbuf_release(&endpoint);
	return ok;
}

int cmd_replay(const struct args *args)
{
	struct replay r = { .args = args, .loop = loop_new() };
	struct error err;
	int code;

	if (find(&r, &err) && prepare(&r, &err)) {
		struct drive drive = {
			.dir = strbuf_str(&r.dir),
			.name = strbuf_str(&r.name),
			.settings = &r.settings,
			.flags = &args->flags,
			.models = strbuf_str(&r.models),
			.answers = strbuf_str(&r.answers),
		};

		code = drive_session(r.loop, &drive);
	} else {
		code = cli_fail(&err);
	}
	settings_release(&r.settings);
	strbuf_release(&r.from);
	strbuf_release(&r.recording);
	strbuf_release(&r.answers);
	strbuf_release(&r.name);
	strbuf_release(&r.dir);
	strbuf_release(&r.models);
	loop_free(r.loop);
	return code;
}
