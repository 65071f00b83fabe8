#include "base/base64.h"

#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_add(struct strbuf *out, const void *bytes, size_t len)
{
	const unsigned char *in = bytes;
	char quads[4 * 256];
	size_t n = 0;

	for (size_t i = 0; i < len; i += 3) {
		size_t left = len - i;
		unsigned bits = (unsigned)in[i] << 16 | (left > 1 ? (unsigned)in[i + 1] << 8 : 0) |
		                (left > 2 ? in[i + 2] : 0);

		quads[n++] = digits[bits >> 18];
		quads[n++] = digits[bits >> 12 & 63];
		quads[n++] = left > 1 ? digits[bits >> 6 & 63] : '=';
		quads[n++] = left > 2 ? digits[bits & 63] : '=';
		if (n == sizeof(quads)) {
			strbuf_add(out, quads, n);
			n = 0;
		}
	}
	strbuf_add(out, quads, n);
}

static bool add_quad(struct strbuf *out, const char *quad, bool last)
{
	size_t padding = quad[3] != '=' ? 0 : quad[2] != '=' ? 1 : 2;
	unsigned bits = 0;
	char bytes[3];

	if (padding && !last)
		return false;
	for (size_t i = 0; i < 4; i++) {
		const char *digit = i < 4 - padding ? strchr(digits, quad[i]) : digits;

		if (!digit || !*digit)
			return false;
		bits = bits << 6 | (unsigned)(digit - digits);
	}
	bytes[0] = (char)(bits >> 16);
	bytes[1] = (char)(bits >> 8);
	bytes[2] = (char)bits;
	strbuf_add(out, bytes, 3 - padding);
	return true;
}

bool base64_read(struct strbuf *out, const char *text, size_t len)
{
	if (len % 4)
		return false;
	for (size_t i = 0; i < len; i += 4)
		if (!add_quad(out, text + i, i + 4 == len))
			return false;
	return true;
}
