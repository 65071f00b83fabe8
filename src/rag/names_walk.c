#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "rag/names_inside.h"

static const struct value any = { .kind = VALUE_ANY };

/* Whoever gives the name a value again has answered what was asked of the old one. */
static void unguard(struct walker *w, const char *name)
{
	const char *nothing = api_word(w->api, "");
	size_t len = strlen(name);

	for (size_t i = 0; i < w->guarded.count; i++) {
		const char *path = w->guarded.items[i];

		if (strncmp(path, name, len) == 0 && (path[len] == '\0' || path[len] == '.'))
			w->guarded.items[i] = nothing;
	}
}

static void bind_each(struct walker *w, const struct tree_node *target, const struct value *value)
{
	bool is_split = value->kind == VALUE_VERSION && value->count == target->count;

	for (size_t i = 0; i < target->count; i++) {
		struct value part = value->kind == VALUE_DERIVED || value->kind == VALUE_VERSION
		                            ? (struct value){ .kind = VALUE_DERIVED }
		                            : any;

		if (is_split)
			part = (struct value){ .kind = VALUE_NUMBER, .number = w->version[i] };
		walk_bind(w, target->parts[i], &part);
	}
}

void walk_bind(struct walker *w, const struct tree_node *target, const struct value *value)
{
	struct value base;

	switch (target->kind) {
	case TREE_NAME:
		if (!target->word)
			return;
		unguard(w, target->word);
		scope_set(w->scope, api_word(w->api, target->word), value);
		break;
	case TREE_ATTRIBUTE:
		assign_member(w, target, value);
		break;
	case TREE_ITEM:
		base = eval(w, tree_part(target, 0));
		if (base.kind == VALUE_SOCKETS)
			item_of(w, &base, tree_part(target, 1));
		else
			eval(w, tree_part(target, 1));
		break;
	case TREE_TUPLE:
	case TREE_LIST:
		bind_each(w, target, value);
		break;
	case TREE_STAR:
		if (target->count)
			walk_bind(w, target->parts[0], &any);
		break;
	default:
		break;
	}
}

/* All names in what may be a target, or in statements below. Too many do no harm. */
static void forget_name(struct walker *w, const struct tree_node *node)
{
	const char *name = node->word ? api_word(w->api, node->word) : NULL;

	if (name && scope_get(w->scope, name))
		scope_set(w->scope, name, &any);
}

static void forget_target(struct walker *w, const struct tree_node *node)
{
	if (!node)
		return;
	if (node->kind == TREE_NAME)
		forget_name(w, node);
	else if (node->kind == TREE_TUPLE || node->kind == TREE_LIST || node->kind == TREE_STAR)
		for (size_t i = 0; i < node->count; i++)
			forget_target(w, node->parts[i]);
}

void walk_forget(struct walker *w, const struct tree_node *part)
{
	switch (part->kind) {
	case TREE_ASSIGN:
		for (size_t i = 1; i < part->count; i++)
			forget_target(w, part->parts[i]);
		break;
	case TREE_CHANGE:
	case TREE_DECLARE:
		forget_target(w, tree_part(part, 0));
		break;
	case TREE_FOR:
	case TREE_AS:
	case TREE_WALRUS:
	case TREE_EACH:
		forget_target(w, tree_part(part, 1));
		break;
	case TREE_DEF:
	case TREE_CLASS:
		forget_name(w, part);
		return;
	case TREE_LIST: /* names that a match binds */
	case TREE_DELETE:
	case TREE_EXCEPT:
	case TREE_ALIAS:
		for (size_t i = 0; i < part->count; i++)
			forget_target(w, part->parts[i]);
		break;
	case TREE_CALL:
		active_set(w, &any);
		break;
	default:
		break;
	}
	for (size_t i = 0; i < part->count; i++)
		walk_forget(w, part->parts[i]);
}

