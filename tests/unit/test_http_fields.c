// Header fields: encodings, entity tags, hosts, redirects, file names.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "http/fields.h"

static int set_up(void **state)
{
    *state = arena_new(16 << 20);
    return *state == NULL;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static void test_gzip(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        bool takes;
    } cases[] = {
        {NULL, false},
        {"", false},
        {"gzip", true},
        {"GZip", true},
        {"x-gzip", true},
        {"deflate", false},
        {"gzip, deflate, br", true},
        {"br,gzip", true},
        {"br\t,\tgzip", true},
        {"gzipped", false},
        {"xgzip", false},
        {"identity", false},
        {"*", true},
        {"br, *", true},
        {"*;q=0", false},
        {"gzip;q=0", false},
        {"gzip;q=0.0", false},
        {"gzip;q=0.000", false},
        {"gzip;q=0.001", true},
        {"gzip; q=0.5", true},
        {"gzip ; Q=1.000", true},
        {"gzip;q=1", true},
        {"gzip;q=1.5", false},
        {"gzip;q=2", false},
        {"gzip;q=-1", false},
        {"gzip;q=", false},
        {"gzip;level=9", false},
        {"gzip;q=0, *", false},
        {"*;q=0, gzip", true},
        {"identity;q=1, gzip;q=0", false},
        {",,gzip", true},
        {";;;", false},
        {"gzip;q=0.5x", false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (http_takes_gzip(cases[i].value) != cases[i].takes) {
            fail_msg("Accept-Encoding: %s", cases[i].value);
        }
    }
}

static void test_none_match(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        bool holds;
    } cases[] = {
        {NULL, false},
        {"", false},
        {"\"v1\"", true},
        {"W/\"v1\"", true},
        {"\"v2\"", false},
        {"\"v2\", \"v1\"", true},
        {"\"v2\",W/\"v1\"", true},
        {"W/\"v2\" , W/\"v3\"", false},
        {"*", true},
        {" * ", true},
        {"*, \"v2\"", false},
        {"v1", false},
        {"\"v1", false},
        {"'v1'", false},
        {"\"v1-gzip\"", false},
        {"\"v1\"x, \"v1\"", true},
        {"\"v2\"x, \"v1\"", false},
        {"w/\"v1\"", false},
        {"\"\"", false},
        {"\"a,b\", \"v1\"", true},
        {",, \"v1\"", true},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (http_none_match(cases[i].value, "v1") != cases[i].holds) {
            fail_msg("If-None-Match: %s", cases[i].value);
        }
    }
}

static void test_host_name(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *host, *name;
    } cases[] = {
        {"localhost", "localhost"},
        {"LocalHost:8080", "localhost"},
        {"localhost.", "localhost"},
        {"performance.luton.gov.uk", "performance.luton.gov.uk"},
        {"127.0.0.1:80", "127.0.0.1"},
        {"[::1]:8080", "[::1]"},
        {"[FE80::1]", "[fe80::1]"},
        {"host:", "host"},
        {"my_host", "my_host"},
        {"", NULL},
        {":80", NULL},
        {".", NULL},
        {".example", NULL},
        {"a b", NULL},
        {"a/b", NULL},
        {"user@host", NULL},
        {"host:port", NULL},
        {"host:80:80", NULL},
        {"host:123456", NULL},
        {"[::1", NULL},
        {"[]", NULL},
        {"[::1]x", NULL},
        {"[localhost]", NULL},
        {"::1", NULL},
        {"a,b", NULL},
        {"caf\xc3\xa9", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *name = http_host_name(a, cases[i].host);
        if (name == NULL || cases[i].name == NULL) {
            if (name != cases[i].name) {
                fail_msg("Host: %s gave %s", cases[i].host, name == NULL ? "none" : name);
            }
        } else {
            assert_string_equal(name, cases[i].name);
        }
    }
    char *longest = arena_alloc(a, 300);
    memset(longest, 'a', 256);
    assert_null(http_host_name(a, longest));
    longest[255] = '\0';
    assert_non_null(http_host_name(a, longest));
}

