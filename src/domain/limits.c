#include "domain/limits.h"

#include <string.h>

#include "domain/few_cases.h"
#include "domain/limits_chart.h"
#include "domain/reading_steps.h"

// ---- whether there is anything to say ----

static enum limits_why why_not(const struct measure *m)
{
    enum period_kind kind = m->frequency;
    if (m->limits != NULL && strcmp(m->limits, "none") == 0) {
        return LIMITS_NOT_WANTED;
    }
    if (m->value_type == VALUE_TEXT || m->value_type == VALUE_YES_NO) {
        return LIMITS_WORDS;
    }
    if (m->state == MEASURE_DEVELOPMENT) {
        return LIMITS_IN_DEVELOPMENT;
    }
    if (m->cumulative) {
        return LIMITS_CUMULATIVE;
    }
    bool regular = kind != PERIOD_NONE && kind != PERIOD_SPAN && kind != PERIOD_YEARS;
    return regular ? LIMITS_SAID : LIMITS_IRREGULAR;
}

static struct spc_how how_of(const struct measure *m)
{
    static const enum improvement better[] = {
        [POLARITY_NONE] = IMPROVEMENT_NEUTRAL,
        [POLARITY_HIGHER] = IMPROVEMENT_INCREASE,
        [POLARITY_LOWER] = IMPROVEMENT_DECREASE,
        [POLARITY_RANGE] = IMPROVEMENT_NEUTRAL,
    };
    bool package = m->limits != NULL && strcmp(m->limits, "plotthedots") == 0;
    struct spc_how how = spc_how_default(package ? SPC_PLOTTHEDOTS : SPC_MDC);
    how.improvement = better[m->polarity];
    how.enough = SPC_ENOUGH; // whatever the profile: fewer say too little
    return how;
}

static bool is_gap(const struct result *r)
{
    return !r->value.present || r->computed == STATUS_SUPPRESSED ||
           r->computed == STATUS_NOT_APPLICABLE;
}

size_t limits_rows(const struct series *s, struct period until)
{
    size_t low = 0, high = s->result_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->results[middle].period.end <= until.end) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

size_t limits_rebase_row(const struct series *s, size_t rows, struct period rebase)
{
    size_t row = 0;
    while (row < rows && s->results[row].period.start < rebase.start) {
        row++;
    }
    return row;
}

// ---- what it is held against ----

static struct spc_target target_of(const struct council *c, const struct measure *m,
                                   const struct series *s, struct period p)
{
    struct reading r = {.measure = m, .series = s, .period = p};
    const struct target *t = series_target(s, p);
    t = t != NULL ? t : reading_year_target(c, &r);
    if (t == NULL || m->polarity == POLARITY_NONE) {
        return SPC_NO_TARGET;
    }
    if (m->polarity == POLARITY_RANGE) {
        return (struct spc_target){NAN, dec_to_double(t->lower), dec_to_double(t->upper)};
    }
    return (struct spc_target){dec_to_double(t->target), NAN, NAN};
}

// ---- the engine's answer, less what too few figures do not bear out ----

static void forget_trials(struct spc_segment *segments, size_t count, struct spc_point *points)
{
    for (size_t i = 0; i < count; i++) {
        struct spc_segment *at = &segments[i];
        if (at->present >= SPC_ENOUGH) {
            continue;
        }
        at->mean = at->lower = at->upper = at->near_lower = at->near_upper = NAN;
        at->moving_range = NAN;
        for (size_t row = at->first; row < at->end; row++) {
            points[row].flags = 0;
            points[row].variation = VARIATION_NONE;
            points[row].type =
                points[row].type == SPC_NO_TYPE ? (uint8_t)SPC_NO_TYPE : (uint8_t)SPC_COMMON;
        }
    }
}

static bool any_is_enough(const struct limits *l, const struct spc_segment *segments)
{
    for (size_t i = 0; i < l->segment_count; i++) {
        double line = l->chart == LIMITS_RUN ? segments[i].mean : segments[i].lower;
        if (segments[i].present >= limits_enough(l) && !isnan(line)) {
            return true;
        }
    }
    return false;
}

