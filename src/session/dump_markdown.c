#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"
#include "session/dump_inside.h"

/*
 * Text that cannot become markup: every mark that begins some in the middle of a line is told to be
 * itself. It never stands at the beginning of one, where others would be marks too.
 */
static void add_text(struct strbuf *out, const char *text, size_t len)
{
	struct strbuf clean = { 0 };

	text_clean(&clean, text, len, TEXT_ONE_LINE);
	for (size_t i = 0; i < clean.len; i++) {
		if (strchr("\\`*_[]<>#|&~$", clean.buf[i]))
			strbuf_addstr(out, "\\");
		strbuf_add(out, &clean.buf[i], 1);
	}
	strbuf_release(&clean);
}

static void begin(struct dump *d, const char *title)
{
	strbuf_addstr(&d->out, "# ");
	add_text(&d->out, title, strlen(title));
	strbuf_addstr(&d->out, "\n\n| | |\n|---|---|\n");
}

static void fact(struct dump *d, const char *name, const char *value)
{
	strbuf_addf(&d->out, "| %s | ", name);
	add_text(&d->out, value, strlen(value));
	strbuf_addstr(&d->out, " |\n");
}

static void heading(struct dump *d, const char *text)
{
	strbuf_addf(&d->out, "\n## %s\n", text);
}

static void entry(struct dump *d, const struct telling *t, int64_t after_ms)
{
	struct text_span line, rest = { strbuf_str(&t->details), t->details.len };

	strbuf_addstr(&d->out, "\n");
	tell_clock(&d->out, after_ms);
	strbuf_addf(&d->out, " **%s** ", t->who);
	add_text(&d->out, strbuf_str(&t->text), t->text.len);
	strbuf_addstr(&d->out, "\n");
	if (rest.len)
		strbuf_addstr(&d->out, "\n");
	while (text_next_line(&line, &rest)) {
		bool is_item = line.len > 2 && !memcmp(line.at, "- ", 2);

		strbuf_addstr(&d->out, "- ");
		add_text(&d->out, line.at + (is_item ? 2 : 0), line.len - (is_item ? 2 : 0));
		strbuf_addstr(&d->out, "\n");
	}
}

static void step(struct dump *d, int64_t number)
{
	strbuf_addf(&d->out, "\n**Step %lld**\n", (long long)number);
}

/* A fence has to be longer than any in the text. */
static int fence_for(const struct strbuf *text)
{
	int longest = 2, run = 0;

	for (size_t i = 0; i < text->len; i++) {
		run = text->buf[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest + 1;
}

static void add_code(struct strbuf *out, const struct strbuf *code, const char *language)
{
	char *fence = xcalloc(1, (size_t)fence_for(code) + 1);

	memset(fence, '`', (size_t)fence_for(code));
	strbuf_addf(out, "\n%s%s\n%s", fence, language, strbuf_str(code));
	strbuf_addf(out, "%s%s\n", code->len && code->buf[code->len - 1] != '\n' ? "\n" : "",
	            fence);
	free(fence);
}

static void diff(struct dump *d, const struct diff *changes)
{
	struct strbuf text = { 0 }, clean = { 0 };

	diff_write(&text, changes, "before", "after");
	text_clean(&clean, strbuf_str(&text), text.len, TEXT_LINES);
	add_code(&d->out, &clean, "diff");
	strbuf_release(&text);
	strbuf_release(&clean);
}

static void script(struct dump *d, struct text_span text)
{
	struct strbuf clean = { 0 };

	text_clean(&clean, text.at, text.len, TEXT_LINES);
	add_code(&d->out, &clean, "python");
	strbuf_release(&clean);
}

static void end(struct dump *d)
{
	(void)d;
}

static void pictures(struct dump *d, bool open)
{
	strbuf_addstr(&d->out, open ? "\n" : "");
}

/* "bucket.md" has its pictures in "bucket.files". */
static bool make_dir(struct dump *d, struct error *err)
{
	size_t len = strlen(d->to);

	if (d->pictures_dir.len)
		return true;
	if (len > 3 && !strcmp(d->to + len - 3, ".md"))
		len -= 3;
	strbuf_add(&d->pictures_dir, d->to, len);
	strbuf_addstr(&d->pictures_dir, ".files");
	return file_make_dir(d->pictures_dir.buf, 0777, err);
}

/* As the target of a link: whatever is no plain letter is written as %20. */
static void add_link(struct strbuf *out, const char *path)
{
	for (; *path; path++) {
		bool plain = (*path >= 'a' && *path <= 'z') || (*path >= 'A' && *path <= 'Z') ||
		             (*path >= '0' && *path <= '9') || strchr("./_-", *path);

		strbuf_addf(out, plain ? "%c" : "%%%02X", (unsigned char)*path);
	}
}

static bool picture(struct dump *d, const char *name, const char *hash, const struct strbuf *bytes,
                    struct error *err)
{
	struct strbuf path = { 0 };
	bool ok = true;

	if (!bytes) {
		strbuf_addstr(&d->out, "(the picture ");
		add_text(&d->out, name, strlen(name));
		strbuf_addstr(&d->out, " is missing)\n");
		return true;
	}
	if (!make_dir(d, err))
		return false;
	strbuf_addf(&path, "%s/%.12s.%s", d->pictures_dir.buf, hash,
	            !strcmp(dump_picture_type(bytes), "image/png") ? "png" : "jpg");
	ok = file_write(path.buf, bytes->buf, bytes->len, err);
	strbuf_addstr(&d->out, "![");
	add_text(&d->out, name, strlen(name));
	strbuf_addstr(&d->out, "](");
	add_link(&d->out, path_base(d->pictures_dir.buf));
	strbuf_addf(&d->out, "/%s)\n", path_base(path.buf));
	strbuf_release(&path);
	return ok;
}

const struct markup markdown = {
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
	return page_begin(d, &markdown, err);
}

const struct dump_writer dump_markdown = { page, page_event, page_end };
