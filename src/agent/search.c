#include "agent/search.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"

#define MOST_QUERIES 6u
#define QUERY_MAX    160u

/* What models put round words that they want to be seen. */
static struct text_span unmarked(struct text_span text)
{
	text = text_trim(text);
	while (text.len && strchr("*_`#>-\"", *text.at)) {
		text.at++;
		text.len--;
	}
	while (text.len && strchr("*_`\".", text.at[text.len - 1]))
		text.len--;
	return text_trim(text);
}

/* What stands behind "Search:", or nothing. */
static bool read_label(struct text_span *queries, struct text_span line)
{
	static const char label[] = "search:";
	size_t len = strlen(label);
	struct text_span text = unmarked(line);

	if (text.len < len || strncasecmp(text.at, label, len) != 0)
		return false;
	*queries = (struct text_span){ text.at + len, text.len - len };
	return true;
}

static void add_query(text_list *out, struct text_span text)
{
	text = unmarked(text);
	if (!text.len || text.len > QUERY_MAX || out->count == MOST_QUERIES)
		return;
	if (!out->items)
		out->items = xcalloc(MOST_QUERIES, sizeof(*out->items));
	out->items[out->count++] = xstrndup(text.at, text.len);
}

static void add_queries(text_list *out, struct text_span text)
{
	while (text.len) {
		const char *end = memchr(text.at, ';', text.len);
		size_t len = end ? (size_t)(end - text.at) : text.len;

		add_query(out, (struct text_span){ text.at, len });
		len += end != NULL;
		text.at += len;
		text.len -= len;
	}
}

void search_take(text_list *out, char *prose)
{
	struct text_span line, rest = text_span(prose);
	char *to = prose;

	while (text_next_line(&line, &rest)) {
		struct text_span queries;
		size_t len = (size_t)(rest.at - line.at); /* with its line break */

		if (read_label(&queries, line)) {
			add_queries(out, queries);
			continue;
		}
		memmove(to, line.at, len);
		to += len;
	}
	while (to > prose && strchr(" \t\n", to[-1]))
		to--;
	*to = '\0';
}

void search_release(text_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free((char *)(uintptr_t)list->items[i]);
	free(list->items);
	*list = (text_list){ 0 };
}
