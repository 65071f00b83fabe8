#include "tui/sixel.h"

#include <sixel.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

/* A palette of one color makes libsixel divide by zero. */
enum {
	COLORS_LEAST = 2,
};

static int write_sixels(char *bytes, int len, void *ctx)
{
	strbuf_add(ctx, bytes, (size_t)len);
	return len;
}

static SIXELSTATUS make_dither(sixel_dither_t **out, const struct palette *palette)
{
	int count = palette->count < COLORS_LEAST ? COLORS_LEAST : palette->count;
	unsigned char colors[256 * 3] = { 0 };
	SIXELSTATUS status = sixel_dither_new(out, count, NULL);

	if (SIXEL_FAILED(status))
		return status;
	memcpy(colors, palette->colors, 3 * (size_t)palette->count);
	sixel_dither_set_palette(*out, colors);
	sixel_dither_set_pixelformat(*out, SIXEL_PIXELFORMAT_PAL8);
	return status;
}

static SIXELSTATUS encode(struct strbuf *out, const struct indexed *image, sixel_dither_t *dither)
{
	sixel_output_t *output;
	SIXELSTATUS status = sixel_output_new(&output, write_sixels, out, NULL);

	if (SIXEL_FAILED(status))
		return status;
	sixel_output_set_encode_policy(output, SIXEL_ENCODEPOLICY_SIZE);
	sixel_output_set_gri_arg_limit(output, 0); /* runs of more than 255 in one */
	status = sixel_encode(image->indices, image->width, image->height, 1, dither, output);
	sixel_output_unref(output);
	return status;
}

/* With the 1 that leaves alone what no pixel covers, which libsixel's own header lacks. */
static bool copy_with_header(struct strbuf *out, const struct strbuf *sixels)
{
	const char *start = sixels->len ? memchr(sixels->buf, 'q', sixels->len) : NULL;

	if (!start)
		return false;
	strbuf_addstr(out, "\033P0;1;0");
	strbuf_add(out, start, sixels->len - (size_t)(start - sixels->buf));
	return true;
}

bool sixel_add(struct strbuf *out, const struct indexed *image, struct error *err)
{
	sixel_dither_t *dither = NULL;
	struct strbuf sixels = { 0 };
	SIXELSTATUS status = make_dither(&dither, &image->palette);
	bool ok;

	if (image->height < SIXEL_HEIGHT_LEAST)
		BUG("sixels of %d px", image->height);
	if (!SIXEL_FAILED(status))
		status = encode(&sixels, image, dither);
	if (dither)
		sixel_dither_unref(dither);
	ok = (!SIXEL_FAILED(status) && copy_with_header(out, &sixels)) ||
	     failed(err, ERR_IO, "libsixel: %s", sixel_helper_format_error(status));
	strbuf_release(&sixels);
	return ok;
}
