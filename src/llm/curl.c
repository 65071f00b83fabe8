#include "config.h"

#include <curl/curl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "llm/transport.h"

#define CONNECT_S    10
#define FIRST_BYTE_S 300
#define BETWEEN_S    120

/*
 * libcurl on our loop. Its callbacks may not call back into it, so they only put aside what they
 * are told; once libcurl has returned, deliver_all() passes it on, one piece at a time.
 */
struct http {
	struct transport base;
	struct loop *loop;
	CURLM *multi;
	struct timer *timer; /* libcurl's own */
	struct transfer *transfers;
};

struct transfer {
	struct delivery base;
	struct transfer *next;
	struct http *http;
	struct transport_events events;
	CURL *easy;
	struct curl_slist *lines; /* the headers that we send */
	char problem[CURL_ERROR_SIZE];
	struct headers headers;
	struct strbuf in;
	bool told_head; /* began() has been called */
	bool over;
	CURLcode result;  /* once it is over */
	const char *late; /* what it took too long for */
	struct timer *patience;
	int64_t heard_ms; /* when bytes came last */
	int64_t first_byte_ms, between_ms;
};

/* Those that anybody above asks for, and no more: the others are not ours to keep. */
static const char *const kept_headers[] = {
	"content-type",
	"date",
	"location",
	"retry-after",
	"retry-after-ms",
	"x-should-retry",
	"x-request-id",
	"x-ratelimit-remaining-requests",
	"x-ratelimit-remaining-tokens",
	"x-ratelimit-reset-requests",
	"x-ratelimit-reset-tokens",
};

static void drop_lines(struct curl_slist *lines)
{
	for (struct curl_slist *line = lines; line; line = line->next)
		explicit_bzero(line->data, strlen(line->data));
	curl_slist_free_all(lines);
}

static void transfer_free(struct transfer *t)
{
	timer_free(t->patience);
	curl_multi_remove_handle(t->http->multi, t->easy);
	curl_easy_cleanup(t->easy);
	drop_lines(t->lines);
	headers_release(&t->headers);
	strbuf_release(&t->in);
	free(t);
}

static void transfer_end(struct transfer *t)
{
	struct transfer **at = &t->http->transfers;

	while (*at != t)
		at = &(*at)->next;
	*at = t->next;
	transfer_free(t);
}

static const struct {
	CURLcode code;
	enum trouble_kind kind;
	const char *advice;
} results[] = {
	{ CURLE_OK, TROUBLE_NONE, NULL },
	{ CURLE_URL_MALFORMAT, TROUBLE_OURS, "the url is no address" },
	{ CURLE_UNSUPPORTED_PROTOCOL, TROUBLE_OURS,
	  "the url has to begin with https:// or http://" },
	{ CURLE_PEER_FAILED_VERIFICATION, TROUBLE_OURS,
	  "its certificate cannot be trusted; set ca_file of the endpoint if it should be" },
	{ CURLE_SSL_CACERT_BADFILE, TROUBLE_OURS, "the certificates in ca_file cannot be read" },
	{ CURLE_BAD_FUNCTION_ARGUMENT, TROUBLE_OURS, "a setting of the endpoint is unusable" },
	{ CURLE_PARTIAL_FILE, TROUBLE_TRUNCATED, "the connection broke" },
	{ CURLE_RECV_ERROR, TROUBLE_TRUNCATED, "the connection broke" },
	{ CURLE_GOT_NOTHING, TROUBLE_NETWORK, "the server hung up" },
	{ CURLE_HTTP2, TROUBLE_TRUNCATED, "the connection broke" },
	{ CURLE_HTTP2_STREAM, TROUBLE_TRUNCATED, "the connection broke" },
	{ CURLE_WEIRD_SERVER_REPLY, TROUBLE_PROTOCOL, "it does not speak HTTP" },
};

