/*
 * The door to Blender, with a real one behind it and scripts that mean it ill. After each of them
 * the next job has to work. Skipped where there is no Blender; $LL3M_BLENDER names another one.
 */
#include "blender/blender.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "scratch.h"

#define GOOD                                                                                       \
	"import bpy\n"                                                                             \
	"bpy.ops.mesh.primitive_cube_add(size=2)\n"                                                \
	"bpy.context.object.name = 'Box'\n"

/* A Blender, and what it said to the last job. */
struct world {
	struct loop *loop;
	struct blender *blender;
	struct scratch scratch; /* a home with a key in it, and a file of somebody's */
	int port_fd, port;
	char *worker_dir;
	int answers, pictures;
	enum err_code error;
	enum blender_fault_kind kind;
	struct strbuf type, message, printed, json, path;
	int64_t line, dropped, objects, parts, reports;
};

static void set(struct strbuf *to, const char *text)
{
	strbuf_reset(to);
	strbuf_addstr(to, text ? text : "");
}

static void note_files(struct world *w, const struct blender_result *r)
{
	if (r->file.path)
		set(&w->path, r->file.path);
	else if (r->views.pictures.count)
		set(&w->path, r->views.pictures.items[0].path);
}

static void on_done(void *ctx, const struct blender_result *r, const struct error *err)
{
	struct world *w = ctx;

	w->answers++;
	assert_true(!r != !err);
	w->error = err ? err->code : 0;
	set(&w->message, err ? err->text : r->fault.message);
	if (!r)
		return;
	w->kind = r->fault.kind;
	w->line = r->fault.line;
	w->objects = r->type == BLENDER_FACTS ? (int64_t)r->facts.objects.count : r->run.objects;
	w->parts = (int64_t)r->run.parts.count;
	w->reports = (int64_t)r->run.reports.count;
	w->dropped = r->run.printed_dropped;
	set(&w->type, r->fault.type);
	set(&w->printed, r->run.printed);
	set(&w->json, r->json);
	note_files(w, r);
}

static void on_picture(void *ctx, const struct blender_picture *picture)
{
	struct world *w = ctx;

	w->pictures++;
	assert_int_equal(access(picture->path, R_OK), 0);
}

static void wait_for(struct world *w, int answers)
{
	while (w->answers < answers)
		assert_true(loop_turn(w->loop, -1));
	assert_int_equal(w->answers, answers);
}

static void do_job(struct world *w, const struct blender_job *job)
{
	int before = w->answers;

	blender_do(w->blender, job, on_picture, on_done, w);
	assert_int_equal(w->answers, before);
	wait_for(w, before + 1);
}

static void run(struct world *w, const char *script)
{
	do_job(w, &(struct blender_job){ .type = BLENDER_RUN, .script = script });
}

/* For what is known to take all the time it gets. */
static void run_briefly(struct world *w, const char *script)
{
	do_job(w, &(struct blender_job){ .type = BLENDER_RUN, .script = script, .limit_ms = 1000 });
}

static void assert_kind(const struct world *w, enum blender_fault_kind kind)
{
	if (w->error || w->kind != kind)
		fail_msg("expected %s, got %s %s: %s", blender_fault_names[kind],
		         w->error ? "error" : blender_fault_names[w->kind], strbuf_str(&w->type),
		         strbuf_str(&w->message));
}

static void assert_works(struct world *w)
{
	run(w, GOOD "print('fine')\n");
	assert_kind(w, BLENDER_FINE);
	assert_string_equal(strbuf_str(&w->printed), "fine\n");
	assert_int_equal(w->parts, 1);
}

/* The script sees SECRET, HOUSE, WORKER and PORT. */
static void run_hostile(struct world *w, const char *script)
{
	struct strbuf whole = { 0 };

	strbuf_addf(&whole, "SECRET = '%s'\n", scratch_path(&w->scratch, "home/.ssh/id"));
	strbuf_addf(&whole, "HOUSE = '%s'\n", scratch_path(&w->scratch, "house"));
	strbuf_addf(&whole, "WORKER, PORT = '%s', %d\n", w->worker_dir, w->port);
	strbuf_addstr(&whole, script);
	run(w, strbuf_str(&whole));
	strbuf_release(&whole);
}

