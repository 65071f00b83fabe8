#ifndef TUI_HOUSE_INSIDE_H
#define TUI_HOUSE_INSIDE_H

#include "base/editor.h"
#include "base/work.h"
#include "event/tell.h"
#include "tui/activity.h"
#include "tui/alarm.h"
#include "tui/ask.h"
#include "tui/house.h"
#include "tui/keymap.h"
#include "tui/layer.h"
#include "tui/marks.h"
#include "tui/popup.h"
#include "tui/prompt.h"
#include "tui/term.h"
#include "tui/tui.h"

/* What the files that make up the house share, and no pane sees. */
struct house {
	struct loop *loop;
	struct session *session;
	struct tui_options options;
	tui_over_fn over;
	void *over_ctx;

	struct term *term;
	struct work *work; /* turns pixels into bytes */
	struct layer *layer;
	struct theme theme;
	bool has_theme;     /* one was chosen while it runs */
	struct looks looks; /* the theme, as this terminal can show it */
	struct keymap *keymap;
	struct layouts layouts;
	const struct layout *layout; /* NULL: the screen is too small */
	const char *wanted_layout;   /* by name; NULL: the first that fits */
	struct scene scene;
	struct splits splits;

	void *panes[PANE_COUNT]; /* NULL: there is no such pane */
	enum pane_id focus;
	enum pane_id front[LAYOUT_BOXES_MAX]; /* whose turn it is in each box */
	bool is_zoomed;
	enum mode mode;
	struct {
		enum pane_id focus, front[LAYOUT_BOXES_MAX];
		const struct layout *layout;
		const char *wanted_layout;
		struct splits splits;
		bool is_zoomed;
	} before;                /* the main screen as it was when the mode began */
	int64_t seen_since_ms;   /* verdicts typed before that was seen do not count */
	int64_t look_at, marked; /* versions; 0: none */
	bool compares;           /* what is shown with the marked one */
	struct story story;

	struct texts {
		char **items;
		size_t count;
	} asked[ASK_HISTORIES]; /* lines that were written, for Up */
	struct prompt *prompt;
	bool in_prompt;
	struct popup *popups; /* the uppermost */

	struct strbuf said; /* until the next key */
	bool is_complaint;
	char *search;
	struct {
		enum border border;
		size_t at;
		int row, col;
	} drag;
	bool mouse;
	struct editor *editing; /* somebody else has the terminal; NULL: nobody */
	struct usage spent;     /* on all branches */
	struct activity activity;
	struct alarm alarm;
	struct timer *tick; /* while somebody waits for something, so that he sees for how long */
	int64_t opened_ms;
	bool is_here; /* the terminal says that it has the focus */
	char *title;  /* of the window */
};

/* Of the pane with the focus, then of the house; or of the session. */
bool house_run(struct house *h, const char *line, struct error *err);
extern const struct verb house_verbs[], house_steer_verbs[], house_out_verbs[], house_look_verbs[];
extern const struct verb *const house_tables[]; /* all of these, ends with NULL */

bool move_is_known(const char *name); /* "up", "page down" */

void house_leave(struct house *h);   /* asks if somebody is at work */
void house_arrange(struct house *h); /* boxes, after anything that they depend on */
void house_contexts(const struct house *h,
                    const char *out[5]); /* whose keys hold, NULL-terminated */
void house_enter_mode(struct house *h, enum mode mode);
enum pane_id house_pane_at(const struct house *h, int row, int col); /* PANE_NONE: none */
bool house_is_seen(const struct house *h, enum pane_id pane);

const char *house_title(const struct house *h, enum pane_id pane);
void house_end_compare(struct house *h);
bool house_has_proposal(const struct house *h); /* a script waits for a verdict */

struct canvas house_part(const struct canvas *screen, struct cells where);

void house_input(void *ctx, const struct input *in);                          /* ctx: the house */
const struct pane_type *house_type(const struct house *h, enum pane_id pane); /* or NULL */

/* chrome.c: all that is no pane. */
void chrome_draw(struct house *h, struct canvas *screen);
void chrome_pane(struct house *h, struct canvas *screen, size_t box);
void chrome_card(struct house *h, struct canvas *screen); /* when the screen is too small */
struct cells chrome_inner(const struct house *h, size_t box);

#endif
