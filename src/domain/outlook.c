#include "domain/outlook.h"

#include <math.h>
#include <string.h>

#include "domain/reading_steps.h"

enum { PERIODS_BACK = 120 }; // ten years of months

// The figures by period of the measure's frequency; NaN where there is none.
struct course {
    double *values, *numerators, *denominators;
    size_t count;
    int elapsed, of;
};

static int periods_a_year(enum period_kind kind)
{
    return kind == PERIOD_MONTH ? 12 : kind == PERIOD_QUARTER ? 4 : 0;
}

static void put_figure(struct course *k, size_t at, const struct measure *m, const struct figure *f)
{
    struct dec none = DEC_NONE;
    k->values[at] = dec_to_double(f == NULL ? none : reading_value(m, f));
    k->numerators[at] = dec_to_double(f == NULL ? none : f->numerator);
    k->denominators[at] = dec_to_double(f == NULL ? none : f->denominator);
}

// From the first figure, ten years back at most, to the last one of the year up to `until`.
static struct course course_of(const struct council *c, const struct reading *r, struct period year,
                               struct arena *a)
{
    const struct measure *m = r->measure;
    struct course k = {.of = periods_a_year(m->frequency)};
    struct period p = period_of(m->frequency, year.start, c->year_start);
    p = period_step(p, -PERIODS_BACK, c->year_start);
    struct period first = PERIOD_ABSENT;
    for (size_t i = 0; i < r->series->figure_count; i++) {
        if (r->series->figures[i].period.kind == m->frequency) {
            first = r->series->figures[i].period;
            break;
        }
    }
    if (first.kind == PERIOD_NONE) {
        return k;
    }
    if (p.kind == PERIOD_NONE || period_compare(p, first) < 0) {
        p = first;
    }
    size_t room = PERIODS_BACK + (size_t)k.of;
    k.values = ARENA_ARRAY(a, room, double);
    k.numerators = ARENA_ARRAY(a, room, double);
    k.denominators = ARENA_ARRAY(a, room, double);
    size_t last = 0, at = 0, before_year = 0;
    for (; at < room && p.kind != PERIOD_NONE && p.end <= r->asked.end && p.end <= year.end; at++) {
        put_figure(&k, at, m, series_figure(r->series, p));
        if (p.start < year.start) {
            before_year = at + 1;
        } else if (!isnan(k.values[at])) {
            last = at + 1;
        }
        p = period_step(p, 1, c->year_start);
    }
    k.count = last > before_year ? last : before_year;
    k.elapsed = (int)(k.count - before_year);
    return k;
}

// Figures of the year so far to figures of each period. The first period on the course that does
// not begin a year has nothing before it.
static void take_differences(double *values, size_t count, int elapsed, int of)
{
    size_t year_at = count - (size_t)elapsed;
    size_t of_year = (size_t)of;
    for (size_t i = count; i > 0; i--) {
        size_t at = i - 1;
        // Position within its year, of which one begins at year_at.
        size_t within = (at + of_year * (count / of_year + 1) - year_at) % of_year;
        if (within != 0) {
            values[at] = at == 0 ? NAN : values[at] - values[at - 1];
        }
    }
}

static bool has_parts(const struct course *k)
{
    for (size_t i = k->count - (size_t)k->elapsed; i < k->count; i++) {
        if (!isnan(k->numerators[i]) && !isnan(k->denominators[i])) {
            return true;
        }
    }
    return false;
}

static bool is_share(const struct measure *m)
{
    return m->value_type == VALUE_PERCENT || m->value_type == VALUE_RATE ||
           m->value_type == VALUE_RATIO;
}

static double multiplier_of(const struct measure *m)
{
    return m->value_type == VALUE_PERCENT              ? 100
           : m->value_type == VALUE_RATE && m->per > 0 ? (double)m->per
                                                       : 1;
}

