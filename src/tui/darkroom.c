#include "tui/darkroom.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	KEPT_MOST = 48 << 20,   /* bytes: some fifty views of a full screen */
	SMALL_MOST = 48 * 1024, /* pixels: cut within 2 ms */
	WANTED_MOST = 64,
};

struct cut {
	struct cut *next;
	struct cells part;
	struct strbuf sixels;
};

struct kept {
	struct kept *next;
	char *name;
	unsigned used; /* in this turn */
	struct print print;
	struct cut *cuts;
};

/* Something to make: a print, or a part of one that is there. */
struct errand {
	struct darkroom *room;
	char *name; /* NULL: a part */
	struct picture picture;
	struct kept *kept; /* given to the helper until it comes back; for a part, lent */
	struct cut *cut;
	struct error err; /* of a part: then it is empty */
};

struct darkroom {
	struct work *work;
	darkroom_fn changed;
	void *ctx;
	struct kept *kept;
	size_t size;
	unsigned turn, last_number;
	struct errand *under_way;
	struct errand *wanted[WANTED_MOST];
	size_t wanted_count;
	struct picture_files files; /* the helper's, while an errand is under way */
	bool is_closed;             /* by its owner; an errand is still out */
};

static void cut_free(struct cut *cut)
{
	if (cut)
		strbuf_release(&cut->sixels);
	free(cut);
}

static void kept_free(struct kept *kept)
{
	while (kept->cuts) {
		struct cut *cut = kept->cuts;

		kept->cuts = cut->next;
		cut_free(cut);
	}
	print_release(&kept->print);
	free(kept->name);
	free(kept);
}

/* What it was to make has gone to the room, or was never begun. */
static void errand_free(struct errand *errand)
{
	if (errand->name && errand->kept)
		kept_free(errand->kept);
	cut_free(errand->cut);
	picture_release(&errand->picture);
	free(errand->name);
	free(errand);
}

static void forget_wanted(struct darkroom *room)
{
	for (size_t i = 0; i < room->wanted_count; i++)
		errand_free(room->wanted[i]);
	room->wanted_count = 0;
}

struct darkroom *darkroom_open(struct work *work, darkroom_fn changed, void *ctx)
{
	struct darkroom *room = NEW(struct darkroom);

	room->work = work;
	room->changed = changed;
	room->ctx = ctx;
	return room;
}

static void room_free(struct darkroom *room)
{
	while (room->kept) {
		struct kept *kept = room->kept;

		room->kept = kept->next;
		kept_free(kept);
	}
	picture_files_release(&room->files);
	free(room);
}

void darkroom_close(struct darkroom *room)
{
	if (!room)
		return;
	forget_wanted(room);
	if (room->under_way)
		room->is_closed = true;
	else
		room_free(room);
}

size_t darkroom_size(const struct darkroom *room)
{
	return room->size;
}

static bool is_lent(const struct darkroom *room, const struct kept *kept)
{
	return room->under_way && room->under_way->kept == kept;
}

static size_t size_of(const struct kept *kept)
{
	size_t size = sizeof(*kept) + print_size(&kept->print);

	for (const struct cut *cut = kept->cuts; cut; cut = cut->next)
		size += sizeof(*cut) + cut->sixels.cap;
	return size;
}

static struct kept **oldest(struct darkroom *room)
{
	struct kept **oldest = NULL;

	for (struct kept **at = &room->kept; *at; at = &(*at)->next)
		if (!is_lent(room, *at) && (*at)->used != room->turn &&
		    (!oldest || (*at)->used < (*oldest)->used))
			oldest = at;
	return oldest;
}

/* What this frame uses stays, whatever its size. */
static void make_room(struct darkroom *room)
{
	struct kept **at;

	while (room->size > KEPT_MOST && (at = oldest(room))) {
		struct kept *kept = *at;

		*at = kept->next;
		room->size -= size_of(kept);
		kept_free(kept);
	}
}

void darkroom_turn(struct darkroom *room)
{
	forget_wanted(room);
	make_room(room);
	room->turn++;
}

static void run(void *ctx)
{
	struct errand *errand = ctx;
	struct print *print = &errand->kept->print;

	if (errand->name)
		print_make(print, &errand->picture, &errand->room->files);
	else
		print_cut(&errand->cut->sixels, print, errand->cut->part, &errand->err);
}

static void start_next(struct darkroom *room);

static void keep(struct darkroom *room, struct errand *errand)
{
	struct kept *kept = errand->kept;

	if (errand->name) {
		kept->name = errand->name;
		errand->name = NULL;
		kept->used = room->turn;
		kept->next = room->kept;
		room->kept = kept;
		room->size += size_of(kept);
	} else {
		errand->cut->next = kept->cuts;
		kept->cuts = errand->cut;
		room->size += sizeof(*errand->cut) + errand->cut->sixels.cap;
		errand->cut = NULL;
	}
}

