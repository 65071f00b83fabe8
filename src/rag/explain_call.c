#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rag/alike.h"
#include "rag/explain.h"

enum {
	PARAMS_MAX = 60,
};

static const char operators[] = "bpy.ops.";

/* create_cone, Mesh.from_pydata, blf.size: what a message calls a function. */
static int64_t function_said(struct trouble *t, const char *said)
{
	static const char *const homes[] = { "", "bmesh.ops.", "bpy.types.", "mathutils." };
	struct strbuf ident = { 0 };
	int64_t found = 0;

	for (size_t i = 0; said && !found && i < COUNT(homes); i++) {
		strbuf_reset(&ident);
		strbuf_addf(&ident, "%s%s", homes[i], said);
		found = entry_of(t->db, strbuf_str(&ident));
	}
	strbuf_release(&ident);
	return found;
}

static void head_params(struct trouble *t, int64_t function, const char *wrong)
{
	struct stmt *q = db_ask(t->db, "SELECT name FROM param WHERE entry = ?1 AND output = 0"
	                               " ORDER BY place LIMIT ?2");
	struct strbuf all = { 0 }, near = { 0 };
	char *ident = ident_of(t->db, function);
	double most = 0.35;

	stmt_bind_int(q, 1, function);
	stmt_bind_int(q, 2, PARAMS_MAX);
	while (stmt_next(q)) {
		double score = wrong ? alike_wanted(wrong, stmt_text(q, 0)) : 0;

		strbuf_addf(&all, "%s%s", all.len ? ", " : "", stmt_text(q, 0));
		if (score <= most)
			continue;
		most = score;
		strbuf_reset(&near);
		strbuf_addstr(&near, stmt_text(q, 0));
	}
	stmt_end(q);
	if (wrong)
		strbuf_addf(t->head, "%s does not take %s.%s%s", ident, wrong,
		            near.len ? " Nearest: " : "", strbuf_str(&near));
	else
		strbuf_addf(t->head, "%s was called in the wrong way", ident);
	strbuf_addf(t->head, "%s It takes: %s.\n", wrong && !near.len ? "" : ".",
	            all.len ? strbuf_str(&all) : "nothing");
	free(ident);
	strbuf_release(&all);
	strbuf_release(&near);
}

/* light_add(energy=...): what the keyword was meant for may be a property. */
static void vote_property(struct trouble *t, int64_t function, const char *keyword)
{
	char *ident = function ? ident_of(t->db, function) : NULL;
	const char *name = ident ? strrchr(ident, '.') : NULL;
	struct stmt *q = db_ask(t->db, "SELECT id, owner, prior FROM entry WHERE name = ?1"
	                               " AND kind = 'property' LIMIT 300");
	struct finds finds = { 0 };

	stmt_bind(q, 1, keyword);
	while (name && stmt_next(q))
		finds_add(&finds, stmt_int(q, 0),
		          stmt_real(q, 2) * (0.1 + 0.9 * alike(name, stmt_text(q, 1))));
	stmt_end(q);
	finds_vote(&finds, t, 1.2, 6, "a property of that name");
	free(ident);
}

/* Other operators that take it, of a similar name. */
static void vote_takers(struct trouble *t, int64_t function, const char *keyword)
{
	char *ident = function ? ident_of(t->db, function) : NULL;
	struct stmt *q = db_ask(t->db, "SELECT e.id, e.ident FROM param p JOIN entry e"
	                               " ON e.id = p.entry WHERE p.name = ?1 AND e.id <> ?2");
	struct finds finds = { 0 };

	stmt_bind(q, 1, keyword);
	stmt_bind_int(q, 2, function);
	while (stmt_next(q)) {
		double score = ident ? alike(ident, stmt_text(q, 1)) : 0.4;

		if (score > 0.5)
			finds_add(&finds, stmt_int(q, 0), score);
	}
	stmt_end(q);
	finds_vote(&finds, t, 1, 5, "takes that keyword");
	free(ident);
}

