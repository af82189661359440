// Addresses: what is taken apart how, and what is refused with which sentence.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "http/request.h"

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

// "path name=value name=value", or "!sentence".
static const char *as_text(struct arena *a, const char *target, size_t length)
{
    // Exactly as large as the target, so that ASan sees a byte read too far.
    char *exact = malloc(length == 0 ? 1 : length);
    assert_non_null(exact);
    memcpy(exact, target, length);
    struct http_request req = {.arena = a};
    struct err e = {.arena = a};
    bool fine = http_target_parse(&req, exact, length, &e);
    free(exact);
    if (!fine) {
        assert_int_equal(e.kind, ERR_INPUT);
        return arena_printf(a, "!%s", e.message);
    }
    assert_int_equal(strlen(req.target), length);
    assert_memory_equal(req.target, target, length);
    struct buf b = buf_new(a, 1 << 20);
    buf_text(&b, req.path);
    for (size_t i = 0; i < req.param_count; i++) {
        buf_printf(&b, " [%s]=[%s]", req.params[i].name, req.params[i].value);
    }
    return buf_cstr(&b);
}

static void test_taken(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *what, *target, *expected;
    } cases[] = {
        {"the root", "/", "/"},
        {"a page", "/luton/measures", "/luton/measures"},
        {"a final slash stays", "/luton/", "/luton/"},
        {"a period", "/luton?period=2025-26-Q2", "/luton [period]=[2025-26-Q2]"},
        {"two parameters", "/a?x=1&y=2", "/a [x]=[1] [y]=[2]"},
        {"the same one twice", "/a?s=off&s=on", "/a [s]=[off] [s]=[on]"},
        {"no value", "/a?x", "/a [x]=[]"},
        {"an empty value", "/a?x=", "/a [x]=[]"},
        {"empty pieces between", "/a?&x=1&&y=2&", "/a [x]=[1] [y]=[2]"},
        {"an empty query", "/a?", "/a"},
        {"a second ? belongs to the value", "/a?q=why?", "/a [q]=[why?]"},
        {"a second = belongs to the value", "/a?q=a=b", "/a [q]=[a=b]"},
        {"plus is a blank in the query", "/a?q=bin+collection", "/a [q]=[bin collection]"},
        {"plus is a plus in the path", "/a+b", "/a+b"},
        {"an encoded plus", "/a?q=1%2B1", "/a [q]=[1+1]"},
        {"an encoded & does not split", "/a?q=R%26B&x=1", "/a [q]=[R&B] [x]=[1]"},
        {"a slash in a value", "/a?back=/luton/x", "/a [back]=[/luton/x]"},
        {"an encoded slash in a value", "/a?back=%2Fluton", "/a [back]=[/luton]"},
        {"dots in a value", "/a?q=../../etc", "/a [q]=[../../etc]"},
        {"small and large digits", "/%6e%4E", "/nN"},
        {"letters in UTF-8", "/caf%C3%A9?q=%E2%89%A5", "/caf\xc3\xa9 [q]=[\xe2\x89\xa5]"},
        {"decoded once only", "/a%252e?q=%2541", "/a%2e [q]=[%41]"},
        {"dots that are no dot segments", "/a.b/..c/d../...", "/a.b/..c/d../..."},
        {"marks a browser leaves alone", "/a?q=[x]|{y}^~'();:@!$*,",
         "/a [q]=[[x]|{y}^~'();:@!$*,]"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *read = as_text(a, cases[i].target, strlen(cases[i].target));
        if (strcmp(read, cases[i].expected) != 0) {
            fail_msg("%s: \"%s\" instead of \"%s\"", cases[i].what, read, cases[i].expected);
        }
    }
}

