#include "tui/alarm.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/mem.h"

/* Behind what is wrong. What does not stop anybody needs no cure. */
static const char *const cures[] = {
	[ERR_USAGE] = "{log} all that went wrong",
	[ERR_CONFIG] = "mend the file, leave and take the session up again",
	[ERR_IO] = "{continue} tries again; nothing that is saved is lost",
	[ERR_NETWORK] = "{continue} tries again; all but the models works",
	[ERR_REFUSED] = "mend it, then {continue} asks again; nothing was lost",
	[ERR_PROTOCOL] = "{continue} asks again",
	[ERR_WORKER] = "{continue} starts Blender again; the script is kept",
	[ERR_BUDGET] = ":budget raises it, then {continue}; your own edits cost nothing",
	[ERR_CANCELLED] = "{continue} goes on",
};

static void silence(struct alarm *a)
{
	free(a->text);
	*a = (struct alarm){ 0 };
}

/* Somebody got on: whatever it was is over. */
static bool gets_on(const struct event *ev)
{
	static const enum event_kind kinds[] = { EV_TURN_BEGAN,    EV_SCRIPT_WRITTEN,
		                                 EV_SCRIPT_RAN,    EV_SCRIPT_FAILED,
		                                 EV_VIEWS_DRAWN,   EV_GATE_OPENED,
		                                 EV_GATE_ANSWERED, EV_HEAD_MOVED };

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (kinds[i] == ev->kind)
			return true;
	return false;
}

void alarm_hear(struct alarm *alarm, const struct event *ev)
{
	if (ev->kind == EV_TROUBLE) {
		silence(alarm);
		alarm->code = ev->body.trouble.code;
		alarm->stops = ev->body.trouble.stops;
		alarm->text = xstrdup(ev->body.trouble.text ? ev->body.trouble.text : "");
	} else if (gets_on(ev)) {
		silence(alarm);
	}
}

void alarm_release(struct alarm *alarm)
{
	silence(alarm);
}

/* A command without a key is written out, as it can be after the colon. */
static void add_cure(struct strbuf *out, const char *cure, alarm_key_fn key_of, void *ctx)
{
	while (*cure) {
		size_t plain = strcspn(cure, "{");

		strbuf_add(out, cure, plain);
		cure += plain;
		if (*cure) {
			size_t len = strcspn(cure, "}");
			char *command = xstrndup(cure + 1, len - 1);
			const char *key = key_of(ctx, command);

			strbuf_addf(out, "%s%s", key ? "" : ":", key ? key : command);
			free(command);
			cure += len + 1;
		}
	}
}

void alarm_tell(struct strbuf *out, const struct alarm *alarm, alarm_key_fn key_of, void *ctx)
{
	const char *cure =
		alarm->code > 0 && alarm->code < (int64_t)COUNT(cures) ? cures[alarm->code] : NULL;

	if (!alarm->text)
		return;
	strbuf_addstr(out, alarm->text);
	if (!cure || !alarm->stops)
		return;
	strbuf_addstr(out, "  ");
	add_cure(out, cure, key_of, ctx);
}