/* a, b = one, other: each for itself, as they all are before any is changed. */
static bool assign_row(struct walker *w, const struct tree_node *target,
                       const struct tree_node *from)
{
	struct value values[8];

	if ((target->kind != TREE_TUPLE && target->kind != TREE_LIST) ||
	    (from->kind != TREE_TUPLE && from->kind != TREE_LIST) || from->count != target->count ||
	    from->count > COUNT(values))
		return false;
	for (size_t i = 0; i < from->count; i++)
		if (from->parts[i]->kind == TREE_STAR || target->parts[i]->kind == TREE_STAR)
			return false;
	for (size_t i = 0; i < from->count; i++)
		values[i] = eval(w, from->parts[i]);
	for (size_t i = 0; i < from->count; i++)
		walk_bind(w, target->parts[i], &values[i]);
	return true;
}

static void walk_assign(struct walker *w, const struct tree_node *node)
{
	const struct tree_node *from = tree_part(node, 0);
	struct value value;

	if (node->count == 2 && assign_row(w, node->parts[1], from))
		return;
	value = eval(w, from);
	for (size_t i = 1; i < node->count; i++)
		walk_bind(w, node->parts[i], &value);
}

static void walk_declare(struct walker *w, const struct tree_node *node)
{
	struct value value;

	if (node->count < 3)
		return;
	value = eval(w, node->parts[2]);
	walk_bind(w, node->parts[0], &value);
}

static void walk_change(struct walker *w, const struct tree_node *node)
{
	struct value value;

	if (node->count != 2)
		return;
	value = eval(w, node->parts[0]);
	value = (struct value){ .kind = value.kind == VALUE_DERIVED ? VALUE_DERIVED : VALUE_ANY };
	eval(w, node->parts[1]);
	if (node->parts[0]->kind == TREE_NAME)
		walk_bind(w, node->parts[0], &value);
}

static void walk_class(struct walker *w, const struct tree_node *node)
{
	struct value value = { .kind = VALUE_SCRIPT_CLASS, .node = node };

	if (node->count > 1 && !(node->count == 2 && tree_says(node->parts[1], "object")))
		value = any;
	if (node->word)
		scope_set(w->scope, api_word(w->api, node->word), &value);
}

/* A function within one may use its names, and is not followed. */
static void walk_def(struct walker *w, const struct tree_node *node)
{
	struct value value = { .kind = VALUE_DEF, .node = node };

	if (node->count != 2 || w->scope != w->globals)
		value = any;
	if (node->word)
		scope_set(w->scope, api_word(w->api, node->word), &value);
}

static void walk_values(struct walker *w, const struct tree_node *node)
{
	for (size_t i = 0; i < node->count; i++)
		eval(w, node->parts[i]);
}

static void walk_return(struct walker *w, const struct tree_node *node)
{
	struct value value = { .kind = VALUE_NONE };

	if (node->count)
		value = eval(w, node->parts[0]);
	if (w->returned.kind == VALUE_UNSET)
		w->returned = value;
	else if (value.kind != VALUE_NONE && w->returned.kind != VALUE_NONE)
		w->returned = value_join(&w->returned, &value);
	else
		w->returned = any;
	w->scope->is_over = true;
}

static void walk_leave(struct walker *w, const struct tree_node *node)
{
	walk_values(w, node);
	if (node->word && w->exits)
		scope_join(w->exits, w->scope);
	w->scope->is_over = true;
}

static void walk_delete(struct walker *w, const struct tree_node *node)
{
	walk_forget(w, node);
}

/* Of modules in general nothing is known, but some of Blender's own are no more. */
static void check_module(struct walker *w, const struct tree_node *at, const char *name)
{
	struct complaint what = { LACK_MODULE, at, "", name };
	text_list names = { 0 };

	if (!api_entry(w->api, name) && api_note(w->api, "", name, &names))
		complain(w, &what);
	free(names.items);
}

static void walk_import(struct walker *w, const struct tree_node *node)
{
	for (size_t i = 0; i < node->count; i++) {
		const struct tree_node *alias = node->parts[i], *name = tree_part(alias, 0);
		struct value value = { .kind = VALUE_MODULE };
		struct strbuf first = { 0 };

		if (!alias->word)
			continue;
		strbuf_add(&first, alias->word, strcspn(alias->word, "."));
		check_module(w, alias, api_word(w->api, strbuf_str(&first)));
		value.word = api_word(w->api, name ? alias->word : strbuf_str(&first));
		scope_set(w->scope, name && name->word ? api_word(w->api, name->word) : value.word,
		          &value);
		strbuf_release(&first);
	}
}

