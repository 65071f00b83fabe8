#ifndef LLM_IMAGE_H
#define LLM_IMAGE_H

#include <stdbool.h>

#include "base/error.h"
#include "base/sha256.h"
#include "base/strbuf.h"

/* A picture to be shown to a model, whole in memory. */
struct image {
	struct strbuf bytes;
	const char *type;             /* "image/png" or "image/jpeg" */
	unsigned width_px, height_px; /* 0: the file does not say */
	char hash[SHA256_HEX_SIZE];
};

#define IMAGE_MAX (32u << 20)

bool image_load(struct image *out, const char *file, struct error *err);
void image_release(struct image *image);

const char *image_suffix(const struct image *image); /* "png" */

/* As JSON, for files: {"bytes": 8123, "h": 512, "sha256": "...", "w": 512}. */
void image_write(struct strbuf *out, const struct image *image);

#endif
