#include "plane.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "sixdec.h"

enum {
	SLOTS = 16,    /* of xterm */
	PICTURES = 64, /* of tmux; more than any version has */
	NUMBERS = 8,
};

/* A picture as the terminal keeps it. */
struct kept {
	int row, col;
	struct pixels pixels;
};

struct plane {
	enum plane_rules rules;
	struct plane_size size;
	struct pixels seen;
	struct kept kept[PICTURES];
	int kept_count;
	struct plane_facts facts;
	struct strbuf pending; /* of a sequence or a character that is not all here */
	int row, col, top, bottom;
	int saved_row, saved_col;
};

static void clear_all(struct plane *plane)
{
	pixels_make(&plane->seen, plane->size.cols * plane->size.cell_width,
	            plane->size.rows * plane->size.cell_height);
}

struct plane *plane_new(enum plane_rules rules, struct plane_size size)
{
	struct plane *plane = NEW(struct plane);

	plane->rules = rules;
	plane->size = size;
	plane->bottom = size.rows - 1;
	clear_all(plane);
	return plane;
}

static void drop(struct plane *plane, int which)
{
	pixels_release(&plane->kept[which].pixels);
	memmove(plane->kept + which, plane->kept + which + 1,
	        (size_t)(--plane->kept_count - which) * sizeof(plane->kept[0]));
	plane->kept[plane->kept_count] = (struct kept){ 0 };
}

void plane_free(struct plane *plane)
{
	if (!plane)
		return;
	while (plane->kept_count)
		drop(plane, 0);
	pixels_release(&plane->seen);
	strbuf_release(&plane->pending);
	free(plane);
}

const struct pixels *plane_pixels(const struct plane *plane)
{
	return &plane->seen;
}

struct plane_facts plane_facts(const struct plane *plane)
{
	return plane->facts;
}

/* Make a rectangle, in pixels, transparent. */
static void wipe(struct pixels *p, int x, int y, int width, int height)
{
	int left = x < 0 ? 0 : x, right = x + width > p->width ? p->width : x + width;

	for (int row = y < 0 ? 0 : y; row < y + height && row < p->height && left < right; row++)
		memset(p->rgba + 4 * ((size_t)row * (size_t)p->width + (size_t)left), 0,
		       4 * (size_t)(right - left));
}

static bool is_hit(const struct plane *plane, const struct kept *kept, int row, int col, int cols)
{
	const struct plane_size *size = &plane->size;
	int rows = (kept->pixels.height + size->cell_height - 1) / size->cell_height;
	int width = (kept->pixels.width + size->cell_width - 1) / size->cell_width;

	return row >= kept->row && row < kept->row + rows && col < kept->col + width &&
	       col + cols > kept->col;
}

static void wipe_kept(struct plane *plane, const struct kept *kept)
{
	wipe(&plane->seen, kept->col * plane->size.cell_width, kept->row * plane->size.cell_height,
	     kept->pixels.width, kept->pixels.height);
}

/* Cells of a row are written or erased; erasing hits whatever stands in that row, in tmux. */
static void touch(struct plane *plane, int row, int col, int cols, bool is_erase)
{
	int width = plane->size.cell_width, height = plane->size.cell_height;

	for (int i = plane->kept_count - 1; i >= 0; i--) {
		struct kept *kept = &plane->kept[i];

		if (plane->rules == PLANE_XTERM) {
			wipe(&kept->pixels, (col - kept->col) * width, (row - kept->row) * height,
			     cols * width, height);
		} else if (is_hit(plane, kept, row, is_erase ? 0 : col,
		                  is_erase ? plane->size.cols : cols)) {
			wipe_kept(plane, kept);
			drop(plane, i);
		}
	}
	wipe(&plane->seen, col * width, row * height, cols * width, height);
}

static void touch_rows(struct plane *plane, int from, int to)
{
	for (int row = from; row < to; row++)
		touch(plane, row, 0, plane->size.cols, true);
}

