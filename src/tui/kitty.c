#include "tui/kitty.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/mem.h"

enum {
	CHUNK = 4096, /* of base64, the most that kitty takes in one sequence */
};

/* With a palette, since that is an eighth of a true color PNG. */
static bool make_png(struct strbuf *out, const struct indexed *image, struct error *err)
{
	png_image png = {
		.version = PNG_IMAGE_VERSION,
		.width = (png_uint_32)image->width,
		.height = (png_uint_32)image->height,
		.format = PNG_FORMAT_RGB_COLORMAP,
		.colormap_entries = (png_uint_32)image->palette.count,
		.flags = PNG_IMAGE_FLAG_FAST,
	};
	png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(png);
	char *bytes = xcalloc(1, size);
	bool ok = png_image_write_to_memory(&png, bytes, &size, 0, image->indices, 0,
	                                    image->palette.colors);

	if (ok)
		strbuf_add(out, bytes, size);
	free(bytes);
	return ok || failed(err, ERR_IO, "libpng: %s", png.message);
}

bool kitty_send(struct strbuf *out, const struct indexed *image, unsigned number, struct error *err)
{
	struct strbuf png = { 0 }, text = { 0 };

	if (!make_png(&png, image, err)) {
		strbuf_release(&png);
		return false;
	}
	base64_add(&text, png.buf, png.len);
	for (size_t at = 0; at < text.len; at += CHUNK) {
		size_t left = text.len - at, len = left < CHUNK ? left : CHUNK;

		strbuf_addstr(out, "\033_G");
		if (at == 0)
			strbuf_addf(out, "a=t,f=100,i=%u,q=2,", number);
		strbuf_addf(out, "m=%d;", left > CHUNK);
		strbuf_add(out, text.buf + at, len);
		strbuf_addstr(out, "\033\\");
	}
	strbuf_release(&text);
	strbuf_release(&png);
	return true;
}

void kitty_show(struct strbuf *out, unsigned number, unsigned which, struct pixels_area part,
                int rows, int cols)
{
	/* C=1 leaves the cursor where it is. */
	strbuf_addf(out, "\033_Ga=p,i=%u,p=%u,x=%d,y=%d,w=%d,h=%d,c=%d,r=%d,C=1,q=2\033\\", number,
	            which, part.x, part.y, part.width, part.height, cols, rows);
}

void kitty_hide(struct strbuf *out, unsigned number, unsigned which)
{
	strbuf_addf(out, "\033_Ga=d,d=i,i=%u,p=%u,q=2\033\\", number, which);
}

void kitty_forget(struct strbuf *out, unsigned number)
{
	strbuf_addf(out, "\033_Ga=d,d=I,i=%u,q=2\033\\", number);
}

void kitty_forget_all(struct strbuf *out)
{
	strbuf_addstr(out, "\033_Ga=d,d=A,q=2\033\\");
}