static void starts_with(const struct world *w, const char *magic)
{
	char bytes[8] = { 0 };
	int fd = open(strbuf_str(&w->path), O_RDONLY | O_NOFOLLOW);

	assert_true(fd >= 0);
	assert_true(read(fd, bytes, sizeof(bytes)) > 0);
	assert_memory_equal(bytes, magic, strlen(magic));
	close(fd);
}

static void a_script_becomes_a_scene_pictures_facts_and_files(void **state)
{
	static const char *const sides[] = { "front", "top", NULL };
	struct world *w = *state;

	run(w, GOOD "bpy.ops.object.material_slot_add()\nprint('hello')\n");
	assert_kind(w, BLENDER_FINE);
	assert_string_equal(strbuf_str(&w->printed), "hello\n");
	assert_int_equal(w->objects, 1);
	w->pictures = 0;
	do_job(w, &(struct blender_job){ .type = BLENDER_VIEWS, .views = sides, .size_px = 64 });
	assert_kind(w, BLENDER_FINE);
	assert_int_equal(w->pictures, 2);
	starts_with(w, "\x89PNG");
	do_job(w, &(struct blender_job){ .type = BLENDER_FACTS, .level = 2 });
	assert_kind(w, BLENDER_FINE);
	assert_int_equal(w->objects, 1);
	do_job(w, &(struct blender_job){ .type = BLENDER_TREE });
	assert_kind(w, BLENDER_FINE);
	assert_non_null(strstr(strbuf_str(&w->json), "\"Box\""));
	do_job(w, &(struct blender_job){ .type = BLENDER_EXPORT, .format = "obj" });
	assert_kind(w, BLENDER_FINE);
	starts_with(w, "# Blend");
	do_job(w, &(struct blender_job){ .type = BLENDER_SAVE });
	assert_kind(w, BLENDER_FINE);
	assert_int_equal(access(strbuf_str(&w->path), R_OK), 0);
}

static void what_is_wrong_with_a_script_comes_with_its_line(void **state)
{
	struct world *w = *state;

	run(w, "x = 1\nx.nothing\n");
	assert_kind(w, BLENDER_ERROR);
	assert_string_equal(strbuf_str(&w->type), "AttributeError");
	assert_int_equal(w->line, 2);
	run(w, "def (:\n");
	assert_kind(w, BLENDER_SYNTAX);
	assert_int_equal(w->line, 1);
	run(w, "import sys\nsys.exit(3)\n");
	assert_kind(w, BLENDER_EXIT);
	do_job(w, &(struct blender_job){ .type = BLENDER_CHECK, .script = "if:" });
	assert_kind(w, BLENDER_SYNTAX);
	do_job(w,
	       &(struct blender_job){ .type = BLENDER_PARAMS, .script = "A = 1  # m 0..2  a\n" });
	assert_kind(w, BLENDER_FINE);
	do_job(w, &(struct blender_job){ .type = BLENDER_EXPORT, .format = "doc" });
	assert_kind(w, BLENDER_REFUSED);
}

static void what_operators_say_is_heard(void **state)
{
	struct world *w = *state;

	run(w, GOOD "bpy.ops.object.mode_set(mode='EDIT')\n"
	            "bpy.ops.mesh.select_all(action='SELECT')\n"
	            "bpy.ops.mesh.remove_doubles()\n");
	assert_kind(w, BLENDER_FINE);
	assert_int_equal(w->reports, 1);
}

static void the_house_is_neither_read_nor_changed(void **state)
{
	struct world *w = *state;

	run_hostile(w, "import os\n"
	               "for path in (SECRET, os.path.expanduser('~/.ssh/id'), '/etc/shadow'):\n"
	               "    try:\n"
	               "        print('GOT', open(path).read())\n"
	               "    except OSError:\n"
	               "        pass\n"
	               "for job in (lambda: open(HOUSE + '/new', 'w').write('x'),\n"
	               "            lambda: open(SECRET, 'w').write('x'),\n"
	               "            lambda: os.remove(SECRET), lambda: os.truncate(SECRET, 0),\n"
	               "            lambda: os.rename(SECRET, HOUSE + '/moved')):\n"
	               "    try:\n"
	               "        job()\n"
	               "        print('DID', job)\n"
	               "    except OSError:\n"
	               "        pass\n");
	assert_kind(w, BLENDER_FINE);
	assert_null(strstr(strbuf_str(&w->printed), "GOT"));
	assert_int_equal(access(scratch_path(&w->scratch, "house/new"), F_OK), -1);
	assert_int_equal(access(scratch_path(&w->scratch, "home/.ssh/id"), F_OK), 0);
	assert_works(w);
}

