#include "app.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "test.h"

/* What peers have shipped and we must not: the program whole, on a terminal, with real keys. */

#define PLAN                                                                                       \
	"{\"title\":\"box\",\"summary\":\"%s\",\"style\":\"plain\","                               \
	"\"parts\":[{\"name\":\"box\",\"looks\":\"a cube\",\"size\":\"1 x 1 x 1 m\"}],"            \
	"\"subtasks\":[{\"title\":\"box\",\"goal\":\"a cube\",\"parts\":[\"box\"]}]}"

#define SCRIPT                                                                                     \
	"A cube.\n```python\n\"\"\"A box.\"\"\"\nimport bpy\nimport bmesh\n\n"                     \
	"mesh = bpy.data.meshes.new(\"box\")\nbm = bmesh.new()\nbmesh.ops.create_cube(bm)\n"       \
	"bm.to_mesh(mesh)\nbm.free()\nbox = bpy.data.objects.new(\"box\", mesh)\n"                 \
	"bpy.context.collection.objects.link(box)\n```\n"

#define TOO_SOON "that was quick"

#define NO_FLAWS "{\"summary\":\"A box.\",\"fit\":9,\"flaws\":[]}"

/* A box is planned in so many words, and its script is written. */
static void say_box(struct app *app, size_t words)
{
	struct strbuf summary = { 0 }, plan = { 0 };

	strbuf_addstr(&summary, "A box.");
	for (size_t i = 0; i < words; i++)
		strbuf_addf(&summary, " word%zu", i);
	strbuf_addf(&plan, PLAN, strbuf_str(&summary));
	app_say(app, "planner", strbuf_str(&plan));
	app_say(app, "coder", SCRIPT);
	app_say(app, "coder", SCRIPT);
	app_say(app, "critic", NO_FLAWS);
	strbuf_release(&summary);
	strbuf_release(&plan);
}

static bool begin_box(struct app *app, size_t words, const struct app_options *options)
{
	*app = app_new();
	if (!app_has_blender()) {
		app_free(app);
		return false;
	}
	say_box(app, words);
	app_run(app, "a box", options);
	return true;
}

/* A whole session, finished long ago; no Blender is needed to look at it. */
static struct app begin_bucket(const struct app_options *options)
{
	struct app app = app_new();

