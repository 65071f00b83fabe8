#ifndef CLI_LOBBY_H
#define CLI_LOBBY_H

#include <stdbool.h>

/* No subcommand, and a terminal to draw on: `ll3m`, `ll3m --theme dark`. */
bool lobby_is_wanted(int argc, char **argv);

/* Shows what there is, then runs the subcommand that was chosen. Gives what to exit with. */
int lobby_main(int argc, char **argv);

#endif
