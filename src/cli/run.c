#include <string.h>

#include "base/path.h"
#include "cli/cli.h"
#include "cli/drive.h"
#include "cli/name.h"
#include "cli/place.h"
#include "cli/who.h"

/* What run and resume have in common, from flags to exit code. */
struct job {
	const struct args *args;
	struct loop *loop;
	struct settings settings;
	struct strbuf name, dir, models;
	const char *prompt; /* NULL: the session has one */
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

/* `run bucket "a red bucket"`, or only the prompt. */
static bool find_new(struct job *job, struct error *err)
{
	const struct args *args = job->args;
	bool is_named = args->count == 2;

	job->prompt = args->words[args->count - 1];
	if (!job->prompt[strspn(job->prompt, " \t\r\n")])
		return failed(err, ERR_USAGE, "run: the prompt is empty; say what to make");
	if (is_named) {
		strbuf_addstr(&job->name, args->words[0]);
	} else {
		name_from_prompt(&job->name, job->prompt);
		name_make_unique(&job->name, is_taken, NULL);
	}
	if (!place_of(&job->dir, strbuf_str(&job->name), err))
		return false;
	if (place_is_taken(strbuf_str(&job->dir)))
		return failed(err, ERR_USAGE,
		              "there is a session \"%.64s\" already; `ll3m resume %.64s` goes on "
		              "with it, or take another name",
		              args->words[0], args->words[0]);
	return true;
}

static bool find_old(struct job *job, struct error *err)
{
	struct places places;
	bool ok = true;

	if (job->args->count) {
		strbuf_addstr(&job->name, job->args->words[0]);
		return place_find(&job->dir, strbuf_str(&job->name), err);
	}
	if (!places_read(&places, err))
		return false;
	if (places.count) {
		strbuf_addstr(&job->name, places.items[0].name);
		strbuf_addstr(&job->dir, places.items[0].dir);
	} else {
		ok = failed(
			err, ERR_USAGE,
			"resume: there is no session yet; `ll3m run \"a red bucket\"` makes one");
	}
	places_release(&places);
	return ok;
}

static bool check_flags(const struct flags *flags, struct error *err)
{
	if (flags->yes + flags->review + flags->step > 1)
		return failed(err, ERR_USAGE, "--yes, --review and --step: only one of them");
	return true;
}

/* In a session that began with a script of the user's, nobody was asked for anything yet. */
static bool needs_agents(const struct job *job)
{
	struct glance glance;
	bool is_by_hand;

	if (job->prompt)
		return true;
	glance_read(&glance, strbuf_str(&job->dir));
	is_by_hand = !glance.prompt && glance.has_script;
	glance_release(&glance);
	return !is_by_hand;
}

static bool prepare(struct job *job, struct error *err)
{
	const struct flags *flags = &job->args->flags;
	struct llm_settings *llm = &job->settings.llm;

	return cli_settings(&job->settings, job->args, err) &&
	       who_apply(llm, flags, strbuf_str(&job->dir), err) &&
	       who_ask_server(llm, flags, job->loop, err) &&
	       (!needs_agents(job) || who_check(llm, err));
}

static int drive_job(struct job *job)
{
	const struct flags *flags = &job->args->flags;
	struct drive drive = {
		.dir = strbuf_str(&job->dir),
		.name = strbuf_str(&job->name),
		.settings = &job->settings,
		.flags = flags,
		.models = strbuf_str(&job->models),
		.images = &flags->images,
		.prompt = job->prompt,
		.then = &flags->then,
	};

	who_describe(&job->models, &job->settings.llm);
	drive.models = strbuf_str(&job->models);
	return drive_session(job->loop, &drive);
}

static int run(const struct args *args, bool (*find)(struct job *job, struct error *err))
{
	struct job job = { .args = args, .loop = loop_new() };
	struct error err;
	int code;

	if (check_flags(&args->flags, &err) && find(&job, &err) && prepare(&job, &err))
		code = drive_job(&job);
	else
		code = cli_fail(&err);
	settings_release(&job.settings);
	strbuf_release(&job.name);
	strbuf_release(&job.dir);
	strbuf_release(&job.models);
	loop_free(job.loop);
	return code;
}

int cmd_run(const struct args *args)
{
	return run(args, find_new);
}

int cmd_resume(const struct args *args)
{
	return run(args, find_old);
}
