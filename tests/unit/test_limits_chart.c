// Which control chart a series has, and what it says: p' and u' where the denominators ask for it,
// a run chart of ten to twelve figures, and neither where methods.md says that there is not enough.
#include "domain/limits.h"

#include <string.h>

#include "domain/judging.h"
#include "engine/spc_proportion.h"
#include "fixture_reading.h"
#include "view/words_limits.h"

enum { YEAR_START = 4 };

// Quarter by quarter from 2008/09 Q1, "-" a gap.
static const char *quarters(struct arena *a, const char *values, struct period *ret_last)
{
    struct buf b = buf_new(a, 1 << 16);
    struct period p = period_named("2008-09-Q1");
    for (const char *at = values + strspn(values, " "); *at != '\0'; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        if (length > 1 || *at != '-') {
            buf_printf(&b, "%s%s %.*s", b.length == 0 ? "" : ", ", period_id(a, p, YEAR_START),
                       (int)length, at);
        }
        *ret_last = p;
        p = period_step(p, 1, YEAR_START);
        at += length;
    }
    return buf_cstr(&b);
}

struct given {
    const char *measure, *limits, *values, *target, *rebase;
};

static const struct measure *judged(struct council *c, const struct given *g,
                                    struct period *ret_last)
{
    struct measure *m =
        add_measure(c, arena_printf(c->arena, "M %zu", c->measure_count + 1), g->measure);
    const char *figures = quarters(c->arena, g->values, ret_last);
    set_figures(c, m, "", figures,
                g->target == NULL
                    ? NULL
                    : arena_printf(c->arena, "%s %s", period_id(c->arena, *ret_last, YEAR_START),
                                   g->target));
    m->limits = g->limits;
    struct series *s = (struct series *)(uintptr_t)&m->series[0];
    if (g->rebase != NULL) {
        struct rebase *r = ARENA_NEW(c->arena, struct rebase);
        *r = (struct rebase){.period = period_named(g->rebase), .reason = "A new contract"};
        s->rebases = r;
        s->rebase_count = 1;
    }
    judge_series(judging_new(c, c->arena), m, s);
    return m;
}

#define SHARE "percent quarter ratio higher decimals=1"
#define RATE "rate quarter ratio lower decimals=1 per=1000"
#define COUNT "number quarter last higher"

// About four in five of 50 to 200 cases; the last may be put behind.
#define TWELVE "40/50 81/100 158/200 41/50 80/100 163/200 39/50 79/100 161/200 40/50 82/100 157/200"
#define SIZES TWELVE " 41/50"
// Of 100 to 190, and of 100 to 200: no more than twofold.
#define TAME                                                                                       \
    "80/100 152/190 81/100 150/190 79/100 153/190 82/100 151/190 80/100 152/190 81/100 150/190"
#define EVENTS "3/900 5/1000 2/500 4/1100 3/800 6/1200 2/450 5/1000 4/900 3/700 5/1300 2/500 4/1000"
#define UPS "60 70 61 72 59 71 62 73 58 74"

