#include "domain/limits_chart.h"

#include <string.h>

#include "engine/spc_proportion.h"
#include "engine/spc_rules.h"

static bool asks_for(const struct measure *m, const char *chart)
{
    return m->limits != NULL && strcmp(m->limits, chart) == 0;
}

bool limits_may_run(const struct measure *m)
{
    return !asks_for(m, "mdc") && !asks_for(m, "plotthedots");
}

size_t limits_enough(const struct limits *l)
{
    return l->chart == LIMITS_RUN ? RUN_CHART_ENOUGH : SPC_ENOUGH;
}

// ---- numerators and denominators ----

struct shares {
    double *numerators, *denominators; // by row; NaN for a gap
    double per;                        // what a share is multiplied by
    enum spc_chart chart;
};

// Whether a figure is its numerator over its denominator, as far as its decimals tell.
static bool is_of(const struct shares *x, const struct measure *m, size_t row, double value)
{
    double over = x->numerators[row], under = x->denominators[row];
    bool can_be = over >= 0 && under > 0 && (x->chart == SPC_CHART_U_PRIME || over <= under);
    return can_be && fabs(over / under * x->per - value) <= pow(10, -m->decimals);
}

// False where the figures are no shares, or not all of them known to be.
static bool take_shares(struct arena *a, const struct limits *l, const struct limits_work *w,
                        struct shares *x)
{
    const struct measure *m = w->measure;
    const struct series *s = w->series;
    bool share = m->value_type == VALUE_PERCENT, rate = m->value_type == VALUE_RATE;
    if ((!share && !rate) || m->aggregation != AGGREGATE_RATIO) {
        return false;
    }
    *x = (struct shares){.numerators = ARENA_ARRAY(a, l->rows, double),
                         .denominators = ARENA_ARRAY(a, l->rows, double),
                         .per = share        ? 100
                                : m->per > 0 ? (double)m->per
                                             : 1,
                         .chart = share ? SPC_CHART_P_PRIME : SPC_CHART_U_PRIME};
    for (size_t row = 0, at = 0; row < l->rows; row++) {
        x->numerators[row] = x->denominators[row] = NAN;
        if (isnan(w->values[row])) {
            continue;
        }
        struct period p = s->results[row].period;
        while (at < s->figure_count && period_compare(s->figures[at].period, p) < 0) {
            at++;
        }
        if (at == s->figure_count || !period_equal(s->figures[at].period, p)) {
            return false;
        }
        x->numerators[row] = dec_to_double(s->figures[at].numerator);
        x->denominators[row] = dec_to_double(s->figures[at].denominator);
        if (!is_of(x, m, row, w->values[row])) {
            return false;
        }
    }
    return true;
}

// ---- which chart ----

static bool any_has(const struct limits *l, const struct limits_work *w, size_t figures)
{
    for (size_t i = 0; i < l->segment_count; i++) {
        if (w->segments[i].present >= figures) {
            return true;
        }
    }
    return false;
}

static enum limits_chart choose(struct arena *a, struct limits *l, const struct limits_work *w,
                                struct shares *x)
{
    const struct measure *m = w->measure;
    if (!limits_may_run(m)) {
        return LIMITS_XMR;
    }
    if (asks_for(m, "run")) {
        return LIMITS_RUN;
    }
    if (!any_has(l, w, SPC_ENOUGH)) {
        return w->segments[l->segment_count - 1].present >= RUN_CHART_ENOUGH ? LIMITS_RUN
                                                                             : LIMITS_XMR;
    }
    const char *own = m->value_type == VALUE_PERCENT ? "p_prime" : "u_prime";
    if ((m->limits != NULL && !asks_for(m, own)) || !take_shares(a, l, w, x)) {
        return LIMITS_XMR;
    }
    l->is_apt = spc_proportion_is_apt(x->denominators, l->rows);
    return !l->is_apt && m->limits == NULL ? LIMITS_XMR
           : x->chart == SPC_CHART_P_PRIME ? LIMITS_P_PRIME
                                           : LIMITS_U_PRIME;
}

// ---- runs ----

static int side_of(double value, double line)
{
    return (value > line) - (value < line);
}

static void mark_run(const struct limits_work *w, double line, int side, size_t from, size_t to)
{
    for (size_t row = from; row <= to; row++) {
        if (side_of(w->values[row], line) == side) { // neither a gap nor on the line
            w->points[row].flags |= SPC_SHIFT;
        }
    }
}

// The figures of the runs that are longer than chance gives. As engine/run_chart.h counts them: on
// the line is neither side, and two missing periods end a run.
static void mark_runs(const struct limits_work *w, const struct spc_segment *at,
                      const struct run_chart *runs)
{
    size_t first = at->first, last = first, length = 0, gap = 0;
    int side = 0;
    for (size_t row = at->first; row < at->end && runs->is_enough; row++) {
        if (isnan(w->values[row])) {
            gap++;
            continue;
        }
        bool is_broken = gap >= SPC_GAP;
        int way = side_of(w->values[row], runs->median);
        gap = 0;
        if (way == 0) {
            length = is_broken ? 0 : length;
            continue;
        }
        bool goes_on = length > 0 && way == side && !is_broken;
        first = goes_on ? first : row;
        length = goes_on ? length + 1 : 1;
        side = way;
        last = row;
        if (length > runs->longest_expected) {
            mark_run(w, runs->median, side, first, last);
        }
    }
}

