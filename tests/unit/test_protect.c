// Which figures of a measure are kept back: small ones, and what would give them away.
#include "fixture_reading.h"

#include <string.h>

#include "domain/protect.h"

enum { PARTS = 5 };

struct protect_case {
    const char *what, *measure;
    struct {
        const char *name, *figures, *left; // "-": kept back
    } parts[PARTS];
};

static const char *left_of(struct arena *a, const struct series *s)
{
    struct buf b = buf_new(a, 4096);
    for (size_t i = 0; i < s->figure_count; i++) {
        const struct figure *f = &s->figures[i];
        bool none = !f->value.present && !f->numerator.present && !f->denominator.present;
        buf_text(&b, i > 0 ? " " : "");
        if (f->marker == MARKER_SUPPRESSED && none) {
            buf_char(&b, '-');
        } else {
            dec_write(&b, f->numerator.present ? f->numerator : f->value);
        }
    }
    return buf_cstr(&b);
}

static const char NUMBER[] = "number quarter sum lower small=5";

static const struct protect_case cases[] = {
    {"nothing small, nought is shown",
     NUMBER,
     {{"", "2013-14-Q1 25", "25"}, {"East", "2013-14-Q1 0", "0"}, {"West", "2013-14-Q1 25", "25"}}},
    {"the smallest other part goes with it",
     NUMBER,
     {{"", "2013-14-Q1 60", "60"},
      {"East", "2013-14-Q1 3", "-"},
      {"North", "2013-14-Q1 30", "30"},
      {"Town", "2013-14-Q1 20", "20"},
      {"West", "2013-14-Q1 7", "-"}}},
    {"two small ones hide each other",
     NUMBER,
     {{"", "2013-14-Q1 37", "37"},
      {"East", "2013-14-Q1 3", "-"},
      {"North", "2013-14-Q1 4", "-"},
      {"West", "2013-14-Q1 30", "30"}}},
    {"two of 1 come to 2: each must be 1",
     NUMBER,
     {{"", "2013-14-Q1 42", "42"},
      {"East", "2013-14-Q1 1", "-"},
      {"North", "2013-14-Q1 1", "-"},
      {"Town", "2013-14-Q1 10", "-"},
      {"West", "2013-14-Q1 30", "30"}}},
    {"a nought only where nothing else does",
     NUMBER,
     {{"", "2013-14-Q1 3", "-"}, {"East", "2013-14-Q1 3", "-"}, {"West", "2013-14-Q1 0", "0"}}},
    {"one part alone: the whole goes",
     NUMBER,
     {{"", "2013-14-Q1 4", "-"}, {"East", "2013-14-Q1 4", "-"}}},
    {"without the whole there is nothing to subtract from",
     NUMBER,
     {{"", "", ""}, {"East", "2013-14-Q1 4", "-"}, {"West", "2013-14-Q1 40", "40"}}},
    {"wards and ages come to more than the whole: none of them is shown",
     NUMBER,
     {{"", "2013-14-Q1 50", "50"},
      {"Age: old", "2013-14-Q1 20", "-"},
      {"Age: young", "2013-14-Q1 30", "-"},
      {"Ward: East", "2013-14-Q1 3", "-"},
      {"Ward: West", "2013-14-Q1 47", "-"}}},
    {"numerators and denominators",
     "percent quarter ratio lower small=5",
     {{"", "2013-14-Q1 33/500, 2013-14-Q2 40/400", "33 40"},
      {"East", "2013-14-Q1 3/200, 2013-14-Q2 20/200", "- 20"},
      {"West", "2013-14-Q1 30/300, 2013-14-Q2 20/200", "- 20"}}},
    {"of three cases, none", "percent quarter ratio lower small=5", {{"", "2013-14-Q1 0/3", "-"}}},
    {"the year so far: a step of two is a month",
     "number month sum lower cumulative small=5",
     {{"", "2013-04 11, 2013-05 13, 2013-06 26, 2013-07 27, 2013-08 28, 2013-09 29, 2013-10 46",
       "11 - 26 - - - 46"}}},
    {"a new year begins at nought",
     "number month sum lower cumulative small=5",
     {{"", "2014-03 50, 2014-04 52, 2014-05 64", "50 52 64"}}},
    {"a new year with three",
     "number month sum lower cumulative small=5",
     {{"", "2014-03 50, 2014-04 3, 2014-05 8", "50 - 8"}}},
    {"the rest is small: 58 of 60 is as telling as 2 of 60",
     "percent quarter ratio higher small=5",
     {{"", "2013-14-Q1 58/60, 2013-14-Q2 55/60, 2013-14-Q3 60/60", "- 55 60"}}},
    {"the rest of a part, and beside it the part that would give it away",
     "percent quarter ratio higher small=5",
     {{"", "2013-14-Q1 138/200", "138"},
      {"East", "2013-14-Q1 58/60", "-"},
      {"North", "2013-14-Q1 30/60", "-"},
      {"West", "2013-14-Q1 50/80", "50"}}},
    {"of a rate the rest is no group",
     "rate quarter ratio higher per=1000 small=5",
     {{"", "2013-14-Q1 58/60", "58"}}},
    {"the year so far: the rest of one step is small",
     "percent quarter ratio higher cumulative small=5",
     {{"", "2013-14-Q1 20/30, 2013-14-Q2 58/70, 2013-14-Q3 70/90", "20 - 70"}}},
    {"a longer period holds it",
     NUMBER,
     {{"", "2013-14-Q1 3, 2013-14-Q2 20, 2013-14-H1 23, 2013-14-H2 60", "- - 20 60"}}},
    {"the shorter ones that make up a longer one",
     NUMBER,
     {{"", "2013-14-Q1 20, 2013-14-Q2 30, 2013-14-H1 - suppressed", "- - -"}}},
    {"entered as suppressed: as if it were small",
     NUMBER,
     {{"", "2013-14-Q1 60", "60"},
      {"East", "2013-14-Q1 - suppressed", "-"},
      {"North", "2013-14-Q1 20", "-"},
      {"West", "2013-14-Q1 30", "30"}}},
    {"no small_number: all is shown",
     "number quarter sum lower",
     {{"", "2013-14-Q1 3", "3"}, {"East", "2013-14-Q1 1", "1"}}},
};

