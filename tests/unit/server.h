#ifndef UNIT_SERVER_H
#define UNIT_SERVER_H

#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/loop.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "test.h"

/* A web server on the test's own loop that answers each request with the next of its scenes. */
enum after {
	THEN_END,
	THEN_CUT,  /* hang up in the middle */
	THEN_HANG, /* say no more */
};

struct scene {
	const char *status;        /* "200 OK" */
	const char *headers;       /* each with its CRLF; NULL: none */
	const char *const *pieces; /* of the body, each sent on its own; NULL ends them */
	enum after after;
};

struct visit {
	struct server *server;
	struct visit *next;
	int fd;
	struct watch *watch;
	struct timer *timer;
	struct strbuf in;
	const struct scene *scene; /* being played */
	size_t piece;
};

#define MOST_REQUESTS 16

struct server {
	struct loop *loop;
	const struct scene *scenes;
	size_t count, at;
	int fd, port;
	struct watch *watch;
	struct visit *visits;
	struct strbuf requests[MOST_REQUESTS]; /* head and body of each */
	size_t request_count;
	int hung_up; /* visitors that left before their answer was complete */
};

static inline void visit_free(struct visit *v)
{
	struct visit **at = &v->server->visits;

	while (*at != v)
		at = &(*at)->next;
	*at = v->next;
	timer_free(v->timer);
	watch_free(v->watch);
	close(v->fd);
	strbuf_release(&v->in);
	free(v);
}

static inline void visit_say(struct visit *v, const char *bytes, size_t len)
{
	/* What tests say fits into a socket's buffer. */
	assert_int_equal(send(v->fd, bytes, len, MSG_NOSIGNAL), len);
}

static inline void visit_play(void *ctx)
{
	struct visit *v = ctx;
	const char *piece = v->scene->pieces ? v->scene->pieces[v->piece] : NULL;
	struct strbuf out = { 0 };

	v->timer = NULL;
	if (piece) {
		strbuf_addf(&out, "%zx\r\n%s\r\n", strlen(piece), piece);
		visit_say(v, out.buf, out.len);
		strbuf_release(&out);
		v->piece++;
		v->timer = loop_after(v->server->loop, 0, visit_play, v);
	} else if (v->scene->after == THEN_CUT) {
		visit_free(v);
	} else if (v->scene->after == THEN_END) {
		visit_say(v, "0\r\n\r\n", 5);
		v->scene = NULL;
	}
}

static inline void visit_answer(struct visit *v)
{
	struct server *s = v->server;
	struct strbuf head = { 0 };

	assert_true(s->at < s->count);
	v->scene = &s->scenes[s->at++];
	v->piece = 0;
	if (v->scene->status) {
		strbuf_addf(&head,
		            "HTTP/1.1 %s\r\nContent-Type: text/event-stream\r\n%s"
		            "Transfer-Encoding: chunked\r\n\r\n",
		            v->scene->status, v->scene->headers ? v->scene->headers : "");
		visit_say(v, head.buf, head.len);
		strbuf_release(&head);
	}
	v->timer = loop_after(s->loop, 0, visit_play, v);
}

static inline void visit_hear(int fd, short revents, void *ctx)
{
	struct visit *v = ctx;
	struct server *s = v->server;
	char bytes[65536];
	ssize_t len = recv(fd, bytes, sizeof(bytes), 0);
	const char *body, *length;
	size_t want;

	(void)revents;
	if (len <= 0) {
		s->hung_up += v->scene != NULL;
		visit_free(v);
		return;
	}
	strbuf_add(&v->in, bytes, (size_t)len);
	body = strstr(v->in.buf, "\r\n\r\n");
	length = strcasestr(v->in.buf, "content-length: ");
	if (!body)
		return;
	want = (size_t)(body + 4 - v->in.buf) +
	       (length && length < body ? strtoul(length + 16, NULL, 10) : 0);
	if (v->in.len < want)
		return;
	assert_true(s->request_count < MOST_REQUESTS);
	strbuf_add(&s->requests[s->request_count++], v->in.buf, want);
	strbuf_eat(&v->in, want);
	visit_answer(v);
}

static inline void server_accept(int fd, short revents, void *ctx)
{
	struct server *s = ctx;
	struct visit *v = NEW(struct visit);

	(void)revents;
	v->server = s;
	v->fd = accept(fd, NULL, NULL);
	assert_true(v->fd >= 0);
	v->watch = loop_watch(s->loop, v->fd, POLLIN, visit_hear, v);
	v->next = s->visits;
	s->visits = v;
}

static inline void server_open(struct server *s, struct loop *loop, const struct scene *scenes,
                               size_t count)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t size = sizeof(address);

	*s = (struct server){ .loop = loop, .scenes = scenes, .count = count };
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(s->fd >= 0);
	assert_int_equal(bind(s->fd, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(listen(s->fd, 8), 0);
	assert_int_equal(getsockname(s->fd, (struct sockaddr *)&address, &size), 0);
	s->port = ntohs(address.sin_port);
	s->watch = loop_watch(loop, s->fd, POLLIN, server_accept, s);
}

static inline void server_close(struct server *s)
{
	while (s->visits)
		visit_free(s->visits);
	watch_free(s->watch);
	close(s->fd);
	for (size_t i = 0; i < s->request_count; i++)
		strbuf_release(&s->requests[i]);
}

#endif
