#include "config.h"

#include "cli/cli.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/options.h"
#include "base/path.h"
#include "cli/lobby.h"

#define AGENTS (FOR_WORK | FOR_MODELS | FOR_BLENDER | FOR_CONFIG | FOR_JSON | FOR_SCREEN)

const struct subcommand subcommands[] = {
	{ "run", "[NAME] PROMPT", AGENTS | FOR_NEW, cmd_run, "Make an asset from a prompt",
	  "Without a NAME it is called after the prompt. Everything is kept in a folder of that\n"
	  "name; `ll3m resume` goes on with it." },
	{ "resume", "[NAME]", AGENTS, cmd_resume, "Go on with a session, usually the latest",
	  "It goes on exactly where it stopped, whatever stopped it." },
	{ "demo", "[RECORDING]", FOR_DEMO | FOR_BLENDER | FOR_CONFIG | FOR_JSON | FOR_SCREEN,
	  cmd_demo, "Watch a recorded team work, with Blender live",
	  "No model is asked: what the agents say was recorded; what Blender does is real." },
	{ "open", "SCRIPT [NAME]", AGENTS, cmd_open, "Begin with a Blender script of your own",
	  "Its views, checks and history need no model; what you then ask for does." },
	{ "list", "", FOR_JSON, cmd_list, "Show all sessions, the latest first", NULL },
	{ "show", "NAME [PART]", FOR_JSON | FOR_BLENDER | FOR_CONFIG, cmd_show,
	  "Show one session, or a part of it",
	  "PART is script, plan, steps, transcript, events, documents, cost or metrics." },
	{ "fork", "NAME STEP NEW", 0, cmd_fork, "Begin a new session from a step of another",
	  "`ll3m show NAME steps` has the numbers. Nothing happens to the old session." },
	{ "export", "NAME FORMAT [FILE]", FOR_BLENDER | FOR_CONFIG, cmd_export,
	  "Write an asset, or the whole session, for others",
	  "Blender writes blend, glb, obj, stl, ply, fbx, usd ... (`ll3m doctor` says which);\n"
	  "html and md are the session to be read, jsonl its events, git a repository of steps." },
	{ "replay", "NAME", FOR_BLENDER | FOR_CONFIG | FOR_JSON, cmd_replay,
	  "Run a session again from its own recording",
	  "Models and user say what they said; Blender works anew, in a session NAME-replay." },
	{ "relay", "work|pack|unpack DIR [FILE]", FOR_MODELS | FOR_CONFIG, cmd_relay,
	  "Answer or carry the questions of a relay folder",
	  "work has a model answer all open ones; pack and unpack make one tar FILE of them." },
	{ "models", "[ENDPOINT]", FOR_CONFIG | FOR_JSON, cmd_models,
	  "Show which models can be asked", NULL },
	{ "docs", "search|explain|check|add|remove|build|status [TEXT...]",
	  FOR_DOCS | FOR_BLENDER | FOR_CONFIG | FOR_JSON, cmd_docs,
	  "Look something up in the API of the Blender here",
	  "search takes words or a name, explain an error of Blender's, check the names of\n"
	  "scripts. The index is made from what Blender says of itself when it is first needed;\n"
	  "build makes it anew. add reads a folder of your own documentation, or reads it again:\n"
	  "HTML, Markdown, reStructuredText and text." },
	{ "doctor", "", FOR_BLENDER | FOR_CONFIG | FOR_JSON, cmd_doctor,
	  "Check this machine, and say what to do about it", NULL },
	{ "help", "[TOPIC]", 0, cmd_help, "Explain a subcommand or a topic", NULL },
	{ 0 },
};

const char *const exit_meanings[EXIT_CODES] = {
	[EXIT_DONE] = "done",
	[EXIT_FAILED] = "failed; the message says why",
	[EXIT_USAGE] = "wrong usage, or a mistake in a settings file",
	[EXIT_BUDGET] = "the budget is used up; --budget or --calls and `resume` go on",
	[EXIT_NO_MODEL] = "no model answers",
	[EXIT_NO_BLENDER] = "no Blender, or none that works",
	[EXIT_CANCELLED] = "stopped by the user, or nobody answered; `resume` goes on",
};

