#include "llm/tape.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "llm/folder.h"
#include "llm/pick.h"

#define LINE_MAX_BYTES ((size_t)96 << 20)
#define MOST_RECORDS   100000
#define OPEN_AT_ONCE   1000 /* how far back a line may refer */

struct tape_record *tape_add(struct tape *tape, int64_t n)
{
	/* Doubled whenever the count is a power of two. */
	if (!(tape->count & (tape->count - 1)))
		tape->records = xrealloc(tape->records, (tape->count ? 2 * tape->count : 1) *
		                                                sizeof(*tape->records));
	tape->records[tape->count] = (struct tape_record){ .n = n };
	if (n > tape->last_n)
		tape->last_n = n;
	return &tape->records[tape->count++];
}

static struct tape_record *find(const struct tape *tape, int64_t n)
{
	for (size_t i = tape->count; i > 0 && tape->count - i < OPEN_AT_ONCE; i--)
		if (tape->records[i - 1].n == n)
			return &tape->records[i - 1];
	return NULL;
}

static void name(char **out, const struct json_at *at, const char *key)
{
	const char *text = pick_text(at, key);

	if (text && !*out)
		*out = xstrdup(text);
}

static void take_names(struct tape_record *r, const struct json_at *at)
{
	name(&r->key, at, "key");
	name(&r->agent, at, "agent");
	name(&r->purpose, at, "purpose");
	name(&r->dialect, at, "dialect");
}

static void take_response(struct tape_record *r, const struct json_at *at)
{
	struct json_at headers = json_key(at, "headers");
	size_t count = json_count(&headers);
	int64_t status = pick_count(at, "status");

	r->status = status >= 100 && status < 600 ? (int)status : 0;
	for (size_t i = 0; i < count && i < 64; i++) {
		const char *value = pick_text(&headers, json_name(&headers, i));

		if (value)
			headers_add(&r->headers, json_name(&headers, i), value);
	}
}

static void take_piece(struct tape_record *r, int64_t ms, int64_t offset, size_t len)
{
	if (!(r->piece_count & (r->piece_count - 1)))
		r->pieces = xrealloc(r->pieces, (r->piece_count ? 2 * r->piece_count : 1) *
		                                        sizeof(*r->pieces));
	r->pieces[r->piece_count++] = (struct tape_piece){ ms, offset, len };
}

static void take_say(struct tape_record *r, const struct json_at *at)
{
	struct json_at declined = json_key(at, "declined");
	const char *text = pick_text(at, "text");
	struct error err;

	take_names(r, at);
	if (!r->say)
		r->say = xstrdup(text ? text : "");
	if (json_is_given(&declined) && !json_bool(&r->declined, &declined, &err))
		r->declined = false;
	r->has_end = true;
}

static void take_end(struct tape_record *r, const struct json_at *at)
{
	const char *result = pick_text(at, "result");
	int kind = 0;

	r->has_end = true;
	r->end_ms = pick_count(at, "ms");
	if (!result || !strcmp(result, "ok"))
		return;
	while (kind < TROUBLE_KINDS && strcmp(result, trouble_name((enum trouble_kind)kind)) != 0)
		kind++;
	r->end = kind == TROUBLE_KINDS ? TROUBLE_NETWORK : (enum trouble_kind)kind;
	name(&r->why, at, "why");
}

static void take_line(struct tape *tape, const struct json_at *at, int64_t offset, size_t len)
{
	const char *type = pick_text(at, "t");
	int64_t n = pick_count(at, "n");
	struct tape_record *r = n < 0 ? NULL : find(tape, n);

	if (!type || tape->count == MOST_RECORDS)
		return;
	if (!strcmp(type, "req"))
		take_names(tape_add(tape, n), at);
	else if (!strcmp(type, "say"))
		take_say(r ? r : tape_add(tape, n), at);
	else if (!strcmp(type, "res") && r)
		take_response(r, at);
	else if (!strcmp(type, "chunk") && r)
		take_piece(r, pick_count(at, "ms"), offset, len);
	else if (!strcmp(type, "end") && r)
		take_end(r, at);
}

/* The number behind these words, which are left behind. */
static bool take_number(int64_t *out, const char **at, const char *words)
{
	size_t len = strlen(words);
	char *end = NULL;

	if (strncmp(*at, words, len) != 0 || !isdigit((unsigned char)(*at)[len]))
		return false;
	*out = strtoll(*at + len, &end, 10);
	*at = end;
	return true;
}