static void test_host_allowed(void **state)
{
    (void)state;
    static const char *const list[] = {"Performance.Luton.gov.uk", "intranet"};
    static const struct {
        const char *name;
        bool without_on_loopback, with_list;
    } cases[] = {
        {"localhost", true, false},
        {"127.0.0.1", true, false},
        {"[::1]", true, false},
        {"app.localhost", true, false},
        {"localhost.evil.example", false, false},
        {"notlocalhost", false, false},
        {".localhost", false, false},
        {"evil.example", false, false},
        {"192.168.0.1", false, false},
        {"performance.luton.gov.uk", false, true},
        {"intranet", false, true},
        {"intranet.evil.example", false, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *name = cases[i].name;
        size_t count = COUNT_OF(list);
        if (http_host_allowed(name, NULL, 0, true) != cases[i].without_on_loopback ||
            http_host_allowed(name, list, count, true) != cases[i].with_list ||
            http_host_allowed(name, list, count, false) != cases[i].with_list ||
            !http_host_allowed(name, NULL, 0, false)) {
            fail_msg("%s", name);
        }
    }
}

static void test_own_path(void **state)
{
    (void)state;
    static const struct {
        const char *location;
        bool own;
    } cases[] = {
        {"/", true},
        {"/luton/measures?period=2025-26-Q2#data", true},
        {"/a//b", true},
        {"", false},
        {"luton", false},
        {"//evil.example", false},
        {"/\\evil.example", false},
        {"\\/evil.example", false},
        {"/a\\b", false},
        {"https://evil.example", false},
        {"javascript:alert(1)", false},
        {"/a\r\nSet-Cookie: x", false},
        {"/\t/evil.example", false},
        {" /a", false},
        {"/a b", false},
        {"/caf\xc3\xa9", false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (http_is_own_path(cases[i].location) != cases[i].own) {
            fail_msg("Location: %s", cases[i].location);
        }
    }
}

static void test_tag(void **state)
{
    char *longest = arena_alloc(*state, 130);
    memset(longest, 'a', 129);
    assert_false(http_is_tag(longest));
    longest[128] = '\0';
    assert_true(http_is_tag(longest));
    assert_true(http_is_tag("3f2a-2025.1_x"));
    assert_false(http_is_tag(""));
    assert_false(http_is_tag("a\"b"));
    assert_false(http_is_tag("a b"));
    assert_false(http_is_tag("a\r\n"));
}

static void test_disposition(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *name, *value;
    } cases[] = {
        {"measures.csv", "attachment; filename=\"measures.csv\""},
        {"2025-26 Q2.csv", "attachment; filename=\"2025-26 Q2.csv\""},
        {"", "attachment; filename=\"download\""},
        {"../../etc/passwd", "attachment; filename=\"_._.._etc_passwd\""},
        {".htaccess", "attachment; filename=\"_htaccess\""},
        {"a\"; filename=\"b.exe", "attachment; filename=\"a__ filename=_b.exe\""},
        {"a\r\nSet-Cookie: x", "attachment; filename=\"a__Set-Cookie_ x\""},
        {"C:\\x", "attachment; filename=\"C__x\""},
        {"100%.csv", "attachment; filename=\"100_.csv\""},
        {"caf\xc3\xa9.csv", "attachment; filename=\"caf_.csv\"; filename*=UTF-8''caf%C3%A9.csv"},
        {"\xe2\x89\xa5 5.csv",
         "attachment; filename=\"_ 5.csv\"; filename*=UTF-8''%E2%89%A5%205.csv"},
        {"caf\xe9.csv", "attachment; filename=\"caf_.csv\""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(http_disposition(a, cases[i].name), cases[i].value);
    }
    char *longest = arena_alloc(a, 1001);
    memset(longest, 'a', 996);
    memcpy(longest + 996, ".csv", 5);
    const char *value = http_disposition(a, longest);
    assert_true(strlen(value) < 200);
    assert_non_null(strstr(value, "aaa.csv\""));
}

static void test_fields(void **state)
{
    (void)state;
    assert_true(http_is_token("Content-Length", 14));
    assert_true(http_is_token("X_y.1!", 6));
    assert_false(http_is_token("", 0));
    assert_false(http_is_token("Host ", 5));
    assert_false(http_is_token(" Host", 5));
    assert_false(http_is_token("Ho\0st", 5));
    assert_false(http_is_token("Ho(st", 5));
    assert_false(http_is_token("Caf\xc3\xa9", 5));
    assert_true(http_is_value("", 0));
    assert_true(http_is_value("a\tb \xc3\xa9", 6));
    assert_false(http_is_value("a\rb", 3));
    assert_false(http_is_value("a\nb", 3));
    assert_false(http_is_value("a\0b", 3));
    assert_false(http_is_value("a\x7f", 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gzip),        cmocka_unit_test(test_none_match),
        cmocka_unit_test(test_host_name),   cmocka_unit_test(test_host_allowed),
        cmocka_unit_test(test_own_path),    cmocka_unit_test(test_tag),
        cmocka_unit_test(test_disposition), cmocka_unit_test(test_fields),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
