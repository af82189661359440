// Token buckets by client address, and whose address it is behind a proxy.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "http/address.h"
#include "http/throttle.h"

static void rest(long ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

// How many of `tries` are granted.
static unsigned granted(struct http_throttle *t, const char *address, unsigned tries)
{
    unsigned got = 0, wait = 0;
    for (unsigned i = 0; i < tries; i++) {
        got += http_throttle_take(t, address, 1, &wait) ? 1 : 0;
    }
    return got;
}

static void test_ten_guesses(void **state)
{
    (void)state;
    struct http_throttle *t = http_throttle_new(10, 10, 300);
    assert_non_null(t);
    unsigned wait = 0;
    assert_int_equal(granted(t, "192.0.2.1", 100), 10);
    assert_false(http_throttle_take(t, "192.0.2.1", 1, &wait));
    assert_in_range(wait, 29, 30);
    assert_false(http_throttle_take(t, "192.0.2.1", 5, &wait));
    assert_in_range(wait, 149, 150);
    assert_false(http_throttle_take(t, "192.0.2.9", 11, &wait)); // more than a bucket holds
    assert_int_equal(granted(t, "192.0.2.2", 100), 10);          // everybody else has their own
    http_throttle_return(t, "192.0.2.1", 3);
    assert_int_equal(granted(t, "192.0.2.1", 100), 3);
    http_throttle_free(t);
    http_throttle_free(NULL);
}

static void test_comes_back(void **state)
{
    (void)state;
    struct http_throttle *t = http_throttle_new(20, 100, 1); // one each 10 ms
    assert_non_null(t);
    assert_in_range(granted(t, "192.0.2.1", 100), 20, 21);
    rest(105);
    assert_in_range(granted(t, "192.0.2.1", 100), 10, 15);
    rest(500); // no more than a bucket holds
    assert_in_range(granted(t, "192.0.2.1", 100), 20, 21);
    http_throttle_free(t);
}

static void test_who_is_one_client(void **state)
{
    (void)state;
    static const struct {
        const char *one, *other;
        bool same;
    } cases[] = {
        {"192.0.2.1", "192.0.2.1", true},
        {"192.0.2.1", "192.0.2.2", false},
        {"192.0.2.1", "::ffff:192.0.2.1", true},
        {"2001:db8::1", "2001:db8::ffff:2", true},
        {"2001:db8::1", "2001:db8:0:1::1", false},
        {"::1", "127.0.0.1", false},
        {"", "nonsense", true},
        {"", "192.0.2.1", false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct http_throttle *t = http_throttle_new(5, 1, 1000);
        assert_non_null(t);
        assert_int_equal(granted(t, cases[i].one, 9), 5);
        if (granted(t, cases[i].other, 9) != (cases[i].same ? 0u : 5u)) {
            fail_msg("%s and %s", cases[i].one, cases[i].other);
        }
        http_throttle_free(t);
    }
}

// A million strangers, each asking once, do not win back a single guess for who has used theirs.
static void test_flood(void **state)
{
    (void)state;
    struct http_throttle *t = http_throttle_new(10, 10, 300);
    assert_non_null(t);
    assert_int_equal(granted(t, "192.0.2.1", 10), 10);
    char address[ADDRESS_TEXT];
    for (unsigned i = 0; i < 1000000; i++) {
        snprintf(address, sizeof address, "2001:db8:%x:%x::1", i >> 16, i & 0xffff);
        (void)granted(t, address, 1);
    }
    assert_int_equal(granted(t, "192.0.2.1", 10), 0);
    http_throttle_free(t);
}

static void test_networks(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    assert_non_null(a);
    struct networks n;
    struct err e = {.arena = a};
    assert_true(networks_read(NULL, &n, &e));
    assert_int_equal(n.count, 0);
    assert_true(networks_read("127.0.0.1,10.1.0.0/16, 2001:db8::/33 ::1", &n, &e));
    assert_int_equal(n.count, 4);
    static const struct {
        const char *address;
        bool held;
    } cases[] = {
        {"127.0.0.1", true},
        {"127.0.0.2", false},
        {"10.1.255.255", true},
        {"10.2.0.0", false},
        {"::ffff:10.1.2.3", true},
        {"2001:db8:7fff::", true},
        {"2001:db8:8000::", false},
        {"::1", true},
        {"::2", false},
        {"0.0.0.0", false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct address at;
        assert_true(address_read(cases[i].address, strlen(cases[i].address), &at));
        if (networks_hold(&n, &at) != cases[i].held) {
            fail_msg("%s", cases[i].address);
        }
    }
    static const char *const wrong[] = {"localhost",  "10.0.0.0/33", "::/129", "10.0.0.0/",
                                        "10.0.0.0/a", "/8",          "10.0.0", "127.0.0.1/-1"};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct err why = {.arena = a};
        if (networks_read(wrong[i], &n, &why) || why.kind != ERR_USAGE) {
            fail_msg("%s", wrong[i]);
        }
    }
    assert_true(networks_read("0.0.0.0/0", &n, &e));
    struct address six;
    assert_true(address_read("2001:db8::1", 11, &six));
    assert_false(networks_hold(&n, &six)); // all of IPv4 is not all of IPv6
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ten_guesses),       cmocka_unit_test(test_comes_back),
        cmocka_unit_test(test_who_is_one_client), cmocka_unit_test(test_flood),
        cmocka_unit_test(test_networks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