	app_copy(&app, "bucket", NULL);
	app_resume(&app, "bucket", options);
	app_wait(&app, "Talk");
	return app;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_past(struct screen *s UNUSED, const void *what)
{
	return now_ms() >= *(const int64_t *)what;
}

/* What depends on how long keys lie apart: Esc is one only after a while, and seeing takes time. */
static void let_pass(struct app *app, int ms)
{
	int64_t end = now_ms() + ms;

	screen_wait_until(app->screen, is_past, &end, "time to pass");
}

static size_t count_sent(const struct app *app, size_t from, const char *what)
{
	const char *at = strbuf_str(screen_sent(app->screen)) + from;
	size_t count = 0;

	for (; (at = strstr(at, what)); at++)
		count++;
	return count;
}

/* Between a frame's corners stand its sides, wherever the panes are at the moment. */
static void assert_side(struct app *app, int row, int col, int bottom, int rows)
{
	for (int r = row + 1; r < rows; r++) {
		int cell = screen_cell(app->screen, r, col);

		if (cell == bottom)
			return;
		if (cell != 0x2502 && cell != 0x2524 && cell != 0x251c && cell != 0x2588) {
			screen_print(app->screen);
			fail_msg("row %d, column %d: a border is broken", r, col);
		}
	}
	fail_msg("the frame at row %d, column %d is open", row, col);
}

static void assert_frames(struct app *app, int rows, int cols)
{
	size_t frames = 0;

	for (int row = 0; row < rows; row++)
		for (int col = 0; col < cols; col++) {
			int cell = screen_cell(app->screen, row, col);

			if (cell == 0x250c)
				assert_side(app, row, col, 0x2514, rows);
			if (cell == 0x2510) {
				assert_side(app, row, col, 0x2518, rows);
				frames++;
			}
		}
	assert_in_range(frames, 1, 20);
}

/* The longest of the frames that were sent, in bytes. */
static size_t longest_frame(const struct app *app, size_t from)
{
	const char *at = strbuf_str(screen_sent(app->screen)) + from, *end;
	size_t longest = 0;

	for (; (at = strstr(at, "\033[?2026h")); at = end) {
		end = strstr(at, "\033[?2026l");
		if (!end)
			break;
		longest = (size_t)(end - at) > longest ? (size_t)(end - at) : longest;
	}
	return longest;
}

TEST(streaming_words_never_clear_the_screen_and_cost_little)
{
	struct app_options options = { .profile = "foot", .pace = "0.05" };
	struct app app;
	size_t from, frames;
	int64_t began_ms;

	if (!begin_box(&app, 1000, &options)) {
		skip();
		return;
	}
	app_wait(&app, "word20");
	from = screen_sent(app.screen)->len;
	began_ms = now_ms();
	app_wait(&app, "word990");
	frames = count_sent(&app, from, "\033[?2026h");
	assert_int_equal(count_sent(&app, from, "\033[2J"), 0);
	assert_int_equal(count_sent(&app, from, "\033[J"), 0);
	assert_in_range(frames, 10, 5 + 33 * (now_ms() - began_ms) / 1000);
	assert_in_range((screen_sent(app.screen)->len - from) / frames, 10, 2500);
	assert_in_range(longest_frame(&app, from), 10, 6000);
	app_wait_event(&app, "gate.opened", 1);
	app_quit(&app);
	app_free(&app);
}

/* Keys that came before have been acted on. */
static void settle(struct app *app)
{
	app_keys(app, ":settle");
	app_wait(app, ":settle");
	app_keys(app, "\007");
	screen_wait_gone(app->screen, ":settle");
}

/* The last row has its keys, and the first reaches the right edge. */
static bool is_fitted(struct screen *s, const void *what)
{
	const int *size = what;

	return strstr(screen_row(s, size[0] - 1), "prompt") &&
	       screen_cell(s, 0, size[1] - 2) != ' ';
}

static void resize(struct app *app, int rows, int cols)
{
	int size[] = { rows, cols };

	screen_resize(app->screen, rows, cols);
	screen_wait_until(app->screen, is_fitted, size, "the size");
}

/* The talk alone from its top, on a screen that is high enough for all of it. */
static struct strbuf read_talk(struct app *app, int rows)
{
	struct strbuf text = { 0 };

	app_keys(app, "2zg");
	settle(app);
	for (int row = 2; row < rows - 4; row++)
		strbuf_addf(&text, "%s\n", screen_row(app->screen, row));
	app_keys(app, "z");
	return text;
}

static void storm(struct app *app)
{
	unsigned seed = 7;

	for (int i = 0; i < 200; i++) {
		seed = seed * 1103515245u + 12345u;
		screen_resize(app->screen, 5 + (int)(seed >> 16) % 60, 20 + (int)(seed >> 8) % 180);
		if (i % 10 == 0)
			let_pass(app, 20);
	}
}

/* What is read from the disk by another process is the measure; it adds lines only at the end. */
TEST(two_hundred_resizes_while_words_come_lose_and_double_nothing)
{
	struct app_options options = { .profile = "xterm", .pace = "0.1" };
	struct app_options high = { .profile = "xterm", .rows = 70, .cols = 110 };
	struct strbuf seen, stored;
	struct app app;
	size_t end;

	if (!begin_box(&app, 300, &options)) {
		skip();
		return;
	}
	app_wait(&app, "word5");
	storm(&app);
	resize(&app, high.rows, high.cols);
	app_wait_event(&app, "gate.opened", 1);
	app_wait(&app, "word299");
	seen = read_talk(&app, high.rows);
	assert_frames(&app, high.rows, high.cols);
	app_quit(&app);
	app_resume(&app, "try", &high);
	app_wait(&app, "takes up again");
	stored = read_talk(&app, high.rows);
	end = (size_t)(strstr(strbuf_str(&seen), "word299") - strbuf_str(&seen));
	assert_in_range(end, 1000, seen.len);
	assert_memory_equal(strbuf_str(&stored), strbuf_str(&seen), end);
	app_quit(&app);
	strbuf_release(&seen);
	strbuf_release(&stored);
	app_free(&app);
}

/* The program itself: what was started is its guard. */
static pid_t program_of(const struct app *app)
{
	char path[64], text[64] = "";
	pid_t guard = screen_pid(app->screen);
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)guard, (int)guard);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(text, sizeof(text), file));
	fclose(file);
	return (pid_t)atoi(text);
}

