// Templates: the core modules of the Mustache specification, what is refused, and the limits.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <string.h>

#include "mustache_cases.h"
#include "render/mustache.h"
#include "tree_text.h"

enum { PAGE_MAX = 1 << 20 };

// Templates by name, from an array of pairs that ends with a NULL or after `count`.
struct texts {
    const char *const (*pairs)[2];
    size_t count;
};

static bool load_text(void *context, const char *name, struct template_source *out)
{
    const struct texts *texts = context;
    for (size_t i = 0; i < texts->count && texts->pairs[i][0] != NULL; i++) {
        if (strcmp(texts->pairs[i][0], name) == 0) {
            *out = (struct template_source){texts->pairs[i][1], strlen(texts->pairs[i][1])};
            return true;
        }
    }
    return false;
}

// The set of "page" and up to three partials; NULL with `e` told when it is refused.
static struct templates *load(struct arena *a, const char *page, const char *const (*partials)[2],
                              struct err *e)
{
    const char *pairs[4][2] = {{"page", page}};
    for (size_t i = 0; i < 3 && partials != NULL; i++) {
        pairs[i + 1][0] = partials[i][0];
        pairs[i + 1][1] = partials[i][1];
    }
    static const char *const names[] = {"page"};
    struct texts texts = {(const char *const(*)[2])pairs, 4};
    return templates_load(a, names, 1, load_text, &texts, e);
}

static const char *render(struct arena *a, const struct templates *set, const char *view)
{
    struct err e = {.arena = a};
    struct buf out = buf_new(a, PAGE_MAX);
    if (!template_render(templates_find(set, "page"), tree_from_text(a, view), &out, &e)) {
        fail_msg("not rendered: %s", e.message);
    }
    return buf_cstr(&out);
}

static void check_case(const struct mustache_case *c, const char *const (*partials)[2])
{
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    struct templates *set = load(a, c->template, partials, &e);
    if (set == NULL) {
        fail_msg("%s: %s", c->says, e.message);
    }
    const char *got = render(a, set, c->view);
    if (strcmp(got, c->expected) != 0) {
        fail_msg("%s:\n%s\ngave [%s]\nnot  [%s]", c->says, c->template, got, c->expected);
    }
    arena_free(a);
}

static void check_cases(const struct mustache_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_case(&cases[i], NULL);
    }
}

static void test_comments(void **state)
{
    (void)state;
    check_cases(comment_cases, COUNT_OF(comment_cases));
}

static void test_delimiters(void **state)
{
    (void)state;
    check_cases(delimiter_cases, COUNT_OF(delimiter_cases));
}

static void test_interpolation(void **state)
{
    (void)state;
    check_cases(interpolation_cases, COUNT_OF(interpolation_cases));
}

static void test_inverted(void **state)
{
    (void)state;
    check_cases(inverted_cases, COUNT_OF(inverted_cases));
}

static void test_sections(void **state)
{
    (void)state;
    check_cases(section_cases, COUNT_OF(section_cases));
}

static void test_partials(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(partial_cases); i++) {
        check_case(&partial_cases[i].page, partial_cases[i].partials);
    }
}

