#include "tui/kitty.h"

#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "render.h"

/* Take one graphics command off the front: its keys and what it carries. */
static bool next(const char **at, char keys[128], struct strbuf *payload)
{
	const char *end, *semicolon;

	if (strncmp(*at, "\033_G", 3) != 0)
		return false;
	end = strstr(*at, "\033\\");
	assert_non_null(end);
	semicolon = memchr(*at, ';', (size_t)(end - *at));
	snprintf(keys, 128, "%.*s", (int)((semicolon ? semicolon : end) - *at) - 3, *at + 3);
	if (semicolon) {
		assert_true(end - semicolon - 1 <= 4096);
		strbuf_add(payload, semicolon + 1, (size_t)(end - semicolon - 1));
	}
	*at = end + 2;
	return true;
}

TEST(a_picture_arrives_in_pieces_of_one_png)
{
	struct palette_options options = { .colors = 64, .price = 60 };
	struct strbuf out = { 0 }, payload = { 0 }, png = { 0 };
	struct pixels p = render(200, 150), seen = { 0 };
	struct indexed image = { 0 };
	struct error err;
	const char *at;
	char keys[128];
	int count = 0;

	indexed_make(&image, &p, &options);
	assert_true(kitty_send(&out, &image, 7, &err));
	for (at = strbuf_str(&out); next(&at, keys, &payload); count++) {
		if (count == 0)
			assert_string_equal(keys, "a=t,f=100,i=7,q=2,m=1");
		else
			assert_string_equal(keys, *at ? "m=1" : "m=0");
	}
	assert_true(count > 1);
	assert_int_equal(*at, '\0');
	assert_true(base64_read(&png, payload.buf, payload.len));
	assert_true(pixels_read(&seen, png.buf, png.len, &err));
	assert_int_equal(seen.width, 200);
	for (int i = 0; i < 200 * 150; i++)
		assert_memory_equal(seen.rgba + 4 * i, image.palette.colors[image.indices[i]], 3);
	strbuf_release(&out);
	strbuf_release(&payload);
	strbuf_release(&png);
	indexed_release(&image);
	pixels_release(&p);
	pixels_release(&seen);
}

TEST(showing_and_hiding_cost_few_bytes)
{
	struct strbuf out = { 0 };

	kitty_show(&out, 7, 3, (struct pixels_area){ 8, 16, 80, 160 }, 10, 10);
	assert_string_equal(strbuf_str(&out),
	                    "\033_Ga=p,i=7,p=3,x=8,y=16,w=80,h=160,c=10,r=10,C=1,q=2\033\\");
	strbuf_reset(&out);
	kitty_hide(&out, 7, 3);
	kitty_forget(&out, 7);
	kitty_forget_all(&out);
	assert_string_equal(strbuf_str(&out), "\033_Ga=d,d=i,i=7,p=3,q=2\033\\"
	                                      "\033_Ga=d,d=I,i=7,q=2\033\\"
	                                      "\033_Ga=d,d=A,q=2\033\\");
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_picture_arrives_in_pieces_of_one_png),
		cmocka_unit_test(showing_and_hiding_cost_few_bytes),
	};

	return RUN_ALL(tests);
}
