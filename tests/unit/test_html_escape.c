// Escaping by context, and the page's other representations: JSON and gzip.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <zlib.h>

#include "render/html.h"
#include "render/page.h"

enum { TEXT_MAX = 1 << 20 };

struct escape_case {
    const char *text, *expected;
};

static void check(struct arena *a, void (*write)(struct buf *, const char *),
                  const struct escape_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct buf b = buf_new(a, TEXT_MAX);
        write(&b, cases[i].text);
        assert_string_equal(buf_cstr(&b), cases[i].expected);
    }
}

static void test_text_and_attributes(void **state)
{
    static const struct escape_case cases[] = {
        {"", ""},
        {NULL, ""},
        {"NI 117", "NI 117"},
        {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
        {"Children & families", "Children &amp; families"},
        {"\" onclick=\"x", "&quot; onclick=&quot;x"},
        {"' onclick='x", "&#39; onclick=&#39;x"},
        {"&amp;", "&amp;amp;"},
        {"<<>>", "&lt;&lt;&gt;&gt;"},
        {"£1,234 \u2212 \u2014 Llŷn", "£1,234 \u2212 \u2014 Llŷn"},
        {"{{name}}", "{{name}}"},
    };
    check(*state, html_text, cases, COUNT_OF(cases));
    check(*state, html_attr, cases, COUNT_OF(cases));
}

static void test_every_byte(void **state)
{
    struct arena *a = *state;
    for (int byte = 1; byte < 256; byte++) {
        char text[] = {'a', (char)byte, 'b', '\0'};
        struct buf b = buf_new(a, TEXT_MAX);
        html_text(&b, text);
        bool special = strchr("&<>\"'", byte) != NULL;
        assert_int_equal(strcmp(buf_cstr(&b), text) == 0, !special);
        assert_int_equal(b.text[0], 'a');
        assert_int_equal(b.text[b.length - 1], 'b');
    }
}

static void test_a_length_stops_it(void **state)
{
    struct buf b = buf_new(*state, TEXT_MAX);
    html_textn(&b, "a<b>c", 3);
    assert_string_equal(buf_cstr(&b), "a&lt;b");
}

static void test_parts_of_addresses(void **state)
{
    static const struct escape_case cases[] = {
        {NULL, ""},
        {"NI-117", "NI-117"},
        {"2025-26-Q2", "2025-26-Q2"},
        {"a.b_c~d", "a.b_c~d"},
        {"NI 117", "NI%20117"},
        {"A/B", "A%2FB"},
        {"../secret", "..%2Fsecret"},
        {".", ".%20"},
        {"..", "..%20"},
        {"...", "..."},
        {"a?b=c&d#e", "a%3Fb%3Dc%26d%23e"},
        {"50%", "50%25"},
        {"\"'<>", "%22%27%3C%3E"},
        {"Llŷn", "Ll%C5%B7n"},
        {"javascript:x", "javascript%3Ax"},
    };
    check(*state, html_url_part, cases, COUNT_OF(cases));
}

static void test_markup_of_our_own_stays(void **state)
{
    struct buf b = buf_new(*state, TEXT_MAX);
    html_raw_markup_of_our_own(&b, "<b>&amp;</b>", 12);
    assert_string_equal(buf_cstr(&b), "<b>&amp;</b>");
}

static void test_json_of_a_view(void **state)
{
    struct arena *a = *state;
    struct err e = {.arena = a};
    struct tree *view = tree_new_map(a);
    tree_text(view, "title", "<b>");
    tree_number(view, "value", dec_make(12345, 2), 1);
    struct buf out = buf_new(a, TEXT_MAX);
    assert_true(render_json(view, &out, &e));
    assert_string_equal(buf_cstr(&out), "{\"title\":\"\\u003cb\\u003e\",\"value\":123.45}\n");
    struct buf small = buf_new(a, 20);
    assert_false(render_json(view, &small, &e));
    assert_string_equal(e.message, "The JSON of this page is over its limit of 20 bytes; ask for "
                                   "less of it.");
}

static bool one_page(void *context, const char *name, struct template_source *out)
{
    (void)context;
    *out = (struct template_source){"<p>{{title}}</p>", 16};
    return strcmp(name, "page") == 0;
}

static void test_a_page_by_name(void **state)
{
    struct arena *a = *state;
    struct err e = {.arena = a};
    static const char *const names[] = {"page"};
    const struct templates *set = templates_load(a, names, 1, one_page, NULL, &e);
    assert_non_null(set);
    struct tree *view = tree_new_map(a);
    tree_text(view, "title", "A & B");
    struct buf out = buf_new(a, TEXT_MAX);
    assert_true(render_page(set, "page", view, &out, &e));
    assert_string_equal(buf_cstr(&out), "<p>A &amp; B</p>");
    assert_false(render_page(set, "pages", view, &out, &e));
    assert_string_equal(e.message, "There is no template \"pages\"; build the program again.");
    assert_int_equal(e.kind, ERR_SYSTEM);
}

// Unpacked by zlib itself, and the same bytes each time (an ETag of them must hold).
static void test_gzip_reads_back(void **state)
{
    struct arena *a = *state;
    static const size_t lengths[] = {0, 1, 100, 65536, 3000000};
    for (size_t i = 0; i < COUNT_OF(lengths); i++) {
        size_t length = lengths[i];
        char *bytes = arena_alloc(a, length);
        for (size_t k = 0; k < length; k++) {
            bytes[k] = (char)('a' + (k * k / 7) % 26);
        }
        struct err e = {.arena = a};
        struct render_bytes packed = {0};
        struct render_bytes again = {0};
        assert_true(render_gzip(a, bytes, length, &packed, &e));
        assert_true(render_gzip(a, bytes, length, &again, &e));
        assert_int_equal(packed.length, again.length);
        assert_memory_equal(packed.bytes, again.bytes, packed.length);
        z_stream z = {0};
        unsigned char *back = arena_alloc(a, length + 1);
        assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
        unsigned char *in = arena_alloc(a, packed.length);
        memcpy(in, packed.bytes, packed.length);
        z.next_in = in;
        z.avail_in = (uInt)packed.length;
        z.next_out = back;
        z.avail_out = (uInt)length + 1;
        assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
        assert_int_equal(z.total_out, length);
        inflateEnd(&z);
        assert_memory_equal(back, bytes, length);
    }
}

static int set_up(void **state)
{
    *state = arena_new(0);
    return *state == NULL;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_and_attributes),     cmocka_unit_test(test_every_byte),
        cmocka_unit_test(test_a_length_stops_it),       cmocka_unit_test(test_parts_of_addresses),
        cmocka_unit_test(test_markup_of_our_own_stays), cmocka_unit_test(test_json_of_a_view),
        cmocka_unit_test(test_a_page_by_name),          cmocka_unit_test(test_gzip_reads_back),
    };
    return cmocka_run_group_tests_name("html_escape", tests, set_up, tear_down);
}
