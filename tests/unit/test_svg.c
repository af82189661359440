// Charts: whatever the figures, well-formed SVG whose parts lie inside it, with words for those who
// do not see it, and nothing that the page's security policy forbids.
// The cases stand in tests/data/charts.json. `test_svg gallery.html` writes them into one page, to
// be looked at beside assets/chart.css.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "render/svg.h"
#include "tree_text.h"

enum { CHART_MAX = 1 << 20 };

struct charts {
    struct arena *arena;
    struct tree *cases; // list of maps: "name", "says", "chart"
};

static const char *source_folder(void)
{
    const char *folder = getenv("GOLDTHREAD_SOURCE");
    return folder == NULL ? "." : folder;
}

// Gives a chart the words that every chart must have, with what must be escaped in them.
static void add_words(struct tree *chart, const char *id)
{
    tree_text(chart, "id", id);
    tree_text(chart, "title", "Care <leavers>");
    tree_text(chart, "description", "It is worse & \"late\".");
}

static struct charts read_charts(void)
{
    struct charts charts = {.arena = arena_new(0)};
    struct err e = {.arena = charts.arena};
    struct file_bytes file = {0};
    const char *path = arena_printf(charts.arena, "%s/tests/data/charts.json", source_folder());
    if (!file_map(charts.arena, path, 1 << 20, &file, &e)) {
        fprintf(stderr, "%s\n", e.message);
        abort();
    }
    const char *text = arena_textn(charts.arena, file.bytes, file.length);
    charts.cases = tree_from_text(charts.arena, text)->first;
    for (struct tree *c = charts.cases->first; c != NULL; c = c->next) {
        add_words(c->last, c->first->text);
    }
    return charts;
}

static const char *draw(struct arena *a, const struct tree *chart)
{
    struct buf out = buf_new(a, CHART_MAX);
    const char *why = NULL;
    if (!svg_chart(&out, chart, &why)) {
        fail_msg("refused: %s", why);
    }
    return buf_cstr(&out);
}

