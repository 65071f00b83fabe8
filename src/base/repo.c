#include "base/repo.h"

#include <dirent.h>
#include <git2.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/mem.h"

struct repo {
	char *dir;
	git_repository *git;
	git_index *index;
	git_oid last;
	bool has_last;
};

static bool git_failed(const char *dir, struct error *err)
{
	const git_error *why = git_error_last();

	return failed(err, ERR_IO, "%.200s: %s", dir, why ? why->message : "libgit2 failed");
}

static bool is_empty(const char *dir, struct error *err)
{
	DIR *listing = opendir(dir);
	const struct dirent *entry;
	size_t count = 0;

	while (listing && (entry = readdir(listing)))
		count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	if (listing)
		closedir(listing);
	if (!listing || count)
		return failed(err, ERR_USAGE, "%.200s is not an empty folder; name a new one", dir);
	return true;
}

static bool start(struct repo *r, struct error *err)
{
	git_repository_init_options options = GIT_REPOSITORY_INIT_OPTIONS_INIT;

	options.flags = GIT_REPOSITORY_INIT_NO_REINIT;
	options.initial_head = "main";
	/* Never undone: the library takes 10 ms to start, and diffs want it again. */
	return (git_libgit2_init() >= 0 &&
	        git_repository_init_ext(&r->git, r->dir, &options) == 0 &&
	        git_repository_index(&r->index, r->git) == 0) ||
	       git_failed(r->dir, err);
}

bool repo_create(struct repo **out, const char *dir, struct error *err)
{
	struct repo *r = NEW(struct repo);

	r->dir = xstrdup(dir);
	if (file_make_dir(dir, 0777, err) && is_empty(dir, err) && start(r, err)) {
		*out = r;
		return true;
	}
	repo_close(r);
	return false;
}

void repo_close(struct repo *r)
{
	if (!r)
		return;
	git_index_free(r->index);
	git_repository_free(r->git);
	free(r->dir);
	free(r);
}

static bool is_step(const char *step, size_t len)
{
	return len && !(len == 1 && step[0] == '.') && !(len == 2 && !strncmp(step, "..", 2)) &&
	       !(len == 4 && !strncasecmp(step, ".git", 4));
}

/* Names of views come from files that people may have changed: none may lead out of the folder. */
static bool is_inside(const char *path)
{
	for (;;) {
		size_t len = strcspn(path, "/");

		if (!is_step(path, len))
			return false;
		if (!path[len])
			return true;
		path += len + 1;
	}
}

/* git's own name for an ordinary file that cannot be run. */
#define MODE_FILE 0100644

static bool stage(struct repo *r, const struct repo_commit *commit, git_oid *tree)
{
	bool ok = git_index_clear(r->index) == 0;

	for (size_t i = 0; ok && i < commit->count; i++) {
		const struct repo_file *file = &commit->files[i];
		git_index_entry entry = { .path = file->path, .mode = MODE_FILE };

		ok = git_index_add_from_buffer(r->index, &entry, file->bytes, file->len) == 0;
	}
	return ok && git_index_write_tree(tree, r->index) == 0 && git_index_write(r->index) == 0;
}

bool repo_commit(struct repo *r, const struct repo_commit *commit, struct error *err)
{
	git_signature *who = NULL;
	git_commit *parent = NULL;
	git_tree *tree = NULL;
	git_oid tree_id;
	bool ok;

	for (size_t i = 0; i < commit->count; i++)
		if (!is_inside(commit->files[i].path))
			return failed(err, ERR_PROTOCOL, "\"%.100s\" is no name for a file",
			              commit->files[i].path);
	ok = stage(r, commit, &tree_id) && git_tree_lookup(&tree, r->git, &tree_id) == 0 &&
	     (!r->has_last || git_commit_lookup(&parent, r->git, &r->last) == 0) &&
	     git_signature_new(&who, commit->author, commit->email, commit->at_ms / 1000, 0) == 0;
	ok = ok && git_commit_create_v(&r->last, r->git, "HEAD", who, who, "UTF-8", commit->message,
	                               tree, parent ? 1 : 0, parent) == 0;
	r->has_last = r->has_last || ok;
	git_signature_free(who);
	git_commit_free(parent);
	git_tree_free(tree);
	return ok || git_failed(r->dir, err);
}

bool repo_checkout(struct repo *r, struct error *err)
{
	git_checkout_options options = GIT_CHECKOUT_OPTIONS_INIT;

	if (!r->has_last)
		return true;
	options.checkout_strategy = GIT_CHECKOUT_FORCE;
	return git_checkout_head(r->git, &options) == 0 || git_failed(r->dir, err);
}
