// Exact decimals: reading, writing, rounding as officers round, and arithmetic that never lies.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"

static struct dec read_dec(const char *text)
{
    struct dec value = DEC_NONE;
    if (text != NULL && !dec_parse(text, strlen(text), &value)) {
        fail_msg("not a decimal: %s", text);
    }
    return value;
}

// Compares the canonical text; NULL stands for an absent figure.
static void assert_dec(struct arena *a, struct dec value, const char *expected, const char *what)
{
    const char *text = value.present ? dec_text(a, value) : "(absent)";
    const char *wanted = expected == NULL ? "(absent)" : expected;
    if (strcmp(text, wanted) != 0) {
        fail_msg("%s: got %s, expected %s", what, text, wanted);
    }
}

static void test_reads_and_writes_the_same(void **state)
{
    struct arena *a = *state;
    static const char *const cases[] = {
        "0",
        "7",
        "-7",
        "1.50",
        "-0.05",
        "0.000000000000000001",
        "999999999999999999",
        "-999999999999999999",
        "99999999999999.9999",
        "0.00",
        "1234567.8",
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_dec(a, read_dec(cases[i]), cases[i], cases[i]);
    }
    assert_dec(a, read_dec("007.5"), "7.5", "leading zeros are dropped");
    assert_dec(a, read_dec("-0"), "0", "nought has no sign");
    assert_string_equal(dec_text(a, DEC_NONE), "");
}

static void test_refuses_what_is_not_canonical(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "-",
        ".5",
        "5.",
        "+5",
        "1,000",
        "1e3",
        " 1",
        "1 ",
        "--1",
        "1.2.3",
        "0x10",
        "NaN",
        "1000000000000000000",   // 19 digits
        "0.0000000000000000001", // 19 places
        "1.000000000000000000",  // 19 digits in all
        "99999999999999999999999999999999",
        "12345678901.12345678901",
        "\u22125", // that minus is for people, not for files
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct dec value = dec_int(42);
        if (dec_parse(cases[i], strlen(cases[i]), &value)) {
            fail_msg("read as a number: '%s'", cases[i]);
        }
        assert_int_equal(value.units, 42); // written only on success
    }
    struct dec value = DEC_NONE;
    assert_false(dec_parse("1\0002", 3, &value));
}

static void test_rounds_half_away_from_zero(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *value;
        int decimals;
        const char *expected;
    } cases[] = {
        {"34.25", 1, "34.3"},
        {"-34.25", 1, "-34.3"},
        {"2.675", 2, "2.68"},
        {"-2.675", 2, "-2.68"},
        {"0.5", 0, "1"},
        {"-0.5", 0, "-1"},
        {"1.5", 0, "2"},
        {"2.5", 0, "3"},
        {"0.49", 0, "0"},
        {"-0.49", 0, "0"},
        {"74.95", 1, "75.0"},
        {"74.949999999", 1, "74.9"},
        {"99.99", 1, "100.0"},
        {"999999999999999.999", 0, "1000000000000000"},
        {"0.000000000000000005", 17, "0.00000000000000001"},
        // widened with zeros
        {"75", 1, "75.0"},
        {"-3.1", 3, "-3.100"},
        {"0", 18, "0.000000000000000000"},
        // does not fit when widened: left as it is
        {"999999999999999999", 1, "999999999999999999"},
        {"10", 17, "10"},
        // not a number of places: left as it is
        {"34.25", -1, "34.25"},
        {"34.25", 19, "34.25"},
        {NULL, 1, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct dec got = dec_round(read_dec(cases[i].value), cases[i].decimals);
        assert_dec(a, got, cases[i].expected, cases[i].value);
    }
}

static void test_compares_across_scales(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int expected;
    } cases[] = {
        {"1.5", "1.50", 0},
        {"75.0", "75", 0},
        {"-1", "1", -1},
        {"0.1", "0.09", 1},
        {"-0.1", "-0.09", -1},
        {"999999999999999999", "0.000000000000000001", 1},
        {"-999999999999999999", "0.000000000000000001", -1},
        {"999999999999999999", "999999999999999.999", 1},
        {"0", "0.000", 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct dec a = read_dec(cases[i].a);
        struct dec b = read_dec(cases[i].b);
        assert_int_equal(dec_cmp(a, b), cases[i].expected);
        assert_int_equal(dec_cmp(b, a), -cases[i].expected);
        assert_int_equal(dec_equal(a, b), cases[i].expected == 0);
    }
    assert_true(dec_equal(DEC_NONE, DEC_NONE));
    assert_false(dec_equal(DEC_NONE, dec_int(0)));
    assert_int_equal(dec_sign(read_dec("-0.01")), -1);
    assert_int_equal(dec_sign(read_dec("0.00")), 0);
    assert_int_equal(dec_sign(read_dec("3")), 1);
    assert_int_equal(dec_sign(DEC_NONE), 0);
}

