#include "llm/key.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/child.h"
#include "base/log.h"
#include "base/mem.h"
#include "llm/transport.h"

#define KEY_MAX      8192
#define COMMAND_MS   30000
#define SHORTEST_KEY 8 /* blanking out anything shorter would blank out half of the words */
#define BLANK        "[key]"

/* The program that prints the key, while it runs. */
struct key_command {
	struct key *key;
	struct keyring *ring;
	const struct llm_endpoint *ep;
	const char *header;
	key_fn found;
	void *ctx;
	struct child *child;
	struct timer *timer;
	struct strbuf printed;
};

void keyring_add(struct keyring *ring, const char *secret)
{
	if (!secret || strlen(secret) < SHORTEST_KEY)
		return;
	for (size_t i = 0; i < ring->count; i++)
		if (!strcmp(ring->secrets[i], secret))
			return;
	ring->secrets = xrealloc(ring->secrets, (ring->count + 1) * sizeof(*ring->secrets));
	ring->secrets[ring->count++] = xstrdup(secret);
	log_hide(secret);
}

static void replace(struct strbuf *text, size_t at, size_t len, const char *with)
{
	struct strbuf out = { 0 };

	strbuf_add(&out, text->buf, at);
	strbuf_addstr(&out, with);
	strbuf_add(&out, text->buf + at + len, text->len - at - len);
	explicit_bzero(text->buf, text->len);
	strbuf_release(text);
	*text = out;
}

/* Also a key that we never knew: what stands behind the names of such headers. */
static void redact_headers(struct strbuf *text)
{
	static const char *const names[] = { "authorization: bearer ", "x-api-key: ", "api-key: " };

	for (size_t i = 0; i < COUNT(names); i++) {
		size_t from = 0;
		char *at;

		while (from < text->len && (at = strcasestr(text->buf + from, names[i]))) {
			size_t start = (size_t)(at - text->buf) + strlen(names[i]);
			size_t len = strcspn(text->buf + start, " \t\r\n\"'\\,");

			if (len >= SHORTEST_KEY)
				replace(text, start, len, BLANK);
			from = start;
		}
	}
}

void keyring_redact(const struct keyring *ring, struct strbuf *text)
{
	for (size_t i = 0; i < ring->count && text->len; i++) {
		size_t len = strlen(ring->secrets[i]), from = 0;
		char *at;

		while (from < text->len &&
		       (at = memmem(text->buf + from, text->len - from, ring->secrets[i], len))) {
			from = (size_t)(at - text->buf);
			replace(text, from, len, BLANK);
			from += strlen(BLANK);
		}
	}
	if (text->len)
		redact_headers(text);
}

static void wipe(char *secret)
{
	if (secret)
		explicit_bzero(secret, strlen(secret));
	free(secret);
}

void keyring_release(struct keyring *ring)
{
	for (size_t i = 0; i < ring->count; i++)
		wipe(ring->secrets[i]);
	free(ring->secrets);
	*ring = (struct keyring){ 0 };
}

/* Takes the first line of `text`, which it wipes. */
static void accept_key(struct key *key, struct keyring *ring, const char *header, const char *hint,
                       struct strbuf *text)
{
	size_t len = strcspn(strbuf_str(text), "\r\n");
	const char *from = strbuf_str(text);
	struct strbuf line = { 0 };

	while (len && isspace((unsigned char)from[len - 1]))
		len--;
	for (; len && isspace((unsigned char)*from); len--)
		from++;
	key->state = KEY_READY;
	key->hint = xstrdup(hint);
	strbuf_addstr(&line, header);
	strbuf_add(&line, from, len);
	keyring_add(ring, line.buf + strlen(header));
	if (len) {
		key->header = strbuf_detach(&line);
	} else {
		key->state = KEY_FAILED;
		failed(&key->err, ERR_CONFIG, "%s gives an empty key", hint);
	}
	strbuf_release(&line);
	if (text->buf)
		explicit_bzero(text->buf, text->len);
	strbuf_release(text);
}

/* "~/" is the user's home, as in a shell. */
static void expand_home(struct strbuf *out, const char *path)
{
	const char *home = getenv("HOME");

	if (!strncmp(path, "~/", 2) && home)
		strbuf_addf(out, "%s%s", home, path + 1);
	else
		strbuf_addstr(out, path);
}

static bool read_key_file(struct strbuf *out, const char *path, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	char text[KEY_MAX];
	struct stat st;
	ssize_t len;

	if (fd < 0)
		return failed(err, ERR_CONFIG, "key_file %s: %s", path, strerror(errno));
	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || st.st_mode & 077) {
		close(fd);
		return failed(err, ERR_CONFIG, "key_file %s can be read by others: chmod 600 %s",
		              path, path);
	}
	len = read(fd, text, sizeof(text));
	close(fd);
	if (len < 0)
		return failed(err, ERR_CONFIG, "key_file %s: %s", path, strerror(errno));
	strbuf_add(out, text, (size_t)len);
	explicit_bzero(text, sizeof(text));
	return true;
}

