#include "answers.h"

#include <string.h>

#include "base/compiler.h"

#define DA1       "\033[c"
#define VERSION   "\033[>0q"
#define CELL      "\033[16t"
#define AREA      "\033[14t"
#define REGISTERS "\033[?1;1;0S"
#define GEOMETRY  "\033[?2;1;0S"
#define SYNC      "\033[?2026$p"
#define PASTE     "\033[?2004$p"
#define KEYBOARD  "\033[?u"
#define PICTURES  "\033_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\033\\"
#define FORE      "\033]10;?\033\\"
#define BACK      "\033]11;?\033\\"
#define CURSOR    "\033[?6n"

#define CELL_ANSWER   "\033[6;%h;%wt"
#define AREA_ANSWER   "\033[4;%H;%Wt"
#define CURSOR_ANSWER "\033[?%r;%cR"
#define BLACK         "\033]11;rgb:0000/0000/0000\033\\"
#define WHITE         "\033]10;rgb:ffff/ffff/ffff\033\\"

static const struct profile profiles[] = {
	{ "xterm",
	  "xterm-256color",
	  true,
	  { { DA1, "\033[?63;1;2;4;6;9;15;16;22;28c" },
	    { VERSION, "\033P>|XTerm(379)\033\\" },
	    { REGISTERS, "\033[?1;0;1024S" },
	    { GEOMETRY, "\033[?2;0;%W;%HS" },
	    { SYNC, "\033[?2026;0$y" },
	    { PASTE, "\033[?2004;2$y" },
	    { FORE, WHITE },
	    { BACK, BLACK },
	    { CURSOR, CURSOR_ANSWER } } },
	{ "foot",
	  "xterm-256color",
	  false,
	  { { DA1, "\033[?62;4;22;28c" },
	    { VERSION, "\033P>|foot(1.21.0)\033\\" },
	    { CELL, CELL_ANSWER },
	    { AREA, AREA_ANSWER },
	    { REGISTERS, "\033[?1;0;1024S" },
	    { GEOMETRY, "\033[?2;0;%W;%HS" },
	    { SYNC, "\033[?2026;2$y" },
	    { PASTE, "\033[?2004;2$y" },
	    { KEYBOARD, "\033[?0u" },
	    { FORE, WHITE },
	    { BACK, BLACK },
	    { CURSOR, CURSOR_ANSWER } } },
	{ "kitty",
	  "xterm-256color",
	  true,
	  { { DA1, "\033[?62;c" },
	    { VERSION, "\033P>|kitty(0.41.1)\033\\" },
	    { CELL, CELL_ANSWER },
	    { AREA, AREA_ANSWER },
	    { SYNC, "\033[?2026;2$y" },
	    { PASTE, "\033[?2004;2$y" },
	    { KEYBOARD, "\033[?0u" },
	    { PICTURES, "\033_Gi=31;OK\033\\" },
	    { FORE, WHITE },
	    { BACK, BLACK },
	    { CURSOR, CURSOR_ANSWER } } },
	{ "mlterm",
	  "xterm-256color",
	  true,
	  { { DA1, "\033[?63;1;2;3;4;6;7;15;18;22;29c" },
	    { CELL, CELL_ANSWER },
	    { AREA, AREA_ANSWER },
	    { REGISTERS, "\033[?1;0;256S" },
	    { GEOMETRY, "\033[?2;3;0S" },
	    { SYNC, "\033[?2026;0$y" },
	    { PASTE, "\033[?2004;2$y" },
	    { FORE, WHITE },
	    { BACK, BLACK } } },
	{ "tmux-3.5",
	  "tmux-256color",
	  true,
	  { { DA1, "\033[?1;2;4c" },
	    { VERSION, "\033P>|tmux 3.5a\033\\" },
	    { CELL, CELL_ANSWER },
	    { AREA, AREA_ANSWER },
	    { REGISTERS, "\033[?1;0;1024S" },
	    { GEOMETRY, "\033[?2;3;0S" },
	    { FORE, WHITE },
	    { BACK, BLACK } } },
	{ "tmux-3.3",
	  "screen-256color",
	  true,
	  { { DA1, "\033[?1;2c" }, { VERSION, "\033P>|tmux 3.3a\033\\" } } },
	{ "screen", "screen-256color", true, { { DA1, "\033[?1;2c" }, { BACK, BLACK } } },
	{ "mosh", "xterm-256color", false, { { DA1, "\033[?62c" } } },
	{ "linux", "linux", false, { { DA1, "\033[?6c" } } },
	{ "silent", "vt100", false, { { NULL, NULL } } },
	/* As xterm, where glyphs of unclear width take two cells. */
	{ "wide",
	  "xterm-256color",
	  false,
	  { { DA1, "\033[?62c" }, { CURSOR, "\033[?1;9R" }, { PASTE, "\033[?2004;2$y" } } },
};

const struct profile *profile_find(const char *name)
{
	for (size_t i = 0; i < COUNT(profiles); i++)
		if (!strcmp(profiles[i].name, name))
			return &profiles[i];
	return NULL;
}

static void add_answer(struct strbuf *out, const char *answer, const struct places *p)
{
	for (; *answer; answer++) {
		if (*answer != '%') {
			strbuf_add(out, answer, 1);
			continue;
		}
		switch (*++answer) {
		case 'h':
			strbuf_addf(out, "%d", p->cell_height);
			break;
		case 'w':
			strbuf_addf(out, "%d", p->cell_width);
			break;
		case 'H':
			strbuf_addf(out, "%d", p->rows * p->cell_height);
			break;
		case 'W':
			strbuf_addf(out, "%d", p->cols * p->cell_width);
			break;
		case 'r':
			strbuf_addf(out, "%d", p->row + 1);
			break;
		case 'c':
			strbuf_addf(out, "%d", p->col + 1);
			break;
		}
	}
}

void profile_answer(const struct profile *p, const char *sequence, const struct places *places,
                    struct strbuf *out)
{
	for (size_t i = 0; i < COUNT(p->answers) && p->answers[i].question; i++)
		if (!strcmp(p->answers[i].question, sequence))
			add_answer(out, p->answers[i].answer, places);
}
