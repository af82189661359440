// Is it UTF-8, and if not, what is it likely to be.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/utf8.h"

#define BYTES(literal) literal, sizeof(literal) - 1

static void test_valid_or_where_not(void **state)
{
    (void)state;
    static const struct {
        const char *what, *bytes;
        size_t length;
        int bad; // -1: valid
    } cases[] = {
        {"nothing", BYTES(""), -1},
        {"ASCII", BYTES("On target"), -1},
        {"two bytes", BYTES("\u00a3 5"), -1},
        {"three bytes", BYTES("\u2212"), -1},
        {"four bytes", BYTES("\U0001F4C8"), -1},
        {"the last code point", BYTES("\xf4\x8f\xbf\xbf"), -1},
        {"beyond the last", BYTES("a\xf4\x90\x80\x80"), 1},
        {"a Latin-1 pound", BYTES("12345678\xa3"), 8},
        {"a Latin-1 e acute before a letter", BYTES("caf\xe9s"), 3},
        {"overlong slash", BYTES("\xc0\xaf"), 0},
        {"overlong, three bytes", BYTES("\xe0\x80\xaf"), 0},
        {"overlong, four bytes", BYTES("\xf0\x80\x80\xaf"), 0},
        {"surrogate", BYTES("ab\xed\xa0\x80"), 2},
        {"last before the surrogates", BYTES("\xed\x9f\xbf"), -1},
        {"cut off after one byte", BYTES("abc\xe2"), 3},
        {"cut off after two", BYTES("abc\xe2\x88"), 3},
        {"cut off after three", BYTES("abc\xf0\x9f\x93"), 3},
        {"continuation alone", BYTES("\x80"), 0},
        {"NUL", BYTES("a\0b"), 1},
        {"NUL among eight", BYTES("abcdefgh\0bcdefgh"), 8},
        {"0xff", BYTES("\xff"), 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t bad = 999;
        bool valid = utf8_valid(cases[i].bytes, cases[i].length, &bad);
        if (valid != (cases[i].bad < 0) || (!valid && bad != (size_t)cases[i].bad)) {
            fail_msg("%s: valid %d, bad %zu", cases[i].what, valid, bad);
        }
        assert_int_equal(utf8_valid(cases[i].bytes, cases[i].length, NULL), valid);
    }
}

static void test_guesses(void **state)
{
    (void)state;
    static const struct {
        const char *what, *bytes;
        size_t length;
        enum text_encoding expected;
        size_t bad;
    } cases[] = {
        {"nothing", BYTES(""), TEXT_UTF8, 999},
        {"plain", BYTES("a,b\r\n\t1"), TEXT_UTF8, 999},
        {"UTF-8 with BOM", BYTES("\xef\xbb\xbf\u00a3"), TEXT_UTF8, 999},
        {"Latin-1", BYTES("caf\xe9,\xa3"), TEXT_LATIN1, 3},
        {"Windows-1252 dash", BYTES("2018 \x96 2019"), TEXT_LATIN1, 5},
        {"UTF-16 little endian",
         BYTES("\xff\xfe"
               "a\0b\0"),
         TEXT_UTF16, 0},
        {"UTF-16 big endian", BYTES("\xfe\xff\0a\0b"), TEXT_UTF16, 0},
        {"UTF-16 without a mark", BYTES("a\0b\0c\0"), TEXT_UTF16, 1},
        {"one NUL", BYTES("some text\0and more"), TEXT_BINARY, 9},
        {"a spreadsheet file", BYTES("PK\x03\x04\x14\x00\x06\x08 some packed text"), TEXT_BINARY,
         2},
        {"an escape", BYTES("\x1b[31mred"), TEXT_BINARY, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t bad = 999;
        enum text_encoding got = utf8_guess(cases[i].bytes, cases[i].length, &bad);
        if (got != cases[i].expected || bad != cases[i].bad) {
            fail_msg("%s: encoding %d, bad %zu", cases[i].what, (int)got, bad);
        }
    }
}

static void test_counts_characters(void **state)
{
    (void)state;
    assert_int_equal(utf8_length(""), 0);
    assert_int_equal(utf8_length("abc"), 3);
    assert_int_equal(utf8_length("\u22125.0%"), 5);
    assert_int_equal(utf8_length("\U0001F4C8\u00e9"), 2);
}

static void test_folds_for_searching(void **state)
{
    (void)state;
    static const struct {
        const char *text, *folded;
    } cases[] = {
        {"", ""},
        {"Children IN Care", "children in care"},
        {"CAF\u00c9 \u00c0\u00de\u00d7", "caf\u00e9 \u00e0\u00fe\u00d7"},
        {"Dinbych, Ynys M\u00d4N, \u0174Y\u0176", "dinbych, ynys m\u00f4n, \u0175y\u0177"},
        {"\u0178\u0141\u0142\u017d\u0160", "\u00ff\u0142\u0142\u017e\u0161"},
        {"\u0130\u0131\u0138\u0149", "\u0130\u0131\u0138\u0149"},
        {"\u0391\u2212", "\u0391\u2212"}, // Greek and signs stay
        {"broken \xc3", "broken \xc3"},
        {"broken \xc3"
         "A",
         "broken \xc3"
         "a"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char out[64];
        assert_true(strlen(cases[i].text) < sizeof out);
        utf8_fold(cases[i].text, out);
        assert_string_equal(out, cases[i].folded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid_or_where_not),
        cmocka_unit_test(test_guesses),
        cmocka_unit_test(test_counts_characters),
        cmocka_unit_test(test_folds_for_searching),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
