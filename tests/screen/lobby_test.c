#include <arpa/inet.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
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

/* A server on this machine that has two models, for as many visitors as come. */
static pid_t start_server(int *port)
{
	static const char reply[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
				    "Connection: close\r\n\r\n"
				    "{\"data\":[{\"id\":\"first\"},{\"id\":\"second\"}]}";
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t len = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0), visit;
	char request[4096];
	pid_t pid;

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, len), 0);
	assert_int_equal(listen(fd, 8), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &len), 0);
	*port = ntohs(at.sin_port);
	pid = fork();
	if (pid == 0)
		alarm(60); /* should the test fail */
	while (pid == 0 && (visit = accept(fd, NULL, NULL)) >= 0) {
		if (read(visit, request, sizeof(request)) < 0 ||
		    write(visit, reply, sizeof(reply) - 1) < 0)
			_exit(1);
		close(visit);
	}
	close(fd);
	return pid;
}

static void choose_model(struct stay *s, int port, const char *keys)
{
	char url[64];

	screen_keys(s->screen, "3");
	screen_wait(s->screen, "its URL: ");
	snprintf(url, sizeof(url), "http://127.0.0.1:%d/v1", port);
	screen_keys(s->screen, "\025");
	screen_keys(s->screen, url);
	screen_wait(s->screen, url);
	screen_keys(s->screen, "\r");
	screen_wait(s->screen, "\u258c first");
	screen_keys(s->screen, "j"); /* not with Enter: together they might be a paste */
	screen_wait(s->screen, "\u258c second");
	screen_keys(s->screen, "\r");
	screen_wait(s->screen, "to your config.yaml?");
	screen_keys(s->screen, keys);
}

TEST(a_server_is_written_down_only_after_a_yes)
{
	struct stay s = { .home = scratch_new() };
	struct strbuf text = { 0 };
	struct error err;
	int port;
	pid_t server = start_server(&port);

	start(&s, &(struct screen_options){ 0 }, NULL);
	screen_wait(s.screen, "no model is set yet");
	choose_model(&s, port, "\r");
	screen_wait(s.screen, "this time only");
	assert_false(has(&s, "ll3m/config.yaml"));
	choose_model(&s, port, "y");
	screen_wait(s.screen, "written to");
	assert_true(file_read(&text, scratch_path(&s.home, "ll3m/config.yaml"), 4096, &err));
	assert_non_null(strstr(strbuf_str(&text), "/second\" }"));
	kill(server, SIGKILL);
	waitpid(server, NULL, 0);
	strbuf_release(&text);
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
		cmocka_unit_test(a_server_is_written_down_only_after_a_yes),
		cmocka_unit_test(any_size_will_do),
		cmocka_unit_test(whoever_wants_it_plain_gets_lines),
	};

	return RUN_ALL(tests);
}