static void on_done(bool ran, void *ctx)
{
	struct errand *errand = ctx;
	struct darkroom *room = errand->room;

	room->under_way = NULL;
	if (ran && !room->is_closed)
		keep(room, errand);
	errand_free(errand);
	if (room->is_closed) {
		room_free(room);
		return;
	}
	if (!ran)
		return;
	start_next(room);
	room->changed(room->ctx);
}

static void start_next(struct darkroom *room)
{
	struct errand *errand;

	if (room->under_way || !room->wanted_count)
		return;
	errand = room->wanted[0];
	memmove(room->wanted, room->wanted + 1, --room->wanted_count * sizeof(errand));
	room->under_way = errand;
	work_do(room->work, run, on_done, errand);
}

static void want(struct darkroom *room, struct errand *errand)
{
	errand->room = room;
	if (room->wanted_count == WANTED_MOST) {
		errand_free(errand);
		return;
	}
	room->wanted[room->wanted_count++] = errand;
	start_next(room);
}

static char *name_of(const struct picture *picture, const struct print_order *order)
{
	struct strbuf name = { 0 };

	print_name(&name, order);
	picture_name(&name, picture);
	return strbuf_detach(&name);
}

static struct kept *find_name(struct darkroom *room, const char *name)
{
	for (struct kept *kept = room->kept; kept; kept = kept->next)
		if (strcmp(kept->name, name) == 0) {
			kept->used = room->turn;
			return kept;
		}
	return NULL;
}

static bool is_name_wanted(const struct darkroom *room, const char *name)
{
	if (room->under_way && room->under_way->name && strcmp(room->under_way->name, name) == 0)
		return true;
	for (size_t i = 0; i < room->wanted_count; i++)
		if (room->wanted[i]->name && strcmp(room->wanted[i]->name, name) == 0)
			return true;
	return false;
}

const struct print *darkroom_peek(struct darkroom *room, const struct picture *picture,
                                  const struct print_order *order)
{
	char *name = name_of(picture, order);
	struct kept *kept = find_name(room, name);

	free(name);
	return kept ? &kept->print : NULL;
}

const struct print *darkroom_print(struct darkroom *room, const struct picture *picture,
                                   const struct print_order *order)
{
	char *name = name_of(picture, order);
	struct kept *kept = find_name(room, name);

	if (!kept && !is_name_wanted(room, name)) {
		struct errand *errand = NEW(struct errand);

		errand->name = xstrdup(name);
		picture_copy(&errand->picture, picture);
		errand->kept = NEW(struct kept);
		errand->kept->print.order = *order;
		errand->kept->print.number = ++room->last_number;
		want(room, errand);
	}
	free(name);
	return kept ? &kept->print : NULL;
}

const struct print *darkroom_find(struct darkroom *room, unsigned number)
{
	for (struct kept *kept = room->kept; kept; kept = kept->next)
		if (kept->print.number == number) {
			kept->used = room->turn;
			return &kept->print;
		}
	return NULL;
}

static bool is_cut_wanted(const struct darkroom *room, const struct kept *kept, struct cells part)
{
	const struct errand *now = room->under_way;

	if (now && !now->name && now->kept == kept && cells_equal(now->cut->part, part))
		return true;
	for (size_t i = 0; i < room->wanted_count; i++) {
		now = room->wanted[i];
		if (!now->name && now->kept == kept && cells_equal(now->cut->part, part))
			return true;
	}
	return false;
}

static const struct strbuf *cut_now(struct darkroom *room, struct kept *kept, struct cut *cut)
{
	struct error err;

	print_cut(&cut->sixels, &kept->print, cut->part, &err);
	cut->next = kept->cuts;
	kept->cuts = cut;
	room->size += sizeof(*cut) + cut->sixels.cap;
	return &cut->sixels;
}

const struct strbuf *darkroom_cut(struct darkroom *room, const struct print *print,
                                  struct cells part)
{
	const struct print_order *order = &print->order;
	struct pixels_area area = print_area(order, part);
	struct kept *kept = room->kept;
	struct errand *errand;
	struct cut *cut;

	if (print->whole.len && part.rows == order->rows && part.cols == order->cols)
		return &print->whole;
	while (&kept->print != print)
		kept = kept->next;
	for (cut = kept->cuts; cut; cut = cut->next)
		if (cells_equal(cut->part, part))
			return &cut->sixels;
	if (is_cut_wanted(room, kept, part))
		return NULL;
	cut = NEW(struct cut);
	cut->part = part;
	if ((long)area.width * area.height <= SMALL_MOST)
		return cut_now(room, kept, cut);
	errand = NEW(struct errand);
	errand->kept = kept;
	errand->cut = cut;
	want(room, errand);
	return NULL;
}
