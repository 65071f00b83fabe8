#include <ctype.h>
#include <string.h>

#include "llm/errors.h"

#define SAID_MAX 150

/* {said} is what the server said; the rest of the words in braces are the scene's. */
static const struct advice {
	enum err_code code;
	const char *text;
	const char *without_key; /* instead of `text`, when no key was sent */
} advice[TROUBLE_KINDS] = {
	[TROUBLE_NETWORK] = { ERR_NETWORK, "cannot reach {url} ({said}): is the server running, "
	                                   "and the network up?" },
	[TROUBLE_TIMEOUT] = { ERR_NETWORK,
	                      "{url} took too long ({said}): try again later, or raise "
	                      "first_byte_s or between_s of endpoint {endpoint}" },
	[TROUBLE_TRUNCATED] = { ERR_NETWORK, "the reply of {model} broke off ({said}): try again" },
	[TROUBLE_PROTOCOL] = { ERR_PROTOCOL, "{url} sent what is no reply ({said}): is this the "
	                                     "address of its API? most end in /v1" },
	[TROUBLE_RATE_LIMIT] = { ERR_NETWORK, "{endpoint} takes no more requests for {model} now "
	                                      "({said}): wait, or choose another model" },
	[TROUBLE_OVERLOADED] = { ERR_NETWORK, "{endpoint} is overloaded ({said}): try again later, "
	                                      "or choose another model" },
	[TROUBLE_SERVER] = { ERR_NETWORK, "{endpoint} failed ({said}): try again later, or choose "
	                                  "another model" },
	[TROUBLE_AUTH] = { ERR_REFUSED,
	                   "{endpoint} did not accept the key from {key} ({said}): check the key",
	                   "{endpoint} wants a key ({said}): set key_env, key_file or key_command of "
	                   "endpoint {endpoint}" },
	[TROUBLE_PERMISSION] = { ERR_REFUSED,
	                         "the key from {key} may not use {model} ({said}): choose another "
	                         "model, or ask whoever gave out the key",
	                         "{endpoint} does not let us use {model} ({said}): does endpoint "
	                         "{endpoint} need a key?" },
	[TROUBLE_BILLING] = { ERR_REFUSED,
	                      "the account behind {endpoint} cannot pay for this "
	                      "({said}): add credit there, or choose another endpoint" },
	[TROUBLE_NOT_FOUND] = { ERR_REFUSED, "{url} knows no model \"{model}\" ({said}): `ll3m "
	                                     "models` lists those it has; is the address right?" },
	[TROUBLE_BAD_REQUEST] = { ERR_REFUSED,
	                          "{endpoint} refused the request to {model}: {said}" },
	[TROUBLE_TOO_LARGE] = { ERR_REFUSED,
	                        "the request is too large for {endpoint} ({said}): use "
	                        "fewer or smaller pictures" },
	[TROUBLE_CONTEXT] = { ERR_REFUSED, "the request does not fit into the context of {model} "
	                                   "({said}): give the server a larger one, or choose "
	                                   "another model" },
	[TROUBLE_MALFORMED_CALL] = { ERR_PROTOCOL,
	                             "{model} garbled its answer ({said}): try again, "
	                             "or choose another model" },
	[TROUBLE_UNSUPPORTED] = { ERR_REFUSED,
	                          "{model} cannot take this request ({said}): choose "
	                          "another model, or set `images` and `json` of endpoint "
	                          "{endpoint} to what it can do" },
	[TROUBLE_CANCELLED] = { ERR_CANCELLED, "{said}" },
	[TROUBLE_OURS] = { ERR_IO, "{said}" },
};

/* One line, without control bytes, of bearable length, not cut inside a character. */
static void add_said(struct strbuf *out, const struct trouble *t, size_t most)
{
	const char *said = strbuf_str(&t->message);
	size_t len = strlen(said), from = out->len;

	while (len && isspace((unsigned char)said[len - 1]))
		len--;
	if (len > most) {
		for (len = most; len && ((unsigned char)said[len] & 0xc0) == 0x80; len--)
			;
		strbuf_add(out, said, len);
		strbuf_addstr(out, "…");
	} else {
		strbuf_add(out, said, len);
	}
	for (char *c = out->buf + from; from < out->len && *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = ' ';
	if (out->len == from && t->status)
		strbuf_addf(out, "HTTP %d", t->status);
	else if (out->len == from)
		strbuf_addstr(out, "no reason given");
}

static void add_word(struct strbuf *out, const char *word, size_t len, const struct trouble *t,
                     const struct trouble_scene *scene)
{
	const struct {
		const char *name, *value;
	} words[] = {
		{ "endpoint", scene->endpoint },
		{ "url", scene->url },
		{ "model", scene->model },
		{ "key", scene->key_hint },
	};

	if (len == 4 && !memcmp(word, "said", 4))
		add_said(out, t,
		         t->kind == TROUBLE_OURS ? sizeof(((struct error *)0)->text) : SAID_MAX);
	for (size_t i = 0; i < COUNT(words); i++)
		if (strlen(words[i].name) == len && !memcmp(words[i].name, word, len))
			strbuf_addf(out, "%.80s", words[i].value ? words[i].value : "the server");
}

void trouble_explain(struct error *err, const struct trouble *t, const struct trouble_scene *scene)
{
	const struct advice *a = &advice[t->kind];
	const char *text = !scene->key_hint && a->without_key ? a->without_key : a->text;
	struct strbuf out = { 0 };

	while (text && *text) {
		const char *open = strchr(text, '{');
		const char *close = open ? strchr(open, '}') : NULL;

		strbuf_add(&out, text, close ? (size_t)(open - text) : strlen(text));
		if (close)
			add_word(&out, open + 1, (size_t)(close - open - 1), t, scene);
		text = close ? close + 1 : NULL;
	}
	failed(err, a->code, "%s", strbuf_str(&out));
	strbuf_release(&out);
}
