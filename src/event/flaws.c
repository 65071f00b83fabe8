#include "event/flaws.h"

#include "event/documents.h"

const char *const flaw_status_names[] = { "no", "partly", "resolved", NULL };

static const struct field flaw_fields[] = {
	{ "id", FIELD_TEXT, offsetof(struct flaw, id), .help = "A, B, C ..." },
	{ "part", FIELD_TEXT, offsetof(struct flaw, part), .help = "the part it is about" },
	{ "problem", FIELD_TEXT, offsetof(struct flaw, problem),
	  .help = "what is wrong, as the pictures or the measurements show it" },
	{ "fix", FIELD_TEXT, offsetof(struct flaw, fix),
	  .help = "what to change in the script, with numbers where possible" },
	{ "severity", FIELD_CHOICE, offsetof(struct flaw, severity), .choices = severity_names,
	  .optional = true },
	{ "view", FIELD_TEXT, offsetof(struct flaw, view), .optional = true,
	  .help = "the view that shows it best" },
	{ "search", FIELD_TEXTS, offsetof(struct flaw, search), .optional = true,
	  .help = search_help },
	{ 0 },
};
const struct record_type flaw_type = { "flaw", sizeof(struct flaw), flaw_fields };

static const struct field flaws_fields[] = {
	{ "summary", FIELD_TEXT, offsetof(struct flaws, summary),
	  .help = "what the views show, compared with the prompt, in two or three sentences" },
	{ "fit", FIELD_INT, offsetof(struct flaws, fit), .min = 0, .max = 10,
	  .help = "how well the asset fits the prompt: 0 not at all, 10 nothing to wish for" },
	{ "flaws", FIELD_LIST, offsetof(struct flaws, list), .of = &flaw_type,
	  .help = "the worst first; empty when there is nothing worth a change" },
	{ 0 },
};
const struct record_type flaws_type = { "critique", sizeof(struct flaws), flaws_fields };

static const struct field ruling_fields[] = {
	{ "flaw", FIELD_TEXT, offsetof(struct ruling, flaw), .help = "its id" },
	{ "status", FIELD_CHOICE, offsetof(struct ruling, status), .choices = flaw_status_names },
	{ "evidence", FIELD_TEXT, offsetof(struct ruling, evidence),
	  .help = "what the views before and after show" },
	{ 0 },
};
static const struct record_type ruling_type = { "ruling", sizeof(struct ruling), ruling_fields };

static const struct field verdict_fields[] = {
	{ "summary", FIELD_TEXT, offsetof(struct verdict, summary),
	  .help = "what changed for the better or the worse" },
	{ "rulings", FIELD_LIST, offsetof(struct verdict, rulings), .of = &ruling_type,
	  .help = "one for every flaw of the list" },
	{ "fit", FIELD_INT, offsetof(struct verdict, fit), .min = 0, .max = 10,
	  .help = "how well the asset fits the prompt now, 0 to 10" },
	{ "approved", FIELD_BOOL, offsetof(struct verdict, approved),
	  .help = "true when nothing that matters is left to change and nothing broke" },
	{ 0 },
};
const struct record_type verdict_type = { "verdict", sizeof(struct verdict), verdict_fields };

static const struct field instruction_fields[] = {
	{ "text", FIELD_TEXT, offsetof(struct instruction, text),
	  .help = "the change, precise enough to code: parts, direction, amounts" },
	{ "parts", FIELD_TEXTS, offsetof(struct instruction, parts), .optional = true,
	  .help = "the parts to change" },
	{ "keep", FIELD_TEXTS, offsetof(struct instruction, keep), .optional = true,
	  .help = "what must stay as it is" },
	{ "search", FIELD_TEXTS, offsetof(struct instruction, search), .optional = true,
	  .help = search_help },
	{ "checks", FIELD_LIST, offsetof(struct instruction, checks), .of = &flaw_type,
	  .help = "what to look for in the views afterwards: problem = how it is now, "
	          "fix = how it has to be" },
	{ 0 },
};
const struct record_type instruction_type = { "instruction", sizeof(struct instruction),
	                                      instruction_fields };
