#ifndef BASE_REPO_H
#define BASE_REPO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/*
 * A git repository in the making: one branch, "main", and one commit after the other. Whoever
 * wrote a commit is its committer too, at the same time, so the same story gives the same ids.
 */
struct repo;

struct repo_file {
	const char *path; /* "views/front.png" */
	const void *bytes;
	size_t len;
};

struct repo_commit {
	const char *author, *email;
	int64_t at_ms;
	const char *message;
	const struct repo_file *files; /* all there are: the others of the last commit are gone */
	size_t count;
};

/* The folder has to be empty, or not there yet. */
bool repo_create(struct repo **out, const char *dir, struct error *err);
bool repo_commit(struct repo *r, const struct repo_commit *commit, struct error *err);
bool repo_checkout(struct repo *r, struct error *err); /* the files of the last commit */
void repo_close(struct repo *r);

#endif