static void nobody_is_called(void **state)
{
	struct world *w = *state;
	struct pollfd caller = { .fd = w->port_fd, .events = POLLIN };

	run_hostile(w, "import socket\nsocket.create_connection(('127.0.0.1', PORT), 2)\n");
	assert_kind(w, BLENDER_ERROR);
	assert_int_equal(poll(&caller, 1, 0), 0);
	assert_works(w);
}

static void no_process_is_started(void **state)
{
	struct world *w = *state;

	run_hostile(w, "import os\nwhile True:\n    os.fork()\n");
	assert_kind(w, BLENDER_ERROR);
	run_hostile(w, "import subprocess\nsubprocess.run(['/bin/true'])\n");
	assert_kind(w, BLENDER_ERROR);
	assert_works(w);
}

static void memory_and_disk_have_an_end(void **state)
{
	struct world *w = *state;

	run_hostile(w, "x = []\nwhile True:\n    x.append(bytearray(1 << 28))\n");
	assert_kind(w, BLENDER_MEMORY);
	assert_works(w);
	run_hostile(w, "f = open('big', 'wb')\nf.truncate(5 << 30)\n");
	assert_kind(w, BLENDER_ERROR);
	run_hostile(w, "i = 0\nwhile True:\n    open('f%d' % i, 'w').close()\n    i += 1\n");
	assert_kind(w, BLENDER_MEMORY);
	assert_string_equal(strbuf_str(&w->type), "disk");
	assert_works(w);
}

static void time_has_an_end(void **state)
{
	struct world *w = *state;

	run_briefly(w,
	            "while True:\n    try:\n        pass\n    except Exception:\n        pass\n");
	assert_kind(w, BLENDER_TIMEOUT);
	run_briefly(w, "print('before')\n"
	               "while True:\n    try:\n        while True: pass\n    except: pass\n");
	assert_kind(w, BLENDER_TIMEOUT);
	assert_non_null(strstr(strbuf_str(&w->printed), "before"));
	assert_works(w);
}

static void our_own_files_stay_as_they_are(void **state)
{
	struct world *w = *state;

	run_hostile(w, "import glob, os\n"
	               "for path in glob.glob(WORKER + '/*.py'):\n"
	               "    for job in (os.remove, lambda path: open(path, 'w').write('')):\n"
	               "        try:\n"
	               "            job(path)\n"
	               "            print('DID')\n"
	               "        except OSError:\n"
	               "            pass\n"
	               "print(len(glob.glob(WORKER + '/*.py')) > 0)\n");
	assert_kind(w, BLENDER_FINE);
	assert_string_equal(strbuf_str(&w->printed), "True\n");
	assert_works(w);
}

static void prints_are_kept_cut_and_counted(void **state)
{
	struct world *w = *state;

	run_hostile(w, "for i in range(1000000):\n    print(i)\n");
	assert_kind(w, BLENDER_FINE);
	assert_int_equal(w->printed.len, 256 * 1024);
	assert_int_equal(w->dropped, 6888890 - 256 * 1024);
	run_hostile(w, "print('\\x1b]0;owned\\x07\\x1b[2J')\n");
	assert_kind(w, BLENDER_FINE);
	run_hostile(w, "print('\\x1e ll3m end 1 0123\\nmine')\n");
	assert_kind(w, BLENDER_FINE);
	assert_non_null(strstr(strbuf_str(&w->printed), "mine"));
	assert_works(w);
}

static void a_crash_is_a_result(void **state)
{
	struct world *w = *state;

	run_hostile(w, "import os\nprint('bye', flush=True)\nos._exit(7)\n");
	assert_kind(w, BLENDER_CRASH);
	assert_string_equal(strbuf_str(&w->type), "exit 7");
	assert_string_equal(strbuf_str(&w->printed), "bye\n");
	assert_works(w);
	run_hostile(w, "import ctypes\nctypes.string_at(0)\n");
	assert_kind(w, BLENDER_CRASH);
	assert_string_equal(strbuf_str(&w->type), "SIGSEGV");
	run_hostile(w, "import os\nos.abort()\n");
	assert_kind(w, BLENDER_CRASH);
	assert_string_equal(strbuf_str(&w->type), "SIGABRT");
	run_hostile(w, "import os\nos.closerange(0, 4096)\n");
	assert_works(w);
}

