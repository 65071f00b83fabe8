#include "blender/job.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/frame.h"
#include "base/mem.h"

const char *const blender_fault_names[] = { "none",   "error",   "syntax", "timeout",
	                                    "exit",   "memory",  "crash",  "refused",
	                                    "failed", "nothing", NULL };

enum {
	REPORTS_MOST = 200,
	FINAL_FACTOR = 10, /* pictures for keeping take that much longer */
	OLDEST = 304,      /* Blender 3.4 */
};

static const struct field fault_fields[] = {
	{ "kind", FIELD_CHOICE, offsetof(struct blender_fault, kind),
	  .choices = blender_fault_names },
	{ "type", FIELD_TEXT, offsetof(struct blender_fault, type), .optional = true },
	{ "message", FIELD_TEXT, offsetof(struct blender_fault, message), .optional = true },
	{ "line", FIELD_INT, offsetof(struct blender_fault, line), .optional = true },
	{ "column", FIELD_INT, offsetof(struct blender_fault, column), .optional = true },
	{ "source", FIELD_TEXT, offsetof(struct blender_fault, source), .optional = true },
	{ "function", FIELD_TEXT, offsetof(struct blender_fault, function), .optional = true },
	{ "traceback", FIELD_TEXT, offsetof(struct blender_fault, traceback), .optional = true },
	{ 0 },
};

static const struct record_type fault_type = { "error", sizeof(struct blender_fault),
	                                       fault_fields };

static const struct field part_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct blender_part, name) },
	{ "type", FIELD_TEXT, offsetof(struct blender_part, type) },
	{ "parent", FIELD_TEXT, offsetof(struct blender_part, parent), .optional = true },
	{ "faces", FIELD_INT, offsetof(struct blender_part, faces) },
	{ "materials", FIELD_TEXTS, offsetof(struct blender_part, materials) },
	{ "line", FIELD_INT, offsetof(struct blender_part, line), .optional = true },
	{ "end_line", FIELD_INT, offsetof(struct blender_part, end_line), .optional = true },
	{ 0 },
};

static const struct record_type part_type = { "part", sizeof(struct blender_part), part_fields };

static const struct field note_fields[] = {
	{ "text", FIELD_TEXT, offsetof(struct blender_note, text) },
	{ "line", FIELD_INT, offsetof(struct blender_note, line), .optional = true },
	{ 0 },
};

static const struct record_type note_type = { "warning", sizeof(struct blender_note), note_fields };

/* A script that failed may have built something all the same, or the reply may say no more. */
static const struct field run_fields[] = {
	{ "parts", FIELD_LIST, offsetof(struct blender_run, parts), .optional = true,
	  .of = &part_type },
	{ "warnings", FIELD_LIST, offsetof(struct blender_run, warnings), .optional = true,
	  .of = &note_type },
	{ "objects", FIELD_INT, offsetof(struct blender_run, objects), .optional = true },
	{ "faces", FIELD_INT, offsetof(struct blender_run, faces), .optional = true },
	{ "nothing", FIELD_BOOL, offsetof(struct blender_run, nothing), .optional = true },
	{ "nothing_why", FIELD_TEXT, offsetof(struct blender_run, nothing_why), .optional = true },
	{ 0 },
};

static const struct record_type run_type = { "run", sizeof(struct blender_run), run_fields };

static const struct field picture_fields[] = {
	{ "view", FIELD_TEXT, offsetof(struct blender_picture, view) },
	{ "path", FIELD_TEXT, offsetof(struct blender_picture, path) },
	{ "width", FIELD_INT, offsetof(struct blender_picture, width_px) },
	{ "height", FIELD_INT, offsetof(struct blender_picture, height_px) },
	{ "ms", FIELD_INT, offsetof(struct blender_picture, ms) },
	{ 0 },
};

static const struct record_type picture_type = { "view", sizeof(struct blender_picture),
	                                         picture_fields };