static const enum exit_code codes[] = {
	[ERR_USAGE] = EXIT_USAGE,         [ERR_CONFIG] = EXIT_USAGE,
	[ERR_IO] = EXIT_FAILED,           [ERR_NETWORK] = EXIT_NO_MODEL,
	[ERR_REFUSED] = EXIT_NO_MODEL,    [ERR_PROTOCOL] = EXIT_FAILED,
	[ERR_WORKER] = EXIT_NO_BLENDER,   [ERR_BUDGET] = EXIT_BUDGET,
	[ERR_CANCELLED] = EXIT_CANCELLED,
};

/* There, what we do not understand came from a model's server. */
int cli_exit_code(enum err_code code)
{
	return code == ERR_PROTOCOL ? EXIT_NO_MODEL : (int)codes[code];
}

int cli_fail(const struct error *err)
{
	fflush(stdout);
	fprintf(stderr, "ll3m: %s\n", err->text);
	return codes[err->code];
}

int cli_finish(int code)
{
	bool is_lost = fflush(stdout) != 0 || ferror(stdout);

	/* Whoever read it has seen enough, as in `ll3m list | head -1`. */
	if (!is_lost || errno == EPIPE)
		return code;
	fprintf(stderr, "ll3m: not everything could be printed: %s\n", strerror(errno));
	return code ? code : EXIT_FAILED;
}

/* What servers taught us is kept for every session, unless it cannot be or the settings say where.
 */
static void choose_state_file(struct settings *settings)
{
	struct strbuf file = { 0 };
	struct error ignored;

	if (!settings->llm.state_file && path_home(&file, PATH_STATE, &ignored) &&
	    file_make_dir(strbuf_str(&file), 0700, &ignored)) {
		path_add(&file, "servers.json");
		settings->llm.state_file = xstrdup(strbuf_str(&file));
	}
	strbuf_release(&file);
}

bool cli_settings(struct settings *out, const struct args *args, struct error *err)
{
	const struct flags *flags = &args->flags;
	bool ok;

	*out = (struct settings){ 0 };
	if (flags->log && !log_open(flags->log, err))
		return false;
	ok = settings_load(out, flags->config, environ, err);
	for (size_t i = 0; ok && i < flags->settings.count; i++) {
		const struct flag_setting *set = &flags->settings.items[i];

		ok = options_set(out, &settings_type, set->key, set->value, set->where, err);
	}
	if (ok && flags->index)
		ok = options_set(out, &settings_type, "rag.index", flags->index, "--index", err);
	if (ok)
		choose_state_file(out);
	else
		settings_release(out);
	return ok;
}

int cli_usage(void)
{
	fputs("usage: ll3m [SUBCOMMAND ...]\n\n"
	      "Language models make a 3D asset as a Blender script; you watch and have the say.\n\n"
	      "  ll3m demo                 a recorded run: needs Blender and nothing else\n"
	      "  ll3m doctor               is everything here? what is missing?\n"
	      "  ll3m run \"a red bucket\"   make something new\n"
	      "  ll3m help                 all there is\n",
	      stderr);
	return EXIT_USAGE;
}

int cli_run(int argc, char **argv)
{
	struct error err;
	struct args args;
	int code;
	const struct subcommand *c = subcommand_find(subcommands, argv[0], &err);

	if (!c || !args_read(&args, c, argc, argv, &err))
		return cli_fail(&err);
	if (args.flags.help) {
		struct strbuf text = { 0 };

		args_help(&text, c);
		fputs(strbuf_str(&text), stdout);
		strbuf_release(&text);
		code = EXIT_DONE;
	} else {
		code = c->run(&args);
	}
	args_release(&args);
	log_close();
	return cli_finish(code);
}

/* `ll3m --help` is `ll3m help`, as people expect. */
static bool is_asking_for_help(const char *word)
{
	return !strcmp(word, "--help") || !strcmp(word, "-h");
}

int cli_main(int argc, char **argv)
{
	/* A reader that went away, and a limit on file sizes, are errors and not the end. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	if (lobby_is_wanted(argc, argv))
		return lobby_main(argc, argv);
	if (argc < 2 || !strcmp(argv[1], "--plain"))
		return cli_usage();
	if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
		puts("ll3m " PACKAGE_VERSION);
		return cli_finish(EXIT_DONE);
	}
	if (is_asking_for_help(argv[1])) {
		char help[] = "help";
		char *as_subcommand[] = { help, NULL };

		return cli_run(1, as_subcommand);
	}
	return cli_run(argc - 1, argv + 1);
}
