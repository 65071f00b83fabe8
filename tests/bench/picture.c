/*
 * What pictures cost: picture [PNG...]. Without files, of one that is like a render. The time is
 * the best of three; bytes are those on the wire, dB those that come out of a decoder of sixels.
 */
#include <sixel.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "render.h"
#include "sixdec.h"
#include "tui/kitty.h"
#include "tui/sixel.h"
#include "tui/symbols.h"

enum {
	SIDE = 512,
	ROUNDS = 3,
};

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

static void print_row(const char *what, const struct strbuf *sixels, double ms,
                      const struct pixels *meant)
{
	struct sixdec seen = { 0 };

	printf("  %-34s %8zu bytes %6.1f ms", what, sixels->len, ms);
	if (meant && sixdec_read(&seen, strbuf_str(sixels), sixels->len) &&
	    seen.pixels.width == meant->width && seen.pixels.height == meant->height)
		printf(" %6.2f dB", sixdec_psnr(&seen.pixels, meant));
	printf("\n");
	sixdec_release(&seen);
}

static void try_ours(const struct pixels *p, int colors, int price)
{
	struct palette_options options = { .colors = colors, .price = price };
	struct strbuf sixels = { 0 };
	double best = 1e9;
	char name[64];

	for (int i = 0; i < ROUNDS; i++) {
		struct indexed image = { 0 };
		struct error err;
		double start = now_ms();

		strbuf_reset(&sixels);
		indexed_make(&image, p, &options);
		sixel_add(&sixels, &image, &err);
		best = fmin(best, now_ms() - start);
		indexed_release(&image);
	}
	snprintf(name, sizeof(name), "ours, %d colors, price %d", colors, price);
	print_row(name, &sixels, best, p);
	strbuf_release(&sixels);
}

static int write_sixels(char *bytes, int len, void *ctx)
{
	strbuf_add(ctx, bytes, (size_t)len);
	return len;
}

static void encode_theirs(struct strbuf *out, const struct pixels *p, int colors, int diffusion)
{
	unsigned char *rgb = xcalloc(3, (size_t)p->width * (size_t)p->height);
	sixel_dither_t *dither = NULL;
	sixel_output_t *output = NULL;

	for (size_t i = 0; i < (size_t)p->width * (size_t)p->height; i++)
		memcpy(rgb + 3 * i, p->rgba + 4 * i, 3);
	sixel_dither_new(&dither, colors, NULL);
	sixel_dither_initialize(dither, rgb, p->width, p->height, SIXEL_PIXELFORMAT_RGB888,
	                        SIXEL_LARGE_AUTO, SIXEL_REP_AUTO, SIXEL_QUALITY_LOW);
	sixel_dither_set_diffusion_type(dither, diffusion);
	sixel_output_new(&output, write_sixels, out, NULL);
	sixel_output_set_encode_policy(output, SIXEL_ENCODEPOLICY_SIZE);
	sixel_encode(rgb, p->width, p->height, 3, dither, output);
	sixel_output_unref(output);
	sixel_dither_unref(dither);
	free(rgb);
}

static void try_theirs(const struct pixels *p, const char *name, int colors, int diffusion)
{
	struct strbuf sixels = { 0 };
	double best = 1e9;

	for (int i = 0; i < ROUNDS; i++) {
		double start = now_ms();

		strbuf_reset(&sixels);
		encode_theirs(&sixels, p, colors, diffusion);
		best = fmin(best, now_ms() - start);
	}
	print_row(name, &sixels, best, p);
	strbuf_release(&sixels);
}

/* Other programs, where they are installed. */
static void try_program(const char *name, const char *command, const char *file,
                        const struct pixels *p)
{
	struct strbuf line = { 0 }, sixels = { 0 };
	double start = now_ms();
	const char *first;
	char bytes[4096];
	FILE *pipe;
	size_t n;

	strbuf_addf(&line, "%s %s 2>/dev/null", command, file);
	pipe = popen(strbuf_str(&line), "r");
	while (pipe && (n = fread(bytes, 1, sizeof(bytes), pipe)) > 0)
		strbuf_add(&sixels, bytes, n);
	if (pipe && pclose(pipe) == 0 && (first = strstr(strbuf_str(&sixels), "\033P"))) {
		strbuf_eat(&sixels, (size_t)(first - sixels.buf));
		print_row(name, &sixels, now_ms() - start, p);
	}
	strbuf_release(&line);
	strbuf_release(&sixels);
}

static void try_others(const struct pixels *p)
{
	struct indexed image = { 0 };
	struct palette_options options = { .colors = 64, .price = 800 };
	struct symbols symbols = { 0 };
	struct strbuf out = { 0 };
	struct error err;
	double start = now_ms();

	indexed_make(&image, p, &options);
	kitty_send(&out, &image, 1, &err);
	print_row("kitty, 64 colors, price 800", &out, now_ms() - start, NULL);
	strbuf_reset(&out);
	start = now_ms();
	symbols_make(&symbols, p, 20, 40, 1 << 24);
	symbols_add(&out, &symbols, (struct cells){ 0, 0, 20, 40 }, 0, 0);
	print_row("symbols, 40 x 20 cells", &out, now_ms() - start, NULL);
	symbols_release(&symbols);
	indexed_release(&image);
	strbuf_release(&out);
}

static void bench(const char *name, const struct pixels *p)
{
	char file[] = "/tmp/ll3m-bench-XXXXXX";
	int fd = mkstemp(file);

	printf("%s, %d x %d px\n", name, p->width, p->height);
	try_ours(p, 32, 850);
	try_ours(p, 64, 800);
	try_ours(p, 256, 150);
	try_ours(p, 256, 0);
	try_theirs(p, "libsixel, 64 colors, no dither", 64, SIXEL_DIFFUSE_NONE);
	try_theirs(p, "libsixel, 256 colors, no dither", 256, SIXEL_DIFFUSE_NONE);
	try_theirs(p, "libsixel, 256 colors, dithered", 256, SIXEL_DIFFUSE_FS);
	if (fd >= 0) {
		render_save(p, file);
		try_program("img2sixel", "img2sixel -E size -d none", file, p);
		try_program("chafa", "chafa -f sixels -s 64x32", file, p);
		close(fd);
		unlink(file);
	}
	try_others(p);
}

int main(int argc, char **argv)
{
	struct pixels p = { 0 }, fit = { 0 };
	struct error err;

	if (argc < 2) {
		p = render(SIDE, SIDE);
		bench("a ball with noise", &p);
	}
	for (int i = 1; i < argc; i++) {
		if (!pixels_load(&p, argv[i], &err)) {
			fprintf(stderr, "%s: %s\n", argv[i], err.text);
			return 1;
		}
		pixels_fit(&fit, &p, pixels_zoomed(&p, 100, 500, 500), SIDE, SIDE, 0);
		bench(argv[i], &fit);
	}
	pixels_release(&p);
	pixels_release(&fit);
	return 0;
}
