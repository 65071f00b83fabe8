#include "sixdec.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	REGISTERS = 1024,
	SIDE_MOST = 4096,
	ARGUMENTS = 5,
};

struct reader {
	const char *at, *end;
	struct sixdec *out;
	int x, y, repeat, color;
	uint8_t colors[REGISTERS][3];
	bool is_defined[REGISTERS], is_used[REGISTERS];
};

/* Numbers with semicolons between them; how many there were. */
static int read_arguments(struct reader *r, int out[ARGUMENTS])
{
	int count = 0, digits = 0;

	memset(out, 0, ARGUMENTS * sizeof(*out));
	for (; r->at < r->end && (*r->at == ';' || (*r->at >= '0' && *r->at <= '9')); r->at++) {
		if (*r->at == ';') {
			count++;
			continue;
		}
		digits = 1;
		if (count < ARGUMENTS && out[count] < 100000)
			out[count] = 10 * out[count] + *r->at - '0';
	}
	return count + digits;
}

static bool read_raster(struct reader *r)
{
	int args[ARGUMENTS];

	return read_arguments(r, args) == 4 && args[2] > 0 && args[3] > 0 && args[2] < SIDE_MOST &&
	       args[3] < SIDE_MOST && !r->out->pixels.rgba &&
	       (pixels_make(&r->out->pixels, args[2], args[3]), true);
}

static void read_color(struct reader *r)
{
	int args[ARGUMENTS], count = read_arguments(r, args);

	r->color = args[0] % REGISTERS;
	if (count == 5 && args[1] == 2) {
		for (int k = 0; k < 3; k++)
			r->colors[r->color][k] = (uint8_t)((args[2 + k] * 255 + 50) / 100);
		r->is_defined[r->color] = true;
	} else if (count != 1) {
		r->out->mistakes++;
	}
}

/* The last band may stick out below, as it does when the height is no multiple of 6. */
static bool paint(struct reader *r, int bits)
{
	struct pixels *p = &r->out->pixels;

	if (!p->rgba || r->x + r->repeat > p->width)
		return false;
	if (bits && !r->is_defined[r->color])
		r->out->mistakes++;
	if (bits)
		r->is_used[r->color] = true;
	for (int k = 0; k < 6; k++)
		for (int i = 0; i < r->repeat && bits >> k & 1 && r->y + k < p->height; i++) {
			uint8_t *rgba = p->rgba + 4 * ((size_t)(r->y + k) * (size_t)p->width +
			                               (size_t)(r->x + i));

			memcpy(rgba, r->colors[r->color], 3);
			rgba[3] = 255;
		}
	r->x += r->repeat;
	r->repeat = 1;
	return true;
}

static bool read_one(struct reader *r)
{
	int args[ARGUMENTS];
	char c = *r->at++;

	if (c >= '?' && c <= '~')
		return paint(r, c - '?');
	switch (c) {
	case '!':
		read_arguments(r, args);
		r->repeat = args[0] ? args[0] : 1;
		return r->repeat < SIDE_MOST;
	case '$':
		r->x = 0;
		return true;
	case '-':
		r->x = 0;
		r->y += 6;
		return r->y < SIDE_MOST;
	case '#':
		read_color(r);
		return true;
	case '"':
		return read_raster(r);
	default:
		r->out->mistakes += c != '\n';
		return true;
	}
}

bool sixdec_read(struct sixdec *out, const char *bytes, size_t len)
{
	struct reader r = { .at = bytes, .end = bytes + len, .out = out, .repeat = 1 };
	int args[ARGUMENTS];
	bool ok = len > 2 && memcmp(bytes, "\033P", 2) == 0;

	sixdec_release(out);
	if (!ok)
		return false;
	r.at += 2;
	read_arguments(&r, args);
	ok = r.at < r.end && *r.at++ == 'q';
	while (ok && r.at < r.end && *r.at != '\033')
		ok = read_one(&r);
	ok = ok && r.end - r.at >= 2 && r.at[1] == '\\' && out->pixels.rgba;
	out->len = (size_t)(r.at + 2 - bytes);
	for (int i = 0; i < REGISTERS; i++)
		out->registers += r.is_used[i];
	if (!ok)
		sixdec_release(out);
	return ok;
}

void sixdec_release(struct sixdec *picture)
{
	pixels_release(&picture->pixels);
	*picture = (struct sixdec){ 0 };
}

double sixdec_psnr(const struct pixels *seen, const struct pixels *meant)
{
	size_t count = (size_t)meant->width * (size_t)meant->height;
	double sum = 0;

	if (seen->width != meant->width || seen->height != meant->height)
		return 0;
	for (size_t i = 0; i < 4 * count; i++) {
		double d = i % 4 == 3 ? 0 : seen->rgba[i] - meant->rgba[i];

		sum += d * d;
	}
	return sum > 0 ? 10 * log10(255 * 255 * 3 * (double)count / sum) : 99;
}