static void walk_from(struct walker *w, const struct tree_node *node)
{
	if (node->word && node->word[0] != '.' && !strchr(node->word, '.'))
		check_module(w, node, api_word(w->api, node->word));
	for (size_t i = 0; i < node->count; i++) {
		const struct tree_node *alias = node->parts[i], *name = tree_part(alias, 0);
		struct value value = any;

		if (!alias->word || strcmp(alias->word, "*") == 0)
			continue;
		if (node->word && node->word[0] != '.')
			value = module_member(w, api_word(w->api, node->word), alias,
			                      api_word(w->api, alias->word));
		scope_set(w->scope, api_word(w->api, name && name->word ? name->word : alias->word),
		          &value);
	}
}

void walk_block(struct walker *w, const struct tree_node *block)
{
	for (size_t i = 0; block && i < block->count && !w->scope->is_over; i++)
		walk(w, block->parts[i]);
}

/* Guards of a test stay where one of its ways is over: the rest is its other way. */
static void walk_ways(struct walker *w, const struct tree_node *node, const struct value *test)
{
	size_t guards = w->guarded.count;
	struct scope then = { 0 }, before = { 0 };
	bool is_one_way;

	scope_copy(&before, w->scope);
	w->quiet += test->kind == VALUE_DERIVED;
	guard(w, node->parts[0]);
	narrow(w, node->parts[0]);
	walk_block(w, node->parts[1]);
	then = *w->scope;
	*w->scope = before;
	w->guarded.count = guards;
	guard(w, node->parts[0]);
	walk_block(w, node->parts[2]);
	w->quiet -= test->kind == VALUE_DERIVED;
	is_one_way = then.is_over || w->scope->is_over;
	scope_join(w->scope, &then);
	scope_release(&then);
	if (!is_one_way)
		guard_cut(w, guards);
}

static void walk_if(struct walker *w, const struct tree_node *node)
{
	struct value test;
	int truth;

	if (node->count != 3)
		return;
	test = eval(w, node->parts[0]);
	truth = value_truth(&test);
	if (truth >= 0)
		walk_block(w, node->parts[truth ? 1 : 2]);
	else
		walk_ways(w, node, &test);
}

/* The body sees what an earlier turn may have left, so what it assigns is not known at first. */
static void walk_turns(struct walker *w, const struct tree_node *body,
                       const struct tree_node *orelse, const struct tree_node *target,
                       const struct value *element)
{
	struct scope before = { 0 }, exits = { .is_over = true }, *outer = w->exits;
	size_t guards = w->guarded.count;

	walk_forget(w, body);
	scope_copy(&before, w->scope);
	w->exits = &exits;
	if (target)
		walk_bind(w, target, element);
	walk_block(w, body);
	w->exits = outer;
	guard_cut(w, guards);
	scope_join(w->scope, &before);
	scope_join(w->scope, &exits);
	scope_release(&before);
	scope_release(&exits);
	walk_block(w, orelse);
}

static void walk_for(struct walker *w, const struct tree_node *node)
{
	const struct tree_node *from = tree_part(node, 0), *target = tree_part(node, 1);
	struct value many, element;

	if (node->count != 4)
		return;
	many = eval(w, from);
	element = eval_element(w, &many);
	if (tree_is(from, TREE_CALL) && tree_says(tree_part(from, 0), "enumerate") &&
	    target->kind == TREE_TUPLE && target->count == 2 && from->count > 1) {
		w->quiet++;
		many = eval(w, from->parts[1]);
		w->quiet--;
		element = eval_element(w, &many);
		walk_bind(w, target->parts[0], &any);
		target = target->parts[1];
	}
	walk_turns(w, node->parts[2], node->parts[3], target, &element);
}

static void walk_while(struct walker *w, const struct tree_node *node)
{
	struct value test;

	if (node->count != 3)
		return;
	walk_forget(w, node->parts[1]);
	test = eval(w, node->parts[0]);
	if (value_truth(&test) == 0)
		return;
	walk_turns(w, node->parts[1], node->parts[2], NULL, NULL);
}

