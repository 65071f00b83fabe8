#include "tui/pixels.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "render.h"
#include "scratch.h"

static struct pixels_area all_of(const struct pixels *p)
{
	return (struct pixels_area){ 0, 0, p->width, p->height };
}

static void assert_near(uint32_t seen, uint32_t meant, int by)
{
	for (int shift = 0; shift < 24; shift += 8)
		if (abs((int)(seen >> shift & 255) - (int)(meant >> shift & 255)) > by)
			fail_msg("%06x is not near %06x", (unsigned)seen, (unsigned)meant);
}

TEST(a_png_is_read_as_it_was_written)
{
	struct scratch s = scratch_new();
	struct pixels p = render(33, 17), q = { 0 };
	struct error err;

	render_save(&p, scratch_path(&s, "a.png"));
	assert_true(pixels_load(&q, scratch_path(&s, "a.png"), &err));
	assert_int_equal(q.width, 33);
	assert_int_equal(q.height, 17);
	assert_memory_equal(p.rgba, q.rgba, 4 * 33 * 17);
	pixels_release(&p);
	pixels_release(&q);
	scratch_free(&s);
}

TEST(what_is_no_png_is_refused)
{
	static const char *const texts[] = { "", "hello", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff\xe0" };
	struct pixels p = { 0 };
	struct error err;

	for (size_t i = 0; i < COUNT(texts); i++) {
		assert_false(pixels_read(&p, texts[i], strlen(texts[i]), &err));
		assert_null(p.rgba);
	}
}

TEST(a_png_cut_anywhere_is_refused_or_whole)
{
	struct scratch s = scratch_new();
	struct pixels p = render(20, 20), q = { 0 };
	struct strbuf bytes = { 0 };
	struct error err;

	render_save(&p, scratch_path(&s, "a.png"));
	assert_true(file_read(&bytes, scratch_path(&s, "a.png"), 1 << 20, &err));
	for (size_t len = 0; len + 16 < bytes.len; len++)
		assert_false(pixels_read(&q, bytes.buf, len, &err));
	pixels_release(&p);
	strbuf_release(&bytes);
	scratch_free(&s);
}

TEST(a_png_that_claims_to_be_huge_is_refused)
{
	static const unsigned char huge[] = {
		0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0,    0,    0,    13,
		'I',  'H', 'D', 'R', 0x00, 0x00, 0x40, 0x00, 0x00, 0x00, 0x40, 0x00,
		8,    6,   0,   0,   0,    0x28, 0x74, 0x6e, 0x2c, 0,    0,    0,
	};
	struct pixels p = { 0 };
	struct error err;

	assert_false(pixels_read(&p, huge, sizeof(huge), &err));
	assert_null(p.rgba);
}

TEST(scaling_keeps_the_mean)
{
	struct pixels p = { 0 }, q = { 0 };

	pixels_make(&p, 90, 90);
	for (int i = 0; i < 90 * 90; i++)
		memset(p.rgba + 4 * i, (i + i / 90) % 2 ? 255 : 0, 3), p.rgba[4 * i + 3] = 255;
	for (int side = 1; side <= 45; side += 11) {
		pixels_stretch(&q, &p, all_of(&p), side, side, 0);
		assert_near(render_color(&q, side / 2, side / 2), 0x7f7f7f, side > 30 ? 64 : 8);
	}
	pixels_release(&p);
	pixels_release(&q);
}

TEST(nothing_changes_in_a_picture_that_has_the_right_size)
{
	struct pixels p = render(64, 48), q = { 0 };

	pixels_fit(&q, &p, all_of(&p), 64, 48, 0);
	assert_memory_equal(p.rgba, q.rgba, 4 * 64 * 48);
	pixels_release(&p);
	pixels_release(&q);
}

TEST(a_picture_made_larger_runs_smoothly)
{
	struct pixels p = render_plain(2, 1, 0), q = { 0 };

	memset(p.rgba + 4, 255, 3);
	pixels_stretch(&q, &p, all_of(&p), 40, 1, 0);
	for (int x = 1; x < 40; x++)
		assert_true(q.rgba[4 * x] >= q.rgba[4 * (x - 1)]);
	assert_int_equal(render_color(&q, 0, 0), 0);
	assert_int_equal(render_color(&q, 39, 0), 0xffffff);
	pixels_release(&p);
	pixels_release(&q);
}

TEST(what_a_picture_does_not_fill_is_background)
{
	struct pixels p = render_plain(100, 50, 0xff0000), q = { 0 };

	pixels_fit(&q, &p, all_of(&p), 60, 60, 0x112233);
	assert_int_equal(render_color(&q, 30, 30), 0xff0000);
	assert_int_equal(render_color(&q, 0, 15), 0xff0000);
	assert_int_equal(render_color(&q, 0, 14), 0x112233);
	assert_int_equal(render_color(&q, 59, 45), 0x112233);
	pixels_release(&p);
	pixels_release(&q);
}

TEST(what_is_transparent_shows_the_background)
{
	struct pixels p = { 0 }, q = { 0 };

	pixels_make(&p, 10, 10);
	pixels_fit(&q, &p, all_of(&p), 10, 10, 0x445566);
	assert_int_equal(render_color(&q, 5, 5), 0x445566);
	assert_int_equal(q.rgba[3], 255);
	pixels_release(&p);
	pixels_release(&q);
}

TEST(zooming_stays_inside_the_picture)
{
	struct pixels p = render_plain(100, 60, 0);

	for (int percent = -5; percent < 20000; percent = percent * 2 + 30)
		for (int at = -500; at <= 1500; at += 250) {
			struct pixels_area area = pixels_zoomed(&p, percent, at, 1000 - at);

			assert_in_range(area.x, 0, 99);
			assert_in_range(area.y, 0, 59);
			assert_in_range(area.x + area.width, 1, 100);
			assert_in_range(area.y + area.height, 1, 60);
		}
	assert_int_equal(pixels_zoomed(&p, 100, 0, 0).width, 100);
	assert_int_equal(pixels_zoomed(&p, 200, 500, 500).x, 25);
	pixels_release(&p);
}

TEST(a_wipe_has_the_old_picture_left_and_the_new_one_right)
{
	struct pixels before = render_plain(100, 10, 0xff0000);

	for (int x = -10; x <= 110; x += 10) {
		struct pixels p = render_plain(100, 10, 0x0000ff);

		pixels_wipe(&p, &before, x);
		if (x > 10)
			assert_int_equal(render_color(&p, 2, 5), 0xff0000);
		if (x < 90)
			assert_int_equal(render_color(&p, 97, 5), 0x0000ff);
		pixels_release(&p);
	}
	pixels_release(&before);
}

TEST(noise_is_no_difference_and_a_change_is)
{
	struct pixels a = render(60, 60), b = render(60, 60), spot = render_plain(12, 10, 0x00ff00);

	for (int i = 0; i < 60 * 60; i++)
		b.rgba[4 * i] = (uint8_t)(b.rgba[4 * i] ^ (i * 7 % 5));
	assert_true(pixels_differ(&b, &a) < 0.001);
	pixels_release(&b);
	b = render(60, 60);
	pixels_paste(&b, &spot, 20, 20);
	assert_near((uint32_t)(pixels_differ(&b, &a) * 3600), 12 * 10, 60);
	assert_true((render_color(&b, 25, 25) >> 16) > 150);
	pixels_release(&a);
	pixels_release(&b);
	pixels_release(&spot);
}

TEST(pasting_outside_is_left_out)
{
	struct pixels p = render_plain(10, 10, 0), q = render_plain(4, 4, 0xffffff);

	pixels_paste(&p, &q, -3, 8);
	pixels_paste(&p, &q, 9, -3);
	pixels_paste(&p, &q, 40, 40);
	pixels_paste(&p, &q, -40, -40);
	assert_int_equal(render_color(&p, 0, 9), 0xffffff);
	assert_int_equal(render_color(&p, 9, 0), 0xffffff);
	assert_int_equal(render_color(&p, 1, 9), 0);
	pixels_release(&p);
	pixels_release(&q);
}

TEST(tiles_do_not_overlap)
{
	for (int count = 1; count <= 12; count++)
		for (int i = 1; i < count; i++) {
			struct pixels_area a = pixels_tile(count, i - 1, 400, 300);
			struct pixels_area b = pixels_tile(count, i, 400, 300);

			assert_true(b.x >= a.x + a.width || b.y >= a.y + a.height);
			assert_true(b.x + b.width <= 400 && b.y + b.height <= 300);
		}
	assert_int_equal(pixels_tile(2, 1, 400, 200).x, 200);
	assert_int_equal(pixels_tile(2, 1, 200, 400).y, 200);
	assert_int_equal(pixels_tile(5, 4, 1000, 200).x, 800);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_png_is_read_as_it_was_written),
		cmocka_unit_test(what_is_no_png_is_refused),
		cmocka_unit_test(a_png_cut_anywhere_is_refused_or_whole),
		cmocka_unit_test(a_png_that_claims_to_be_huge_is_refused),
		cmocka_unit_test(scaling_keeps_the_mean),
		cmocka_unit_test(nothing_changes_in_a_picture_that_has_the_right_size),
		cmocka_unit_test(a_picture_made_larger_runs_smoothly),
		cmocka_unit_test(what_a_picture_does_not_fill_is_background),
		cmocka_unit_test(what_is_transparent_shows_the_background),
		cmocka_unit_test(zooming_stays_inside_the_picture),
		cmocka_unit_test(a_wipe_has_the_old_picture_left_and_the_new_one_right),
		cmocka_unit_test(noise_is_no_difference_and_a_change_is),
		cmocka_unit_test(pasting_outside_is_left_out),
		cmocka_unit_test(tiles_do_not_overlap),
	};

	return RUN_ALL(tests);
}
