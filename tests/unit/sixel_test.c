#include "tui/sixel.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render.h"
#include "sixdec.h"

static struct indexed indexed_of(const struct pixels *p, int colors, int price)
{
	struct palette_options options = { .colors = colors, .price = price };
	struct indexed image = { 0 };

	indexed_make(&image, p, &options);
	return image;
}

static struct sixdec draw(struct strbuf *sixels, const struct indexed *image)
{
	struct sixdec seen = { 0 };
	struct error err;

	strbuf_reset(sixels);
	assert_true(sixel_add(sixels, image, &err));
	assert_true(sixdec_read(&seen, sixels->buf, sixels->len));
	assert_int_equal(seen.len, sixels->len);
	assert_int_equal(seen.mistakes, 0);
	return seen;
}

static void assert_same(const struct sixdec *seen, const struct indexed *meant)
{
	assert_int_equal(seen->pixels.width, meant->width);
	assert_int_equal(seen->pixels.height, meant->height);
	for (int i = 0; i < meant->width * meant->height; i++) {
		const uint8_t *color = meant->palette.colors[meant->indices[i]];

		assert_memory_equal(seen->pixels.rgba + 4 * i, color, 3);
		assert_int_equal(seen->pixels.rgba[4 * i + 3], 255);
	}
}

TEST(what_is_drawn_is_what_was_meant)
{
	static const int sizes[][2] = { { 1, 6 },   { 1, 7 },    { 7, 11 },
		                        { 64, 64 }, { 300, 11 }, { 3, 200 } };
	struct strbuf sixels = { 0 };

	for (size_t i = 0; i < COUNT(sizes); i++)
		for (int colors = 2; colors <= 256; colors *= 2) {
			struct pixels p = render(sizes[i][0], sizes[i][1]);
			struct indexed image = indexed_of(&p, colors, 60);
			struct sixdec seen = draw(&sixels, &image);

			assert_same(&seen, &image);
			sixdec_release(&seen);
			indexed_release(&image);
			pixels_release(&p);
		}
	strbuf_release(&sixels);
}

TEST(every_percent_of_a_color_arrives)
{
	struct strbuf sixels = { 0 };
	struct indexed image = { .width = 101, .height = 6, .palette.count = 101 };
	struct sixdec seen;

	image.indices = xcalloc(101, 6);
	for (int i = 0; i < 101 * 6; i++)
		image.indices[i] = (uint8_t)(i % 101);
	for (int i = 0; i <= 100; i++)
		memset(image.palette.colors[i], (i * 255 + 50) / 100, 3);
	seen = draw(&sixels, &image);
	assert_same(&seen, &image);
	sixdec_release(&seen);
	indexed_release(&image);
	strbuf_release(&sixels);
}

TEST(a_part_is_the_same_part_of_the_whole)
{
	struct pixels_area area = { 13, 26, 50, 40 };
	struct strbuf sixels = { 0 };
	struct pixels p = render(128, 96), whole, part = { 0 };
	struct indexed image = indexed_of(&p, 64, 60), cut = { 0 };
	struct sixdec seen_whole, seen;

	seen_whole = draw(&sixels, &image);
	whole = seen_whole.pixels;
	indexed_crop(&cut, &image, area);
	assert_true(cut.palette.count <= image.palette.count);
	seen = draw(&sixels, &cut);
	pixels_crop(&part, &whole, area);
	assert_memory_equal(part.rgba, seen.pixels.rgba, 4 * 50 * 40);
	sixdec_release(&seen);
	sixdec_release(&seen_whole);
	indexed_release(&cut);
	indexed_release(&image);
	pixels_release(&part);
	pixels_release(&p);
	strbuf_release(&sixels);
}

TEST(pixels_that_nothing_covers_are_left_alone)
{
	struct strbuf sixels = { 0 };
	struct pixels p = render(8, 8);
	struct indexed image = indexed_of(&p, 16, 0);
	struct sixdec seen = draw(&sixels, &image);

	assert_memory_equal(sixels.buf, "\033P0;1;0q\"1;1;8;8", 16);
	sixdec_release(&seen);
	indexed_release(&image);
	pixels_release(&p);
	strbuf_release(&sixels);
}