// ---- one segment ----

// Far enough from anywhere the centre may lie by chance (engine/spc.h, struct spc_how).
static bool is_by_more_than_few(const struct limits_work *w, size_t row, double centre,
                                double drift)
{
    return fabs(w->values[row] - centre) > w->how->reach[row] + drift || w->how->reach[row] <= 0;
}

// Limits of each row's own; false where there are none.
static bool draw_shares(struct arena *a, const struct limits_work *w, const struct shares *x,
                        struct spc_segment *at, struct limits_row *own)
{
    size_t count = at->end - at->first;
    struct spc_proportion_point *points = ARENA_ARRAY(a, count, struct spc_proportion_point);
    struct spc_proportion p = spc_proportion_evaluate(
        x->numerators + at->first, x->denominators + at->first, count, x->chart, points);
    if (at->present < SPC_ENOUGH || isnan(p.spread)) {
        return false;
    }
    double all = 0, centre = p.centre * x->per;
    for (size_t row = at->first; row < at->end; row++) {
        all += isnan(w->values[row]) ? 0 : x->denominators[row];
    }
    double chance = x->chart == SPC_CHART_P_PRIME ? p.centre * (1 - p.centre) : p.centre;
    double drift = 3 * p.spread * sqrt(chance / all) * x->per;
    for (size_t i = 0; i < count; i++) {
        size_t row = at->first + i;
        own[row] = (struct limits_row){centre, points[i].lower * x->per, points[i].upper * x->per};
        if (isnan(w->values[row])) {
            continue;
        }
        w->values[row] = points[i].value * x->per; // unrounded, as its limits are
        at->lower = own[row].lower;
        at->upper = own[row].upper;
        if (points[i].is_outside && is_by_more_than_few(w, row, centre, drift)) {
            w->points[row].flags |= SPC_OUTSIDE;
        }
    }
    at->mean = centre;
    return true;
}

static void draw_median(const struct spc_segment *at, double median, struct limits_row *own)
{
    for (size_t row = at->first; row < at->end; row++) {
        own[row].mean = median;
    }
}

static void forget(const struct limits_work *w, struct spc_segment *at, struct limits_row *own)
{
    at->mean = at->lower = at->upper = at->near_lower = at->near_upper = NAN;
    at->moving_range = NAN;
    at->is_trial = at->screen_fell_back = false;
    for (size_t row = at->first; row < at->end; row++) {
        own[row] = (struct limits_row){NAN, NAN, NAN};
        w->points[row].flags = 0;
        w->points[row].variation = VARIATION_NONE;
        w->points[row].type = (uint8_t)(isnan(w->values[row]) ? SPC_NO_TYPE : SPC_COMMON);
    }
}

static void name_points(const struct limits_work *w, const struct spc_segment *at)
{
    for (size_t row = at->first; row < at->end; row++) {
        struct spc_point *p = &w->points[row];
        if (!isnan(w->values[row])) {
            int side = side_of(w->values[row], at->mean);
            p->type = (uint8_t)spc_type_of(p->flags, side, 0);
            p->variation = (uint8_t)spc_variation_of(p->flags, side, 0, w->how);
        }
    }
}

void limits_chart(struct arena *a, struct limits *l, const struct limits_work *w)
{
    struct shares x = {0};
    enum limits_chart chart = choose(a, l, w, &x);
    if (chart == LIMITS_XMR) {
        return;
    }
    struct limits_row *own = ARENA_ARRAY(a, l->rows, struct limits_row);
    double *scratch = ARENA_ARRAY(a, l->rows, double);
    for (size_t i = 0; i < l->segment_count; i++) {
        struct spc_segment *at = &w->segments[i];
        const double *values = w->values + at->first;
        size_t count = at->end - at->first;
        forget(w, at, own);
        struct run_chart runs = {0};
        if (chart == LIMITS_RUN) {
            runs = run_chart_evaluate(values, count, scratch);
            if (!runs.is_enough) {
                continue;
            }
            at->mean = runs.median;
            draw_median(at, runs.median, own);
        } else if (draw_shares(a, w, &x, at, own)) {
            runs = run_chart_about(values, count, at->mean);
        } else {
            continue;
        }
        mark_runs(w, at, &runs);
        name_points(w, at);
        bool latest = i + 1 == l->segment_count && chart == LIMITS_RUN;
        l->few_crossings = latest && runs.has_few_crossings;
        l->crossings = latest ? runs.crossings : 0;
        l->crossings_expected = latest ? runs.crossings_expected : 0;
    }
    l->chart = chart;
    l->own = own;
}