static const struct {
    const char *label;
    struct given given;
    enum limits_chart chart;
    enum limits_why why;
    enum variation variation;
    enum assurance assurance;
    enum spc_flag rule;
    size_t figures; // of the run
    const char *which, *said;
} cases[] = {
    {"a percentage of 50 to 200 cases",
     {SHARE, NULL, SIZES, NULL, NULL},
     LIMITS_P_PRIME,
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_NONE,
     0,
     0,
     "The number of cases differs more than twofold between quarters, so each quarter has limits "
     "of its own.",
     "This is within its usual variation: 72.1% to 88.2% with so many cases. Ups and downs of this "
     "size are chance, not change."},
    {"the same with a target beyond them",
     {SHARE, NULL, SIZES, "95", NULL},
     LIMITS_P_PRIME,
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_FAIL,
     0,
     0,
     NULL,
     NULL},
    {"the same with a target between them",
     {SHARE, NULL, SIZES, "82", NULL},
     LIMITS_P_PRIME,
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_INCONSISTENT,
     0,
     0,
     NULL,
     NULL},
    {"far below",
     {SHARE, NULL, TWELVE " 90/200", NULL, NULL},
     LIMITS_P_PRIME,
     LIMITS_SAID,
     VARIATION_CONCERN_LOW,
     ASSURANCE_NONE,
     SPC_OUTSIDE,
     1,
     NULL,
     NULL},
    {"outside, but by two cases of ten: no signal",
     {SHARE, NULL,
      "400/400 400/400 400/400 400/400 400/400 400/400 400/400 400/400 400/400 400/400 400/400 "
      "399/400 8/10",
      NULL, NULL},
     LIMITS_P_PRIME,
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     NULL},
    {"no more than twofold",
     {SHARE, NULL, TAME " 81/100", NULL, NULL},
     LIMITS_XMR,
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     NULL},
    {"twofold to the case",
     {SHARE, NULL, TAME " 160/200", NULL, NULL},
     LIMITS_XMR,
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     NULL},
    {"twofold and one",
     {SHARE, NULL, TAME " 160/201", NULL, NULL},
     LIMITS_P_PRIME,
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     NULL},
    {"one of the figures without its cases",
     {SHARE, NULL, TWELVE " 81.5", NULL, NULL},
     LIMITS_XMR,
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     NULL},
    {"no ratio over the year",
     {"percent quarter last higher decimals=1", NULL, SIZES, NULL, NULL},
     LIMITS_XMR,
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     NULL},
    {"XmR is asked for",
     {SHARE, "mdc", SIZES, NULL, NULL},
     LIMITS_XMR,
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     NULL},
    {"p' is asked for, of alike numbers",
     {SHARE, "p_prime", TAME " 81/100", NULL, NULL},
     LIMITS_P_PRIME,
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_NONE,
     0,
     0,
     "The measure's settings ask for limits of each quarter's own.",
     NULL},
    {"u' is asked for, of a percentage",
     {SHARE, "u_prime", SIZES, NULL, NULL},
     LIMITS_XMR,
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_NONE,
     0,
     0,
     "The measure's settings ask for limits of each period's own, which takes a percentage "
     "(p_prime) or a rate (u_prime) whose figures all have a numerator and a denominator: these "
     "limits are one for all.",
     NULL},
    {"a rate",
     {RATE, NULL, EVENTS, NULL, NULL},
     LIMITS_U_PRIME,
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     NULL},
    {"a rate, far above",
     {RATE, NULL, EVENTS " 4/1000 3/900 60/1000", NULL, NULL},
     LIMITS_U_PRIME,
     LIMITS_SAID,
     VARIATION_CONCERN_HIGH,
     ASSURANCE_NONE,
     SPC_OUTSIDE,
     1,
     NULL,
     NULL},
    {"twelve: a run chart, whatever the sizes",
     {SHARE, NULL,
      "41/50 78/100 164/200 39/50 83/100 156/200 42/50 77/100 166/200 38/50 82/100 154/200", "95",
      NULL},
     LIMITS_RUN,
     LIMITS_SAID,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0,
     "With 12 figures only the median and runs can be told.",
     "The median of 12 figures is 80.0%. They stay on one side of it no longer than chance may: "
     "that neither shows a change nor rules one out."},
    {"ten",
     {COUNT, NULL, UPS, NULL, NULL},
     LIMITS_RUN,
     LIMITS_SAID,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0,
     "With 10 figures only the median and runs can be told.",
     "The median of 10 figures is 66. They stay on one side of it no longer than chance may: "
     "that neither shows a change nor rules one out."},
    {"nine",
     {COUNT, NULL, "60 70 61 72 59 71 62 73 58", NULL, NULL},
     LIMITS_XMR,
     LIMITS_TOO_FEW,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     "Too few points to tell change from chance: 9 of the 13 it takes."},
    {"eleven, of which two lie on the median",
     {COUNT, NULL, "60 70 61 65 59 71 62 73 58 65 74", NULL, NULL},
     LIMITS_XMR,
     LIMITS_TOO_FEW,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     "Too few points to tell change from chance: 11 of the 13 it takes."},
    {"ten of an XmR chart that is asked for",
     {COUNT, "mdc", UPS, NULL, NULL},
     LIMITS_XMR,
     LIMITS_TOO_FEW,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     NULL},
    {"thirteen: XmR",
     {COUNT, NULL, UPS " 61 72 60", NULL, NULL},
     LIMITS_XMR,
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     NULL},
    {"a lower half and an upper: which way the latest goes nobody knows",
     {COUNT, NULL, "50 51 52 53 54 61 62 63 64 65", NULL, NULL},
     LIMITS_RUN,
     LIMITS_SAID,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     "The median of 10 figures is 58. But the figures cross it only once, where chance "
     "would twice or more: something has changed, and which way the latest figure goes cannot be "
     "told."},
    {"a run chart is asked for: ten above",
     {COUNT, "run", "50 51 50 52 51 50 53 51 50 52 61 62 63 64 62 63 61 62 64 65", NULL, NULL},
     LIMITS_RUN,
     LIMITS_SAID,
     VARIATION_IMPROVEMENT_HIGH,
     ASSURANCE_NONE,
     SPC_SHIFT,
     10,
     "The measure's settings ask for a run chart: the median and runs, no limits.",
     "The last ten quarters are all above the median of 57: a real improvement, since 2010/11 Q3."},
    {"on the median is neither side",
     {COUNT, "run", "50 51 50 52 51 50 53 51 50 52 57 61 62 63 57 64 62 63 61 62 64 65", NULL,
      NULL},
     LIMITS_RUN,
     LIMITS_SAID,
     VARIATION_IMPROVEMENT_HIGH,
     ASSURANCE_NONE,
     SPC_SHIFT,
     10,
     NULL,
     "The last ten figures that are not on the median are all above the median of 57: a real "
     "improvement, since 2010/11 Q4."},
    {"a run chart of nine",
     {COUNT, "run", "60 70 61 72 59 71 62 73 58", NULL, NULL},
     LIMITS_XMR,
     LIMITS_TOO_FEW,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     NULL},
    {"a run chart of thirteen alike",
     {COUNT, "run", "6 6 6 6 6 6 6 6 6 6 6 6 6", NULL, NULL},
     LIMITS_XMR,
     LIMITS_TOO_FEW,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     "Too few of the figures are off their median to tell change from chance."},
    {"eleven since a step change: the limits before it stay, and nothing is said",
     {COUNT, NULL, UPS " 61 72 60 160 170 161 172 159 171 162 173 158 174 160", NULL, "2011-12-Q2"},
     LIMITS_XMR,
     LIMITS_TOO_FEW,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     NULL},
    {"p' on either side of a step change",
     {SHARE, NULL,
      SIZES " 10/50 21/100 38/200 11/50 20/100 43/200 9/50 19/100 41/200 10/50 22/100 37/200 11/50",
      NULL, "2011-12-Q2"},
     LIMITS_P_PRIME,
     LIMITS_SAID,
     VARIATION_COMMON_CAUSE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     NULL},
    {"the latest is too old",
     {COUNT, NULL, UPS " - - -", NULL, NULL},
     LIMITS_RUN,
     LIMITS_OUT_OF_DATE,
     VARIATION_NONE,
     ASSURANCE_NONE,
     0,
     0,
     NULL,
     NULL},
};

