#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "rag/names_inside.h"

enum {
	STEPS_MOST = 300000,
};

static const struct value any = { .kind = VALUE_ANY };
static const struct value derived = { .kind = VALUE_DERIVED };

static struct value switch_of(bool yes)
{
	return (struct value){ .kind = VALUE_SWITCH, .number = yes };
}

/* All the parts; whether any of them hangs on the version. */
static bool eval_all(struct walker *w, const struct tree_node *node)
{
	bool is_derived = false;

	for (size_t i = 0; i < node->count; i++) {
		struct value value = eval(w, node->parts[i]);

		is_derived |= value.kind == VALUE_DERIVED || value.kind == VALUE_VERSION;
	}
	return is_derived;
}

static struct value eval_other(struct walker *w, const struct tree_node *node)
{
	return eval_all(w, node) ? derived : any;
}

static struct value eval_name(struct walker *w, const struct tree_node *node)
{
	const struct value *found;
	const char *name;

	if (!node->word || guard_has(w, node))
		return any;
	name = api_word(w->api, node->word);
	if (words_have(&w->shared, name))
		return any;
	found = scope_get(w->scope, name);
	if (!found && w->scope != w->globals)
		found = scope_get(w->globals, name);
	if (found)
		return found->kind == VALUE_UNSET ? any : *found;
	if (strcmp(name, "__name__") == 0)
		return (struct value){ .kind = VALUE_TEXT, .word = api_word(w->api, "__main__") };
	return any;
}

static struct value eval_text(struct walker *w, const struct tree_node *node)
{
	if (!node->word)
		return any;
	return (struct value){ .kind = VALUE_TEXT, .word = api_word(w->api, node->word) };
}

static struct value eval_number(struct walker *w, const struct tree_node *node)
{
	(void)w;
	if (!node->word)
		return any;
	return (struct value){ .kind = VALUE_NUMBER, .number = strtod(node->word, NULL) };
}

static struct value eval_constant(struct walker *w, const struct tree_node *node)
{
	(void)w;
	if (tree_says(node, "None"))
		return (struct value){ .kind = VALUE_NONE };
	return node->word ? switch_of(strcmp(node->word, "True") == 0) : any;
}

static struct value eval_attribute(struct walker *w, const struct tree_node *node)
{
	struct value base = eval(w, tree_part(node, 0));

	if (!node->word || guard_has(w, node))
		return any;
	return member_of(w, &base, node, api_word(w->api, node->word));
}

static struct value eval_item(struct walker *w, const struct tree_node *node)
{
	struct value base = eval(w, tree_part(node, 0));

	if (node->count != 2)
		return any;
	return item_of(w, &base, node->parts[1]);
}

/* A row of things that are all of one class is as good as a collection of them. */
static struct value eval_row(struct walker *w, const struct tree_node *node)
{
	struct value all = { .kind = VALUE_UNSET };
	bool is_derived = false, is_open = false;

	for (size_t i = 0; i < node->count; i++) {
		struct value value = eval(w, node->parts[i]);

		is_derived |= value.kind == VALUE_DERIVED || value.kind == VALUE_VERSION;
		is_open |= node->parts[i]->kind == TREE_STAR;
		all = value_join(&all, &value);
	}
	if (is_derived)
		return derived;
	if (is_open)
		return any;
	if (all.kind == VALUE_THING)
		return (struct value){ .kind = VALUE_MANY, .word = all.word };
	return (struct value){ .kind = VALUE_ROW, .count = node->count, .node = node };
}

static struct value eval_dict(struct walker *w, const struct tree_node *node)
{
	eval_all(w, node);
	return (struct value){ .kind = VALUE_DICT };
}

static struct value eval_set(struct walker *w, const struct tree_node *node)
{
	eval_all(w, node);
	return any;
}

/* What is known to come first decides whether the rest is reached. */
static struct value eval_and_or(struct walker *w, const struct tree_node *node, bool is_and)
{
	size_t guards = w->guarded.count;
	int quiet = w->quiet;
	struct value all = { .kind = VALUE_UNSET };