static const struct field views_fields[] = {
	{ "engine", FIELD_TEXT, offsetof(struct blender_views, engine), .optional = true },
	{ "light", FIELD_TEXT, offsetof(struct blender_views, light), .optional = true },
	{ "views", FIELD_LIST, offsetof(struct blender_views, pictures), .optional = true,
	  .of = &picture_type },
	{ "skipped", FIELD_TEXTS, offsetof(struct blender_views, skipped), .optional = true },
	{ 0 },
};

static const struct record_type views_type = { "views", sizeof(struct blender_views),
	                                       views_fields };

static const struct field problem_fields[] = {
	{ "part", FIELD_TEXT, offsetof(struct blender_problem, part), .optional = true },
	{ "kind", FIELD_TEXT, offsetof(struct blender_problem, kind) },
	{ "text", FIELD_TEXT, offsetof(struct blender_problem, text) },
	{ "severity", FIELD_TEXT, offsetof(struct blender_problem, severity) },
	{ 0 },
};

static const struct record_type problem_type = { "problem", sizeof(struct blender_problem),
	                                         problem_fields };

static const struct field object_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct blender_object, name) },
	{ "type", FIELD_TEXT, offsetof(struct blender_object, type) },
	{ "parent", FIELD_TEXT, offsetof(struct blender_object, parent), .optional = true },
	{ "faces", FIELD_INT, offsetof(struct blender_object, faces) },
	{ "vertices", FIELD_INT, offsetof(struct blender_object, vertices) },
	{ 0 },
};

static const struct record_type object_type = { "object", sizeof(struct blender_object),
	                                        object_fields };

static const struct field facts_fields[] = {
	{ "objects", FIELD_LIST, offsetof(struct blender_facts, objects), .optional = true,
	  .of = &object_type },
	{ "problems", FIELD_LIST, offsetof(struct blender_facts, problems), .optional = true,
	  .of = &problem_type },
	{ "faces", FIELD_INT, offsetof(struct blender_facts, faces), .optional = true },
	{ "vertices", FIELD_INT, offsetof(struct blender_facts, vertices), .optional = true },
	{ "skipped", FIELD_TEXTS, offsetof(struct blender_facts, skipped), .optional = true },
	{ 0 },
};

static const struct record_type facts_type = { "facts", sizeof(struct blender_facts),
	                                       facts_fields };

static const struct field param_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct blender_param, name) },
	{ "kind", FIELD_TEXT, offsetof(struct blender_param, kind) },
	{ "text", FIELD_TEXT, offsetof(struct blender_param, text) },
	{ "value", FIELD_JSON, offsetof(struct blender_param, value) },
	{ "line", FIELD_INT, offsetof(struct blender_param, line) },
	{ "column", FIELD_INT, offsetof(struct blender_param, column) },
	{ "end_line", FIELD_INT, offsetof(struct blender_param, end_line) },
	{ "end_column", FIELD_INT, offsetof(struct blender_param, end_column) },
	{ "unit", FIELD_TEXT, offsetof(struct blender_param, unit), .optional = true },
	{ "min", FIELD_REAL, offsetof(struct blender_param, min), .optional = true },
	{ "max", FIELD_REAL, offsetof(struct blender_param, max), .optional = true },
	{ "choices", FIELD_TEXTS, offsetof(struct blender_param, choices), .optional = true },
	{ "comment", FIELD_TEXT, offsetof(struct blender_param, comment), .optional = true },
	{ 0 },
};

static const struct record_type param_type = { "param", sizeof(struct blender_param),
	                                       param_fields };

static const struct field function_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct blender_function, name) },
	{ "line", FIELD_INT, offsetof(struct blender_function, line) },
	{ "end_line", FIELD_INT, offsetof(struct blender_function, end_line) },
	{ "doc", FIELD_TEXT, offsetof(struct blender_function, doc), .optional = true },
	{ 0 },
};

static const struct record_type function_type = { "function", sizeof(struct blender_function),
	                                          function_fields };

static const struct field params_fields[] = {
	{ "params", FIELD_LIST, offsetof(struct blender_params, params), .optional = true,
	  .of = &param_type },
	{ "functions", FIELD_LIST, offsetof(struct blender_params, functions), .optional = true,
	  .of = &function_type },
	{ "operations", FIELD_JSON, offsetof(struct blender_params, operations), .optional = true },
	{ 0 },
};

