#include "stage.h"

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/options.h"
#include "test.h"

static char *joined(const char *dir, const char *name)
{
	struct strbuf path = { 0 };

	strbuf_addf(&path, "%s/%s", dir, name);
	return strbuf_detach(&path);
}

static bool has_blender(void)
{
	const char *named = getenv("LL3M_BLENDER");
	const char *path = getenv("PATH");
	char *copy = xstrdup(path ? path : ""), *save = NULL;
	bool found = named && *named;

	for (char *dir = strtok_r(copy, ":", &save); dir && !found;
	     dir = strtok_r(NULL, ":", &save)) {
		char *file = joined(dir, "blender");

		found = access(file, X_OK) == 0;
		free(file);
	}
	free(copy);
	return found;
}

bool stage_open(struct stage *out)
{
	const char *tmp = getenv("TMPDIR");
	struct error err;
	struct strbuf dir = { 0 };

	*out = (struct stage){ 0 };
	if (!has_blender())
		return false;
	strbuf_addf(&dir, "%s/ll3m-flow-XXXXXX", tmp ? tmp : "/tmp");
	out->dir = strbuf_detach(&dir);
	assert_non_null(mkdtemp(out->dir));
	out->recording = joined(out->dir, "said.jsonl");
	assert_true(file_write(out->recording, "{\"t\":\"head\",\"v\":1}\n", 19, &err));
	if (!settings_load(&out->settings, NULL, environ, &err))
		fail_msg("%s", err.text);
	return true;
}

static int drop(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
	(void)info;
	(void)type;
	(void)ftw;
	return remove(path);
}

void stage_close(struct stage *stage)
{
	stage_end(stage);
	nftw(stage->dir, drop, 16, FTW_DEPTH | FTW_PHYS);
	settings_release(&stage->settings);
	for (int role = 0; role < ROLE_COUNT; role++)
		free(stage->requests[role]);
	free(stage->heard.items);
	free(stage->recording);
	free(stage->dir);
	*stage = (struct stage){ 0 };
}

void stage_say(struct stage *stage, const char *agent, const char *text)
{
	FILE *file = fopen(stage->recording, "a");
	struct strbuf quoted = { 0 };

	assert_non_null(file);
	json_quote(&quoted, text, strlen(text));
	fprintf(file, "{\"t\":\"say\",\"agent\":\"%s\",\"text\":%s}\n", agent, quoted.buf);
	assert_int_equal(fclose(file), 0);
	strbuf_release(&quoted);
}

static void hear(const struct event *ev, void *ctx)
{
	struct stage *stage = ctx;

	stage->heard.items = xrealloc(stage->heard.items,
	                              (stage->heard.count + 1) * sizeof(*stage->heard.items));
	stage->heard.items[stage->heard.count++] = ev->kind;
	if (ev->kind == EV_TURN_ENDED) {
		free(stage->requests[ev->role]);
		stage->requests[ev->role] = xstrdup(ev->body.turn_end.request);
	}
	if (getenv("LL3M_TEST_VERBOSE") && !event_types[ev->kind].live) {
		struct strbuf line = { 0 };

		event_write(&line, ev);
		fprintf(stderr, "%s\n", line.buf);
		strbuf_release(&line);
	}
}

void stage_set(struct stage *stage, const char *key, const char *value)
{
	struct error err;

	if (!options_set(&stage->settings, &settings_type, key, value, "the test", &err))
		fail_msg("%s", err.text);
}

void stage_begin(struct stage *stage, enum autonomy autonomy, bool batch)
{
	char *dir = joined(stage->dir, "session");
	struct session_options options = {
		.dir = dir,
		.settings = &stage->settings,
		.models = "the test",
		.autonomy = autonomy,
		.batch = batch,
	};
	struct error err;

	stage_set(stage, "blender.view_px", "64");
	stage_set(stage, "llm.endpoints.said.kind", "replay");
	stage_set(stage, "llm.endpoints.said.path", stage->recording);
	stage_set(stage, "llm.roles.default.model", "said/anybody");
	stage->loop = loop_new();
	if (!session_open(&stage->session, stage->loop, &options, &err))
		fail_msg("%s", err.text);
	session_watch(stage->session, hear, stage);
	free(dir);
}

void stage_end(struct stage *stage)
{
	session_close(stage->session);
	if (stage->loop)
		loop_free(stage->loop);
	stage->session = NULL;
	stage->loop = NULL;
}

bool stage_try(struct stage *stage, const char *command)
{
	struct error err;

	return session_do(stage->session, command, &err);
}

void stage_do(struct stage *stage, const char *command)
{
	struct error err;

	if (!session_do(stage->session, command, &err))
		fail_msg("%s: %s", command, err.text);
}

static void turn(struct stage *stage)
{
	struct error err;

	assert_false(session_is_broken(stage->session, &err));
	assert_true(loop_turn(stage->loop, -1));
}

void stage_wait(struct stage *stage, enum event_kind kind)
{
	size_t before = stage_count(stage, kind);

	while (stage_count(stage, kind) == before) {
		if (kind != EV_ENDED && stage_state(stage)->is_over)
			fail_msg("ended (%s) without %s", stage_state(stage)->ending_text,
			         event_types[kind].name);
		turn(stage);
	}
}

void stage_wait_idle(struct stage *stage)
{
	do
		turn(stage);
	while (!session_is_idle(stage->session));
}

void stage_wait_over(struct stage *stage)
{
	while (!session_is_over(stage->session))
		turn(stage);
}

struct strbuf stage_request(const struct stage *stage, enum role role)
{
	struct strbuf text = { 0 };
	struct error err;

	assert_non_null(stage->requests[role]);
	if (!blob_get(&text, session_blobs(stage->session), stage->requests[role], &err))
		fail_msg("%s", err.text);
	return text;
}

size_t stage_count(const struct stage *stage, enum event_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; i < stage->heard.count; i++)
		count += stage->heard.items[i] == kind;
	return count;
}

const struct state *stage_state(const struct stage *stage)
{
	return session_state(stage->session);
}
