#include "tui/folds.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#define SIGN_FIRST 0xf0000u /* no character ever stands here: Unicode keeps it for private use */
#define FOLDS_MOST 1000
#define LINES_MOST 4
#define BYTES_MOST 600

static size_t count_lines(const char *text, size_t len)
{
	size_t lines = len && text[len - 1] != '\n';

	for (size_t i = 0; i < len; i++)
		lines += text[i] == '\n';
	return lines;
}

bool folds_want(const char *text, size_t len)
{
	return len > BYTES_MOST || count_lines(text, len) > LINES_MOST;
}

void folds_add(struct folds *folds, const char *text, size_t len, struct strbuf *sign)
{
	struct strbuf mended = { 0 };

	folds_mend(text, len, &mended);
	if (folds->count == FOLDS_MOST) {
		strbuf_add(sign, strbuf_str(&mended), mended.len);
		strbuf_release(&mended);
		return;
	}
	folds->texts = xrealloc(folds->texts, (folds->count + 1) * sizeof(*folds->texts));
	text_encode(sign, SIGN_FIRST + (uint32_t)folds->count);
	folds->texts[folds->count++] = strbuf_detach(&mended);
}

void folds_release(struct folds *folds)
{
	while (folds->count)
		free(folds->texts[--folds->count]);
	free(folds->texts);
	folds->texts = NULL;
}

const char *folds_text(const struct folds *folds, uint32_t sign)
{
	if (sign < SIGN_FIRST || sign - SIGN_FIRST >= folds->count)
		return NULL;
	return folds->texts[sign - SIGN_FIRST];
}

void folds_label(const struct folds *folds, uint32_t sign, struct strbuf *out)
{
	const char *text = folds_text(folds, sign);
	size_t lines = text ? count_lines(text, strlen(text)) : 0;

	if (!text)
		return;
	strbuf_addstr(out, "[paste ");
	if (lines > 1)
		strbuf_addf(out, "%zu lines", lines);
	else
		text_add_bytes(out, strlen(text));
	strbuf_addstr(out, "]");
}

void folds_expand(const struct folds *folds, const char *text, struct strbuf *out)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < len;) {
		uint32_t c;
		size_t bytes = text_decode(&c, text + i, len - i);
		const char *folded = folds_text(folds, c);

		if (folded)
			strbuf_addstr(out, folded);
		else
			strbuf_add(out, text + i, bytes);
		i += bytes;
	}
}

void folds_mend(const char *text, size_t len, struct strbuf *out)
{
	for (size_t i = 0; i < len;) {
		uint32_t c;

		i += text_decode(&c, text + i, len - i);
		if (c >= SIGN_FIRST && c < SIGN_FIRST + FOLDS_MOST)
			c = 0xfffd;
		if (c)
			text_encode(out, c);
	}
}
