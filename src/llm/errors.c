#include "llm/errors.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

#define MOST_HEADERS 64

static const char *const names[TROUBLE_KINDS] = {
	[TROUBLE_NONE] = "none",
	[TROUBLE_NETWORK] = "network",
	[TROUBLE_TIMEOUT] = "timeout",
	[TROUBLE_TRUNCATED] = "truncated",
	[TROUBLE_PROTOCOL] = "protocol",
	[TROUBLE_RATE_LIMIT] = "rate_limit",
	[TROUBLE_OVERLOADED] = "overloaded",
	[TROUBLE_SERVER] = "server",
	[TROUBLE_AUTH] = "auth",
	[TROUBLE_PERMISSION] = "permission",
	[TROUBLE_BILLING] = "billing",
	[TROUBLE_NOT_FOUND] = "not_found",
	[TROUBLE_BAD_REQUEST] = "bad_request",
	[TROUBLE_TOO_LARGE] = "too_large",
	[TROUBLE_CONTEXT] = "context_overflow",
	[TROUBLE_MALFORMED_CALL] = "malformed_call",
	[TROUBLE_UNSUPPORTED] = "unsupported",
	[TROUBLE_CANCELLED] = "cancelled",
	[TROUBLE_OURS] = "ours",
};

/* Phrases come before codes: half of the servers report an overflow as a plain bad request. */
static const struct {
	const char *phrase;
	enum trouble_kind kind;
} phrases[] = {
	{ "context_length_exceeded", TROUBLE_CONTEXT },
	{ "exceed_context_size", TROUBLE_CONTEXT },
	{ "context length exceeded", TROUBLE_CONTEXT },
	{ "maximum context length", TROUBLE_CONTEXT },
	{ "prompt is too long", TROUBLE_CONTEXT },
	{ "input is too long", TROUBLE_CONTEXT },
	{ "exceeds the available context", TROUBLE_CONTEXT },
	{ "exceeds the context", TROUBLE_CONTEXT },
	{ "exceeds the maximum number of tokens", TROUBLE_CONTEXT },
	{ "maximum prompt length is", TROUBLE_CONTEXT },
	{ "reduce the length of the messages", TROUBLE_CONTEXT },
	{ "greater than the context length", TROUBLE_CONTEXT },
	{ "context window exceeds limit", TROUBLE_CONTEXT },
	{ "exceeded model token limit", TROUBLE_CONTEXT },
	{ "exceed context limit", TROUBLE_CONTEXT },
	{ "image input is not support", TROUBLE_UNSUPPORTED },
	{ "does not support image", TROUBLE_UNSUPPORTED },
	{ "does not support vision", TROUBLE_UNSUPPORTED },
	{ "does not support tool", TROUBLE_UNSUPPORTED },
	{ "does not support function", TROUBLE_UNSUPPORTED },
	{ "no endpoints found that support", TROUBLE_UNSUPPORTED },
	{ "image_url is only supported", TROUBLE_UNSUPPORTED },
	{ "unknown variant `image_url`", TROUBLE_UNSUPPORTED },
	{ "not a multimodal model", TROUBLE_UNSUPPORTED },
	{ "at most 0 image", TROUBLE_UNSUPPORTED },
	{ "unsupported image", TROUBLE_UNSUPPORTED },
	{ "unsupported content type", TROUBLE_UNSUPPORTED },
	{ "response_format is not support", TROUBLE_UNSUPPORTED },
	{ "json_schema is not support", TROUBLE_UNSUPPORTED },
	{ "tools are not support", TROUBLE_UNSUPPORTED },
};

static const struct {
	const char *code;
	enum trouble_kind kind;
} codes[] = {
	{ "overloaded_error", TROUBLE_OVERLOADED },
	{ "overloaded", TROUBLE_OVERLOADED },
	{ "unavailable", TROUBLE_OVERLOADED },
	{ "unavailable_error", TROUBLE_OVERLOADED },
	{ "service_unavailable", TROUBLE_OVERLOADED },
	{ "insufficient_quota", TROUBLE_BILLING },
	{ "billing_error", TROUBLE_BILLING },
	{ "payment_required", TROUBLE_BILLING },
	{ "rate_limit_error", TROUBLE_RATE_LIMIT },
	{ "rate_limit_exceeded", TROUBLE_RATE_LIMIT },
	{ "resource_exhausted", TROUBLE_RATE_LIMIT },
	{ "too_many_requests", TROUBLE_RATE_LIMIT },
	{ "authentication_error", TROUBLE_AUTH },
	{ "unauthenticated", TROUBLE_AUTH },
	{ "invalid_api_key", TROUBLE_AUTH },
	{ "permission_error", TROUBLE_PERMISSION },
	{ "permission_denied", TROUBLE_PERMISSION },
	{ "not_found_error", TROUBLE_NOT_FOUND },
	{ "not_found", TROUBLE_NOT_FOUND },
	{ "model_not_found", TROUBLE_NOT_FOUND },
	{ "request_too_large", TROUBLE_TOO_LARGE },
	{ "timeout_error", TROUBLE_TIMEOUT },
	{ "deadline_exceeded", TROUBLE_TIMEOUT },
	{ "api_error", TROUBLE_SERVER },
	{ "server_error", TROUBLE_SERVER },
	{ "internal", TROUBLE_SERVER },
	{ "internal_server_error", TROUBLE_SERVER },
};

