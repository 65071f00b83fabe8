#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "picturedemo.h"
#include "plane.h"
#include "render.h"
#include "scratch.h"
#include "screen.h"
#include "sixdec.h"
#include "tui/mask.h"

enum {
	CELL_WIDTH = 8,
	CELL_HEIGHT = 16,
	FILES = 3,
};

static char self[4096]; /* this program, which is also the one being tested */

/* The program on its terminal, the pixels of that, and where the picture ought to be. */
struct stage {
	struct screen *screen;
	struct plane *plane;
	size_t fed; /* of what was sent */
	int rows, cols, view, pop_ups, signs;
	bool is_tmux; /* parts have heights of a multiple of 6 px */
	struct scratch scratch;
	char files[FILES][80];
};

static struct stage *open_stage(const char *profile, enum plane_rules rules)
{
	static const uint32_t colors[FILES] = { 0xcc3333, 0x33cc33, 0x3333cc };
	struct stage *s = NEW(struct stage);
	const char *const argv[] = { self, "demo", s->files[0], s->files[1], s->files[2], NULL };
	const char *const env[] = { rules == PLANE_TMUX ? "LL3M_GRAPHICS=sixel" : "UNUSED=1",
		                    NULL };
	struct screen_options options = {
		.argv = argv, .env = env, .profile = profile, .rows = 30, .cols = 100
	};

	s->scratch = scratch_new();
	for (int i = 0; i < FILES; i++) {
		struct pixels p = render(256, 192), spot = render_plain(60, 60, colors[i]);

		pixels_paste(&p, &spot, 10, 10);
		snprintf(s->files[i], sizeof(s->files[i]), "%s/%d.png", s->scratch.dir, i);
		render_save(&p, s->files[i]);
		pixels_release(&p);
		pixels_release(&spot);
	}
	s->rows = 30;
	s->cols = 100;
	s->is_tmux = rules == PLANE_TMUX;
	s->plane = plane_new(rules, (struct plane_size){ 30, 100, CELL_WIDTH, CELL_HEIGHT });
	s->screen = screen_start(&options);
	return s;
}

static void feed(struct stage *s)
{
	const struct strbuf *sent = screen_sent(s->screen);

	plane_feed(s->plane, strbuf_str(sent) + s->fed, sent->len - s->fed);
	s->fed = sent->len;
}

/*
 * Until all that was asked for is done. What comes in a frame after its text has come for sure
 * when the next one is there, so there are two.
 */
static void settle(struct stage *s, const char *state)
{
	char text[80];

	for (int i = 0; i < 2; i++) {
		screen_keys(s->screen, "y");
		snprintf(text, sizeof(text), "view %d/3 %s pop-up %d sign %d", s->view + 1, state,
		         s->pop_ups, ++s->signs);
		screen_wait(s->screen, text);
	}
	feed(s);
}

static void close_stage(struct stage *s)
{
	struct plane_facts facts;

	screen_keys(s->screen, "q");
	assert_int_equal(screen_end(s->screen), 0);
	feed(s);
	facts = plane_facts(s->plane);
	assert_int_equal(facts.bad, 0);
	assert_int_equal(facts.tall, 0);
	screen_free(s->screen);
	plane_free(s->plane);
	scratch_free(&s->scratch);
	free(s);
}

static struct cells pane_of(const struct stage *s)
{
	return (struct cells){ 1, s->cols / 2, (s->rows - 1) * 2 / 3 - 1,
		               s->cols - s->cols / 2 - 1 };
}

static void assert_covered(struct stage *s, double share, double by)
{
	struct cells pane = pane_of(s);
	double seen = plane_coverage(s->plane, pane.row, pane.col, pane.rows, pane.cols);

	if (fabs(seen - share) > by)
		fail_msg("%.4f of the pane is covered, not %.4f", seen, share);
}

/* Text is never under a picture that is not there any more. */
static void assert_clean(struct stage *s)
{
	struct cells pane = pane_of(s);

	assert_true(plane_coverage(s->plane, 0, 0, s->rows, pane.col) < 0.00001);
	assert_true(plane_coverage(s->plane, pane.row + pane.rows, 0,
	                           s->rows - pane.row - pane.rows, s->cols) < 0.00001);
}

/* All of it; in tmux the last pixel rows may be missing. */
static void assert_shows(struct stage *s, int which)
{
	struct cells pane = pane_of(s);
	int spare = pane.rows * CELL_HEIGHT % 6;
	struct pixels_area px = { pane.col * CELL_WIDTH, pane.row * CELL_HEIGHT,
		                  pane.cols * CELL_WIDTH, pane.rows * CELL_HEIGHT - spare };
	struct pixels file = { 0 }, fit = { 0 }, meant = { 0 }, seen = { 0 };
	struct error err;
	double psnr;

	assert_true(pixels_load(&file, s->files[which], &err));
	pixels_fit(&fit, &file, pixels_zoomed(&file, 100, 0, 0), px.width, px.height + spare, 0);
	pixels_crop(&meant, &fit, (struct pixels_area){ 0, 0, px.width, px.height });
	pixels_crop(&seen, plane_pixels(s->plane), px);
	psnr = sixdec_psnr(&seen, &meant);
	pixels_release(&file);
	pixels_release(&fit);
	pixels_release(&meant);
	pixels_release(&seen);
	if (psnr < 30)
		fail_msg("the picture is off: %.1f dB", psnr);
	assert_clean(s);
}

