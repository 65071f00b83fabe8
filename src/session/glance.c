#include "session/glance.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "session/peek.h"

static const char *status_of(const struct state *now)
{
	if (now->is_over)
		return ending_names[now->ending];
	return now->begun ? phase_names[now->phase] : "empty";
}

static size_t count_steps(const struct journal_index *index)
{
	size_t count = 0;

	for (size_t i = 0; i < index->count; i++)
		count += history_is_step(&index->entries[i]);
	return count;
}

static bool is_agent(enum role role)
{
	return role != ROLE_NONE && role != ROLE_USER && role != ROLE_BLENDER;
}

static void take_words(struct glance *out, const struct talk *talk)
{
	for (size_t i = talk->count; i-- > 0 && !out->words;)
		if (is_agent(talk->items[i].role)) {
			out->words = xstrdup(talk->items[i].text);
			out->who = talk->items[i].role;
		}
}

static const struct view *front_of(const struct views *views)
{
	for (size_t i = 0; i < views->list.count; i++)
		if (!strcmp(views->list.items[i].name, "front"))
			return &views->list.items[i];
	return views->list.count ? &views->list.items[0] : NULL;
}

/* A proposal that was drawn is what the session looks like now. */
static void take_picture(struct glance *out, const struct peek *look)
{
	const struct view *view = front_of(&look->state.candidate.views);
	struct strbuf file = { 0 };

	if (!view)
		view = front_of(&look->state.accepted.views);
	if (!view || !look->blobs || !blob_is_hash(view->blob))
		return;
	blob_path(look->blobs, view->blob, &file);
	if (access(strbuf_str(&file), R_OK) == 0)
		out->picture = strbuf_detach(&file);
	strbuf_release(&file);
}

void glance_read(struct glance *out, const char *dir)
{
	struct peek look;
	struct error err;

	*out = (struct glance){ .status = "broken" };
	if (peek_open(&look, dir, &err)) {
		struct journal_index index = journal_index(look.journal);

		out->status = status_of(&look.state);
		out->has_script = state_version(&look.state)->id != 0;
		out->steps = count_steps(&index);
		out->usage = state_usage(&look.state);
		out->prompt = look.state.prompt ? xstrdup(look.state.prompt) : NULL;
		take_words(out, &look.state.talk);
		take_picture(out, &look);
	} else {
		out->trouble = xstrdup(err.text);
	}
	peek_close(&look);
}

void glance_release(struct glance *glance)
{
	free(glance->prompt);
	free(glance->words);
	free(glance->picture);
	free(glance->trouble);
	*glance = (struct glance){ 0 };
}

void glance_add_age(struct strbuf *out, int64_t ms)
{
	static const struct {
		int64_t ms;
		const char *unit;
	} units[] = { { 86400000, "d" }, { 3600000, "h" }, { 60000, "min" }, { 1000, "s" } };
	size_t i = 0;

	ms = ms > 0 ? ms : 0;
	while (i + 1 < COUNT(units) && ms < units[i].ms)
		i++;
	strbuf_addf(out, "%lld %s", (long long)(ms / units[i].ms), units[i].unit);
}