void explain_arguments(struct trouble *t)
{
	const struct message *m = &t->message;
	int64_t function = function_said(t, m->owner);
	const char *wrong = m->kind == MESSAGE_KEYWORD ? m->name : NULL;

	function = function ? function : called_function(t);
	if (function) {
		char *ident = ident_of(t->db, function);

		ranking_vote(t->out, function, 0, 4, "was called so");
		head_params(t, function, wrong);
		if (wrong)
			find_past(t, ident, wrong, &t->note);
		free(ident);
	}
	if (wrong) {
		vote_property(t, function, wrong);
		vote_takers(t, function, wrong);
	}
	strbuf_addf(&t->words, " %s %s", m->owner ? m->owner : "", wrong ? wrong : "");
	if (!function)
		strbuf_addf(&t->words, " %s", t->code);
}

void explain_operator(struct trouble *t)
{
	const char *wanted = t->message.owner;
	struct strbuf when = { 0 }, owner = { 0 };
	struct finds finds = { 0 };
	const char *name = strrchr(wanted, '.');

	name = name ? name + 1 : wanted;
	strbuf_add(&owner, wanted, (size_t)(name - wanted));
	strbuf_cut(&owner, owner.len ? owner.len - 1 : 0);
	find_past(t, strbuf_str(&owner), name, &when);
	head_missing(t, wanted, strbuf_str(&when));
	find_operators(t, &finds, wanted);
	head_nearest(t, &finds);
	finds_vote(&finds, t, 2, 15, "a similar name");
	strbuf_addf(&t->words, " %s",
	            !strncmp(wanted, operators, sizeof(operators) - 1)
	                    ? wanted + sizeof(operators) - 1
	                    : wanted);
	strbuf_release(&when);
	strbuf_release(&owner);
}

/* bpy.ops.object.delete({"selected_objects": ...}): contexts are passed otherwise now. */
void explain_call(struct trouble *t)
{
	int64_t function = called_function(t);

	vote_ident(t, "bpy.types.Context.temp_override", 0, 4, "gives an operator its context");
	if (function)
		ranking_vote(t->out, function, 1, 2.5, "was called so");
	strbuf_addstr(t->head, "An operator takes keywords only, and its context from `with "
	                       "bpy.context.temp_override(...):`.\n");
	strbuf_addstr(&t->words, " temp_override context");
}

/*
 * What operators need that they do not say. The first row that fits the operator, or a word of what
 * it did say, is it.
 */