static bool same(const char *found, const char *wanted)
{
    return found == NULL || wanted == NULL ? found == wanted : strcmp(found, wanted) == 0;
}

static bool holds(struct council *c, size_t i)
{
    struct period last = PERIOD_ABSENT;
    const struct measure *m = judged(c, &cases[i].given, &last);
    struct reading r = reading_of(c, m, &m->series[0], last);
    const struct limits *l = limits_of(c->arena, c, &r);
    const char *said = words_limits(c->arena, c, &r, l);
    const char *which = l->segment_count > 0 ? words_chart(c->arena, &r, l) : NULL;
    bool ok = l->chart == cases[i].chart && l->why == cases[i].why &&
              l->variation == cases[i].variation && l->assurance == cases[i].assurance &&
              l->signal.rule == cases[i].rule && l->signal.figures == cases[i].figures &&
              (cases[i].said == NULL || same(said, cases[i].said)) &&
              (cases[i].which == NULL || same(which, cases[i].which));
    if (!ok) {
        print_error("%s: %s, why %d, %s, %s, rule %d over %zu\n    %s\n    %s\n", cases[i].label,
                    words_chart_code(l->chart), (int)l->why, variation_code(l->variation),
                    assurance_code(l->assurance), (int)l->signal.rule, l->signal.figures,
                    which == NULL ? "(nothing)" : which, said == NULL ? "(nothing)" : said);
    }
    return ok;
}

static void test_which_chart_and_what_it_says(void **state)
{
    (void)state;
    size_t faults = 0;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new(0);
        faults += holds(council_of(a, "2018-08-01"), i) ? 0 : 1;
        arena_free(a);
    }
    assert_int_equal(faults, 0);
}

// The limits are the engine's, a hundredfold, row by row; a gap has none.
static void test_limits_of_each_rows_own(void **state)
{
    (void)state;
    static const struct given given = {SHARE, NULL, TWELVE " - 41/50", NULL, NULL};
    static const double over[] = {40, 81, 158, 41, 80, 163, 39, 79, 161, 40, 82, 157, NAN, 41};
    static const double under[] = {50, 100, 200, 50, 100, 200, 50, 100, 200, 50, 100, 200, NAN, 50};
    struct spc_proportion_point points[COUNT_OF(over)];
    struct spc_proportion p =
        spc_proportion_evaluate(over, under, COUNT_OF(over), SPC_CHART_P_PRIME, points);
    struct arena *a = arena_new(0);
    struct council *c = council_of(a, "2018-08-01");
    struct period last = PERIOD_ABSENT;
    const struct limits *l = judged(c, &given, &last)->series[0].limits;
    assert_int_equal(l->rows, COUNT_OF(over));
    for (size_t i = 0; i < COUNT_OF(over); i++) {
        struct limits_row row = limits_at(l, i);
        assert_true(row.mean == p.centre * 100);
        assert_true(isnan(over[i])
                        ? isnan(row.lower) && isnan(row.upper)
                        : row.lower == points[i].lower * 100 && row.upper == points[i].upper * 100);
    }
    assert_true(limits_at(l, 0).upper - limits_at(l, 0).lower >
                1.9 * (limits_at(l, 2).upper - limits_at(l, 2).lower));
    assert_true(l->lower == limits_at(l, 13).lower && l->upper == limits_at(l, 13).upper);
    arena_free(a);
}

