#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scratch.h"
#include "screen.h"
#include "test.h"

/* `ll3m` without arguments, with a home of its own and no Blender to be started. */
struct stay {
	struct scratch home;
	char data[128], config[128];
	struct screen *screen;
	struct termios before;
};

static void start(struct stay *s, const struct screen_options *how, const char *more)
{
	static const char *const argv[] = { "./ll3m", NULL };
	const char *env[] = { s->data, s->config, "LL3M_BLENDER_PROGRAM=/no/blender", more, NULL };
	struct screen_options options = *how;

	snprintf(s->data, sizeof(s->data), "XDG_DATA_HOME=%s", s->home.dir);
	snprintf(s->config, sizeof(s->config), "XDG_CONFIG_HOME=%s", s->home.dir);
	options.argv = argv;
	options.env = env;
	s->screen = screen_start(&options);
	screen_termios(s->screen, &s->before);
}

static void add_session(struct stay *s, const char *name, const char *prompt)
{
	struct strbuf path = { 0 }, event = { 0 };

	mkdir(scratch_path(&s->home, "ll3m"), 0700);
	strbuf_addf(&path, "ll3m/%s", name);
	assert_int_equal(mkdir(scratch_path(&s->home, strbuf_str(&path)), 0700), 0);
	strbuf_addstr(&path, "/events.jsonl");
	strbuf_addf(&event,
	            "{\"id\":1,\"parent\":0,\"at_ms\":1000,\"event\":\"prompt.given\","
	            "\"by\":\"user\",\"body\":{\"text\":\"%s\"}}\n",
	            prompt);
	scratch_write(&s->home, strbuf_str(&path), strbuf_str(&event));
	strbuf_release(&path);
	strbuf_release(&event);
}

static bool has(struct stay *s, const char *path)
{
	return access(scratch_path(&s->home, path), F_OK) == 0;
}

static void leave(struct stay *s, const char *keys)
{
	struct termios now;

	screen_keys(s->screen, keys);
	assert_int_equal(screen_end(s->screen), 0);
	screen_termios(s->screen, &now);
	assert_memory_equal(&now, &s->before, sizeof(now));
	assert_false(screen_mode(s->screen, 1049));
	assert_true(screen_mode(s->screen, 25));
	assert_string_equal(screen_stranger(s->screen) ? screen_stranger(s->screen) : "", "");
	screen_free(s->screen);
	scratch_free(&s->home);
}

TEST(the_first_run_shows_what_works_and_how_to_begin)
{
	struct stay s = { .home = scratch_new() };

	start(&s, &(struct screen_options){ 0 }, NULL);
	screen_wait(s.screen, "Nothing is sent anywhere until you choose 2 or 3.");
	screen_wait(s.screen, "Watch a sample session");
	screen_wait(s.screen, "/no/blender");
	screen_keys(s.screen, "2");
	screen_wait(s.screen, "nobody answers for the agents yet");
	screen_keys(s.screen, "6");
	screen_wait(s.screen, "1 of 6");
	screen_keys(s.screen, "\r");
	screen_wait(s.screen, "2 of 6");
	screen_keys(s.screen, "q!");
	screen_wait(s.screen, "There is no session yet");
	leave(&s, "q");
}

TEST(sessions_are_chosen_from_a_list_that_letters_narrow_down)
{
	struct stay s = { .home = scratch_new() };

	add_session(&s, "pot", "a teapot with a lid");
	add_session(&s, "chair", "a wooden chair");
	start(&s, &(struct screen_options){ 0 }, NULL);
	screen_wait(s.screen, "2 of 2");
	screen_keys(s.screen, "/TEAP");
	screen_wait(s.screen, "1 of 2");
	screen_wait(s.screen, "a teapot with a lid");
	screen_wait_gone(s.screen, "chair");
	screen_keys(s.screen, "\033");
	screen_wait(s.screen, "2 of 2");
	screen_keys(s.screen, "!");
	screen_wait(s.screen, "2 are here");
	screen_keys(s.screen, "5");
	screen_wait(s.screen, "2 of 2");
	leave(&s, "q");
}

TEST(deleting_asks_enter_means_no_and_yes_is_the_trash)
{
	struct stay s = { .home = scratch_new() };

	add_session(&s, "pot", "a teapot");
	start(&s, &(struct screen_options){ 0 }, NULL);
	screen_wait(s.screen, "1 of 1");
	screen_keys(s.screen, "d");
	screen_wait(s.screen, "Move pot to the trash?");
	screen_keys(s.screen, "\r");
	screen_wait_gone(s.screen, "to the trash?");
	assert_true(has(&s, "ll3m/pot/events.jsonl"));
	screen_keys(s.screen, "dy");
	screen_wait(s.screen, "0 of 0");
	assert_true(has(&s, "ll3m/.trash/pot/events.jsonl"));
	assert_false(has(&s, "ll3m/pot"));
	leave(&s, "q");
}

TEST(any_size_will_do)
{
	static const int sizes[][2] = { { 12, 40 }, { 60, 200 }, { 3, 10 }, { 1, 1 }, { 24, 80 } };
	struct stay s = { .home = scratch_new() };

	add_session(&s, "pot", "a teapot");
	start(&s, &(struct screen_options){ 0 }, NULL);
	screen_wait(s.screen, "1 of 1");
	for (size_t i = 0; i < COUNT(sizes); i++) {
		screen_resize(s.screen, sizes[i][0], sizes[i][1]);
		screen_keys(s.screen, "!6q!");
	}
	screen_wait(s.screen, "1 of 1");
	leave(&s, "q");
}

TEST(whoever_wants_it_plain_gets_lines)
{
	struct stay s = { .home = scratch_new() };

	start(&s, &(struct screen_options){ 0 }, "LL3M_PLAIN=1");
	screen_wait(s.screen, "usage: ll3m");
	assert_int_equal(screen_end(s.screen), 2 << 8);
	assert_null(memchr(screen_sent(s.screen)->buf, '\033', screen_sent(s.screen)->len));
	screen_free(s.screen);
	scratch_free(&s.home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_run_shows_what_works_and_how_to_begin),
		cmocka_unit_test(sessions_are_chosen_from_a_list_that_letters_narrow_down),
		cmocka_unit_test(deleting_asks_enter_means_no_and_yes_is_the_trash),
		cmocka_unit_test(any_size_will_do),
		cmocka_unit_test(whoever_wants_it_plain_gets_lines),
	};

	return RUN_ALL(tests);
}
