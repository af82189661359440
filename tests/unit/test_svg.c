// Charts: whatever the figures, well-formed SVG whose parts lie inside it, with words for those who
// do not see it, and nothing that the page's security policy forbids.
//
//     test_svg gallery.html    writes every case into one page, to be looked at
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "render/svg.h"
#include "svg_cases.h"
#include "tree_text.h"

enum { CHART_MAX = 1 << 20 };

static const struct tree *chart_map(struct arena *a, size_t number, const char *chart)
{
    return tree_get(
        tree_from_text(a,
                       arena_printf(a,
                                    "{\"chart\": {\"id\": \"c%zu\", \"title\": \"Care <leavers>\", "
                                    "\"description\": \"It is worse & \\\"late\\\".\", %s}}",
                                    number, chart)),
        "chart");
}

static const char *draw(struct arena *a, size_t number, const char *chart)
{
    struct buf out = buf_new(a, CHART_MAX);
    const char *why = NULL;
    if (!svg_chart(&out, chart_map(a, number, chart), &why)) {
        fail_msg("refused: %s", why);
    }
    return buf_cstr(&out);
}

// A walk over the markup as strict as an XML parser: every element closed in order, attributes
// quoted and none twice, no "<" or "&" that is not markup.
struct walk {
    const char *says, *at;
    const char *open[32]; // names of the elements that are open
    size_t depth;
};

static void require(const struct walk *w, bool truth, const char *what)
{
    if (!truth) {
        fail_msg("%s: %s at %.60s", w->says, what, w->at);
    }
}

static size_t name_length(const char *at)
{
    return strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789");
}

static void walk_text(struct walk *w, const char *ends)
{
    while (*w->at != '\0' && strchr(ends, *w->at) == NULL) {
        if (*w->at == '&') {
            size_t length = strcspn(w->at, ";");
            require(w, length > 1 && length < 7, "a bare ampersand");
        }
        require(w, *w->at != '>', "a bare >");
        w->at++;
    }
}

static void walk_tag(struct walk *w)
{
    w->at++;
    if (*w->at == '/') {
        w->at++;
        size_t length = name_length(w->at);
        require(w, w->depth > 0, "a closing tag too many");
        const char *open = w->open[--w->depth];
        require(w, name_length(open) == length && memcmp(open, w->at, length) == 0, "wrong close");
        w->at += length;
        require(w, *w->at++ == '>', "no >");
        return;
    }
    require(w, w->depth < COUNT_OF(w->open), "too deep");
    w->open[w->depth++] = w->at;
    require(w, name_length(w->at) > 0, "no name");
    w->at += name_length(w->at);
    while (*w->at == ' ') {
        w->at++;
        require(w, memcmp(w->at, "style=", 6) != 0 && memcmp(w->at, "on", 2) != 0, "forbidden");
        require(w, name_length(w->at) > 0, "no attribute");
        w->at += name_length(w->at);
        require(w, w->at[0] == '=' && w->at[1] == '"', "no value");
        w->at += 2;
        walk_text(w, "\"<");
        require(w, *w->at++ == '"', "an open value");
    }
    if (*w->at == '/') {
        w->depth--;
        w->at++;
    }
    require(w, *w->at++ == '>', "no end of tag");
}

static void assert_well_formed(const char *says, const char *markup)
{
    struct walk w = {.says = says, .at = markup};
    while (*w.at != '\0') {
        if (*w.at == '<') {
            walk_tag(&w);
        } else {
            walk_text(&w, "<");
        }
    }
    require(&w, w.depth == 0, "an element is not closed");
}

// Every number after `name="` or in a path lies within what one drawing can hold.
static void assert_coordinates(const char *says, const char *markup)
{
    for (const char *at = markup; (at = strpbrk(at, "0123456789")) != NULL;) {
        char *end = NULL;
        double value = strtod(at, &end);
        if (end - at > 8 && strchr(",<", *end) == NULL) {
            fail_msg("%s: a long number: %.20s", says, at);
        }
        (void)value;
        at = end;
    }
    static const char *const words[] = {"nan", "inf", "NaN", "e+", "e-0", "(null)"};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (strstr(markup, words[i]) != NULL) {
            fail_msg("%s: holds %s", says, words[i]);
        }
    }
}

