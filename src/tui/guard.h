#ifndef TUI_GUARD_H
#define TUI_GUARD_H

#include <termios.h>

/*
 * Gives the terminal back when the program no longer can: it crashed, broke a promise of its own
 * (BUG), or was killed without a chance to do anything.
 *
 * For the last of these guard_split() makes two processes of one. The parent does nothing but wait:
 * it hands on the signals it gets, stops when the program stops, ends as the program ended, and
 * before that puts back what is still armed. Call it first thing, while there are no threads,
 * children or open files that two processes must not share.
 */
void guard_split(void); /* returns in the program */

/*
 * From now on, whatever happens, `restore` is written and `before` is set. Said again, the latest
 * holds. Only one terminal can be guarded; fd stays open until guard_disarm().
 */
void guard_arm(int fd, const struct termios *before, const char *restore);
void guard_disarm(void); /* it has been put back */

#endif
