#include <stddef.h>

#include "cli/args.h"

#define AT(member) offsetof(struct flags, member)

/* In the order in which --help shows them. */
const struct flag flags_all[] = {
	{ "image", 0, "FILE", FLAG_TEXTS, AT(images), .groups = FOR_NEW,
	  .help = "A reference picture, PNG or JPEG; may be repeated" },
	{ "then", 0, "TEXT", FLAG_TEXTS, AT(then), .groups = FOR_WORK,
	  .help = "What to change once the asset stands; may be repeated" },
	{ "yes", 'y', NULL, FLAG_YES, AT(yes), .groups = FOR_WORK | FOR_DEMO,
	  .help = "Accept everything: nobody is asked" },
	{ "review", 0, NULL, FLAG_YES, AT(review), .groups = FOR_WORK,
	  .help = "Ask at every plan and every changed script; this is usual" },
	{ "step", 0, NULL, FLAG_YES, AT(step), .groups = FOR_WORK,
	  .help = "Ask before every turn" },
	{ "commands", 's', "FILE", FLAG_TEXT, AT(commands), .groups = FOR_WORK,
	  .help = "Take answers and commands from a file, one a line; - is standard input" },
	{ "model", 'm', "[ROLE=]ENDPOINT/MODEL", FLAG_TEXTS, AT(models), .groups = FOR_MODELS,
	  .help = "Who answers, for all roles or for one; may be repeated" },
	{ "endpoint", 'e', "NAME", FLAG_TEXT, AT(endpoint), .groups = FOR_MODELS,
	  .help = "An endpoint of the settings, a URL, relay[:DIR] or replay:FILE" },
	{ "budget", 0, "USD", FLAG_SETTING, .setting = "team.budget_usd", .groups = FOR_WORK,
	  .help = "Stop before the session costs more; 0: no limit" },
	{ "calls", 0, "N", FLAG_SETTING, .setting = "team.budget_calls", .groups = FOR_WORK,
	  .help = "Stop after so many requests; 0: no limit" },
	{ "rounds", 0, "N", FLAG_SETTING, .setting = "team.rounds", .groups = FOR_WORK,
	  .help = "How often critic and coder refine what stands" },
	{ "without", 0, "LIST", FLAG_SETTING, .setting = "team.without", .groups = FOR_WORK,
	  .help = "Leave out planner, critic, verification, context, retrieval or preflight" },
	{ "blender", 0, "PROGRAM", FLAG_SETTING, .setting = "blender.program",
	  .groups = FOR_BLENDER, .help = "Which Blender, or which Python that has bpy" },
	{ "index", 0, "FILE", FLAG_TEXT, AT(index), .groups = FOR_WORK | FOR_DOCS,
	  .help = "Look things up in this index, not in that of the Blender here" },
	{ "sandbox", 0, "LEVEL", FLAG_SETTING, .setting = "blender.sandbox", .groups = FOR_BLENDER,
	  .help = "auto, bwrap, landlock or off" },
	{ "no-sandbox", 0, NULL, FLAG_SETTING, .setting = "blender.sandbox", .set = "off",
	  .groups = FOR_BLENDER, .help = "Run scripts with all that you may do yourself" },
	{ "speed", 0, "X", FLAG_NUMBER, AT(speed), .groups = FOR_DEMO,
	  .help = "1: the models take as long as they did; 2: half of it; usual is no wait" },
	{ "list", 0, NULL, FLAG_YES, AT(list), .groups = FOR_DEMO,
	  .help = "Only say which recordings there are" },
	{ "api", 0, "FILE", FLAG_TEXT, AT(api), .groups = FOR_DOCS,
	  .help = "build: what another Blender said of itself, a JSON file" },
	{ "limit", 0, "N", FLAG_NUMBER, AT(limit), .groups = FOR_DOCS,
	  .help = "How many things to find; usual is 10" },
	{ "context", 0, "TOKENS", FLAG_NUMBER, AT(context), .groups = FOR_DOCS,
	  .help = "How long the text for a model may be; usual is 1500" },
	{ "code", 0, "LINE", FLAG_TEXT, AT(code), .groups = FOR_DOCS,
	  .help = "explain: the line that went wrong" },
	{ "plain", 0, NULL, FLAG_YES, AT(plain), .groups = FOR_SCREEN,
	  .help = "Only ever add lines: no colour, nothing is drawn over" },
	{ "theme", 0, "NAME", FLAG_SETTING, .setting = "screen.theme", .groups = FOR_SCREEN,
	  .help = "How the screen looks: default, dark, light, blue-orange, mono" },
	{ "json", 0, NULL, FLAG_YES, AT(json), .groups = FOR_JSON,
	  .help = "Lines of JSON on standard output, words for people on the other" },
	{ "verbose", 'v', NULL, FLAG_YES, AT(verbose), .groups = FOR_WORK,
	  .help = "Show the words of the agents as they come" },
	{ "config", 0, "FILE", FLAG_TEXT, AT(config), .groups = FOR_CONFIG,
	  .help = "Settings, instead of those in /etc/ll3m and your own" },
	{ "log", 0, "FILE", FLAG_TEXT, AT(log), .groups = FOR_CONFIG,
	  .help = "Add notes for whoever debugs ll3m" },
	{ "help", 'h', NULL, FLAG_YES, AT(help), .groups = FOR_ALL, .help = "Say this" },
	{ 0 },
};

bool flag_is_for(const struct flag *f, const struct subcommand *c)
{
	return (f->groups & (c->groups | FOR_ALL)) != 0;
}