	for (size_t i = 0; i < node->count; i++) {
		struct value value = eval(w, node->parts[i]);
		int truth = value_truth(&value);

		if (truth >= 0 && (truth == 0) == is_and) {
			all = all.kind == VALUE_UNSET ? value : value_join(&all, &value);
			break;
		}
		if (value.kind == VALUE_DERIVED)
			w->quiet++;
		guard(w, node->parts[i]);
		if (truth < 0 || i + 1 == node->count)
			all = value_join(&all, &value);
	}
	w->quiet = quiet;
	guard_cut(w, guards);
	return all;
}

static struct value eval_operation(struct walker *w, const struct tree_node *node)
{
	struct value value;
	int truth;

	if (tree_says(node, "And") || tree_says(node, "Or"))
		return eval_and_or(w, node, tree_says(node, "And"));
	if (!tree_says(node, "Not") && !tree_says(node, "USub"))
		return eval_other(w, node);
	value = eval(w, tree_part(node, 0));
	if (value.kind == VALUE_DERIVED)
		return value;
	if (tree_says(node, "USub") && value.kind == VALUE_NUMBER) {
		value.number = -value.number;
		return value;
	}
	truth = tree_says(node, "Not") ? value_truth(&value) : -1;
	return truth < 0 ? any : switch_of(!truth);
}

static bool decide(const char *operation, int order, bool *out)
{
	static const struct {
		const char *name;
		bool less, equal, more;
	} rows[] = {
		{ "Eq", false, true, false }, { "NotEq", true, false, true },
		{ "Lt", true, false, false }, { "LtE", true, true, false },
		{ "Gt", false, false, true }, { "GtE", false, true, true },
	};

	for (size_t i = 0; operation && i < COUNT(rows); i++)
		if (strcmp(rows[i].name, operation) == 0) {
			*out = order < 0 ? rows[i].less : order > 0 ? rows[i].more : rows[i].equal;
			return true;
		}
	return false;
}

/* The version against (4, 1): as tuples compare. False: the row is none of numbers. */
static bool version_order(struct walker *w, const struct value *version, const struct value *row,
                          int *order)
{
	*order = 0;
	for (size_t i = 0; i < row->count && *order == 0; i++) {
		const struct tree_node *part = row->node->parts[i];
		double number;

		if (part->kind != TREE_NUMBER || !part->word)
			return false;
		number = strtod(part->word, NULL);
		if (i >= version->count)
			*order = -1;
		else if (w->version[i] < number || w->version[i] > number)
			*order = w->version[i] < number ? -1 : 1;
	}
	if (*order == 0 && version->count > row->count)
		*order = 1;
	return true;
}

static bool order_of(struct walker *w, const struct value *a, const struct value *b, int *order)
{
	if (a->kind == VALUE_VERSION && b->kind == VALUE_ROW && b->node)
		return version_order(w, a, b, order);
	if (a->kind == VALUE_NUMBER && b->kind == VALUE_NUMBER)
		*order = a->number < b->number ? -1 : a->number > b->number;
	else if (a->kind == VALUE_TEXT && b->kind == VALUE_TEXT)
		*order = strcmp(a->word, b->word);
	else
		return false;
	return true;
}

static struct value eval_compare(struct walker *w, const struct tree_node *node)
{
	struct value a = eval(w, tree_part(node, 0)), b = eval(w, tree_part(node, 1));
	bool is_derived = a.kind == VALUE_DERIVED || a.kind == VALUE_VERSION ||
	                  b.kind == VALUE_DERIVED || b.kind == VALUE_VERSION;
	bool yes;
	int order;

	for (size_t i = 2; i < node->count; i++)
		is_derived |= eval(w, node->parts[i]).kind == VALUE_DERIVED;
	if (node->count == 2 && order_of(w, &a, &b, &order) && decide(node->word, order, &yes))
		return switch_of(yes);
	return is_derived ? derived : any;
}

