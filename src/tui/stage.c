#include "tui/stage.h"

#include <curses.h>

void stage_learned(struct stage *stage)
{
	looks_apply(&stage->looks, &stage->theme, term_caps(stage->term)->colors);
}

struct canvas stage_canvas(const struct stage *stage)
{
	struct canvas screen = canvas_of(stdscr, &stage->looks, term_caps(stage->term));

	canvas_fill(&screen, 0, 0, screen.rows, screen.cols, LOOK_TEXT);
	return screen;
}

bool stage_open(struct stage *out, struct loop *loop, const struct stage_options *options,
                const struct term_events *events, struct error *err)
{
	struct term_options how = { .mouse = !options->no_mouse };

	*out = (struct stage){ .loop = loop };
	if (!theme_load(&out->theme, options->theme ? options->theme : "default", err) ||
	    !keymap_load_usual(&out->keymap, err) ||
	    !term_open(&out->term, loop, &how, events, err)) {
		stage_close(out);
		return false;
	}
	stage_learned(out);
	out->work = work_new(loop);
	out->layer = layer_open(out->term, loop, out->work);
	return true;
}

void stage_close(struct stage *stage)
{
	if (stage->layer)
		layer_close(stage->layer);
	if (stage->work)
		work_free(stage->work);
	term_close(stage->term);
	keymap_free(stage->keymap);
	*stage = (struct stage){ 0 };
}
