#include <string.h>

#include "base/base64.h"
#include "base/text.h"
#include "session/dump_inside.h"

/* Nothing is loaded from anywhere and nothing runs, whatever a model may have put into its words.
 */
static const char head[] =
	"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	"img-src data:; style-src 'unsafe-inline'\">\n"
	"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	"<meta name=\"color-scheme\" content=\"light dark\">\n";

static const char style[] =
	"<style>\n"
	":root { --ink: #1c1c1e; --paper: #fdfdfb; --faint: #6b6b70; --line: #dcdcd6;\n"
	"  --card: #f4f4ef; --good: #1a7f37; --warn: #8a5a00; --bad: #b42318; --add: #e3f4e6;\n"
	"  --del: #fbe4e2 }\n"
	"@media (prefers-color-scheme: dark) { :root { --ink: #e6e6e3; --paper: #17181a;\n"
	"  --faint: #9a9aa0; --line: #34363a; --card: #1f2124; --good: #5fc27a; --warn: #e0ac4f;\n"
	"  --bad: #f0837a; --add: #173322; --del: #3b1d1d } }\n"
	"body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; color: var(--ink);\n"
	"  background: var(--paper); font: 16px/1.5 system-ui, sans-serif;\n"
	"  overflow-wrap: anywhere }\n"
	"h1 { font-size: 1.7rem; line-height: 1.2; white-space: pre-line }\n"
	"h2 { margin: 2.5rem 0 .5rem; border-bottom: 1px solid var(--line) }\n"
	".fact { margin: 0 }\n"
	".fact b { color: var(--faint); font-weight: normal; display: inline-block; "
	"width: 5rem }\n"
	".entry { display: grid; grid-template-columns: 3.5rem 5rem 1fr; gap: 0 .75rem;\n"
	"  margin: .6rem 0 }\n"
	".entry time { color: var(--faint); text-align: right; font-variant-numeric: "
	"tabular-nums }\n"
	".entry b { color: var(--faint); font-weight: 600 }\n"
	".entry p { margin: 0; white-space: pre-line }\n"
	".entry ul { margin: .2rem 0; padding-left: 1.2rem; color: var(--faint) }\n"
	".good { color: var(--good) } .warn { color: var(--warn) } .bad { color: var(--bad) }\n"
	".step { margin: .8rem 0; color: var(--good); font-weight: 600; border-top: 2px solid }\n"
	".pictures { display: flex; flex-wrap: wrap; gap: .5rem; margin: .6rem 0 }\n"
	"figure { margin: 0; flex: 1 1 9rem; max-width: 24rem }\n"
	"figure img { width: 100%; border-radius: 4px; background: var(--card) }\n"
	"figcaption { color: var(--faint); font-size: .85rem; text-align: center }\n"
	"pre { background: var(--card); padding: .75rem; overflow-x: auto; font: 13px/1.45 "
	"ui-monospace, monospace;\n  overflow-wrap: normal; border-radius: 4px }\n"
	"pre span { display: block; min-height: 1.45em }\n"
	".add { background: var(--add) } .del { background: var(--del) } .at { color: "
	"var(--faint) }\n"
	".script { counter-reset: line }\n"
	".script span::before { counter-increment: line; content: counter(line); "
	"display: inline-block;\n"
	"  width: 3rem; margin-right: 1rem; text-align: right; color: var(--faint) }\n"
	"summary { cursor: pointer; color: var(--faint) }\n"
	"@media (max-width: 40rem) { .entry { grid-template-columns: 3rem 1fr }\n"
	"  .entry p, .entry ul { grid-column: 1 / -1 } }\n"
	"</style>\n";

/* Text that cannot become markup, neither between tags nor in an attribute. */
static void add_text(struct strbuf *out, const char *text, size_t len)
{
	struct strbuf clean = { 0 };

	text_clean(&clean, text, len, TEXT_LINES);
	for (size_t i = 0; i < clean.len; i++) {
		switch (clean.buf[i]) {
		case '&':
			strbuf_addstr(out, "&amp;");
			break;
		case '<':
			strbuf_addstr(out, "&lt;");
			break;
		case '>':
			strbuf_addstr(out, "&gt;");
			break;
		case '"':
			strbuf_addstr(out, "&quot;");
			break;
		case '\'':
			strbuf_addstr(out, "&#39;");
			break;
		default:
			strbuf_add(out, &clean.buf[i], 1);
		}
	}
	strbuf_release(&clean);
}

static void begin(struct dump *d, const char *title)
{
	strbuf_addf(&d->out, "%s<title>", head);
	add_text(&d->out, title, strlen(title));
	strbuf_addf(&d->out, "</title>\n%s</head>\n<body>\n<h1>", style);
	add_text(&d->out, title, strlen(title));
	strbuf_addstr(&d->out, "</h1>\n");
}

