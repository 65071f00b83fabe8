#ifndef CLI_DOCTOR_H
#define CLI_DOCTOR_H

#include "base/loop.h"
#include "base/record.h"
#include "cli/args.h"
#include "session/session.h"

/*
 * What `ll3m doctor` finds: one line each, and how to cure it. Checks that take time are begun all
 * at once; the findings are printed in the order of the checks, whoever answers first.
 */
enum health {
	HEALTH_FINE,
	HEALTH_NOTE, /* good to know */
	HEALTH_WEAK, /* something will not work */
	HEALTH_ILL,  /* nothing will */
};

extern const char *const health_names[]; /* NULL-terminated */

struct finding {
	const char *subject; /* "Blender" */
	enum health health;
	const char *text;
	const char *cure; /* NULL: none is needed */
};

extern const struct record_type finding_type;

/*
 * All checks under way. A quiet one sends nothing over a network and asks nobody: what it cannot
 * know so, it says.
 */
struct doctor;

struct doctor_options {
	const struct settings *settings; /* borrowed; NULL: they have mistakes */
	bool is_quiet;
	void (*changed)(void *ctx); /* there is another finding, or all are over; may be NULL */
	void *ctx;
};

struct doctor *doctor_begin(struct loop *loop, const struct doctor_options *options);
void doctor_free(struct doctor *d); /* also before all checks are over */
bool doctor_is_over(const struct doctor *d);

/* In the order of the checks; NULL: there are not so many yet. */
const struct finding *doctor_finding(const struct doctor *d, size_t number);

/* Text and cure are copied; an empty cure is none. Only before check_over(). */
struct check;
void check_find(struct check *check, enum health health, const char *text, const char *cure);
void check_over(struct check *check);
struct loop *check_loop(const struct check *check);
const struct settings *check_settings(const struct check *check); /* NULL: they have mistakes */
bool check_is_quiet(const struct check *check);

/* Begins; finds now or later; ends by check_over(). What it leaves behind is `*state`. */
struct check_type {
	const char *subject;
	void (*begin)(struct check *check, void **state);
	void (*release)(void *state); /* NULL: nothing to release */
};

extern const struct check_type check_program, check_config, check_blender, check_sandbox,
	check_models, check_documents, check_disk, check_terminal;

#endif