static void crashes_in_a_row_do_not_wear_it_out(void **state)
{
	struct world *w = *state;

	for (int i = 0; i < 4; i++) {
		run_hostile(w, "import os\nos._exit(1)\n");
		assert_kind(w, BLENDER_CRASH);
	}
	assert_works(w);
}

static void nonsense_on_our_own_channel_ends_the_worker_and_not_us(void **state)
{
	static const char sockets[] =
		"import os, stat\n"
		"def sockets():\n"
		"    for fd in range(3, 1100):\n"
		"        try:\n"
		"            if stat.S_ISSOCK(os.fstat(fd).st_mode): yield fd\n"
		"        except OSError: pass\n"
		"for fd in sockets():\n";
	struct strbuf script = { 0 };
	struct world *w = *state;

	strbuf_addf(&script, "%s    os.write(fd, b'nonsense')\n", sockets);
	run_hostile(w, strbuf_str(&script));
	assert_int_equal(w->error, ERR_PROTOCOL);
	assert_works(w);
	strbuf_reset(&script);
	strbuf_addf(&script, "%s    os.write(fd, b'67108864\\nx')\n", sockets);
	run_briefly(w, strbuf_str(&script));
	assert_kind(w, BLENDER_TIMEOUT);
	assert_works(w);
	strbuf_reset(&script);
	strbuf_addf(&script, "%s    os.write(fd, b'26\\n{\"id\":999999,\"ok\":\"maybe\"}')\n",
	            sockets);
	run_hostile(w, strbuf_str(&script));
	assert_works(w);
	strbuf_release(&script);
}

static void the_scene_is_there_again_after_a_crash(void **state)
{
	struct world *w = *state;

	run(w, GOOD GOOD GOOD);
	assert_kind(w, BLENDER_FINE);
	run_hostile(w, "import os\nos._exit(1)\n");
	do_job(w, &(struct blender_job){ .type = BLENDER_FACTS });
	assert_kind(w, BLENDER_FINE);
	assert_int_equal(w->objects, 3);
	run(w, GOOD "raise ValueError\n");
	assert_kind(w, BLENDER_ERROR);
	do_job(w, &(struct blender_job){ .type = BLENDER_FACTS });
	assert_int_equal(w->objects, 3);
}

static void a_job_sees_the_scene_of_the_script_it_names(void **state)
{
	struct world *w = *state;
	struct blender_job facts = { .type = BLENDER_FACTS };

	run(w, GOOD GOOD);
	run(w, GOOD);
	assert_kind(w, BLENDER_FINE);
	facts.script = GOOD GOOD;
	do_job(w, &facts);
	assert_int_equal(w->objects, 2);
	facts.script = GOOD;
	do_job(w, &facts);
	assert_int_equal(w->objects, 1);
	facts.script = NULL;
	do_job(w, &facts);
	assert_int_equal(w->objects, 1);
}

static void a_cancelled_job_ends_once_and_the_next_one_works(void **state)
{
	struct blender_job endless = { .type = BLENDER_RUN, .script = "while True: pass\n" };
	struct world *w = *state;
	struct blender_task *task;
	int before;

	assert_works(w);
	before = w->answers;
	task = blender_do(w->blender, &endless, NULL, on_done, w);
	for (int i = 0; i < 3; i++)
		loop_turn(w->loop, 10);
	blender_cancel(task);
	assert_int_equal(w->answers, before);
	wait_for(w, before + 1);
	assert_int_equal(w->error, ERR_CANCELLED);
	assert_works(w);
	before = w->answers;
	for (int i = 0; i < 3; i++)
		blender_do(w->blender, &endless, NULL, on_done, w);
	blender_stop(w->blender);
	wait_for(w, before + 3);
	assert_works(w);
	assert_int_equal(w->answers, before + 4);
}

static void make_house(struct world *w)
{
	static const char *const folders[] = { "house", "home", "home/.ssh", "cache" };

	w->scratch = scratch_new();
	for (size_t i = 0; i < COUNT(folders); i++)
		assert_int_equal(mkdir(scratch_path(&w->scratch, folders[i]), 0700), 0);
	scratch_write(&w->scratch, "home/.ssh/id", "secret");
	setenv("HOME", scratch_path(&w->scratch, "home"), 1);
}

