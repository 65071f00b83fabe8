#include "config.h"

#include "cli/lobby.h"

#include "cli/cli.h"

#ifdef WITH_TUI

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/doctor.h"
#include "cli/place.h"
#include "cli/screen.h"
#include "cli/userfile.h"
#include "cli/who.h"
#include "tui/tui.h"

/* `ll3m` has no name of a subcommand, and so no row in the table of them. */
static const struct subcommand no_subcommand = {
	.name = "ll3m",
	.words = "",
	.groups = FOR_SCREEN | FOR_CONFIG | FOR_BLENDER,
	.help = "Show what works here, and the sessions there are",
};

struct entrance {
	struct loop *loop;
	const struct args *args;
	struct settings settings; /* the checks read them to the end */
	bool has_settings;
	struct settings saved; /* anew, once something was written into the user's file */
	bool has_saved;
	struct doctor *doctor;
	struct lobby *lobby;
	struct places places;
	struct strbuf team, url;

	struct llm *llm; /* that asks a server; NULL: none was asked */
	struct settings asked;
	char *model; /* chosen for this time; NULL: what the settings say */

	bool is_over;
	enum lobby_choice choice;
	char *text;
};

static void on_finding(void *ctx)
{
	struct entrance *e = ctx;

	if (e->lobby)
		lobby_changed(e->lobby);
}

/* Only when somebody looks: for them Blender is started. */
static struct doctor *doctor(struct entrance *e)
{
	struct doctor_options options = { .is_quiet = true, .changed = on_finding, .ctx = e };

	options.settings = e->has_settings ? &e->settings : NULL;
	if (!e->doctor)
		e->doctor = doctor_begin(e->loop, &options);
	return e->doctor;
}

static bool finding(void *ctx, size_t number, struct lobby_finding *out)
{
	static const enum lobby_health healths[] = { LOBBY_FINE, LOBBY_NOTE, LOBBY_WEAK,
		                                     LOBBY_ILL };
	const struct finding *f = doctor_finding(doctor(ctx), number);

	if (!f)
		return false;
	*out = (struct lobby_finding){ f->subject, f->text, f->cure, healths[f->health] };
	return true;
}

static bool is_checking(void *ctx)
{
	return !doctor_is_over(doctor(ctx));
}

static const char *team(void *ctx)
{
	struct entrance *e = ctx;
	const struct llm_settings *llm = e->has_saved ? &e->saved.llm : &e->settings.llm;
	struct error err;

	strbuf_reset(&e->team);
	if (e->model)
		strbuf_addf(&e->team, "%s at %s", e->model, strbuf_str(&e->url));
	else if ((e->has_saved || e->has_settings) && who_check(llm, &err))
		who_describe(&e->team, llm);
	return e->team.len ? e->team.buf : NULL;
}

static void forget_question(struct entrance *e)
{
	if (e->llm)
		llm_close(e->llm);
	e->llm = NULL;
	settings_release(&e->asked);
}

static void on_models(void *ctx, const struct llm_model_info *models, size_t count,
                      const struct error *err)
{
	struct entrance *e = ctx;
	const char **names = xcalloc(count + 1, sizeof(*names));

	for (size_t i = 0; i < count; i++)
		names[i] = models[i].name;
	lobby_models(e->lobby, names, count, err);
	free(names);
}

/* The server with its address for a name of its own, as `ll3m models URL` has it. */
static void ask_server(void *ctx, const char *url)
{
	struct entrance *e = ctx;
	struct flags wanted = { .endpoint = url };
	const char *endpoint = NULL;
	struct error err;

	forget_question(e);
	strbuf_reset(&e->url);
	strbuf_addstr(&e->url, url);
	if (cli_settings(&e->asked, e->args, &err) && who_apply(&e->asked.llm, &wanted, ".", &err))
		endpoint = who_lacks_model(&e->asked.llm, &wanted);
	if (!endpoint || !llm_open(&e->llm, e->loop, &e->asked.llm, NULL, &err))
		lobby_models(e->lobby, NULL, 0, &err);
	else
		llm_list_models(e->llm, endpoint, on_models, e);
}

static bool use_model(void *ctx, const char *model, bool save, struct strbuf *where,
                      struct error *err)
{
	struct entrance *e = ctx;
	const struct userfile_server server = { strbuf_str(&e->url), model };
	struct settings now;

	if (save && e->args->flags.config)
		return failed(err, ERR_USAGE, "with --config that file is yours to write");
	if (!save) {
		free(e->model);
		e->model = xstrdup(model);
		return true;
	}
	if (!userfile_save_server(where, &server, err) || !cli_settings(&now, e->args, err))
		return false;
	if (e->has_saved)
		settings_release(&e->saved);
	e->saved = now;
	e->has_saved = true;
	free(e->model);
	e->model = NULL;
	return true;
}

static bool remove_session(void *ctx, const char *dir, struct strbuf *where, struct error *err)
{
	(void)ctx;
	return place_trash(where, dir, err);
}