static const char *draw_case(const struct charts *charts, const char *name)
{
    for (const struct tree *c = charts->cases->first; c != NULL; c = c->next) {
        if (strcmp(tree_get(c, "name")->text, name) == 0) {
            return draw(charts->arena, tree_get(c, "chart"));
        }
    }
    fail_msg("no case %s", name);
    return NULL;
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
    const struct charts *charts = *state;
    for (const struct tree *c = charts->cases->first; c != NULL; c = c->next) {
        const char *says = tree_get(c, "says")->text;
        const char *markup = draw(charts->arena, tree_get(c, "chart"));
        assert_well_formed(says, markup);
        assert_coordinates(says, markup);
        assert_string_equal(markup, draw(charts->arena, tree_get(c, "chart")));
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
    const struct charts *charts = *state;
    for (const struct tree *c = charts->cases->first; c != NULL; c = c->next) {
        const char *markup = draw(charts->arena, tree_get(c, "chart"));
        const char *kind = tree_get(tree_get(c, "chart"), "kind")->text;
        bool hidden =
            strcmp(kind, "spark") == 0 || strcmp(kind, "mark") == 0 || strcmp(kind, "signal") == 0;
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
    const char *markup = draw_case(*state, "quarters");
    static const char *const ids[] = {
        "aria-labelledby=\"quarters-wide-title quarters-wide-desc\"",
        "aria-labelledby=\"quarters-narrow-title quarters-narrow-desc\"",
        "<title id=\"quarters-wide-title\">",
        "<desc id=\"quarters-wide-desc\">",
        "<title id=\"quarters-narrow-title\">",
        "<desc id=\"quarters-narrow-desc\">",
    };
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        assert_int_equal(count_of(markup, ids[i]), 1);
    }
}

// What a line chart must say, as text in it.
static void test_figures_as_text(void **state)
{
    static const struct {
        const char *name, *present, *absent;
    } cases[] = {
        {"quarters", ">9.8%</text>", NULL},           // the last figure
        {"quarters", ">Target 7.5%</text>", NULL},    // the target beside its line
        {"quarters", ">[p]</text>", NULL},            // the marker
        {"quarters", ">10%</text>", ">10.0%</text>"}, // round ticks
        {"year-begun", ">84%</text>", NULL},
        {"year-begun", ">Target 90%</text>", NULL},
        {"money", ">£50,425,000</text>", NULL},
        {"money", ">£40m</text>", ">£40,000,000</text>"},
        {"no-points", ">No figures yet</text>", NULL},
        {"all-missing", ">No figures yet: the first is due on 15 October</text>", NULL},
        {"all-missing", ">No figures yet: the first</text>", NULL},
        {"one-point", ">18.4 days</text>", NULL},
        {"all-equal", ">100%</text>", ">102%</text>"}, // a share has no axis beyond 100
        {"noughts", ">0</text>", "\u2212"},
        {"below-nought", ">£1.7m</text>", NULL},
        {"below-nought", ">\u2212£4m</text>", NULL},
        {"bullet-share", ">75%</text>", NULL},
        {"bullet-money", ">\u2212£1.0m</text>", ">£0.0m</text>"},
        {"money", ">£0</text>", ">£0m</text>"},
        {"bullet-nothing", ">No figures yet</text>", NULL},
        {"limits", ">Upper limit</text>", NULL},
        {"limits", ">Lower limit</text>", NULL},
        {"limits", ">Average</text>", NULL},
        {"limits", ">A</text>", NULL},     // the step change
        {"limits", ">H [p]</text>", NULL}, // a signal and a marker at one point
        {"limits", ">L</text>", NULL},
        {"quarters", ">9.8%</text>", "limit"},
        {"quarters", ">9.8%</text>", "gt-chart__mean"},
        {"signal-concern-low", ">L</text>", "<circle"}, // a square frame
        {"signal-improvement-low", ">L</text>", NULL},
        {"signal-pass", ">P</text>", NULL},
        {"signal-fail", ">F</text>", "<circle"},
        {"signal-inconsistent", ">?</text>", NULL},
        {"signal-common-cause", "<circle", "<text"}, // a wave in a ring
        {"bar", ">31</text>", NULL},
        {"bar-one-red", ">499</text>", ">1</text>"}, // no room for it
        {"bar-nothing", ">Nothing to count</text>", NULL},
        {"dots", ">The group as a whole 75.8%</text>", NULL}, // each line has its words
        {"dots", ">Median 75.2%</text>", NULL},
        {"dots", " font-weight=\"bold\" fill=\"#0b0c0c\">Our Borough</text>",
         " font-weight=\"bold\" fill=\"#0b0c0c\">Barchester</text>"},
        {"dots", ">St Mary &amp; St Paul</text>", NULL},
        {"dots", "\u2026</text>", "Weydon Priors"},            // too long: the table has it in full
        {"dots-bare", ">1,840</text>", ">Our Borough</text>"}, // no figure: not drawn
        {"dots-bare", "<circle", "gt-chart__line"},            // no interval known: none drawn
        {"dots-equal", ">0%</text>", "\u2212"},
        {"dots-many", ">Our Borough £54.00</text>", ">Place 1</text>"},
        {"dots-nothing", ">No figures yet</text>", "<circle"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *markup = draw_case(*state, cases[i].name);
        if (strstr(markup, cases[i].present) == NULL) {
            fail_msg("%s: lacks %s", cases[i].name, cases[i].present);
        }
        if (cases[i].absent != NULL && strstr(markup, cases[i].absent) != NULL) {
            fail_msg("%s: holds %s", cases[i].name, cases[i].absent);
        }
    }
}

// Each segment has its average and two limits, which do not touch those of the next; and every
// signal its frame.
static void test_limits_start_anew(void **state)
{
    const char *markup = draw_case(*state, "limits");
    assert_int_equal(count_of(markup, "class=\"gt-chart__mean\""), 2 * 2);
    assert_int_equal(count_of(markup, "class=\"gt-chart__limit\""), 2 * 4);
    assert_int_equal(count_of(markup, "class=\"gt-chart__step\""), 2 * 1);
    assert_int_equal(count_of(markup, "class=\"gt-chart__signal\""), 2 * 3);
    markup = draw_case(*state, "quarters");
    assert_int_equal(count_of(markup, "class=\"gt-chart__signal\""), 0);
}

// A gap is a gap: the line is lifted over a missing figure.
// The shape says the status of the last figure, so it is not drawn at an older one.
static void test_a_spark_that_ends_in_a_gap_ends_in_a_dot(void **state)
{
    assert_non_null(strstr(draw_case(*state, "spark-late"), "<circle class=\"gt-chart__mark\""));
    assert_null(strstr(draw_case(*state, "spark-late"), "<path class=\"gt-chart__mark\""));
    assert_non_null(strstr(draw_case(*state, "spark"), "<path class=\"gt-chart__mark\""));
}

static void test_no_line_over_a_gap(void **state)
{
    const char *markup = draw_case(*state, "gaps");
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

// Ours is told apart by its shape: one diamond a drawing, the others rings, each with its interval.
static void test_ours_has_a_shape_of_its_own(void **state)
{
    const char *markup = draw_case(*state, "dots");
    assert_int_equal(count_of(markup, "<path class=\"gt-chart__bar\""), 2);
    assert_int_equal(count_of(markup, "<circle class=\"gt-chart__mark\""), 2 * 9);
    assert_int_equal(count_of(markup, "<line class=\"gt-chart__line\""), 2 * 9 * 3);
    assert_int_equal(count_of(draw_case(*state, "dots-many"), "<circle"), 2 * 59);
}

static void test_refuses_what_is_no_chart(void **state)
{
    const struct charts *charts = *state;
    struct arena *a = charts->arena;
    static const struct {
        const char *chart, *why;
    } cases[] = {
        {"{}", "the chart's \"kind\" is none that render/svg.h describes."},
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
    for (int round = 0; round < 1200; round++) {
        struct arena *a = arena_new(0);
        struct buf text = buf_new(a, CHART_MAX);
        buf_printf(&text,
                   "{\"kind\": \"line\", \"unit_suffix\": \"%s\", \"decimals\": %d, "
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
        buf_text(&text, "]}");
        struct tree *chart = tree_from_text(a, buf_cstr(&text));
        add_words(chart, "random");
        const char *markup = draw(a, chart);
        assert_well_formed("random", markup);
        assert_coordinates("random", markup);
        arena_free(a);
    }
}

static int write_gallery(const char *path)
{
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        return 1;
    }
    fputs("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
          "<meta name=\"viewport\" content=\"width=device-width\"><title>Charts</title>"
          "<link rel=\"stylesheet\" href=\"chart.css\">"
          "<style>body{font-family:Arial,sans-serif;max-width:60rem;margin:15px}"
          "h2{font-size:1rem;margin:1.5em 0 .3em}</style></head><body>\n",
          file);
    struct charts charts = read_charts();
    for (const struct tree *c = charts.cases->first; c != NULL; c = c->next) {
        fprintf(file, "<h2>%s</h2>\n%s\n", tree_get(c, "says")->text,
                draw(charts.arena, tree_get(c, "chart")));
    }
    fputs("</body></html>\n", file);
    arena_free(charts.arena);
    return fclose(file);
}

static int set_up(void **state)
{
    static struct charts charts;
    charts = read_charts();
    *state = &charts;
    return 0;
}

static int tear_down(void **state)
{
    struct charts *charts = *state;
    arena_free(charts->arena);
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
        cmocka_unit_test(test_a_spark_that_ends_in_a_gap_ends_in_a_dot),
        cmocka_unit_test(test_limits_start_anew),
        cmocka_unit_test(test_no_line_over_a_gap),
        cmocka_unit_test(test_ours_has_a_shape_of_its_own),
        cmocka_unit_test(test_refuses_what_is_no_chart),
        cmocka_unit_test(test_random_series),
    };
    return cmocka_run_group_tests_name("svg", tests, set_up, tear_down);
}