static void scroll_seen(struct plane *plane, int by)
{
	int height = plane->size.cell_height, rows = plane->bottom - plane->top + 1;
	struct pixels_area area = { 0, plane->top * height, plane->seen.width, rows * height };
	struct pixels part = { 0 };

	pixels_crop(&part, &plane->seen, area);
	wipe(&plane->seen, 0, area.y, area.width, area.height);
	if (abs(by) < rows) {
		struct pixels rest = { 0 };
		struct pixels_area left = { 0, by > 0 ? by * height : 0, area.width,
			                    (rows - abs(by)) * height };

		pixels_crop(&rest, &part, left);
		pixels_paste(&plane->seen, &rest, 0, area.y + (by > 0 ? 0 : -by * height));
		pixels_release(&rest);
	}
	pixels_release(&part);
}

/* Up by so many lines, or down. */
static void scroll(struct plane *plane, int by)
{
	bool is_all = plane->top == 0 && plane->bottom == plane->size.rows - 1;

	if (plane->rules == PLANE_TMUX) {
		touch_rows(plane, plane->top, plane->bottom + 1);
		return;
	}
	for (int i = 0; i < plane->kept_count; i++)
		if (is_all ||
		    (plane->kept[i].row >= plane->top && plane->kept[i].row <= plane->bottom))
			plane->kept[i].row -= by;
	scroll_seen(plane, by);
}

/* xterm knows a picture again by its place and its size; else it takes the room of the topmost. */
static struct kept *find_slot(struct plane *plane, const struct pixels *pixels)
{
	int topmost = 0, most = plane->rules == PLANE_XTERM ? SLOTS : PICTURES;

	for (int i = 0; i < plane->kept_count; i++) {
		struct kept *kept = &plane->kept[i];

		if (kept->row == plane->row && kept->col == plane->col &&
		    kept->pixels.width == pixels->width && kept->pixels.height == pixels->height)
			return kept;
		if (kept->row < plane->kept[topmost].row)
			topmost = i;
	}
	if (plane->kept_count == most) {
		drop(plane, topmost);
		plane->facts.evicted++;
	}
	return &plane->kept[plane->kept_count++];
}

static void keep(struct plane *plane, const struct pixels *pixels)
{
	struct kept *kept = find_slot(plane, pixels);

	kept->row = plane->row;
	kept->col = plane->col;
	pixels_crop(&kept->pixels, pixels,
	            (struct pixels_area){ 0, 0, pixels->width, pixels->height });
}

/* A picture as high as the rest of the screen makes room for the line below it. */
static void make_room(struct plane *plane, const struct pixels *pixels)
{
	int height = plane->size.cell_height;
	int rows = (pixels->height + height - 1) / height, bottom = plane->bottom;

	if (plane->row + rows < plane->size.rows)
		return;
	plane->facts.tall++;
	plane->top = 0;
	plane->bottom = plane->size.rows - 1;
	for (; plane->row > 0 && plane->row + rows >= plane->size.rows; plane->row--)
		scroll(plane, 1);
	plane->bottom = bottom;
}

static void draw_sixels(struct plane *plane, const char *bytes, size_t len)
{
	struct sixdec picture = { 0 };

	plane->facts.pictures++;
	plane->facts.bytes += len;
	if (sixdec_read(&picture, bytes, len) && !picture.mistakes) {
		make_room(plane, &picture.pixels);
		pixels_paste(&plane->seen, &picture.pixels, plane->col * plane->size.cell_width,
		             plane->row * plane->size.cell_height);
		keep(plane, &picture.pixels);
	} else {
		plane->facts.bad++;
	}
	sixdec_release(&picture);
}

void plane_expose(struct plane *plane)
{
	if (plane->rules != PLANE_XTERM)
		return;
	clear_all(plane);
	for (int i = 0; i < plane->kept_count; i++) {
		const struct kept *kept = &plane->kept[i];
		int x = kept->col * plane->size.cell_width, y = kept->row * plane->size.cell_height;

		for (int row = 0; row < kept->pixels.height; row++)
			for (int col = 0; col < kept->pixels.width; col++) {
				struct pixels one = {
					1, 1,
					kept->pixels.rgba + 4 * (row * kept->pixels.width + col)
				};

				if (one.rgba[3])
					pixels_paste(&plane->seen, &one, x + col, y + row);
			}
	}
}

