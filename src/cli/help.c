#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/options.h"
#include "base/path.h"
#include "base/text.h"
#include "base/yaml.h"
#include "cli/cli.h"
#include "event/event.h"

#define KEYS_COLS 76

/* `ll3m help TOPIC`: what is not about one subcommand. */
struct topic {
	const char *name;
	bool (*explain)(struct strbuf *out, struct error *err);
	const char *help;
};

static bool explain_commands(struct strbuf *out, struct error *err UNUSED)
{
	strbuf_addstr(out, "What may be said to a session: typed while it runs, or as the lines of "
	                   "--commands FILE.\nEmpty lines and those that begin with # are "
	                   "skipped.\n\n");
	for (const struct command *c = commands; c->name; c++)
		strbuf_addf(out, "  %s %-*s %s\n", c->name, (int)(26 - strlen(c->name)), c->args,
		            c->help);
	return true;
}

static bool explain_config(struct strbuf *out, struct error *err)
{
	struct settings settings = { 0 };

	if (!settings_defaults(&settings, err))
		return false;
	options_print(out, &settings_type, &settings);
	settings_release(&settings);
	return true;
}

static bool explain_events(struct strbuf *out, struct error *err UNUSED)
{
	strbuf_addstr(out, "What happens in a session: the lines of events.jsonl and of --json.\n"
	                   "Those with a * are only for whoever watches and in no file.\n\n");
	for (int kind = 0; kind < EV_COUNT; kind++)
		strbuf_addf(out, "%s %-18s %s\n", event_types[kind].live ? "*" : " ",
		            event_types[kind].name, event_types[kind].help);
	return true;
}

static bool explain_exit(struct strbuf *out, struct error *err UNUSED)
{
	for (int code = 0; code < EXIT_CODES; code++)
		strbuf_addf(out, "  %d  %s\n", code, exit_meanings[code]);
	return true;
}

static bool explain_files(struct strbuf *out, struct error *err UNUSED)
{
	strbuf_addstr(
		out,
		"$XDG_DATA_HOME/ll3m/NAME/      a session (usually ~/.local/share/ll3m/NAME)\n"
		"  script.py                    the asset: what Blender runs\n"
		"  asset.blend views/NAME.png   what it builds, and how that looks\n"
		"  events.jsonl                 all that happened; only ever grows\n"
		"  blobs/                       scripts, pictures, requests and replies\n"
		"  recording.jsonl              what models said, for `ll3m replay`\n"
		"  relay/                       questions and answers, with --endpoint relay\n"
		"$XDG_CONFIG_HOME/ll3m/config.yaml   your settings: `ll3m help config`\n"
		"/etc/ll3m/config.yaml          those of this machine\n"
		"\n"
		"LL3M_TEAM_ROUNDS=2 and the like are settings too. LL3M_BLENDER says which Blender,\n"
		"LL3M_SHARE where config/ and recordings/ are; LL3M_PLAIN, LL3M_GRAPHICS and LL3M_CELL\n"
		"are about the screen: see ll3m(1). NO_COLOR, VISUAL, EDITOR and the XDG\n"
		"variables mean what they mean everywhere.\n");
	return true;
}

/* "Space page down" stays together; a place's keys in rows below its name. */
static void add_keys(struct strbuf *out, const struct yaml_value *context)
{
	size_t start = out->len;

	strbuf_addf(out, "%-9s", context->key);
	for (size_t i = 0; i < context->count; i++) {
		const struct yaml_value *key = &context->items[i];
		bool is_last = i + 1 == context->count;

		if (out->len - start + strlen(key->key) + strlen(key->text) + 3 > KEYS_COLS) {
			strbuf_addf(out, "\n%9s", "");
			start = out->len - 9;
		}
		strbuf_addf(out, " %s %s%s", key->key, key->text, is_last ? "\n" : ",");
	}
}

/* Not those of one's own keys.yaml, which whoever wrote it knows. */
static bool explain_keys(struct strbuf *out, struct error *err)
{
	struct strbuf file = { 0 }, text = { 0 };
	struct yaml_value all = { 0 };
	bool ok = path_shared(&file, "config/keys.yaml", err) &&
	          file_read(&text, strbuf_str(&file), YAML_MOST_BYTES, err) &&
	          yaml_value_parse(&all, strbuf_str(&text), text.len, "keys.yaml", err);

	for (size_t i = 0; ok && i < all.count; i++)
		if (all.items[i].kind == YAML_MAP)
			add_keys(out, &all.items[i]);
	yaml_value_release(&all);
	strbuf_release(&file);
	strbuf_release(&text);
	return ok;
}

static const struct topic topics[] = {
	{ "commands", explain_commands, "What may be said to a session" },
	{ "config", explain_config, "All settings, with their usual values" },
	{ "events", explain_events, "What the lines of --json mean" },
	{ "exit", explain_exit, "What ll3m exits with" },
	{ "files", explain_files, "Where everything is kept, and which variables count" },
	{ "keys", explain_keys, "What keys do on the screen, place by place" },
};

static void explain_all(struct strbuf *out)
{
	strbuf_addstr(out, "usage: ll3m SUBCOMMAND ...\n\n");
	for (const struct subcommand *c = subcommands; c->name; c++)
		strbuf_addf(out, "  %s %-*s %s\n", c->name, (int)(36 - strlen(c->name)), c->words,
		            c->help);
	strbuf_addstr(out, "\nEvery one has --help. `ll3m help TOPIC` explains:\n\n");
	for (size_t i = 0; i < COUNT(topics); i++)
		strbuf_addf(out, "  %-12s %s\n", topics[i].name, topics[i].help);
}

static bool explain_subcommand(struct strbuf *out, const char *name, struct error *err)
{
	const char *names[COUNT(topics)], *near;
	const struct subcommand *c = subcommand_find(subcommands, name, err);

	if (c) {
		args_help(out, c);
		return true;
	}
	for (size_t i = 0; i < COUNT(topics); i++)
		names[i] = topics[i].name;
	near = text_nearest(name, names, COUNT(topics));
	if (near)
		failed(err, ERR_USAGE, "help: there is no topic \"%.40s\"; did you mean \"%s\"?",
		       name, near);
	return false;
}

static bool explain(struct strbuf *out, const char *name, struct error *err)
{
	for (size_t i = 0; i < COUNT(topics); i++)
		if (!strcmp(topics[i].name, name))
			return topics[i].explain(out, err);
	return explain_subcommand(out, name, err);
}

int cmd_help(const struct args *args)
{
	struct strbuf text = { 0 };
	struct error err;
	bool ok = true;

	if (args->count)
		ok = explain(&text, args->words[0], &err);
	else
		explain_all(&text);
	fputs(strbuf_str(&text), stdout);
	strbuf_release(&text);
	return ok ? EXIT_DONE : cli_fail(&err);
}
