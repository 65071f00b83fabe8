#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/editor.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"
#include "tui/house_inside.h"

/* What leaves the screen for somebody else: the clipboard, an editor, a pager, a shell. */

#define EDIT_MOST (1u << 20)

static bool do_copy(void *self, const char *args, struct error *err)
{
	struct house *h = self;
	struct pane *pane = h->panes[h->focus];
	struct strbuf text = { 0 };
	bool ok = pane && pane->type->copy && pane->type->copy(pane, &text);

	(void)args;
	if (!ok)
		failed(err, ERR_USAGE, "there is nothing under the cursor to copy");
	else
		ok = term_copy(h->term, strbuf_str(&text), text.len, err);
	if (ok)
		house_say(h, "copied, if the terminal lets programs do that");
	strbuf_release(&text);
	return ok;
}

/* The file behind what is shown: the picture, else the script. */
static void path_here(const struct house *h, struct strbuf *out)
{
	struct pane *pane = h->panes[h->focus];

	if (h->focus == PANE_VIEWS && pane->type->copy(pane, out))
		return;
	strbuf_addstr(out, session_dir(h->session));
	path_add(out, "script.py");
}

static bool do_copy_path(void *self, const char *args, struct error *err)
{
	struct house *h = self;
	struct strbuf path = { 0 };
	bool ok;

	(void)args;
	path_here(h, &path);
	ok = term_copy(h->term, strbuf_str(&path), path.len, err);
	if (ok)
		house_say(h, strbuf_str(&path));
	strbuf_release(&path);
	return ok;
}

