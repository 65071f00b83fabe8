#ifndef CLI_USERFILE_H
#define CLI_USERFILE_H

#include <stdbool.h>

#include "base/error.h"
#include "base/strbuf.h"

/*
 * Writing into the user's own config.yaml. It is theirs: comments, order and everything that is not
 * meant stay as they are. What cannot be put in safely is not written, and the failure shows the
 * lines to be written by hand.
 */
struct userfile_server {
	const char *url;
	const char *model; /* of it, for every role that has none of its own */
};

/*
 * Changes the text of a file so that it has this server and asks this model by default. The
 * server is called after its host, unless it is there under another name; `where` is the file's
 * name for complaints.
 */
bool userfile_add_server(struct strbuf *text, const char *where,
                         const struct userfile_server *server, struct error *err);

/* The same with the user's own file, made if it is absent. Replaces *file with its name. */
bool userfile_save_server(struct strbuf *file, const struct userfile_server *server,
                          struct error *err);

#endif