// On random series with gaps and step changes, whichever chart is asked for: no line of a segment
// with fewer figures than its chart takes, no limits on a run chart, and nothing said then.
static void test_too_few_are_never_given_lines(void **state)
{
    (void)state;
    enum { SERIES = 2000 };
    static const char *const asked[] = {NULL, "p_prime", "run", "mdc"};
    uint64_t seed = 20261122;
    size_t seen[LIMITS_RUN + 1] = {0}, silent = 0;
    for (int i = 0; i < SERIES; i++) {
        struct arena *a = arena_new(0);
        struct council *c = council_of(a, "2030-08-01");
        struct buf b = buf_new(a, 1 << 14);
        int rows = 1 + (int)((seed >> 40) % 40);
        for (int k = 0; k < rows; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            unsigned word = (unsigned)(seed >> 33), of = 20 + word % 60;
            if (word % 7 == 0) {
                buf_text(&b, "- ");
            } else {
                buf_printf(&b, "%u/%u ", (word >> 8) % (of + 1), of);
            }
        }
        buf_text(&b, "30/40");
        const struct given given = {SHARE, asked[(seed >> 50) % COUNT_OF(asked)], buf_cstr(&b),
                                    "75", (seed >> 55) % 2 == 0 ? "2010-11-Q3" : NULL};
        struct period last = PERIOD_ABSENT;
        const struct limits *l = judged(c, &given, &last)->series[0].limits;
        size_t enough = l->chart == LIMITS_RUN ? RUN_CHART_ENOUGH : SPC_ENOUGH;
        for (size_t row = 0; l->segment_count > 0 && row < l->rows; row++) {
            struct limits_row line = limits_at(l, row);
            bool few = l->segments[l->points[row].segment].present < enough;
            assert_true(!few ||
                        (isnan(line.mean) && isnan(line.lower) && isnan(line.upper) &&
                         l->points[row].flags == 0 && l->points[row].variation == VARIATION_NONE));
            assert_true(l->chart != LIMITS_RUN || (isnan(line.lower) && isnan(line.upper)));
        }
        bool dumb = l->figures < enough || l->why != LIMITS_SAID;
        assert_true(!dumb || (l->variation == VARIATION_NONE && !l->signal.figures));
        assert_true(!(dumb || l->chart == LIMITS_RUN) || l->assurance == ASSURANCE_NONE);
        seen[l->chart] += l->why == LIMITS_SAID ? 1 : 0;
        silent += l->why == LIMITS_SAID ? 0 : 1;
        arena_free(a);
    }
    assert_true(seen[LIMITS_XMR] > 50 && seen[LIMITS_P_PRIME] > 50 && seen[LIMITS_RUN] > 50);
    assert_true(silent > 200);
}

// Six years at one level of twenty, and then two cases the wrong way: never a worsening, nor a
// target out of reach, at any level (docs/decisions/0005-two-in-twenty.md).
static void test_two_in_twenty(void **state)
{
    (void)state;
    enum { CASES = 20, POINTS = 24 };
    static const char *const ways[] = {"percent quarter ratio higher",
                                       "percent quarter ratio lower"};
    size_t tried = 0;
    for (int i = 0; i < 2 * (CASES + 1); i++) {
        int level = i / 2, latest = i % 2 == 0 ? level - 2 : level + 2;
        if (latest < 0 || latest > CASES) {
            continue;
        }
        struct arena *a = arena_new(0);
        struct council *c = council_of(a, "2018-08-01");
        struct buf b = buf_new(a, 4096);
        for (int k = 0; k < POINTS; k++) {
            buf_printf(&b, "%d/%d ", level, CASES);
        }
        buf_printf(&b, "%d/%d", latest, CASES);
        const struct given given = {ways[i % 2], "p_prime", buf_cstr(&b),
                                    arena_printf(a, "%d", level * 100 / CASES), NULL};
        struct period last = PERIOD_ABSENT;
        const struct limits *l = judged(c, &given, &last)->series[0].limits;
        assert_int_equal(l->chart, LIMITS_P_PRIME);
        assert_false(variation_is_concern(l->variation));
        assert_int_not_equal(l->assurance, ASSURANCE_FAIL);
        tried++;
        arena_free(a);
    }
    assert_int_equal(tried, 2 * (CASES - 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_which_chart_and_what_it_says),
        cmocka_unit_test(test_limits_of_each_rows_own),
        cmocka_unit_test(test_too_few_are_never_given_lines),
        cmocka_unit_test(test_two_in_twenty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
