#include "llm/reader.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define SHOWN_MAX 200

static void take_document(struct reader *r, const char *event, const char *text, size_t len,
                          bool cut)
{
	struct json *doc = NULL;
	struct json_at root;
	struct error err;

	if (!json_parse(&doc, text, len, &err)) {
		trouble_set(&r->draft.trouble, cut ? TROUBLE_TRUNCATED : TROUBLE_PROTOCOL, NULL,
		            cut ? "stream cut inside an event" : "unparsable event");
		return;
	}
	root = json_root(doc, "reply");
	r->provider->decode(&r->draft, event, &root);
	json_free(doc);
}

static void take_event(void *ctx, const struct sse_event *ev)
{
	struct reader *r = ctx;
	const char *last = r->provider->last_word;

	if (r->over || r->draft.trouble.kind)
		return;
	if (last && !strncmp(ev->data, last, strlen(last)))
		r->over = true;
	else
		take_document(r, ev->name, ev->data, ev->len, ev->cut);
}

void reader_start(struct reader *r, const struct provider *provider, int status)
{
	draft_fn words = r->draft.words;
	void *ctx = r->draft.ctx;
	bool split_thinking = r->draft.split_thinking;

	reader_release(r);
	r->provider = provider;
	r->draft.words = words;
	r->draft.ctx = ctx;
	r->draft.split_thinking = split_thinking;
	r->draft.trouble.status = status;
	r->whole = status >= 300;
	r->sse.fn = take_event;
	r->sse.ctx = r;
}

/* A stream of events, or a document? The first byte that is not blank tells. */
static void probe(struct reader *r, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len && !r->probed; i++) {
		char c = bytes[i];

		if (isspace((unsigned char)c) || (c && strchr("\xef\xbb\xbf", c)))
			continue;
		r->probed = true;
		r->whole = r->whole || (c && strchr("{[<", c));
	}
}

void reader_feed(struct reader *r, const char *bytes, size_t len)
{
	struct error err;

	if (r->draft.trouble.kind)
		return;
	if (!r->probed)
		probe(r, bytes, len);
	r->total += len;
	if (r->draft.trouble.status >= 300 && r->total > READER_ERROR_MAX)
		return;
	if (r->total > READER_REPLY_MAX)
		trouble_set(&r->draft.trouble, TROUBLE_PROTOCOL, NULL, "the reply never ends");
	else if (!r->probed || r->whole)
		strbuf_add(&r->body, bytes, len);
	else if (!sse_feed(&r->sse, strbuf_str(&r->body), r->body.len, &err) ||
	         !sse_feed(&r->sse, bytes, len, &err))
		trouble_set(&r->draft.trouble, TROUBLE_PROTOCOL, NULL, err.text);
	if (r->probed && !r->whole)
		strbuf_reset(&r->body);
}

/* What a server, or a proxy in front of it, says without JSON. */
static void take_page(struct reader *r)
{
	int status = r->draft.trouble.status;
	const char *text = strbuf_str(&r->body);
	char shown[SHOWN_MAX + 1];
	size_t len;

	text += strspn(text, " \t\r\n\xef\xbb\xbf");
	len = strlen(text);
	while (len && isspace((unsigned char)text[len - 1]))
		len--;
	snprintf(shown, sizeof(shown), "%.*s", len < SHOWN_MAX ? (int)len : SHOWN_MAX, text);
	if (!len)
		snprintf(shown, sizeof(shown), "HTTP %d", status);
	trouble_set(&r->draft.trouble,
	            status >= 300 ? trouble_classify(status, NULL, NULL, text) : TROUBLE_PROTOCOL,
	            NULL, status < 300 && *text == '<' ? "a web page" : shown);
}

void reader_end(struct reader *r)
{
	const char *text = strbuf_str(&r->body);
	struct json *doc = NULL;
	struct json_at root;
	struct error err;

	if (r->whole && !r->draft.trouble.kind) {
		bool is_json = json_parse(&doc, text, r->body.len, &err);

		root = json_root(doc, "reply");
		if (is_json && (json_is_object(&root) || json_is_array(&root)))
			r->provider->decode(&r->draft, "", &root);
		else
			take_page(r);
		json_free(doc);
	} else if (!r->whole) {
		sse_end(&r->sse);
	}
	if (!r->draft.trouble.kind)
		r->provider->finish(&r->draft);
	draft_finish(&r->draft);
}

void reader_release(struct reader *r)
{
	draft_release(&r->draft);
	sse_release(&r->sse);
	strbuf_release(&r->body);
	*r = (struct reader){ 0 };
}
