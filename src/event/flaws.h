#ifndef EVENT_FLAWS_H
#define EVENT_FLAWS_H

#include <stdint.h>

#include "base/record.h"
#include "event/views.h"

/* One thing the critic sees wrong, or the user wants different. */
struct flaw {
	const char *id; /* "A", "B": how everybody refers to it */
	const char *part;
	const char *problem;
	const char *fix;
	enum severity severity;
	const char *view; /* which view shows it best */
	text_list search; /* what to look up before it is mended */
};

/* What the critic says of one version; also what the user proxy makes of an instruction. */
struct flaws {
	const char *summary;
	int64_t fit; /* how well the views fit the prompt, 0..10 */
	LIST_OF(struct flaw) list;
};

enum flaw_status {
	FLAW_OPEN,
	FLAW_PARTLY,
	FLAW_RESOLVED,
};

extern const char *const flaw_status_names[]; /* NULL-terminated */

/* What became of one flaw. */
struct ruling {
	const char *flaw; /* its id */
	enum flaw_status status;
	const char *evidence; /* what the views before and after show */
};

struct verdict {
	const char *summary;
	bool approved;
	int64_t fit;
	LIST_OF(struct ruling) rulings;
};

/* An instruction, made precise: what to change, what to leave, what to look at afterwards. */
struct instruction {
	const char *text;
	text_list parts;
	text_list keep;
	text_list search; /* what to look up before it is coded */
	LIST_OF(struct flaw) checks;
};

extern const struct record_type flaw_type, flaws_type, verdict_type, instruction_type;

#endif
