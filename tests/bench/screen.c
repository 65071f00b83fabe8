/*
 * What it costs to be looked at: ll3m on a terminal of the tests. Times are those until the
 * terminal has read and understood the bytes, so its own part is in them; so is whatever else the
 * machine is doing, which is why its load is printed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app.h"
#include "base/file.h"
#include "base/mem.h"

enum {
	ROWS = 40,
	COLS = 120,
	KEYS = 100,
	ROUNDS = 4,
	STREAM_MS = 5000,
	IDLE_MS = 20000,
	REST_MS = 60000,
	REST_S = 6,
	EVENTS = 100000,
};

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

static bool is_past(struct screen *s UNUSED, const void *what)
{
	return now_ms() >= *(const double *)what;
}

static void let_pass(struct app *app, double ms)
{
	double end = now_ms() + ms;

	screen_wait_until(app->screen, is_past, &end, "time to pass");
}

static void print_load(const char *when)
{
	double load[1] = { 0 };

	getloadavg(load, 1);
	printf("%s: %ld cores, load %.1f\n", when, sysconf(_SC_NPROCESSORS_ONLN), load[0]);
}

/* What the kernel knows of the program, which is the only child of its guard. */
struct usage {
	pid_t pid;
	double cpu_ms;
	long wakeups, resident_kb;
};

static long number_after(const char *text, const char *name)
{
	const char *at = strstr(text, name);

	return at ? atol(at + strlen(name)) : -1;
}

static void read_proc(struct strbuf *out, pid_t pid, const char *name)
{
	char path[64];
	char bytes[8192];
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	file = fopen(path, "r");
	strbuf_reset(out);
	if (!file)
		return;
	strbuf_add(out, bytes, fread(bytes, 1, sizeof(bytes), file));
	fclose(file);
}

static struct usage usage_of(const struct app *app)
{
	struct usage usage = { 0 };
	struct strbuf text = { 0 };
	char children[64];
	unsigned long user = 0, system = 0;
	pid_t guard = screen_pid(app->screen);

	snprintf(children, sizeof(children), "task/%d/children", (int)guard);
	read_proc(&text, guard, children);
	usage.pid = (pid_t)atoi(strbuf_str(&text));
	read_proc(&text, usage.pid, "status");
	usage.wakeups = number_after(strbuf_str(&text), "\nvoluntary_ctxt_switches:");
	usage.resident_kb = number_after(strbuf_str(&text), "VmRSS:");
	read_proc(&text, usage.pid, "stat");
	if (text.len)
		sscanf(strrchr(strbuf_str(&text), ')'),
		       ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
	usage.cpu_ms = (double)(user + system) * 1000 / (double)sysconf(_SC_CLK_TCK);
	strbuf_release(&text);
	return usage;
}

struct echo {
	int row, col, cell;
};

static bool is_echoed(struct screen *s, const void *what)
{
	const struct echo *e = what;

	return screen_cell(s, e->row, e->col) == e->cell;
}

static int by_size(const void *a, const void *b)
{
	double first = *(const double *)a, second = *(const double *)b;

	return (first > second) - (first < second);
}

static void print_times(const char *what, double *ms, size_t count)
{
	qsort(ms, count, sizeof(*ms), by_size);
	printf("  %-36s p50 %5.1f ms, p99 %5.1f ms, worst %5.1f ms (%zu keys)\n", what,
	       ms[count / 2], ms[count * 99 / 100], ms[count - 1], count);
}

/* Letters into the draft, each when the one before is seen. */
static void time_keys(struct app *app, const char *what)
{
	double ms[KEYS * ROUNDS];
	size_t count = 0;

	screen_keys(app->screen, "i");
	screen_wait(app->screen, "delivery");
	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < KEYS / 2; i++) {
			struct echo echo = { ROWS - 2, 3 + i, 'a' + (i + round) % 26 };
			double start = now_ms();

			screen_keys(app->screen, (const char[]){ (char)echo.cell, '\0' });
			screen_wait_until(app->screen, is_echoed, &echo, "an echo");
			ms[count++] = now_ms() - start;
		}
		screen_keys(app->screen, "\025");
		screen_wait_until(app->screen, is_echoed, &(struct echo){ ROWS - 2, 3, ' ' },
		                  "an empty draft");
	}
	screen_keys(app->screen, "\007");
	print_times(what, ms, count);
}

static void say_much(struct app *app, size_t words)
{
	struct strbuf plan = { 0 };

	strbuf_addstr(&plan, "{\"title\":\"box\",\"summary\":\"");
	for (size_t i = 0; i < words; i++)
		strbuf_addf(&plan, "word%zu ", i);
	strbuf_addstr(&plan, "\",\"style\":\"plain\",\"parts\":[{\"name\":\"box\",\"looks\":"
	                     "\"a cube\",\"size\":\"1 x 1 x 1 m\"}],\"subtasks\":[{\"title\":"
	                     "\"box\",\"goal\":\"a cube\",\"parts\":[\"box\"]}]}");
	app_say(app, "planner", strbuf_str(&plan));
	strbuf_release(&plan);
}