// The method the measure asks for; false where it is left to the engine.
static bool method_of(const struct measure *m, enum forecast_method *out)
{
    for (int i = 0; m->forecast_by != NULL && i < FORECAST_METHOD_COUNT; i++) {
        if (strcmp(m->forecast_by, forecast_method_code((enum forecast_method)i)) == 0) {
            *out = (enum forecast_method)i;
            return true;
        }
    }
    return false;
}

static void forecast_share(struct outlook *o, const struct measure *m, const struct course *k,
                           double target, struct arena *a)
{
    struct forecast_ratio_input in = {.numerators = k->numerators,
                                      .denominators = k->denominators,
                                      .count = k->count,
                                      .elapsed = k->elapsed,
                                      .periods_a_year = k->of,
                                      .target = target,
                                      .multiplier = multiplier_of(m),
                                      .is_percentage = m->value_type == VALUE_PERCENT};
    if (!method_of(m, &o->method)) {
        o->method = forecast_ratio_default(a, &in);
    }
    o->result = forecast_ratio(a, &in, o->method);
}

static void forecast_flow(struct outlook *o, const struct measure *m, const struct course *k,
                          double target)
{
    struct forecast_input in = {k->values, k->count, k->elapsed, k->of, target};
    if (!method_of(m, &o->method)) {
        o->method = forecast_default(&in);
    }
    o->result = forecast_outturn(&in, o->method);
    o->range = forecast_range(&in);
}

static void forecast_latest(struct outlook *o, const struct measure *m, const struct course *k,
                            double target)
{
    enum forecast_method asked;
    struct forecast_input in = {k->values, k->count, k->elapsed, k->of, target};
    o->is_stock = true;
    o->result = forecast_stock(&in, method_of(m, &asked) && asked == FORECAST_TREND);
}

static void each_counts_one(struct course *k)
{
    for (size_t i = 0; i < k->count; i++) {
        k->numerators[i] = k->values[i];
        k->denominators[i] = isnan(k->values[i]) ? NAN : 1;
    }
}

// A measure whose figures are the year so far.
static void forecast_cumulative(struct outlook *o, const struct measure *m, struct course *k,
                                double target, struct arena *a)
{
    if (is_share(m) && has_parts(k)) {
        take_differences(k->numerators, k->count, k->elapsed, k->of);
        take_differences(k->denominators, k->count, k->elapsed, k->of);
        forecast_share(o, m, k, target, a);
    } else if (is_share(m) || m->value_type == VALUE_DAYS || m->value_type == VALUE_SCORE) {
        forecast_latest(o, m, k, target);
    } else {
        take_differences(k->values, k->count, k->elapsed, k->of);
        forecast_flow(o, m, k, target);
    }
}

// Fills method and result; false with `why` where there is nothing to compute.
static bool compute(struct outlook *o, const struct reading *r, struct course *k, double target,
                    struct arena *a)
{
    const struct measure *m = r->measure;
    if (m->cumulative && m->aggregation != AGGREGATE_NONE) {
        forecast_cumulative(o, m, k, target, a);
        return true;
    }
    switch (m->aggregation) {
    case AGGREGATE_SUM: forecast_flow(o, m, k, target); return true;
    case AGGREGATE_LAST: forecast_latest(o, m, k, target); return true;
    case AGGREGATE_MEAN:
        each_counts_one(k);
        forecast_share(o, m, k, target, a);
        return true;
    case AGGREGATE_RATIO:
        if (!has_parts(k)) {
            o->why = OUTLOOK_NO_PARTS;
            return false;
        }
        forecast_share(o, m, k, target, a);
        return true;
    case AGGREGATE_NONE: break;
    }
    o->why = OUTLOOK_NOT_ADDED_UP;
    return false;
}

static bool is_forecast_at_all(const struct measure *m)
{
    return m->state == MEASURE_LIVE && m->value_type != VALUE_TEXT &&
           m->value_type != VALUE_YES_NO &&
           (m->forecast_by == NULL || strcmp(m->forecast_by, "none") != 0);
}