TEST(every_way_to_end_gives_the_terminal_back)
{
	static const struct {
		const char *keys;
		int signal;
		bool at_program; /* not at its guard */
	} ends[] = { { "q", 0, false },     { ":close\r", 0, false }, { "", SIGTERM, false },
		     { "", SIGHUP, false }, { "", SIGTERM, true },    { "", SIGKILL, true },
		     { "", SIGKILL, false } };
	static const int off[] = { 1000, 1002, 1003, 1004, 1006, 1049, 2004, 2026 };

	for (size_t i = 0; i < COUNT(ends); i++) {
		struct app_options options = { .profile = i % 2 ? "kitty" : "xterm" };
		struct app app = app_new();
		struct termios before;

		app_copy(&app, "bucket", NULL);
		app_resume(&app, "bucket", &options);
		screen_termios(app.screen, &before);
		app_wait(&app, "Talk");
		settle(&app);
		app_keys(&app, ends[i].keys);
		if (ends[i].signal)
			kill(ends[i].at_program ? program_of(&app) : screen_pid(app.screen),
			     ends[i].signal);
		screen_end(app.screen);
		screen_wait_mode(app.screen, 1049, false);
		screen_wait_mode(app.screen, 25, true);
		screen_wait_termios(app.screen, &before);
		for (size_t k = 0; k < COUNT(off); k++)
			assert_false(screen_mode(app.screen, off[k]));
		assert_int_equal(screen_depth(app.screen), 0);
		app_free(&app);
	}
}

struct taken {
	struct app *app;
	const char *event, *complaint;
	size_t count;
};

static bool is_taken_or_told(struct screen *s, const void *what)
{
	const struct taken *t = what;

	return app_count(t->app, t->event) >= t->count || screen_shows(s, t->complaint);
}

/* Say it again as long as it is too soon for it. */
static void insist(struct app *app, const char *key, const char *event, size_t count,
                   const char *complaint)
{
	struct taken taken = { app, event, complaint, count };

	while (app_count(app, event) < count) {
		app_keys(app, "k");
		screen_wait_gone(app->screen, complaint);
		app_keys(app, key);
		screen_wait_until(app->screen, is_taken_or_told, &taken, event);
	}
}

/* The plan is taken, and the first proposal waits. */
static void take_plan(struct app *app)
{
	app_wait_event(app, "gate.opened", 1);
	insist(app, "a", "gate.answered", 1, TOO_SOON);
}

static bool is_typed(struct screen *s, const void *what)
{
	return screen_shows(s, what);
}

/* Until the agents want something, all that is written on the way is in the draft. */
TEST(keys_typed_while_a_proposal_comes_decide_nothing)
{
	static const char letters[] = "axRrqyusc1 z/?:n";
	struct app_options options = { .cols = 120, .rows = 40, .pace = "0.2" };
	struct app app;
	char draft[61] = "";

	if (!begin_box(&app, 20, &options)) {
		skip();
		return;
	}
	take_plan(&app);
	app_keys(&app, "i");
	for (size_t i = 0; i < sizeof(draft) - 4 && app_count(&app, "gate.opened") < 2; i++) {
		draft[i] = letters[i % (sizeof(letters) - 1)];
		app_keys(&app, (const char[]){ draft[i], '\0' });
		if (draft[i] != ' ')
			screen_wait_until(app.screen, is_typed, draft, draft);
	}
	app_wait_event(&app, "gate.opened", 2);
	app_keys(&app, "ax.");
	strcat(draft, "ax.");
	app_wait(&app, draft);
	assert_int_equal(app_count(&app, "gate.answered"), 1);
	app_keys(&app, "\007");
	app_quit(&app);
	app_free(&app);
}

/* What the user has decided so far: agents may be at work meanwhile. */
static size_t count_decisions(struct app *app)
{
	struct strbuf text = app_journal(app);
	size_t count = 0;

	for (const char *at = strbuf_str(&text); (at = strstr(at, "\"by\":\"user\"")); at++)
		count++;
	strbuf_release(&text);
	return count;
}

/* Where keys go: the main screen, a draft, a list, a line, a question, a pane alone. */
static const struct {
	const char *keys, *shows, *back;
} places[] = {
	{ "", "Talk", "" },           { "idraft", "draft", "\007" }, { "?", "Keys here", "\007" },
	{ ":zoom", ":zoom", "\007" }, { "/body", "/body", "\007" },  { "z", "Talk", "z" },
	{ "3", "bpy", "2" },
};

