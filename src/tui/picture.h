#ifndef TUI_PICTURE_H
#define TUI_PICTURE_H

#include "base/strbuf.h"
#include "tui/pixels.h"

enum picture_way {
	PICTURE_PLAIN,      /* the first file */
	PICTURE_WIPE,       /* the first file left of a line, the second right of it */
	PICTURE_DIFFERENCE, /* the second file, glowing where it differs from the first */
	PICTURE_SHEET,      /* all of them, in tiles */
};

enum {
	PICTURE_FILES_MOST = 12,
};

/*
 * What is to be shown: which files, and how they are put together. The files are PNG, and of a
 * kind that never changes once it has its name, as blobs are: who shows another picture has to
 * name another file. All zeros: nothing to show.
 */
struct picture {
	enum picture_way way;
	int count;
	const char *files[PICTURE_FILES_MOST];
	int zoom_percent;   /* 0 is 100: the whole */
	int zoom_x, zoom_y; /* what is in the middle then, of 1000 */
	int wipe;           /* where the line is, of 1000 */
	const char *words;  /* said where no picture can be: "front, 512 x 512"; may be NULL */
};

/* Adds what tells this picture from every other. `words` do not count. */
void picture_name(struct strbuf *out, const struct picture *picture);

/* A copy that owns its texts. */
void picture_copy(struct picture *out, const struct picture *from);
void picture_release(struct picture *copy);

/* Files read last, since the next picture is often made of the same ones. All zeros: none. */
struct picture_files {
	struct {
		char *path;
		struct pixels pixels;
		unsigned used; /* at this turn */
	} kept[4];
	unsigned turn;
};

void picture_files_release(struct picture_files *files);

/*
 * The picture in exactly that size. `difference` gets the share of pixels that differ, if that is
 * what is shown, else 0. Replaces *out.
 */
struct picture_canvas {
	int width, height;
	uint32_t background;
};

bool picture_draw(struct pixels *out, double *difference, const struct picture *picture,
                  const struct picture_canvas *canvas, struct picture_files *files,
                  struct error *err);

#endif