/* Somebody else's turn at the terminal; the session waits, and its children go on. */
static int run_outside(struct house *h, const char *command, const char *file)
{
	int status = -1;
	pid_t pid;

	term_leave(h->term);
	pid = fork();
	if (!pid) {
		execl("/bin/sh", "sh", "-c", command, "sh", file, (char *)NULL);
		_exit(127);
	}
	if (pid > 0)
		waitpid(pid, &status, 0);
	term_return(h->term);
	return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool with_file(struct house *h, const struct strbuf *text, const char *command,
                      struct error *err)
{
	char name[] = "/tmp/ll3m-view-XXXXXX";
	int fd = mkstemp(name);
	bool ok = fd >= 0;

	if (fd >= 0)
		close(fd);
	ok = ok ? file_write(name, strbuf_str(text), text->len, err)
	        : failed(err, ERR_IO, "cannot make a file in /tmp");
	if (ok && run_outside(h, command, name) == 127)
		ok = failed(err, ERR_USAGE, "that program is not there");
	unlink(name);
	return ok;
}

#define PAGER "${PAGER:-less -R} \"$1\""

static bool do_print(void *self, const char *args, struct error *err)
{
	struct house *h = self;
	const struct state *now = session_state(h->session);
	struct strbuf text = { 0 }, clean = { 0 };
	bool ok;

	(void)args;
	for (size_t i = 0; i < now->talk.count; i++) {
		strbuf_addf(&text, "%lld %s: %s\n\n", (long long)now->talk.items[i].event,
		            role_names[now->talk.items[i].role], now->talk.items[i].text);
	}
	text_clean(&clean, strbuf_str(&text), text.len, TEXT_LINES);
	ok = with_file(h, &clean, "cat \"$1\"; printf '\\nEnter goes back. '; read -r _", err);
	strbuf_release(&text);
	strbuf_release(&clean);
	return ok;
}

static bool do_pipe(void *self, const char *args, struct error *err)
{
	struct house *h = self;
	struct pane *pane = h->panes[h->focus];
	struct strbuf text = { 0 }, command = { 0 };
	bool ok = pane && pane->type->copy && pane->type->copy(pane, &text);

	if (!*args)
		ok = failed(err, ERR_USAGE, "pipe: write a shell command, as in :pipe wc -l");
	else if (!ok)
		failed(err, ERR_USAGE, "there is nothing under the cursor to pipe");
	strbuf_addf(&command, "(%s) <\"$1\"; printf '\\nEnter goes back. '; read -r _", args);
	ok = ok && with_file(h, &text, strbuf_str(&command), err);
	strbuf_release(&text);
	strbuf_release(&command);
	return ok;
}

static bool do_manual(void *self, const char *args, struct error *err)
{
	(void)args;
	if (run_outside(self, "man ll3m", NULL) != 0)
		return failed(err, ERR_USAGE,
		              "the manual page is not installed; :keys lists the keys");
	return true;
}

/* An editor at work: the file, and who wants to know what became of it. */
struct editing {
	struct house *house;
	char *file;
	char *before;
	house_edited_fn done;
	void *ctx;
	struct editor *editor;
};

static void on_edited(void *ctx, const struct error *err)
{
	struct editing *e = ctx;
	struct house *h = e->house;
	struct strbuf text = { 0 };
	struct error why;
	bool ok = !err && file_read(&text, e->file, EDIT_MOST, &why);

	h->editing = NULL;
	term_return(h->term);
	unlink(e->file);
	if (!ok)
		house_complain(h, err ? err : &why);
	e->done(e->ctx, ok && strcmp(strbuf_str(&text), e->before) ? strbuf_str(&text) : NULL);
	strbuf_release(&text);
	free(e->file);
	free(e->before);
	free(e);
}

void house_edit(struct house *h, const char *text, const char *suffix, house_edited_fn done,
                void *ctx)
{
	struct editing *e = NEW(struct editing);
	struct strbuf name = { 0 };
	struct error err = { 0 };
	int fd;

	strbuf_addf(&name, "/tmp/ll3m-edit-XXXXXX%s", suffix);
	e->file = strbuf_detach(&name);
	fd = mkstemps(e->file, (int)strlen(suffix));
	*e = (struct editing){ h, e->file, xstrdup(text), done, ctx, NULL };
	if (fd >= 0)
		close(fd);
	if (fd < 0)
		failed(&err, ERR_IO, "cannot make a file in /tmp");
	else if (file_write(e->file, text, strlen(text), &err)) {
		term_leave(h->term);
		if (editor_open(&e->editor, h->loop, e->file, on_edited, e, &err)) {
			h->editing = e->editor;
			return;
		}
		term_return(h->term);
	}
	house_complain(h, &err);
	done(ctx, NULL);
	free(e->file);
	free(e->before);
	free(e);
}

/* The script as it was written becomes the next version. */
static void on_script(void *ctx, const char *text)
{
	struct house *h = ctx;
	char name[] = "/tmp/ll3m-script-XXXXXX";
	int fd = text ? mkstemp(name) : -1;
	struct strbuf line = { 0 };
	struct error err;

	if (!text) {
		house_say(h, "nothing was changed");
		return;
	}
	if (fd >= 0)
		close(fd);
	strbuf_addf(&line, "edit %s", name);
	if (fd < 0 || !file_write(name, text, strlen(text), &err) ||
	    !session_do(h->session, strbuf_str(&line), &err))
		house_complain(h, &err);
	unlink(name);
	strbuf_release(&line);
}

static bool do_edit(void *self, const char *args, struct error *err)
{
	struct house *h = self;
	const struct story_version *v = story_version(&h->story, house_version(h));
	struct strbuf text = { 0 };
	bool ok;

	if (*args)
		return session_do(h->session, args - strlen("edit "), err);
	if (!v)
		return failed(err, ERR_USAGE, "there is no script yet");
	ok = blob_get(&text, session_blobs(h->session), v->blob, err);
	if (ok)
		house_edit(h, strbuf_str(&text), ".py", on_script, h);
	strbuf_release(&text);
	return ok;
}

/* What was asked and answered in the last turn, in a pager. */
static bool do_inspect(void *self, const char *args, struct error *err)
{
	struct house *h = self;
	struct journal_index index = journal_index(session_journal(h->session));
	struct strbuf text = { 0 }, clean = { 0 };
	struct event ev = { 0 };
	size_t i = index.count;
	bool ok = true;

	(void)args;
	while (i && index.entries[i - 1].kind != EV_TURN_ENDED)
		i--;
	if (!i)
		return failed(err, ERR_USAGE, "no agent has had a turn yet");
	ok = journal_read(&ev, session_journal(h->session), index.entries[i - 1].id, err);
	if (ok && ev.body.turn_end.request)
		ok = blob_get(&text, session_blobs(h->session), ev.body.turn_end.request, err);
	strbuf_addstr(&text, "\n\n--- answer ---\n\n");
	if (ok && ev.body.turn_end.reply) {
		struct strbuf reply = { 0 };

		ok = blob_get(&reply, session_blobs(h->session), ev.body.turn_end.reply, err);
		strbuf_add(&text, strbuf_str(&reply), reply.len);
		strbuf_release(&reply);
	}
	text_clean(&clean, strbuf_str(&text), text.len, TEXT_LINES);
	ok = ok && with_file(h, &clean, PAGER, err);
	event_release(&ev);
	strbuf_release(&text);
	strbuf_release(&clean);
	return ok;
}

const struct verb house_out_verbs[] = {
	{ "copy path", "", do_copy_path, "Copy the file behind what is shown" },
	{ "copy", "", do_copy, "Copy what the cursor is on" },
	{ "print", "", do_print, "Print the talk to the terminal's own screen" },
	{ "pipe", "COMMAND", do_pipe, "Give what the cursor is on to a shell command" },
	{ "help", "", do_manual, "The manual page" },
	{ "edit", "[FILE]", do_edit, "Edit the script in $EDITOR: the next version" },
	{ "inspect", "", do_inspect, "The last request and its answer, in $PAGER" },
	{ 0 },
};
