// JSON from outside: what is read, and what is refused with its place.
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "base/json_read.h"

// The value written down again, so that a table can hold it.
static void show(struct buf *b, const struct json *v)
{
    static const char *const shown[] = {"nothing", "", "whole ", "fraction ", "words ", "[", "{"};
    buf_text(b, shown[v->kind]);
    if (v->kind == JSON_TRUTH) {
        buf_text(b, v->truth ? "true" : "false");
    } else if (v->kind == JSON_ROW || v->kind == JSON_MAP) {
        for (const struct json *m = v->first; m != NULL; m = m->next) {
            buf_text(b, m == v->first ? "" : ", ");
            buf_text(b, m->name);
            buf_text(b, m->name == NULL ? "" : "=");
            show(b, m);
        }
        buf_text(b, v->kind == JSON_ROW ? "]" : "}");
    } else if (v->kind != JSON_NOTHING) {
        assert_int_equal(strlen(v->text), v->length);
        buf_text(b, v->text);
    }
}

static void taken(void **state)
{
    static const struct {
        const char *text, *shown;
    } cases[] = {
        {"{}", "{}"},
        {" [1, -2 , 3.5]\n", "[whole 1, whole -2, fraction 3.5]"},
        {"{\"value\":68.2,\"period\":\"2014-15-Q1\",\"note\":null}",
         "{value=fraction 68.2, period=words 2014-15-Q1, note=nothing}"},
        {"[true,false]", "[true, false]"},
        {"0.1", "fraction 0.1"},
        {"-0.0", "fraction 0"},
        {"123456.789012345", "fraction 123456.789012345"},
        {"1e3", "fraction 1000"},
        {"9223372036854775807", "whole 9223372036854775807"},
        {"\"\\u00a3 \\\"5\\\"\"", "words £ \"5\""},
        {"{\"a\":{\"b\":[{}]}}", "{a={b=[{}]}}"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new(0);
        struct err e = {.arena = a};
        const struct json *v = NULL;
        if (!json_read(a, cases[i].text, strlen(cases[i].text), &v, &e)) {
            fail_msg("%s: %s", cases[i].text, e.message);
        }
        struct buf b = buf_new(a, 1000);
        show(&b, v);
        assert_string_equal(buf_cstr(&b), cases[i].shown);
        arena_free(a);
    }
}

static void refused(void **state)
{
    char deep[JSON_DEPTH_MAX * 2 + 3];
    memset(deep, '[', JSON_DEPTH_MAX + 1);
    memset(deep + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX + 1);
    deep[JSON_DEPTH_MAX * 2 + 2] = '\0';
    const struct {
        const char *text, *said;
    } cases[] = {
        {"", "line 1, column 0"},
        {"{", "line 1, column 1"},
        {"{\"a\":1,\n\"a\":2}", "line 2"},
        {"{} x", "line 1"},
        {"[1,]", "line 1"},
        {"NaN", "line 1"},
        {"1e999", "line 1"},
        {"9223372036854775808", "line 1"},
        {"\"\xff\"", "decode byte"},
        {"\"a\\u0000b\"", "line 1"},
        {"'a'", "line 1"},
        {deep, "deeper than 32"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new(0);
        struct err e = {.arena = a};
        const struct json *v = NULL;
        assert_false(json_read(a, cases[i].text, strlen(cases[i].text), &v, &e));
        assert_int_equal(e.kind, ERR_INPUT);
        if (strstr(e.message, cases[i].said) == NULL) {
            fail_msg("%s: \"%s\" does not say \"%s\"", cases[i].text, e.message, cases[i].said);
        }
        arena_free(a);
    }
}

static void members(void **state)
{
    static const char text[] = "{\"sub\":\"7\",\"exp\":5}";
    (void)state;
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    const struct json *v = NULL;
    assert_true(json_read(a, text, sizeof text - 1, &v, &e));
    assert_string_equal(json_text(v, "sub"), "7");
    assert_null(json_text(v, "exp"));
    assert_int_equal(json_member(v, "exp")->whole, 5);
    assert_null(json_member(v, "none"));
    assert_null(json_member(NULL, "sub"));
    assert_null(json_text(json_member(v, "exp"), "sub"));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(taken),
        cmocka_unit_test(refused),
        cmocka_unit_test(members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
