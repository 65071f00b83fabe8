#include "config.h"

#include "cli/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"

#ifdef WITH_TUI

#include <locale.h>

#include "tui/tui.h"

struct screen {
	const struct drive *drive;
	struct session *session;
	bool is_left;
	bool is_begun; /* the script of our own was given, if there is one */
	struct error refused;
};

bool screen_may_be(const struct flags *flags)
{
	const char *plain = getenv("LL3M_PLAIN");

	return !flags->plain && !(plain && *plain) && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

bool screen_is_wanted(const struct drive *drive)
{
	const struct flags *f = drive->flags;

	return screen_may_be(f) && !f->json && !f->commands && !f->yes;
}

static void on_left(void *ctx)
{
	((struct screen *)ctx)->is_left = true;
}

/* If it is refused there is nothing to look at. */
static void begin_with_script(struct screen *screen)
{
	if (screen->is_begun || !session_is_idle(screen->session))
		return;
	screen->is_begun = true;
	if (!drive_give_script(screen->session, screen->drive, &screen->refused))
		screen->is_left = true;
}

static int look(struct loop *loop, struct session *session, const struct drive *drive)
{
	struct tui_options options = { .name = drive->name,
		                       .theme = drive->settings->screen.theme,
		                       .no_mouse = !drive->settings->screen.mouse,
		                       .is_told = drive->prompt || drive->script };
	struct screen screen = { .drive = drive, .session = session };
	struct tui *tui;
	struct error err;
	bool is_broken;

	if (!tui_open(&tui, loop, session, &options, on_left, &screen, &err))
		return cli_fail(&err);
	if (!drive_say_first(session, drive, &err)) {
		tui_close(tui);
		return cli_fail(&err);
	}
	while (!screen.is_left && !session_is_broken(session, &err) && loop_turn(loop, -1))
		begin_with_script(&screen);
	is_broken = session_is_broken(session, &err);
	tui_close(tui);
	if (screen.refused.text[0])
		return cli_fail(&screen.refused);
	return is_broken ? cli_fail(&err) : EXIT_DONE;
}

static void say_where(const struct drive *drive, const struct state *now)
{
	if (now->accepted.id)
		printf("  script  %s/script.py\n  scene   %s/asset.blend\n", drive->dir,
		       drive->dir);
	printf("  `ll3m resume %s` goes on from here.\n", drive->name);
}

int screen_session(struct loop *loop, const struct drive *drive)
{
	struct session_options options = {
		.dir = drive->dir,
		.settings = drive->settings,
		.models = drive->models,
		.autonomy = drive_autonomy(drive),
	};
	struct session *session;
	struct error err;
	int code;

	setlocale(LC_CTYPE, "");
	if (!session_open(&session, loop, &options, &err))
		return cli_fail(&err);
	code = look(loop, session, drive);
	if (code == EXIT_DONE)
		say_where(drive, session_state(session));
	session_close(session);
	return code;
}

#else

bool screen_may_be(const struct flags *flags)
{
	(void)flags;
	return false;
}

bool screen_is_wanted(const struct drive *drive)
{
	(void)drive;
	return false;
}

int screen_session(struct loop *loop, const struct drive *drive)
{
	(void)loop;
	(void)drive;
	return EXIT_FAILED;
}

#endif
