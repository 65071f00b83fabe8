#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

#include "base/compiler.h"
#include "base/error.h"

/*
 * Notes for whoever debugs this program. Off unless asked for, always to a file, never to the
 * terminal; control bytes are escaped and secrets blanked. What a user needs to know is an event.
 *
 * The log is the one thing a process has one of: a line must be possible from anywhere.
 */
bool log_open(const char *path, struct error *err); /* adds to the file; only its owner may read */
void log_close(void);                               /* and forget the secrets */

void log_debug(const char *fmt, ...) PRINTF_LIKE(1, 2);
void log_warn(const char *fmt, ...) PRINTF_LIKE(1, 2);

/* From now on no line shows this text: an API key, as soon as it is known. */
void log_hide(const char *secret);

/* We broke our own promise: put the terminal back, say where, abort. */
#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
_Noreturn void bug_at(const char *file, int line, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* What puts the terminal back; NULL: there is nothing to put back. */
void bug_before(void (*fn)(void));

#endif
