#include "cli/args.h"

#include <ctype.h>
#include <getopt.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum {
	FIRST_FLAG = 256, /* what getopt calls a row: above all letters */
	MOST_FLAGS = 32,
	HELP_COLS = 28,
};

/* What getopt_long() wants to know. */
struct spelling {
	struct option longs[MOST_FLAGS + 1];
	char letters[2 * MOST_FLAGS + 2];
	const char *names[MOST_FLAGS];
	size_t count;
};

static void spell(struct spelling *out, const struct subcommand *c)
{
	char *letter = out->letters;

	memset(out, 0, sizeof(*out));
	*letter++ = ':'; /* tell a missing value from an unknown flag */
	for (const struct flag *f = flags_all; f->name; f++) {
		if (!flag_is_for(f, c))
			continue;
		out->longs[out->count] =
			(struct option){ .name = f->name,
			                 .has_arg = f->arg ? required_argument : no_argument,
			                 .val = FIRST_FLAG + (int)(f - flags_all) };
		out->names[out->count++] = f->name;
		if (f->letter)
			*letter++ = f->letter;
		if (f->letter && f->arg)
			*letter++ = ':';
	}
}

static const struct flag *flag_called(int what)
{
	if (what >= FIRST_FLAG)
		return &flags_all[what - FIRST_FLAG];
	for (const struct flag *f = flags_all; f->name; f++)
		if (what && f->letter == what)
			return f;
	return NULL;
}

/* A word as long as a name may be, for asking which name is near. */
static void first_word(char out[40], const char *s, const char *ends)
{
	size_t len = strcspn(s, ends);

	len = len < 39 ? len : 39;
	memcpy(out, s, len);
	out[len] = '\0';
}

static bool unknown_flag(const struct subcommand *c, const struct spelling *known,
                         const char *written, struct error *err)
{
	char word[40];
	const char *near;

	first_word(word, written + strspn(written, "-"), "=");
	near = text_nearest(word, known->names, known->count);
	if (near)
		return failed(err, ERR_USAGE, "%s: unknown option --%s; did you mean --%s?",
		              c->name, word, near);
	return failed(err, ERR_USAGE, "%s: unknown option %s%s; `ll3m %s --help` lists them",
	              c->name, strncmp(written, "--", 2) ? "" : "--", word, c->name);
}

static bool misused(const struct subcommand *c, const struct spelling *known, int what, char **argv,
                    struct error *err)
{
	const struct flag *f = flag_called(optopt);
	char letter[3] = { '-', (char)optopt, '\0' };

	if (what == ':' && f)
		return failed(err, ERR_USAGE, "%s: --%s needs a value: --%s %s", c->name, f->name,
		              f->name, f->arg);
	if (optopt >= FIRST_FLAG && f)
		return failed(err, ERR_USAGE, "%s: --%s takes no value", c->name, f->name);
	if (optopt && isprint(optopt))
		return failed(err, ERR_USAGE, "%s: unknown option %s; `ll3m %s --help` lists them",
		              c->name, letter, c->name);
	return unknown_flag(c, known, argv[optind - 1], err);
}

static bool take_number(double *out, const struct flag *f, const char *value, struct error *err)
{
	char *end;

	*out = strtod(value, &end);
	if (end == value || *end || !isfinite(*out) || *out < 0)
		return failed(err, ERR_USAGE, "--%s: \"%.40s\" is not a number", f->name, value);
	return true;
}

static void add_setting(struct flags *flags, const struct flag *f, const char *value)
{
	static const char dashes[] = "--";
	size_t size = sizeof(dashes) + strlen(f->name);
	char *where = xcalloc(1, size);

	memcpy(where, dashes, sizeof(dashes));
	strncat(where, f->name, size - sizeof(dashes));
	flags->settings.items = xrealloc(flags->settings.items,
	                                 (flags->settings.count + 1) * sizeof(struct flag_setting));
	flags->settings.items[flags->settings.count++] =
		(struct flag_setting){ where, f->setting, f->set ? f->set : value };
}

static bool take_flag(struct flags *flags, const struct flag *f, const char *value,
                      struct error *err)
{
	void *place = (char *)flags + f->offset;
	text_list *list = place;

	switch (f->type) {
	case FLAG_YES:
		*(bool *)place = true;
		break;
	case FLAG_TEXT:
		*(const char **)place = value;
		break;
	case FLAG_TEXTS:
		list->items = xrealloc(list->items, (list->count + 1) * sizeof(*list->items));
		list->items[list->count++] = value;
		break;
	case FLAG_NUMBER:
		return take_number(place, f, value, err);
	case FLAG_SETTING:
		add_setting(flags, f, value);
		break;
	}
	return true;
}