static void test_adds_and_multiplies(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *a;
        char op;
        const char *b, *expected;
    } cases[] = {
        {"0.1", '+', "0.2", "0.3"},
        {"1.50", '+', "1", "2.50"},
        {"75", '-', "68.2", "6.8"},
        {"68.2", '-', "75", "-6.8"},
        {"999999999999999999", '+', "1", NULL},
        {"-999999999999999999", '-', "1", NULL},
        {"999999999999999998", '+', "1", "999999999999999999"},
        {"100000000000000000", '+', "0.5", NULL},
        {"100000000000000000", '+', "0.0", "100000000000000000"},
        {"1.5", '*', "-2.5", "-3.75"},
        {"1000000000", '*', "1000000000", NULL},
        {"999999999", '*', "1000000000", "999999999000000000"},
        {"0.0000000001", '*', "0.0000000001", NULL}, // 20 places
        {"0.50", '*', "0.000000000000000002", "0.000000000000000001"},
        {"0", '*', "999999999999999999", "0"},
        {NULL, '+', "1", NULL},
        {"1", '*', NULL, NULL},
        {"1", '-', NULL, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct dec x = read_dec(cases[i].a);
        struct dec y = read_dec(cases[i].b);
        struct dec got = cases[i].op == '+'   ? dec_add(x, y)
                         : cases[i].op == '-' ? dec_sub(x, y)
                                              : dec_mul(x, y);
        assert_dec(a, got, cases[i].expected, cases[i].a == NULL ? "(absent)" : cases[i].a);
    }
    assert_dec(a, dec_neg(read_dec("-1.5")), "1.5", "neg");
    assert_dec(a, dec_abs(read_dec("-1.5")), "1.5", "abs");
    assert_dec(a, dec_abs(read_dec("1.5")), "1.5", "abs");
    assert_false(dec_neg(DEC_NONE).present);
    assert_dec(a, dec_trim(read_dec("1.500")), "1.5", "trim");
    assert_dec(a, dec_trim(read_dec("100")), "100", "trim keeps whole digits");
    assert_dec(a, dec_trim(read_dec("0.00")), "0", "trim nought");
}

static void test_divides_rounding_once(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *top, *bottom;
        int64_t multiplier;
        int decimals;
        const char *expected;
    } cases[] = {
        {"1", "3", 1, 4, "0.3333"},
        {"2", "3", 1, 4, "0.6667"},
        {"-2", "3", 1, 4, "-0.6667"},
        {"2", "-3", 1, 4, "-0.6667"},
        {"-2", "-3", 1, 4, "0.6667"},
        {"1", "8", 100, 1, "12.5"},
        {"137", "400", 100, 1, "34.3"}, // 34.25
        {"-137", "400", 100, 1, "-34.3"},
        {"107", "4000", 100, 2, "2.68"}, // 2.675
        {"3", "17342", 100000, 1, "17.3"},
        {"1", "0", 100, 1, NULL},
        {"0", "5", 100, 1, "0.0"},
        {"1.5", "0.25", 1, 0, "6"},
        {"0.000000000000000001", "999999999999999999", 1, 18, "0.000000000000000000"},
        {"999999999999999999", "0.000000000000000001", 1, 0, NULL},
        {"999999999999999999", "0.000000000000000001", 1, 18, NULL},
        {"999999999999999999", "999999999999999999", 100, 2, "100.00"},
        {"999999999999999999", "1", 1, 0, "999999999999999999"},
        {"999999999999999999", "1", 10, 0, NULL},
        {"0.000000000000000001", "1", INT64_MAX, 2, "9.22"},
        {NULL, "1", 1, 1, NULL},
        {"1", NULL, 1, 1, NULL},
        {"1", "1", 1, 19, NULL},
        {"1", "1", 1, -1, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct dec got = dec_ratio(read_dec(cases[i].top), read_dec(cases[i].bottom),
                                   cases[i].multiplier, cases[i].decimals);
        assert_dec(a, got, cases[i].expected, "ratio");
    }
    assert_dec(a, dec_div(read_dec("7"), read_dec("2"), 0), "4", "halves go up");
}