void plane_resize(struct plane *plane, int rows, int cols)
{
	plane->size.rows = rows;
	plane->size.cols = cols;
	plane->top = 0;
	plane->bottom = rows - 1;
	for (int i = plane->kept_count - 1; i >= 0; i--) {
		struct pixels *pixels = &plane->kept[i].pixels;

		wipe(pixels, 0, 0, pixels->width, pixels->height);
		if (plane->rules == PLANE_TMUX)
			drop(plane, i);
	}
	clear_all(plane);
}

static int limit(int value, int most)
{
	return value < 0 ? 0 : value > most ? most : value;
}

static void move_to(struct plane *plane, int row, int col)
{
	plane->row = limit(row, plane->size.rows - 1);
	plane->col = limit(col, plane->size.cols - 1);
}

static void line_feed(struct plane *plane)
{
	if (plane->row == plane->bottom)
		scroll(plane, 1);
	else
		move_to(plane, plane->row + 1, plane->col);
}

static void erase_in_line(struct plane *plane, int how)
{
	int from = how == 0 ? plane->col : 0;
	int to = how == 1 ? plane->col + 1 : plane->size.cols;

	touch(plane, plane->row, from, to - from, true);
}

static void erase_in_display(struct plane *plane, int how)
{
	if (how != 1) {
		touch_rows(plane, how == 0 ? plane->row + 1 : 0, plane->size.rows);
		if (how == 0)
			erase_in_line(plane, 0);
	} else {
		touch_rows(plane, 0, plane->row);
		erase_in_line(plane, 1);
	}
}

/* Text moves with its cells, and so do pictures; for our purposes they are as good as gone. */
static void shift_lines(struct plane *plane, int by)
{
	int top = plane->top;

	plane->top = plane->row;
	scroll(plane, by);
	plane->top = top;
}

static void set_margins(struct plane *plane, const int numbers[NUMBERS])
{
	plane->top = limit(numbers[0] ? numbers[0] - 1 : 0, plane->size.rows - 1);
	plane->bottom =
		limit((numbers[1] ? numbers[1] : plane->size.rows) - 1, plane->size.rows - 1);
	move_to(plane, 0, 0);
}

static void do_csi(struct plane *plane, char final, const int numbers[NUMBERS])
{
	int count = numbers[0] ? numbers[0] : 1, last = plane->size.cols;

	switch (final) {
	case 'H':
	case 'f':
		move_to(plane, count - 1, numbers[1] ? numbers[1] - 1 : 0);
		break;
	case 'A':
		move_to(plane, plane->row - count, plane->col);
		break;
	case 'B':
		move_to(plane, plane->row + count, plane->col);
		break;
	case 'C':
		move_to(plane, plane->row, plane->col + count);
		break;
	case 'D':
		move_to(plane, plane->row, plane->col - count);
		break;
	case 'G':
	case '`':
		move_to(plane, plane->row, count - 1);
		break;
	case 'd':
		move_to(plane, count - 1, plane->col);
		break;
	case 'J':
		erase_in_display(plane, numbers[0]);
		break;
	case 'K':
		erase_in_line(plane, numbers[0]);
		break;
	case 'X':
	case '@':
	case 'P':
		touch(plane, plane->row, plane->col, final == 'X' ? count : last - plane->col,
		      true);
		break;
	case 'L':
	case 'M':
		shift_lines(plane, final == 'M' ? count : -count);
		break;
	case 'S':
	case 'T':
		scroll(plane, final == 'S' ? count : -count);
		break;
	case 'b': /* the last character again */
		touch(plane, plane->row, plane->col, count, false);
		move_to(plane, plane->row, plane->col + count);
		break;
	case 'r':
		set_margins(plane, numbers);
		break;
	default:
		break;
	}
}

/* CSI, without what was asked for privately: such sequences move nothing. */
static void read_csi(struct plane *plane, const char *at, size_t len)
{
	int numbers[NUMBERS] = { 0 }, count = 0;

	if (at[0] >= '<' && at[0] <= '?') {
		if (len > 5 && at[len - 1] == 'h' && memcmp(at, "?1049", 5) == 0)
			touch_rows(plane, 0, plane->size.rows);
		return;
	}
	for (size_t i = 0; i + 1 < len; i++) {
		if (at[i] == ';')
			count++;
		else if (at[i] < '0' || at[i] > '9')
			return;
		else if (count < NUMBERS && numbers[count] < 10000)
			numbers[count] = 10 * numbers[count] + at[i] - '0';
	}
	do_csi(plane, at[len - 1], numbers);
}