static const struct need {
	const char *start; /* of the operator */
	const char *said;
	const char *text;
	const char *idents[5];
} needs[] = {
	{ "",
	  "active object",
	  "An object must be active.",
	  { "bpy.types.LayerObjects.active", "bpy.types.Object.select_set",
	    "bpy.types.Context.temp_override", "bpy.types.Context.active_object" } },
	{ "",
	  "region",
	  "It works in an editor's window only, and a script has none.",
	  { "bpy.types.Context.temp_override" } },
	{ "",
	  "edit",
	  "It works in Edit Mode.",
	  { "bpy.ops.object.mode_set", "bpy.ops.object.editmode_toggle",
	    "bpy.types.LayerObjects.active" } },
	{ "bpy.ops.object.mode_set",
	  NULL,
	  "An object must be active, selectable and visible, and of a kind that has that mode.",
	  { "bpy.types.LayerObjects.active", "bpy.types.Object.select_set",
	    "bpy.types.Context.active_object", "bpy.types.Object.mode" } },
	{ "bpy.ops.object.editmode_toggle",
	  NULL,
	  "An object must be active.",
	  { "bpy.types.LayerObjects.active", "bpy.types.Object.select_set",
	    "bpy.ops.object.mode_set" } },
	{ "bpy.ops.object.join",
	  NULL,
	  "The active object must be a selected mesh, curve or the "
	  "like, in Object Mode.",
	  { "bpy.types.LayerObjects.active", "bpy.types.Object.select_set",
	    "bpy.ops.object.mode_set", "bpy.types.Context.temp_override" } },
	{ "bpy.ops.object.modifier_",
	  NULL,
	  "The object must be active and in Object Mode, and its data its own.",
	  { "bpy.types.LayerObjects.active", "bpy.ops.object.mode_set",
	    "bpy.types.Context.temp_override", "bpy.ops.object.make_single_user" } },
	{ "bpy.ops.object.",
	  NULL,
	  "The object must be active or selected, mostly in Object Mode.",
	  { "bpy.types.LayerObjects.active", "bpy.types.Object.select_set",
	    "bpy.ops.object.mode_set", "bpy.types.Context.temp_override" } },
	{ "bpy.ops.mesh.primitive_",
	  NULL,
	  "It works in Object Mode or in a mesh's Edit Mode.",
	  { "bpy.ops.object.mode_set", "bpy.types.Context.temp_override" } },
	{ "bpy.ops.transform.",
	  NULL,
	  "Something must be selected, and an editor be there.",
	  { "bpy.types.Object.select_set", "bpy.types.LayerObjects.active",
	    "bpy.types.Context.temp_override", "bpy.ops.object.mode_set" } },
	{ "bpy.ops.mesh.",
	  NULL,
	  "It works on the active mesh in Edit Mode.",
	  { "bpy.ops.object.mode_set", "bpy.types.LayerObjects.active",
	    "bpy.ops.object.editmode_toggle", "bpy.types.Context.temp_override" } },
	{ "bpy.ops.uv.",
	  NULL,
	  "It works on a mesh in Edit Mode with its faces selected.",
	  { "bpy.ops.object.mode_set", "bpy.ops.mesh.select_all", "bpy.ops.object.editmode_toggle",
	    "bpy.types.LayerObjects.active" } },
	{ "bpy.ops.curve.",
	  NULL,
	  "It works on the active curve in Edit Mode.",
	  { "bpy.ops.object.mode_set", "bpy.types.LayerObjects.active",
	    "bpy.ops.object.editmode_toggle" } },
	{ "bpy.ops.armature.",
	  NULL,
	  "It works on the active armature in Edit Mode.",
	  { "bpy.ops.object.mode_set", "bpy.types.LayerObjects.active",
	    "bpy.ops.object.editmode_toggle" } },
	{ "bpy.ops.pose.",
	  NULL,
	  "It works on the active armature in Pose Mode.",
	  { "bpy.ops.object.mode_set", "bpy.ops.object.posemode_toggle",
	    "bpy.types.LayerObjects.active" } },
	{ "bpy.ops.sculpt.",
	  NULL,
	  "It works in Sculpt Mode.",
	  { "bpy.ops.object.mode_set", "bpy.ops.sculpt.sculptmode_toggle",
	    "bpy.types.LayerObjects.active" } },
	{ "bpy.ops.paint.",
	  NULL,
	  "It works in a paint mode.",
	  { "bpy.ops.object.mode_set", "bpy.types.LayerObjects.active" } },
	{ "bpy.ops.rigidbody.",
	  NULL,
	  "The object must be active, and the scene may need a rigid "
	  "body world.",
	  { "bpy.types.LayerObjects.active", "bpy.ops.rigidbody.world_add",
	    "bpy.types.Object.select_set" } },
	{ "bpy.ops.node.",
	  NULL,
	  "It needs a node editor: use the tree's nodes and links.",
	  { "bpy.types.NodeTree.nodes", "bpy.types.Nodes.new", "bpy.types.NodeLinks.new",
	    "bpy.types.Context.temp_override" } },
	{ "",
	  NULL,
	  "It needs an editor or another context.",
	  { "bpy.types.Context.temp_override", "bpy.types.LayerObjects.active",
	    "bpy.ops.object.mode_set" } },
};

static bool need_fits(const struct need *need, const char *operator, const char * said)
{
	return !strncmp(operator, need->start, strlen(need->start)) &&
	       (!need->said || strstr(said, need->said));
}

void explain_poll(struct trouble *t)
{
	const char *operator= t->message.owner ? t->message.owner : "";
	const char *said = t->message.detail ? t->message.detail : "";
	int64_t entry = *operator? entry_of(t->db, operator) : called_function(t);
	const struct need *need = needs;
	char *ident = NULL;

	if (entry && !*operator)
		operator= ident = ident_of(t->db, entry);
	while (!need_fits(need, operator, said))
		need++;
	strbuf_addf(t->head, "%s does not work here: %s\n", *operator ? operator : "It",
	            need->text);
	for (size_t i = 0; i < COUNT(need->idents) && need->idents[i]; i++)
		vote_ident(t, need->idents[i], i, 3, need->text);
	if (entry)
		ranking_vote(t->out, entry, 3, 3, "was called");
	strbuf_addf(&t->words, " %s", operator);
	free(ident);
}

