#include "engine/run_chart.h"

#include <math.h>
#include <stdlib.h>

#include "engine/spc_rules.h"
#include "engine/special.h"

#define CROSSINGS_CHANCE 0.05
#define SIDE_CHANCE 0.5

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_of(double *figures, size_t count)
{
    if (count == 0) {
        return NAN;
    }
    qsort(figures, count, sizeof *figures, by_value);
    double upper = figures[count / 2];
    return count % 2 == 1 ? upper : figures[count / 2 - 1] / 2 + upper / 2;
}

static void count_runs(const double *values, size_t count, struct run_chart *c)
{
    int side = 0;
    size_t run = 0, gap = 0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(values[i])) {
            gap++;
            continue;
        }
        int way = (values[i] > c->median) - (values[i] < c->median);
        bool is_broken = gap >= SPC_GAP;
        gap = 0;
        if (way == 0) {
            run = is_broken ? 0 : run;
            continue;
        }
        c->crossings += side != 0 && way != side;
        run = way == side && !is_broken ? run + 1 : 1;
        side = way;
        c->useful++;
        c->longest_run = run > c->longest_run ? run : c->longest_run;
    }
}

struct run_chart run_chart_about(const double *values, size_t count, double line)
{
    struct run_chart c = {.median = line};
    for (size_t i = 0; i < count; i++) {
        c.points += isnan(values[i]) ? 0 : 1;
    }
    count_runs(values, count, &c);
    if (c.useful == 0) {
        return c;
    }
    double tries = (double)(c.useful - 1);
    c.longest_expected = (size_t)lround(log2((double)c.useful)) + 3;
    c.crossings_expected = (size_t)binomial_quantile(CROSSINGS_CHANCE, tries, SIDE_CHANCE);
    c.is_enough = c.useful >= RUN_CHART_ENOUGH;
    c.has_long_run = c.is_enough && c.longest_run > c.longest_expected;
    c.has_few_crossings = c.is_enough && c.crossings < c.crossings_expected;
    return c;
}

struct run_chart run_chart_evaluate(const double *values, size_t count, double *scratch)
{
    size_t points = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(values[i])) {
            scratch[points++] = values[i];
        }
    }
    return run_chart_about(values, count, median_of(scratch, points));
}
