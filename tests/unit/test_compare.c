// An area among others: ranks, classes, distance from the middle, tie bands, the group's own
// figure.
#include "doubles_fixture.h"
#include "engine/compare.h"

enum { AREAS_MAX = 12 };

static size_t count_areas(const double *values)
{
    size_t n = 0;
    while (n < AREAS_MAX && values[n] != -1) {
        n++;
    }
    return n;
}

// -1 ends a list of values.
struct rank_case {
    const char *what;
    enum polarity polarity;
    double values[AREAS_MAX];
    size_t ranks[AREAS_MAX];
};

static const struct rank_case RANKS[] = {
    {"higher is better", POLARITY_HIGHER, {10, 30, 20, -1}, {3, 1, 2}},
    {"lower is better", POLARITY_LOWER, {10, 30, 20, -1}, {1, 3, 2}},
    {"without polarity high to low", POLARITY_NONE, {10, 30, 20, -1}, {3, 1, 2}},
    {"ties share, the next rank is left out", POLARITY_HIGHER, {5, 7, 7, 3, -1}, {3, 1, 1, 4}},
    {"ties where lower is better", POLARITY_LOWER, {5, 7, 7, 3, -1}, {2, 3, 3, 1}},
    {"missing is not ranked nor counted", POLARITY_HIGHER, {GAP, 7, GAP, 3, -1}, {0, 1, 0, 2}},
    {"all equal are all first", POLARITY_LOWER, {4, 4, 4, -1}, {1, 1, 1}},
    {"one area alone is first of one", POLARITY_HIGHER, {4, GAP, -1}, {1, 0}},
    {"nobody has a figure", POLARITY_HIGHER, {GAP, GAP, -1}, {0, 0}},
    {"no area at all", POLARITY_HIGHER, {-1}, {0}},
    {"infinity is no figure", POLARITY_HIGHER, {INFINITY, 1, 2, -1}, {0, 2, 1}},
};

static void test_ranks(void **state)
{
    (void)state;
    struct arena *a = test_arena();
    for (size_t i = 0; i < COUNT_OF(RANKS); i++) {
        const struct rank_case *c = &RANKS[i];
        size_t ranks[AREAS_MAX] = {0};
        size_t count = count_areas(c->values);
        compare_rank(c->values, count, c->polarity, ranks, a);
        for (size_t k = 0; k < count; k++) {
            if (ranks[k] != c->ranks[k]) {
                fail_msg("%s: area %zu is %zu, expected %zu", c->what, k + 1, ranks[k],
                         c->ranks[k]);
            }
        }
    }
    arena_free(a);
}

struct class_case {
    const char *what;
    size_t rank, ranked;
    int classes, expected;
};

static void test_classes(void **state)
{
    (void)state;
    static const struct class_case cases[] = {
        {"the best of eight is in the first quarter", 1, 8, 4, 1},
        {"so is the second", 2, 8, 4, 1},
        {"the third is in the second", 3, 8, 4, 2},
        {"the last is in the last", 8, 8, 4, 4},
        {"ten areas in quarters: three, two, three, two", 3, 10, 4, 1},
        {"the fourth of ten", 4, 10, 4, 2},
        {"the sixth of ten", 6, 10, 4, 3},
        {"the eighth of ten", 8, 10, 4, 3},
        {"the ninth of ten", 9, 10, 4, 4},
        {"as many areas as classes: each its own", 3, 4, 4, 3},
        {"fewer areas than classes: none", 1, 3, 4, 0},
        {"no rank, no class", 0, 10, 4, 0},
        {"tenths of a hundred", 91, 100, 10, 10},
        {"fifths of eleven", 3, 11, 5, 1},
        {"fifths of eleven, the fourth", 4, 11, 5, 2},
        {"three of equal rank at the top stay together", 1, 5, 5, 1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct class_case *c = &cases[i];
        int got = compare_class(c->rank, c->ranked, c->classes);
        if (got != c->expected) {
            fail_msg("%s: %d, expected %d", c->what, got, c->expected);
        }
    }
}

// The published formula in doubles, as it stands there. (For some other numbers of classes, say 14
// of 34 areas, its division comes out a hair above a whole number; whole numbers do not.)
static void test_classes_are_the_published_formula(void **state)
{
    (void)state;
    static const int numbers[] = {4, 5, 10};
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        int k = numbers[i];
        for (size_t n = (size_t)k; n < 1000; n++) {
            for (size_t r = 1; r <= n; r++) {
                double q = floor(k + 1 - ceil((double)(n + 1 - r) / ((double)n / k)));
                assert_int_equal(compare_class(r, n, k), (int)fmax(1, q));
            }
        }
    }
    assert_int_equal(compare_class(18, 34, 14), 8);
}

