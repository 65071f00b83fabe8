#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/doctor.h"

struct blender_check {
	struct check *check;
	struct blender *blender;
	int64_t began_ms;
};

static void add_list(struct strbuf *out, const text_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		strbuf_addf(out, "%s%s", i ? ", " : "", list->items[i]);
}

static void find_version(struct blender_check *b, const struct blender_info *info)
{
	struct strbuf text = { 0 };

	strbuf_addf(&text, "%s: %s, up after ", info->version, info->program);
	text_add_duration(&text, loop_now_ms(check_loop(b->check)) - b->began_ms);
	check_find(b->check, HEALTH_FINE, strbuf_str(&text), NULL);
	strbuf_reset(&text);
	strbuf_addstr(&text, "runs scripts with this sandbox: ");
	strbuf_addstr(&text, sandbox_describe(info->sandbox));
	check_find(b->check, HEALTH_FINE, strbuf_str(&text), NULL);
	strbuf_release(&text);
}

static void find_engines(struct blender_check *b, const struct blender_info *info)
{
	struct strbuf text = { 0 };

	strbuf_addstr(&text, "draws with ");
	add_list(&text, &info->engines);
	if (info->engines.count)
		check_find(b->check, HEALTH_FINE, strbuf_str(&text), NULL);
	else
		check_find(b->check, HEALTH_ILL, "cannot draw: no engine works",
		           "install libegl1 and libgl1-mesa-dri (Debian), which draw without a "
		           "graphics card");
	strbuf_release(&text);
}

static void find_formats(struct blender_check *b, const struct blender_info *info)
{
	struct strbuf text = { 0 };

	strbuf_addstr(&text, "exports ");
	add_list(&text, &info->formats);
	check_find(b->check, HEALTH_FINE, strbuf_str(&text), NULL);
	for (size_t i = 0; i < info->missing.count; i++) {
		const struct blender_lack *lack = &info->missing.items[i];
		struct strbuf cure = { 0 };

		strbuf_reset(&text);
		strbuf_addf(&text, "does not export %s", lack->format);
		if (lack->needs)
			strbuf_addf(&cure, "it needs %s", lack->needs);
		check_find(b->check, HEALTH_NOTE, strbuf_str(&text), strbuf_str(&cure));
		strbuf_release(&cure);
	}
	strbuf_release(&text);
}

static void on_ready(void *ctx, const struct error *err)
{
	struct blender_check *b = ctx;
	const struct blender_info *info = blender_info(b->blender);

	if (err) {
		check_find(b->check, HEALTH_ILL, err->text, NULL);
	} else {
		find_version(b, info);
		find_engines(b, info);
		find_formats(b, info);
	}
	check_over(b->check);
}

static void begin_blender(struct check *check, void **state)
{
	const struct settings *settings = check_settings(check);
	struct blender_check *b = NEW(struct blender_check);
	struct error err;

	*state = b;
	b->check = check;
	b->began_ms = loop_now_ms(check_loop(check));
	if (!settings) {
		check_over(check);
	} else if (!start_blender(&b->blender, check_loop(check), &settings->blender, &err)) {
		check_find(check, HEALTH_ILL, err.text,
		           "install it (apt install blender), or --blender PROGRAM");
		check_over(check);
	} else {
		blender_when_ready(b->blender, on_ready, b);
	}
}

static void release_blender(void *state)
{
	struct blender_check *b = state;

	blender_close(b->blender);
	free(b);
}

const struct check_type check_blender = { "Blender", begin_blender, release_blender };

/* Each level is tried for itself, so that one can see what the choice is. */
struct level_check {
	struct check *check;
	enum sandbox_level level;
	struct sandbox_probe *probe; /* NULL: it has answered */
	bool *any_works;
	size_t *open;
};

struct sandbox_check {
	struct level_check levels[SANDBOX_LEVELS];
	bool any_works;
	size_t open;
};

static void on_level(void *ctx, enum sandbox_level level, const struct error *err)
{
	struct level_check *l = ctx;
	struct strbuf text = { 0 };

	l->probe = NULL;
	strbuf_addf(&text, "%s: %s", sandbox_names[l->level],
	            err ? err->text : sandbox_describe(level));
	*l->any_works |= !err;
	check_find(l->check, err ? HEALTH_NOTE : HEALTH_FINE, strbuf_str(&text), NULL);
	strbuf_release(&text);
	if (--*l->open)
		return;
	if (!*l->any_works)
		check_find(l->check, HEALTH_WEAK,
		           "none works: scripts of models are refused, only the demo runs",
		           "install bubblewrap; in a container allow user namespaces; or "
		           "--no-sandbox, if you trust every script");
	check_over(l->check);
}

static void begin_sandbox(struct check *check, void **state)
{
	struct sandbox_check *s = NEW(struct sandbox_check);

	*state = s;
	for (int level = SANDBOX_BWRAP; level < SANDBOX_OFF; level++) {
		struct level_check *l = &s->levels[level];

		*l = (struct level_check){ check, (enum sandbox_level)level, NULL, &s->any_works,
			                   &s->open };
		s->open++;
		l->probe = sandbox_probe(check_loop(check), l->level, on_level, l);
	}
}

static void release_sandbox(void *state)
{
	struct sandbox_check *s = state;

	for (int level = 0; level < SANDBOX_LEVELS; level++)
		if (s->levels[level].probe)
			sandbox_probe_free(s->levels[level].probe);
	free(s);
}

const struct check_type check_sandbox = { "sandbox", begin_sandbox, release_sandbox };
