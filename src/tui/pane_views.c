#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/house.h"
#include "tui/layer.h"
#include "tui/marks.h"

/* The pictures of one version: one camera or all of them, alone or against the version before. */

enum way {
	WAY_SINGLE,
	WAY_BESIDE, /* before and after, beside or over each other */
	WAY_WIPE,
	WAY_DIFFERENCE,
	WAY_SHEET, /* all cameras */
	WAY_COUNT,
};

static const char *const way_names[] = {
	"single", "before|after", "wipe", "difference", "all", NULL
};

struct views_pane {
	struct pane pane;
	enum way ways[2]; /* alone, and where all panes compare two versions */
	size_t camera;
	int zoom_percent, zoom_x, zoom_y; /* as of struct picture */
	int wipe;
	struct strbuf before, after; /* files, while a frame is drawn */
};

static void open(void *pane)
{
	struct views_pane *p = pane;

	p->ways[true] = WAY_BESIDE;
	p->zoom_percent = 100;
	p->zoom_x = p->zoom_y = p->wipe = 500;
}

static void close(void *pane)
{
	struct views_pane *p = pane;

	strbuf_release(&p->before);
	strbuf_release(&p->after);
}

static enum way *way_of(struct views_pane *p)
{
	return &p->ways[house_base(p->pane.house) != 0];
}

/* The version that has pictures, from this one back. */
static const struct story_version *with_views(const struct house *h, int64_t id)
{
	const struct story_version *v = story_version(house_story(h), id);

	while (v && !v->views.list.count)
		v = story_version(house_story(h), v->from);
	return v;
}

static const struct story_version *shown(const struct views_pane *p)
{
	return with_views(p->pane.house, house_version(p->pane.house));
}

static const struct story_version *compared(const struct views_pane *p)
{
	const struct story_version *v = shown(p);
	int64_t base = house_base(p->pane.house);

	if (!base)
		base = house_marked(p->pane.house);
	return v ? with_views(p->pane.house, base && base != v->id ? base : v->from) : NULL;
}

static const struct view *camera(const struct story_version *v, const char *name)
{
	for (size_t i = 0; v && i < v->views.list.count; i++)
		if (!strcmp(v->views.list.items[i].name, name))
			return &v->views.list.items[i];
	return NULL;
}

static size_t camera_at(const struct views_pane *p, const struct story_version *v)
{
	return v->views.list.count ? p->camera % v->views.list.count : 0;
}

static void file_of(struct strbuf *out, const struct views_pane *p, const struct view *view)
{
	strbuf_reset(out);
	blob_path(session_blobs(house_session(p->pane.house)), view->blob, out);
}

static void place(struct views_pane *p, int slot, const struct canvas *on, struct picture *picture)
{
	struct cells area = { on->top, on->left, on->rows, on->cols };

	picture->zoom_percent = p->zoom_percent;
	picture->zoom_x = p->zoom_x;
	picture->zoom_y = p->zoom_y;
	picture->wipe = p->wipe;
	layer_place(house_layer(p->pane.house), slot, picture, area);
}

static void draw_one(struct views_pane *p, int slot, const struct canvas *on, struct strbuf *file,
                     const struct view *view)
{
	struct picture picture = { .way = PICTURE_PLAIN, .count = 1, .words = view->name };

	file_of(file, p, view);
	picture.files[0] = strbuf_str(file);
	place(p, slot, on, &picture);
}

static void draw_two(struct views_pane *p, const struct canvas *on, enum picture_way way,
                     const struct view *before, const struct view *after)
{
	struct picture picture = { .way = way, .count = 2, .words = after->name };

	file_of(&p->before, p, before);
	file_of(&p->after, p, after);
	picture.files[0] = strbuf_str(&p->before);
	picture.files[1] = strbuf_str(&p->after);
	place(p, 0, on, &picture);
}

/* Cells are about twice as high as wide: the longer side is divided. */
static void draw_beside(struct views_pane *p, const struct canvas *on, const struct view *before,
                        const struct view *after)
{
	bool is_wide = on->cols > 2 * on->rows;
	int rows = is_wide ? on->rows : on->rows / 2, cols = is_wide ? on->cols / 2 : on->cols;
	struct canvas first = canvas_part(on, 0, 0, rows, cols);
	struct canvas second = is_wide ? canvas_part(on, 0, cols, rows, cols)
	                               : canvas_part(on, rows, 0, rows, cols);

	draw_one(p, 0, &first, &p->before, before);
	draw_one(p, 1, &second, &p->after, after);
}

