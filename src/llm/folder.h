#ifndef LLM_FOLDER_H
#define LLM_FOLDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "llm/key.h"
#include "llm/question.h"
#include "llm/tape.h"

/*
 * The folders of a relay, as doc/relay.md has them: a question in each, an answer dropped beside
 * it by whoever can. Names and contents; waiting is the relay's.
 */
#define FOLDER_ANSWER_MAX (1u << 20)

/* A picture that some folder already holds, so that later ones need not. */
struct folder_picture {
	char hash[SHA256_HEX_SIZE];
	char *place; /* "0003-critic-look/front.png" */
};

struct folder_pictures {
	struct folder_picture *items;
	size_t count;
};

void folder_pictures_release(struct folder_pictures *pictures);

/* "0007-coder-refine"; -1: it is no such name. */
int64_t folder_number(const char *name);

/*
 * Puts a question into a new folder under `dir`, which becomes visible only when it is complete.
 * *n is the number to try first, and the number it got; *name is replaced by its name.
 */
bool folder_write(struct strbuf *name, int64_t *n, const char *dir, const struct question *q,
                  const char *model, struct folder_pictures *pictures, const struct keyring *ring,
                  struct error *err);

enum folder_answer {
	FOLDER_OPEN,
	FOLDER_ANSWERED, /* ANSWER.md or ANSWER.json */
	FOLDER_DECLINED, /* DECLINE.md: nobody will */
	FOLDER_CANCELLED,
	FOLDER_GONE,
};

/* What lies in the folder, and the name of the file that says so (NULL: none). */
enum folder_answer folder_look(const char *folder, const char **file);

/* The text of an answer: UTF-8 without a byte order mark, lines that end in LF. */
bool folder_read_text(struct strbuf *out, const char *folder, const char *file, struct error *err);

/* A small file of ours in the folder, whole or not at all. */
bool folder_put(const char *folder, const char *file, const char *text, struct error *err);

/* Every folder's name under `dir`, by number. False only if dir cannot be read. */
typedef bool (*folder_fn)(void *ctx, const char *name, int64_t n);
bool folder_each(const char *dir, folder_fn fn, void *ctx, struct error *err);

/* The answered and declined ones become records of a tape. */
bool folder_read_answers(struct tape *tape, const char *dir, struct error *err);

#endif
