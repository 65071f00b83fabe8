#include "blender/capture.h"

#include <stdlib.h>
#include <string.h>

enum {
	NOISE_MOST = 8 * 1024,
};

static char *mark(const char *which, int64_t id, const char *token)
{
	struct strbuf line = { 0 };

	strbuf_addf(&line, "\x1e ll3m %s %lld %s\n", which, (long long)id, token);
	return strbuf_detach(&line);
}

static void forget_marks(struct capture *c)
{
	free(c->begin);
	free(c->end);
	c->begin = c->end = NULL;
	c->inside = false;
}

void capture_await(struct capture *c, int64_t id, const char *token)
{
	capture_stop(c);
	strbuf_reset(&c->printed);
	c->dropped = 0;
	c->begin = mark("begin", id, token);
	c->end = mark("end", id, token);
}

static void keep_noise(struct capture *c, const char *bytes, size_t len)
{
	if (len > NOISE_MOST) {
		bytes += len - NOISE_MOST;
		len = NOISE_MOST;
	}
	strbuf_add(&c->noise, bytes, len);
	if (c->noise.len > NOISE_MOST)
		strbuf_eat(&c->noise, c->noise.len - NOISE_MOST);
}

/* A NUL would end the text for everyone who reads it as a string. */
static void keep_printed(struct capture *c, const char *bytes, size_t len)
{
	size_t room = CAPTURE_MOST - c->printed.len;
	size_t kept = len < room ? len : room;
	size_t from = c->printed.len;

	strbuf_add(&c->printed, bytes, kept);
	for (size_t i = from; i < c->printed.len; i++)
		if (c->printed.buf[i] == '\0')
			c->printed.buf[i] = '?';
	c->dropped += (int64_t)(len - kept);
}

static void sort(struct capture *c, size_t len)
{
	(c->inside ? keep_printed : keep_noise)(c, strbuf_str(&c->pending), len);
	strbuf_eat(&c->pending, len);
}

/* Everything up to the next mark, if it is all here, and the mark. */
static bool take_part(struct capture *c)
{
	const char *next = c->inside ? c->end : c->begin;
	const char *at = next && c->pending.len
	                         ? memmem(c->pending.buf, c->pending.len, next, strlen(next))
	                         : NULL;

	if (!at)
		return false;
	sort(c, (size_t)(at - c->pending.buf));
	strbuf_eat(&c->pending, strlen(next));
	if (c->inside)
		forget_marks(c);
	else
		c->inside = true;
	return true;
}

/* How much of the end could be the beginning of the mark that is awaited. */
static size_t undecided(const struct capture *c)
{
	const char *next = c->inside ? c->end : c->begin;
	size_t most = next ? strlen(next) - 1 : 0;

	for (size_t n = most < c->pending.len ? most : c->pending.len; n > 0; n--)
		if (memcmp(c->pending.buf + c->pending.len - n, next, n) == 0)
			return n;
	return 0;
}

void capture_add(struct capture *c, const char *bytes, size_t len)
{
	strbuf_add(&c->pending, bytes, len);
	while (take_part(c))
		continue;
	sort(c, c->pending.len - undecided(c));
}

void capture_stop(struct capture *c)
{
	sort(c, c->pending.len);
	forget_marks(c);
}

void capture_release(struct capture *c)
{
	forget_marks(c);
	strbuf_release(&c->pending);
	strbuf_release(&c->printed);
	strbuf_release(&c->noise);
}

void capture_last_words(const struct capture *c, int lines, struct strbuf *out)
{
	const char *text = strbuf_str(&c->noise);
	size_t end = c->noise.len, at;

	while (end && (text[end - 1] == '\n' || text[end - 1] == ' '))
		end--;
	for (at = end; at > 0; at--)
		if (text[at - 1] == '\n' && (at == end || text[at] != '\n') && --lines <= 0)
			break;
	strbuf_reset(out);
	for (; at < end; at++) {
		unsigned char byte = (unsigned char)text[at];
		char plain = byte == '\n' ? '|' : byte < ' ' || byte >= 0x7f ? '?' : (char)byte;

		strbuf_add(out, &plain, 1);
	}
}
