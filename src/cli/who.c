#include "cli/who.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"

/* Everyone who asks a model; the retriever does so only if it is told to. */
static const char *const asking_roles[] = { "planner",  "coder", "critic",
	                                    "verifier", "proxy", "retriever" };
#define USUAL_ROLES (COUNT(asking_roles) - 1)

enum {
	MOST_NAMES = 64,
};

const struct llm_endpoint *who_endpoint(const struct llm_settings *settings, const char *name)
{
	for (size_t i = 0; i < settings->endpoints.count; i++)
		if (!strcmp(settings->endpoints.items[i].name, name))
			return &settings->endpoints.items[i];
	return NULL;
}

static bool unknown_endpoint(const struct llm_settings *settings, const char *name,
                             struct error *err)
{
	const char *names[MOST_NAMES], *near;
	size_t count = 0;

	for (size_t i = 0; i < settings->endpoints.count && count < MOST_NAMES; i++)
		names[count++] = settings->endpoints.items[i].name;
	near = text_nearest(name, names, count);
	if (near)
		return failed(err, ERR_USAGE,
		              "there is no endpoint \"%.60s\"; did you mean \"%s\"?", name, near);
	return failed(err, ERR_USAGE,
	              "there is no endpoint \"%.60s\"; `ll3m models` lists them, and a URL, relay "
	              "or replay:FILE will do",
	              name);
}

static struct llm_endpoint *add_endpoint(struct llm_settings *settings, const char *name,
                                         size_t len)
{
	size_t count = settings->endpoints.count;
	struct llm_endpoint *items =
		xrealloc(settings->endpoints.items, (count + 1) * sizeof(*items));

	items[count] = (struct llm_endpoint){ .name = xstrndup(name, len) };
	settings->endpoints.items = items;
	settings->endpoints.count++;
	return &items[count];
}

static void set_text(const char **field, const char *text)
{
	free((char *)(uintptr_t)*field);
	*field = text ? xstrdup(text) : NULL;
}

/* "http://user@box:8080/v1" is called box:8080. */
static struct text_span host_of(const char *url)
{
	const char *start = strstr(url, "://") + 3;
	size_t len = strcspn(start, "/?#");
	const char *at = memchr(start, '@', len);

	if (at) {
		len -= (size_t)(at + 1 - start);
		start = at + 1;
	}
	return (struct text_span){ start, len };
}

static bool add_server(const char **name, struct llm_settings *settings, const char *url,
                       struct error *err)
{
	struct text_span host = host_of(url);
	struct llm_endpoint *e;

	if (!host.len)
		return failed(err, ERR_USAGE, "--endpoint: %.100s names no server", url);
	e = add_endpoint(settings, host.at, host.len);
	set_text(&e->url, url);
	*name = e->name;
	return true;
}

static bool add_relay(const char **name, struct llm_settings *settings, const char *dir,
                      const char *session_dir)
{
	struct llm_endpoint *e = add_endpoint(settings, "relay", strlen("relay"));
	struct strbuf path = { 0 };

	e->kind = LLM_RELAY;
	strbuf_addstr(&path, dir ? dir : session_dir);
	if (!dir)
		path_add(&path, "relay");
	set_text(&e->path, strbuf_str(&path));
	strbuf_release(&path);
	*name = e->name;
	return true;
}

static bool add_replay(const char **name, struct llm_settings *settings, const char *file,
                       struct error *err)
{
	struct llm_endpoint *e;

	if (!*file)
		return failed(err, ERR_USAGE, "--endpoint: write replay:FILE, with a recording");
	e = add_endpoint(settings, "replay", strlen("replay"));
	e->kind = LLM_REPLAY;
	set_text(&e->path, file);
	*name = e->name;
	return true;
}

/* What follows "word:"; NULL: it does not begin so. */
static const char *after_word(const char *text, const char *word)
{
	size_t len = strlen(word);

	return !strncmp(text, word, len) && text[len] == ':' ? text + len + 1 : NULL;
}

/* The name of the endpoint that was asked for, made if it is not there; borrowed. */
static bool find_or_make(const char **name, struct llm_settings *settings, const char *wanted,
                         const char *session_dir, struct error *err)
{
	const struct llm_endpoint *known = who_endpoint(settings, wanted);
	const char *dir = after_word(wanted, "relay"), *file = after_word(wanted, "replay");

	if (known) {
		*name = known->name;
		return true;
	}
	if (file)
		return add_replay(name, settings, file, err);
	if (dir || !strcmp(wanted, "relay"))
		return add_relay(name, settings, dir && *dir ? dir : NULL, session_dir);
	if (!strncmp(wanted, "http://", 7) || !strncmp(wanted, "https://", 8))
		return add_server(name, settings, wanted, err);
	return unknown_endpoint(settings, wanted, err);
}

static void set_role(struct llm_settings *settings, const char *role, const char *endpoint,
                     const char *model)
{
	struct llm_role *items = settings->roles.items;
	size_t count = settings->roles.count, i = 0;
	struct strbuf full = { 0 };

	while (i < count && strcmp(items[i].name, role) != 0)
		i++;
	if (i == count) {
		items = xrealloc(items, (count + 1) * sizeof(*items));
		items[count] = (struct llm_role){ .name = xstrdup(role) };
		settings->roles.items = items;
		settings->roles.count++;
	}
	strbuf_addf(&full, "%s/%s", endpoint, model);
	set_text(&items[i].model, strbuf_str(&full));
	strbuf_release(&full);
}

void who_set_all(struct llm_settings *settings, const char *endpoint, const char *model)
{
	for (size_t i = 0; i < settings->roles.count; i++)
		set_role(settings, settings->roles.items[i].name, endpoint, model);
	set_role(settings, "default", endpoint, model);
}

