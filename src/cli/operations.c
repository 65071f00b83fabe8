#include "cli/operations.h"

#include "cli/cli.h"
#include "cli/workshop.h"

static bool take_operations(void *ctx, const struct blender_result *result, struct error *err)
{
	if (!result->params.operations)
		return failed(err, ERR_WORKER, "Blender cannot read the script");
	strbuf_addstr(ctx, result->params.operations);
	return true;
}

static bool ask_blender(struct strbuf *out, const struct blender_settings *settings,
                        const char *script, struct error *err)
{
	struct blender_job job = { .type = BLENDER_PARAMS, .script = script };
	struct workshop workshop;
	bool ok;

	if (!workshop_open(&workshop, settings, err))
		return false;
	ok = workshop_do(&workshop, &job, take_operations, out, err);
	workshop_close(&workshop);
	return ok;
}

bool operations_count(struct strbuf *out, const struct args *args, const struct state *now,
                      const struct blobs *blobs, struct error *err)
{
	struct settings settings;
	struct strbuf script = { 0 };
	bool ok;

	if (!now->accepted.id)
		return failed(err, ERR_USAGE, "there is no script yet");
	if (!cli_settings(&settings, args, err))
		return false;
	ok = blob_get(&script, blobs, now->accepted.blob, err) &&
	     ask_blender(out, &settings.blender, strbuf_str(&script), err);
	strbuf_release(&script);
	settings_release(&settings);
	return ok;
}