TEST(escape_only_closes_however_often)
{
	struct app app = begin_bucket(NULL);
	size_t before;

	settle(&app);
	app_wait_event(&app, "autonomy.set", 2);
	before = count_decisions(&app);
	for (size_t i = 0; i < COUNT(places); i++) {
		app_keys(&app, places[i].keys);
		app_wait(&app, places[i].shows);
		for (int k = 0; k < 20; k++)
			app_keys(&app, "\033");
		let_pass(&app, 400);
		/* On a slow machine the last one may still wait to be the Alt of the next key. */
		app_keys(&app, "\007");
		let_pass(&app, 100);
		settle(&app);
		if (i == 1)
			app_wait(&app, "draft");
	}
	assert_int_equal(count_decisions(&app), before);
	assert_int_not_equal(screen_pid(app.screen), 0);
	app_keys(&app, "q"); /* the zoom, which is no popup */
	settle(&app);
	app_quit(&app);
	app_free(&app);
}

/* One after the other, as a hand does it: together they would be a paste where none is marked. */
static void type(struct app *app, const char *keys)
{
	for (; *keys; keys++) {
		app_keys(app, (const char[]){ *keys, '\0' });
		let_pass(app, 30);
	}
}

/* Marked by the terminal or not: a, Enter, x, Enter, q. */
TEST(a_paste_decides_nothing_wherever_it_lands)
{
	static const char *const profiles[] = { "xterm", "mosh" };
	static const char *const pastes[] = { "\033[200~a\rx\rq\033[201~", "a\rx\rq" };

	for (size_t p = 0; p < COUNT(profiles); p++) {
		struct app_options options = { .profile = profiles[p] };
		struct app app = begin_bucket(&options);
		size_t before;

		app_wait_event(&app, "autonomy.set", 2);
		before = count_decisions(&app);
		for (size_t i = 0; i < COUNT(places); i++) {
			type(&app, places[i].keys);
			app_wait(&app, places[i].shows);
			app_keys(&app, pastes[p]);
			let_pass(&app, 600); /* or what follows is a part of an unmarked one */
			assert_int_not_equal(screen_pid(app.screen), 0);
			type(&app, "\007");
			if (*places[i].back == 'z' || *places[i].back == '2')
				type(&app, places[i].back);
		}
		assert_int_equal(count_decisions(&app), before);
		app_quit(&app);
		app_free(&app);
	}
}

TEST(pasted_lines_are_all_in_the_draft)
{
	struct app app = begin_bucket(NULL);

	settle(&app);
	app_keys(&app, "\033[200~first line\rsecond line\rthird line\033[201~");
	app_wait(&app, "first line");
	app_wait(&app, "second line");
	app_wait(&app, "third line");
	app_keys(&app, "\007");
	app_quit(&app);
	app_free(&app);
}

TEST(an_editor_that_fails_changes_nothing_and_leaves_the_screen_whole)
{
	static const char *const ends[] = { "exit 0", "exit 1", "kill -9 $$" };

	for (size_t i = 0; i < COUNT(ends); i++) {
		struct strbuf editor = { 0 };
		struct app_options options = { .rows = 40, .cols = 120 };
		struct app app;
		size_t scripts;

		strbuf_addf(&editor, "sh -c 'stty -a | grep -o -w -e icanon; read x; %s'", ends[i]);
		options.editor = strbuf_str(&editor);
		app = begin_bucket(&options);
		settle(&app);
		app_wait_event(&app, "autonomy.set", 2);
		scripts = app_count(&app, "script.written");
		app_keys(&app, "3e");
		app_wait(&app, "icanon");
		assert_false(screen_mode(app.screen, 1049) || screen_mode(app.screen, 1000) ||
		             screen_mode(app.screen, 2004));
		app_keys(&app, "\n");
		screen_wait_mode(app.screen, 1049, true);
		screen_wait_mode(app.screen, 2004, true);
		settle(&app);
		app_wait(&app, "Talk");
		assert_frames(&app, 40, 120);
		assert_int_equal(app_count(&app, "script.written"), scripts);
		app_quit(&app);
		app_free(&app);
		strbuf_release(&editor);
	}
}