// What the year would be judged by: its own target, else (of what does not add up) the one in
// force.
static struct status_input judged_by(const struct reading *year, const struct reading *now)
{
    struct status_input in = year->why.input;
    const struct measure *m = year->measure;
    bool none = !in.target.present && !in.lower.present && !in.upper.present;
    bool adds_up = m->aggregation == AGGREGATE_SUM ||
                   (m->cumulative && !is_share(m) && m->value_type != VALUE_DAYS);
    if (none && !adds_up) {
        in.target = now->why.input.target;
        in.lower = now->why.input.lower;
        in.upper = now->why.input.upper;
        in.amber = now->why.input.amber;
    }
    in.state = FIGURE_PRESENT;
    in.present = in.expected = 0;
    in.denominator = DEC_NONE; // of so far, not of the year
    return in;
}

static void judge(struct outlook *o, struct status_input in, const struct reading *year)
{
    in.value = o->value;
    o->judged = status_evaluate(&in, &year->why.rule);
    o->status = o->judged.status;
}

static void take_result(struct outlook *o, const struct measure *m, const struct status_input *in)
{
    const struct forecast_result *f = &o->result;
    if (isnan(f->outturn)) {
        o->why = OUTLOOK_NO_METHOD;
        return;
    }
    o->computed = dec_from_double(f->outturn, m->decimals);
    o->low_80 = dec_from_double(f->lower_80, m->decimals);
    o->high_80 = dec_from_double(f->upper_80, m->decimals);
    if (in->target.present && m->polarity == POLARITY_HIGHER) {
        o->chance = f->probability;
    } else if (in->target.present && m->polarity == POLARITY_LOWER) {
        o->chance = 1 - f->probability;
    }
}

struct outlook outlook_of(const struct council *c, const struct reading *r, struct arena *scratch)
{
    const struct measure *m = r->measure;
    struct outlook o = {.year = period_of(PERIOD_YEAR, r->asked.end, c->year_start),
                        .chance = NAN,
                        .status = STATUS_COUNT,
                        .result = {.outturn = NAN}};
    o.of = periods_a_year(m->frequency);
    if (o.year.kind == PERIOD_NONE || !is_forecast_at_all(m)) {
        o.why = OUTLOOK_NOT_FORECAST;
        return o;
    }
    struct reading year = reading_of(c, m, r->series, o.year);
    o.manual = series_forecast(r->series, o.year);
    if (r->asked.end >= o.year.end && period_equal(year.period, o.year) && year.value.present &&
        year.why.input.state == FIGURE_PRESENT) {
        o.kind = OUTLOOK_OUTTURN;
        o.value = dec_round(year.value, m->decimals);
        o.judged = year.why;
        o.status = year.status;
        return o;
    }
    struct status_input in = judged_by(&year, r);
    if (o.of == 0) {
        o.why = OUTLOOK_FREQUENCY;
    } else {
        struct course k = course_of(c, r, o.year, scratch);
        o.elapsed = k.elapsed;
        if (compute(&o, r, &k, dec_to_double(in.target), scratch)) {
            take_result(&o, m, &in);
        }
    }
    if (o.manual != NULL && o.manual->forecast.present) {
        o.kind = OUTLOOK_MANUAL;
        o.value = dec_round(o.manual->forecast, m->decimals);
    } else if (o.computed.present) {
        o.kind = OUTLOOK_COMPUTED;
        o.value = o.computed;
    }
    if (o.kind != OUTLOOK_NONE) {
        judge(&o, in, &year);
    }
    return o;
}

const struct outlook *outlooks_all(const struct council *c, const struct reading *readings,
                                   struct arena *a)
{
    struct outlook *all = ARENA_ARRAY(a, c->measure_count, struct outlook);
    for (size_t i = 0; i < c->measure_count; i++) {
        all[i] = outlook_of(c, &readings[i], a);
    }
    return all;
}

const char *outlook_kind_code(enum outlook_kind k)
{
    static const char *const codes[] = {[OUTLOOK_NONE] = "",
                                        [OUTLOOK_COMPUTED] = "computed",
                                        [OUTLOOK_MANUAL] = "manual",
                                        [OUTLOOK_OUTTURN] = "outturn"};
    return codes[k];
}