static void test_every_case_is_well_formed(void **state)
{
    struct arena *a = *state;
    for (size_t i = 0; i < COUNT_OF(svg_cases); i++) {
        const char *markup = draw(a, i, svg_cases[i].chart);
        assert_well_formed(svg_cases[i].says, markup);
        assert_coordinates(svg_cases[i].says, markup);
        assert_string_equal(markup, draw(a, i, svg_cases[i].chart));
    }
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part)) {
        count++;
    }
    return count;
}

// UI-40: a name and a sentence, escaped; what only decorates is hidden.
static void test_words_for_those_who_do_not_see_it(void **state)
{
    struct arena *a = *state;
    for (size_t i = 0; i < COUNT_OF(svg_cases); i++) {
        const char *markup = draw(a, i, svg_cases[i].chart);
        bool hidden = strstr(svg_cases[i].chart, "\"spark\"") != NULL ||
                      strstr(svg_cases[i].chart, "\"mark\"") != NULL;
        size_t drawings = count_of(markup, "<svg class=\"gt-chart ");
        assert_int_equal(count_of(markup, "aria-hidden=\"true\""), hidden ? drawings : 0);
        assert_int_equal(count_of(markup, "role=\"img\""), hidden ? 0 : drawings);
        assert_int_equal(count_of(markup, ">Care &lt;leavers&gt;</title>"), hidden ? 0 : drawings);
        assert_int_equal(count_of(markup, ">It is worse &amp; &quot;late&quot;.</desc>"),
                         hidden ? 0 : drawings);
    }
}

static void test_two_drawings_have_ids_of_their_own(void **state)
{
    struct arena *a = *state;
    const char *markup = draw(a, 7, svg_cases[0].chart);
    static const char *const ids[] = {
        "aria-labelledby=\"c7-wide-title c7-wide-desc\"",
        "aria-labelledby=\"c7-narrow-title c7-narrow-desc\"",
        "<title id=\"c7-wide-title\">",
        "<desc id=\"c7-wide-desc\">",
        "<title id=\"c7-narrow-title\">",
        "<desc id=\"c7-narrow-desc\">",
    };
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        assert_int_equal(count_of(markup, ids[i]), 1);
    }
}

