#include "base/blob.h"

#include "scratch.h"

#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static struct blobs *open_in(struct scratch *s)
{
	struct blobs *b = NULL;
	struct error err;

	assert_true(blobs_open(&b, scratch_path(s, "blobs"), &err));
	return b;
}

TEST(what_was_put_comes_back_under_its_hash)
{
	struct scratch s = scratch_new();
	struct blobs *b = open_in(&s);
	struct strbuf out = { 0 };
	char hash[BLOB_HASH_SIZE];
	struct error err;

	assert_true(blob_put(b, "abc", 3, hash, &err));
	assert_string_equal(hash, ABC);
	assert_true(blob_put(b, "abc", 3, hash, &err));
	assert_true(blob_get(&out, b, hash, &err));
	assert_string_equal(strbuf_str(&out), "abc");
	strbuf_reset(&out);
	blob_path(b, hash, &out);
	assert_string_equal(strbuf_str(&out), scratch_path(&s, "blobs/" ABC));
	strbuf_release(&out);
	blobs_close(b);
	scratch_free(&s);
}

TEST(a_file_is_copied_and_may_vanish)
{
	struct scratch s = scratch_new();
	struct blobs *b = open_in(&s);
	struct strbuf out = { 0 };
	char hash[BLOB_HASH_SIZE], again[BLOB_HASH_SIZE];
	char *big = malloc(200001);
	struct error err;

	memset(big, 'x', 200000);
	big[200000] = '\0';
	scratch_write(&s, "big", big);
	assert_true(blob_put_file(b, scratch_path(&s, "big"), hash, &err));
	assert_true(blob_put_file(b, scratch_path(&s, "big"), again, &err));
	assert_string_equal(hash, again);
	assert_int_equal(unlink(scratch_path(&s, "big")), 0);
	assert_true(blob_get(&out, b, hash, &err));
	assert_string_equal(strbuf_str(&out), big);
	assert_false(blob_put_file(b, scratch_path(&s, "big"), hash, &err));
	free(big);
	strbuf_release(&out);
	blobs_close(b);
	scratch_free(&s);
}

TEST(a_damaged_file_is_said_and_put_right_by_the_next_put)
{
	struct scratch s = scratch_new();
	struct blobs *b = open_in(&s);
	struct strbuf out = { 0 };
	char hash[BLOB_HASH_SIZE];
	struct error err;

	scratch_write(&s, "blobs/" ABC, "ab");
	assert_false(blob_get(&out, b, ABC, &err));
	assert_non_null(strstr(err.text, "damaged"));
	assert_int_equal(out.len, 0);
	assert_true(blob_put(b, "abc", 3, hash, &err));
	assert_true(blob_get(&out, b, ABC, &err));
	strbuf_release(&out);
	blobs_close(b);
	scratch_free(&s);
}

TEST(only_a_hash_is_ever_made_a_path_of)
{
	struct scratch s = scratch_new();
	struct blobs *b = open_in(&s);
	struct strbuf out = { 0 };
	struct error err;

	scratch_write(&s, "secret", "s");
	assert_false(blob_get(&out, b, "../secret", &err));
	assert_int_equal(err.code, ERR_PROTOCOL);
	assert_false(blob_is_hash(""));
	assert_false(blob_is_hash(ABC "0"));
	assert_true(blob_is_hash(ABC));
	assert_false(blob_get(&out, b, ABC, &err));
	assert_int_equal(err.code, ERR_IO);
	strbuf_release(&out);
	blobs_close(b);
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_put_comes_back_under_its_hash),
		cmocka_unit_test(a_file_is_copied_and_may_vanish),
		cmocka_unit_test(a_damaged_file_is_said_and_put_right_by_the_next_put),
		cmocka_unit_test(only_a_hash_is_ever_made_a_path_of),
	};

	return RUN_ALL(tests);
}