static void end_transfer(struct transfer *t)
{
	struct transport_events events = t->events;
	struct ending ending = { .kind = TROUBLE_NETWORK };
	char why[CURL_ERROR_SIZE + 200];
	const char *advice = NULL;

	for (size_t i = 0; i < COUNT(results); i++) {
		if (results[i].code == t->result) {
			ending.kind = results[i].kind;
			advice = results[i].advice;
		}
	}
	if (ending.kind == TROUBLE_TRUNCATED && !t->told_head)
		ending.kind = TROUBLE_NETWORK;
	snprintf(why, sizeof(why), "%s%s%s", advice ? advice : "", advice ? ": " : "",
	         *t->problem ? t->problem : curl_easy_strerror(t->result));
	if (t->late) {
		ending.kind = TROUBLE_TIMEOUT;
		snprintf(why, sizeof(why), "no %s for %lld s", t->late,
		         (long long)(t->told_head ? t->between_ms : t->first_byte_ms) / 1000);
	}
	ending.why = ending.kind ? why : NULL;
	transfer_end(t);
	events.ended(events.ctx, &ending);
}

static void tell_head(struct transfer *t)
{
	long status = 0;

	t->told_head = true;
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	t->events.began(t->events.ctx, NULL, (int)status, &t->headers);
}

/* The next piece of news of a transfer, which may be gone after it. */
static bool deliver(struct transfer *t)
{
	long status = 0;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	if (!t->told_head && (t->in.len || (t->over && t->result == CURLE_OK && status))) {
		tell_head(t);
	} else if (t->in.len) {
		struct strbuf in = t->in;

		t->in = (struct strbuf){ 0 };
		t->events.bytes(t->events.ctx, in.buf, in.len);
		strbuf_release(&in);
	} else if (t->over || t->late) {
		end_transfer(t);
	} else {
		return false;
	}
	return true;
}

static void deliver_all(struct http *http)
{
	struct transfer *t = http->transfers;
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(http->multi, &left))) {
		struct transfer *done = NULL;

		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&done);
		done->over = true;
		done->result = message->data.result;
	}
	/* From the start again after each piece, since it may have changed the list. */
	while (t)
		t = deliver(t) ? http->transfers : t->next;
}

static void on_timer(void *ctx)
{
	struct http *http = ctx;
	int running;

	http->timer = NULL;
	curl_multi_socket_action(http->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	deliver_all(http);
}

static int set_timer(CURLM *multi, long ms, void *ctx)
{
	struct http *http = ctx;

	(void)multi;
	timer_free(http->timer);
	http->timer = ms < 0 ? NULL : loop_after(http->loop, (int)ms, on_timer, http);
	return 0;
}

static void on_socket(int fd, short revents, void *ctx)
{
	struct http *http = ctx;
	int running, what = 0;

	if (revents & (POLLIN | POLLHUP))
		what |= CURL_CSELECT_IN;
	if (revents & POLLOUT)
		what |= CURL_CSELECT_OUT;
	if (revents & (POLLERR | POLLNVAL))
		what |= CURL_CSELECT_ERR;
	curl_multi_socket_action(http->multi, fd, what, &running);
	deliver_all(http);
}

static int set_socket(CURL *easy, curl_socket_t fd, int what, void *ctx, void *ours)
{
	struct http *http = ctx;
	struct watch *watch = ours;
	short events =
		(short)((what & CURL_POLL_IN ? POLLIN : 0) | (what & CURL_POLL_OUT ? POLLOUT : 0));

	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		watch_free(watch);
		curl_multi_assign(http->multi, fd, NULL);
	} else if (watch) {
		watch_events(watch, events);
	} else {
		watch = loop_watch(http->loop, fd, events, on_socket, http);
		curl_multi_assign(http->multi, fd, watch);
	}
	return 0;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *ctx)
{
	struct transfer *t = ctx;

	strbuf_add(&t->in, bytes, size * count);
	t->heard_ms = loop_now_ms(t->http->loop);
	return size * count;
}

