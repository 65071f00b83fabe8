#include "base/editor.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/strbuf.h"

enum {
	LOOK_EVERY_MS = 50,
};

struct editor {
	struct loop *loop;
	pid_t pid;
	struct timer *timer;
	editor_fn done;
	void *ctx;
};

static const char *program(void)
{
	const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");

	return visual && *visual ? visual : editor && *editor ? editor : "vi";
}

static void end(struct editor *e, int status)
{
	bool ok = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	struct error err;

	if (!ok)
		failed(&err, ERR_USAGE, "the editor (%.80s) failed; set VISUAL or EDITOR",
		       program());
	e->done(e->ctx, ok ? NULL : &err);
	free(e);
}

/* A person is typing meanwhile: nobody notices a twentieth of a second. */
static void look(void *ctx)
{
	struct editor *e = ctx;
	int status;

	e->timer = NULL;
	if (waitpid(e->pid, &status, WNOHANG) == e->pid)
		end(e, status);
	else
		e->timer = loop_after(e->loop, LOOK_EVERY_MS, look, e);
}

/* As git does it: the variable may hold options, the file is one word whatever is in its name. */
static void become(const char *file)
{
	struct strbuf line = { 0 };
	const int reset[] = { SIGPIPE, SIGXFSZ };

	for (size_t i = 0; i < COUNT(reset); i++)
		signal(reset[i], SIG_DFL);
	strbuf_addf(&line, "%s \"$@\"", program());
	execl("/bin/sh", "sh", "-c", strbuf_str(&line), program(), file, (char *)NULL);
	_exit(127);
}

bool editor_open(struct editor **out, struct loop *loop, const char *file, editor_fn done,
                 void *ctx, struct error *err)
{
	pid_t pid = fork();

	if (pid < 0)
		return failed(err, ERR_IO, "cannot start the editor: %s", strerror(errno));
	if (!pid)
		become(file);
	*out = NEW(struct editor);
	**out = (struct editor){ .loop = loop, .pid = pid, .done = done, .ctx = ctx };
	(*out)->timer = loop_after(loop, LOOK_EVERY_MS, look, *out);
	return true;
}

void editor_free(struct editor *e)
{
	if (!e)
		return;
	timer_free(e->timer);
	kill(e->pid, SIGTERM);
	waitpid(e->pid, NULL, 0);
	free(e);
}