struct summary_case {
    const char *what;
    double values[AREAS_MAX];
    struct compare_summary expected;
};

static const struct summary_case SUMMARIES[] = {
    {"five areas: everything is told",
     {1, 2, 3, 4, 10, -1},
     {5, 4, 3.5355339059327378, 3, 1, 2, 4}},
    {"four: no quartile lines", {4, 1, 3, 2, -1}, {4, 2.5, 1.2909944487358056, 2.5, 1, GAP, GAP}},
    {"three: the least for a median", {1, 2, 6, -1}, {3, 3, 2.6457513110645907, 2, 1, GAP, GAP}},
    {"two: a mean and its deviation only",
     {1, 3, -1},
     {2, 2, 1.4142135623730951, GAP, GAP, GAP, GAP}},
    {"one area alone", {7, -1}, {1, GAP, GAP, GAP, GAP, GAP, GAP}},
    {"an empty group", {-1}, {0, GAP, GAP, GAP, GAP, GAP, GAP}},
    {"only missing ones", {GAP, GAP, -1}, {0, GAP, GAP, GAP, GAP, GAP, GAP}},
    {"all equal: no spread at all", {0.1, 0.1, 0.1, -1}, {3, 0.1, 0, 0.1, 0, GAP, GAP}},
    {"six: lines between two areas",
     {1, 2, 3, 4, 5, 6, -1},
     {6, 3.5, 1.8708286933869707, 3.5, 1.5, 2.25, 4.75}},
    {"gaps do not count", {1, GAP, 2, 3, GAP, 4, 10, -1}, {5, 4, 3.5355339059327378, 3, 1, 2, 4}},
};

static void test_summaries(void **state)
{
    (void)state;
    struct arena *a = test_arena();
    for (size_t i = 0; i < COUNT_OF(SUMMARIES); i++) {
        const struct summary_case *c = &SUMMARIES[i];
        struct compare_summary s = compare_summarise(c->values, count_areas(c->values), a);
        const struct compare_summary *x = &c->expected;
        if (s.ranked != x->ranked || !is_near(s.mean, x->mean) ||
            !is_near(s.deviation, x->deviation) || !is_near(s.median, x->median) ||
            !is_near(s.mad, x->mad) || !is_near(s.quartile_1, x->quartile_1) ||
            !is_near(s.quartile_3, x->quartile_3)) {
            fail_msg(
                "%s: %zu, mean %.17g, deviation %.17g, median %.17g, MAD %.17g, %.17g to %.17g",
                c->what, s.ranked, s.mean, s.deviation, s.median, s.mad, s.quartile_1,
                s.quartile_3);
        }
    }
    arena_free(a);
}

static void test_distances(void **state)
{
    (void)state;
    struct compare_summary s = {5, 4, 2, 3, 1.5, 2, 4};
    assert_true(is_near(compare_z(&s, 7), 1.5));
    assert_true(is_near(compare_mads(&s, 0), -2));
    s.deviation = 0;
    s.mad = 0;
    assert_true(isnan(compare_z(&s, 7)));
    assert_true(isnan(compare_mads(&s, 7)));
    s.deviation = GAP;
    assert_true(isnan(compare_z(&s, 7)));
    assert_true(isnan(compare_z(&SUMMARIES[0].expected, GAP)));

    static const struct {
        double mads;
        enum compare_distance distance;
        enum verdict higher, lower, none;
    } cases[] = {
        {0, DISTANCE_SIMILAR, VERDICT_SAME, VERDICT_SAME, VERDICT_SAME},
        {-0.49, DISTANCE_SIMILAR, VERDICT_SAME, VERDICT_SAME, VERDICT_SAME},
        {0.5, DISTANCE_SLIGHTLY, VERDICT_BETTER, VERDICT_WORSE, VERDICT_HIGHER},
        {-1.49, DISTANCE_SLIGHTLY, VERDICT_WORSE, VERDICT_BETTER, VERDICT_LOWER},
        {1.5, DISTANCE_PLAIN, VERDICT_BETTER, VERDICT_WORSE, VERDICT_HIGHER},
        {-3, DISTANCE_MUCH, VERDICT_WORSE, VERDICT_BETTER, VERDICT_LOWER},
        {7.49, DISTANCE_MUCH, VERDICT_BETTER, VERDICT_WORSE, VERDICT_HIGHER},
        {-7.5, DISTANCE_BEYOND, VERDICT_WORSE, VERDICT_BETTER, VERDICT_LOWER},
        {GAP, DISTANCE_NONE, VERDICT_NONE, VERDICT_NONE, VERDICT_NONE},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(compare_distance(cases[i].mads), cases[i].distance);
        assert_int_equal(compare_side(cases[i].mads, POLARITY_HIGHER), cases[i].higher);
        assert_int_equal(compare_side(cases[i].mads, POLARITY_LOWER), cases[i].lower);
        assert_int_equal(compare_side(cases[i].mads, POLARITY_NONE), cases[i].none);
    }
}

