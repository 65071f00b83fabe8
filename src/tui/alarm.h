#ifndef TUI_ALARM_H
#define TUI_ALARM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "event/event.h"

/*
 * What has gone wrong outside the script and is not over yet: the network, a key, the budget,
 * Blender, the disk. It stays until the agents get on again. All zeros is no alarm.
 */
struct alarm {
	int64_t code; /* an enum err_code; 0: none */
	bool stops;   /* the agents wait because of it */
	char *text;
};

void alarm_hear(struct alarm *alarm, const struct event *ev);
void alarm_release(struct alarm *alarm);

/*
 * What is wrong, then what helps. A cure's {word} is the command that a key stands for: "{continue}
 * asks again"; key_of() says which key.
 */
typedef const char *(*alarm_key_fn)(void *ctx, const char *command);
void alarm_tell(struct strbuf *out, const struct alarm *alarm, alarm_key_fn key_of, void *ctx);

#endif