/* Noise is what costs bytes; the numbers are a tenth above what is reached today. */
TEST(a_render_is_small_and_close)
{
	static const struct {
		int colors, price;
		size_t bytes;
		double psnr;
	} grades[] = {
		{ 32, 850, 8700, 38 },
		{ 64, 800, 10500, 38.2 },
		{ 256, 150, 66000, 39.2 },
	};
	struct pixels p = render(512, 512);
	struct strbuf sixels = { 0 };

	for (size_t i = 0; i < COUNT(grades); i++) {
		struct indexed image = indexed_of(&p, grades[i].colors, grades[i].price);
		struct sixdec seen = draw(&sixels, &image);
		double psnr = sixdec_psnr(&seen.pixels, &p);

		print_message("%d colors: %zu bytes, %.1f dB\n", grades[i].colors, sixels.len,
		              psnr);
		assert_true(sixels.len < grades[i].bytes);
		assert_true(psnr > grades[i].psnr);
		sixdec_release(&seen);
		indexed_release(&image);
	}
	pixels_release(&p);
	strbuf_release(&sixels);
}

TEST(an_edge_stays_where_it_is_whatever_a_change_costs)
{
	struct pixels p = render_plain(64, 12, 0x404040), half = render_plain(31, 12, 0x808080);
	struct strbuf sixels = { 0 };
	struct indexed image;
	struct sixdec seen;

	pixels_paste(&p, &half, 33, 0);
	image = indexed_of(&p, 16, 1000);
	seen = draw(&sixels, &image);
	assert_true(sixdec_psnr(&seen.pixels, &p) > 45);
	sixdec_release(&seen);
	indexed_release(&image);
	pixels_release(&p);
	pixels_release(&half);
	strbuf_release(&sixels);
}

TEST(dithering_is_closer_to_the_eye)
{
	struct palette_options options = { .colors = 16 };
	struct pixels p = render(256, 256), seen[2] = { { 0 } }, small = { 0 }, meant = { 0 };
	struct strbuf sixels = { 0 };
	double psnr[2];

	pixels_stretch(&meant, &p, (struct pixels_area){ 0, 0, 256, 256 }, 64, 64, 0);
	for (int i = 0; i < 2; i++) {
		struct indexed image = { 0 };
		struct sixdec drawn;

		options.is_dithered = i;
		indexed_make(&image, &p, &options);
		drawn = draw(&sixels, &image);
		seen[i] = drawn.pixels;
		pixels_stretch(&small, &seen[i], (struct pixels_area){ 0, 0, 256, 256 }, 64, 64, 0);
		psnr[i] = sixdec_psnr(&small, &meant);
		sixdec_release(&drawn);
		indexed_release(&image);
	}
	assert_true(psnr[1] > psnr[0] + 2);
	pixels_release(&small);
	pixels_release(&meant);
	pixels_release(&p);
	strbuf_release(&sixels);
}

TEST(a_smooth_gray_wall_does_not_fall_into_bands)
{
	struct pixels p = { 0 };
	struct palette palette;

	pixels_make(&p, 180, 4);
	for (int i = 0; i < 180 * 4; i++) {
		memset(p.rgba + 4 * i, 60 + i % 180, 3);
		p.rgba[4 * i + 2] = (uint8_t)(62 + i % 180); /* as walls below a blue sky are */
	}
	palette_make(&palette, &p, 64);
	assert_in_range(palette.count, 50, 64);
	pixels_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_drawn_is_what_was_meant),
		cmocka_unit_test(every_percent_of_a_color_arrives),
		cmocka_unit_test(a_part_is_the_same_part_of_the_whole),
		cmocka_unit_test(pixels_that_nothing_covers_are_left_alone),
		cmocka_unit_test(a_render_is_small_and_close),
		cmocka_unit_test(an_edge_stays_where_it_is_whatever_a_change_costs),
		cmocka_unit_test(dithering_is_closer_to_the_eye),
		cmocka_unit_test(a_smooth_gray_wall_does_not_fall_into_bands),
	};

	return RUN_ALL(tests);
}