static size_t take_header(char *line, size_t size, size_t count, void *ctx)
{
	struct transfer *t = ctx;
	size_t len = size * count;

	/* A new response: the one before was a "100 Continue". */
	if (len > 5 && !strncmp(line, "HTTP/", 5))
		headers_release(&t->headers);
	for (size_t i = 0; i < COUNT(kept_headers); i++) {
		size_t name_len = strlen(kept_headers[i]), from = name_len + 1;
		char *value;

		if (len <= name_len || line[name_len] != ':' ||
		    strncasecmp(line, kept_headers[i], name_len) != 0)
			continue;
		while (len > from && strchr("\r\n ", line[len - 1]))
			len--;
		while (from < len && line[from] == ' ')
			from++;
		value = strndup(line + from, len - from);
		headers_add(&t->headers, kept_headers[i], value ? value : "");
		free(value);
		break;
	}
	return size * count;
}

/* One timer for both limits; it looks at the clock instead of being moved for every byte. */
static void lose_patience(void *ctx)
{
	struct transfer *t = ctx;
	int64_t limit = t->told_head ? t->between_ms : t->first_byte_ms;
	int64_t left = t->heard_ms + limit - loop_now_ms(t->http->loop);

	if (left > 0) {
		t->patience = loop_after(t->http->loop, (int)left, lose_patience, t);
		return;
	}
	t->patience = NULL;
	t->late = t->told_head ? "more words" : "answer";
	deliver_all(t->http);
}

static void watch_clock(struct transfer *t, const struct llm_endpoint *ep)
{
	int64_t soonest;

	t->first_byte_ms = (ep->first_byte_s ? ep->first_byte_s : FIRST_BYTE_S) * 1000;
	t->between_ms = (ep->between_s ? ep->between_s : BETWEEN_S) * 1000;
	soonest = t->first_byte_ms < t->between_ms ? t->first_byte_ms : t->between_ms;
	t->heard_ms = loop_now_ms(t->http->loop);
	t->patience = loop_after(t->http->loop, (int)soonest, lose_patience, t);
}

static void add_lines(struct transfer *t, const struct exchange *ex)
{
	struct strbuf line = { 0 };

	t->lines = curl_slist_append(t->lines, "Content-Type: application/json");
	/* Or libcurl waits a second for leave to send a megabyte of pictures. */
	t->lines = curl_slist_append(t->lines, "Expect:");
	if (ex->key_header)
		t->lines = curl_slist_append(t->lines, ex->key_header);
	for (size_t i = 0; i < ex->endpoint->headers.count; i++) {
		const struct llm_header *h = &ex->endpoint->headers.items[i];

		strbuf_reset(&line);
		strbuf_addf(&line, "%s: %s", h->name, h->value);
		t->lines = curl_slist_append(t->lines, strbuf_str(&line));
	}
	if (line.buf)
		explicit_bzero(line.buf, line.len);
	strbuf_release(&line);
}

/* libcurl itself does not look at the variables that everybody sets. */
static const char *ca_file(const struct llm_endpoint *ep)
{
	static const char *const variables[] = { "SSL_CERT_FILE", "CURL_CA_BUNDLE" };

	if (ep->ca_file)
		return ep->ca_file;
	for (size_t i = 0; i < COUNT(variables); i++) {
		const char *value = getenv(variables[i]);

		if (value && *value)
			return value;
	}
	return NULL;
}

