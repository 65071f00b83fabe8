#ifndef AGENT_SEARCH_H
#define AGENT_SEARCH_H

#include "base/record.h"

/*
 * "Search: solidify modifier thickness; bevel segments": a line of prose that says what to look up
 * in the documentation. Such lines are taken out of the prose; *out, a list that was empty, owns
 * its queries, at most six of them.
 */
void search_take(text_list *out, char *prose);
void search_release(text_list *list);

#endif
