// What the chart said at the time: the same chart as of those rows alone, never with later wisdom.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "engine/spc_then.h"

enum { ROWS_MAX = 64 };

struct then_case {
    const char *what;
    const char *figures;   // "-" a gap; "|" a step change starts at the figure behind it
    size_t known_after;    // rows by which the step change was recorded, counted from it
    double target;         // higher is better
    int run;               // figures of a run or a trend
    const char *variation; // a letter a row: . not told  c common cause  w worsening
                           // i improvement
    const char *assurance; // . not told  P pass  F fail  ? hit and miss
    const char *shift;     // x: the level changed here
};

// With enough = 4, so that histories can be read. The letters were worked out by other means.
// clang-format off
static const struct then_case CASES[] = {
    {"nothing is told before there are enough figures", "5 6 5 6 5 6", 0, 5.5, 7,
     "...ccc", "...???", "......"},
    {"a figure far out is worsening at the time, and stays so", "15 16 15 16 15 16 0 15 16 15 16",
     0, 15.5, 7, "...cccwcccc", "...????????", "..........."},
    {"a gap says nothing, and the chart goes on", "5 6 5 6 - 6 5", 0, 5.5, 7,
     "...c.cc", "...?.??", "......."},
    {"so do two gaps", "5 6 5 6 5 - - 6 5", 0, 5.5, 7, "...cc..cc", "...??..??", "........."},
    {"the fourth of four below the average tells; that the level changed is then said of all four",
     "6 8 6 8 6 8 6 8 6 8 5.5 5.4 5.5 5.4 5.5 6", 0, 7, 4,
     "...ccccccccccwww", "...?????????????", "..........xxxxxx"},
    {"better at last, and the target out of reach all the while: the old figures weigh on the limits",
     "1 2 1 2 1 2 1 2 9 10 9 10", 0, 9, 4, "...ccccciiii", "...FFFFFFFFF", ".....xxxxxxx"},
    {"a step change counts from the day it was recorded: until then the old limits stand",
     "5 6 5 6 5 6 5 | 15 16 15 16 15 16", 4, 12, 7,
     "...cccciiiicc", "...FFFF????PP", ".xxxxxxx....."},
};
// clang-format on

static size_t read_figures(const struct then_case *c, double *values, size_t *known)
{
    size_t count = 0;
    bool starts = false;
    for (const char *at = c->figures; *at != '\0';) {
        if (*at == ' ') {
            at++;
            continue;
        }
        if (*at == '|') {
            starts = true;
            at++;
            continue;
        }
        known[count] = starts ? count + c->known_after : SIZE_MAX;
        starts = false;
        if (*at == '-') {
            values[count++] = NAN;
            at++;
        } else {
            char *end;
            values[count++] = strtod(at, &end);
            at = end;
        }
    }
    return count;
}

static struct spc_how how_of_test(int run)
{
    struct spc_how how = spc_how_default(SPC_MDC);
    how.improvement = IMPROVEMENT_INCREASE;
    how.enough = 4;
    how.shift_length = run;
    how.trend_length = run;
    return how;
}

static char variation_letter(enum variation v)
{
    return v == VARIATION_NONE           ? '.'
           : variation_is_concern(v)     ? 'w'
           : variation_is_improvement(v) ? 'i'
                                         : 'c';
}

static void test_cases(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        double values[ROWS_MAX];
        size_t known[ROWS_MAX];
        struct spc_target targets[ROWS_MAX];
        struct spc_then then[ROWS_MAX];
        size_t count = read_figures(&CASES[i], values, known);
        for (size_t k = 0; k < count; k++) {
            targets[k] = (struct spc_target){CASES[i].target, NAN, NAN};
        }
        struct spc_series s = {values, targets, known, count};
        struct spc_how how = how_of_test(CASES[i].run);
        spc_as_known(a, &s, &how, then);
        char variation[ROWS_MAX + 1] = "", assurance[ROWS_MAX + 1] = "", shift[ROWS_MAX + 1] = "";
        for (size_t k = 0; k < count; k++) {
            variation[k] = variation_letter(then[k].variation);
            assurance[k] = ".PF?"[then[k].assurance];
            shift[k] = then[k].is_level_shift ? 'x' : '.';
        }
        if (strcmp(variation, CASES[i].variation) != 0 ||
            strcmp(assurance, CASES[i].assurance) != 0 || strcmp(shift, CASES[i].shift) != 0) {
            fail_msg("%s: variation %s, assurance %s, shift %s", CASES[i].what, variation,
                     assurance, shift);
        }
    }
    arena_free(a);
}

static uint32_t random_below(uint64_t *seed, uint32_t limit)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (uint32_t)(*seed >> 33) % limit;
}

// What stands of a row does not depend on what came after, but for the level shift.
static void test_later_figures_change_nothing(void **state)
{
    (void)state;
    uint64_t seed = 20111004;
    struct spc_how how = spc_how_default(SPC_MDC);
    how.improvement = IMPROVEMENT_DECREASE;
    for (int round = 0; round < 300; round++) {
        struct arena *a = arena_new(0);
        double values[ROWS_MAX];
        size_t known[ROWS_MAX];
        struct spc_target targets[ROWS_MAX];
        struct spc_then whole[ROWS_MAX], part[ROWS_MAX];
        size_t count = 2 + random_below(&seed, ROWS_MAX - 2);
        for (size_t i = 0; i < count; i++) {
            bool gap = random_below(&seed, 8) == 0, step = random_below(&seed, 16) == 0;
            double level = i > count / 2 ? 59 : 50;
            values[i] = gap ? (double)NAN : level + (double)random_below(&seed, 20);
            known[i] = step ? i + random_below(&seed, 9) : SIZE_MAX;
            targets[i] = (struct spc_target){55 + (double)random_below(&seed, 9), NAN, NAN};
        }
        size_t cut = 1 + random_below(&seed, (uint32_t)count);
        struct spc_series s = {values, targets, known, count};
        spc_as_known(a, &s, &how, whole);
        s.count = cut;
        spc_as_known(a, &s, &how, part);
        for (size_t i = 0; i < cut; i++) {
            part[i].is_level_shift = whole[i].is_level_shift;
            assert_int_equal(part[i].variation, whole[i].variation);
            assert_int_equal(part[i].assurance, whole[i].assurance);
            assert_int_equal(part[i].type, whole[i].type);
            assert_int_equal(part[i].points, whole[i].points);
            assert_true((isnan(part[i].lower) && isnan(whole[i].lower)) ||
                        (part[i].lower <= whole[i].lower && part[i].lower >= whole[i].lower));
        }
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_later_figures_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