struct band_case {
    const char *what;
    double values[AREAS_MAX], lower[AREAS_MAX], upper[AREAS_MAX];
    struct compare_band bands[AREAS_MAX];
};

static const struct band_case BANDS[] = {
    {"each apart from the next",
     {10, 20, 30, -1},
     {9, 19, 29},
     {11, 21, 31},
     {{3, 3}, {2, 2}, {1, 1}}},
    {"the middle one overlaps both, they do not each other",
     {10, 20, 30, -1},
     {5, 14, 25},
     {15, 26, 35},
     {{2, 3}, {1, 3}, {1, 2}}},
    {"touching counts", {10, 20, -1}, {5, 15}, {15, 25}, {{1, 2}, {1, 2}}},
    {"without intervals the ties",
     {5, 5, 4, -1},
     {GAP, GAP, GAP},
     {GAP, GAP, GAP},
     {{1, 1}, {1, 1}, {3, 3}}},
    {"an area without an interval counts as its bare value",
     {10, 12, 20, -1},
     {8, GAP, 19},
     {13, GAP, 21},
     {{2, 3}, {2, 3}, {1, 1}}},
    {"a wide interval of a small area reaches everybody, others not",
     {50, 60, 70, 61, -1},
     {49, 20, 69, 60.5},
     {51, 90, 71, 61.5},
     {{3, 4}, {1, 4}, {1, 3}, {2, 3}}},
    {"missing ones have no band",
     {10, GAP, 11, -1},
     {9, 1, 10},
     {11, 99, 12},
     {{1, 2}, {0, 0}, {1, 2}}},
};

static void test_bands(void **state)
{
    (void)state;
    struct arena *a = test_arena();
    for (size_t i = 0; i < COUNT_OF(BANDS); i++) {
        const struct band_case *c = &BANDS[i];
        size_t count = count_areas(c->values);
        size_t ranks[AREAS_MAX];
        struct compare_band bands[AREAS_MAX];
        compare_rank(c->values, count, POLARITY_HIGHER, ranks, a);
        compare_bands(c->values, c->lower, c->upper, ranks, count, bands, a);
        for (size_t k = 0; k < count; k++) {
            if (bands[k].best != c->bands[k].best || bands[k].worst != c->bands[k].worst) {
                fail_msg("%s: area %zu has %zu to %zu, expected %zu to %zu", c->what, k + 1,
                         bands[k].best, bands[k].worst, c->bands[k].best, c->bands[k].worst);
            }
        }
    }
    arena_free(a);
}

// Every pair of areas looked at, for 2,000 groups of up to 60.
static void test_bands_are_those_of_every_pair(void **state)
{
    (void)state;
    enum { MOST = 60 };
    struct chance chance = {11};
    for (int group = 0; group < 2000; group++) {
        struct arena *a = test_arena();
        size_t count = 1 + chance_below(&chance, MOST);
        double values[MOST], lower[MOST], upper[MOST];
        for (size_t i = 0; i < count; i++) {
            values[i] =
                chance_below(&chance, 12) == 0 ? (double)GAP : (double)chance_below(&chance, 40);
            lower[i] = values[i] - chance_below(&chance, 6);
            upper[i] = values[i] + chance_below(&chance, 6);
        }
        size_t ranks[MOST];
        struct compare_band bands[MOST];
        compare_rank(values, count, POLARITY_LOWER, ranks, a);
        compare_bands(values, lower, upper, ranks, count, bands, a);
        for (size_t i = 0; i < count; i++) {
            struct compare_band expected = {ranks[i], ranks[i]};
            for (size_t k = 0; k < count && ranks[i] != 0; k++) {
                if (ranks[k] != 0 && lower[i] <= upper[k] && lower[k] <= upper[i]) {
                    expected.best = ranks[k] < expected.best ? ranks[k] : expected.best;
                    expected.worst = ranks[k] > expected.worst ? ranks[k] : expected.worst;
                }
            }
            assert_int_equal(bands[i].best, expected.best);
            assert_int_equal(bands[i].worst, expected.worst);
        }
        arena_free(a);
    }
}

