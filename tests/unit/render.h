#ifndef UNIT_RENDER_H
#define UNIT_RENDER_H

#include <math.h>
#include <png.h>

#include "test.h"
#include "tui/pixels.h"

/*
 * A picture like those that Blender makes: a shaded ball with a highlight on a floor that gets
 * darker, and a renderer's noise, the same one every time.
 */
static inline void render_pixel(uint8_t rgba[4], double x, double y, unsigned *noise)
{
	const double tint[3] = { 200, 60, 50 };
	double u = (x - 0.5) / 0.33, v = (y - 0.5) / 0.33, inside = 1 - u * u - v * v;
	double z = sqrt(inside > 0 ? inside : 0), light = fmax(0, -0.5 * u - 0.6 * v + 0.6 * z);

	for (int i = 0; i < 3; i++) {
		double color = inside > 0 ? tint[i] * (0.15 + 0.85 * light) + 250 * pow(light, 40)
		                          : 170 - 60 * y + 4 * i;

		*noise = *noise * 1103515245 + 12345;
		color += (*noise >> 16 & 255) / 255.0 * 8 - 4;
		rgba[i] = (uint8_t)fmin(255, fmax(0, color));
	}
	rgba[3] = 255;
}

static inline struct pixels render(int width, int height)
{
	struct pixels p = { 0 };
	unsigned noise = 1;

	pixels_make(&p, width, height);
	for (int i = 0; i < width * height; i++)
		render_pixel(p.rgba + 4 * i, (double)(i % width) / width,
		             (double)(i / width) / height, &noise);
	return p;
}

/* All of one color, 0xrrggbb. */
static inline struct pixels render_plain(int width, int height, uint32_t color)
{
	struct pixels p = { 0 };

	pixels_make(&p, width, height);
	pixels_fill(&p, color);
	return p;
}

static inline uint32_t render_color(const struct pixels *p, int x, int y)
{
	const uint8_t *rgba = p->rgba + 4 * (y * p->width + x);

	return (uint32_t)(rgba[0] << 16 | rgba[1] << 8 | rgba[2]);
}

static inline void render_save(const struct pixels *p, const char *path)
{
	png_image image = {
		.version = PNG_IMAGE_VERSION,
		.width = (png_uint_32)p->width,
		.height = (png_uint_32)p->height,
		.format = PNG_FORMAT_RGBA,
	};

	assert_true(png_image_write_to_file(&image, path, 0, p->rgba, 0, NULL));
}

#endif
