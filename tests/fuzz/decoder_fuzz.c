/*
 * What a terminal may send: the first byte is flags and how it is cut, the rest are the bytes. In
 * one piece or in many, the same comes out, and all of it is sane.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tui/decoder.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void on_input(void *ctx, const struct input *input)
{
	struct strbuf *all = ctx;

	strbuf_addf(all, "%d %x %u %d %d %d ", (int)input->type, input->key, input->mods,
	            (int)input->button, input->row, input->col);
	if (input->type == INPUT_KEY)
		assert((input->key >= 0x20 && input->key < 0x7f) ||
		       (input->key >= 0xa0 && input->key <= INPUT_F20));
	if (input->type == INPUT_PASTE) {
		assert(input->len > 0 && text_is_utf8(input->text, input->len));
		assert(!memchr(input->text, '\033', input->len));
		strbuf_add(all, input->text, input->len);
	}
	assert(input->row >= 0 && input->row < 10000 && input->col >= 0 && input->col < 10000);
}

static void on_reply(void *ctx, const struct reply *reply)
{
	strbuf_addf(ctx, "[%d %s %x]", (int)reply->type, reply->text, reply->color);
	assert(reply->count <= 16);
}

static void decode(struct strbuf *out, const uint8_t *bytes, size_t len, size_t piece, int flags)
{
	struct decoder d = { .on = { on_input, on_reply, out } };

	d.expecting = flags & 1;
	d.bursts = flags & 2;
	while (len) {
		size_t n = piece < len ? piece : len;
		char *copy = malloc(n);

		assert(copy);
		memcpy(copy, bytes, n);
		decoder_feed(&d, copy, n);
		free(copy);
		bytes += n;
		len -= n;
		if (flags & 4 && decoder_patience_ms(&d) >= 0)
			decoder_flush(&d);
	}
	if (decoder_patience_ms(&d) >= 0)
		decoder_flush(&d);
	assert(decoder_patience_ms(&d) < 0);
	decoder_release(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct strbuf whole = { 0 }, pieces = { 0 };

	if (!len)
		return 0;
	decode(&whole, bytes + 1, len - 1, len, bytes[0] & 1);
	decode(&pieces, bytes + 1, len - 1, 1 + bytes[0] / 8, bytes[0] & 1);
	assert(!strcmp(strbuf_str(&whole), strbuf_str(&pieces)));
	strbuf_reset(&pieces);
	decode(&pieces, bytes + 1, len - 1, 1 + bytes[0] / 8, bytes[0] & 7);
	strbuf_release(&whole);
	strbuf_release(&pieces);
	return 0;
}
