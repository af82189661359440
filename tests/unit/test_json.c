// JSON strings, safe inside a page as well.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"

static void test_strings(void **state)
{
    (void)state;
    static const struct {
        const char *text, *json;
    } cases[] = {
        {NULL, "null"},
        {"", "\"\""},
        {"On target", "\"On target\""},
        {"say \"yes\"", "\"say \\\"yes\\\"\""},
        {"a\\b", "\"a\\\\b\""},
        {"two\nlines\r\t", "\"two\\nlines\\r\\t\""},
        {"\x01\x1f\x7f", "\"\\u0001\\u001f\\u007f\""},
        {"</script>&", "\"\\u003c/script\\u003e\\u0026\""},
        {"\u00a3\u2212\U0001F4C8", "\"\u00a3\u2212\U0001F4C8\""},
        {"a\u2028b\u2029c", "\"a\\u2028b\\u2029c\""},
        {"caf\xe9s", "\"caf\\ufffds\""}, // not UTF-8: the byte is replaced
        {"cut \xe2\x88", "\"cut \\ufffd\\ufffd\""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new(0);
        assert_non_null(a);
        struct buf b = buf_new(a, 1000);
        json_put_text(&b, cases[i].text);
        assert_string_equal(buf_cstr(&b), cases[i].json);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_strings)};
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