// What a line chart must say, as text in it.
static void test_figures_as_text(void **state)
{
    struct arena *a = *state;
    static const struct {
        size_t number;
        const char *present, *absent;
    } cases[] = {
        {0, ">9.8%</text>", NULL},           // the last figure
        {0, ">Target 7.5%</text>", NULL},    // the target beside its line
        {0, ">[p]</text>", NULL},            // the marker
        {0, ">10%</text>", ">10.0%</text>"}, // round ticks
        {1, ">84%</text>", NULL},
        {1, ">Target 90%</text>", NULL},
        {2, ">£50,425,000</text>", NULL},
        {2, ">£40m</text>", ">£40,000,000</text>"},
        {3, ">No figures yet</text>", NULL},
        {5, ">No figures yet: the first is due on 15 October</text>", NULL},
        {5, ">No figures yet: the first</text>", NULL},
        {6, ">18.4 days</text>", NULL},
        {7, ">100%</text>", ">102%</text>"}, // a share has no axis beyond 100
        {8, ">0</text>", "\u2212"},
        {10, ">£1.7m</text>", NULL},
        {10, ">\u2212£4m</text>", NULL},
        {15, ">75%</text>", NULL},
        {17, ">\u2212£1.0m</text>", ">£0.0m</text>"},
        {2, ">£0</text>", ">£0m</text>"},
        {20, ">No figures yet</text>", NULL},
        {21, ">31</text>", NULL},
        {22, ">499</text>", ">1</text>"}, // no room for it
        {26, ">Nothing to count</text>", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *markup = draw(a, 1, svg_cases[cases[i].number].chart);
        if (strstr(markup, cases[i].present) == NULL) {
            fail_msg("%s: lacks %s", svg_cases[cases[i].number].says, cases[i].present);
        }
        if (cases[i].absent != NULL && strstr(markup, cases[i].absent) != NULL) {
            fail_msg("%s: holds %s", svg_cases[cases[i].number].says, cases[i].absent);
        }
    }
}

// A gap is a gap: the line is lifted over a missing figure.
static void test_no_line_over_a_gap(void **state)
{
    struct arena *a = *state;
    const char *markup = draw(a, 1, svg_cases[9].chart);
    const char *path = strstr(markup, "<path class=\"gt-chart__line\" d=\"");
    assert_non_null(path);
    const char *end = strstr(path, "\" fill=\"none\"");
    size_t moves = 0;
    size_t lines = 0;
    for (; path < end; path++) {
        moves += *path == 'M';
        lines += *path == 'L';
    }
    assert_int_equal(moves, 3); // 2018/19, 2020/21, 2022/23
    assert_int_equal(lines, 1); // to 2023/24
}

static void test_refuses_what_is_no_chart(void **state)
{
    struct arena *a = *state;
    static const struct {
        const char *chart, *why;
    } cases[] = {
        {"{}", "the chart's \"kind\" is none of line, bullet, bar, spark and mark; see "
               "render/svg.h."},
        {"{\"kind\": \"line\"}", "the chart has no \"id\" of letters, digits and hyphens; give it "
                                 "one that is unique on the page."},
        {"{\"kind\": \"bar\", \"id\": \"a b\"}",
         "the chart has no \"id\" of letters, digits and hyphens; give it one that is unique on "
         "the page."},
        {"{\"kind\": \"bar\", \"id\": \"a\", \"title\": \"x\"}",
         "the chart lacks a \"title\" or a \"description\"; a picture without words says nothing "
         "to many people."},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf out = buf_new(a, CHART_MAX);
        const char *why = NULL;
        assert_false(svg_chart(&out, tree_from_text(a, cases[i].chart), &why));
        assert_string_equal(why, cases[i].why);
        assert_int_equal(out.length, 0);
    }
}

// Random series of every size and shape: what a table of cases does not think of.
static void test_random_series(void **state)
{
    (void)state;
    uint64_t bits = 88172645463325252u;
    for (int round = 0; round < 3000; round++) {
        struct arena *a = arena_new(0);
        struct buf text = buf_new(a, CHART_MAX);
        buf_printf(&text,
                   "\"kind\": \"line\", \"unit_suffix\": \"%s\", \"decimals\": %d, "
                   "\"points\": [",
                   round % 3 == 0 ? "%" : "", round % 5);
        int count = round % 60;
        for (int i = 0; i < count; i++) {
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            long long size = 1;
            for (int d = round / 60 % 18; d > 0; d--) {
                size *= 10;
            }
            long long value = (long long)(bits >> 2) % size * (bits % 2 == 0 ? 1 : -1);
            buf_printf(&text, "%s{\"label\": \"Q%d 2025\", \"value\": ", i == 0 ? "" : ",", i);
            buf_printf(&text, bits % 7 == 0 ? "null" : "%lld", value);
            buf_printf(&text, ", \"target\": %lld", value / 2);
            buf_printf(&text, ", \"lower\": %lld, \"upper\": %lld}", value / 3, value);
        }
        buf_char(&text, ']');
        const char *markup = draw(a, 1, buf_cstr(&text));
        assert_well_formed("random", markup);
        assert_coordinates("random", markup);
        arena_free(a);
    }
}

static int write_gallery(const char *path)
{
    FILE *file = fopen(path, "w");
    struct arena *a = arena_new(0);
    if (file == NULL || a == NULL) {
        return 1;
    }
    fputs("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
          "<meta name=\"viewport\" content=\"width=device-width\"><title>Charts</title>"
          "<link rel=\"stylesheet\" href=\"chart.css\">"
          "<style>body{font-family:Arial,sans-serif;max-width:60rem;margin:15px}"
          "h2{font-size:1rem;margin:1.5em 0 .3em}</style></head><body>\n",
          file);
    for (size_t i = 0; i < COUNT_OF(svg_cases); i++) {
        fprintf(file, "<h2>%zu %s</h2>\n%s\n", i, svg_cases[i].says,
                draw(a, i, svg_cases[i].chart));
    }
    fputs("</body></html>\n", file);
    arena_free(a);
    return fclose(file);
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

int main(int argc, char **argv)
{
    if (argc > 1) {
        return write_gallery(argv[1]);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_case_is_well_formed),
        cmocka_unit_test(test_words_for_those_who_do_not_see_it),
        cmocka_unit_test(test_two_drawings_have_ids_of_their_own),
        cmocka_unit_test(test_figures_as_text),
        cmocka_unit_test(test_no_line_over_a_gap),
        cmocka_unit_test(test_refuses_what_is_no_chart),
        cmocka_unit_test(test_random_series),
    };
    return cmocka_run_group_tests_name("svg", tests, set_up, tear_down);
}