static void bench_stream(void)
{
	struct app_options options = {
		.rows = ROWS, .cols = COLS, .profile = "foot", .pace = "0.125"
	};
	struct app app = app_new();
	struct usage before, after;
	size_t bytes;
	double start;

	say_much(&app, 20000);
	app_run(&app, "a box", &options);
	app_wait(&app, "word50");
	printf("While 200 words a second stream in, %d x %d:\n", COLS, ROWS);
	time_keys(&app, "key to echo");
	before = usage_of(&app);
	bytes = screen_sent(app.screen)->len;
	start = now_ms();
	let_pass(&app, STREAM_MS);
	after = usage_of(&app);
	start = now_ms() - start;
	printf("  %-36s %.0f bytes/s\n", "to the terminal",
	       (double)(screen_sent(app.screen)->len - bytes) * 1000 / start);
	printf("  %-36s %.1f %%\n", "CPU", (after.cpu_ms - before.cpu_ms) * 100 / start);
	app_free(&app);
}

/* Behind the screen Blender starts and an index may be made; that is not what is asked here. */
static void wait_for_rest(struct app *app)
{
	double end = now_ms() + REST_MS;
	int quiet = 0;

	while (quiet < REST_S && now_ms() < end) {
		struct usage before = usage_of(app), after;

		let_pass(app, 1000);
		after = usage_of(app);
		quiet = after.wakeups - before.wakeups <= 1 && after.cpu_ms <= before.cpu_ms
		                ? quiet + 1
		                : 0;
	}
	if (quiet < REST_S)
		printf("It never came to rest.\n");
}

static void bench_idle(void)
{
	struct app_options options = { .rows = ROWS, .cols = COLS };
	struct app app = app_new();
	struct usage before, after;
	size_t bytes;

	app_copy(&app, "bucket", NULL);
	app_resume(&app, "bucket", &options);
	app_wait_event(&app, "trouble", 2); /* nobody answers any more */
	wait_for_rest(&app);
	before = usage_of(&app);
	bytes = screen_sent(app.screen)->len;
	let_pass(&app, IDLE_MS);
	after = usage_of(&app);
	printf("Idle for %d s:\n  %zu bytes, %.0f ms CPU, %ld wake-ups, %ld KB resident\n",
	       IDLE_MS / 1000, screen_sent(app.screen)->len - bytes, after.cpu_ms - before.cpu_ms,
	       after.wakeups - before.wakeups, after.resident_kb);
	app_free(&app);
}

/* The bucket's events again and again, each with a number of its own. */
static struct strbuf long_journal(size_t events)
{
	const char *srcdir = getenv("srcdir"), *lines[100], *at;
	struct strbuf file = { 0 }, text = { 0 }, out = { 0 };
	size_t count = 0;
	struct error err;

	strbuf_addf(&file, "%s/tests/data/bucket/events.jsonl", srcdir ? srcdir : ".");
	if (!file_read(&text, strbuf_str(&file), 1 << 20, &err))
		fail_msg("%s", err.text);
	/* Up to the event before somebody goes back, so that all lie on one branch. */
	for (at = strbuf_str(&text); count < 68; at = strchr(at, '\n') + 1)
		lines[count++] = at;
	for (size_t i = 0; i < events; i++) {
		const char *line = lines[i % count], *rest = strstr(line, ",\"at_ms\"");

		strbuf_addf(&out, "{\"id\":%zu,\"parent\":%zu%.*s\n", i + 1, i,
		            (int)(strchr(line, '\n') - rest), rest);
	}
	strbuf_release(&file);
	strbuf_release(&text);
	return out;
}

static void bench_long(void)
{
	struct app_options options = { .rows = ROWS, .cols = COLS };
	struct strbuf journal = long_journal(EVENTS);
	struct app app = app_new();
	double start, shown, top;

	app_copy(&app, "bucket", strbuf_str(&journal));
	start = now_ms();
	app_resume(&app, "bucket", &options);
	app_wait(&app, "Talk");
	shown = now_ms() - start;
	app_wait(&app, "takes up again");
	printf("A session of %d events, %.1f MB:\n", EVENTS, (double)journal.len / 1e6);
	printf("  %-36s %.0f ms\n", "to the first frame", shown);
	start = now_ms();
	app_keys(&app, "2g");
	app_wait(&app, "begins with");
	top = now_ms() - start;
	printf("  %-36s %.0f ms\n", "to the top of the talk", top);
	time_keys(&app, "key to echo");
	printf("  %-36s %.1f MB\n", "resident", (double)usage_of(&app).resident_kb / 1024);
	strbuf_release(&journal);
	app_free(&app);
}

int main(void)
{
	print_load("Before");
	bench_idle();
	bench_long();
	if (app_has_blender())
		bench_stream();
	else
		puts("No Blender, so no agent has a turn and nothing streams.");
	print_load("After");
	return 0;
}
