#ifndef UNIT_ASKER_H
#define UNIT_ASKER_H

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "llm/llm.h"
#include "scratch.h"
#include "test.h"

/* Asks one question and keeps all that is said about it. */
struct asker {
	struct loop *loop;
	struct llm *llm;
	struct llm_call *call;
	struct strbuf words, thoughts, text, why;
	int retries, wait_ms, done;
	bool cancel_at_first_word;
	struct error err;       /* code 0: there was a reply */
	struct llm_reply reply; /* its text and reasoning are those above */
};

static inline void asker_words(void *ctx, bool reasoning, const char *text, size_t len)
{
	struct asker *a = ctx;

	assert_int_equal(a->done, 0);
	strbuf_add(reasoning ? &a->thoughts : &a->words, text, len);
	if (a->cancel_at_first_word)
		llm_cancel(a->call);
}

static inline void asker_retries(void *ctx, const struct error *why, int wait_ms)
{
	struct asker *a = ctx;

	strbuf_reset(&a->words);
	strbuf_reset(&a->why);
	strbuf_addstr(&a->why, why->text);
	a->retries++;
	a->wait_ms = wait_ms;
}

static inline void asker_done(void *ctx, const struct llm_reply *reply, const struct error *err)
{
	struct asker *a = ctx;

	a->done++;
	assert_true(!reply != !err);
	if (err)
		a->err = *err;
	if (!reply)
		return;
	a->reply = *reply;
	strbuf_addstr(&a->text, reply->text);
}

static inline void asker_ask(struct asker *a, const struct llm_request *req)
{
	struct llm_listener listener = { asker_words, asker_retries, asker_done, a };

	a->call = llm_ask(a->llm, req, &listener);
	assert_int_equal(a->done, 0);
}

/*
 * Until it is over. A loop with nothing to wait for means that something got stuck, and so does one
 * that turns without end because its clock stands still.
 */
static inline void asker_wait(struct asker *a)
{
	for (int turns = 0; !a->done; turns++)
		assert_true(turns < 100000 && loop_turn(a->loop, 10000));
	assert_int_equal(a->done, 1);
}

static inline void asker_release(struct asker *a)
{
	strbuf_release(&a->words);
	strbuf_release(&a->thoughts);
	strbuf_release(&a->text);
	strbuf_release(&a->why);
}

/* "coder" wants something "first". Borrowed until the next one is made. */
static inline struct llm_request a_question(const char *model, const char *text)
{
	static struct llm_part part;
	static struct llm_message message;
	static const char *const system[] = { "You write scripts.", "Today: a bucket." };

	part = (struct llm_part){ .text = text };
	message = (struct llm_message){ .parts = &part, .count = 1 };
	return (struct llm_request){
		.agent = "coder",
		.purpose = "first",
		.model = model,
		.system = system,
		.system_count = 2,
		.messages = &message,
		.count = 1,
		.max_tokens = 1000,
	};
}

#define assert_mentions(text, word)                                                                \
	do {                                                                                       \
		if (!strstr(text, word))                                                           \
			fail_msg("\"%s\" does not mention \"%s\"", text, word);                    \
	} while (0)

#endif
