#include "base/totp.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

enum { SHA1_BYTES = 20 };

uint32_t totp_code(const unsigned char *secret, size_t length, int64_t step, int digits)
{
    static const uint32_t powers[] = {1000000, 10000000, 100000000};
    unsigned char counter[8], mac[EVP_MAX_MD_SIZE] = {0};
    unsigned mac_length = 0;
    for (size_t i = 0; i < sizeof counter; i++) {
        counter[i] = (unsigned char)((uint64_t)step >> (8 * (sizeof counter - 1 - i)));
    }
    HMAC(EVP_sha1(), secret, (int)length, counter, sizeof counter, mac, &mac_length);
    // RFC 4226 5.3: four bytes from where the last one says, without the sign bit.
    size_t at = mac[SHA1_BYTES - 1] & 15u;
    uint32_t number = ((uint32_t)mac[at] & 127u) << 24 | (uint32_t)mac[at + 1] << 16 |
                      (uint32_t)mac[at + 2] << 8 | (uint32_t)mac[at + 3];
    return number % powers[digits - TOTP_DIGITS];
}

// Six digits, and nothing but blanks beside them.
static bool read_digits(const char *text, char out[TOTP_DIGITS])
{
    size_t count = 0;
    for (; *text != '\0'; text++) {
        bool digit = *text >= '0' && *text <= '9';
        if ((!digit && *text != ' ') || (digit && count == TOTP_DIGITS)) {
            return false;
        }
        if (digit) {
            out[count++] = *text;
        }
    }
    return count == TOTP_DIGITS;
}

static void write_digits(uint32_t code, char out[TOTP_DIGITS])
{
    for (size_t i = TOTP_DIGITS; i > 0; i--) {
        out[i - 1] = (char)('0' + code % 10);
        code /= 10;
    }
}

int64_t totp_check(const unsigned char *secret, size_t length, const char *text, int64_t now,
                   int64_t last_step)
{
    char given[TOTP_DIGITS], code[TOTP_DIGITS];
    int64_t found = -1, here = now / TOTP_STEP;
    if (!read_digits(text, given)) {
        return -1;
    }
    for (int64_t step = here - 1; step <= here + 1; step++) {
        write_digits(totp_code(secret, length, step, TOTP_DIGITS), code);
        bool same = CRYPTO_memcmp(given, code, TOTP_DIGITS) == 0;
        found = same && step > last_step ? step : found;
    }
    return found;
}

const char *base32_text(struct arena *a, const unsigned char *bytes, size_t length)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    char *text = arena_alloc(a, (length * 8 + 4) / 5 + 1);
    size_t count = 0;
    uint32_t held = 0;
    unsigned bits = 0;
    for (size_t i = 0; i < length; i++) {
        held = (held << 8 | bytes[i]) & 0xfff;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            text[count++] = letters[held >> bits & 31u];
        }
    }
    if (bits > 0) {
        text[count] = letters[held << (5 - bits) & 31u];
    }
    return text;
}
