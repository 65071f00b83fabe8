#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/place.h"

static bool read_step(int64_t *out, const char *word, struct error *err)
{
	char *end;
	long long number;

	errno = 0;
	number = strtoll(word, &end, 10);
	if (end == word || *end || errno || number < 1)
		return failed(err, ERR_USAGE,
		              "fork: \"%.40s\" is no number of a step; `ll3m show NAME steps` has "
		              "them",
		              word);
	*out = number;
	return true;
}

static bool fork_session(const struct args *args, struct strbuf *from, struct strbuf *to,
                         struct error *err)
{
	int64_t step = 0;

	if (!place_find(from, args->words[0], err) || !read_step(&step, args->words[1], err) ||
	    !place_of(to, args->words[2], err))
		return false;
	if (place_is_taken(strbuf_str(to)))
		return failed(err, ERR_USAGE, "fork: %s is there already; take another name",
		              strbuf_str(to));
	return session_fork(strbuf_str(from), step, strbuf_str(to), err);
}

int cmd_fork(const struct args *args)
{
	struct strbuf from = { 0 }, to = { 0 };
	struct error err;
	bool ok = fork_session(args, &from, &to, &err);

	if (ok)
		printf("session %s: %s\n`ll3m resume %s` goes on with it.\n", args->words[2],
		       strbuf_str(&to), args->words[2]);
	strbuf_release(&from);
	strbuf_release(&to);
	return ok ? EXIT_DONE : cli_fail(&err);
}
