#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

/* SHA-256 as FIPS 180-4 has it. None of our libraries offers one. */
struct sha256 {
	uint32_t state[8];
	uint64_t len;            /* bytes so far */
	unsigned char block[64]; /* the last len % 64 of them */
};

#define SHA256_HEX_SIZE 65 /* and the NUL */

void sha256_start(struct sha256 *hash);
void sha256_add(struct sha256 *hash, const void *bytes, size_t len);
void sha256_end(struct sha256 *hash, char hex[SHA256_HEX_SIZE]);

/* All three at once. */
void sha256_hex(const void *bytes, size_t len, char hex[SHA256_HEX_SIZE]);

#endif