static void walk_handlers(struct walker *w, const struct tree_node *node,
                          const struct scope *before)
{
	struct scope after = { 0 };

	for (size_t i = 3; i < node->count; i++) {
		const struct tree_node *handler = node->parts[i], *name = tree_part(handler, 1);

		after = *w->scope;
		*w->scope = (struct scope){ 0 };
		scope_copy(w->scope, before);
		walk_forget(w, node->parts[0]);
		if (name)
			walk_bind(w, name, &any);
		w->quiet++;
		walk_block(w, tree_part(handler, 0));
		w->quiet--;
		scope_join(&after, w->scope);
		scope_release(w->scope);
		*w->scope = after;
	}
}

/* What stands in a try with handlers may be wrong on purpose, and in a handler for another time. */
static void walk_try(struct walker *w, const struct tree_node *node)
{
	struct scope before = { 0 };
	bool is_caught = node->count > 3, was_over;

	if (node->count < 3)
		return;
	scope_copy(&before, w->scope);
	w->quiet += is_caught;
	walk_block(w, node->parts[0]);
	walk_block(w, node->parts[1]);
	w->quiet -= is_caught;
	walk_handlers(w, node, &before);
	scope_release(&before);
	was_over = w->scope->is_over;
	w->scope->is_over = false;
	walk_block(w, node->parts[2]);
	w->scope->is_over |= was_over;
}

static void walk_with(struct walker *w, const struct tree_node *node)
{
	bool may_suppress = false;

	for (size_t i = 0; i < node->count; i++) {
		const struct tree_node *part = node->parts[i];
		const struct tree_node *function = tree_part(tree_part(part, 0), 0);
		struct value value;

		if (part->kind != TREE_AS) {
			active_set(w, &any);
			w->quiet += may_suppress;
			walk_block(w, part);
			w->quiet -= may_suppress;
			active_set(w, &any);
			continue;
		}
		may_suppress |= tree_says(function, "suppress");
		value = eval(w, tree_part(part, 0));
		if (part->count > 1)
			walk_bind(w, part->parts[1], value.kind == VALUE_DERIVED ? &value : &any);
	}
}

/* One of the cases, or none. */
static void walk_match(struct walker *w, const struct tree_node *node)
{
	struct scope before = { 0 };

	eval(w, tree_part(node, 0));
	if (node->count > 1)
		walk_forget(w, node->parts[1]);
	for (size_t i = 2; i < node->count; i++) {
		scope_copy(&before, w->scope);
		guard(w, node->parts[0]);
		w->quiet++;
		walk_block(w, node->parts[i]);
		w->quiet--;
		scope_join(w->scope, &before);
	}
	scope_release(&before);
}

/* Statements that are not followed: async, and what Python will have one day. */
static void walk_other(struct walker *w, const struct tree_node *node)
{
	walk_forget(w, node);
	w->quiet++;
	walk_values(w, node);
	w->quiet--;
	walk_forget(w, node);
}

static void walk_nothing(struct walker *w, const struct tree_node *node)
{
	(void)w, (void)node;
}

static void (*const walks[TREE_KINDS])(struct walker *w, const struct tree_node *node) = {
	[TREE_ASSIGN] = walk_assign, [TREE_BLOCK] = walk_block,     [TREE_CHANGE] = walk_change,
	[TREE_CLASS] = walk_class,   [TREE_DECLARE] = walk_declare, [TREE_DEF] = walk_def,
	[TREE_DELETE] = walk_delete, [TREE_DO] = walk_values,       [TREE_FOR] = walk_for,
	[TREE_FROM] = walk_from,     [TREE_GLOBAL] = walk_nothing,  [TREE_IF] = walk_if,
	[TREE_IMPORT] = walk_import, [TREE_LEAVE] = walk_leave,     [TREE_MATCH] = walk_match,
	[TREE_RETURN] = walk_return, [TREE_TRY] = walk_try,         [TREE_WHILE] = walk_while,
	[TREE_WITH] = walk_with,
};

void walk(struct walker *w, const struct tree_node *statement)
{
	if (walks[statement->kind])
		walks[statement->kind](w, statement);
	else
		walk_other(w, statement);
}
