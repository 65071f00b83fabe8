/*
 * Pictures that anybody made: whatever is in the file, it is read or refused, and what was read
 * can be shown in every way and size.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/palette.h"
#include "tui/pixels.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static uint32_t checksum(const uint8_t *bytes, size_t len)
{
	uint32_t sum = UINT32_MAX;

	for (size_t i = 0; i < len; i++) {
		sum ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			sum = sum >> 1 ^ (sum & 1 ? 0xedb88320 : 0);
	}
	return ~sum;
}

static uint32_t read_number(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Damage should get further than to the checksum of its chunk. */
static void mend_checksums(uint8_t *png, size_t len)
{
	for (size_t at = 8; len >= 12 && at <= len - 12;) {
		uint32_t size = read_number(png + at), sum;

		if (size > len - 12 - at)
			return;
		sum = checksum(png + at + 4, size + 4);
		at += 8 + size;
		for (int i = 0; i < 4; i++)
			png[at++] = (uint8_t)(sum >> (24 - 8 * i));
	}
}

static bool read(struct pixels *out, const uint8_t *bytes, size_t len)
{
	uint8_t *mended = xcalloc(1, len + 1);
	struct error err;
	bool ok;

	memcpy(mended, bytes, len);
	mend_checksums(mended, len);
	ok = pixels_read(out, mended, len, &err);
	assert(ok == (out->rgba != NULL));
	assert(ok || err.text[0]);
	free(mended);
	return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct pixels picture = { 0 }, shown = { 0 };
	struct indexed image = { 0 };
	struct palette_options options = { .colors = 16, .price = (int)(len % 100) };

	if (read(&picture, bytes, len)) {
		pixels_fit(&shown, &picture,
		           pixels_zoomed(&picture, 100 + (int)(len % 300), 500, 0),
		           1 + (int)(len % 50), 1 + (int)(len / 50 % 50), 0x102030);
		indexed_make(&image, &shown, &options);
		for (int i = 0; i < image.width * image.height; i++)
			assert(image.indices[i] < image.palette.count);
		indexed_release(&image);
	}
	pixels_release(&picture);
	pixels_release(&shown);
	return 0;
}