static void seek_file(struct key *key, struct keyring *ring, const struct llm_endpoint *ep,
                      const char *header)
{
	struct strbuf path = { 0 }, text = { 0 };

	expand_home(&path, ep->key_file);
	if (read_key_file(&text, strbuf_str(&path), &key->err))
		accept_key(key, ring, header, strbuf_str(&path), &text);
	else
		key->state = KEY_FAILED;
	strbuf_release(&path);
}

static void seek_variable(struct key *key, struct keyring *ring, const struct llm_endpoint *ep,
                          const char *header)
{
	const char *value = getenv(ep->key_env);
	struct strbuf hint = { 0 }, text = { 0 };

	if (value && *value) {
		strbuf_addf(&hint, "$%s", ep->key_env);
		strbuf_addstr(&text, value);
		accept_key(key, ring, header, strbuf_str(&hint), &text);
	} else if (url_is_local(ep->url) || ep->unix_socket) {
		key->state = KEY_READY;
	} else {
		key->state = KEY_FAILED;
		failed(&key->err, ERR_CONFIG,
		       "endpoint %s has no key: set the variable %s, or key_file or key_command of "
		       "the endpoint",
		       ep->name, ep->key_env);
	}
	strbuf_release(&hint);
}

static void command_free(struct key_command *c)
{
	if (!c)
		return;
	child_free(c->child);
	timer_free(c->timer);
	if (c->printed.buf)
		explicit_bzero(c->printed.buf, c->printed.len);
	strbuf_release(&c->printed);
	free(c);
}

static void command_over(struct key_command *c, const char *problem)
{
	struct key *key = c->key;
	const char *program = c->ep->key_command.items[0];
	key_fn found = c->found;
	void *ctx = c->ctx;

	if (problem) {
		key->state = KEY_FAILED;
		failed(&key->err, ERR_CONFIG, "key_command %s of endpoint %s %s", program,
		       c->ep->name, problem);
	} else {
		accept_key(key, c->ring, c->header, program, &c->printed);
	}
	key->command = NULL;
	command_free(c);
	found(ctx);
}

static void command_printed(void *ctx, const char *bytes, size_t len)
{
	struct key_command *c = ctx;

	if (c->printed.len + len <= KEY_MAX)
		strbuf_add(&c->printed, bytes, len);
}

static void command_ended(void *ctx, const struct child_end *end)
{
	struct strbuf problem = { 0 };

	if (end->signal)
		strbuf_addf(&problem, "was killed by signal %d", end->signal);
	else if (end->code)
		strbuf_addf(&problem, "failed with exit code %d", end->code);
	command_over(ctx, problem.len ? problem.buf : NULL);
	strbuf_release(&problem);
}

static void command_late(void *ctx)
{
	struct key_command *c = ctx;

	c->timer = NULL;
	command_over(c, "took longer than 30 s");
}

/* As a shell would find it, without one. */
static void find_program(struct strbuf *out, const char *name)
{
	const char *path = getenv("PATH");

	path = path ? path : "/usr/local/bin:/usr/bin:/bin";
	if (strchr(name, '/')) {
		expand_home(out, name);
		return;
	}
	while (*path) {
		size_t len = strcspn(path, ":");

		strbuf_reset(out);
		strbuf_add(out, path, len);
		strbuf_addf(out, "/%s", name);
		if (len && !access(strbuf_str(out), X_OK))
			return;
		path += len + (path[len] == ':');
	}
	strbuf_reset(out);
	strbuf_addstr(out, name);
}

static void seek_command(struct key *key, struct key_command *c, struct loop *loop)
{
	const struct llm_endpoint *ep = c->ep;
	const char **argv = xcalloc(ep->key_command.count + 1, sizeof(*argv));
	struct child_events events = { .printed = command_printed,
		                       .ended = command_ended,
		                       .ctx = c };
	struct child_options options = { .argv = argv, .env = (const char *const *)environ };
	struct strbuf program = { 0 };

	find_program(&program, ep->key_command.items[0]);
	for (size_t i = 0; i < ep->key_command.count; i++)
		argv[i] = i ? ep->key_command.items[i] : strbuf_str(&program);
	if (child_start(&c->child, loop, &options, &events, &key->err)) {
		c->timer = loop_after(loop, COMMAND_MS, command_late, c);
		key->state = KEY_SOUGHT;
		key->command = c;
	} else {
		failed_in(&key->err, "key_command of endpoint %s", ep->name);
		key->state = KEY_FAILED;
		command_free(c);
	}
	strbuf_release(&program);
	free(argv);
}

void key_seek(struct key *key, struct keyring *ring, struct loop *loop,
              const struct llm_endpoint *ep, const char *header, key_fn found, void *ctx)
{
	struct key_command *c;

	if (key->state != KEY_UNSOUGHT)
		return;
	if (ep->key_command.count) {
		c = NEW(struct key_command);
		*c = (struct key_command){ .key = key,
			                   .ring = ring,
			                   .ep = ep,
			                   .header = header,
			                   .found = found,
			                   .ctx = ctx };
		seek_command(key, c, loop);
	} else if (ep->key_file) {
		seek_file(key, ring, ep, header);
	} else if (ep->key_env) {
		seek_variable(key, ring, ep, header);
	} else {
		key->state = KEY_READY;
	}
}

void key_release(struct key *key)
{
	command_free(key->command);
	wipe(key->header);
	free(key->hint);
	*key = (struct key){ 0 };
}