void explain_node_type(struct trouble *t)
{
	const char *name = t->message.name;
	struct strbuf when = { 0 };
	struct finds finds = { 0 };

	find_past(t, NULL, name, &when);
	if (t->message.kind == MESSAGE_NODE_TYPE) {
		head_missing(t, name, strbuf_str(&when));
	} else {
		strbuf_addf(t->head, "%s does not belong into that kind of tree.\n", name);
	}
	find_nodes(t, &finds, name);
	head_nearest(t, &finds);
	finds_vote(&finds, t, 2, 12, "a similar name");
	strbuf_addf(&t->words, " %s", name);
	strbuf_release(&when);
}

/* A variable that outlived its object. */
void explain_removed(struct trouble *t)
{
	struct stmt *q = db_ask(t->db, "SELECT holder FROM entry WHERE owner = 'BlendData'"
	                               " AND target = ?1 AND holder <> ''");
	const char *cls = t->message.owner ? t->message.owner : "Object";
	struct strbuf ident = { 0 };

	stmt_bind(q, 1, cls);
	if (stmt_next(q))
		strbuf_addf(&ident, "bpy.types.%s", stmt_text(q, 0));
	stmt_end(q);
	strbuf_addf(t->head,
	            "The %s is gone from Blender; the variable must not be used, or be "
	            "fetched anew.\n",
	            cls);
	if (ident.len) {
		size_t len = ident.len;

		strbuf_addstr(&ident, ".remove");
		vote_ident(t, strbuf_str(&ident), 0, 2.5, "takes it out of the file");
		strbuf_cut(&ident, len);
		vote_ident(t, strbuf_str(&ident), 1, 2, "where to fetch it from");
	}
	vote_ident(t, "bpy.types.bpy_prop_collection.get", 2, 1.5, "to ask whether it is there");
	strbuf_reset(&ident);
	strbuf_addf(&ident, "bpy.types.%s", cls);
	vote_ident(t, strbuf_str(&ident), 3, 1.5, "its class");
	strbuf_addf(&t->words, " remove %s", cls);
	strbuf_release(&ident);
}

void explain_product(struct trouble *t)
{
	const char *const names[] = { t->message.owner, t->message.name };

	strbuf_addstr(t->head, "Matrices multiply with @, and Vector, Matrix and Quaternion only "
	                       "with their own kind or numbers.\n");
	for (size_t i = 0; i < COUNT(names); i++) {
		char *cls = names[i] ? class_named(t->db, names[i]) : NULL;

		if (cls)
			vote_ident(t, cls, i, 2, "takes part in it");
		free(cls);
	}
	strbuf_addf(&t->words, " %s", t->code);
}

/* bm.verts[0] wants bm.verts.ensure_lookup_table() first. */
void explain_stale(struct trouble *t)
{
	static const char *const seqs[][2] = { { ".verts", "bmesh.types.BMVertSeq" },
		                               { ".edges", "bmesh.types.BMEdgeSeq" },
		                               { ".faces", "bmesh.types.BMFaceSeq" },
		                               { "", "bmesh.types.BMVertSeq" } };
	struct strbuf ident = { 0 };

	for (size_t i = 0; i < COUNT(seqs); i++) {
		if (!strstr(t->code, seqs[i][0]) || (!*seqs[i][0] && ident.len))
			continue;
		strbuf_reset(&ident);
		strbuf_addf(&ident, "%s.ensure_lookup_table", seqs[i][1]);
		vote_ident(t, strbuf_str(&ident), 0, 3, "has to be called first");
	}
	strbuf_addf(t->head, "Call %s() after elements were added or removed.\n",
	            strbuf_str(&ident));
	strbuf_addstr(&t->words, " ensure_lookup_table");
	strbuf_release(&ident);
}
