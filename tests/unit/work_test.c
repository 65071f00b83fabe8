#include "base/work.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "test.h"

/* What happened, in order: written by jobs on the thread, read once they are over. */
struct diary {
	char ran[32];
	char done[32];
	struct loop *loop;
	struct work *work;
};

struct entry {
	struct diary *diary;
	char name;
	struct work_job *job;
	struct work_job **victim; /* cancelled from this one's `done` */
	struct entry *next;       /* ordered from this one's `done` */
	pthread_mutex_t *gate;    /* waits for it */
};

static void add(char *text, char c)
{
	size_t len = strlen(text);

	text[len] = c;
	text[len + 1] = '\0';
}

static void run(void *ctx)
{
	struct entry *entry = ctx;

	if (entry->gate) {
		pthread_mutex_lock(entry->gate);
		pthread_mutex_unlock(entry->gate);
	}
	add(entry->diary->ran, entry->name);
}

static void done(bool ran, void *ctx)
{
	struct entry *entry = ctx;

	add(entry->diary->done, (char)(ran ? entry->name : entry->name - 'a' + 'A'));
	if (entry->victim)
		work_cancel(*entry->victim);
	if (entry->next)
		entry->next->job = work_do(entry->diary->work, run, done, entry->next);
}

static struct diary open_diary(void)
{
	struct diary diary = { .loop = loop_new() };

	diary.work = work_new(diary.loop);
	return diary;
}

static void close_diary(struct diary *diary)
{
	work_free(diary->work);
	loop_free(diary->loop);
}

static void finish(struct diary *diary)
{
	while (loop_turn(diary->loop, -1))
		;
}

TEST(jobs_run_and_return_in_the_order_they_were_given)
{
	struct diary diary = open_diary();
	struct entry entries[8];

	for (int i = 0; i < 8; i++) {
		entries[i] = (struct entry){ .diary = &diary, .name = (char)('a' + i) };
		work_do(diary.work, run, done, &entries[i]);
	}
	assert_string_equal(diary.done, "");
	finish(&diary);
	assert_string_equal(diary.ran, "abcdefgh");
	assert_string_equal(diary.done, "abcdefgh");
	close_diary(&diary);
}

TEST(a_helper_with_nothing_to_do_does_not_keep_the_loop)
{
	struct diary diary = open_diary();
	struct entry a = { .diary = &diary, .name = 'a' };

	assert_false(loop_turn(diary.loop, -1));
	work_do(diary.work, run, done, &a);
	finish(&diary);
	assert_false(loop_turn(diary.loop, -1));
	close_diary(&diary);
}

TEST(a_job_cancelled_before_it_began_returns_without_having_run)
{
	struct diary diary = open_diary();
	pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
	struct entry a = { .diary = &diary, .name = 'a', .gate = &gate };
	struct entry b = { .diary = &diary, .name = 'b' };
	struct entry c = { .diary = &diary, .name = 'c' };

	pthread_mutex_lock(&gate);
	work_do(diary.work, run, done, &a);
	b.job = work_do(diary.work, run, done, &b);
	c.job = work_do(diary.work, run, done, &c);
	work_cancel(c.job);
	work_cancel(c.job);
	assert_string_equal(diary.done, "");
	pthread_mutex_unlock(&gate);
	finish(&diary);
	assert_string_equal(diary.ran, "ab");
	assert_int_equal(strlen(diary.done), 3);
	assert_non_null(strchr(diary.done, 'C'));
	close_diary(&diary);
}

TEST(a_job_that_is_over_can_still_be_cancelled)
{
	struct diary diary = open_diary();
	struct entry b = { .diary = &diary, .name = 'b' };
	struct entry a = { .diary = &diary, .name = 'a', .victim = &b.job };

	work_do(diary.work, run, done, &a);
	b.job = work_do(diary.work, run, done, &b);
	finish(&diary);
	assert_int_equal(strlen(diary.done), 2);
	close_diary(&diary);
}

TEST(what_has_returned_may_order_more)
{
	struct diary diary = open_diary();
	struct entry b = { .diary = &diary, .name = 'b' };
	struct entry a = { .diary = &diary, .name = 'a', .next = &b };

	work_do(diary.work, run, done, &a);
	finish(&diary);
	assert_string_equal(diary.done, "ab");
	close_diary(&diary);
}

TEST(closing_returns_every_job_that_is_still_out)
{
	struct diary diary = open_diary();
	struct entry entries[4];

	for (int i = 0; i < 4; i++) {
		entries[i] = (struct entry){ .diary = &diary, .name = (char)('a' + i) };
		entries[i].job = work_do(diary.work, run, done, &entries[i]);
	}
	work_cancel(entries[3].job);
	close_diary(&diary);
	assert_int_equal(strlen(diary.done), 4);
}

static void see_mask(void *ctx)
{
	pthread_sigmask(SIG_SETMASK, NULL, ctx);
}

static void ignore(bool ran, void *ctx)
{
	(void)ctx;
	assert_true(ran);
}

TEST(signals_are_left_to_the_loop)
{
	struct diary diary = open_diary();
	sigset_t mask;

	sigemptyset(&mask);
	work_do(diary.work, see_mask, ignore, &mask);
	finish(&diary);
	assert_true(sigismember(&mask, SIGWINCH));
	assert_true(sigismember(&mask, SIGTERM));
	close_diary(&diary);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jobs_run_and_return_in_the_order_they_were_given),
		cmocka_unit_test(a_helper_with_nothing_to_do_does_not_keep_the_loop),
		cmocka_unit_test(a_job_cancelled_before_it_began_returns_without_having_run),
		cmocka_unit_test(a_job_that_is_over_can_still_be_cancelled),
		cmocka_unit_test(what_has_returned_may_order_more),
		cmocka_unit_test(closing_returns_every_job_that_is_still_out),
		cmocka_unit_test(signals_are_left_to_the_loop),
	};

	return RUN_ALL(tests);
}
