#include <stdlib.h>
#include <string.h>

#include "agent/brief.h"
#include "agent/coder.h"
#include "agent/turn.h"
#include "base/json.h"
#include "base/mem.h"

/* Of one step, by the coder itself. */
#define MOST_LOOK_UPS 2

/* A turn of an agent: from the brief to the event that its reply becomes. */
struct asking {
	struct turn turn;
	const struct agent *agent;
	enum purpose purpose;
	struct llm_call *call;
	char *script; /* what the agent works on */
	char *facts;
	char *documents, *answers;
	char *model;
	char request[BLOB_HASH_SIZE];
};

static void release(struct turn *t)
{
	struct asking *a = (struct asking *)t;

	free(a->script);
	free(a->facts);
	free(a->documents);
	free(a->answers);
	free(a->model);
}

static void cancel(struct turn *t)
{
	struct asking *a = (struct asking *)t;

	if (a->call)
		llm_cancel(a->call);
}

static bool fetch(char **out, const struct blobs *blobs, const char *hash, struct error *err)
{
	struct strbuf text = { 0 };
	bool ok = !hash || blob_get(&text, blobs, hash, err);

	if (ok)
		*out = strbuf_detach(&text);
	strbuf_release(&text);
	return ok;
}

static struct json *part_json(const char *key, const char *text)
{
	struct json *part = json_object();

	json_put_text(part, key, text);
	return part;
}

/* What was asked, for people and for the inspector; pictures by hash. */
static bool keep_request(struct asking *a, const struct brief *brief, const char *schema,
                         struct error *err)
{
	struct json *request = json_object(), *system = json_array(), *user = json_array();
	struct strbuf text = { 0 };
	bool ok;

	json_put_text(request, "agent", role_names[a->agent->role]);
	json_put_text(request, "purpose", purpose_names[a->purpose]);
	json_put_text(request, "model", a->model);
	json_push_text(system, strbuf_str(&brief->house));
	json_push_text(system, strbuf_str(&brief->task));
	json_push(user, part_json("text", strbuf_str(&brief->said)));
	json_push(user, part_json("text", strbuf_str(&brief->now)));
	for (size_t i = 0; i < brief->pictures.count; i++) {
		struct json *picture = part_json("caption", brief->pictures.items[i].caption);

		json_put_text(picture, "picture", brief->pictures.items[i].blob);
		json_push(user, picture);
	}
	json_put(request, "system", system);
	json_put(request, "user", user);
	if (schema)
		json_put_text(request, "schema", schema);
	json_write(&text, request);
	json_free(request);
	ok = blob_put(a->turn.with->blobs, text.buf, text.len, a->request, err);
	strbuf_release(&text);
	return ok;
}

static void on_words(void *ctx, bool reasoning, const char *text, size_t len)
{
	struct asking *a = ctx;
	struct strbuf words = { 0 };

	strbuf_add(&words, text, len);
	turn_send(&a->turn, EV_WORDS_CAME, a->agent->role,
	          &(union event_body){ .words = { strbuf_str(&words), reasoning } });
	strbuf_release(&words);
}

static void on_retry(void *ctx, const struct error *why, int wait_ms)
{
	struct asking *a = ctx;

	turn_send(&a->turn, EV_TURN_RETRIED, a->agent->role,
	          &(union event_body){ .retried = { why->text, wait_ms } });
}

static void refuse(struct asking *a, const char *why)
{
	turn_send(&a->turn, EV_REPLY_REFUSED, a->agent->role,
	          &(union event_body){ .refused = { a->purpose, why } });
}

/* A record, or a refusal that tells the agent what is wrong with it. */
static void read_record(struct asking *a, const char *text)
{
	const struct agent *agent = a->agent;
	union event_body body = { 0 };
	struct json *value = NULL;
	struct json_at root;
	struct error err;
	bool ok = json_parse_loose(&value, text, strlen(text), &err);

	root = json_root(value, agent->answer->name);
	ok = ok && record_read(&body, agent->answer, &root, &err);
	ok = ok && (!agent->check || agent->check(&body, a->turn.now, &err));
	if (ok)
		turn_send(&a->turn, agent->says, agent->role, &body);
	else
		refuse(a, err.text);
	record_release(agent->answer, &body);
	json_free(value);
}