/* Lines that drift in one terminal or another, drive it, or turn the reading direction; as JSON. */
static const char hard[] =
	"\\u001b]52;c;QUFB\\u0007\\u001b[2J\\u001bPq#0~\\u001b\\\\ \\u009b31m \\u009d0;t\\u009c "
	"日本語のテキスト ✌️ ☎️ 👍🏽 👨‍👩‍👧 🇩🇪 e\u0301 ｆｕｌｌ \\u202ertl\\u202c שלום "
	"\\u200b\\u00ad\\u2066x\\u2069 a\\tb\\rc";

/* The bucket's journal with something hard in every text that models and users wrote. */
static struct strbuf harden(void)
{
	static const char *const marks[] = { "\"text\":\"",    "\"title\":\"",   "\"summary\":\"",
		                             "\"problem\":\"", "\"fix\":\"",     "\"question\":\"",
		                             "\"note\":\"",    "\"message\":\"", "\"looks\":\"",
		                             "\"evidence\":\"" };
	const char *srcdir = getenv("srcdir"), *at;
	struct strbuf file = { 0 }, text = { 0 }, out = { 0 };
	struct error err;

	strbuf_addf(&file, "%s/tests/data/bucket/events.jsonl", srcdir ? srcdir : ".");
	if (!file_read(&text, strbuf_str(&file), 1 << 20, &err))
		fail_msg("%s", err.text);
	for (at = strbuf_str(&text); *at;) {
		size_t len = 1;
		bool found = false;

		for (size_t i = 0; i < COUNT(marks) && !found; i++) {
			found = !strncmp(at, marks[i], strlen(marks[i]));
			len = found ? strlen(marks[i]) : 1;
		}
		strbuf_add(&out, at, len);
		if (found)
			strbuf_addf(&out, "%s ", hard);
		at += len;
	}
	strbuf_release(&file);
	strbuf_release(&text);
	return out;
}

static void look_around(struct app *app, int rows, int cols)
{
	for (char pane = '1'; pane <= '7'; pane++) {
		app_keys(app, (const char[]){ pane, 'g', '\0' });
		for (int page = 0; page < 4; page++) {
			settle(app);
			if (cols >= 76 && rows >= 20)
				assert_frames(app, rows, cols);
			app_keys(app, "\006");
		}
	}
}

TEST(no_text_moves_a_border_or_drives_the_terminal)
{
	static const int sizes[][2] = {
		{ 24, 80 }, { 40, 120 }, { 60, 200 }, { 50, 62 }, { 12, 40 }
	};
	struct app_options options = { .profile = "xterm" };
	struct strbuf journal = harden();
	struct app app = app_new();

	app_copy(&app, "bucket", strbuf_str(&journal));
	app_resume(&app, "bucket", &options);
	app_wait(&app, "Talk");
	for (size_t i = 0; i < COUNT(sizes); i++) {
		resize(&app, sizes[i][0], sizes[i][1]);
		look_around(&app, sizes[i][0], sizes[i][1]);
	}
	assert_int_equal(count_sent(&app, 0, "\033]52"), 0);
	assert_int_equal(count_sent(&app, 0, "\302\233"), 0);
	assert_int_equal(count_sent(&app, 0, "\302\235"), 0);
	assert_int_equal(count_sent(&app, 0, "\342\200\256"), 0);
	app_quit(&app);
	strbuf_release(&journal);
	app_free(&app);
}

static unsigned random_of(unsigned *seed, unsigned below)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % below;
}

/* Anything a hand or a mouse can do, but for leaving and for running shell commands. */
static void do_anything(struct app *app, unsigned *seed)
{
	static const char keys[] = "123467azxierRuUp sScfmAo=yYTM!niN/?:\t\r\033\006\002\025\013";
	static const char *const others[] = { "\033[A",
		                              "\033[B",
		                              "\033[C",
		                              "\033[D",
		                              "\033[5~",
		                              "\033[6~",
		                              "\033[H",
		                              "\033[F",
		                              "\033[3~",
		                              "\033OP",
		                              "\033[200~x\ry\033[201~",
		                              "\033[I",
		                              "\033[O" };
	struct strbuf bytes = { 0 };
	unsigned what = random_of(seed, 10);

	if (what == 0)
		screen_resize(app->screen, 1 + (int)random_of(seed, 100),
		              1 + (int)random_of(seed, 300));
	else if (what == 1)
		strbuf_addstr(&bytes, others[random_of(seed, COUNT(others))]);
	else if (what < 4)
		strbuf_addf(&bytes, "\033[<%u;%u;%u%c",
		            random_of(seed, 2) * 64 + random_of(seed, 3), 1 + random_of(seed, 310),
		            1 + random_of(seed, 110), random_of(seed, 2) ? 'M' : 'm');
	else
		strbuf_add(&bytes, &keys[random_of(seed, sizeof(keys) - 1)], 1);
	if (bytes.len)
		screen_send(app->screen, bytes.buf, bytes.len);
	strbuf_release(&bytes);
}