static void fact(struct dump *d, const char *name, const char *value)
{
	strbuf_addf(&d->out, "<p class=\"fact\"><b>%s</b> ", name);
	add_text(&d->out, value, strlen(value));
	strbuf_addstr(&d->out, "</p>\n");
}

static void heading(struct dump *d, const char *text)
{
	strbuf_addf(&d->out, "<h2>%s</h2>\n", text);
}

static void entry(struct dump *d, const struct telling *t, int64_t after_ms)
{
	static const char *const classes[] = {
		[TONE_PLAIN] = "",
		[TONE_HEADING] = "",
		[TONE_GOOD] = " class=\"good\"",
		[TONE_WARNING] = " class=\"warn\"",
		[TONE_BAD] = " class=\"bad\"",
	};
	struct text_span line, rest = { strbuf_str(&t->details), t->details.len };

	strbuf_addstr(&d->out, "<div class=\"entry\"><time>");
	tell_clock(&d->out, after_ms);
	strbuf_addf(&d->out, "</time><b>%s</b><div><p%s>", t->who, classes[t->tone]);
	add_text(&d->out, strbuf_str(&t->text), t->text.len);
	strbuf_addstr(&d->out, "</p>");
	strbuf_addstr(&d->out, rest.len ? "<ul>" : "");
	while (text_next_line(&line, &rest)) {
		bool is_item = line.len > 2 && !memcmp(line.at, "- ", 2);

		strbuf_addstr(&d->out, "<li>");
		add_text(&d->out, line.at + (is_item ? 2 : 0), line.len - (is_item ? 2 : 0));
	}
	strbuf_addstr(&d->out, t->details.len ? "</ul>" : "");
	strbuf_addstr(&d->out, "</div></div>\n");
}

static void step(struct dump *d, int64_t number)
{
	strbuf_addf(&d->out, "<p class=\"step\">Step %lld</p>\n", (long long)number);
}

static void add_line(struct strbuf *out, const char *class, char mark, struct text_span text)
{
	strbuf_addf(out, "<span%s>%c", class, mark);
	add_text(out, text.at, text.len);
	strbuf_addstr(out, "</span>");
}

static void diff(struct dump *d, const struct diff *changes)
{
	static const char *const classes[] = {
		[DIFF_SAME] = "", [DIFF_REMOVED] = " class=\"del\"", [DIFF_ADDED] = " class=\"add\""
	};
	static const char marks[] = { [DIFF_SAME] = ' ', [DIFF_REMOVED] = '-', [DIFF_ADDED] = '+' };

	strbuf_addf(&d->out, "<details><summary>%zu lines added, %zu removed</summary><pre>",
	            changes->added, changes->removed);
	for (size_t i = 0; i < changes->hunk_count; i++) {
		const struct diff_hunk *hunk = &changes->hunks[i];

		strbuf_addf(&d->out, "<span class=\"at\">line %zu</span>", hunk->new_start);
		for (size_t k = 0; k < hunk->line_count; k++)
			add_line(&d->out, classes[hunk->lines[k].kind], marks[hunk->lines[k].kind],
			         hunk->lines[k].text);
	}
	strbuf_addstr(&d->out, "</pre></details>\n");
}

static void script(struct dump *d, struct text_span text)
{
	struct text_span line;

	strbuf_addstr(&d->out, "<pre class=\"script\">");
	while (text_next_line(&line, &text)) {
		strbuf_addstr(&d->out, "<span>");
		add_text(&d->out, line.at, line.len);
		strbuf_addstr(&d->out, "\n</span>");
	}
	strbuf_addstr(&d->out, "</pre>\n");
}

static void end(struct dump *d)
{
	strbuf_addstr(&d->out, "</body>\n</html>\n");
}

static void pictures(struct dump *d, bool open)
{
	strbuf_addstr(&d->out, open ? "<div class=\"pictures\">\n" : "</div>\n");
}

static bool picture(struct dump *d, const char *name, const char *hash, const struct strbuf *bytes,
                    struct error *err)
{
	(void)hash;
	(void)err;
	strbuf_addstr(&d->out, "<figure>");
	if (bytes) {
		strbuf_addf(&d->out, "<img alt=\"\" src=\"data:%s;base64,",
		            dump_picture_type(bytes));
		base64_add(&d->out, bytes->buf, bytes->len);
		strbuf_addstr(&d->out, "\">");
	}
	strbuf_addstr(&d->out, "<figcaption>");
	add_text(&d->out, name, strlen(name));
	strbuf_addstr(&d->out,
	              bytes ? "</figcaption></figure>\n" : " (missing)</figcaption></figure>\n");
	return true;
}

const struct markup html = {
	.begin = begin,
	.fact = fact,
	.heading = heading,
	.entry = entry,
	.step = step,
	.diff = diff,
	.script = script,
	.end = end,
	.pictures = pictures,
	.picture = picture,
};

static bool page(struct dump *d, struct error *err)
{
	return page_begin(d, &html, err);
}

const struct dump_writer dump_html = { page, page_event, page_end };
