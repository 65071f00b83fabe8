#ifndef BLENDER_JOB_H
#define BLENDER_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/json.h"
#include "blender/blender.h"
#include "blender/capture.h"

/* Jobs as the worker in Blender reads them, and its answers as structs. Pure translation. */

bool job_needs_scene(enum blender_job_type type);
bool job_has_files(enum blender_job_type type); /* its answer may name some */
int job_soft_ms(const struct blender_job *job, int script_ms); /* what the worker is told */
int job_grace_ms(enum blender_job_type type); /* how much longer until it is killed */

/* Without id and token, which job_seal() adds when its turn has come. */
struct json *job_request(const struct blender_job *job, int soft_ms);
void job_seal(struct strbuf *frame, const struct json *request, int64_t id, const char *token);

/* *out owns all it points to; files are still where the worker put them. */
bool job_read(struct blender_result *out, enum blender_job_type type, const struct json *reply,
              struct error *err);
void job_add_printed(struct blender_run *run, const struct capture *printed);
void job_release(struct blender_result *result);

/* A picture that was drawn; released with picture_release(). */
bool job_read_picture(struct blender_picture *out, const struct json *event, struct error *err);
void job_release_picture(struct blender_picture *picture);

/* What the worker says first: all but the program and the sandbox, which it cannot know. */
bool job_read_hello(struct blender_info *out, const struct json *hello, struct error *err);
void job_copy_info(struct blender_info *to, const struct blender_info *from);
void job_release_info(struct blender_info *info);

/* A result that says only that the job failed. */
void job_fault(struct blender_result *out, enum blender_job_type type, enum blender_fault_kind kind,
               const char *fault_type_name, const char *message);

#endif
