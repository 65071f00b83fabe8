#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/error.h"
#include "cli/args.h"
#include "session/session.h"

/*
 * The program as seen from a shell: subcommands in a table, and what they exit with.
 */
enum exit_code {
	EXIT_DONE,
	EXIT_FAILED,
	EXIT_USAGE,
	EXIT_BUDGET,
	EXIT_NO_MODEL,
	EXIT_NO_BLENDER,
	EXIT_CANCELLED,
	EXIT_CODES,
};

extern const char *const exit_meanings[EXIT_CODES];

extern const struct subcommand subcommands[]; /* ends with a NULL name */

int cli_main(int argc, char **argv);

/* Says in short how it is used; gives what to exit with. */
int cli_usage(void);

/* One subcommand, whose name is argv[0]. */
int cli_run(int argc, char **argv);

int cli_exit_code(enum err_code code); /* of trouble in a session */

/* Says "ll3m: ..." on stderr; gives the exit code that fits. */
int cli_fail(const struct error *err);

/* Settings of all layers, flags last; the log is open if one is wanted. */
bool cli_settings(struct settings *out, const struct args *args, struct error *err);

/* Whatever was printed has arrived: `code`, else EXIT_FAILED. */
int cli_finish(int code);

int cmd_demo(const struct args *args);
int cmd_docs(const struct args *args);
int cmd_doctor(const struct args *args);
int cmd_export(const struct args *args);
int cmd_fork(const struct args *args);
int cmd_help(const struct args *args);
int cmd_list(const struct args *args);
int cmd_models(const struct args *args);
int cmd_open(const struct args *args);
int cmd_relay(const struct args *args);
int cmd_replay(const struct args *args);
int cmd_resume(const struct args *args);
int cmd_run(const struct args *args);
int cmd_show(const struct args *args);

#endif