static const struct record_type params_type = { "params", sizeof(struct blender_params),
	                                        params_fields };

static const struct field names_fields[] = {
	{ "tree", FIELD_JSON, offsetof(struct blender_names, tree), .optional = true },
	{ 0 },
};

static const struct record_type names_type = { "names", sizeof(struct blender_names),
	                                       names_fields };

static const struct field file_fields[] = {
	{ "path", FIELD_TEXT, offsetof(struct blender_file, path), .optional = true },
	{ "bytes", FIELD_INT, offsetof(struct blender_file, bytes), .optional = true },
	{ "files", FIELD_TEXTS, offsetof(struct blender_file, beside), .optional = true },
	{ "warnings", FIELD_TEXTS, offsetof(struct blender_file, warnings), .optional = true },
	{ 0 },
};

static const struct record_type file_type = { "file", sizeof(struct blender_file), file_fields };

static const struct field lack_fields[] = {
	{ "format", FIELD_TEXT, offsetof(struct blender_lack, format) },
	{ "needs", FIELD_TEXT, offsetof(struct blender_lack, needs) },
	{ 0 },
};

static const struct record_type lack_type = { "missing", sizeof(struct blender_lack), lack_fields };

static const struct field info_fields[] = {
	{ "version", FIELD_TEXT, offsetof(struct blender_info, version) },
	{ "python", FIELD_TEXT, offsetof(struct blender_info, python) },
	{ "engines", FIELD_TEXTS, offsetof(struct blender_info, engines) },
	{ "formats", FIELD_TEXTS, offsetof(struct blender_info, formats) },
	{ "missing", FIELD_LIST, offsetof(struct blender_info, missing), .of = &lack_type },
	{ "denoise", FIELD_BOOL, offsetof(struct blender_info, denoise) },
	{ 0 },
};

static const struct record_type info_type = { "hello", sizeof(struct blender_info), info_fields };

/* What each type is called there, how long it may take, and where its answer goes. */
static const struct job_type {
	const char *op;
	bool needs_scene;
	int soft_ms, grace_ms;
	size_t place; /* in struct blender_result */
	const struct record_type *answer;
} job_types[BLENDER_JOB_TYPES] = {
	[BLENDER_RUN] = { "run", false, 20000, 10000, offsetof(struct blender_result, run),
	                  &run_type },
	[BLENDER_CHECK] = { "check", false, 5000, 5000, 0, NULL },
	[BLENDER_PARAMS] = { "params", false, 5000, 5000, offsetof(struct blender_result, params),
	                     &params_type },
	[BLENDER_NAMES] = { "names", false, 5000, 5000, offsetof(struct blender_result, names),
	                    &names_type },
	[BLENDER_VIEWS] = { "views", true, 60000, 30000, offsetof(struct blender_result, views),
	                    &views_type },
	[BLENDER_FACTS] = { "facts", true, 20000, 20000, offsetof(struct blender_result, facts),
	                    &facts_type },
	[BLENDER_TREE] = { "tree", true, 10000, 10000, 0, NULL },
	[BLENDER_SAVE] = { "save", true, 60000, 10000, offsetof(struct blender_result, file),
	                   &file_type },
	[BLENDER_EXPORT] = { "export", true, 60000, 10000, offsetof(struct blender_result, file),
	                     &file_type },
	[BLENDER_API] = { "api", false, 60000, 30000, offsetof(struct blender_result, file),
	                  &file_type },
};

bool job_needs_scene(enum blender_job_type type)
{
	return job_types[type].needs_scene;
}

bool job_has_files(enum blender_job_type type)
{
	return job_types[type].answer == &file_type || job_types[type].answer == &views_type;
}

int job_soft_ms(const struct blender_job *job, int script_ms)
{
	if (job->limit_ms > 0)
		return job->limit_ms;
	if (job->type == BLENDER_RUN)
		return script_ms;
	if (job->type == BLENDER_VIEWS && job->quality && strcmp(job->quality, "final") == 0)
		return FINAL_FACTOR * job_types[job->type].soft_ms;
	return job_types[job->type].soft_ms;
}

