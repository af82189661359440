// Codes of the second factor: the vectors of RFC 6238 (appendix B, SHA-1) and RFC 4648, and which
// codes are taken when.
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "base/totp.h"

static const unsigned char SECRET[] = "12345678901234567890";

static void published_vectors(void **state)
{
    static const struct {
        int64_t seconds;
        uint32_t code; // eight digits
    } cases[] = {{59, 94287082},         {1111111109, 7081804},  {1111111111, 14050471},
                 {1234567890, 89005924}, {2000000000, 69279037}, {20000000000, 65353130}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t step = cases[i].seconds / TOTP_STEP;
        assert_int_equal(totp_code(SECRET, TOTP_SECRET, step, 8), cases[i].code);
        assert_int_equal(totp_code(SECRET, TOTP_SECRET, step, 6), cases[i].code % 1000000);
    }
}

static void which_codes_are_taken(void **state)
{
    static const struct {
        const char *what, *text;
        int64_t now, last, taken;
    } cases[] = {
        {"the code of this step", "081804", 1111111109, -1, 37037036},
        {"with a blank, as apps show it", "081 804", 1111111109, -1, 37037036},
        {"a step late", "081804", 1111111109 + 30, -1, 37037036},
        {"a step early", "081804", 1111111109 - 30, -1, 37037036},
        {"two steps late", "081804", 1111111109 + 60, -1, -1},
        {"two steps early", "081804", 1111111109 - 60, -1, -1},
        {"used before", "081804", 1111111109, 37037036, -1},
        {"a later one was used", "081804", 1111111109, 37037037, -1},
        {"an earlier one was used", "081804", 1111111109, 37037035, 37037036},
        {"wrong", "081805", 1111111109, -1, -1},
        {"the end of the eight digits is not enough", "81804", 1111111109, -1, -1},
        {"too long", "0818040", 1111111109, -1, -1},
        {"nothing", "", 1111111109, -1, -1},
        {"letters", "08180a", 1111111109, -1, -1},
        {"a sign in front", "+81804", 1111111109, -1, -1},
        {"a line feed behind", "081804\n", 1111111109, -1, -1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t taken = totp_check(SECRET, TOTP_SECRET, cases[i].text, cases[i].now, cases[i].last);
        if (taken != cases[i].taken) {
            fail_msg("%s: %lld", cases[i].what, (long long)taken);
        }
    }
}

static void base32_vectors(void **state)
{
    static const struct {
        const char *bytes, *text;
    } cases[] = {{"", ""},
                 {"f", "MY"},
                 {"fo", "MZXQ"},
                 {"foo", "MZXW6"},
                 {"foob", "MZXW6YQ"},
                 {"fooba", "MZXW6YTB"},
                 {"foobar", "MZXW6YTBOI"}};
    struct arena *a = arena_new(0);
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const unsigned char *bytes = (const unsigned char *)cases[i].bytes;
        assert_string_equal(base32_text(a, bytes, strlen(cases[i].bytes)), cases[i].text);
    }
    assert_string_equal(base32_text(a, SECRET, TOTP_SECRET), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_vectors),
        cmocka_unit_test(which_codes_are_taken),
        cmocka_unit_test(base32_vectors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
