#include "cli/input.h"

#include <string.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "test.h"

struct heard {
	struct strbuf lines; /* each in brackets; the end is a dot */
	size_t count;
};

static void hear(void *ctx, const char *line)
{
	struct heard *heard = ctx;

	heard->count++;
	if (line)
		strbuf_addf(&heard->lines, "[%s]", line);
	else
		strbuf_addstr(&heard->lines, ".");
}

/* Asks until the end has come; true when each asking brought one line from the loop. */
static void read_all(struct loop *loop, struct input *in, struct heard *heard)
{
	size_t before;

	do {
		before = heard->count;
		input_want(in);
		input_want(in);
		assert_int_equal(heard->count, before);
		while (heard->count == before)
			assert_true(loop_turn(loop, 1000));
		assert_int_equal(heard->count, before + 1);
	} while (!strchr(strbuf_str(&heard->lines), '.'));
}

static void assert_lines(const char *expected, const char *text)
{
	struct loop *loop = loop_new();
	struct heard heard = { 0 };
	int ends[2];
	struct input *in;

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], text, strlen(text)), (ssize_t)strlen(text));
	close(ends[1]);
	in = input_new(loop, ends[0], hear, &heard);
	read_all(loop, in, &heard);
	assert_string_equal(strbuf_str(&heard.lines), expected);
	input_free(in);
	close(ends[0]);

	strbuf_reset(&heard.lines);
	in = input_from_text(loop, text, hear, &heard);
	read_all(loop, in, &heard);
	assert_string_equal(strbuf_str(&heard.lines), expected);
	input_free(in);
	strbuf_release(&heard.lines);
	loop_free(loop);
}

TEST(lines_come_one_by_one_and_then_the_end)
{
	assert_lines(".", "");
	assert_lines("[a].", "a");
	assert_lines("[a].", "a\n");
	assert_lines("[a][][b].", "a\r\n\nb");
	assert_lines("[].", "\n");
}

TEST(a_line_written_in_pieces_comes_whole)
{
	struct loop *loop = loop_new();
	struct heard heard = { 0 };
	int ends[2];
	struct input *in;

	assert_int_equal(pipe(ends), 0);
	in = input_new(loop, ends[0], hear, &heard);
	input_want(in);
	assert_int_equal(write(ends[1], "acc", 3), 3);
	assert_true(loop_turn(loop, 1000));
	assert_int_equal(heard.count, 0);
	assert_int_equal(write(ends[1], "ept\nun", 6), 6);
	while (!heard.count)
		assert_true(loop_turn(loop, 1000));
	assert_string_equal(strbuf_str(&heard.lines), "[accept]");
	input_free(in);
	close(ends[0]);
	close(ends[1]);
	strbuf_release(&heard.lines);
	loop_free(loop);
}

TEST(nothing_is_read_that_nobody_asked_for)
{
	struct loop *loop = loop_new();
	struct heard heard = { 0 };
	int ends[2];
	struct input *in;
	char left[8] = "";

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "mine\n", 5), 5);
	in = input_new(loop, ends[0], hear, &heard);
	assert_false(loop_turn(loop, 0));
	input_want(in);
	input_want_no_more(in);
	assert_false(loop_turn(loop, 0));
	assert_int_equal(heard.count, 0);
	assert_int_equal(read(ends[0], left, sizeof(left)), 5);
	input_free(in);
	close(ends[0]);
	close(ends[1]);
	strbuf_release(&heard.lines);
	loop_free(loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_come_one_by_one_and_then_the_end),
		cmocka_unit_test(a_line_written_in_pieces_comes_whole),
		cmocka_unit_test(nothing_is_read_that_nobody_asked_for),
	};

	return RUN_ALL(tests);
}