static bool send_script(struct asking *a, const struct coder_reply *reply, struct error *err)
{
	const struct state *now = a->turn.now;
	bool is_subtask = now->phase == PHASE_CREATE && now->subtask < now->plan.subtasks.count;
	char hash[BLOB_HASH_SIZE];
	struct script_written body = {
		.blob = hash,
		.from = state_version(now)->id,
		.purpose = a->purpose,
		.subtask = is_subtask ? (int64_t)now->subtask + 1 : 0,
		.whole = reply->is_whole,
		.added = reply->added,
		.removed = reply->removed,
		.note = strbuf_str(&reply->note),
		.search = reply->search,
	};

	if (!blob_put(a->turn.with->blobs, strbuf_str(&reply->script), reply->script.len, hash,
	              err))
		return false;
	turn_send(&a->turn, EV_SCRIPT_WRITTEN, a->agent->role,
	          &(union event_body){ .script = body });
	return true;
}

/* A coder that only ever looks things up writes nothing. */
static void send_search(struct asking *a, const struct coder_reply *reply)
{
	if (a->turn.with->no_retrieval)
		refuse(a, "Nothing can be looked up here. Write the code from what you know.");
	else if (a->turn.now->look_ups >= MOST_LOOK_UPS)
		refuse(a, "You have looked things up twice for this step. Write the code now, with "
		          "what you have.");
	else
		turn_send(&a->turn, EV_DOCUMENTS_WANTED, a->agent->role,
		          &(union event_body){ .wanted = { reply->search } });
}

static bool read_code(struct asking *a, const char *text, struct error *err)
{
	struct coder_reply reply;
	bool ok = true;

	coder_read(&reply, a->script, text);
	switch (reply.said) {
	case CODER_NO_USE:
		refuse(a, strbuf_str(&reply.why));
		break;
	case CODER_SCRIPT:
		ok = send_script(a, &reply, err);
		break;
	case CODER_SEARCH:
		send_search(a, &reply);
		break;
	}
	coder_reply_release(&reply);
	return ok;
}

static bool keep_reply(struct asking *a, const struct llm_reply *reply, struct error *err)
{
	char hash[BLOB_HASH_SIZE];

	if (!blob_put(a->turn.with->blobs, reply->text, strlen(reply->text), hash, err))
		return false;
	turn_send(&a->turn, EV_TURN_ENDED, a->agent->role,
	          &(union event_body){ .turn_end = { .purpose = a->purpose,
	                                             .model = reply->model,
	                                             .request = a->request,
	                                             .reply = hash,
	                                             .input_tokens = reply->usage.input,
	                                             .cached_tokens = reply->usage.cached,
	                                             .output_tokens = reply->usage.output,
	                                             .cost_usd = reply->cost_usd,
	                                             .took_ms = reply->took_ms,
	                                             .tries = reply->tries } });
	return true;
}

static void keep_failure(struct asking *a, const struct error *err)
{
	turn_send(&a->turn, EV_TURN_ENDED, a->agent->role,
	          &(union event_body){ .turn_end = { .purpose = a->purpose,
	                                             .model = a->model,
	                                             .request = a->request,
	                                             .input_tokens = -1,
	                                             .cached_tokens = -1,
	                                             .output_tokens = -1,
	                                             .cost_usd = -1,
	                                             .error = err->text } });
}

/* An answer that is whole but not one: cut off, or a no. */
static const char *unusable(const struct llm_reply *reply)
{
	if (reply->stop == LLM_STOP_LENGTH)
		return "It was cut off at the length limit. Answer again, shorter: edits instead of "
		       "the whole script, or less text around it.";
	if (reply->stop == LLM_STOP_REFUSAL)
		return "The model declined to answer. The request is to model a harmless 3D object.";
	return NULL;
}

static void on_done(void *ctx, const struct llm_reply *reply, const struct error *failure)
{
	struct asking *a = ctx;
	struct error err;
	bool ok = true;

	a->call = NULL;
	if (failure) {
		keep_failure(a, failure);
		turn_end(&a->turn, failure);
		return;
	}
	ok = keep_reply(a, reply, &err);
	if (ok && unusable(reply))
		refuse(a, unusable(reply));
	else if (ok && a->agent->answer)
		read_record(a, reply->text);
	else if (ok)
		ok = read_code(a, reply->text, &err);
	turn_end(&a->turn, ok ? NULL : &err);
}