static void stream_some(struct stage *s, int *lines)
{
	char text[40];

	screen_keys(s->screen, "f");
	*lines += 30;
	for (int i = *lines - 29; i <= *lines; i++) {
		snprintf(text, sizeof(text), "text %d", i);
		screen_wait(s->screen, text);
		feed(s);
		if (s->pop_ups % 2 == 0)
			assert_clean(s);
	}
	screen_keys(s->screen, "f");
}

static void resize(struct stage *s, int rows, int cols)
{
	feed(s);
	s->rows = rows;
	s->cols = cols;
	plane_resize(s->plane, rows, cols);
	screen_resize(s->screen, rows, cols);
}

static void toggle_pop_up(struct stage *s)
{
	screen_keys(s->screen, "p");
	s->pop_ups++;
	settle(s, "shown");
}

/* The pop-up is whole, and the picture around it, too. */
static void assert_pop_up(struct stage *s)
{
	struct cells pane = pane_of(s);
	int row = pane.row + 1 + s->pop_ups % 4, col = pane.col - 4 + s->pop_ups * 5 % 23;
	int hidden = (col < pane.col ? col + 24 - pane.col : 24) * 6;
	double spare = s->is_tmux ? 0.03 : 0.0005;

	assert_true(screen_shows(s->screen, "accept this step?"));
	assert_true(plane_coverage(s->plane, row, col, 6, 24) < 0.00001);
	assert_covered(s, 1 - hidden / ((double)pane.rows * pane.cols), spare);
}

static void run_scenario(const char *profile, enum plane_rules rules)
{
	struct stage *s = open_stage(profile, rules);
	int lines = 0;

	settle(s, "shown");
	assert_shows(s, 0);
	stream_some(s, &lines);
	settle(s, "shown");
	assert_shows(s, 0);
	toggle_pop_up(s);
	assert_pop_up(s);
	stream_some(s, &lines);
	settle(s, "shown");
	assert_pop_up(s);
	toggle_pop_up(s);
	assert_shows(s, 0);
	screen_keys(s->screen, "n");
	s->view = 1;
	settle(s, "shown");
	assert_shows(s, 1);
	screen_keys(s->screen, "h");
	settle(s, "hidden");
	assert_covered(s, 0, 0.00001);
	screen_keys(s->screen, "h");
	settle(s, "shown");
	assert_shows(s, 1);
	resize(s, 24, 80);
	settle(s, "shown");
	assert_shows(s, 1);
	resize(s, 50, 160);
	settle(s, "shown");
	assert_shows(s, 1);
	screen_keys(s->screen, "t");
	settle(s, "shown");
	assert_shows(s, 1);
	close_stage(s);
}

TEST(pictures_survive_everything_that_happens_around_them_in_xterm)
{
	run_scenario("xterm", PLANE_XTERM);
}

TEST(pictures_survive_everything_that_happens_around_them_in_foot)
{
	run_scenario("foot", PLANE_XTERM);
}

TEST(pictures_survive_everything_that_happens_around_them_in_tmux)
{
	run_scenario("tmux-3.5", PLANE_TMUX);
}

TEST(after_thirty_pop_ups_xterm_still_has_the_whole_picture)
{
	struct stage *s = open_stage("xterm", PLANE_XTERM);

	settle(s, "shown");
	for (int i = 0; i < 60; i++)
		toggle_pop_up(s);
	plane_expose(s->plane);
	assert_shows(s, 0);
	close_stage(s);
}

TEST(streaming_beside_a_picture_sends_it_once)
{
	struct stage *s = open_stage("xterm", PLANE_XTERM);
	int lines = 0;

	settle(s, "shown");
	stream_some(s, &lines);
	stream_some(s, &lines);
	assert_int_equal(plane_facts(s->plane).pictures, 1);
	close_stage(s);
}

/* Every way to put pictures together, and every size of them, gives a whole pane. */
TEST(all_ways_to_look_fill_the_pane)
{
	static const char keys[] = "wds++++----vnwnd";
	struct stage *s = open_stage("xterm", PLANE_XTERM);

	settle(s, "shown");
	for (int i = 0; keys[i]; i++) {
		screen_send(s->screen, &keys[i], 1);
		s->view = (s->view + (keys[i] == 'n')) % FILES;
		settle(s, "shown");
		assert_covered(s, 1, 0.00001);
	}
	close_stage(s);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_survive_everything_that_happens_around_them_in_xterm),
		cmocka_unit_test(pictures_survive_everything_that_happens_around_them_in_foot),
		cmocka_unit_test(pictures_survive_everything_that_happens_around_them_in_tmux),
		cmocka_unit_test(after_thirty_pop_ups_xterm_still_has_the_whole_picture),
		cmocka_unit_test(streaming_beside_a_picture_sends_it_once),
		cmocka_unit_test(all_ways_to_look_fill_the_pane),
	};

	if (argc > 1 && !strcmp(argv[1], "demo"))
		return picturedemo(argc - 1, argv + 1);
	if (!realpath("/proc/self/exe", self))
		return 77;
	return RUN_ALL(tests);
}
