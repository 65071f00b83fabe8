/*
 * How fast BlenderRAG is and how often it is right: [QUESTIONS DUMP...]
 * Without arguments: our own questions, and the dumps in $LL3M_API_DIR.
 *
 * Builds the index of each dump (api-4.3.json), asks it every question of that version, and prints
 * times, sizes and scores. A question is a line of JSON: kind, versions, query, code, words and, by
 * version, the identifiers that are right; a member of a right class is right, and so is the node
 * of a right socket. Those of the set "fresh" are counted by themselves: words.yaml was not written
 * with them in sight. With MISSES set in the environment, it says what was not among the first
 * five.
 */
#include "rag/rag.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"

enum {
	QUESTIONS_MAX = 4 << 20,
	HITS = 10,
	TIMES_MAX = 20000,
};

enum way {
	AS_ERROR,
	WITH_WORDS,
	AS_ASKED,
	FRESH,
	WAYS,
};

static const char *const way_names[WAYS] = { "errors", "with words", "as asked", "fresh" };

struct score {
	size_t asked, first, five, ten, small, large;
	double reciprocal;
};

struct bench {
	struct score scores[WAYS];
	double times_ms[TIMES_MAX];
	size_t count;
	bool says_misses;
};

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Of this program alone: how long a question takes does not depend on who else is at work. */
static double spent_ms(void)
{
	struct timespec spent;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
	return (double)spent.tv_sec * 1e3 + (double)spent.tv_nsec / 1e6;
}

static void die(const struct error *err)
{
	fprintf(stderr, "%s\n", err->text);
	exit(1);
}

/* The node of bpy.types.NODE.inputs["Name"]; 0: it is no socket. */
static size_t node_len(const char *ident)
{
	const char *end = strstr(ident, ".inputs[");

	end = end ? end : strstr(ident, ".outputs[");
	return end ? (size_t)(end - ident) : 0;
}

static bool is_right(const char *found, const char *accepted)
{
	size_t len = strlen(accepted), node = node_len(accepted);

	if (!strncmp(found, accepted, len) && (!found[len] || found[len] == '.'))
		return true;
	return node && strlen(found) == node && !strncmp(found, accepted, node);
}

static bool is_accepted(const char *found, const text_list *accepted)
{
	for (size_t i = 0; i < accepted->count; i++)
		if (is_right(found, accepted->items[i]))
			return true;
	return false;
}

static bool is_packed(const struct rag_answer *answer, const text_list *accepted)
{
	for (size_t i = 0; i < answer->packed.count; i++)
		if (is_accepted(answer->packed.items[i], accepted))
			return true;
	return false;
}

/* From 1; 0: not found. */
static size_t rank_of(const struct rag_answer *answer, const text_list *accepted)
{
	for (size_t i = 0; i < answer->hits.count; i++)
		if (is_accepted(answer->hits.items[i].ident, accepted))
			return i + 1;
	return 0;
}

static void ask(struct bench *b, struct rag *rag, enum way way, struct rag_question *question,
                const text_list *accepted)
{
	static const size_t sizes[] = { 500, 1500 };
	struct score *score = &b->scores[way];
	struct rag_answer answer = { 0 };
	struct error err;
	size_t rank = 0;

	for (size_t i = 0; i < COUNT(sizes); i++) {
		double start = spent_ms();

		question->limit = HITS;
		question->tokens = sizes[i];
		if (!rag_ask(rag, question, &answer, &err))
			die(&err);
		if (b->count < TIMES_MAX)
			b->times_ms[b->count++] = spent_ms() - start;
		*(i ? &score->large : &score->small) += is_packed(&answer, accepted);
		rank = rank_of(&answer, accepted);
	}
	score->asked++;
	score->first += rank == 1;
	score->five += rank && rank <= 5;
	score->ten += rank && rank <= 10;
	score->reciprocal += rank && rank <= 10 ? 1 / (double)rank : 0;
	if (b->says_misses && (!rank || rank > 5))
		printf("%s %s %zu: %.120s | %s\n  wanted %s, found %s\n", way_names[way],
		       rag_version(rag), rank, question->error ? question->error : question->text,
		       question->code ? question->code : "", accepted->items[0],
		       answer.hits.count ? answer.hits.items[0].ident : "nothing");
	record_release(&rag_answer_type, &answer);
}

static const char *text_of(const struct json_at *at, const char *key)
{
	struct json_at value = json_key(at, key);
	const char *text;
	struct error err;

	return json_is_text(&value) && json_text(&text, &value, &err) && *text ? text : NULL;
}

static void ask_line(struct bench *b, struct rag *rag, const char *version,
                     const struct json_at *line)
{
	struct json_at canonical = json_key(line, "canonical"), right;
	const char *words = text_of(line, "words"), *query = text_of(line, "query");
	struct rag_question question = { .code = text_of(line, "code") };
	const char *kind = text_of(line, "kind"), *set = text_of(line, "set");
	text_list accepted = { 0 };
	struct error err;

	right = json_key(&canonical, version);
	if (!query || !kind || !json_is_given(&right))
		return;
	accepted.items = xcalloc(json_count(&right) + 1, sizeof(*accepted.items));
	for (struct json_at at = json_first(&right); at.value; at = json_next(&at))
		if (json_text(&accepted.items[accepted.count], &at, &err))
			accepted.count++;
	if (!strcmp(kind, "error")) {
		question.error = query;
		ask(b, rag, AS_ERROR, &question, &accepted);
	} else if (set && !strcmp(set, "fresh")) {
		question.text = query;
		ask(b, rag, FRESH, &question, &accepted);
	} else {
		question.code = NULL;
		question.text = words ? words : query;
		ask(b, rag, WITH_WORDS, &question, &accepted);
		question.text = query;
		ask(b, rag, AS_ASKED, &question, &accepted);
	}
	free(accepted.items);
}