/* How long the string is that begins here, its end included; 0: it is not all here. */
static size_t string_len(const char *at, size_t len)
{
	for (size_t i = 2; i < len; i++) {
		if (at[i] == '\a' && at[1] == ']')
			return i + 1;
		if (at[i] == '\033')
			return i + 1 < len ? i + 2 : 0;
	}
	return 0;
}

static void do_escape(struct plane *plane, char which)
{
	switch (which) {
	case '7':
		plane->saved_row = plane->row;
		plane->saved_col = plane->col;
		break;
	case '8':
		move_to(plane, plane->saved_row, plane->saved_col);
		break;
	case 'M':
		if (plane->row == plane->top)
			scroll(plane, -1);
		else
			move_to(plane, plane->row - 1, plane->col);
		break;
	case 'D':
		line_feed(plane);
		break;
	case 'c':
		touch_rows(plane, 0, plane->size.rows);
		break;
	default:
		break;
	}
}

static size_t read_escape(struct plane *plane, const char *at, size_t len)
{
	size_t used;

	if (len < 2)
		return 0;
	if (strchr("P]_^X", at[1])) {
		used = string_len(at, len);
		if (used && at[1] == 'P' && at[2 + strspn(at + 2, "0123456789;")] == 'q')
			draw_sixels(plane, at, used);
		return used;
	}
	if (at[1] == '[') {
		for (used = 2; used < len && (at[used] < '@' || at[used] > '~'); used++)
			;
		if (used == len)
			return 0;
		read_csi(plane, at + 2, used - 1);
		return used + 1;
	}
	if (strchr("()*+#% ", at[1]))
		return len < 3 ? 0 : 3;
	do_escape(plane, at[1]);
	return 2;
}

static void write_character(struct plane *plane, uint32_t character)
{
	int width = text_cell_width(character);

	if (width < 1)
		return;
	if (plane->col + width > plane->size.cols) {
		plane->col = 0;
		line_feed(plane);
	}
	touch(plane, plane->row, plane->col, width, false);
	plane->col += width;
}

static size_t read_one(struct plane *plane, const char *at, size_t len)
{
	static const unsigned char firsts[] = { 0xc0, 0xe0, 0xf0 };
	size_t need = 1, used;
	uint32_t character;

	if (*at == '\033')
		return read_escape(plane, at, len);
	if ((unsigned char)*at < ' ') {
		if (*at == '\n')
			line_feed(plane);
		else if (*at == '\r')
			plane->col = 0;
		else if (*at == '\b' && plane->col > 0)
			plane->col--;
		else if (*at == '\t')
			move_to(plane, plane->row, plane->col / 8 * 8 + 8);
		return 1;
	}
	for (size_t i = 0; i < COUNT(firsts); i++)
		need += (unsigned char)*at >= firsts[i];
	if (len < need)
		return 0;
	used = text_decode(&character, at, len);
	write_character(plane, character);
	return used;
}

void plane_feed(struct plane *plane, const char *bytes, size_t len)
{
	size_t used = 0, n;

	strbuf_add(&plane->pending, bytes, len);
	while (used < plane->pending.len &&
	       (n = read_one(plane, plane->pending.buf + used, plane->pending.len - used)))
		used += n;
	strbuf_eat(&plane->pending, used);
}

double plane_coverage(const struct plane *plane, int row, int col, int rows, int cols)
{
	int width = plane->size.cell_width, height = plane->size.cell_height, count = 0;

	for (int y = row * height; y < (row + rows) * height; y++)
		for (int x = col * width; x < (col + cols) * width; x++)
			count += plane->seen.rgba[4 * ((size_t)y * (size_t)plane->seen.width +
			                               (size_t)x) +
			                          3] > 0;
	return count / ((double)rows * height * cols * width);
}