struct limits_row limits_at(const struct limits *l, size_t row)
{
    if (l->segment_count == 0) {
        return (struct limits_row){NAN, NAN, NAN};
    }
    const struct spc_segment *at = &l->segments[l->points[row].segment];
    struct limits_row whole = {isnan(at->lower) ? NAN : at->mean, at->lower, at->upper};
    return l->own != NULL ? l->own[row] : whole;
}

static enum limits_why why_of(const struct spc_summary *summary)
{
    switch (summary->why) {
    case SPC_WHY_NOT: return LIMITS_SAID;
    case SPC_NO_POINTS: return LIMITS_NO_FIGURES;
    case SPC_NO_RANGE: return LIMITS_APART;
    case SPC_OUT_OF_DATE: return LIMITS_OUT_OF_DATE;
    case SPC_ONE_POINT:
    case SPC_TRIAL: break;
    }
    return LIMITS_TOO_FEW;
}

// Where segments start; NULL where nobody agreed on a step change.
static const bool *starts_of(struct arena *a, const struct series *s, size_t rows)
{
    if (s->rebase_count == 0) {
        return NULL;
    }
    bool *starts = ARENA_ARRAY(a, rows, bool);
    for (size_t i = 0; i < s->rebase_count; i++) {
        size_t row = limits_rebase_row(s, rows, s->rebases[i].period);
        if (row < rows) {
            starts[row] = true;
        }
    }
    return starts;
}

// What a few cases come to in each row.
static const double *reach_of(struct arena *a, const struct measure *m, const struct series *s,
                              size_t rows)
{
    double *reach = ARENA_ARRAY(a, rows, double);
    for (size_t i = 0, at = 0; i < rows; i++) {
        while (at < s->figure_count &&
               period_compare(s->figures[at].period, s->results[i].period) < 0) {
            at++;
        }
        bool there =
            at < s->figure_count && period_equal(s->figures[at].period, s->results[i].period);
        reach[i] = there ? few_cases_reach(m, dec_to_double(s->figures[at].denominator)) : 0;
    }
    return reach;
}

// A few cases of the latest figure's denominator do not put a target out of reach.
static bool is_target_near(const struct limits *l)
{
    const struct spc_target *t = &l->target;
    double end = !isnan(t->target) ? t->target : t->high < l->lower ? t->high : t->low;
    double reach = l->reach[l->latest];
    return l->assurance == ASSURANCE_FAIL && reach > 0 && fabs(end - l->mean) <= reach;
}

// A run chart has no limits for the engine's summary to read.
static enum limits_why why_latest(const struct limits *l, const struct spc_segment *last,
                                  const struct spc_summary *summary)
{
    bool run = l->chart == LIMITS_RUN;
    if (last->present < limits_enough(l) || (run && isnan(last->mean))) {
        return LIMITS_TOO_FEW;
    }
    if (run) {
        return summary->missing_since > SPC_STALE ? LIMITS_OUT_OF_DATE : LIMITS_SAID;
    }
    return why_of(summary);
}

static void take_summary(struct limits *l, const struct council *c, const struct measure *m,
                         const struct series *s, const struct spc_how *how)
{
    const struct spc_segment *last = &l->segments[l->segment_count - 1];
    struct spc_summary summary = spc_summarise(l->segments, l->segment_count, l->points, l->values,
                                               l->rows, how, &SPC_NO_TARGET);
    l->latest = summary.latest;
    l->figures = last->present;
    l->target = target_of(c, m, s, s->results[summary.latest].period);
    summary = spc_summarise(l->segments, l->segment_count, l->points, l->values, l->rows, how,
                            &l->target);
    l->why = why_latest(l, last, &summary);
    l->mean = last->mean;
    l->lower = last->lower;
    l->upper = last->upper;
    l->screen_fell_back = last->screen_fell_back;
    if (l->why == LIMITS_SAID) {
        l->variation = (enum variation)l->points[l->latest].variation;
        // A run chart that shows nothing rules nothing out either, with so few figures; and too few
        // crossings are a signal without a direction. Neither has a word.
        bool neither = l->chart == LIMITS_RUN && l->variation == VARIATION_COMMON_CAUSE;
        l->variation = neither ? VARIATION_NONE : l->variation;
        l->assurance = summary.assurance;
        l->target_is_near = is_target_near(l);
        l->assurance = l->target_is_near ? ASSURANCE_NONE : l->assurance;
        l->signal = limits_find_signal(l);
    }
}