int job_grace_ms(enum blender_job_type type)
{
	return job_types[type].grace_ms;
}

static void put_given(struct json *request, const char *key, const char *text)
{
	if (text)
		json_put_text(request, key, text);
}

static void put_views(struct json *request, const struct blender_job *job)
{
	struct json *names = json_array();

	for (size_t i = 0; job->views && job->views[i]; i++)
		json_push_text(names, job->views[i]);
	if (job->views && job->views[0])
		json_put(request, "views", names);
	else
		json_free(names);
	put_given(request, "quality", job->quality);
	put_given(request, "light", job->light);
	if (job->size_px > 0)
		json_put_int(request, "size_px", job->size_px);
}

struct json *job_request(const struct blender_job *job, int soft_ms)
{
	struct json *request = json_object();

	json_put_text(request, "op", job_types[job->type].op);
	json_put_int(request, "limit_ms", soft_ms);
	switch (job->type) {
	case BLENDER_RUN:
	case BLENDER_CHECK:
	case BLENDER_PARAMS:
	case BLENDER_NAMES:
		json_put_text(request, "script", job->script ? job->script : "");
		put_given(request, "name", job->name);
		break;
	case BLENDER_VIEWS:
		put_views(request, job);
		break;
	case BLENDER_FACTS:
		json_put_int(request, "level", job->level);
		json_put_int(request, "budget_ms", soft_ms);
		break;
	case BLENDER_EXPORT:
		put_given(request, "format", job->format);
		break;
	default:
		break;
	}
	return request;
}

void job_seal(struct strbuf *frame, const struct json *request, int64_t id, const char *token)
{
	struct json *sealed = json_copy(request);
	struct strbuf text = { 0 };

	json_put_int(sealed, "id", id);
	json_put_text(sealed, "token", token);
	json_write(&text, sealed);
	frame_add(frame, strbuf_str(&text), text.len);
	strbuf_release(&text);
	json_free(sealed);
}

/* A failure always has a kind and a sentence, whatever the worker said. */
static bool read_fault(struct blender_fault *out, const struct json_at *reply, struct error *err)
{
	struct json_at ok = json_key(reply, "ok"), fault = json_key(reply, "error");
	bool went_well;

	if (!json_bool(&went_well, &ok, err))
		return false;
	if (went_well)
		return true;
	if (json_is_given(&fault) && !record_read(out, &fault_type, &fault, err))
		return false;
	if (out->kind == BLENDER_FINE)
		out->kind = BLENDER_FAILED;
	if (!out->message)
		out->message = xstrdup("Blender did not say why");
	return true;
}

static bool read_size(struct blender_facts *facts, const struct json_at *reply, struct error *err)
{
	struct json_at size = json_key(reply, "size");

	for (size_t i = 0; json_is_given(&size) && i < COUNT(facts->size_m); i++) {
		struct json_at side = json_item(&size, i);

		if (!json_real(&facts->size_m[i], &side, err))
			return false;
	}
	return true;
}

static void note_ranges(struct blender_params *params, const struct json_at *reply)
{
	struct json_at list = json_key(reply, "params");

	for (size_t i = 0; i < params->params.count; i++) {
		struct json_at param = json_item(&list, i);
		struct json_at min = json_key(&param, "min"), max = json_key(&param, "max");

		params->params.items[i].has_range = json_is_given(&min) && json_is_given(&max);
	}
}

static bool read_answer(struct blender_result *out, const struct json_at *reply, struct error *err)
{
	const struct job_type *type = &job_types[out->type];
	struct json_at ms = json_key(reply, "ms");

	if (json_is_given(&ms) && !json_int(&out->ms, &ms, err))
		return false;
	if (type->answer && !record_read((char *)out + type->place, type->answer, reply, err))
		return false;
	if (out->type == BLENDER_PARAMS)
		note_ranges(&out->params, reply);
	if (type->answer == &file_type && out->fault.kind == BLENDER_FINE && !out->file.path)
		return json_failed(reply, err, "a file was written but not where");
	return out->type != BLENDER_FACTS || read_size(&out->facts, reply, err);
}

