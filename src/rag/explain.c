#include "rag/explain.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The text search that comes behind what the rules found. */
#define TAIL_WEIGHT 0.5

enum {
	TAIL_MOST = 12,
};

static void explain_other(struct trouble *t)
{
	int64_t function = called_function(t);

	if (function)
		ranking_vote(t->out, function, 0, 2, "was called");
	strbuf_addf(&t->words, " %s %s", t->message.line, t->code);
}

static void explain_file(struct trouble *t)
{
	int64_t function = called_function(t);

	if (function)
		ranking_vote(t->out, function, 0, 2, "was called");
	strbuf_addstr(t->head, "The file is not there, or its folder cannot be written.\n");
	strbuf_addf(&t->words, " %s", t->code);
}

static const struct explanation {
	void (*explain)(struct trouble *t);
} explanations[] = {
	[MESSAGE_OTHER] = { explain_other },         [MESSAGE_ATTRIBUTE] = { explain_attribute },
	[MESSAGE_READ_ONLY] = { explain_read_only }, [MESSAGE_KEY] = { explain_key },
	[MESSAGE_INDEX] = { explain_index },         [MESSAGE_ENUM] = { explain_enum },
	[MESSAGE_KEYWORD] = { explain_arguments },   [MESSAGE_MISSING] = { explain_arguments },
	[MESSAGE_COUNT] = { explain_arguments },     [MESSAGE_TYPE] = { explain_type },
	[MESSAGE_LENGTH] = { explain_length },       [MESSAGE_OPERATOR] = { explain_operator },
	[MESSAGE_CALL] = { explain_call },           [MESSAGE_POLL] = { explain_poll },
	[MESSAGE_NODE_TYPE] = { explain_node_type }, [MESSAGE_NODE_TREE] = { explain_node_type },
	[MESSAGE_UNDEFINED] = { explain_undefined }, [MESSAGE_MODULE] = { explain_undefined },
	[MESSAGE_NONE] = { explain_none },           [MESSAGE_REMOVED] = { explain_removed },
	[MESSAGE_ID_PROPS] = { explain_id_props },   [MESSAGE_PRODUCT] = { explain_product },
	[MESSAGE_STALE] = { explain_stale },         [MESSAGE_MODE] = { explain_poll },
	[MESSAGE_FILE] = { explain_file },
};

bool explain_error(struct rag *rag, const struct rag_question *question, struct ranking *out,
                   struct strbuf *head, struct error *err)
{
	struct trouble t = { .rag = rag, .db = rag->db, .out = out, .head = head };
	bool ok;

	message_read(&t.message, question->error);
	t.code = question->code && *question->code ? question->code
	         : t.message.code                  ? t.message.code
	                                           : "";
	t.infer = (struct infer){ .db = rag->db, .script = question->script };
	t.infer.code = t.code;
	explanations[t.message.kind].explain(&t);
	if (t.note.len)
		strbuf_addstr(head, strbuf_str(&t.note));
	ok = db_ok(rag->db, err) &&
	     search_words(rag, strbuf_str(&t.words), TAIL_WEIGHT, TAIL_MOST, out, err);
	message_release(&t.message);
	strbuf_release(&t.words);
	strbuf_release(&t.note);
	return ok;
}
