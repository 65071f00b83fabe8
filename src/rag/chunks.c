#include "rag/chunks.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"

#define FENCE            "```"
#define MOST_TITLE_BYTES 120
#define MOST_PIECE_BYTES (CHUNK_MOST_BYTES - 2 * (sizeof(FENCE "\n") - 1))

static void add_path(struct strbuf *out, const struct chunker *c)
{
	for (int i = 0; i < MARKUP_DEEPEST; i++)
		if (c->titles[i] && *c->titles[i])
			strbuf_addf(out, "%s%s", out->len ? " > " : "", c->titles[i]);
}

static void flush(struct chunker *c)
{
	struct strbuf heading = { 0 };
	struct chunk chunk = { .anchor = strbuf_str(&c->anchor), .text = strbuf_str(&c->text) };

	if (c->text.len) {
		add_path(&heading, c);
		chunk.heading = strbuf_str(&heading);
		c->fn(c->ctx, &chunk);
	}
	strbuf_release(&heading);
	strbuf_reset(&c->text);
}

/* At most `most` bytes of it, on a character's border. */
static size_t whole_characters(const char *text, size_t most)
{
	while (most && ((unsigned char)text[most] & 0xc0) == 0x80)
		most--;
	return most;
}

static void on_heading(void *ctx, int level, const char *title, const char *anchor)
{
	struct chunker *c = ctx;
	size_t len = strlen(title);

	flush(c);
	for (int i = level - 1; i < MARKUP_DEEPEST; i++) {
		free(c->titles[i]);
		c->titles[i] = NULL;
	}
	if (len > MOST_TITLE_BYTES)
		len = whole_characters(title, MOST_TITLE_BYTES);
	c->titles[level - 1] = xstrndup(title, len);
	for (char *at = c->titles[level - 1]; (at = strchr(at, '\n'));)
		*at = ' ';
	strbuf_reset(&c->anchor);
	strbuf_addstr(&c->anchor, anchor ? anchor : "");
}

static void add_piece(struct chunker *c, const char *text, size_t len, bool is_code)
{
	size_t around = is_code ? 2 * (sizeof(FENCE "\n") - 1) : 0;

	if (c->text.len && c->text.len + 2 + len + around > CHUNK_MOST_BYTES)
		flush(c);
	if (c->text.len)
		strbuf_addstr(&c->text, "\n\n");
	if (is_code)
		strbuf_addstr(&c->text, FENCE "\n");
	strbuf_add(&c->text, text, len);
	if (is_code)
		strbuf_addstr(&c->text, "\n" FENCE);
}

/* Where to cut what is too long: behind a line, else a sentence, else a word, else anywhere. */
static size_t cut_at(const char *text, bool is_code)
{
	static const char *const places[] = { "\n", ". ", " " };
	size_t most = whole_characters(text, MOST_PIECE_BYTES);

	for (size_t i = 0; i < (is_code ? 1 : COUNT(places)); i++)
		for (size_t at = most; at > most / 2; at--)
			if (!strncmp(text + at - 1, places[i], strlen(places[i])))
				return at;
	return most;
}

static void on_block(void *ctx, const char *text, bool is_code)
{
	struct chunker *c = ctx;
	size_t len = strlen(text);

	while (len && text[len - 1] == '\n')
		len--;
	while (len > MOST_PIECE_BYTES) {
		size_t cut = cut_at(text, is_code);

		add_piece(c, text, cut - (text[cut - 1] == '\n'), is_code);
		text += cut;
		len -= cut;
	}
	if (len)
		add_piece(c, text, len, is_code);
}

struct markup_sink chunker_start(struct chunker *out, chunk_fn fn, void *ctx)
{
	*out = (struct chunker){ .fn = fn, .ctx = ctx };
	return (struct markup_sink){ .heading = on_heading, .block = on_block, .ctx = out };
}

void chunker_end(struct chunker *c)
{
	flush(c);
	for (int i = 0; i < MARKUP_DEEPEST; i++)
		free(c->titles[i]);
	strbuf_release(&c->text);
	strbuf_release(&c->anchor);
}
