#include "config.h"

#include "cli/screen.h"

#include <stdio.h>
#include <unistd.h>

#include "cli/cli.h"

#ifdef WITH_TUI

#include <locale.h>

#include "tui/tui.h"

struct screen {
	bool is_left;
};

bool screen_is_wanted(const struct drive *drive)
{
	const struct flags *f = drive->flags;

	return !f->plain && !f->json && !f->commands && !f->yes && isatty(STDIN_FILENO) &&
	       isatty(STDOUT_FILENO);
}

static void on_left(void *ctx)
{
	((struct screen *)ctx)->is_left = true;
}

static int look(struct loop *loop, struct session *session, const struct drive *drive)
{
	struct tui_options options = { .name = drive->name, .is_told = drive->prompt != NULL };
	struct screen screen = { 0 };
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
		;
	is_broken = session_is_broken(session, &err);
	tui_close(tui);
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
