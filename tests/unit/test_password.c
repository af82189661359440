// Which passwords will do (conventions.md 5.2: V6.2.1 to V6.2.11), and their hashes.
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "domain/password.h"

static const char *const KNOWN[] = {"luton", "borough", "officer7", "ash", "example", NULL};

static void which_will_do(void **state)
{
    static const struct {
        const char *password;
        const char *words; // of the refusal; NULL: it will do
    } cases[] = {
        // Length, in characters and not in bytes.
        {"", "0 characters"},
        {"x", "1 character;"},
        {"hB7-wx2", "7 characters"},
        {"hB7-wx2k", NULL},
        {"żółw-kąt", NULL},
        {"ähm", "3 characters"},
        // No rules of composition (V6.2.5).
        {"zephyrmarmalade", NULL},
        {"correct horse battery staple", NULL},
        {"ZEPHYRMARMALADE", NULL},
        {"9041672385519027364", NULL},
        {"         spaces that count        ", NULL},
        // What is tried first.
        {"password", "tried first"},
        {"Password1", "tried first"},
        {"P@ssw0rd", "tried first"},
        {"p455w0rd!", "tried first"},
        {"Passw0rd2024", "tried first"},
        {"password123456", "tried first"},
        {"12345678", "tried first"},
        {"123456789012345", "tried first"},
        {"87654321", "tried first"},
        {"qwertyuiop", "tried first"},
        {"Qwerty123!", "tried first"},
        {"poiuytrewq", "tried first"},
        {"1qaz2wsx", "tried first"},
        {"zaq12wsx", "tried first"},
        {"asdfghjkl", "tried first"},
        {"abcd1234", "tried first"},
        {"a1b2c3d4", "tried first"},
        {"aaaaaaaaaaaa", "tried first"},
        {"abababababab", "tried first"},
        {"xkcdxkcdxkcd", "tried first"},
        {"11112222", "tried first"},
        {"01011990", "tried first"},
        {"letmein!", "tried first"},
        {"Welcome1!", "tried first"},
        {"Summer2025", "tried first"},
        {"Summer2025!", "tried first"},
        {"September25", "tried first"},
        {"monkeydragon", "tried first"},
        {"iloveyou2", "tried first"},
        {"trustno1trustno1", "tried first"},
        {"liverpool1", "tried first"},
        // Of this house.
        {"council2025", "tried first"},
        {"CouncilTax1", "tried first"},
        {"Goldthread!", "tried first"},
        {"scrutiny123", "tried first"},
        {"performance25", "tried first"},
        // Names of the account and the organisation (V6.2.11).
        {"Luton2025!", "tried first"},
        {"LutonBorough", "tried first"},
        {"officer7officer7", "tried first"},
        {"Officer71", "tried first"},
        // Four pieces or more will do.
        {"luton-hatter-1859-mill", NULL},
        {"summer otter violin", NULL},
        // What is no line of text.
        {"two\nlines of text", "no line of text"},
        {"bytes \xff\xfe that are no text", "no line of text"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new(0);
        struct err e = {.arena = a};
        const char *text = cases[i].password;
        bool good = password_will_do(a, text, strlen(text), KNOWN, &e);
        if (good != (cases[i].words == NULL) ||
            (!good && strstr(e.message, cases[i].words) == NULL)) {
            fail_msg("\"%s\": %s", text, good ? "taken" : e.message);
        }
        if (!good && strlen(text) > 8 && strstr(e.message, text) != NULL) {
            fail_msg("the refusal repeats the password: %s", e.message);
        }
        arena_free(a);
    }
}

// V6.2.9: 64 and more; none is cut (V6.2.8).
static void long_ones(void **state)
{
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    char *text = arena_alloc(a, PASSWORD_MOST + 2);
    (void)state;
    for (size_t i = 0; i <= PASSWORD_MOST; i++) {
        text[i] = "otter violin marmalade zephyr "[i * 7 % 30];
    }
    assert_true(password_will_do(a, text, 64, NULL, &e));
    assert_true(password_will_do(a, text, PASSWORD_MOST, NULL, &e));
    assert_false(password_will_do(a, text, PASSWORD_MOST + 1, NULL, &e));
    assert_non_null(strstr(e.message, "at most 256"));
    arena_free(a);
}

static void hashes(void **state)
{
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    const char *first = NULL, *second = NULL;
    static const char text[] = "otter violin marmalade";
    (void)state;
    assert_true(password_hash(a, text, strlen(text), &first, &e));
    assert_true(password_hash(a, text, strlen(text), &second, &e));
    assert_int_equal(strncmp(first, "$argon2id$v=19$m=65536,t=2,p=1$", 31), 0);
    assert_string_not_equal(first, second); // a salt each
    assert_true(password_fits(first, text, strlen(text)));
    assert_false(password_fits(first, text, strlen(text) - 1));
    assert_false(password_fits(first, "Otter violin marmalade", strlen(text)));
    assert_false(password_fits(NULL, text, strlen(text)));
    assert_false(password_fits("no hash at all", text, strlen(text)));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(which_will_do),
        cmocka_unit_test(long_ones),
        cmocka_unit_test(hashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
