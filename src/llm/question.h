#ifndef LLM_QUESTION_H
#define LLM_QUESTION_H

#include "base/sha256.h"
#include "llm/image.h"
#include "llm/llm.h"

/*
 * A request that we keep: a copy of its words with the pictures read in, and its canonical form,
 * which says the same in no company's dialect. Recordings and relays hold that form, and two
 * questions are the same if it is. Which model is asked, and by whom, is no part of it.
 */
struct question {
	struct llm_request ask; /* all its pointers are ours */
	struct image *images;   /* of its LLM_IMAGE parts, in their order */
	size_t image_count;
	struct strbuf canonical;   /* JSON, keys sorted, pictures by their hash */
	char key[SHA256_HEX_SIZE]; /* the hash of that */
};

bool question_new(struct question **out, const struct llm_request *req, struct error *err);
void question_free(struct question *q);

#endif
