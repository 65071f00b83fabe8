#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>

#include "base/error.h"
#include "base/strbuf.h"

/*
 * Where our files are: the user's, by the XDG base directory specification, and those that came
 * with the program. Names only; nothing is made. All replace *out, and the paths are absolute.
 */
enum path_home {
	PATH_CONFIG,  /* $XDG_CONFIG_HOME/ll3m: what the user wrote */
	PATH_DATA,    /* $XDG_DATA_HOME/ll3m: sessions */
	PATH_CACHE,   /* $XDG_CACHE_HOME/ll3m: may be lost at any time */
	PATH_STATE,   /* $XDG_STATE_HOME/ll3m: what we learned, and could again */
	PATH_RUNTIME, /* $XDG_RUNTIME_DIR/ll3m: gone after logout */
};

bool path_home(struct strbuf *out, enum path_home which, struct error *err);

/*
 * A file or folder that came with the program, "config/ll3m.yaml": under $LL3M_SHARE, else in the
 * source tree the program was built in, else where it was installed.
 */
bool path_shared(struct strbuf *out, const char *name, struct error *err);

/* One more step down: a slash unless there is one, then the name. */
void path_add(struct strbuf *path, const char *name);

/* The part after the last slash. */
const char *path_base(const char *path);

/*
 * Whether a name may become a folder of ours: up to 64 letters, digits and . _ - that start with a
 * letter or digit. So it is not hidden, no option, and leads nowhere else.
 */
bool path_is_name(const char *name);

#endif