static bool read_flags(struct args *out, int argc, char **argv, struct error *err)
{
	struct spelling known;
	int what;

	spell(&known, out->of);
#ifdef __GLIBC__
	optind = 0; /* begin anew, also in a second call */
#else
	optreset = optind = 1;
#endif
	opterr = 0;
	while ((what = getopt_long(argc, argv, known.letters, known.longs, NULL)) != -1) {
		if (what == '?' || what == ':')
			return misused(out->of, &known, what, argv, err);
		if (!take_flag(&out->flags, flag_called(what), optarg, err))
			return false;
	}
	return true;
}

/* "NAME [PART]": one at least, two at most; after "PART..." as many as there is room for. */
static void count_words(size_t *least, size_t *most, const char *words)
{
	*least = *most = 0;
	for (const char *at = words; *at; at += strspn(at, " ")) {
		*least += *at != '[';
		*most += 1;
		at += strcspn(at, " ");
		if (at - words >= 4 && strncmp(at - 4, "...]", 4) == 0)
			*most = MOST_WORDS;
	}
}

static bool read_words(struct args *out, int argc, char **argv, struct error *err)
{
	const struct subcommand *c = out->of;
	size_t least, most, given = (size_t)(argc - optind);

	count_words(&least, &most, c->words);
	if (given > most)
		return failed(err, ERR_USAGE,
		              "%s: \"%.40s\" is one word too many; usage: ll3m %s%s%s", c->name,
		              argv[optind + (int)most], c->name, *c->words ? " " : "", c->words);
	if (given < least && !out->flags.help && !out->flags.list)
		return failed(err, ERR_USAGE, "%s: something is missing; usage: ll3m %s %s",
		              c->name, c->name, c->words);
	for (size_t i = 0; i < given; i++)
		out->words[out->count++] = argv[optind + (int)i];
	return true;
}

bool args_read(struct args *out, const struct subcommand *c, int argc, char **argv,
               struct error *err)
{
	*out = (struct args){ .of = c };
	if (read_flags(out, argc, argv, err) && read_words(out, argc, argv, err))
		return true;
	args_release(out);
	return false;
}

void args_release(struct args *args)
{
	struct flags *f = &args->flags;

	for (size_t i = 0; i < f->settings.count; i++)
		free((char *)(uintptr_t)f->settings.items[i].where);
	free(f->settings.items);
	free(f->images.items);
	free(f->models.items);
	free(f->then.items);
	*args = (struct args){ 0 };
}

const struct subcommand *subcommand_find(const struct subcommand *table, const char *name,
                                         struct error *err)
{
	const char *names[MOST_FLAGS];
	char word[40];
	const char *near;
	size_t count = 0;

	for (const struct subcommand *c = table; c->name; c++) {
		if (!strcmp(c->name, name))
			return c;
		if (count < MOST_FLAGS)
			names[count++] = c->name;
	}
	first_word(word, name, "");
	near = text_nearest(word, names, count);
	if (near)
		failed(err, ERR_USAGE, "there is no subcommand \"%s\"; did you mean \"%s\"?", word,
		       near);
	else
		failed(err, ERR_USAGE, "there is no subcommand \"%s\"; `ll3m help` lists them",
		       word);
	return NULL;
}

static void flag_help(struct strbuf *out, const struct flag *f)
{
	size_t start = out->len, used;

	strbuf_addf(out, "  --%s%s%s", f->name, f->arg ? " " : "", f->arg ? f->arg : "");
	if (f->letter)
		strbuf_addf(out, ", -%c", f->letter);
	used = out->len - start;
	if (used >= HELP_COLS)
		strbuf_addf(out, "\n%*s", HELP_COLS, "");
	else
		strbuf_addf(out, "%*s", (int)(HELP_COLS - used), "");
	strbuf_addf(out, "%s\n", f->help);
}

void args_help(struct strbuf *out, const struct subcommand *c)
{
	strbuf_addf(out, "usage: ll3m %s%s%s [OPTION ...]\n\n%s.\n", c->name, *c->words ? " " : "",
	            c->words, c->help);
	if (c->more)
		strbuf_addf(out, "%s\n", c->more);
	strbuf_addstr(out, "\n");
	for (const struct flag *f = flags_all; f->name; f++)
		if (flag_is_for(f, c))
			flag_help(out, f);
}
