#ifndef LLM_TAPE_H
#define LLM_TAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "llm/errors.h"

/*
 * An earlier run's questions and answers, in the order in which they were asked: a recording, or
 * a folder of answered relay questions. Bytes stay in the file until they are wanted.
 */
struct tape_piece {
	int64_t ms; /* since the question was asked */
	int64_t offset;
	size_t len; /* of its line */
};

struct tape_record {
	int64_t n;
	char *key, *agent, *purpose, *dialect; /* NULL: not said */
	int status;
	struct headers headers;
	struct tape_piece *pieces;
	size_t piece_count;
	char *say; /* an answer in words, or NULL */
	bool declined;
	bool has_end;
	enum trouble_kind end;
	char *why; /* of a bad end; or NULL */
	int64_t end_ms;
	bool used;
};

struct tape {
	char *path;
	int fd; /* -1: a folder was read */
	struct tape_record *records;
	size_t count;
	int64_t last_n;
	int64_t whole; /* how much of the file is whole lines */
};

bool tape_open(struct tape **out, const char *path, struct error *err);
void tape_close(struct tape *tape);

/* Adds the bytes of one piece to *out. */
bool tape_read(struct strbuf *out, const struct tape *tape, const struct tape_piece *piece,
               struct error *err);

/* A record that can be played: it came to an end, and nobody had cancelled it. */
bool tape_is_whole(const struct tape_record *record);

struct tape_record *tape_add(struct tape *tape, int64_t n); /* for readers of other formats */

#endif
