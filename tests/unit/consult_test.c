#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "data.h"
#include "scratch.h"
#include "session/library.h"

static struct rag *open_small(const char *dump, const char *cache)
{
	struct rag *rag;
	struct error err;

	if (!library_of_dump(&rag, dump, cache, &err))
		fail_msg("%s", err.text);
	return rag;
}

static int64_t inode_of(const char *file)
{
	struct stat st;

	assert_int_equal(stat(file, &st), 0);
	return (int64_t)st.st_ino;
}

/* The only index in a folder. */
static char *find_index(struct scratch *s)
{
	DIR *dir = opendir(scratch_path(s, "cache"));
	struct dirent *entry;
	char *found = NULL;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		assert_null(found);
		path_add(&s->path, entry->d_name);
		found = xstrdup(strbuf_str(&s->path));
	}
	closedir(dir);
	assert_non_null(found);
	return found;
}

TEST(a_dump_of_another_blender_is_indexed_once_and_then_found)
{
	struct scratch s = scratch_new();
	struct strbuf dump = { 0 }, words = { 0 };
	char *cache = xstrdup(scratch_path(&s, "cache")), *file;
	struct rag *rag;
	int64_t made;

	data_path(&dump, "api/small-4.3.json");
	rag = open_small(dump.buf, cache);
	library_describe(&words, rag);
	assert_non_null(strstr(words.buf, " entries of Blender 4.3.2"));
	rag_close(rag);
	file = find_index(&s);
	made = inode_of(file);
	rag_close(open_small(dump.buf, cache));
	assert_int_equal(inode_of(file), made);
	free(file);
	free(cache);
	strbuf_release(&dump);
	strbuf_release(&words);
	scratch_free(&s);
}

TEST(a_dump_that_is_none_is_named)
{
	struct scratch s = scratch_new();
	char *cache = xstrdup(scratch_path(&s, "cache"));
	struct error err;
	struct rag *rag;

	assert_false(library_of_dump(&rag, scratch_path(&s, "missing.json"), cache, &err));
	assert_non_null(strstr(err.text, "missing.json"));
	scratch_write(&s, "poem.json", "Roses are red");
	assert_false(library_of_dump(&rag, scratch_path(&s, "poem.json"), cache, &err));
	assert_non_null(strstr(err.text, "poem.json"));
	free(cache);
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dump_of_another_blender_is_indexed_once_and_then_found),
		cmocka_unit_test(a_dump_that_is_none_is_named),
	};

	return RUN_ALL(tests);
}
