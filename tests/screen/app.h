#ifndef SCREEN_APP_H
#define SCREEN_APP_H

#include "scratch.h"
#include "screen.h"

/*
 * ll3m itself on the terminal of screen.h, in a home of its own that vanishes with it. What models
 * say is written down before it starts; Blender is the real one, with pictures as small as they go.
 */
struct app {
	struct scratch home;
	struct screen *screen; /* NULL: not started, or ended by app_free() */
	char *session;         /* its name */
};

struct app_options {
	const char *profile;     /* as of screen_options */
	int rows, cols;          /* 0: 24 by 80 */
	const char *pace;        /* "0.125": 200 words a second; NULL: all at once */
	const char *editor;      /* $EDITOR; NULL: one that fails */
	const char *const *args; /* besides those we need; ends with NULL */
};

/* False: there is none, so no agent gets a turn. */
bool app_has_blender(void);

struct app app_new(void);
void app_free(struct app *app);

/* A file of the home's, to be written before something starts; borrowed until the next call. */
const char *app_path(struct app *app, const char *name);

/* The next reply of an agent. All of them are said before it starts. */
void app_say(struct app *app, const char *agent, const char *text);

/* A session of tests/data, with another journal than its own if that is not NULL. */
void app_copy(struct app *app, const char *name, const char *journal);
void app_resume(struct app *app, const char *name, const struct app_options *options);
/* A new one, called "try". */
void app_run(struct app *app, const char *prompt, const struct app_options *options);

void app_keys(struct app *app, const char *keys);
void app_wait(struct app *app, const char *text); /* until it is shown */

/* What has been written down so far; the caller releases it. */
struct strbuf app_journal(struct app *app);
size_t app_count(struct app *app, const char *event);
void app_wait_event(struct app *app, const char *event, size_t count);

/* What an agent was last asked, as JSON; the caller releases it. */
struct strbuf app_request(struct app *app, const char *agent);

/* It goes as `q` lets it go, nobody has sent what is not ours, and the terminal is given back. */
void app_quit(struct app *app);

#endif