static void evaluate(struct arena *a, struct limits *l, const struct council *c,
                     const struct measure *m, const struct series *s)
{
    double *values = ARENA_ARRAY(a, l->rows, double);
    for (size_t i = 0; i < l->rows; i++) {
        values[i] = is_gap(&s->results[i]) ? NAN : dec_to_double(s->results[i].value);
    }
    const bool *starts = starts_of(a, s, l->rows);
    struct spc_how how = how_of(m);
    how.reach = l->reach = reach_of(a, m, s, l->rows);
    struct spc_segment *segments =
        ARENA_ARRAY(a, spc_segments(values, starts, l->rows), struct spc_segment);
    struct spc_point *points = ARENA_ARRAY(a, l->rows, struct spc_point);
    l->segment_count = spc_evaluate(values, starts, l->rows, &how, segments, points);
    const struct limits_work work = {m, s, values, segments, points, &how};
    limits_chart(a, l, &work);
    if (l->chart == LIMITS_XMR) {
        forget_trials(segments, l->segment_count, points);
    }
    if (!any_is_enough(l, segments)) {
        l->figures = l->figures < SPC_ENOUGH ? l->figures : segments[l->segment_count - 1].present;
        bool few = l->figures < SPC_ENOUGH || l->chart == LIMITS_RUN;
        l->why = few ? LIMITS_TOO_FEW : LIMITS_APART;
        l->chart = LIMITS_XMR; // of no chart at all nothing is told but why
        l->own = NULL;
        l->segment_count = 0;
        return;
    }
    l->values = values;
    l->segments = segments;
    l->points = points;
    take_summary(l, c, m, s, &how);
}

const struct limits *limits_evaluate(struct arena *a, const struct council *c,
                                     const struct measure *m, const struct series *s, size_t rows)
{
    struct limits *l = ARENA_NEW(a, struct limits);
    l->mean = l->lower = l->upper = NAN;
    l->target = SPC_NO_TARGET;
    l->rows = rows;
    l->why = why_not(m);
    if (l->why != LIMITS_SAID) {
        return l;
    }
    for (size_t i = 0; i < rows; i++) {
        if (!is_gap(&s->results[i])) {
            l->figures++;
            l->latest = i;
        }
    }
    if (l->figures == 0) {
        l->why = LIMITS_NO_FIGURES;
    } else if (l->figures < (limits_may_run(m) ? (size_t)RUN_CHART_ENOUGH : SPC_ENOUGH)) {
        l->why = LIMITS_TOO_FEW;
    } else {
        evaluate(a, l, c, m, s);
    }
    return l;
}

// ---- as a reading sees it ----

// Whether the latest figure is older than SPC_STALE periods at `until`. The results may end before
// it: where figures stopped and no target was set, nothing was expected any more.
static bool is_stale(const struct council *c, const struct measure *m, const struct series *s,
                     const struct limits *l, struct period until)
{
    struct period p = s->results[l->latest].period;
    for (int i = 0; i <= SPC_STALE; i++) {
        p = period_step(p, 1, c->year_start);
    }
    return m->frequency != PERIOD_NONE && p.kind != PERIOD_NONE && p.end <= until.end;
}

const struct limits *limits_of(struct arena *a, const struct council *c, const struct reading *r)
{
    const struct series *s = r->series;
    const struct measure *m = r->measure;
    size_t rows = limits_rows(s, r->period);
    const struct limits *l = s->limits != NULL && s->limits->rows == rows
                                 ? s->limits
                                 : limits_evaluate(a, c, m, s, rows);
    if (l->why != LIMITS_SAID || !is_stale(c, m, s, l, r->period)) {
        return l;
    }
    struct limits *old = ARENA_NEW(a, struct limits);
    *old = *l;
    old->why = LIMITS_OUT_OF_DATE;
    old->variation = VARIATION_NONE;
    old->assurance = ASSURANCE_NONE;
    old->signal = (struct limits_signal){.first = old->latest};
    return old;
}