static void listen_on_loopback(struct world *w)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t size = sizeof(at);

	w->port_fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(w->port_fd, (struct sockaddr *)&at, size), 0);
	assert_int_equal(listen(w->port_fd, 1), 0);
	assert_int_equal(getsockname(w->port_fd, (struct sockaddr *)&at, &size), 0);
	w->port = ntohs(at.sin_port);
}

struct readiness {
	bool came;
	struct error err;
};

static void on_ready(void *ctx, const struct error *err)
{
	struct readiness *r = ctx;

	r->came = true;
	if (err)
		r->err = *err;
}

/* NULL, and why, when this level does not work here. */
static struct world *open_world(enum sandbox_level level)
{
	struct world *w = NEW(struct world);
	struct readiness ready = { 0 };
	struct blender_options o = { .sandbox = level, .soft_s = 120, .hard_s = 122 };
	struct strbuf folder = { 0 };

	make_house(w);
	listen_on_loopback(w);
	strbuf_addf(&folder, "%s/src/blender/worker", getenv("srcdir") ? getenv("srcdir") : ".");
	w->worker_dir = realpath(strbuf_str(&folder), NULL);
	strbuf_release(&folder);
	assert_non_null(w->worker_dir);
	w->loop = loop_new();
	o.worker_dir = w->worker_dir;
	o.cache_dir = scratch_path(&w->scratch, "cache");
	if (!blender_open(&w->blender, w->loop, &o, &ready.err)) {
		print_message("%s\n", ready.err.text);
		exit(77);
	}
	blender_when_ready(w->blender, on_ready, &ready);
	while (!ready.came)
		assert_true(loop_turn(w->loop, -1));
	if (!ready.err.code)
		return w;
	print_message("not tested at level %s: %s\n", sandbox_names[level], ready.err.text);
	return NULL;
}

static void close_world(struct world *w)
{
	blender_close(w->blender);
	assert_false(loop_turn(w->loop, 0));
	loop_free(w->loop);
	close(w->port_fd);
	scratch_free(&w->scratch);
	free(w->worker_dir);
	strbuf_release(&w->type);
	strbuf_release(&w->message);
	strbuf_release(&w->printed);
	strbuf_release(&w->json);
	strbuf_release(&w->path);
	free(w);
}

static int test_at(enum sandbox_level level, int *ran)
{
	struct world *w = open_world(level);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_prestate(a_script_becomes_a_scene_pictures_facts_and_files, w),
		cmocka_unit_test_prestate(what_is_wrong_with_a_script_comes_with_its_line, w),
		cmocka_unit_test_prestate(what_operators_say_is_heard, w),
		cmocka_unit_test_prestate(the_house_is_neither_read_nor_changed, w),
		cmocka_unit_test_prestate(nobody_is_called, w),
		cmocka_unit_test_prestate(no_process_is_started, w),
		cmocka_unit_test_prestate(memory_and_disk_have_an_end, w),
		cmocka_unit_test_prestate(time_has_an_end, w),
		cmocka_unit_test_prestate(our_own_files_stay_as_they_are, w),
		cmocka_unit_test_prestate(prints_are_kept_cut_and_counted, w),
		cmocka_unit_test_prestate(a_crash_is_a_result, w),
		cmocka_unit_test_prestate(crashes_in_a_row_do_not_wear_it_out, w),
		cmocka_unit_test_prestate(nonsense_on_our_own_channel_ends_the_worker_and_not_us,
		                          w),
		cmocka_unit_test_prestate(the_scene_is_there_again_after_a_crash, w),
		cmocka_unit_test_prestate(a_job_sees_the_scene_of_the_script_it_names, w),
		cmocka_unit_test_prestate(a_cancelled_job_ends_once_and_the_next_one_works, w),
	};
	int failures;

	if (!w)
		return 0;
	++*ran;
	print_message("Blender %s, %s\n", blender_info(w->blender)->version,
	              sandbox_describe(level));
	failures = cmocka_run_group_tests_name(sandbox_names[level], tests, NULL, NULL);
	close_world(w);
	return failures;
}

int main(void)
{
	int ran = 0, failures = 0;

	for (enum sandbox_level l = SANDBOX_BWRAP; l < SANDBOX_OFF; l++)
		failures += test_at(l, &ran);
	return ran ? failures : 77;
}
