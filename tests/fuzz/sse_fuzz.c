/*
 * What a server may send: the first byte says in which pieces it comes, the second how it began,
 * the rest are the bytes. However they are cut, the reply is the same, and what is whole is sane.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "llm/provider.h"
#include "llm/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void read_reply(struct reader *r, const uint8_t *bytes, size_t len, size_t piece, int status)
{
	reader_start(r, &openai, status);
	while (len) {
		size_t n = piece < len ? piece : len;
		char *copy = malloc(n);

		/* In memory of its own, so that reading past it is seen. */
		assert(copy);
		memcpy(copy, bytes, n);
		reader_feed(r, copy, n);
		free(copy);
		bytes += n;
		len -= n;
	}
	reader_end(r);
}

static void check_draft(const struct draft *d)
{
	struct error err;
	struct trouble_scene scene = { .endpoint = "e", .url = "u", .model = "m" };

	assert((d->stop == DRAFT_STOP_ERROR) == (d->trouble.kind != TROUBLE_NONE) ||
	       d->stop == DRAFT_STOP_ERROR);
	for (size_t i = 0; i < d->count; i++)
		if (d->parts[i].type == DRAFT_CALL)
			assert(d->parts[i].id && (d->parts[i].name || d->trouble.kind));
	if (d->trouble.kind)
		trouble_explain(&err, &d->trouble, &scene);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const int statuses[] = { 200, 200, 200, 200, 301, 400, 429, 500 };
	struct reader whole = { 0 }, pieces = { 0 };
	struct strbuf a = { 0 }, b = { 0 };
	int status;

	if (len < 2)
		return 0;
	status = statuses[bytes[1] % 8];
	whole.draft.split_thinking = pieces.draft.split_thinking = bytes[1] & 8;
	read_reply(&whole, bytes + 2, len - 2, len, status);
	read_reply(&pieces, bytes + 2, len - 2, 1 + bytes[0] % 97, status);
	check_draft(&whole.draft);
	assert(whole.draft.trouble.kind == pieces.draft.trouble.kind);
	assert(whole.draft.stop == pieces.draft.stop && whole.draft.count == pieces.draft.count);
	draft_join(&a, &whole.draft, DRAFT_TEXT);
	draft_join(&b, &pieces.draft, DRAFT_TEXT);
	assert(!strcmp(strbuf_str(&a), strbuf_str(&b)));
	strbuf_release(&a);
	strbuf_release(&b);
	reader_release(&whole);
	reader_release(&pieces);
	return 0;
}
