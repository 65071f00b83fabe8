#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "session/inside.h"

static void drop(struct wishes *w, size_t at)
{
	free(w->items[at].text);
	texts_release(&w->items[at].images);
	memmove(w->items + at, w->items + at + 1, (--w->count - at) * sizeof(*w->items));
}

void wishes_add(struct wishes *w, const char *text, const text_list *images)
{
	struct wish *wish;

	w->items = xrealloc(w->items, (w->count + 1) * sizeof(*w->items));
	wish = &w->items[w->count++];
	*wish = (struct wish){ .text = xstrdup(text) };
	for (size_t i = 0; i < images->count; i++)
		texts_add(&wish->images, images->items[i]);
}

void wishes_release(struct wishes *w)
{
	while (w->count)
		drop(w, w->count - 1);
	free(w->items);
	w->items = NULL;
}

void session_send_wish(struct session *s)
{
	struct wish *wish = &s->wishes.items[0];

	s->is_wish_sent = true;
	session_send(s, EV_PROMPT_GIVEN, ROLE_USER,
	             &(union event_body){ .prompt = { wish->text, wish->images } });
	drop(&s->wishes, 0);
}

void session_send_queue(struct session *s)
{
	struct prompt_given *list = xcalloc(s->wishes.count + 1, sizeof(*list));

	for (size_t i = 0; i < s->wishes.count; i++)
		list[i] =
			(struct prompt_given){ s->wishes.items[i].text, s->wishes.items[i].images };
	session_send(s, EV_QUEUE_CHANGED, ROLE_USER,
	             &(union event_body){ .queue = { { list, s->wishes.count } } });
	free(list);
}

static void swap(struct wishes *w, size_t a, size_t b)
{
	struct wish held = w->items[a];

	w->items[a] = w->items[b];
	w->items[b] = held;
}

/* "drop 2", "up 2", "edit 2 a taller handle" */
bool cmd_queue(struct session *s, const char *args, struct error *err)
{
	struct wishes *w = &s->wishes;
	struct text_span rest = text_span(args);
	struct text_span verb = text_next_word(&rest), word = text_next_word(&rest);
	size_t at;

	if (!text_is_number(&at, word, w->count))
		return failed(err, ERR_USAGE,
		              w->count ? "queue: write a number of 1 to %zu"
		                       : "queue: no prompt waits",
		              w->count);
	if (text_is(verb, "drop")) {
		drop(w, at - 1);
	} else if (text_is(verb, "up") && at > 1) {
		swap(w, at - 1, at - 2);
	} else if (text_is(verb, "down") && at < w->count) {
		swap(w, at - 1, at);
	} else if (text_is(verb, "edit") && rest.len) {
		free(w->items[at - 1].text);
		w->items[at - 1].text = xstrndup(rest.at, rest.len);
	} else if (!text_is(verb, "up") && !text_is(verb, "down")) {
		return failed(err, ERR_USAGE, "queue: write drop, up, down or edit, and a number");
	}
	session_send_queue(s);
	return true;
}