static void on_chosen(void *ctx, enum lobby_choice choice, const char *text)
{
	struct entrance *e = ctx;

	e->is_over = true;
	e->choice = choice;
	e->text = text ? xstrdup(text) : NULL;
}

static bool show(struct entrance *e, struct error *err)
{
	struct lobby_session *sessions = xcalloc(e->places.count + 1, sizeof(*sessions));
	struct lobby_options options = {
		.theme = e->has_settings ? e->settings.screen.theme : NULL,
		.no_mouse = e->has_settings && !e->settings.screen.mouse,
		.sessions = sessions,
		.count = e->places.count,
		.version = PACKAGE_VERSION,
		.host = { finding, is_checking, team, ask_server, use_model, remove_session, e },
	};
	bool ok;

	for (size_t i = 0; i < e->places.count; i++) {
		const struct place *p = &e->places.items[i];

		sessions[i] = (struct lobby_session){ p->name, p->dir, p->changed_ms };
	}
	ok = lobby_open(&e->lobby, e->loop, &options, on_chosen, e, err);
	free(sessions);
	return ok;
}

static bool choose(struct entrance *e, struct error *err)
{
	struct error mistake;
	bool ok;

	setlocale(LC_CTYPE, "");
	e->has_settings = cli_settings(&e->settings, e->args, &mistake);
	if (!places_read(&e->places, err))
		return false;
	ok = show(e, err);
	if (ok && !e->has_settings)
		lobby_tell(e->lobby, &mistake);
	while (ok && !e->is_over && loop_turn(e->loop, -1))
		;
	lobby_close(e->lobby);
	return ok;
}

static void release(struct entrance *e)
{
	forget_question(e);
	doctor_free(e->doctor);
	if (e->has_settings)
		settings_release(&e->settings);
	if (e->has_saved)
		settings_release(&e->saved);
	places_release(&e->places);
	strbuf_release(&e->team);
	strbuf_release(&e->url);
	free(e->model);
	free(e->text);
	loop_free(e->loop);
}

/* A subcommand as somebody would have written it. */
struct command_line {
	char *words[64];
	int count;
};

static void add_word(struct command_line *line, const char *word)
{
	if (line->count + 1 < (int)COUNT(line->words))
		line->words[line->count++] = xstrdup(word);
}

static void add_flag(struct command_line *line, const char *flag, const char *value)
{
	if (value) {
		add_word(line, flag);
		add_word(line, value);
	}
}

/* What was said to `ll3m` holds for what comes of it. */
static void add_flags(struct command_line *line, const struct entrance *e)
{
	const struct flags *flags = &e->args->flags;

	add_flag(line, "--config", flags->config);
	add_flag(line, "--log", flags->log);
	for (size_t i = 0; i < flags->settings.count; i++) {
		const struct flag_setting *set = &flags->settings.items[i];

		add_word(line, set->where);
		if (strcmp(set->where, "--no-sandbox") != 0)
			add_word(line, set->value);
	}
	if (e->model && e->choice != LOBBY_SAMPLE) {
		add_flag(line, "--endpoint", strbuf_str(&e->url));
		add_flag(line, "--model", e->model);
	}
}

static void write_line(struct command_line *line, const struct entrance *e)
{
	static const char *const names[] = {
		[LOBBY_SAMPLE] = "demo",
		[LOBBY_PROMPT] = "run",
		[LOBBY_SCRIPT] = "open",
		[LOBBY_SESSION] = "resume",
	};

	add_word(line, names[e->choice]);
	add_flags(line, e);
	if (e->text)
		add_flag(line, "--", e->text);
}

static int enter(const struct args *args)
{
	struct entrance e = { .loop = loop_new(), .args = args };
	struct command_line line = { 0 };
	struct error err;
	int code = EXIT_DONE;
	bool ok = choose(&e, &err);

	if (ok && e.choice != LOBBY_LEAVE)
		write_line(&line, &e);
	release(&e);
	log_close();
	if (!ok)
		code = cli_fail(&err);
	else if (line.count)
		code = cli_run(line.count, line.words);
	for (int i = 0; i < line.count; i++)
		free(line.words[i]);
	return code;
}

bool lobby_is_wanted(int argc, char **argv)
{
	static const char *const others[] = { "--version", "-V", "--help", "-h" };

	for (size_t i = 0; i < COUNT(others); i++)
		if (argc > 1 && !strcmp(argv[1], others[i]))
			return false;
	if (argc > 1 && argv[1][0] != '-')
		return false;
	return screen_may_be(&(struct flags){ 0 });
}

int lobby_main(int argc, char **argv)
{
	struct args args;
	struct error err;
	int code;

	if (!args_read(&args, &no_subcommand, argc, argv, &err)) {
		failed(&err, ERR_USAGE,
		       "\"%.40s\" means nothing without a subcommand; `ll3m help` lists them",
		       argv[1]);
		return cli_fail(&err);
	}
	code = args.flags.plain ? cli_usage() : enter(&args);
	args_release(&args);
	return code;
}

#else

bool lobby_is_wanted(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return false;
}

int lobby_main(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return EXIT_FAILED;
}

#endif