static void set_up(struct transfer *t, const struct exchange *ex)
{
	const struct llm_endpoint *ep = ex->endpoint;
	struct strbuf url = { 0 };
	size_t len = strlen(ep->url);

	while (len && ep->url[len - 1] == '/')
		len--;
	strbuf_add(&url, ep->url, len);
	strbuf_addstr(&url, ex->path);
	curl_easy_setopt(t->easy, CURLOPT_URL, strbuf_str(&url));
	strbuf_release(&url);
	curl_easy_setopt(t->easy, CURLOPT_PRIVATE, t);
	curl_easy_setopt(t->easy, CURLOPT_ERRORBUFFER, t->problem);
	curl_easy_setopt(t->easy, CURLOPT_USERAGENT, PACKAGE_NAME "/" PACKAGE_VERSION);
	curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->lines);
	curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(t->easy, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(t->easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(t->easy, CURLOPT_TCP_KEEPALIVE, 1L);
	/* A redirect would take our key to whoever it names. */
	curl_easy_setopt(t->easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(t->easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	curl_easy_setopt(t->easy, CURLOPT_CONNECTTIMEOUT_MS,
	                 (long)(ep->connect_s ? ep->connect_s : CONNECT_S) * 1000);
	/* A proxy cannot know the way to this very machine. */
	if (url_is_local(ep->url))
		curl_easy_setopt(t->easy, CURLOPT_PROXY, "");
	if (ep->unix_socket)
		curl_easy_setopt(t->easy, CURLOPT_UNIX_SOCKET_PATH, ep->unix_socket);
	if (ca_file(ep))
		curl_easy_setopt(t->easy, CURLOPT_CAINFO, ca_file(ep));
	if (ep->no_tls_check && url_is_local(ep->url)) {
		curl_easy_setopt(t->easy, CURLOPT_SSL_VERIFYPEER, 0L);
		curl_easy_setopt(t->easy, CURLOPT_SSL_VERIFYHOST, 0L);
	}
	if (!ex->body)
		return;
	curl_easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)ex->body->len);
	curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, strbuf_str(ex->body));
}

static struct delivery *http_send(struct transport *transport, const struct exchange *ex,
                                  const struct transport_events *events)
{
	struct http *http = (struct http *)transport;
	struct transfer *t = NEW(struct transfer);

	t->base.by = transport;
	t->http = http;
	t->events = *events;
	t->easy = curl_easy_init();
	if (!t->easy)
		abort(); /* it fails only when memory has run out */
	add_lines(t, ex);
	set_up(t, ex);
	watch_clock(t, ex->endpoint);
	t->next = http->transfers;
	http->transfers = t;
	curl_multi_add_handle(http->multi, t->easy);
	return &t->base;
}

static void http_cancel(struct delivery *d)
{
	transfer_end((struct transfer *)d);
}

static void http_close(struct transport *transport)
{
	struct http *http = (struct http *)transport;

	for (struct transfer *t = http->transfers, *next; t; t = next) {
		next = t->next;
		transfer_free(t);
	}
	curl_multi_cleanup(http->multi);
	curl_global_cleanup();
	timer_free(http->timer);
	free(http);
}

static const struct transport_type http_type = {
	.name = "http",
	.send = http_send,
	.cancel = http_cancel,
	.close = http_close,
};

struct transport *http_open(struct loop *loop)
{
	struct http *http = NEW(struct http);

	if (curl_global_init(CURL_GLOBAL_DEFAULT))
		abort();
	http->base.type = &http_type;
	http->loop = loop;
	http->multi = curl_multi_init();
	if (!http->multi)
		abort();
	curl_multi_setopt(http->multi, CURLMOPT_SOCKETFUNCTION, set_socket);
	curl_multi_setopt(http->multi, CURLMOPT_SOCKETDATA, http);
	curl_multi_setopt(http->multi, CURLMOPT_TIMERFUNCTION, set_timer);
	curl_multi_setopt(http->multi, CURLMOPT_TIMERDATA, http);
	return &http->base;
}

/* A part of the url, to be freed with curl_free(). */
static char *url_part(const char *url, CURLUPart part)
{
	CURLU *parsed = curl_url();
	char *text = NULL;

	if (parsed && curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK)
		curl_url_get(parsed, part, &text, 0);
	curl_url_cleanup(parsed);
	return text;
}

bool url_is_local(const char *url)
{
	char *host = url_part(url, CURLUPART_HOST);
	bool is_local = host && (!strcmp(host, "localhost") || !strcmp(host, "[::1]") ||
	                         (!strncmp(host, "127.", 4) && !host[strspn(host, "0123456789.")]));

	curl_free(host);
	return is_local;
}

bool url_is_http(const char *url)
{
	char *scheme = url_part(url, CURLUPART_SCHEME);
	bool is_http = scheme && (!strcmp(scheme, "http") || !strcmp(scheme, "https"));

	curl_free(scheme);
	return is_http;
}
