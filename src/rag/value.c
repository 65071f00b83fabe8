#include "rag/value.h"

bool value_same(const struct value *a, const struct value *b)
{
	return a->kind == b->kind && a->is_exact == b->is_exact && a->word == b->word &&
	       a->of == b->of && a->name == b->name && !(a->number < b->number) &&
	       !(a->number > b->number) && a->count == b->count && a->entry == b->entry &&
	       a->node == b->node;
}

/* A name without a value raises before anything else can, so it does not count. */
struct value value_join(const struct value *a, const struct value *b)
{
	if (a->kind == VALUE_UNSET || value_same(a, b))
		return *b;
	if (b->kind == VALUE_UNSET)
		return *a;
	if (a->kind == VALUE_DERIVED || b->kind == VALUE_DERIVED)
		return (struct value){ .kind = VALUE_DERIVED };
	if (a->kind == VALUE_THING && b->kind == VALUE_THING && a->word == b->word)
		return (struct value){ .kind = VALUE_THING,
			               .word = a->word,
			               .is_exact = a->is_exact && b->is_exact };
	return (struct value){ .kind = VALUE_ANY };
}

int value_truth(const struct value *value)
{
	switch (value->kind) {
	case VALUE_NONE:
	case VALUE_ABSENT:
		return 0;
	case VALUE_SWITCH:
	case VALUE_NUMBER:
		return value->number < 0 || value->number > 0;
	case VALUE_TEXT:
		return value->word[0] != '\0';
	case VALUE_VERSION:
	case VALUE_MODULE:
	case VALUE_CLASS:
	case VALUE_DEF:
	case VALUE_SCRIPT_CLASS:
		return 1;
	default:
		return -1;
	}
}
