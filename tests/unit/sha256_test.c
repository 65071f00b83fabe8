#include "base/sha256.h"

#include <stdlib.h>
#include <string.h>

#include "test.h"

TEST(the_examples_of_the_standard_come_out)
{
	static const char *const cases[][2] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
		{ "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnop"
		  "qklmnopqrlmnopqrsmnopqrstnopqrstu",
		  "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char hex[SHA256_HEX_SIZE];

		sha256_hex(cases[i][0], strlen(cases[i][0]), hex);
		assert_string_equal(hex, cases[i][1]);
	}
}

TEST(a_million_letters_come_out_in_uneven_parts)
{
	char part[997], hex[SHA256_HEX_SIZE];
	struct sha256 hash;

	memset(part, 'a', sizeof(part));
	sha256_start(&hash);
	for (size_t left = 1000000, n; left; left -= n) {
		n = left < sizeof(part) ? left : sizeof(part);
		sha256_add(&hash, part, n);
	}
	sha256_end(&hash, hex);
	assert_string_equal(hex,
	                    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(where_it_is_cut_makes_no_difference)
{
	char text[200], whole[SHA256_HEX_SIZE], parts[SHA256_HEX_SIZE];

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)(i * 37);
	for (size_t len = 0; len <= sizeof(text); len++) {
		struct sha256 hash;

		sha256_hex(text, len, whole);
		sha256_start(&hash);
		sha256_add(&hash, text, len / 3);
		sha256_add(&hash, text + len / 3, len - len / 3);
		sha256_end(&hash, parts);
		assert_string_equal(whole, parts);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_examples_of_the_standard_come_out),
		cmocka_unit_test(a_million_letters_come_out_in_uneven_parts),
		cmocka_unit_test(where_it_is_cut_makes_no_difference),
	};

	return RUN_ALL(tests);
}