// The sentence for a bad template is part of the contract: where, what stood there, what would do.
static void test_refusals(void **state)
{
    (void)state;
    static const struct {
        const char *page, *expected;
    } cases[] = {
        {"a\n{{#rows}}\nb",
         "Template \"page\", line 2: section \"rows\" is opened and never closed; "
         "add {{/rows}} where it ends."},
        {"{{/rows}}", "Template \"page\", line 1: tag \"{{/rows}}\" closes a section that is not "
                      "open; remove it, or open the section."},
        {"{{#a}}\n{{#b}}\n{{/a}}\n{{/b}}",
         "Template \"page\", line 3: tag \"{{/a}}\" stands where section \"b\" of line 2 is still "
         "open; close that one first."},
        {"x\n\n{{>gone}}",
         "Template \"page\", line 3: tag \"{{>gone}}\" asks for a partial that is "
         "missing; add its file, or correct the name."},
        {"{{title", "Template \"page\", line 1: tag \"{{title\" is opened and never closed; close "
                    "it, or remove it."},
        {"{{{title}}", "Template \"page\", line 1: tag \"{{{title}}\" is opened and never closed; "
                       "close it, or remove it."},
        {"{{}}", "Template \"page\", line 1: tag \"{{}}\" has no name; write one, such as "
                 "{{title}}."},
        {"{{# }}", "Template \"page\", line 1: tag \"{{# }}\" has no name; write one, such as "
                   "{{title}}."},
        {"{{a b}}", "Template \"page\", line 1: tag \"{{a b}}\" holds no name; names are letters, "
                    "digits, \"_\" and \"-\", joined by single dots."},
        {"{{a..b}}",
         "Template \"page\", line 1: tag \"{{a..b}}\" holds no name; names are letters, "
         "digits, \"_\" and \"-\", joined by single dots."},
        {"{{.a}}", "Template \"page\", line 1: tag \"{{.a}}\" holds no name; names are letters, "
                   "digits, \"_\" and \"-\", joined by single dots."},
        {"{{a.}}", "Template \"page\", line 1: tag \"{{a.}}\" ends with a dot; name what stands "
                   "behind it."},
        {"{{$block}}{{/block}}",
         "Template \"page\", line 1: tag \"{{$block}}\" belongs to an optional part of Mustache "
         "that is not used here; write plain names, sections and partials."},
        {"{{<parent}}{{/parent}}",
         "Template \"page\", line 1: tag \"{{<parent}}\" belongs to an optional part of Mustache "
         "that is not used here; write plain names, sections and partials."},
        {"{{>../secret}}", "Template \"page\", line 1: tag \"{{>../secret}}\" names no partial; "
                           "names are letters, digits, \"_\" and \"-\", with single \"/\" or \".\" "
                           "between."},
        {"{{>/etc/passwd}}",
         "Template \"page\", line 1: tag \"{{>/etc/passwd}}\" names no partial; names are letters, "
         "digits, \"_\" and \"-\", with single \"/\" or \".\" between."},
        {"{{=<% %>}}", "Template \"page\", line 1: tag \"{{=<% %>}}\" is opened and never closed; "
                       "close it, or remove it."},
        {"{{=<%=}}", "Template \"page\", line 1: tag \"{{=<%=}}\" sets no delimiters; write two "
                     "without \"=\" and a blank between, such as {{=<% %>=}}."},
        {"{{=a b c=}}", "Template \"page\", line 1: tag \"{{=a b c=}}\" sets no delimiters; write "
                        "two without \"=\" and a blank between, such as {{=<% %>=}}."},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new(0);
        struct err e = {.arena = a};
        assert_null(load(a, cases[i].page, NULL, &e));
        assert_int_equal(e.kind, ERR_SYSTEM);
        assert_string_equal(e.message, cases[i].expected);
        arena_free(a);
    }
}

static void test_a_page_that_is_missing(void **state)
{
    struct arena *a = *state;
    struct err e = {.arena = a};
    static const char *const names[] = {"page"};
    struct texts none = {NULL, 0};
    assert_null(templates_load(a, names, 1, load_text, &none, &e));
    assert_string_equal(e.message, "Template \"page\" is missing; put it back into the templates "
                                   "folder and build again.");
}

static void test_sections_too_deep_for_one_template(void **state)
{
    struct arena *a = *state;
    struct err e = {.arena = a};
    for (int depth = TEMPLATE_SECTIONS_MAX; depth <= TEMPLATE_SECTIONS_MAX + 1; depth++) {
        struct buf page = buf_new(a, PAGE_MAX);
        for (int i = 0; i < depth; i++) {
            buf_text(&page, "{{#a}}");
        }
        buf_char(&page, 'x');
        for (int i = 0; i < depth; i++) {
            buf_text(&page, "{{/a}}");
        }
        bool fits = depth <= TEMPLATE_SECTIONS_MAX;
        struct templates *set = load(a, buf_cstr(&page), NULL, &e);
        assert_int_equal(set != NULL, fits);
        if (fits) {
            assert_string_equal(render(a, set, "{\"a\": true}"), "x");
        }
    }
    assert_non_null(strstr(e.message, "too many sections"));
}

