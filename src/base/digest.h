// SHA-256 (FIPS 180-4) by libcrypto: of the audit trail and of whatever is to be told apart by its
// content. Told as 64 hexadecimal digits in small letters, as `sha256sum` prints it.
//
// libcrypto fails only when memory is out: that goes the arena's way (its trap), so there is
// nothing to check.
#ifndef GT_BASE_DIGEST_H
#define GT_BASE_DIGEST_H

#include "base/arena.h"

enum { DIGEST_HEX = 64 }; // digits, without the NUL behind them

// One being made: put bytes, then end it; it can be used again at once. Freed with the arena.
struct digest;
struct digest *digest_new(struct arena *a);
void digest_put(struct digest *d, const void *bytes, size_t length);
void digest_end(struct digest *d, char hex[DIGEST_HEX + 1]);

// 32 bytes nobody can guess, as hexadecimal digits.
void digest_random(struct arena *a, char hex[DIGEST_HEX + 1]);

#endif
