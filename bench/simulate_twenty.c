// A swing of two cases in twenty is never called a failure, at any level from none to all: what the
// pages say, beside what the formulas alone would (docs/decisions/0005-two-in-twenty.md).
#include <math.h>
#include <stdio.h>

#include "domain/limits.h"
#include "domain/standing.h"
#include "engine/interval.h"
#include "simulate.h"

enum { CASES = 20, SWING = 2, POINTS = 25, YEAR_START = 4 };
#define PER_CASE (100.0 / CASES)

struct found {
    size_t verdicts, worse, worse_alone; // alone: by the interval, whatever it rests on
    size_t charts, failing, beyond, beyond_alone, runs;
};

// A percentage of which more, or fewer, is better.
static struct measure percentage(enum polarity polarity)
{
    return (struct measure){.code = "T",
                            .title = "Of twenty",
                            .value_type = VALUE_PERCENT,
                            .polarity = polarity,
                            .frequency = PERIOD_QUARTER,
                            .decimals = 1,
                            .limits = "mdc"};
}

// Two cases the wrong way, or as many as there are.
static int swung(int level, enum polarity polarity)
{
    int cases = polarity == POLARITY_HIGHER ? level - SWING : level + SWING;
    return cases < 0 ? 0 : cases > CASES ? CASES : cases;
}

static bool is_failure(enum verdict v)
{
    return v == VERDICT_WORSE || v == VERDICT_WORST;
}

// Beside a benchmark at the level.
static void judge_verdict(const struct measure *m, int level, struct found *f)
{
    int cases = swung(level, m->polarity);
    struct confidence c = confidence_of_percent(95);
    struct interval i = interval_over(interval_wilson(cases, CASES, &c), 1, 100);
    struct standing_row row = {.value = dec_int(cases * 100 / CASES),
                               .numerator = dec_int(cases),
                               .denominator = dec_int(CASES),
                               .lower = i.lower,
                               .upper = i.upper};
    standing_judge(m, &row, level * PER_CASE);
    f->verdicts++;
    f->worse += is_failure(row.verdict);
    f->worse_alone += row.few_cases || is_failure(row.verdict);
}

// A stable percentage of twenty over six years; the latest figure two cases off; the level is the
// target.
static void judge_chart(struct dice *d, const struct council *c, const struct measure *m, int level,
                        struct found *f, struct arena *scratch)
{
    struct figure figures[POINTS];
    struct result results[POINTS];
    struct period p = period_of(PERIOD_QUARTER, c->today, YEAR_START);
    for (size_t i = 0; i < POINTS; i++, p = period_step(p, 1, YEAR_START)) {
        int cases = i + 1 < POINTS ? dice_binomial(d, CASES, (double)level / CASES)
                                   : swung(level, m->polarity);
        struct dec value = dec_int(cases * 100 / CASES);
        figures[i] = (struct figure){.period = p,
                                     .value = value,
                                     .numerator = dec_int(cases),
                                     .denominator = dec_int(CASES)};
        results[i] = (struct result){.period = p, .value = value};
    }
    struct target target = {.period = results[POINTS - 1].period,
                            .target = dec_int(level * 100 / CASES)};
    struct series s = {.part = "",
                       .figures = figures,
                       .figure_count = POINTS,
                       .targets = &target,
                       .target_count = 1,
                       .results = results,
                       .result_count = POINTS};
    const struct limits *l = limits_evaluate(scratch, c, m, &s, POINTS);
    double value = dec_to_double(results[POINTS - 1].value);
    bool by_place = l->signal.rule == SPC_OUTSIDE || l->signal.rule == SPC_TWO_IN_THREE;
    f->charts++;
    f->failing += l->assurance == ASSURANCE_FAIL;
    f->beyond += variation_is_concern(l->variation) && by_place;
    f->runs += variation_is_concern(l->variation) && !by_place;
    f->beyond_alone += value < l->lower || value > l->upper;
}

void simulate_two_in_twenty(struct table *t, struct dice *d, size_t size)
{
    const struct measure ways[] = {percentage(POLARITY_HIGHER), percentage(POLARITY_LOWER)};
    const struct council c = {
        .today = day_from_ymd(2010, 4, 1), .at = DAY_NONE, .year_start = YEAR_START};
    struct found f = {0};
    for (int level = 0; level <= CASES; level++) {
        judge_verdict(&ways[0], level, &f);
        judge_verdict(&ways[1], level, &f);
    }
    enum { BATCH = 2000 };
    for (size_t from = 0; from < size; from += BATCH) {
        struct arena *scratch = arena_new(0);
        if (scratch == NULL || ARENA_TRAP(scratch)) {
            arena_free(scratch);
            table_never(t, "memory ran out", 1, 1);
            return;
        }
        for (size_t i = from; i < from + BATCH && i < size; i++) {
            judge_chart(d, &c, &ways[i % 2], (int)(i / 2 % (CASES + 1)), &f, scratch);
        }
        arena_free(scratch);
    }
    table_head("Twenty cases, the latest figure two of them the wrong way, levels from 0 to 20 of "
               "20",
               "");
    table_never(t, "a page calls it worse than a benchmark at that level", f.worse, f.verdicts);
    table_count(t, "the interval alone would (`analyse against`)", f.worse_alone, f.verdicts);
    table_never(t, "a page calls it a worsening for where it lies", f.beyond, f.charts);
    table_count(t, "it lies outside the limits of its own chart (`analyse spc`)", f.beyond_alone,
                f.charts);
    table_never(t, "a page calls a target at that level out of reach", f.failing, f.charts);
    table_count(t, "it ends a run of seven figures, and a page says so", f.runs, f.charts);
}
