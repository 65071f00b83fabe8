#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/record.h"
#include "base/strbuf.h"

/*
 * What was written after `ll3m`: one subcommand, its words and its flags. All of them are rows, and
 * this reader, every --help and the check of the manual page walk the same ones.
 */
enum {
	MOST_WORDS = 64,
};

/* Which subcommands a flag is for. */
enum flag_group {
	FOR_ALL = 1 << 0,
	FOR_NEW = 1 << 1,     /* that begin something */
	FOR_WORK = 1 << 2,    /* that let the agents work */
	FOR_MODELS = 1 << 3,  /* that ask models */
	FOR_BLENDER = 1 << 4, /* that need Blender */
	FOR_DEMO = 1 << 5,
	FOR_CONFIG = 1 << 6, /* that have settings at all */
	FOR_JSON = 1 << 7,   /* that have something to say to a program */
	FOR_DOCS = 1 << 8,   /* that look things up in Blender's API */
	FOR_SCREEN = 1 << 9, /* that draw on a terminal, if they have one */
};

/* "--budget 2" is the setting team.budget_usd, said later than any file. */
struct flag_setting {
	const char *where, *key, *value;
};

struct flags {
	bool help, json, list, plain, review, step, verbose, yes;
	double speed;          /* 0: as fast as it goes */
	double limit, context; /* 0: what is usual */
	const char *api, *code, *commands, *config, *endpoint, *index, *log;
	text_list images, models, then;
	LIST_OF(struct flag_setting) settings;
};

enum flag_type {
	FLAG_YES,     /* bool */
	FLAG_TEXT,    /* const char * */
	FLAG_TEXTS,   /* text_list: may be repeated */
	FLAG_NUMBER,  /* double, not negative */
	FLAG_SETTING, /* adds to flags.settings */
};

struct flag {
	const char *name;
	char letter;     /* 0: it has none */
	const char *arg; /* what its value is called in help; NULL: it takes none */
	enum flag_type type;
	size_t offset;             /* in struct flags */
	const char *setting, *set; /* its key, and its value if the flag takes none */
	unsigned groups;
	const char *help;
};

extern const struct flag flags_all[]; /* ends with a NULL name */

struct subcommand;

/* Everything in it is borrowed from argv and the tables, but for the lists. */
struct args {
	const struct subcommand *of;
	const char *words[MOST_WORDS];
	size_t count;
	struct flags flags;
};

struct subcommand {
	const char *name;
	const char *words; /* "NAME [PART]": how many it takes is read off this */
	unsigned groups;
	int (*run)(const struct args *args); /* gives what the program exits with */
	const char *help;
	const char *more; /* what --help adds; NULL: nothing */
};

bool flag_is_for(const struct flag *f, const struct subcommand *c);

/* argv[0] is the subcommand's name. With --help in it, words may be missing. */
bool args_read(struct args *out, const struct subcommand *c, int argc, char **argv,
               struct error *err);
void args_release(struct args *args);

/* The row of that name, or NULL with a failure that names the nearest. */
const struct subcommand *subcommand_find(const struct subcommand *table, const char *name,
                                         struct error *err);

/* "usage: ll3m run [NAME] PROMPT", then what it does and its flags. */
void args_help(struct strbuf *out, const struct subcommand *c);

#endif
