#include "base/sha256.h"

#include <string.h>

/* The fractions of the cube roots of the first 64 primes. */
static const uint32_t constants[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
	0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
	0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2,
};

static uint32_t rotated(uint32_t x, unsigned by)
{
	return x >> by | x << (32 - by);
}

/* The 16 words of a block, and 48 made of them. */
static void expand(uint32_t words[64], const unsigned char *block)
{
	for (int i = 0; i < 16; i++, block += 4)
		words[i] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 |
		           (uint32_t)block[2] << 8 | (uint32_t)block[3];
	for (int i = 16; i < 64; i++) {
		uint32_t x = words[i - 15], y = words[i - 2];

		words[i] = words[i - 16] + words[i - 7] +
		           (rotated(x, 7) ^ rotated(x, 18) ^ x >> 3) +
		           (rotated(y, 17) ^ rotated(y, 19) ^ y >> 10);
	}
}

static void mix(struct sha256 *hash, const unsigned char *block)
{
	uint32_t words[64];
	uint32_t s[8];

	expand(words, block);
	memcpy(s, hash->state, sizeof(s));
	for (int i = 0; i < 64; i++) {
		uint32_t a = s[0], e = s[4];
		uint32_t chosen = (e & s[5]) ^ (~e & s[6]);
		uint32_t majority = (a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]);
		uint32_t first = s[7] + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + chosen +
		                 constants[i] + words[i];
		uint32_t second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + majority;

		memmove(s + 1, s, 7 * sizeof(*s));
		s[4] += first;
		s[0] = first + second;
	}
	for (int i = 0; i < 8; i++)
		hash->state[i] += s[i];
}

void sha256_start(struct sha256 *hash)
{
	/* The fractions of the square roots of the first eight primes. */
	*hash = (struct sha256){
		.state = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
		           0x1f83d9ab, 0x5be0cd19 },
	};
}

void sha256_add(struct sha256 *hash, const void *bytes, size_t len)
{
	const unsigned char *from = bytes;
	size_t held = hash->len % sizeof(hash->block);

	hash->len += len;
	while (len) {
		size_t part = sizeof(hash->block) - held;

		if (part > len)
			part = len;
		memcpy(hash->block + held, from, part);
		from += part;
		len -= part;
		held += part;
		if (held == sizeof(hash->block)) {
			mix(hash, hash->block);
			held = 0;
		}
	}
}

/* A one bit, zeros, and the length in bits, so that the whole is full blocks. */
static void pad(struct sha256 *hash)
{
	static const unsigned char padding[64] = { 0x80 };
	uint64_t bits = hash->len * 8;
	size_t held = hash->len % 64;
	unsigned char tail[8];

	for (int i = 0; i < 8; i++)
		tail[i] = (unsigned char)(bits >> (56 - 8 * i));
	sha256_add(hash, padding, held < 56 ? 56 - held : 120 - held);
	sha256_add(hash, tail, sizeof(tail));
}

void sha256_end(struct sha256 *hash, char hex[SHA256_HEX_SIZE])
{
	static const char digits[] = "0123456789abcdef";

	pad(hash);
	for (int i = 0; i < SHA256_HEX_SIZE - 1; i++)
		hex[i] = digits[hash->state[i / 8] >> (28 - 4 * (i % 8)) & 15];
	hex[SHA256_HEX_SIZE - 1] = '\0';
}

void sha256_hex(const void *bytes, size_t len, char hex[SHA256_HEX_SIZE])
{
	struct sha256 hash;

	sha256_start(&hash);
	sha256_add(&hash, bytes, len);
	sha256_end(&hash, hex);
}
