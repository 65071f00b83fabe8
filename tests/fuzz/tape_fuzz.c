/*
 * Recordings that somebody else made: whatever is in the file, it is read or refused, and every
 * piece of a record can be asked for.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "llm/tape.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	char path[64];
	struct tape *tape = NULL;
	struct strbuf out = { 0 };
	struct error err;
	FILE *file;

	snprintf(path, sizeof(path), "/tmp/ll3m-tape-fuzz-%ld", (long)getpid());
	file = fopen(path, "w");
	assert(file);
	assert(fwrite(bytes, 1, len, file) == len);
	fclose(file);
	if (tape_open(&tape, path, &err)) {
		for (size_t i = 0; i < tape->count; i++)
			for (size_t k = 0; k < tape->records[i].piece_count; k++)
				tape_read(&out, tape, &tape->records[i].pieces[k], &err);
		tape_close(tape);
	}
	strbuf_release(&out);
	unlink(path);
	return 0;
}
