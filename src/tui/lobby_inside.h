#ifndef TUI_LOBBY_INSIDE_H
#define TUI_LOBBY_INSIDE_H

#include "session/session.h"
#include "tui/line.h"
#include "tui/lobby.h"
#include "tui/marks.h"
#include "tui/rows.h"
#include "tui/stage.h"

/*
 * One page has the screen at a time. A page's struct is a part of the lobby, so going to another
 * one loses nothing.
 */
struct page {
	const char *title;
	const char *contexts[4]; /* whose keys hold, NULL-terminated */
	const char *hints[8][2]; /* commands, and what each is called; ends with NULL */
	void (*draw)(struct lobby *l, const struct canvas *on);
	void (*act)(struct lobby *l, const char *command); /* what no other page has, too */
	void (*type)(struct lobby *l, const char *text);   /* a letter; may be NULL */
	void (*click)(struct lobby *l, int row, int col);  /* on its canvas; may be NULL */
	void (*wheel)(struct lobby *l, enum move move);    /* may be NULL */
};

extern const struct page start_page, sessions_page, server_page, tour_page;

struct pick {
	char *name, *dir;
	int64_t changed_ms;
	bool is_read; /* only what was on the screen is */
	struct glance glance;
};

typedef void (*lobby_said_fn)(struct lobby *l, const char *text);

struct lobby {
	struct stage stage;
	struct lobby_host host;
	char *version;
	lobby_chosen_fn chosen;
	void *ctx;
	bool is_over;

	const struct page *page;
	struct strbuf said; /* until the next key */
	bool is_complaint;

	/* A line being written at the bottom has all the keys; label NULL: there is none. */
	struct {
		const char *label;
		struct line line;
		lobby_said_fn done;
		const char *ending; /* of files that Tab completes; NULL: it is no file */
	} field;

	/* Or a question: Enter means no. */
	struct {
		char *text; /* NULL: there is none */
		void (*answered)(struct lobby *l, bool is_yes);
	} question;

	struct {
		struct rows choices;
		int top;       /* the first line of the findings that is seen */
		int first_row; /* of the choices, on the page */
	} start;

	struct {
		struct pick *items;
		size_t count;
		size_t *shown; /* those that fit the filter */
		size_t shown_count;
		struct strbuf filter;
		bool is_filtering;
		struct rows rows;
		int first_row;
		struct timer *reading; /* NULL: nothing is left to read */
	} sessions;

	struct {
		char *url;
		bool is_asked; /* and has not answered */
		char **names;
		size_t count;
		struct rows rows;
		int first_row;
	} server;

	size_t card; /* of the tour */
};

/* Ends the lobby. */
void lobby_choose(struct lobby *l, enum lobby_choice choice, const char *text);

void lobby_go(struct lobby *l, const struct page *page);
void lobby_say(struct lobby *l, const char *text);
void lobby_complain(struct lobby *l, const struct error *err);
void lobby_ask(struct lobby *l, const char *label, const char *text, lobby_said_fn done);
void lobby_question(struct lobby *l, char *text, void (*answered)(struct lobby *l, bool is_yes));
bool lobby_moves(struct rows *rows, const char *command); /* "up", "page down" ... */
const char *lobby_key(const struct lobby *l, const struct page *page, const char *command);

/* A cell of text of others, cut to its width with an ellipsis. */
void lobby_cell(const struct canvas *c, int row, int col, int cols, enum look look,
                const char *text);

/* Text of others in rows of so many columns; how many rows it took, or would have. */
int lobby_wrap(const struct canvas *c, int row, int col, int most_rows, enum look look,
               const char *text);

void sessions_open(struct lobby *l, const struct lobby_options *options);
void sessions_close(struct lobby *l);
void server_ask(struct lobby *l, const char *url);
void server_close(struct lobby *l);

#endif