bool job_read(struct blender_result *out, enum blender_job_type type, const struct json *reply,
              struct error *err)
{
	struct json_at root = json_root(reply, "reply");
	struct strbuf text = { 0 };

	*out = (struct blender_result){ .type = type };
	if (!read_fault(&out->fault, &root, err) || !read_answer(out, &root, err)) {
		job_release(out);
		return false;
	}
	json_write(&text, reply);
	out->json = strbuf_detach(&text);
	return true;
}

static bool starts(const char *line, size_t len, const char *word)
{
	return len > strlen(word) && strncmp(line, word, strlen(word)) == 0;
}

static char *copy_line(const char *line, size_t len)
{
	struct strbuf copy = { 0 };

	strbuf_add(&copy, line, len);
	return strbuf_detach(&copy);
}

static void add_report(struct blender_run *run, const char *line, size_t len)
{
	static const char *const words[] = { "Info: ", "Warning: ", "Error: " };

	for (size_t i = 0; i < COUNT(words) && run->reports.count < REPORTS_MOST; i++) {
		struct blender_report *report;

		if (!starts(line, len, words[i]))
			continue;
		run->reports.items =
			xrealloc(run->reports.items, (run->reports.count + 1) * sizeof(*report));
		report = &run->reports.items[run->reports.count++];
		report->level = (enum blender_report_level)i;
		report->text = copy_line(line + strlen(words[i]), len - strlen(words[i]));
	}
}

void job_add_printed(struct blender_run *run, const struct capture *c)
{
	const char *line = strbuf_str(&c->printed);

	run->printed = xstrdup(line);
	run->printed_dropped = c->dropped;
	while (*line) {
		size_t len = strcspn(line, "\n");

		add_report(run, line, len);
		line += len + (line[len] == '\n');
	}
}

static void release_text(const char *text)
{
	free((char *)(uintptr_t)text);
}

void job_release(struct blender_result *result)
{
	record_release(&fault_type, &result->fault);
	for (size_t i = 0; i < result->run.reports.count; i++)
		release_text(result->run.reports.items[i].text);
	free(result->run.reports.items);
	release_text(result->run.printed);
	record_release(&run_type, &result->run);
	record_release(&views_type, &result->views);
	record_release(&facts_type, &result->facts);
	record_release(&params_type, &result->params);
	record_release(&names_type, &result->names);
	record_release(&file_type, &result->file);
	release_text(result->json);
	*result = (struct blender_result){ 0 };
}

bool job_read_picture(struct blender_picture *out, const struct json *event, struct error *err)
{
	struct json_at root = json_root(event, "view");

	return record_read(out, &picture_type, &root, err);
}

void job_release_picture(struct blender_picture *picture)
{
	record_release(&picture_type, picture);
}

static bool is_new_enough(const struct blender_info *info, const struct json_at *hello,
                          struct error *err)
{
	struct json_at version = json_key(hello, "blender");
	int64_t number[2];

	for (size_t i = 0; i < COUNT(number); i++) {
		struct json_at part = json_item(&version, i);

		if (!json_int(&number[i], &part, err))
			return false;
	}
	return number[0] * 100 + number[1] >= OLDEST ||
	       failed(err, ERR_CONFIG, "this is Blender %.40s, and 3.4 is the oldest that works",
	              info->version);
}

bool job_read_hello(struct blender_info *out, const struct json *hello, struct error *err)
{
	struct json_at root = json_root(hello, "hello");

	*out = (struct blender_info){ 0 };
	if (!record_read(out, &info_type, &root, err))
		return false;
	if (is_new_enough(out, &root, err))
		return true;
	job_release_info(out);
	return false;
}

void job_copy_info(struct blender_info *to, const struct blender_info *from)
{
	record_copy(to, &info_type, from);
}

void job_release_info(struct blender_info *info)
{
	record_release(&info_type, info);
}

void job_fault(struct blender_result *out, enum blender_job_type type, enum blender_fault_kind kind,
               const char *fault_type_name, const char *message)
{
	*out = (struct blender_result){ .type = type };
	out->fault.kind = kind;
	out->fault.type = xstrdup(fault_type_name);
	out->fault.message = xstrdup(message);
}
