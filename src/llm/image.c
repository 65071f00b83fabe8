#include "llm/image.h"

#include <string.h>

#include "base/file.h"

static unsigned big_endian(const unsigned char *at, size_t bytes)
{
	unsigned number = 0;

	for (size_t i = 0; i < bytes; i++)
		number = number << 8 | at[i];
	return number;
}

static void measure_png(struct image *image, const unsigned char *at, size_t len)
{
	if (len < 24)
		return;
	image->width_px = big_endian(at + 16, 4);
	image->height_px = big_endian(at + 20, 4);
}

/* The size stands in the frame header, C0 to CF but for three that are something else. */
static void measure_jpeg(struct image *image, const unsigned char *at, size_t len)
{
	size_t i = 2;

	while (i + 9 < len && at[i] == 0xff) {
		unsigned marker = at[i + 1];

		if (marker >= 0xc0 && marker <= 0xcf && !strchr("\xc4\xc8\xcc", (int)marker)) {
			image->height_px = big_endian(at + i + 5, 2);
			image->width_px = big_endian(at + i + 7, 2);
			return;
		}
		i += marker == 0xff ? 1 : 2 + (size_t)big_endian(at + i + 2, 2);
	}
}

static const struct {
	const char *magic, *type, *suffix;
	void (*measure)(struct image *image, const unsigned char *at, size_t len);
} types[] = {
	{ "\x89PNG\r\n\x1a\n", "image/png", "png", measure_png },
	{ "\xff\xd8\xff", "image/jpeg", "jpg", measure_jpeg },
};

bool image_load(struct image *out, const char *file, struct error *err)
{
	*out = (struct image){ 0 };
	if (!file_read(&out->bytes, file, IMAGE_MAX, err))
		return false;
	for (size_t i = 0; i < COUNT(types); i++) {
		size_t len = strlen(types[i].magic);

		if (out->bytes.len < len || memcmp(out->bytes.buf, types[i].magic, len) != 0)
			continue;
		out->type = types[i].type;
		types[i].measure(out, (const unsigned char *)out->bytes.buf, out->bytes.len);
		sha256_hex(out->bytes.buf, out->bytes.len, out->hash);
		return true;
	}
	image_release(out);
	return failed(err, ERR_USAGE, "%s is no PNG or JPEG picture", file);
}

void image_release(struct image *image)
{
	strbuf_release(&image->bytes);
	*image = (struct image){ 0 };
}

const char *image_suffix(const struct image *image)
{
	for (size_t i = 0; i < COUNT(types); i++)
		if (!strcmp(image->type, types[i].type))
			return types[i].suffix;
	return "";
}

void image_write(struct strbuf *out, const struct image *image)
{
	strbuf_addf(out, "{\"bytes\":%zu,\"h\":%u,\"sha256\":\"%s\",\"w\":%u}", image->bytes.len,
	            image->height_px, image->hash, image->width_px);
}