static void ask_all(struct bench *b, struct rag *rag, const char *version, const char *file)
{
	struct strbuf text = { 0 };
	struct text_span rest, line;
	struct error err;

	if (!file_read(&text, file, QUESTIONS_MAX, &err))
		die(&err);
	rest = (struct text_span){ strbuf_str(&text), text.len };
	while (text_next_line(&line, &rest)) {
		struct json *value;
		struct json_at at;

		if (!json_parse(&value, line.at, line.len, &err))
			die(&err);
		at = json_root(value, "question");
		ask_line(b, rag, version, &at);
		json_free(value);
	}
	strbuf_release(&text);
}

/* api-4.3.json is of 4.3. */
static void version_of(struct strbuf *out, const char *dump)
{
	const char *name = path_base(dump), *dash = strrchr(name, '-');

	strbuf_addstr(out, dash ? dash + 1 : name);
	if (out->len > 5 && !strcmp(out->buf + out->len - 5, ".json"))
		strbuf_cut(out, out->len - 5);
}

static struct rag *build_index(const char *file, const char *dump)
{
	struct rag_source source = { .dump = dump, .key = "bench" };
	struct rag_question question = { .text = "bevel the edges" };
	struct rag_answer answer = { 0 };
	struct strbuf data = { 0 };
	struct stat status = { 0 };
	struct error err;
	struct rag *rag;
	double start = now_ms(), built, first;

	if (!path_shared(&data, "config/blender", &err))
		die(&err);
	source.data_dir = strbuf_str(&data);
	if (!rag_build(file, &source, &err))
		die(&err);
	built = now_ms();
	stat(file, &status);
	if (!rag_open(&rag, file, &err) || !rag_ask(rag, &question, &answer, &err))
		die(&err);
	first = now_ms();
	printf("%-18s built in %.0f ms, %.1f MB; opened and asked first in %.1f ms\n",
	       path_base(dump), built - start, (double)status.st_size / 1e6, first - built);
	record_release(&rag_answer_type, &answer);
	strbuf_release(&data);
	return rag;
}

static int by_time(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void print_scores(struct bench *b)
{
	qsort(b->times_ms, b->count, sizeof(*b->times_ms), by_time);
	if (b->count)
		printf("%zu questions: median %.1f ms of CPU, 95%% within %.1f ms\n", b->count,
		       b->times_ms[b->count / 2], b->times_ms[b->count * 95 / 100]);
	printf("%-12s %5s %6s %6s %6s %6s %6s %6s\n", "", "n", "hit@1", "hit@5", "hit@10", "MRR",
	       "c500", "c1500");
	for (size_t i = 0; i < WAYS; i++) {
		const struct score *s = &b->scores[i];
		double n = s->asked ? (double)s->asked : 1;

		printf("%-12s %5zu %6.3f %6.3f %6.3f %6.3f %6.3f %6.3f\n", way_names[i], s->asked,
		       (double)s->first / n, (double)s->five / n, (double)s->ten / n,
		       s->reciprocal / n, (double)s->small / n, (double)s->large / n);
	}
}

static void bench_dump(struct bench *b, const char *questions, const char *dump)
{
	char file[] = "rag-bench-XXXXXX";
	struct strbuf version = { 0 };
	int fd = mkstemp(file);
	struct rag *rag;

	if (fd < 0)
		exit(1);
	close(fd);
	rag = build_index(file, dump);
	version_of(&version, dump);
	ask_all(b, rag, strbuf_str(&version), questions);
	rag_close(rag);
	unlink(file);
	strbuf_release(&version);
}

int main(int argc, char **argv)
{
	static struct bench bench;
	const char *dir = getenv("LL3M_API_DIR"), *srcdir = getenv("srcdir");
	struct strbuf questions = { 0 }, dumps = { 0 };
	glob_t found = { 0 };

	bench.says_misses = getenv("MISSES") != NULL;
	strbuf_addf(&questions, "%s/tests/data/rag/questions.jsonl", srcdir ? srcdir : ".");
	strbuf_addf(&dumps, "%s/api-*.json", dir ? dir : "");
	if (argc > 2)
		for (int i = 2; i < argc; i++)
			bench_dump(&bench, argv[1], argv[i]);
	else if (!dir || glob(strbuf_str(&dumps), 0, NULL, &found) != 0)
		puts("rag: set LL3M_API_DIR to a folder of dumps, api-VERSION.json");
	for (size_t i = 0; i < found.gl_pathc; i++)
		bench_dump(&bench, strbuf_str(&questions), found.gl_pathv[i]);
	if (bench.count)
		print_scores(&bench);
	globfree(&found);
	strbuf_release(&questions);
	strbuf_release(&dumps);
	return 0;
}