/* Consulted only when no HTTP status tells more. */
static const char *const our_fault[] = {
	"invalid_request_error",
	"invalid_argument",
	"failed_precondition",
};

static const struct {
	int status;
	enum trouble_kind kind;
} statuses[] = {
	{ 401, TROUBLE_AUTH },      { 402, TROUBLE_BILLING },    { 403, TROUBLE_PERMISSION },
	{ 404, TROUBLE_NOT_FOUND }, { 408, TROUBLE_TIMEOUT },    { 409, TROUBLE_SERVER },
	{ 413, TROUBLE_TOO_LARGE }, { 429, TROUBLE_RATE_LIMIT }, { 503, TROUBLE_OVERLOADED },
	{ 504, TROUBLE_TIMEOUT },   { 529, TROUBLE_OVERLOADED },
};

void headers_add(struct headers *headers, const char *name, const char *value)
{
	struct header *h;

	if (headers->count == MOST_HEADERS)
		return;
	headers->items = xrealloc(headers->items, (headers->count + 1) * sizeof(*h));
	h = &headers->items[headers->count++];
	h->name = xstrdup(name);
	h->value = xstrdup(value);
	for (char *c = h->name; *c; c++)
		*c = (char)tolower((unsigned char)*c);
}

const char *headers_get(const struct headers *headers, const char *name)
{
	for (size_t i = 0; i < headers->count; i++)
		if (!strcmp(headers->items[i].name, name))
			return headers->items[i].value;
	return NULL;
}

void headers_release(struct headers *headers)
{
	for (size_t i = 0; i < headers->count; i++) {
		free(headers->items[i].name);
		free(headers->items[i].value);
	}
	free(headers->items);
	*headers = (struct headers){ 0 };
}

const char *trouble_name(enum trouble_kind kind)
{
	return names[kind];
}

static enum trouble_kind by_phrase(const char *text)
{
	for (size_t i = 0; text && i < COUNT(phrases); i++)
		if (strcasestr(text, phrases[i].phrase))
			return phrases[i].kind;
	return TROUBLE_NONE;
}

static enum trouble_kind by_code(const char *code)
{
	for (size_t i = 0; code && i < COUNT(codes); i++)
		if (!strcasecmp(code, codes[i].code))
			return codes[i].kind;
	return TROUBLE_NONE;
}

static enum trouble_kind by_status(int status)
{
	for (size_t i = 0; i < COUNT(statuses); i++)
		if (statuses[i].status == status)
			return statuses[i].kind;
	return status >= 500 ? TROUBLE_SERVER : TROUBLE_BAD_REQUEST;
}

enum trouble_kind trouble_classify(int status, const char *type, const char *code,
                                   const char *message)
{
	/* A single text over its own limit mentions lengths too, yet the context is not full. */
	bool long_string = (type && strcasestr(type, "string_above_max_length")) ||
	                   (code && strcasestr(code, "string_above_max_length"));
	const char *const texts[] = { type, code, message };
	enum trouble_kind kind = TROUBLE_NONE;

	for (size_t i = 0; !kind && i < COUNT(texts); i++)
		kind = by_phrase(texts[i]);
	if (kind == TROUBLE_CONTEXT && long_string)
		kind = TROUBLE_NONE;
	if (!kind)
		kind = by_code(type);
	if (!kind)
		kind = by_code(code);
	if (kind)
		return kind;
	if (status < 300 && code)
		status = (int)strtol(code, NULL, 10);
	if (status >= 300)
		return by_status(status);
	for (size_t i = 0; type && i < COUNT(our_fault); i++)
		if (!strcasecmp(type, our_fault[i]))
			return TROUBLE_BAD_REQUEST;
	return TROUBLE_SERVER;
}

void trouble_set(struct trouble *t, enum trouble_kind kind, const char *type, const char *message)
{
	if (t->kind)
		return;
	t->kind = kind;
	strbuf_addstr(&t->message, message ? message : "");
	if (type)
		t->type = xstrdup(type);
}

void trouble_release(struct trouble *t)
{
	strbuf_release(&t->message);
	free(t->type);
	free(t->param);
	*t = (struct trouble){ 0 };
}

int64_t trouble_room(const struct trouble *t)
{
	static const char phrase[] = "maximum context length is ";
	const char *at = strstr(strbuf_str(&t->message), phrase);
	long long limit = at ? strtoll(at + strlen(phrase), NULL, 10) : 0;

	if (t->kind != TROUBLE_CONTEXT || t->limit_tokens)
		return t->limit_tokens;
	return limit > 0 && limit < 1000000000 ? limit : 0;
}
