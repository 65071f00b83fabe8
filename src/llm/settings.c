#include <stddef.h>
#include <string.h>

#include "llm/llm.h"

#define DAY_S 86400

static const char *const kinds[] = { "http", "replay", "relay", NULL };
static const char *const json_modes[] = { "schema", "object", "none", NULL };
static const char *const matches[] = { "agent", "strict", "any", NULL };

static const struct field header_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct llm_header, name) },
	{ "value", FIELD_TEXT, offsetof(struct llm_header, value), .help = "What it says" },
	{ 0 },
};
static const struct record_type header_type = { "header", sizeof(struct llm_header),
	                                        header_fields };

#define AT(member) offsetof(struct llm_endpoint, member)
static const struct field endpoint_fields[] = {
	{ "name", FIELD_TEXT, AT(name) },
	{ "kind", FIELD_CHOICE, AT(kind), .optional = true, .choices = kinds,
	  .help = "A server, a recording, or a folder of questions and answers" },
	{ "dialect", FIELD_TEXT, AT(dialect), .optional = true,
	  .help = "How it wants to be spoken to: openai" },
	{ "url", FIELD_TEXT, AT(url), .optional = true,
	  .help = "Where its API begins, as in http://127.0.0.1:8080/v1" },
	{ "path", FIELD_TEXT, AT(path), .optional = true,
	  .help = "The recording of a replay, the folder of a relay" },
	{ "key_command", FIELD_TEXTS, AT(key_command), .optional = true,
	  .help = "A program and its arguments that print the API key" },
	{ "key_file", FIELD_TEXT, AT(key_file), .optional = true,
	  .help = "A file with the API key that only you may read" },
	{ "key_env", FIELD_TEXT, AT(key_env), .optional = true,
	  .help = "The environment variable with the API key" },
	{ "headers", FIELD_MAP, AT(headers), .optional = true, .of = &header_type,
	  .help = "More HTTP headers for every request" },
	{ "unix_socket", FIELD_TEXT, AT(unix_socket), .optional = true,
	  .help = "Connect to this socket, whatever host the url names" },
	{ "ca_file", FIELD_TEXT, AT(ca_file), .optional = true,
	  .help = "The certificates to trust, instead of the system's" },
	{ "no_tls_check", FIELD_BOOL, AT(no_tls_check), .optional = true,
	  .help = "Trust any certificate; only for a server on this machine" },
	{ "no_images", FIELD_BOOL, AT(no_images), .optional = true,
	  .help = "Its models cannot see: send a note instead of each picture" },
	{ "think_tags", FIELD_BOOL, AT(think_tags), .optional = true,
	  .help = "Its models think in their text, between <think> and </think>" },
	{ "json", FIELD_CHOICE, AT(json), .optional = true, .choices = json_modes,
	  .help = "What it enforces when JSON is wanted" },
	{ "context_tokens", FIELD_INT, AT(context_tokens), .optional = true, .max = 1e9,
	  .help = "How much fits into a request; 0: found out by its refusals" },
	{ "connect_s", FIELD_INT, AT(connect_s), .optional = true, .max = DAY_S,
	  .help = "Seconds to wait for a connection; 0: 10" },
	{ "first_byte_s", FIELD_INT, AT(first_byte_s), .optional = true, .max = DAY_S,
	  .help = "Seconds to wait for the first word; 0: 300" },
	{ "between_s", FIELD_INT, AT(between_s), .optional = true, .max = DAY_S,
	  .help = "Seconds to wait for the next word; 0: 120" },
	{ "extra", FIELD_JSON, AT(extra), .optional = true,
	  .help = "More keys for every request, such as {\"reasoning_effort\": \"low\"}" },
	{ "match", FIELD_CHOICE, AT(match), .optional = true, .choices = matches,
	  .help = "Which record of a replay answers a question" },
	{ "pace", FIELD_REAL, AT(pace), .optional = true, .max = 1000,
	  .help = "How slow a replay is: 0 at once, 1 as recorded" },
	{ 0 },
};
static const struct record_type endpoint_type = { "endpoint", sizeof(struct llm_endpoint),
	                                          endpoint_fields };
#undef AT

static const struct field role_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct llm_role, name) },
	{ "model", FIELD_TEXT, offsetof(struct llm_role, model),
	  .help = "An endpoint, a slash, and its name for the model" },
	{ 0 },
};
static const struct record_type role_type = { "role", sizeof(struct llm_role), role_fields };

#define AT(member) offsetof(struct llm_price, member)
static const struct field price_fields[] = {
	{ "model", FIELD_TEXT, AT(model) },
	{ "input", FIELD_REAL, AT(input), .max = 1e6, .help = "Dollars for a million tokens" },
	{ "output", FIELD_REAL, AT(output), .max = 1e6, .help = "Dollars for a million tokens" },
	{ "cache_read", FIELD_REAL, AT(cache_read), .optional = true, .max = 1e6,
	  .help = "For those read from a cache; 0: as input" },
	{ "cache_write", FIELD_REAL, AT(cache_write), .optional = true, .max = 1e6,
	  .help = "For those written to a cache; 0: as input" },
	{ 0 },
};
static const struct record_type price_type = { "price", sizeof(struct llm_price), price_fields };
#undef AT

#define AT(member) offsetof(struct llm_settings, member)
static const struct field settings_fields[] = {
	{ "endpoints", FIELD_MAP, AT(endpoints), .optional = true, .of = &endpoint_type,
	  .help = "Where models can be asked" },
	{ "roles", FIELD_MAP, AT(roles), .optional = true, .of = &role_type,
	  .help = "Which model each agent uses; \"default\" is for the others" },
	{ "prices", FIELD_MAP, AT(prices), .optional = true, .of = &price_type,
	  .help = "What tokens cost, by a pattern for the model's name" },
	{ "prices_date", FIELD_TEXT, AT(prices_date), .optional = true,
	  .help = "When the prices were looked up" },
	{ "state_file", FIELD_TEXT, AT(state_file), .optional = true,
	  .help = "Where to keep what servers taught us" },
	{ "busy_tries", FIELD_INT, AT(busy_tries), .optional = true, .max = 100,
	  .help = "How often to ask a server that says it is busy; 0: 6" },
	{ "broken_tries", FIELD_INT, AT(broken_tries), .optional = true, .max = 100,
	  .help = "How often to ask when the server or the network fails; 0: 3" },
	{ "wait_max_s", FIELD_INT, AT(wait_max_s), .optional = true, .max = 7 * DAY_S,
	  .help = "Give up when told to wait longer than this many seconds; 0: 900" },
	{ 0 },
};
#undef AT
const struct record_type llm_settings_type = { "llm", sizeof(struct llm_settings),
	                                       settings_fields };

const char *llm_role_model(const struct llm_settings *settings, const char *role)
{
	const char *fallback = NULL;

	for (size_t i = 0; i < settings->roles.count; i++) {
		const struct llm_role *r = &settings->roles.items[i];

		if (!strcmp(r->name, role))
			return r->model;
		if (!strcmp(r->name, "default"))
			fallback = r->model;
	}
	return fallback;
}