static void draw_sheet(struct views_pane *p, const struct canvas *on, const struct story_version *v)
{
	struct picture picture = { .way = PICTURE_SHEET, .words = "all cameras" };
	struct strbuf files[PICTURE_FILES_MOST] = { 0 };

	for (size_t i = 0; i < v->views.list.count && i < COUNT(files); i++) {
		file_of(&files[i], p, &v->views.list.items[i]);
		picture.files[picture.count++] = strbuf_str(&files[i]);
	}
	place(p, 0, on, &picture);
	for (size_t i = 0; i < COUNT(files); i++)
		strbuf_release(&files[i]);
}

static void say_nothing(const struct views_pane *p, const struct canvas *on)
{
	const struct state *now = session_state(house_session(p->pane.house));
	const char *why = !now->begun ? "The views will be here." : "Nothing has been drawn yet.";

	canvas_say(on, on->rows / 2, (on->cols - (int)strlen(why)) / 2, LOOK_DIM, why);
}

static void draw(void *pane, struct canvas *on)
{
	struct views_pane *p = pane;
	const struct story_version *v = shown(p), *old = compared(p);
	const struct view *after, *before;
	enum way way = *way_of(p);

	if (!v) {
		say_nothing(p, on);
		return;
	}
	after = &v->views.list.items[camera_at(p, v)];
	before = camera(old, after->name);
	if (way == WAY_SHEET)
		draw_sheet(p, on, v);
	else if (way == WAY_SINGLE || !before)
		draw_one(p, 0, on, &p->after, after);
	else if (way == WAY_BESIDE)
		draw_beside(p, on, before, after);
	else
		draw_two(p, on, way == WAY_WIPE ? PICTURE_WIPE : PICTURE_DIFFERENCE, before, after);
}

static void badge(void *pane, struct strbuf *out)
{
	struct views_pane *p = pane;
	const struct story_version *v = shown(p);

	if (!v)
		return;
	if (*way_of(p) == WAY_SHEET)
		strbuf_addf(out, "all %zu", v->views.list.count);
	else
		strbuf_addf(out, "%s %zu/%zu", v->views.list.items[camera_at(p, v)].name,
		            camera_at(p, v) + 1, v->views.list.count);
	if (*way_of(p) != WAY_SINGLE && *way_of(p) != WAY_SHEET)
		strbuf_addf(out, "  %s", way_names[*way_of(p)]);
	if (v->id != house_version(p->pane.house))
		strbuf_addf(out, "  of version %lld", (long long)v->id);
}

static void foot(void *pane, struct strbuf *out)
{
	struct views_pane *p = pane;
	struct layer_view view = layer_view(house_layer(p->pane.house), 0);

	if (view.complaint)
		strbuf_addstr(out, view.complaint);
	else if (*way_of(p) == WAY_DIFFERENCE && compared(p))
		strbuf_addf(out, "%.1f %% of the pixels differ", 100 * view.difference);
	else if (p->zoom_percent != 100)
		strbuf_addf(out, "%d %%", p->zoom_percent);
}

static bool pan(struct views_pane *p, int by_x, int by_y)
{
	int step = 10000 / p->zoom_percent;

	if (*way_of(p) == WAY_WIPE && by_x) {
		p->wipe += by_x * 50;
		p->wipe = p->wipe < 0 ? 0 : p->wipe > 1000 ? 1000 : p->wipe;
		return true;
	}
	if (p->zoom_percent == 100)
		return false;
	p->zoom_x += by_x * step;
	p->zoom_y += by_y * step;
	p->zoom_x = p->zoom_x < 0 ? 0 : p->zoom_x > 1000 ? 1000 : p->zoom_x;
	p->zoom_y = p->zoom_y < 0 ? 0 : p->zoom_y > 1000 ? 1000 : p->zoom_y;
	return true;
}

