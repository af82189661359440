// Time-based one-time passwords (RFC 6238): HMAC-SHA-1, steps of 30 seconds, six digits, as every
// authenticator app does them; and the base32 (RFC 4648) their secrets are written in.
#ifndef GT_BASE_TOTP_H
#define GT_BASE_TOTP_H

#include "base/arena.h"

enum { TOTP_SECRET = 20, TOTP_STEP = 30, TOTP_DIGITS = 6 };

// The number (0..10^digits - 1) of step `step` (seconds since 1970 / 30); digits 6 to 8.
uint32_t totp_code(const unsigned char *secret, size_t length, int64_t step, int digits);

// Is `text` (digits; blanks between them are taken) the code of a step within one of `now`, and
// later than `last_step`? The step, or -1. Takes the same time whichever step it is.
int64_t totp_check(const unsigned char *secret, size_t length, const char *text, int64_t now,
                   int64_t last_step);

const char *base32_text(struct arena *a, const unsigned char *bytes, size_t length);

#endif