/* Most lines are chunks as we write them, and those need no parsing yet. */
static bool take_chunk(struct tape *tape, const char *line, size_t len)
{
	struct tape_record *r;
	int64_t n, ms;

	if (!take_number(&n, &line, "{\"t\":\"chunk\",\"n\":") ||
	    !take_number(&ms, &line, ",\"ms\":"))
		return false;
	r = find(tape, n);
	if (r)
		take_piece(r, ms, tape->whole, len);
	return true;
}

static bool read_line(struct tape *tape, const char *line, size_t len, struct error *err)
{
	struct json *value = NULL;
	struct json_at root;

	if (take_chunk(tape, line, len))
		return true;
	if (line[strspn(line, " \t\r\n")] == '\0')
		return true;
	if (len > LINE_MAX_BYTES)
		return failed(err, ERR_PROTOCOL, "a line is too long");
	if (!json_parse(&value, line, len, err))
		return false;
	root = json_root(value, "line");
	take_line(tape, &root, tape->whole, len);
	json_free(value);
	return true;
}

/* What comes after the last line break was being written when its writer died. */
static bool read_lines(struct tape *tape, FILE *file, struct error *err)
{
	size_t cap = 0, number = 0;
	char *line = NULL;
	ssize_t len;
	bool ok = true;

	while (ok && (len = getline(&line, &cap, file)) > 0 && line[len - 1] == '\n') {
		number++;
		ok = read_line(tape, line, (size_t)len, err) ||
		     failed_in(err, "%s: line %zu", tape->path, number);
		tape->whole += len;
	}
	free(line);
	return ok;
}

static bool read_file(struct tape *tape, struct error *err)
{
	FILE *file;
	bool ok;

	tape->fd = file_open(tape->path, err);
	if (tape->fd < 0)
		return false;
	file = fdopen(dup(tape->fd), "r");
	if (!file)
		return failed(err, ERR_IO, "%s: %s", tape->path, strerror(errno));
	ok = read_lines(tape, file, err);
	fclose(file);
	return ok;
}

bool tape_open(struct tape **out, const char *path, struct error *err)
{
	struct tape *tape = NEW(struct tape);
	struct stat st;
	bool ok;

	tape->path = xstrdup(path);
	tape->fd = -1;
	if (!stat(path, &st) && S_ISDIR(st.st_mode))
		ok = folder_read_answers(tape, path, err);
	else
		ok = read_file(tape, err);
	if (ok)
		*out = tape;
	else
		tape_close(tape);
	return ok;
}

static void record_free(struct tape_record *r)
{
	free(r->key);
	free(r->agent);
	free(r->purpose);
	free(r->dialect);
	free(r->pieces);
	free(r->say);
	free(r->why);
	headers_release(&r->headers);
}

void tape_close(struct tape *tape)
{
	if (!tape)
		return;
	for (size_t i = 0; i < tape->count; i++)
		record_free(&tape->records[i]);
	free(tape->records);
	if (tape->fd >= 0)
		close(tape->fd);
	free(tape->path);
	free(tape);
}

static bool read_at(char *out, const struct tape *tape, const struct tape_piece *piece,
                    struct error *err)
{
	size_t got = 0;

	while (got < piece->len) {
		ssize_t n = pread(tape->fd, out + got, piece->len - got,
		                  (off_t)(piece->offset + (int64_t)got));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return failed(err, ERR_IO, "%s: %s", tape->path,
			              n ? strerror(errno) : "it has become shorter");
		got += (size_t)n;
	}
	return true;
}

bool tape_read(struct strbuf *out, const struct tape *tape, const struct tape_piece *piece,
               struct error *err)
{
	char *line = xcalloc(piece->len + 1, 1);
	struct json *value = NULL;
	struct json_at root;
	const char *text;
	bool ok = read_at(line, tape, piece, err) && json_parse(&value, line, piece->len, err);

	root = json_root(value, "chunk");
	if (ok && (text = pick_text(&root, "b64")))
		ok = base64_read(out, text, strlen(text)) ||
		     failed(err, ERR_PROTOCOL, "%s: a chunk is no base64", tape->path);
	else if (ok && (text = pick_text(&root, "d")))
		strbuf_addstr(out, text);
	json_free(value);
	free(line);
	return ok;
}

bool tape_is_whole(const struct tape_record *record)
{
	return record->has_end && record->end != TROUBLE_CANCELLED;
}