static void test_integers_beyond_18_digits_are_absent(void **state)
{
    struct arena *a = *state;
    assert_false(dec_int(INT64_MAX).present);
    assert_false(dec_int(INT64_MIN).present);
    assert_false(dec_make(1, 19).present);
    assert_dec(a, dec_int(-999999999999999999), "-999999999999999999", "18 digits");
    assert_dec(a, dec_make(10, 19), "0.000000000000000001", "a zero too many is dropped");
    assert_dec(a, dec_make(-125, 2), "-1.25", "made");
}

static void test_shown_to_people(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *value;
        int decimals;
        const char *expected;
    } cases[] = {
        {"-1234.5", 1, "\u22121,234.5"},
        {"1234567", 0, "1,234,567"},
        {"999.95", 1, "1,000.0"},
        {"123", 0, "123"},
        {"1000", 0, "1,000"},
        {"0.05", 2, "0.05"},
        {"-0.04", 1, "0.0"},
        {"-0.05", 1, "\u22120.1"},
        {"999999999999999999", 0, "999,999,999,999,999,999"},
        {"34.25", 1, "34.3"},
        {NULL, 1, ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *got = dec_shown(a, read_dec(cases[i].value), cases[i].decimals);
        assert_string_equal(got, cases[i].expected);
    }
}

static void test_from_and_to_doubles(void **state)
{
    struct arena *a = *state;
    static const struct {
        double value;
        int decimals;
        const char *expected;
    } cases[] = {
        {2.675, 2, "2.68"},
        {-2.675, 2, "-2.68"},
        {34.25, 1, "34.3"},
        {1.005, 2, "1.01"},
        {0.1 + 0.2, 2, "0.30"},
        {0.5, 0, "1"},
        {-0.0, 1, "0.0"},
        {5e-324, 18, "0.000000000000000000"},
        {1e17, 0, "100000000000000000"},
        {1e18, 0, NULL},
        {1e300, 2, NULL},
        {123456.789, 3, "123456.789"},
        {(double)INFINITY, 1, NULL},
        {(double)NAN, 1, NULL},
        {1.0, 19, NULL},
        {1.0, 18, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_dec(a, dec_from_double(cases[i].value, cases[i].decimals), cases[i].expected,
                   "from a double");
    }
    assert_true(isnan(dec_to_double(DEC_NONE)));
    static const char *const exact[] = {"0.1",
                                        "-2.675",
                                        "999999999999999999",
                                        "123456789.123456789",
                                        "0.000000000000000001",
                                        "9007199254740993"};
    for (size_t i = 0; i < COUNT_OF(exact); i++) {
        double wanted = strtod(exact[i], NULL);
        double got = dec_to_double(read_dec(exact[i]));
        assert_memory_equal(&got, &wanted, sizeof got);
    }
}

static void test_writes_doubles_that_read_back(void **state)
{
    struct arena *a = *state;
    static const struct {
        double value;
        int decimals;
        const char *expected;
    } cases[] = {
        {0.1, -1, "0.1"},
        {1e300, -1, "1e+300"},
        {0.1 + 0.2, -1, "0.30000000000000004"},
        {5e-324, -1, "5e-324"},
        {12, -1, "12"},
        {-1.5, -1, "-1.5"},
        {2.675, 2, "2.68"},
        {1e300, 2, "1e+300"},
        {(double)NAN, 2, ""},
        {(double)INFINITY, -1, ""},
        {1.0 / 3, -1, "0.3333333333333333"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf b = buf_new(a, 100);
        double_write(&b, cases[i].value, cases[i].decimals);
        assert_string_equal(buf_cstr(&b), cases[i].expected);
    }
    // A walk over doubles of every size.
    uint64_t bits = 88172645463325252u;
    for (int i = 0; i < 20000; i++) {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        double value = 0;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) {
            continue;
        }
        char text[40];
        struct buf b = buf_new(a, 100);
        double_write(&b, value, -1);
        memcpy(text, b.text, b.length + 1);
        double back = strtod(text, NULL);
        assert_memory_equal(&back, &value, sizeof value);
    }
}

static int set_up(void **state)
{
    struct arena *a = arena_new(0);
    *state = a;
    return a == NULL;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_and_writes_the_same),
        cmocka_unit_test(test_refuses_what_is_not_canonical),
        cmocka_unit_test(test_rounds_half_away_from_zero),
        cmocka_unit_test(test_compares_across_scales),
        cmocka_unit_test(test_adds_and_multiplies),
        cmocka_unit_test(test_divides_rounding_once),
        cmocka_unit_test(test_integers_beyond_18_digits_are_absent),
        cmocka_unit_test(test_shown_to_people),
        cmocka_unit_test(test_from_and_to_doubles),
        cmocka_unit_test(test_writes_doubles_that_read_back),
    };
    return cmocka_run_group_tests_name("decimal", tests, set_up, tear_down);
}
