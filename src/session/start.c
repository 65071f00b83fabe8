#include "session/start.h"

#include "base/file.h"
#include "base/path.h"

bool start_blender(struct blender **out, struct loop *loop, const struct blender_settings *settings,
                   struct error *err)
{
	struct strbuf worker = { 0 }, cache = { 0 };
	bool ok = path_shared(&worker, "src/blender/worker", err) &&
	          path_home(&cache, PATH_CACHE, err) &&
	          file_make_dir(strbuf_str(&cache), 0700, err);
	struct blender_options options = {
		.program = settings->program,
		.worker_dir = strbuf_str(&worker),
		.cache_dir = strbuf_str(&cache),
		.sandbox = settings->sandbox,
		.memory_mb = (int)settings->memory_mb,
		.soft_s = (int)settings->soft_s,
		.hard_s = (int)settings->hard_s,
	};

	ok = ok && blender_open(out, loop, &options, err);
	strbuf_release(&worker);
	strbuf_release(&cache);
	return ok;
}