struct benchmark_case {
    const char *what;
    double values[AREAS_MAX], numerators[AREAS_MAX], denominators[AREAS_MAX];
    enum benchmark_kind kind;
    double value, scale;
};

static const struct benchmark_case BENCHMARKS[] = {
    {"percentages with parts: the ratio of the sums, not the mean of the percentages",
     {50, 10, -1},
     {50, 1},
     {100, 10},
     BENCHMARK_RATIO,
     100.0 * 51 / 110,
     100},
    {"a rate per 1,000", {5, 20, -1}, {5, 40}, {1000, 2000}, BENCHMARK_RATIO, 15, 1000},
    {"a plain ratio", {0.5, 0.1, -1}, {50, 1}, {100, 10}, BENCHMARK_RATIO, 51.0 / 110, 1},
    {"figures came rounded: the scale is 100 all the same",
     {68.2, 33.3, 66.7, -1},
     {15, 1, 2},
     {22, 3, 3},
     BENCHMARK_RATIO,
     100.0 * 18 / 28,
     100},
    {"a scale that is no power of ten: per week in a year",
     {52, 26, -1},
     {1, 1},
     {1, 2},
     BENCHMARK_RATIO,
     52.0 * 2 / 3,
     52},
    {"an area without cases tells nothing of the scale, but counts",
     {0, 50, -1},
     {0, 5},
     {90, 10},
     BENCHMARK_RATIO,
     5,
     100},
    {"no cases anywhere", {0, 0, -1}, {0, 0}, {90, 10}, BENCHMARK_RATIO, 0, GAP},
    {"one area lacks its parts: the median",
     {10, 20, 90, -1},
     {1, 2, GAP},
     {10, 10, 10},
     BENCHMARK_MEDIAN,
     20,
     100},
    {"a denominator of nought is no part",
     {10, 20, 90, -1},
     {1, 2, 0},
     {10, 10, 0},
     BENCHMARK_MEDIAN,
     20,
     100},
    {"no parts, three areas: the median",
     {10, 20, 90, -1},
     {GAP, GAP, GAP},
     {GAP, GAP, GAP},
     BENCHMARK_MEDIAN,
     20,
     GAP},
    {"no parts, two areas: too few",
     {10, 20, -1},
     {GAP, GAP},
     {GAP, GAP},
     BENCHMARK_NONE,
     GAP,
     GAP},
    {"one area alone is not its own benchmark", {10, -1}, {1}, {10}, BENCHMARK_NONE, GAP, 100},
    {"a missing figure counts for nothing, its parts neither",
     {50, 10, GAP, -1},
     {50, 1, 999},
     {100, 10, 1},
     BENCHMARK_RATIO,
     100.0 * 51 / 110,
     100},
    {"nobody", {-1}, {0}, {0}, BENCHMARK_NONE, GAP, GAP},
};

static void test_benchmarks(void **state)
{
    (void)state;
    struct arena *a = test_arena();
    for (size_t i = 0; i < COUNT_OF(BENCHMARKS); i++) {
        const struct benchmark_case *c = &BENCHMARKS[i];
        struct compare_benchmark b =
            compare_benchmark(c->values, c->numerators, c->denominators, count_areas(c->values), a);
        if (b.kind != c->kind || !is_near(b.value, c->value) || !is_near(b.scale, c->scale)) {
            fail_msg("%s: kind %d, value %.17g, scale %.17g", c->what, (int)b.kind, b.value,
                     b.scale);
        }
    }
    arena_free(a);
}

// Columns that are not there at all.
static void test_without_columns(void **state)
{
    (void)state;
    struct arena *a = test_arena();
    static const double values[] = {3, 1, 2};
    struct compare_benchmark b = compare_benchmark(values, NULL, NULL, 3, a);
    assert_int_equal(b.kind, BENCHMARK_MEDIAN);
    assert_true(b.value == 2 && isnan(b.scale));
    size_t ranks[3];
    struct compare_band bands[3];
    compare_rank(values, 3, POLARITY_LOWER, ranks, a);
    compare_bands(values, NULL, NULL, ranks, 3, bands, a);
    for (size_t i = 0; i < 3; i++) {
        assert_true(bands[i].best == ranks[i] && bands[i].worst == ranks[i]);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_classes_are_the_published_formula),
        cmocka_unit_test(test_summaries),
        cmocka_unit_test(test_distances),
        cmocka_unit_test(test_bands),
        cmocka_unit_test(test_bands_are_those_of_every_pair),
        cmocka_unit_test(test_benchmarks),
        cmocka_unit_test(test_without_columns),
    };
    return cmocka_run_group_tests_name("compare", tests, NULL, NULL);
}
