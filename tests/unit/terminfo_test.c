#include "tui/terminfo.h"

#include <stdlib.h>
#include <string.h>

#include "scratch.h"
#include "test.h"

/* As tic would write it: a name, no booleans, no numbers, strings that are all "x". */
static struct strbuf entry_of(size_t strings, bool wide)
{
	struct strbuf entry = { 0 };
	const unsigned char header[] = { wide ? 0x1e : 0x1a,
		                         wide ? 0x02 : 0x01,
		                         4,
		                         0,
		                         1,
		                         0,
		                         0,
		                         0,
		                         (unsigned char)strings,
		                         (unsigned char)(strings >> 8),
		                         2,
		                         0 };

	strbuf_add(&entry, header, sizeof(header));
	strbuf_add(&entry, "tst\0\1\0", 6);
	for (size_t i = 0; i < strings; i++)
		strbuf_add(&entry, "\0\0", 2);
	strbuf_add(&entry, "x\0", 2);
	return entry;
}

static bool is_cut(const struct strbuf *entry, size_t string)
{
	return !memcmp(entry->buf + 18 + 2 * string, "\xff\xff", 2);
}

TEST(scrolling_and_erasing_are_cut_and_nothing_else)
{
	static const size_t cut[] = { 3,  6,   7,   21,  22,  28,  31,  37,  40, 42,
		                      53, 105, 106, 109, 110, 113, 129, 130, 269 };

	for (int wide = 0; wide < 2; wide++) {
		struct strbuf entry = entry_of(414, wide);
		bool has_alternate = false;
		size_t found = 0;

		assert_true(terminfo_cut(&entry, &has_alternate));
		assert_true(has_alternate);
		for (size_t i = 0; i < COUNT(cut); i++)
			assert_true(is_cut(&entry, cut[i]));
		for (size_t i = 0; i < 414; i++)
			found += is_cut(&entry, i);
		assert_int_equal(found, COUNT(cut));
		assert_memory_equal(entry.buf + entry.len - 2, "x", 2);
		strbuf_release(&entry);
	}
}

TEST(short_entries_lose_what_they_have)
{
	struct strbuf entry = entry_of(23, false);
	bool has_alternate = true;

	assert_true(terminfo_cut(&entry, &has_alternate));
	assert_false(has_alternate);
	assert_true(is_cut(&entry, 22));
	strbuf_release(&entry);
}

TEST(what_is_no_entry_is_refused)
{
	struct strbuf entry = entry_of(414, false);
	bool has_alternate;

	for (size_t len = 0; len < entry.len - 2; len++) {
		struct strbuf part = { 0 };

		strbuf_add(&part, entry.buf, len);
		assert_false(terminfo_cut(&part, &has_alternate));
		strbuf_release(&part);
	}
	entry.buf[0] = 'x';
	assert_false(terminfo_cut(&entry, &has_alternate));
	strbuf_release(&entry);
}

TEST(the_entries_of_this_system_are_found_and_cut)
{
	static const char *const names[] = { "xterm-256color", "tmux-256color", "screen-256color",
		                             "linux",          "rxvt",          "vt100" };
	struct strbuf text = { 0 };
	struct error err;
	bool has_alternate;
	size_t found = 0;

	for (size_t i = 0; i < COUNT(names); i++) {
		if (!terminfo_inline(&text, names[i], &has_alternate, &err))
			continue;
		found++;
		assert_int_equal(has_alternate, i != 3 && i != 5);
		assert_int_equal(strncmp(strbuf_str(&text), "b64:", 4), 0);
		assert_null(strpbrk(strbuf_str(&text), "+/"));
	}
	strbuf_release(&text);
	if (!found)
		skip();
}

TEST(an_own_entry_comes_first)
{
	struct scratch dir = scratch_new();
	struct strbuf entry = entry_of(414, false), text = { 0 };
	struct error err;
	bool has_alternate;
	FILE *file;

	assert_int_equal(mkdir(scratch_path(&dir, "m"), 0700), 0);
	file = fopen(scratch_path(&dir, "m/mine"), "w");
	assert_non_null(file);
	assert_int_equal(fwrite(entry.buf, 1, entry.len, file), entry.len);
	fclose(file);
	setenv("TERMINFO", dir.dir, 1);
	assert_true(terminfo_inline(&text, "mine", &has_alternate, &err));
	unsetenv("TERMINFO");
	setenv("TERMINFO_DIRS", dir.dir, 1);
	assert_true(terminfo_inline(&text, "mine", &has_alternate, &err));
	unsetenv("TERMINFO_DIRS");
	assert_false(terminfo_inline(&text, "mine", &has_alternate, &err));
	strbuf_release(&entry);
	strbuf_release(&text);
	scratch_free(&dir);
}

TEST(names_that_lead_elsewhere_are_unknown_terminals)
{
	static const char *const names[] = { "", ".", "../../etc/passwd", "no-such-terminal" };
	struct strbuf text = { 0 };
	struct error err;
	bool has_alternate;

	for (size_t i = 0; i < COUNT(names); i++) {
		assert_false(terminfo_inline(&text, names[i], &has_alternate, &err));
		assert_non_null(strstr(err.text, "--plain"));
	}
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scrolling_and_erasing_are_cut_and_nothing_else),
		cmocka_unit_test(short_entries_lose_what_they_have),
		cmocka_unit_test(what_is_no_entry_is_refused),
		cmocka_unit_test(the_entries_of_this_system_are_found_and_cut),
		cmocka_unit_test(an_own_entry_comes_first),
		cmocka_unit_test(names_that_lead_elsewhere_are_unknown_terminals),
	};

	return RUN_ALL(tests);
}