static void test_what_is_kept_back(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct protect_case *k = &cases[i];
        struct arena *a = arena_new(0);
        struct council *c = council_of(a, "2014-05-15");
        struct measure *m = add_measure(c, "M", k->measure);
        for (size_t p = 0; p < PARTS && k->parts[p].name != NULL; p++) {
            set_figures(c, m, k->parts[p].name, k->parts[p].figures, "");
        }
        protect_measure(a, c, m);
        for (size_t p = 0; p < PARTS && k->parts[p].name != NULL; p++) {
            const char *left = left_of(a, &m->series[p]);
            if (strcmp(left, k->parts[p].left) != 0) {
                print_error("%s: \"%s\" leaves \"%s\", not \"%s\"\n", k->what, k->parts[p].name,
                            left, k->parts[p].left);
                wrong++;
            }
        }
        arena_free(a);
    }
    assert_int_equal(wrong, 0);
}

// An earlier version is small, or the one that stands.
static void test_earlier_versions(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2014-05-15");
    struct measure *m = add_measure(c, "M", NUMBER);
    set_figures(c, m, "", "2013-14-Q1 12, 2013-14-Q2 30", "");
    struct figure *figures = (struct figure *)(uintptr_t)m->series[0].figures;
    struct figure small = {.period = figures[0].period, .value = dec_int(3), .note = "was 3"};
    struct figure large = {.period = figures[1].period, .value = dec_int(31)};
    figures[0].before = &small;
    figures[1].before = &large;
    protect_measure(a, c, m);
    assert_string_equal(left_of(a, &m->series[0]), "12 30");
    assert_true(small.kept_back && !small.value.present && small.note == NULL);
    assert_true(large.kept_back && !large.value.present);
    arena_free(a);
}

// Random councils: whoever knows the whole, the parts that are left, and that a hidden count is at
// least 1, finds more than one answer for each hidden part.
static void test_no_part_can_be_worked_out(void **state)
{
    (void)state;
    enum { TRIES = 3000, WARDS = 6 };
    uint64_t seed = 20140515;
    size_t hidden_seen = 0;
    for (int t = 0; t < TRIES; t++) {
        struct arena *a = arena_new(0);
        struct council *c = council_of(a, "2014-05-15");
        struct measure *m = add_measure(c, "M", NUMBER);
        int64_t counts[WARDS], whole = 0;
        for (size_t w = 0; w < WARDS; w++) {
            seed = seed * 6364136223846793005U + 1442695040888963407U;
            uint64_t roll = seed >> 33;
            counts[w] = (int64_t)(roll % 3 == 0 ? roll / 3 % 5 : roll / 3 % 40);
            whole += counts[w];
        }
        set_figures(c, m, "", arena_printf(a, "2013-14-Q1 %lld", (long long)whole), "");
        for (size_t w = 0; w < WARDS; w++) {
            set_figures(c, m, arena_printf(a, "W%zu", w),
                        arena_printf(a, "2013-14-Q1 %lld", (long long)counts[w]), "");
        }
        protect_measure(a, c, m);
        size_t hidden = 0;
        int64_t rest = whole;
        for (size_t w = 0; w < WARDS; w++) {
            bool is_hidden = m->series[w + 1].figures[0].kept_back;
            assert_true(is_hidden || counts[w] == 0 || counts[w] >= 5);
            hidden += is_hidden;
            rest -= is_hidden ? 0 : counts[w];
        }
        if (!m->series[0].figures[0].kept_back && hidden > 0) {
            assert_true(hidden > 1 && rest > (int64_t)hidden);
            hidden_seen += hidden;
        }
        arena_free(a);
    }
    assert_true(hidden_seen > TRIES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_kept_back),
        cmocka_unit_test(test_earlier_versions),
        cmocka_unit_test(test_no_part_can_be_worked_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
