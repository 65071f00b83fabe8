#include "cli/userfile.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/options.h"
#include "base/path.h"
#include "base/text.h"
#include "base/yaml.h"
#include "session/session.h"

/*
 * One change at a time: the text is parsed, which tells where things stand, a line is put in or a
 * value replaced, and then all is parsed anew. At the end the settings have to say what was meant.
 */
struct edit {
	struct strbuf *text;
	const char *where;
	struct yaml_value root;
	struct strbuf name; /* of the endpoint */
	const struct userfile_server *server;
};

static bool parse(struct edit *e, struct error *err)
{
	yaml_value_release(&e->root);
	return yaml_value_parse(&e->root, strbuf_str(e->text), e->text->len, e->where, err);
}

static const struct yaml_value *child(const struct yaml_value *map, const char *key)
{
	for (size_t i = 0; map && map->kind == YAML_MAP && i < map->count; i++)
		if (!strcmp(map->items[i].key, key))
			return &map->items[i];
	return NULL;
}

/* Where a line begins, from 1; the end for the one after the last. */
static size_t offset_of_line(const struct strbuf *text, int line)
{
	const char *at = strbuf_str(text);

	for (; line > 1 && *at; line--) {
		at += strcspn(at, "\n");
		at += *at == '\n';
	}
	return (size_t)(at - strbuf_str(text));
}

static void splice(struct strbuf *text, size_t at, size_t cut, const char *with)
{
	struct strbuf out = { 0 };

	strbuf_add(&out, strbuf_str(text), at);
	strbuf_addstr(&out, with);
	strbuf_add(&out, strbuf_str(text) + at + cut, text->len - at - cut);
	strbuf_release(text);
	*text = out;
}

/* In quotes, so that nothing in it means anything to YAML. */
static void add_quoted(struct strbuf *out, const char *text)
{
	strbuf_addstr(out, "\"");
	for (const char *at = text; *at; at++) {
		if (*at == '"' || *at == '\\')
			strbuf_addstr(out, "\\");
		strbuf_add(out, at, 1);
	}
	strbuf_addstr(out, "\"");
}

/* Nothing at all: ~ would be something that lines cannot follow. */
static bool is_empty(const struct yaml_value *value)
{
	return value->kind == YAML_TEXT && !value->quoted && !*value->text;
}

/* As block lines, each key on its own: nothing else can have a line put in. */
static bool is_block(const struct yaml_value *map)
{
	return map->kind == YAML_MAP && map->count && map->items[0].key_line > map->key_line;
}

/* A file that lines can be added to: keys at its left edge, or nothing but comments. */
static bool is_open(const struct yaml_value *root)
{
	return is_empty(root) ||
	       (root->kind == YAML_MAP && root->count && root->items[0].key_column == 1);
}

/*
 * Puts a line first into a map, which stands under `parents` (NULL-terminated) and is made if it is
 * absent. False: it is written in a way that has no room for lines.
 */
static bool put_line(struct edit *e, const char *const *parents, const char *line)
{
	const struct yaml_value *map = &e->root;
	struct strbuf lines = { 0 };
	int indent = 0, at = 0;

	if (!is_open(&e->root))
		return false;
	for (; *parents && child(map, *parents); parents++) {
		map = child(map, *parents);
		at = map->key_line;
		indent = is_block(map) ? map->items[0].key_column - 1 : map->key_column + 1;
		if (!is_block(map) && !is_empty(map))
			return false;
	}
	if (e->text->len && e->text->buf[e->text->len - 1] != '\n')
		strbuf_addstr(e->text, "\n");
	for (; *parents; parents++, indent += 2)
		strbuf_addf(&lines, "%*s%s:\n", indent, "", *parents);
	strbuf_addf(&lines, "%*s%s\n", indent, "", line);
	splice(e->text, at ? offset_of_line(e->text, at + 1) : e->text->len, 0, strbuf_str(&lines));
	strbuf_release(&lines);
	return true;
}

/* A text that stands on one line as it is, or in quotes without an escape. */
static bool replace_value(struct edit *e, const struct yaml_value *value, const char *with)
{
	size_t at = offset_of_line(e->text, value->line) + (size_t)(value->column - 1);
	size_t len = strlen(value->text);
	const char *written = strbuf_str(e->text) + at;
	struct strbuf quoted = { 0 };
	bool ok;

	if (at + len > e->text->len || value->kind != YAML_TEXT)
		return false;
	ok = !strncmp(written + value->quoted, value->text, len) &&
	     (!value->quoted || written[1 + len] == written[0]);
	add_quoted(&quoted, with);
	if (ok)
		splice(e->text, at, len + 2 * (size_t)value->quoted, strbuf_str(&quoted));
	strbuf_release(&quoted);
	return ok;
}

/* "http://user@box:8080/v1" is box-8080: a name has no colon, so that it can be written bare. */
static void name_after_host(struct strbuf *out, const char *url)
{
	const char *start = strstr(url, "://") ? strstr(url, "://") + 3 : url;
	size_t len = strcspn(start, "/?#");
	const char *at = memchr(start, '@', len);

	strbuf_reset(out);
	for (const char *c = at ? at + 1 : start; c < start + len; c++)
		strbuf_addf(out, "%c",
		            strchr("abcdefghijklmnopqrstuvwxyz0123456789.-_", *c) ? *c : '-');
}