/* The version before or after the one that is shown. */
static bool step(struct views_pane *p, int by)
{
	const struct story *story = house_story(p->pane.house);
	const struct story_version *v = shown(p);
	size_t at = 0;

	if (!v)
		return false;
	while (&story->versions[at] != v)
		at++;
	do {
		at += (size_t)by;
	} while (at < story->count && !story->versions[at].views.list.count);
	if (at >= story->count)
		return false;
	house_look_at(p->pane.house, story->versions[at].id);
	return true;
}

static bool on_move(void *pane, enum move move)
{
	struct views_pane *p = pane;
	const struct story_version *v = shown(p);
	size_t count = v ? v->views.list.count : 0;

	switch (move) {
	case MOVE_LEFT:
		return pan(p, -1, 0);
	case MOVE_RIGHT:
		return pan(p, 1, 0);
	case MOVE_UP:
		return pan(p, 0, -1);
	case MOVE_DOWN:
		return pan(p, 0, 1);
	case MOVE_NEXT:
	case MOVE_WHEEL_DOWN:
		p->camera = count ? (p->camera + 1) % count : 0;
		return count > 1;
	case MOVE_PREV:
	case MOVE_WHEEL_UP:
		p->camera = count ? (p->camera + count - 1) % count : 0;
		return count > 1;
	case MOVE_PREV_BIG:
		return step(p, -1);
	case MOVE_NEXT_BIG:
		return step(p, 1);
	default:
		return false;
	}
}

static bool do_next_view(void *pane, const char *args, struct error *err)
{
	struct views_pane *p = pane;
	enum way *way = way_of(p);

	(void)args;
	*way = (*way + 1) % WAY_COUNT;
	if (*way != WAY_SHEET && *way != WAY_SINGLE && !compared(p))
		return failed(err, ERR_USAGE,
		              "there is no version before this one to compare with");
	return true;
}

static bool do_zoom(struct views_pane *p, int percent)
{
	p->zoom_percent = percent < 100 ? 100 : percent > 1600 ? 1600 : percent;
	if (p->zoom_percent == 100)
		p->zoom_x = p->zoom_y = 500;
	return true;
}

static bool do_zoom_in(void *pane, const char *args, struct error *err)
{
	(void)args;
	(void)err;
	return do_zoom(pane, ((struct views_pane *)pane)->zoom_percent * 2);
}

static bool do_zoom_out(void *pane, const char *args, struct error *err)
{
	(void)args;
	(void)err;
	return do_zoom(pane, ((struct views_pane *)pane)->zoom_percent / 2);
}

static bool do_zoom_fit(void *pane, const char *args, struct error *err)
{
	(void)args;
	(void)err;
	return do_zoom(pane, 100);
}

static bool do_view(void *pane, const char *args, struct error *err)
{
	struct views_pane *p = pane;
	const struct story_version *v = shown(p);

	for (int i = 0; way_names[i]; i++)
		if (!strcmp(way_names[i], args)) {
			*way_of(p) = (enum way)i;
			return true;
		}
	for (size_t i = 0; v && i < v->views.list.count; i++)
		if (!strcmp(v->views.list.items[i].name, args)) {
			p->camera = i;
			return true;
		}
	return failed(err, ERR_USAGE,
	              "view: write a camera, or single, before|after, wipe, difference or all");
}

/* The file of the picture, for other programs. */
static bool copy(void *pane, struct strbuf *out)
{
	struct views_pane *p = pane;
	const struct story_version *v = shown(p);

	if (!v)
		return false;
	file_of(out, p, &v->views.list.items[camera_at(p, v)]);
	return true;
}

static const struct verb verbs[] = {
	{ "next view", "", do_next_view, "One picture, before and after, wipe, difference, all" },
	{ "zoom in", "", do_zoom_in, "Look closer" },
	{ "zoom out", "", do_zoom_out, "Look from further away" },
	{ "zoom fit", "", do_zoom_fit, "See the whole picture" },
	{ "view", "CAMERA|WAY", do_view, "Go to a camera, or to a way of looking" },
	{ 0 },
};

const struct pane_type views_pane = {
	.id = PANE_VIEWS,
	.title = "Views",
	.size = sizeof(struct views_pane),
	.verbs = verbs,
	.open = open,
	.close = close,
	.draw = draw,
	.badge = badge,
	.foot = foot,
	.move = on_move,
	.copy = copy,
};