static struct value eval_either(struct walker *w, const struct tree_node *node)
{
	struct value test = eval(w, tree_part(node, 0)), one, other;
	size_t guards = w->guarded.count;
	int truth = value_truth(&test), quiet = w->quiet;

	if (node->count != 3)
		return any;
	if (truth >= 0)
		return eval(w, node->parts[truth ? 1 : 2]);
	w->quiet += test.kind == VALUE_DERIVED;
	guard(w, node->parts[0]);
	one = eval(w, node->parts[1]);
	other = eval(w, node->parts[2]);
	w->quiet = quiet;
	guard_cut(w, guards);
	return value_join(&one, &other);
}

static struct value eval_walrus(struct walker *w, const struct tree_node *node)
{
	struct value value = eval(w, tree_part(node, 0));

	if (node->count == 2)
		walk_bind(w, node->parts[1], &value);
	return value;
}

/* It has names of its own, which are gone afterwards. */
static struct value eval_comprehension(struct walker *w, const struct tree_node *node)
{
	size_t guards = w->guarded.count;
	struct scope before = { 0 };
	struct value made = any;

	scope_copy(&before, w->scope);
	for (size_t i = 0; i < node->count; i++) {
		const struct tree_node *part = node->parts[i];
		struct value from, element;

		if (part->kind != TREE_EACH) {
			made = eval(w, part);
			continue;
		}
		from = eval(w, tree_part(part, 0));
		element = eval_element(w, &from);
		if (part->count > 1)
			walk_bind(w, part->parts[1], &element);
		for (size_t j = 2; j < part->count; j++) {
			eval(w, part->parts[j]);
			guard(w, part->parts[j]);
			narrow(w, part->parts[j]);
		}
	}
	guard_cut(w, guards);
	scope_release(w->scope);
	*w->scope = before;
	if (made.kind != VALUE_THING || tree_says(node, "DictComp"))
		return any;
	return (struct value){ .kind = VALUE_MANY, .word = made.word };
}

/* Gone through when it is called, which is not followed; its body may never be reached. */
static struct value eval_lambda(struct walker *w, const struct tree_node *node)
{
	(void)w, (void)node;
	return any;
}

static struct value eval_star(struct walker *w, const struct tree_node *node)
{
	eval_all(w, node);
	return any;
}

static struct value (*const evals[TREE_KINDS])(struct walker *w, const struct tree_node *node) = {
	[TREE_ATTRIBUTE] = eval_attribute, [TREE_CALL] = call,
	[TREE_COMPARE] = eval_compare,     [TREE_COMPREHENSION] = eval_comprehension,
	[TREE_CONSTANT] = eval_constant,   [TREE_DICT] = eval_dict,
	[TREE_EITHER] = eval_either,       [TREE_ITEM] = eval_item,
	[TREE_LAMBDA] = eval_lambda,       [TREE_LIST] = eval_row,
	[TREE_NAME] = eval_name,           [TREE_NUMBER] = eval_number,
	[TREE_OPERATION] = eval_operation, [TREE_SET] = eval_set,
	[TREE_STAR] = eval_star,           [TREE_TEXT] = eval_text,
	[TREE_TUPLE] = eval_row,           [TREE_WALRUS] = eval_walrus,
};

struct value eval(struct walker *w, const struct tree_node *node)
{
	if (!node || w->steps++ > STEPS_MOST)
		return any;
	return evals[node->kind] ? evals[node->kind](w, node) : eval_other(w, node);
}

struct value eval_element(struct walker *w, const struct value *many)
{
	if (many->kind == VALUE_MANY)
		return thing_of(w, many->word);
	if (many->kind == VALUE_SOCKETS)
		return (struct value){ .kind = VALUE_SOCKET, .word = many->word, .of = many->of };
	return many->kind == VALUE_DERIVED ? derived : any;
}