// A partial that never stops, one that doubles itself, and a page over its limit: each an error.
static void test_limits_of_rendering(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *page, *const partials[3][2], *part_of_message;
    } cases[] = {
        {"{{>p}}",
         {{"p", "{{>p}}"}},
         "line 1: sections and partials stand inside one another more"},
        {"{{>p}}", {{"p", "x\n{{>p}}"}}, "Template \"p\", line 2: sections and partials"},
        {"{{>a}}", {{"a", "{{>b}}"}, {"b", "{{>a}}"}}, "more than 200 deep"},
        {"{{>p}}", {{"p", "{{#a}}{{>p}}{{>p}}{{/a}}"}}, "more than 200 deep"},
        {"{{>p}}",
         {{"p", "0123456789abcdef{{#a}}{{>q}}{{>q}}{{/a}}"},
          {"q", "{{>r}}{{>r}}"},
          {"r", "{{#a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{/a}}"}},
         NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct err e = {.arena = a};
        struct templates *set = load(a, cases[i].page, cases[i].partials, &e);
        assert_non_null(set);
        struct buf out = buf_new(a, 4000);
        bool ok = template_render(templates_find(set, "page"), tree_from_text(a, "{\"a\": true}"),
                                  &out, &e);
        assert_int_equal(ok, cases[i].part_of_message == NULL);
        if (!ok) {
            assert_non_null(strstr(e.message, cases[i].part_of_message));
        }
    }
}

// Two calls at each of 60 levels would be 2^60 partials: the number of steps is what ends it.
static void test_a_page_that_would_take_for_ever(void **state)
{
    struct arena *a = *state;
    struct buf view = buf_new(a, PAGE_MAX);
    for (int i = 0; i < 60; i++) {
        buf_text(&view, "{\"next\": ");
    }
    buf_text(&view, "null");
    for (int i = 0; i < 60; i++) {
        buf_char(&view, '}');
    }
    static const char *const partials[3][2] = {{"p", "{{#next}}{{>p}}{{>p}}{{/next}}"}};
    struct err e = {.arena = a};
    struct templates *set = load(a, "{{>p}}", partials, &e);
    assert_non_null(set);
    struct buf out = buf_new(a, 1000);
    const struct tree *tree = tree_from_text(a, buf_cstr(&view));
    assert_false(template_render(templates_find(set, "page"), tree, &out, &e));
    assert_string_equal(e.message, "The page made from template \"p\" takes more steps than are "
                                   "allowed; show less on it.");
}

static void test_a_page_over_its_limit(void **state)
{
    struct arena *a = *state;
    struct err e = {.arena = a};
    struct templates *set = load(a, "{{#l}}0123456789{{/l}}", NULL, &e);
    const struct tree *view = tree_from_text(a, "{\"l\": [1, 2, 3, 4, 5]}");
    const struct template *page = templates_find(set, "page");
    struct buf fits = buf_new(a, 50);
    assert_true(template_render(page, view, &fits, &e));
    struct buf full = buf_new(a, 49);
    assert_false(template_render(page, view, &full, &e));
    assert_string_equal(e.message, "The page made from template \"page\" grew past its limit of 49 "
                                   "bytes; show less on it.");
}

static void test_charts(void **state)
{
    struct arena *a = *state;
    struct err e = {.arena = a};
    struct templates *set = load(a, "<p>{{chart}}</p>", NULL, &e);
    const char *page = render(a, set, "{\"chart\": {\"kind\": \"mark\", \"status\": \"missing\"}}");
    assert_memory_equal(page, "<p><svg class=", 14);
    assert_non_null(strstr(page, "</svg></p>"));
    struct buf out = buf_new(a, PAGE_MAX);
    assert_false(template_render(templates_find(set, "page"),
                                 tree_from_text(a, "{\"chart\": {\"kind\": \"pie\"}}"), &out, &e));
    assert_string_equal(e.message, "Template \"page\", line 1: the chart's \"kind\" is none that "
                                   "render/svg.h describes.");
}

static void test_counts_raw_tags(void **state)
{
    struct arena *a = *state;
    struct err e = {.arena = a};
    static const char *const partials[3][2] = {{"p", "{{&a}}{{a}}"}};
    assert_int_equal(templates_raw_count(load(a, "{{a}}{{#b}}{{/b}}", NULL, &e)), 0);
    assert_int_equal(templates_raw_count(load(a, "{{{a}}}{{& b}}{{>p}}", partials, &e)), 3);
}

struct found {
    struct buf text;
};

static void note_missing(void *context, const char *template_name, int line, const char *key)
{
    struct found *found = context;
    buf_printf(&found->text, "%s:%d:%s ", template_name, line, key);
}

