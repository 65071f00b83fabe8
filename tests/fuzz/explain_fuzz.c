/*
 * What Blender may say, and the line it says it about: up to the first NUL or form feed the error,
 * up to the next the line of code, the rest is the script. Whatever they are, what comes out of a
 * message is sane, no expression is followed for ever, and an answer keeps to its budget.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "rag/alike.h"
#include "rag/message.h"
#include "rag/rag.h"

enum {
	TOKENS = 300,
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* The small index of the unit tests; NULL: it is not at hand, so messages alone are tried. */
static struct rag *open_index(void)
{
	const char *srcdir = getenv("srcdir");
	struct strbuf dump = { 0 }, dir = { 0 };
	char file[] = "explain-fuzz-XXXXXX";
	struct rag_source source = { .key = "fuzz" };
	struct rag *rag = NULL;
	struct error err;
	int fd = mkstemp(file);

	if (fd >= 0)
		close(fd);
	strbuf_addf(&dump, "%s/tests/data/api/small-4.3.json", srcdir ? srcdir : ".");
	source.dump = strbuf_str(&dump);
	if (path_shared(&dir, "config/blender", &err))
		source.data_dir = strbuf_str(&dir);
	if (fd < 0 || !rag_build(file, &source, &err) || !rag_open(&rag, file, &err))
		rag = NULL;
	unlink(file);
	strbuf_release(&dump);
	strbuf_release(&dir);
	return rag;
}

static char *take_part(const uint8_t **bytes, size_t *len)
{
	size_t n = 0;
	char *part;

	while (n < *len && (*bytes)[n] && (*bytes)[n] != '\f')
		n++;
	part = xstrndup((const char *)*bytes, n);
	n += n < *len;
	*bytes += n;
	*len -= n;
	return part;
}

static void check_message(const char *error)
{
	struct message m = { 0 };
	double score;

	message_read(&m, error);
	assert(m.line && strlen(m.line) <= 9000 && !strchr(m.line, '\n'));
	assert(m.kind == MESSAGE_OTHER || *m.line);
	score = alike(m.name ? m.name : "", m.owner ? m.owner : "");
	assert(score >= 0 && score <= 1);
	message_release(&m);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static struct rag *rag;
	static int tried;
	struct rag_answer answer = { 0 };
	char *error = take_part(&bytes, &len), *code = take_part(&bytes, &len);
	char *script = take_part(&bytes, &len);
	struct rag_question question = { .error = error, .tokens = TOKENS };
	struct error err;

	if (!tried++)
		rag = open_index();
	question.code = code;
	question.script = script;
	check_message(error);
	if (rag) {
		if (!rag_ask(rag, &question, &answer, &err))
			abort();
		assert(rag_tokens(answer.context) <= TOKENS);
		record_release(&rag_answer_type, &answer);
	}
	free(error);
	free(code);
	free(script);
	return 0;
}