TEST(no_size_key_or_click_breaks_it)
{
	static const int sizes[][2] = { { 1, 1 }, { 1, 300 }, { 100, 1 }, { 100, 300 },
		                        { 2, 2 }, { 11, 39 }, { 12, 40 } };
	struct app app = begin_bucket(NULL);
	int64_t end = now_ms() + 8000;
	unsigned seed = 1;

	settle(&app);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		screen_resize(app.screen, sizes[i][0], sizes[i][1]);
		let_pass(&app, 60);
		assert_int_not_equal(screen_pid(app.screen), 0);
	}
	while (now_ms() < end) {
		for (int i = 0; i < 20; i++)
			do_anything(&app, &seed);
		let_pass(&app, 5);
		if (!screen_pid(app.screen)) { /* some keys may leave; nothing else ends it */
			assert_int_equal(screen_end(app.screen), 0);
			screen_free(app.screen);
			app_resume(&app, "bucket", NULL);
			app_wait(&app, "Talk");
		}
	}
	app_free(&app);
}

TEST(a_proposal_is_accepted_where_it_is_seen_and_not_too_soon)
{
	struct app_options options = { .cols = 120, .rows = 40 };
	struct app app;

	if (!begin_box(&app, 5, &options)) {
		skip();
		return;
	}
	take_plan(&app);
	app_wait_event(&app, "gate.opened", 2);
	app_keys(&app, "a");
	app_wait(&app, "R opens the proposal");
	app_keys(&app, "Ra");
	app_wait(&app, TOO_SOON);
	assert_int_equal(app_count(&app, "gate.answered"), 1);
	insist(&app, "a", "gate.answered", 2, TOO_SOON);
	insist(&app, "u", "head.moved", 1, "somebody is at work");
	app_wait(&app, "back to step");
	app_wait(&app, "U brings it back");
	app_quit(&app);
	app_free(&app);
}

TEST(a_reason_to_reject_is_read_by_whoever_comes_next)
{
	struct app_options options = { .cols = 120, .rows = 40 };
	struct strbuf request;
	struct app app;

	if (!begin_box(&app, 5, &options)) {
		skip();
		return;
	}
	take_plan(&app);
	app_wait_event(&app, "gate.opened", 2);
	app_keys(&app, "R");
	let_pass(&app, 300);
	app_keys(&app, "x");
	app_wait(&app, "why not");
	app_keys(&app, "its corners are too sharp\r");
	app_wait_event(&app, "gate.answered", 2);
	app_wait_event(&app, "gate.opened", 3);
	request = app_request(&app, "coder");
	assert_non_null(strstr(strbuf_str(&request), "its corners are too sharp"));
	strbuf_release(&request);
	app_quit(&app);
	app_free(&app);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(streaming_words_never_clear_the_screen_and_cost_little),
		cmocka_unit_test(two_hundred_resizes_while_words_come_lose_and_double_nothing),
		cmocka_unit_test(every_way_to_end_gives_the_terminal_back),
		cmocka_unit_test(keys_typed_while_a_proposal_comes_decide_nothing),
		cmocka_unit_test(escape_only_closes_however_often),
		cmocka_unit_test(a_paste_decides_nothing_wherever_it_lands),
		cmocka_unit_test(pasted_lines_are_all_in_the_draft),
		cmocka_unit_test(an_editor_that_fails_changes_nothing_and_leaves_the_screen_whole),
		cmocka_unit_test(no_text_moves_a_border_or_drives_the_terminal),
		cmocka_unit_test(no_size_key_or_click_breaks_it),
		cmocka_unit_test(a_proposal_is_accepted_where_it_is_seen_and_not_too_soon),
		cmocka_unit_test(a_reason_to_reject_is_read_by_whoever_comes_next),
	};

	if (getenv("LL3M_TEST_ONLY"))
		cmocka_set_test_filter(getenv("LL3M_TEST_ONLY"));
	return RUN_ALL(tests);
}
