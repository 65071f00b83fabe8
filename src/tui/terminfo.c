#include "tui/terminfo.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/file.h"
#include "base/path.h"

enum {
	HEADER_LEN = 12,
	MAGIC = 0432,       /* numbers of 16 bits */
	MAGIC_WIDE = 01036, /* of 32 */
	ENTRY_MOST = 32768,
	SMCUP = 28,
};

/*
 * By their place in the table of strings, which the file format fixes for ever. Inserting
 * characters stays: where there is no other way, ncurses fills the last cell of the last row by it,
 * and for nothing else, since without deleting it does not count as a feature.
 */
static const struct {
	const char *name;
	size_t place;
} cut[] = {
	{ "csr", 3 },   { "el", 6 },     { "ed", 7 },        { "dch1", 21 },  { "dl1", 22 },
	{ "smir", 31 }, { "ech", 37 },   { "rmir", 42 },     { "il1", 53 },   { "dch", 105 },
	{ "dl", 106 },  { "indn", 109 }, { "il", 110 },      { "rin", 113 },  { "ind", 129 },
	{ "ri", 130 },  { "el1", 269 },  { "smcup", SMCUP }, { "rmcup", 40 },
};

static size_t number_at(const struct strbuf *entry, size_t at)
{
	return (unsigned char)entry->buf[at] | (size_t)(unsigned char)entry->buf[at + 1] << 8;
}

bool terminfo_cut(struct strbuf *entry, bool *has_alternate)
{
	size_t at, strings, number_len;

	if (entry->len < HEADER_LEN ||
	    (number_at(entry, 0) != MAGIC && number_at(entry, 0) != MAGIC_WIDE))
		return false;
	number_len = number_at(entry, 0) == MAGIC ? 2 : 4;
	at = HEADER_LEN + number_at(entry, 2) + number_at(entry, 4);
	at += at & 1;
	at += number_at(entry, 6) * number_len;
	strings = number_at(entry, 8);
	if (at + 2 * strings > entry->len)
		return false;
	*has_alternate = SMCUP < strings && number_at(entry, at + 2 * SMCUP) < 0xfffe;
	for (size_t i = 0; i < COUNT(cut); i++)
		if (cut[i].place < strings)
			memset(entry->buf + at + 2 * cut[i].place, 0xff, 2);
	return true;
}

/* Under its first letter, or on some systems under that letter's number. */
static bool read_from(struct strbuf *entry, const char *dir, size_t dir_len, const char *name)
{
	struct strbuf path = { 0 };
	struct error ignored;
	bool ok = false;

	for (int i = 0; i < 2 && !ok && dir_len; i++) {
		strbuf_reset(&path);
		strbuf_add(&path, dir, dir_len);
		strbuf_addf(&path, i ? "/%02x/%s" : "/%c/%s", (unsigned char)name[0], name);
		ok = file_read(entry, strbuf_str(&path), ENTRY_MOST, &ignored);
	}
	strbuf_release(&path);
	return ok;
}

static bool read_from_list(struct strbuf *entry, const char *dirs, const char *name)
{
	while (dirs && *dirs) {
		size_t len = strcspn(dirs, ":");

		if (read_from(entry, dirs, len, name))
			return true;
		dirs += len + (dirs[len] == ':');
	}
	return false;
}

static bool read_entry(struct strbuf *entry, const char *name)
{
	struct strbuf home = { 0 };
	bool ok;

	if (getenv("HOME"))
		strbuf_addf(&home, "%s/.terminfo", getenv("HOME"));
	ok = read_from_list(entry, getenv("TERMINFO"), name) ||
	     read_from_list(entry, strbuf_str(&home), name) ||
	     read_from_list(entry, getenv("TERMINFO_DIRS"), name) ||
	     read_from_list(entry,
	                    "/etc/terminfo:/lib/terminfo:/usr/share/terminfo:/usr/lib/terminfo:"
	                    "/usr/local/share/terminfo:/opt/homebrew/opt/ncurses/share/terminfo",
	                    name);
	strbuf_release(&home);
	return ok;
}

bool terminfo_inline(struct strbuf *out, const char *name, bool *has_alternate, struct error *err)
{
	struct strbuf entry = { 0 };

	strbuf_reset(out);
	if (!name[0] || name[0] == '.' || strchr(name, '/') || !read_entry(&entry, name) ||
	    !terminfo_cut(&entry, has_alternate)) {
		strbuf_release(&entry);
		return failed(err, ERR_CONFIG,
		              "nothing is known about the terminal \"%.40s\"; try "
		              "TERM=xterm-256color, or --plain",
		              name);
	}
	strbuf_addstr(out, "b64:");
	base64_add(out, entry.buf, entry.len);
	for (size_t i = 4; i < out->len; i++)
		out->buf[i] = out->buf[i] == '+' ? '-' : out->buf[i] == '/' ? '_' : out->buf[i];
	strbuf_release(&entry);
	return true;
}
