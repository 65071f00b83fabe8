#ifndef SESSION_RETELL_H
#define SESSION_RETELL_H

#include "base/error.h"
#include "base/strbuf.h"

/*
 * All that a user said in a session, as commands, one a line and in their order: given to a new
 * session whose models say the same again, it takes the same way. Gates that were answered by
 * themselves are answered too, so that it does not matter how much was decided alone. Pictures and
 * hand-made scripts are named as files of the old session.
 */
bool retell(struct strbuf *out, const char *dir, struct error *err);

#endif
