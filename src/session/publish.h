#ifndef SESSION_PUBLISH_H
#define SESSION_PUBLISH_H

#include "base/error.h"
#include "base/strbuf.h"

struct session;

/*
 * The files of a session that people look for: script.py, views/NAME.png and asset.blend, always
 * those of the head, and exports on request. They can be made again at any time, so a failure is
 * trouble to be told of, never the end of a session.
 */
struct publish {
	int jobs;      /* under way in Blender */
	char *written; /* the blob that script.py holds; NULL: not known */
};

void publish_head(struct session *s);
bool publish_export(struct session *s, const char *format, const char *file, struct error *err);
bool publish_is_busy(const struct session *s);
void publish_finish(struct session *s); /* waits for what is under way */

#endif
