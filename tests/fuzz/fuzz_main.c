/*
 * Runs a fuzz target without libFuzzer: PROGRAM SECONDS SEED [FILE...]
 *
 * Inputs are made from the files by changing, moving, doubling and mixing bytes and lines; the
 * same seed makes the same ones. An input that kills the program is left in ./crash-SEED-RUN, and
 * a file given with 0 seconds is run as it is. (With clang, -fsanitize=fuzzer takes this file's
 * place.)
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/strbuf.h"

enum {
	INPUT_MAX = 1 << 16,
	CHANGES_MAX = 12,
	FILES_MAX = 1000,
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

/* What a dying program can still reach. */
static struct {
	const struct strbuf *input;
	char file[64];
} current;

static void save_input(void)
{
	int fd = open(current.file, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	ssize_t written = fd < 0 ? -1 : write(fd, current.input->buf, current.input->len);

	if (written == (ssize_t)current.input->len)
		written = write(STDERR_FILENO, current.file, strlen(current.file));
	written += write(STDERR_FILENO, "\n", 1);
	_exit(written > 0 ? 1 : 2);
}

static void on_abort(int signal_number)
{
	(void)signal_number;
	save_input();
}

static uint64_t random_next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state * 0x2545f4914f6cdd1du >> 16;
}

static size_t random_below(uint64_t *state, size_t limit)
{
	return limit ? (size_t)(random_next(state) % limit) : 0;
}

static void put(struct strbuf *out, size_t at, size_t gone, const char *bytes, size_t len)
{
	struct strbuf all = { 0 };

	strbuf_add(&all, out->buf, at);
	strbuf_add(&all, bytes, len);
	strbuf_add(&all, out->buf + at + gone, out->len - at - gone);
	strbuf_release(out);
	*out = all;
}

/* A run of bytes, or of whole lines. */
static size_t choose_part(size_t *len, const struct strbuf *from, uint64_t *state)
{
	size_t start = random_below(state, from->len), end;

	end = start + random_below(state, from->len - start < 64 ? from->len - start : 64);
	if (random_below(state, 2)) {
		while (start > 0 && from->buf[start - 1] != '\n')
			start--;
		while (end < from->len && from->buf[end] != '\n')
			end++;
		end += end < from->len;
	}
	*len = end - start;
	return start;
}

static void change(struct strbuf *input, const struct strbuf *other, uint64_t *state)
{
	static const char bytes[] =
		"\0\n\r\t\x1b \"'`~<>=+-@#{}[],:\\/0129aZ.%\x7f\x80\xbf\xc3\xe2\xff";
	size_t at = random_below(state, input->len + 1), len, start;

	switch (random_below(state, 6)) {
	case 0:
		put(input, at, at < input->len, bytes + random_below(state, sizeof(bytes)), 1);
		break;
	case 1:
		put(input, at, 0, bytes + random_below(state, sizeof(bytes)), 1);
		break;
	case 2:
		start = choose_part(&len, input, state);
		put(input, start, len, "", 0);
		break;
	case 3:
		start = choose_part(&len, other, state);
		put(input, at, 0, other->buf + start, len);
		break;
	case 4: {
		struct strbuf part = { 0 };

		start = choose_part(&len, input, state);
		strbuf_add(&part, input->buf + start, len);
		put(input, at, 0, part.buf, len);
		strbuf_release(&part);
		break;
	}
	default:
		if (at < input->len)
			input->buf[at] = (char)(input->buf[at] ^ (1 << random_below(state, 8)));
	}
}

static bool read_file(struct strbuf *out, const char *name)
{
	char bytes[4096];
	FILE *file = fopen(name, "rb");
	size_t n;

	strbuf_addstr(out, ""); /* never NULL from here on */
	while (file && (n = fread(bytes, 1, sizeof(bytes), file)) > 0)
		strbuf_add(out, bytes, n);
	if (!file || fclose(file) != 0) {
		fprintf(stderr, "%s: %s\n", name, strerror(errno));
		return false;
	}
	return true;
}

static double now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void run(const struct strbuf *input, double *slowest_s)
{
	double start_s = now_s(), took_s;

	current.input = input;
	LLVMFuzzerTestOneInput((const uint8_t *)input->buf, input->len);
	took_s = now_s() - start_s;
	if (took_s > *slowest_s)
		*slowest_s = took_s;
}

static void fuzz(const struct strbuf files[], size_t count, double seconds, uint64_t seed)
{
	uint64_t state = seed * 0x9e3779b97f4a7c15u + 1, runs = 0;
	double end_s = now_s() + seconds, slowest_s = 0;

	for (; runs < count || now_s() < end_s; runs++) {
		const struct strbuf *from =
			&files[runs < count ? runs : random_below(&state, count)];
		size_t changes = runs < count ? 0 : 1 + random_below(&state, CHANGES_MAX);
		struct strbuf input = { 0 };

		strbuf_add(&input, from->buf, from->len < INPUT_MAX ? from->len : INPUT_MAX);
		for (; changes && input.len <= INPUT_MAX; changes--)
			change(&input, &files[random_below(&state, count)], &state);
		snprintf(current.file, sizeof(current.file), "crash-%" PRIu64 "-%" PRIu64, seed,
		         runs);
		run(&input, &slowest_s);
		strbuf_release(&input);
	}
	printf("%" PRIu64 " runs, the slowest took %.0f ms\n", runs, slowest_s * 1000);
}

int main(int argc, char **argv)
{
	size_t count = argc > 3 ? (size_t)argc - 3 : 1;
	struct strbuf *files;
	bool ok = argc >= 3 && count <= FILES_MAX;

	if (!ok) {
		fprintf(stderr, "usage: %s SECONDS SEED [FILE...]\n", argv[0]);
		return 2;
	}
	if (__sanitizer_set_death_callback)
		__sanitizer_set_death_callback(save_input);
	signal(SIGABRT, on_abort);
	files = xcalloc(count, sizeof(*files));
	strbuf_addstr(&files[0], "");
	for (size_t i = 0; ok && i + 3 < (size_t)argc; i++)
		ok = read_file(&files[i], argv[i + 3]);
	if (ok)
		fuzz(files, count, atof(argv[1]), strtoull(argv[2], NULL, 10));
	for (size_t i = 0; i < count; i++)
		strbuf_release(&files[i]);
	free(files);
	return ok ? 0 : 2;
}
