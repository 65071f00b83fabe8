#include "config.h"

#include "cli/cli.h"

#ifdef WITH_TUI
#include <unistd.h>

#include "tui/tui.h"
#endif

int main(int argc, char **argv)
{
#ifdef WITH_TUI
	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		tui_guard();
#endif
	return cli_main(argc, argv);
}