static void test_finds_missing_keys(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *page, *view, *expected;
        size_t skipped;
    } cases[] = {
        {"{{a}}\n{{b}}", "{\"a\": 1}", "page:2:b ", 0},
        {"{{a}}{{b}}", "{\"a\": null, \"b\": false}", "", 0},
        {"{{#l}}{{n}}{{/l}}", "{\"l\": []}", "", 1},
        {"{{#l}}{{n}}{{out}}{{/l}}", "{\"out\": 1, \"l\": [{\"n\": 1}, {}]}", "page:1:n ", 0},
        {"{{#gone}}{{x}}{{/gone}}", "{}", "page:1:gone ", 1},
        {"{{^gone}}{{x}}{{/gone}}", "{}", "page:1:gone page:1:x ", 0},
        {"{{^a}}{{x}}{{/a}}", "{\"a\": 1}", "", 1},
        {"{{a.b.c}}", "{\"a\": {\"b\": {}}}", "page:1:a.b.c ", 0},
        {"{{a.b.c}}", "{\"a\": {\"b\": null}}", "", 0},
        {"{{a.b}}", "{\"a\": \"text\"}", "page:1:a.b ", 0},
        {"{{.}}{{>p}}", "{}", "p:1:in_partial ", 0},
    };
    static const char *const partials[3][2] = {{"p", "{{in_partial}}"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct err e = {.arena = a};
        struct templates *set = load(a, cases[i].page, partials, &e);
        struct found found = {buf_new(a, PAGE_MAX)};
        size_t skipped = 99;
        size_t missing =
            templates_missing_keys(templates_find(set, "page"), tree_from_text(a, cases[i].view),
                                   note_missing, &found, &skipped);
        assert_string_equal(buf_cstr(&found.text), cases[i].expected);
        assert_int_equal(missing > 0, cases[i].expected[0] != '\0');
        assert_int_equal(skipped, cases[i].skipped);
    }
}

static void test_finds_templates_by_name(void **state)
{
    struct arena *a = *state;
    struct err e = {.arena = a};
    static const char *const pairs[][2] = {{"b", "B{{>d}}"}, {"a", "A"}, {"c", "C"}, {"d", "D"}};
    static const char *const names[] = {"b", "a", "c"};
    struct texts texts = {pairs, COUNT_OF(pairs)};
    struct templates *set = templates_load(a, names, COUNT_OF(names), load_text, &texts, &e);
    assert_non_null(set);
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        assert_non_null(templates_find(set, pairs[i][0]));
    }
    assert_null(templates_find(set, "e"));
    assert_null(templates_find(set, ""));
}

struct worker {
    const struct templates *set;
    bool same;
};

static void *render_often(void *argument)
{
    struct worker *w = argument;
    w->same = true;
    for (int i = 0; i < 200; i++) {
        struct arena *a = arena_new(0);
        const char *got = render(a, w->set, "{\"l\": [{\"n\": 1}, {\"n\": 2}]}");
        w->same = w->same && strcmp(got, "  <1>\n  <2>\n") == 0;
        arena_free(a);
    }
    return NULL;
}

// One set, several threads: what TSan would tell of, and what would be seen without it.
static void test_threads_share_a_set(void **state)
{
    struct arena *a = *state;
    struct err e = {.arena = a};
    static const char *const partials[3][2] = {{"p", "{{#l}}\n<{{n}}>\n{{/l}}\n"}};
    struct templates *set = load(a, "  {{>p}}\n", partials, &e);
    struct worker workers[4];
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        workers[i] = (struct worker){set, false};
        assert_int_equal(pthread_create(&threads[i], NULL, render_often, &workers[i]), 0);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        assert_true(workers[i].same);
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
        cmocka_unit_test(test_comments),
        cmocka_unit_test(test_delimiters),
        cmocka_unit_test(test_interpolation),
        cmocka_unit_test(test_inverted),
        cmocka_unit_test(test_sections),
        cmocka_unit_test(test_partials),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_a_page_that_is_missing),
        cmocka_unit_test(test_sections_too_deep_for_one_template),
        cmocka_unit_test(test_limits_of_rendering),
        cmocka_unit_test(test_a_page_that_would_take_for_ever),
        cmocka_unit_test(test_a_page_over_its_limit),
        cmocka_unit_test(test_charts),
        cmocka_unit_test(test_counts_raw_tags),
        cmocka_unit_test(test_finds_missing_keys),
        cmocka_unit_test(test_finds_templates_by_name),
        cmocka_unit_test(test_threads_share_a_set),
    };
    return cmocka_run_group_tests_name("mustache", tests, set_up, tear_down);
}