static void test_refused(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *what, *target, *says;
    } cases[] = {
        {"nothing", "", "must name a path"},
        {"no slash", "luton", "must name a path"},
        {"a whole address", "http://example.org/", "must name a path"},
        {"a host and port", "example.org:443", "must name a path"},
        {"the server itself", "*", "must name a path"},
        {"a blank", "/a b", "at position 3) that must be written as \"%20\""},
        {"a tab", "/a\tb", "\"%09\""},
        {"a line end", "/a\r\nSet-Cookie:x", "\"%0D\""},
        {"a bare letter beyond ASCII", "/caf\xc3\xa9", "\"%C3\""},
        {"a delete", "/\x7f", "\"%7F\""},
        {"a fragment", "/a#b", "\"%23\""},
        {"an escape cut short", "/a%", "has \"%\" in it"},
        {"an escape cut shorter", "/a%4", "has \"%4\" in it"},
        {"an escape that is none", "/a%zz", "has \"%zz\" in it"},
        {"half an escape", "/a%4g", "has \"%4g\" in it"},
        {"a blank as digit", "/a%+1", "has \"%+1\" in it"},
        {"an escape cut by the end of a value", "/a?x=%4&y=1", "has \"%4\" in it"},
        {"an escape cut by =", "/a?x%4=1", "has \"%4\" in it"},
        {"an escape in a name", "/a?%zz=1", "has \"%zz\" in it"},
        {"NUL in the path", "/a%00.html", "control character"},
        {"NUL in a value", "/a?x=a%00b", "control character"},
        {"a line end in a value", "/a?x=a%0d%0ab", "control character"},
        {"a delete in a value", "/a?x=%7f", "control character"},
        {"a control character beyond ASCII", "/a?x=%C2%85", "control character"},
        {"an overlong slash", "/a%c0%af..", "not encoded as UTF-8"},
        {"an overlong dot", "/%c0%ae%c0%ae/", "not encoded as UTF-8"},
        {"an overlong NUL", "/a?x=%c0%80", "not encoded as UTF-8"},
        {"a surrogate", "/a?x=%ed%a0%80", "not encoded as UTF-8"},
        {"above Unicode", "/a?x=%f4%90%80%80", "not encoded as UTF-8"},
        {"Latin-1", "/a?q=caf%e9", "not encoded as UTF-8"},
        {"a letter cut in half", "/a?q=%c3", "not encoded as UTF-8"},
        {"up", "/a/../b", "\".\" or \"..\""},
        {"up at the end", "/a/..", "\".\" or \"..\""},
        {"up from the root", "/..", "\".\" or \"..\""},
        {"up, encoded", "/a/%2e%2e/b", "\".\" or \"..\""},
        {"up, half encoded", "/a/.%2E/b", "\".\" or \"..\""},
        {"here", "/a/./b", "\".\" or \"..\""},
        {"two slashes", "/a//b", "\"//\""},
        {"two slashes in front", "//example.org/", "\"//\""},
        {"an encoded slash", "/a%2fb", "encoded slash in its path (\"%2f\")"},
        {"an encoded backslash", "/a%5cb", "encoded slash in its path (\"%5c\")"},
        {"a backslash", "/a\\b", "backslash"},
        {"a parameter without a name", "/a?=1", "parameter without a name"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *said = as_text(a, cases[i].target, strlen(cases[i].target));
        assert_int_equal(said[0], '!');
        if (strstr(said, cases[i].says) == NULL) {
            fail_msg("%s: \"%s\" does not say \"%s\"", cases[i].what, said, cases[i].says);
        }
    }
}

static void test_nul_inside(void **state)
{
    const char *said = as_text(*state, "/a\0b", 4);
    assert_non_null(strstr(said, "\"%00\""));
}

static const char *with_params(struct arena *a, size_t count)
{
    struct buf b = buf_new(a, 1 << 20);
    buf_text(&b, "/a?");
    for (size_t i = 0; i < count; i++) {
        buf_printf(&b, "&p%zu=%zu", i, i);
    }
    return buf_cstr(&b);
}

static void test_limits(void **state)
{
    struct arena *a = *state;
    const char *target = with_params(a, HTTP_PARAMS_MAX);
    struct http_request req = {.arena = a};
    struct err e = {.arena = a};
    assert_true(http_target_parse(&req, target, strlen(target), &e));
    assert_int_equal(req.param_count, HTTP_PARAMS_MAX);
    assert_string_equal(http_query(&req, "p99"), "99");

    target = with_params(a, HTTP_PARAMS_MAX + 1);
    assert_non_null(strstr(as_text(a, target, strlen(target)), "more than 100 parameters"));

    char *longest = arena_alloc(a, HTTP_TARGET_MAX + 2);
    memset(longest, 'a', HTTP_TARGET_MAX + 1);
    longest[0] = '/';
    assert_int_equal(as_text(a, longest, HTTP_TARGET_MAX)[0], '/');
    assert_non_null(strstr(as_text(a, longest, HTTP_TARGET_MAX + 1), "longer than 8192"));
}

static void test_query(void **state)
{
    struct http_request req = {.arena = *state};
    struct err e = {.arena = *state};
    const char *target = "/a?s=off&period=2025&s=missing&S=x&empty";
    assert_true(http_target_parse(&req, target, strlen(target), &e));
    assert_string_equal(http_query(&req, "period"), "2025");
    assert_string_equal(http_query(&req, "s"), "off");
    assert_string_equal(http_query(&req, "empty"), "");
    assert_null(http_query(&req, "Period"));
    assert_null(http_query(&req, ""));
    size_t at = 0;
    assert_string_equal(http_query_next(&req, "s", &at), "off");
    assert_string_equal(http_query_next(&req, "s", &at), "missing");
    assert_null(http_query_next(&req, "s", &at));
    assert_null(http_query_next(&req, "s", &at));
}

static void test_encode(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *text, *encoded;
    } cases[] = {
        {"", ""},
        {"NI117", "NI117"},
        {"a-b_c.d~e", "a-b_c.d~e"},
        {"NI 117", "NI%20117"},
        {"a/b\\c?d&e=f#g%h+i", "a%2Fb%5Cc%3Fd%26e%3Df%23g%25h%2Bi"},
        {"caf\xc3\xa9", "caf%C3%A9"},
        {"<\"'>", "%3C%22%27%3E"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(http_encode(a, cases[i].text), cases[i].encoded);
        // and back, as a value
        const char *target = arena_printf(a, "/?v=%s", cases[i].encoded);
        struct http_request req = {.arena = a};
        struct err e = {.arena = a};
        assert_true(http_target_parse(&req, target, strlen(target), &e));
        assert_string_equal(http_query(&req, "v"), cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_taken),      cmocka_unit_test(test_refused),
        cmocka_unit_test(test_nul_inside), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_query),      cmocka_unit_test(test_encode),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
