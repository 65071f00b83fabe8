#include "tui/verb.h"

#include <stddef.h>
#include <string.h>

const struct verb *verb_find(const struct verb *table, const char *line, const char **args)
{
	const struct verb *best = NULL;
	size_t best_len = 0;

	for (const struct verb *a = table; a && a->name; a++) {
		size_t len = strlen(a->name);

		if (len <= best_len || strncmp(line, a->name, len) != 0 ||
		    (line[len] && line[len] != ' '))
			continue;
		best = a;
		best_len = len;
	}
	if (best)
		*args = line + best_len + strspn(line + best_len, " ");
	return best;
}
