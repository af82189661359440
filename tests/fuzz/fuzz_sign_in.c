// Any bytes as what people and programs sign in with: a code of an app, a recovery code, a token, a
// password to be judged. Nothing but the right form is taken for one.
#include <stdlib.h>
#include <string.h>

#include "base/totp.h"
#include "domain/password.h"
#include "domain/second_factor_check.h"
#include "domain/secret.h"
#include "domain/session.h"
#include "domain/token_read.h"

enum { MEMORY = 64 << 20, RECOVERY_ROOM = 17 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool truth)
{
    if (!truth) {
        abort();
    }
}

static size_t digits_in(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += *text >= '0' && *text <= '9';
    }
    return count;
}

static void as_code(const char *text)
{
    static const unsigned char secret[TOTP_SECRET] = "12345678901234567890";
    int64_t now = 1111111109, taken = totp_check(secret, TOTP_SECRET, text, now, -1);
    require(taken == -1 || digits_in(text) == TOTP_DIGITS);
    require(taken == -1 || (taken >= now / TOTP_STEP - 1 && taken <= now / TOTP_STEP + 1));
    require(totp_check(secret, TOTP_SECRET, text, now, now / TOTP_STEP + 1) == -1);
}

static void as_recovery_code(const char *text)
{
    char plain[RECOVERY_ROOM], again[RECOVERY_ROOM];
    if (recovery_code_read(text, plain)) {
        require(strlen(plain) == RECOVERY_ROOM - 1);
        require(recovery_code_read(plain, again) && strcmp(plain, again) == 0);
    }
}

static void as_token(const char *text)
{
    if (token_is_one(text)) {
        require(strlen(text) == 3 + SECRET_TEXT && strncmp(text, "gt_", 3) == 0);
    }
}

static void as_password(struct arena *a, const char *bytes, size_t length)
{
    static const char *const known[] = {"luton", "ash", NULL};
    struct err e = {.arena = a};
    bool good = password_will_do(a, bytes, length, known, &e);
    require(good == (e.message == NULL));
    require(!good || (length >= PASSWORD_LEAST && length <= PASSWORD_BYTES_MAX));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *a = arena_new(MEMORY);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return 0;
    }
    const char *text = arena_textn(a, (const char *)bytes, length);
    as_code(text);
    as_recovery_code(text);
    as_token(text);
    as_password(a, (const char *)bytes, length);
    require(strlen(session_label(a, text)) < 64);
    require(strlen(secret_digest(a, text)) == DIGEST_HEX);
    arena_free(a);
    return 0;
}
