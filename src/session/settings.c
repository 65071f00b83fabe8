#include "session/settings.h"

#include <stddef.h>
#include <unistd.h>

#include "base/options.h"
#include "base/path.h"

#define AT(member) offsetof(struct blender_settings, member)
static const struct field blender_fields[] = {
	{ "program", FIELD_TEXT, AT(program), .optional = true,
	  .help = "Blender 3.4 or later, or a Python that has bpy; if not given, it is looked for" },
	{ "sandbox", FIELD_CHOICE, AT(sandbox), .optional = true, .choices = sandbox_names,
	  .help = "What scripts may touch: bwrap and landlock keep them from your files and the "
	          "network, auto takes the stronger that works here, off keeps them from nothing" },
	{ "memory_mb", FIELD_INT, AT(memory_mb), .optional = true, .min = 1536, .max = 1 << 20,
	  .help = "How much memory a script may use" },
	{ "soft_s", FIELD_INT, AT(soft_s), .optional = true, .min = 1, .max = 86400,
	  .help = "Seconds until a script is interrupted" },
	{ "hard_s", FIELD_INT, AT(hard_s), .optional = true, .min = 2, .max = 86400,
	  .help = "Seconds until Blender is killed" },
	{ "view_px", FIELD_INT, AT(view_px), .optional = true, .max = 4096,
	  .help = "Width and height of the views; 0: 384 while it grows, 512 for judging" },
	{ 0 },
};
#undef AT
static const struct record_type blender_settings_type = {
	"blender",
	sizeof(struct blender_settings),
	blender_fields,
};

#define AT(member) offsetof(struct rag_settings, member)
static const struct field rag_fields[] = {
	{ "index", FIELD_TEXT, AT(index), .optional = true,
	  .help = "An index to look things up in, instead of that of the Blender at hand" },
	{ "api", FIELD_TEXT, AT(api), .optional = true,
	  .help = "What another Blender says of itself, to make the index from: for a Blender that "
	          "is elsewhere" },
	{ "tokens", FIELD_INT, AT(tokens), .optional = true, .min = 200, .max = 20000,
	  .help = "How much of a request one look-up may fill" },
	{ 0 },
};
#undef AT
static const struct record_type rag_settings_type = { "rag", sizeof(struct rag_settings),
	                                              rag_fields };

#define AT(member) offsetof(struct screen_settings, member)
static const struct field screen_fields[] = {
	{ "theme", FIELD_TEXT, AT(theme), .optional = true,
	  .help = "default (the terminal's own colors, or light where it says that it is), dark, "
	          "light, blue-orange, mono, or a file of that name in themes/ beside config.yaml" },
	{ "mouse", FIELD_BOOL, AT(mouse), .optional = true,
	  .help = "take clicks and the wheel; no leaves them to the terminal, which selects text" },
	{ 0 },
};
#undef AT
static const struct record_type screen_settings_type = { "screen", sizeof(struct screen_settings),
	                                                 screen_fields };

static const struct field settings_fields[] = {
	{ "team", FIELD_RECORD, offsetof(struct settings, team), .of = &team_settings_type,
	  .help = "How far the agents may go" },
	{ "llm", FIELD_RECORD, offsetof(struct settings, llm), .of = &llm_settings_type,
	  .help = "Who answers for them" },
	{ "blender", FIELD_RECORD, offsetof(struct settings, blender), .of = &blender_settings_type,
	  .help = "What runs their script" },
	{ "rag", FIELD_RECORD, offsetof(struct settings, rag), .of = &rag_settings_type,
	  .help = "What they look up in the documentation" },
	{ "screen", FIELD_RECORD, offsetof(struct settings, screen), .of = &screen_settings_type,
	  .help = "How it is shown on a terminal" },
	{ 0 },
};
const struct record_type settings_type = { "settings", sizeof(struct settings), settings_fields };

static bool read_shared(struct settings *out, const char *name, struct error *err)
{
	struct strbuf file = { 0 };
	bool ok = path_shared(&file, name, err) &&
	          options_read_file(out, &settings_type, strbuf_str(&file), err);

	strbuf_release(&file);
	return ok;
}

/* A file that may be missing. */
static bool read_optional(struct settings *out, const char *file, struct error *err)
{
	return access(file, F_OK) != 0 || options_read_file(out, &settings_type, file, err);
}

static bool read_users(struct settings *out, struct error *err)
{
	struct strbuf file = { 0 };
	bool ok = read_optional(out, "/etc/ll3m/config.yaml", err) &&
	          path_home(&file, PATH_CONFIG, err);

	path_add(&file, "config.yaml");
	ok = ok && read_optional(out, strbuf_str(&file), err);
	strbuf_release(&file);
	return ok;
}

bool settings_defaults(struct settings *out, struct error *err)
{
	bool ok = read_shared(out, "config/ll3m.yaml", err) &&
	          read_shared(out, "config/models.yaml", err);

	if (!ok)
		settings_release(out);
	return ok;
}

bool settings_load(struct settings *out, const char *file, char *const *environment,
                   struct error *err)
{
	bool ok = settings_defaults(out, err);

	if (ok && file)
		ok = options_read_file(out, &settings_type, file, err);
	else if (ok)
		ok = read_users(out, err);
	ok = ok && options_env(out, &settings_type, "LL3M_", environment, err);
	if (!ok)
		settings_release(out);
	return ok;
}

void settings_release(struct settings *s)
{
	record_release(&settings_type, s);
}
