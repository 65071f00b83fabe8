#include "tui/symbols.h"

#include <string.h>

#include "base/text.h"
#include "render.h"

static const int depths[] = { 8, 16, 256, 1 << 24 };

/* Every sequence is a color, every other character takes one cell: how many there are. */
static int count_cells(const char *text)
{
	size_t len = strlen(text);
	int count = 0;

	while (len) {
		size_t used = 1;

		if (*text == '\033') {
			used = strcspn(text, "mH") + 1;
			assert_true(used <= len && text[1] == '[');
			assert_int_equal(strspn(text + 2, "0123456789;"), used - 3);
		} else {
			uint32_t character;

			used = text_decode(&character, text, len);
			assert_int_equal(text_cell_width(character), 1);
			count++;
		}
		text += used;
		len -= used;
	}
	return count;
}

TEST(every_cell_gets_one_character)
{
	struct pixels p = render(160, 160);
	struct cells whole = { 0, 0, 10, 20 }, part = { 2, 3, 5, 7 };

	for (size_t i = 0; i < COUNT(depths); i++) {
		struct symbols symbols = { 0 };
		struct strbuf out = { 0 };

		symbols_make(&symbols, &p, 10, 20, depths[i]);
		symbols_add(&out, &symbols, whole, 0, 0);
		assert_int_equal(count_cells(strbuf_str(&out)), 200);
		strbuf_reset(&out);
		symbols_add(&out, &symbols, part, 30, 40);
		assert_int_equal(count_cells(strbuf_str(&out)), 35);
		assert_non_null(strstr(strbuf_str(&out), "\033[31;41H"));
		assert_non_null(strstr(strbuf_str(&out), "\033[35;41H"));
		assert_string_equal(out.buf + out.len - 3, "\033[m");
		strbuf_release(&out);
		symbols_release(&symbols);
	}
	pixels_release(&p);
}

TEST(a_half_block_has_the_colors_of_its_halves)
{
	struct pixels p = render_plain(1, 2, 0xff0000);
	struct symbols symbols = { 0 };
	struct strbuf out = { 0 };

	memcpy(p.rgba + 4, (uint8_t[]){ 0, 0, 255, 255 }, 4);
	symbols_make_halves(&symbols, &p, 1, 1, 1 << 24);
	symbols_add(&out, &symbols, (struct cells){ 0, 0, 1, 1 }, 0, 0);
	assert_string_equal(strbuf_str(&out),
	                    "\033[1;1H\033[38;2;255;0;0m\033[48;2;0;0;255m\xe2\x96\x80\033[m");
	strbuf_reset(&out);
	symbols_make_halves(&symbols, &p, 1, 1, 256);
	symbols_add(&out, &symbols, (struct cells){ 0, 0, 1, 1 }, 0, 0);
	assert_string_equal(strbuf_str(&out),
	                    "\033[1;1H\033[38;5;196m\033[48;5;21m\xe2\x96\x80\033[m");
	strbuf_reset(&out);
	symbols_make_halves(&symbols, &p, 1, 1, 16);
	symbols_add(&out, &symbols, (struct cells){ 0, 0, 1, 1 }, 0, 0);
	assert_string_equal(strbuf_str(&out), "\033[1;1H\033[91m\033[44m\xe2\x96\x80\033[m");
	strbuf_release(&out);
	symbols_release(&symbols);
	pixels_release(&p);
}

TEST(a_plain_picture_says_its_color_once)
{
	struct pixels p = render_plain(80, 80, 0x336699);

	for (size_t i = 0; i < COUNT(depths); i++) {
		struct symbols symbols = { 0 };
		struct strbuf out = { 0 };

		symbols_make(&symbols, &p, 4, 8, depths[i]);
		symbols_add(&out, &symbols, (struct cells){ 0, 0, 4, 8 }, 0, 0);
		assert_true(out.len < 200);
		strbuf_release(&out);
		symbols_release(&symbols);
	}
	pixels_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cell_gets_one_character),
		cmocka_unit_test(a_half_block_has_the_colors_of_its_halves),
		cmocka_unit_test(a_plain_picture_says_its_color_once),
	};

	return RUN_ALL(tests);
}