static void send_request(struct asking *a, const struct brief *brief, const char *schema)
{
	size_t count = 0;
	struct strbuf *files = xcalloc(brief->pictures.count + 1, sizeof(*files));
	struct llm_part *parts = xcalloc(brief->pictures.count + 2, sizeof(*parts));
	const char *system[] = { strbuf_str(&brief->house), strbuf_str(&brief->task) };
	struct llm_message message = { .parts = parts };
	struct llm_request request = {
		.agent = role_names[a->agent->role],
		.purpose = purpose_names[a->purpose],
		.model = a->model,
		.system = system,
		.system_count = COUNT(system),
		.messages = &message,
		.count = 1,
		.schema = schema,
	};

	if (brief->said.len)
		parts[count++] = (struct llm_part){ .text = strbuf_str(&brief->said) };
	parts[count++] = (struct llm_part){ .text = strbuf_str(&brief->now) };
	for (size_t i = 0; i < brief->pictures.count; i++) {
		blob_path(a->turn.with->blobs, brief->pictures.items[i].blob, &files[i]);
		parts[count++] = (struct llm_part){ LLM_IMAGE, brief->pictures.items[i].caption,
			                            strbuf_str(&files[i]) };
	}
	message.count = count;
	a->call = llm_ask(a->turn.with->llm, &request,
	                  &(struct llm_listener){ on_words, on_retry, on_done, a });
	for (size_t i = 0; i < brief->pictures.count; i++)
		strbuf_release(&files[i]);
	free(files);
	free(parts);
}

static bool begin(struct asking *a, struct error *err)
{
	const struct services *with = a->turn.with;
	const struct version *version = state_version(a->turn.now);
	const struct blender_info *info = blender_info(with->blender);
	struct material material = {
		.now = a->turn.now,
		.prompts = with->prompts,
		.blender = info ? info->version : "",
		.alone = with->alone,
	};
	struct strbuf schema = { 0 };
	struct brief brief = { 0 };
	bool ok = fetch(&a->script, with->blobs, version->blob, err) &&
	          fetch(&a->facts, with->blobs, version->facts.blob, err) &&
	          fetch(&a->documents, with->blobs, a->turn.now->documents.blob, err) &&
	          fetch(&a->answers, with->blobs, a->turn.now->answers.blob, err);

	if (!ok)
		return false;
	material.script = a->script;
	material.facts = a->facts;
	material.documents = a->documents;
	material.answers = a->answers;
	a->agent->brief(&brief, &material);
	if (a->agent->answer)
		record_schema(&schema, a->agent->answer);
	ok = keep_request(a, &brief, schema.len ? schema.buf : NULL, err);
	if (ok) {
		turn_send(&a->turn, EV_TURN_BEGAN, a->agent->role,
		          &(union event_body){ .turn = { a->purpose, a->model } });
		send_request(a, &brief, schema.len ? schema.buf : NULL);
	}
	brief_release(&brief);
	strbuf_release(&schema);
	return ok;
}

static bool choose_model(struct asking *a, struct error *err)
{
	const char *role = role_names[a->agent->role];
	const char *model = llm_role_model(a->turn.with->models, role);

	if (!model)
		return failed(err, ERR_REFUSED,
		              "no model answers for the %s: name one with --model "
		              "ENDPOINT/MODEL or under llm.roles in config.yaml",
		              role);
	a->model = xstrdup(model);
	return true;
}

struct turn *turn_ask(const struct agent *agent, const struct state *now,
                      const struct services *with, turn_fn done, void *ctx)
{
	struct asking *a = NEW(struct asking);
	struct error err;

	a->turn = (struct turn){ .with = with,
		                 .now = now,
		                 .done = done,
		                 .ctx = ctx,
		                 .cancel = cancel,
		                 .release = release };
	a->agent = agent;
	a->purpose = agent->purpose(now);
	if (!choose_model(a, &err) || !begin(a, &err))
		turn_end(&a->turn, &err);
	return &a->turn;
}