static bool is_role(const char *word, size_t len)
{
	for (size_t i = 0; i < COUNT(asking_roles); i++)
		if (strlen(asking_roles[i]) == len && !strncmp(asking_roles[i], word, len))
			return true;
	return len == strlen("default") && !strncmp(word, "default", len);
}

/* "coder=openai/gpt-5". A model's own name may have both signs in it, later. */
static bool split_role(char role[16], const char **rest, const char *text, struct error *err)
{
	size_t len = strcspn(text, "=/");

	role[0] = '\0';
	*rest = text;
	if (text[len] != '=')
		return true;
	if (!is_role(text, len))
		return failed(err, ERR_USAGE,
		              "--model: \"%.*s\" is no role; roles are planner, coder, critic, "
		              "verifier, proxy, retriever and default",
		              (int)(len < 40 ? len : 40), text);
	memcpy(role, text, len);
	role[len] = '\0';
	*rest = text + len + 1;
	return true;
}

static void set_role_or_all(struct llm_settings *settings, const char *role, const char *endpoint,
                            const char *model)
{
	if (*role)
		set_role(settings, role, endpoint, model);
	else
		who_set_all(settings, endpoint, model);
}

/* With --endpoint, a model needs no endpoint of its own. */
static bool apply_model(struct llm_settings *settings, const char *text, const char *endpoint,
                        struct error *err)
{
	char role[16];
	const char *model, *slash;
	const struct llm_endpoint *named = NULL;
	char *name;
	bool ok = true;

	if (!split_role(role, &model, text, err))
		return false;
	slash = strchr(model, '/');
	name = xstrndup(model, slash ? (size_t)(slash - model) : 0);
	if (slash)
		named = who_endpoint(settings, name);
	if (named)
		model = slash + 1;
	else if (!endpoint && slash)
		ok = unknown_endpoint(settings, name, err);
	if (ok && (!*model || (!named && !endpoint)))
		ok = failed(err, ERR_USAGE, "--model: \"%.80s\" is not ENDPOINT/MODEL", text);
	if (ok)
		set_role_or_all(settings, role, named ? named->name : endpoint, model);
	free(name);
	return ok;
}

bool who_apply(struct llm_settings *settings, const struct flags *flags, const char *session_dir,
               struct error *err)
{
	const char *endpoint = NULL;
	const struct llm_endpoint *e;

	if (flags->endpoint &&
	    !find_or_make(&endpoint, settings, flags->endpoint, session_dir, err))
		return false;
	e = endpoint ? who_endpoint(settings, endpoint) : NULL;
	if (e && e->kind == LLM_REPLAY)
		who_set_all(settings, endpoint, "recorded");
	else if (e && e->kind == LLM_RELAY)
		who_set_all(settings, endpoint, "anyone");
	for (size_t i = 0; i < flags->models.count; i++)
		if (!apply_model(settings, flags->models.items[i], endpoint, err))
			return false;
	return true;
}

const char *who_lacks_model(const struct llm_settings *settings, const struct flags *flags)
{
	const struct llm_endpoint *e = NULL;

	if (!flags->endpoint || flags->models.count)
		return NULL;
	e = who_endpoint(settings, flags->endpoint);
	if (!e && strstr(flags->endpoint, "://"))
		e = &settings->endpoints.items[settings->endpoints.count - 1];
	return e && e->kind == LLM_HTTP ? e->name : NULL;
}

/* The endpoint of "openai/gpt-5"; NULL: it names none. */
static const struct llm_endpoint *endpoint_of(const struct llm_settings *settings,
                                              const char *model)
{
	const char *slash = strchr(model, '/');
	char *name = xstrndup(model, slash ? (size_t)(slash - model) : 0);
	const struct llm_endpoint *e = slash && slash[1] ? who_endpoint(settings, name) : NULL;

	free(name);
	return e;
}

const char *who_relay(const struct llm_settings *settings)
{
	for (size_t i = 0; i < COUNT(asking_roles); i++) {
		const char *model = llm_role_model(settings, asking_roles[i]);
		const struct llm_endpoint *e = model ? endpoint_of(settings, model) : NULL;

		if (e && e->kind == LLM_RELAY)
			return e->path;
	}
	return NULL;
}

static bool check_model(const struct llm_settings *settings, const char *role, const char *model,
                        struct error *err)
{
	if (endpoint_of(settings, model))
		return true;
	return failed(err, ERR_REFUSED,
	              "the %s's model \"%.80s\" is at no endpoint of the settings; write "
	              "ENDPOINT/MODEL",
	              role, model);
}

bool who_check(const struct llm_settings *settings, struct error *err)
{
	for (size_t i = 0; i < USUAL_ROLES; i++) {
		const char *model = llm_role_model(settings, asking_roles[i]);

		if (!model)
			return failed(err, ERR_REFUSED,
			              "nobody answers for the %s: say --model ENDPOINT/MODEL or "
			              "--endpoint URL, or --endpoint relay to answer by hand; "
			              "`ll3m models` asks who is there, `ll3m demo` needs nobody",
			              asking_roles[i]);
		if (!check_model(settings, asking_roles[i], model, err))
			return false;
	}
	return true;
}

void who_describe(struct strbuf *out, const struct llm_settings *settings)
{
	const char *usual = llm_role_model(settings, "default");

	strbuf_reset(out);
	if (usual)
		strbuf_addstr(out, usual);
	for (size_t i = 0; i < COUNT(asking_roles); i++) {
		const char *model = llm_role_model(settings, asking_roles[i]);

		if (model && (!usual || strcmp(model, usual) != 0))
			strbuf_addf(out, "%s%s %s", out->len ? "; " : "", asking_roles[i], model);
	}
}