/* What it is called already, or a name that is free. */
static bool choose_name(struct edit *e)
{
	const struct yaml_value *endpoints = child(child(&e->root, "llm"), "endpoints");
	size_t len;
	int number = 1;

	for (size_t i = 0; endpoints && endpoints->kind == YAML_MAP && i < endpoints->count; i++) {
		const struct yaml_value *url = child(&endpoints->items[i], "url");

		if (url && url->kind == YAML_TEXT && !strcmp(url->text, e->server->url)) {
			strbuf_addstr(&e->name, endpoints->items[i].key);
			return true;
		}
	}
	name_after_host(&e->name, e->server->url);
	len = e->name.len;
	while (child(endpoints, strbuf_str(&e->name))) {
		strbuf_cut(&e->name, len);
		strbuf_addf(&e->name, "-%d", ++number);
	}
	return false;
}

static bool put_endpoint(struct edit *e)
{
	static const char *const parents[] = { "llm", "endpoints", NULL };
	struct strbuf line = { 0 };
	bool ok;

	add_quoted(&line, strbuf_str(&e->name));
	strbuf_addstr(&line, ": { url: ");
	add_quoted(&line, e->server->url);
	strbuf_addstr(&line, " }");
	ok = put_line(e, parents, strbuf_str(&line));
	strbuf_release(&line);
	return ok;
}

static bool put_model(struct edit *e)
{
	static const char *const roles[] = { "llm", "roles", NULL }, *const own[] = {
		"llm", "roles", "default", NULL
	};
	const struct yaml_value *usual = child(child(child(&e->root, "llm"), "roles"), "default");
	const struct yaml_value *model = child(usual, "model");
	struct strbuf full = { 0 }, line = { 0 };
	bool ok;

	strbuf_addf(&full, "%s/%s", strbuf_str(&e->name), e->server->model);
	if (model) {
		ok = replace_value(e, model, strbuf_str(&full));
	} else {
		strbuf_addstr(&line, usual ? "model: " : "default: { model: ");
		add_quoted(&line, strbuf_str(&full));
		strbuf_addstr(&line, usual ? "" : " }");
		ok = put_line(e, usual ? own : roles, strbuf_str(&line));
	}
	strbuf_release(&full);
	strbuf_release(&line);
	return ok;
}

/* Whatever was done to the text, this is what it has to mean. */
static bool is_right(const struct edit *e)
{
	struct settings settings = { 0 };
	struct strbuf full = { 0 };
	struct error ignored;
	const char *model;
	bool ok = options_read(&settings, &settings_type, strbuf_str(e->text), e->text->len,
	                       e->where, &ignored);
	bool has_server = false;

	strbuf_addf(&full, "%s/%s", strbuf_str(&e->name), e->server->model);
	for (size_t i = 0; ok && i < settings.llm.endpoints.count; i++) {
		const struct llm_endpoint *at = &settings.llm.endpoints.items[i];

		has_server |= !strcmp(at->name, strbuf_str(&e->name)) && at->url &&
		              !strcmp(at->url, e->server->url);
	}
	model = ok ? llm_role_model(&settings.llm, "default") : NULL;
	ok = has_server && model && !strcmp(model, strbuf_str(&full));
	settings_release(&settings);
	strbuf_release(&full);
	return ok;
}

static bool by_hand(const struct edit *e, struct error *err)
{
	return failed(
		err, ERR_CONFIG,
		"%s is written in a way that nothing can be put into; write it yourself: llm: "
		"{endpoints: {%s: {url: \"%s\"}}, roles: {default: {model: \"%s/%s\"}}}",
		e->where, strbuf_str(&e->name), e->server->url, strbuf_str(&e->name),
		e->server->model);
}

/* Control characters have no business in either, and in YAML they might end a line. */
static bool is_plain(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return false;
	return true;
}

bool userfile_add_server(struct strbuf *text, const char *where,
                         const struct userfile_server *server, struct error *err)
{
	struct edit e = { .text = text, .where = where, .server = server };
	struct strbuf before = { 0 };
	bool ok = is_plain(server->url) && is_plain(server->model);

	if (!ok)
		return failed(err, ERR_USAGE,
		              "the server or the model has a name that nobody can "
		              "write");
	strbuf_add(&before, strbuf_str(text), text->len);
	ok = parse(&e, err);
	if (ok)
		ok = (choose_name(&e) || put_endpoint(&e)) && parse(&e, err) && put_model(&e) &&
		                     is_right(&e)
		             ? true
		             : by_hand(&e, err);
	if (!ok) {
		strbuf_reset(text);
		strbuf_add(text, strbuf_str(&before), before.len);
	}
	yaml_value_release(&e.root);
	strbuf_release(&e.name);
	strbuf_release(&before);
	return ok;
}

/* The file itself, where the name is a link to it. */
static void follow_link(struct strbuf *file)
{
	char *real = realpath(strbuf_str(file), NULL);

	if (!real)
		return;
	strbuf_reset(file);
	strbuf_addstr(file, real);
	free(real);
}

bool userfile_save_server(struct strbuf *file, const struct userfile_server *server,
                          struct error *err)
{
	struct strbuf text = { 0 };
	bool ok = path_home(file, PATH_CONFIG, err) && file_make_dir(strbuf_str(file), 0700, err);

	path_add(file, "config.yaml");
	follow_link(file);
	if (ok && access(strbuf_str(file), F_OK) == 0)
		ok = file_read(&text, strbuf_str(file), YAML_MOST_BYTES, err);
	ok = ok && userfile_add_server(&text, strbuf_str(file), server, err) &&
	     file_write(strbuf_str(file), strbuf_str(&text), text.len, err);
	strbuf_release(&text);
	return ok;
}
