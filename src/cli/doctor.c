#include "cli/doctor.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/cli.h"

const char *const health_names[] = { "fine", "note", "weak", "ill", NULL };

static const struct field finding_fields[] = {
	{ "subject", FIELD_TEXT, offsetof(struct finding, subject) },
	{ "health", FIELD_CHOICE, offsetof(struct finding, health), .choices = health_names },
	{ "text", FIELD_TEXT, offsetof(struct finding, text) },
	{ "cure", FIELD_TEXT, offsetof(struct finding, cure), .optional = true },
	{ 0 },
};
const struct record_type finding_type = { "finding", sizeof(struct finding), finding_fields };

struct check {
	struct doctor *doctor;
	const struct check_type *type;
	void *state;
	bool is_over;
	LIST_OF(struct finding) findings;
};

/* As they are printed. */
static const struct check_type *const check_types[] = {
	&check_program, &check_config,    &check_blender, &check_sandbox,
	&check_models,  &check_documents, &check_disk,    &check_terminal,
};

struct doctor {
	struct loop *loop;
	struct doctor_options options;
	struct check checks[COUNT(check_types)];
};

struct loop *check_loop(const struct check *check)
{
	return check->doctor->loop;
}

const struct settings *check_settings(const struct check *check)
{
	return check->doctor->options.settings;
}

bool check_is_quiet(const struct check *check)
{
	return check->doctor->options.is_quiet;
}

static void say_changed(const struct doctor *d)
{
	if (d->options.changed)
		d->options.changed(d->options.ctx);
}

void check_find(struct check *check, enum health health, const char *text, const char *cure)
{
	struct finding finding = { check->type->subject, health, text,
		                   cure && *cure ? cure : NULL };
	size_t count = check->findings.count;

	check->findings.items =
		xrealloc(check->findings.items, (count + 1) * sizeof(struct finding));
	record_copy(&check->findings.items[count], &finding_type, &finding);
	check->findings.count++;
	say_changed(check->doctor);
}

void check_over(struct check *check)
{
	check->is_over = true;
	say_changed(check->doctor);
}

bool doctor_is_over(const struct doctor *d)
{
	for (size_t i = 0; i < COUNT(check_types); i++)
		if (!d->checks[i].is_over)
			return false;
	return true;
}

const struct finding *doctor_finding(const struct doctor *d, size_t number)
{
	for (size_t i = 0; i < COUNT(check_types); i++) {
		if (number < d->checks[i].findings.count)
			return &d->checks[i].findings.items[number];
		number -= d->checks[i].findings.count;
	}
	return NULL;
}

struct doctor *doctor_begin(struct loop *loop, const struct doctor_options *options)
{
	struct doctor *d = NEW(struct doctor);

	d->loop = loop;
	d->options = *options;
	for (size_t i = 0; i < COUNT(check_types); i++) {
		struct check *check = &d->checks[i];

		check->doctor = d;
		check->type = check_types[i];
	}
	for (size_t i = 0; i < COUNT(check_types); i++)
		check_types[i]->begin(&d->checks[i], &d->checks[i].state);
	return d;
}

void doctor_free(struct doctor *d)
{
	if (!d)
		return;
	d->options.changed = NULL;
	for (size_t i = 0; i < COUNT(check_types); i++) {
		struct check *check = &d->checks[i];

		if (check->type->release)
			check->type->release(check->state);
		for (size_t k = 0; k < check->findings.count; k++)
			record_release(&finding_type, &check->findings.items[k]);
		free(check->findings.items);
	}
	free(d);
}

static void print_json(const struct finding *f)
{
	struct strbuf line = { 0 };

	record_write(&line, &finding_type, f);
	puts(strbuf_str(&line));
	strbuf_release(&line);
}

static void print_line(const struct finding *f)
{
	static const char *const marks[] = { "ok", "-", "!", "!!" };
	struct strbuf text = { 0 };

	text_clean(&text, f->text, strlen(f->text), TEXT_ONE_LINE);
	printf("%-2s %-9s %s\n", marks[f->health], f->subject, strbuf_str(&text));
	strbuf_reset(&text);
	if (f->cure)
		text_clean(&text, f->cure, strlen(f->cure), TEXT_ONE_LINE);
	if (f->cure)
		printf("%13s-> %s\n", "", strbuf_str(&text));
	strbuf_release(&text);
}

/* Gives what to exit with: no Blender is worse than all the rest. */
static int print_all(const struct doctor *d, bool as_json)
{
	const struct finding *f;
	int code = EXIT_DONE;

	for (size_t i = 0; (f = doctor_finding(d, i)); i++) {
		if (as_json)
			print_json(f);
		else
			print_line(f);
		if (f->health == HEALTH_ILL && code != EXIT_NO_BLENDER)
			code = strcmp(f->subject, check_blender.subject) ? EXIT_FAILED
			                                                 : EXIT_NO_BLENDER;
	}
	return code;
}

int cmd_doctor(const struct args *args)
{
	struct loop *loop = loop_new();
	struct settings settings;
	struct error err;
	bool has_settings = cli_settings(&settings, args, &err);
	struct doctor_options options = { .settings = has_settings ? &settings : NULL };
	struct doctor *doctor;
	int code;

	if (!has_settings)
		cli_fail(&err);
	doctor = doctor_begin(loop, &options);
	while (!doctor_is_over(doctor) && loop_turn(loop, -1))
		;
	code = print_all(doctor, args->flags.json);
	doctor_free(doctor);
	if (has_settings)
		settings_release(&settings);
	loop_free(loop);
	return has_settings ? code : EXIT_USAGE;
}
