#include "domain/reading.h"

#include <string.h>

// What the figure of one period is, before it is judged.
struct found {
    const struct figure *figure;
    struct aggregate_result made; // when made of parts
    bool is_made;
};

static int64_t multiplier_of(const struct measure *m)
{
    switch (m->value_type) {
    case VALUE_PERCENT: return 100;
    case VALUE_RATE: return m->per > 0 ? m->per : 1;
    default: return 1;
    }
}

static struct aggregate_how how_of(const struct council *c, const struct measure *m)
{
    // Straight to the places shown: rounded twice, 74.9499996 would become 75.0.
    enum aggregation as = m->aggregation;
    if (m->cumulative && as != AGGREGATE_NONE) {
        as = AGGREGATE_LAST; // the figures are the year so far already
    }
    return (struct aggregate_how){as, multiplier_of(m), m->decimals, c->year_start};
}

// The value of a figure: as given, or of its numerator and denominator.
static struct dec value_of(const struct measure *m, const struct figure *f, int decimals)
{
    if (f->value.present || !f->numerator.present || !f->denominator.present) {
        return f->value;
    }
    return dec_ratio(f->numerator, f->denominator, multiplier_of(m), decimals);
}

static bool is_coarse(enum period_kind kind)
{
    return kind == PERIOD_ACADEMIC_YEAR || kind == PERIOD_CALENDAR_YEAR ||
           kind == PERIOD_CALENDAR_QUARTER || kind == PERIOD_YEARS || kind == PERIOD_SPAN ||
           kind == PERIOD_NONE;
}

// Months that a kind of the financial year covers; 0 for those outside it.
static int months_of(enum period_kind kind)
{
    switch (kind) {
    case PERIOD_MONTH: return 1;
    case PERIOD_QUARTER: return 3;
    case PERIOD_HALF: return 6;
    case PERIOD_YEAR: return 12;
    default: return 0;
    }
}

static bool is_finer(enum period_kind kind, enum period_kind than)
{
    int months = months_of(kind);
    return months > 0 && months < months_of(than);
}

// First period for which anything is known or wanted; PERIOD_ABSENT when there is none.
static struct period first_period(const struct series *s)
{
    struct period first = PERIOD_ABSENT;
    if (s->figure_count > 0) {
        first = s->figures[0].period;
    }
    if (s->target_count > 0 &&
        (first.kind == PERIOD_NONE || period_compare(s->targets[0].period, first) < 0)) {
        first = s->targets[0].period;
    }
    return first;
}

static day due_of(const struct measure *m, struct period p)
{
    return p.end + m->lag_days;
}

// The period of the measure's own frequency that answers for `asked`.
static struct period answering(const struct council *c, const struct reading *r)
{
    const struct measure *m = r->measure;
    enum period_kind kind = m->frequency;
    if (kind == r->asked.kind || is_finer(kind, r->asked.kind)) {
        return r->asked;
    }
    if (kind == PERIOD_NONE || kind == PERIOD_SPAN || kind == PERIOD_YEARS) {
        // No regular frequency: the latest figure that ended by then.
        for (size_t i = r->series->figure_count; i > 0; i--) {
            if (r->series->figures[i - 1].period.end <= r->asked.end) {
                return r->series->figures[i - 1].period;
            }
        }
        return r->asked;
    }
    struct period p = period_of(kind, r->asked.end, c->year_start);
    if (p.end > r->asked.end) {
        p = period_step(p, -1, c->year_start);
    }
    // Its status stands until the next one is due.
    if (series_figure(r->series, p) == NULL && c->today < due_of(m, p)) {
        struct period before = period_step(p, -1, c->year_start);
        if (series_figure(r->series, before) != NULL) {
            return before;
        }
    }
    return p;
}

static struct found find_figure(const struct council *c, const struct measure *m,
                                const struct series *s, struct period p)
{
    struct found found = {.figure = series_figure(s, p)};
    if (found.figure != NULL || !is_finer(m->frequency, p.kind)) {
        return found;
    }
    // Only the few parts inside the period are looked at: halve to the first that ends in it.
    size_t low = 0, high = s->figure_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->figures[middle].period.end < p.start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    struct aggregate_how how = how_of(c, m);
    enum { PARTS_MAX = 12 };
    struct part_figure parts[PARTS_MAX];
    size_t count = 0;
    for (size_t i = low; i < s->figure_count && count < PARTS_MAX; i++) {
        const struct figure *f = &s->figures[i];
        if (f->period.start > p.end) {
            break;
        }
        if (f->period.kind != m->frequency || !period_contains(p, f->period)) {
            continue;
        }
        if (f->value.present || f->numerator.present) {
            parts[count++] = (struct part_figure){f->period, value_of(m, f, how.decimals),
                                                  f->numerator, f->denominator};
        }
        found.figure = f; // the last part: its marker speaks when nothing can be made
    }
    found.made = aggregate_period(parts, count, p, &how);
    found.made.expected = period_count(p, m->frequency, c->year_start);
    found.is_made = true;
    return found;
}

static const struct target *year_target(const struct council *c, const struct reading *r)
{
    const struct measure *m = r->measure;
    if (m->cumulative || m->aggregation == AGGREGATE_SUM || is_coarse(r->period.kind) ||
        r->period.kind == PERIOD_YEAR) {
        return NULL;
    }
    return series_target(r->series, period_of(PERIOD_YEAR, r->period.end, c->year_start));
}

// The target of a sum made of parts: the sum of theirs, when all are there.
static bool sum_targets(const struct council *c, const struct reading *r, struct target *out)
{
    const struct measure *m = r->measure;
    int expected = period_count(r->period, m->frequency, c->year_start);
    struct dec sum = dec_int(0);
    struct period p = period_of(m->frequency, r->period.start, c->year_start);
    for (int i = 0; i < expected; i++, p = period_step(p, 1, c->year_start)) {
        const struct target *t = series_target(r->series, p);
        if (t == NULL) {
            return false;
        }
        sum = dec_add(sum, t->target);
        *out = *t;
    }
    out->target = sum;
    out->lower = out->upper = out->amber = DEC_NONE;
    return expected > 0 && sum.present;
}

static void take_target(const struct council *c, struct reading *r, struct status_input *in,
                        struct rule *rule)
{
    const struct measure *m = r->measure;
    struct target made = {0};
    const struct target *t = series_target(r->series, r->period);
    if (t == NULL && is_finer(m->frequency, r->period.kind)) {
        if (m->aggregation == AGGREGATE_SUM && !m->cumulative) {
            t = sum_targets(c, r, &made) ? &made : NULL;
        } else {
            struct period last = period_of(m->frequency, r->period.end, c->year_start);
            t = r->target = series_target(r->series, last);
        }
    } else {
        r->target = t;
    }
    if (t == NULL) {
        t = r->target = year_target(c, r);
        r->target_of_year = t != NULL;
    }
    if (t == NULL) {
        return;
    }
    in->target = t->target;
    in->lower = t->lower;
    in->upper = t->upper;
    in->amber = t->amber;
    // A tolerance agreed for this target goes before the rule's own.
    if (t->green_within.present) {
        rule->green_within = t->green_within;
    }
    if (t->amber_within.present) {
        rule->amber_within = t->amber_within;
    }
}

static enum figure_state state_of(const struct council *c, const struct reading *r)
{
    const struct measure *m = r->measure;
    if (m->state == MEASURE_DEVELOPMENT) {
        return FIGURE_IN_DEVELOPMENT;
    }
    if (m->state == MEASURE_RETIRED &&
        (m->retired_on == DAY_NONE || m->retired_on < r->period.end) && r->figure == NULL) {
        return FIGURE_NOT_APPLICABLE;
    }
    if (r->value.present) {
        return FIGURE_PRESENT;
    }
    if (r->marker == MARKER_SUPPRESSED) {
        return FIGURE_SUPPRESSED;
    }
    if (r->marker == MARKER_NOT_APPLICABLE) {
        return FIGURE_NOT_APPLICABLE;
    }
    if (r->text != NULL && r->marker == MARKER_NONE) {
        return FIGURE_TEXT;
    }
    struct period first = first_period(r->series);
    if (c->today < r->due || first.kind == PERIOD_NONE || r->period.end < first.start) {
        // Nothing was ever expected: a measure without figures and targets is simply missing.
        return c->today < r->due || first.kind != PERIOD_NONE ? FIGURE_NOT_DUE : FIGURE_MISSING;
    }
    return FIGURE_MISSING;
}

static struct dec value_at(const struct council *c, const struct measure *m, const struct series *s,
                           struct period p)
{
    struct found f = find_figure(c, m, s, p);
    if (f.is_made) {
        return f.made.present == f.made.expected ? f.made.value : DEC_NONE;
    }
    return f.figure == NULL ? DEC_NONE : value_of(m, f.figure, m->decimals);
}

// A cumulative count falls back to nothing each April: compared only within a year, and only where
// it is a share (methods.md 3).
static bool short_comparable(const struct council *c, const struct measure *m, struct period p,
                             struct period before)
{
    if (!m->cumulative) {
        return true;
    }
    bool is_share = m->value_type == VALUE_PERCENT || m->value_type == VALUE_RATE ||
                    m->value_type == VALUE_RATIO;
    struct period year = period_of(PERIOD_YEAR, p.end, c->year_start);
    return is_share && before.end >= year.start;
}

static void take_travel(const struct council *c, struct reading *r, struct status_input *in)
{
    const struct measure *m = r->measure;
    r->previous_period = period_step(r->period, -1, c->year_start);
    r->last_year_period = period_year_before(r->period, c->year_start);
    in->previous = value_at(c, m, r->series, r->previous_period);
    in->last_year = value_at(c, m, r->series, r->last_year_period);
    bool whole = r->expected == 0 || r->present == r->expected;
    struct travel_input t = {.polarity = m->polarity,
                             .decimals = m->decimals,
                             .value = whole ? r->value : DEC_NONE,
                             .before = in->last_year,
                             .lower = in->lower,
                             .upper = in->upper};
    r->long_travel = travel_evaluate(&t);
    t.before = short_comparable(c, m, r->period, r->previous_period) ? in->previous : DEC_NONE;
    r->short_travel = travel_evaluate(&t);
}

static void take_figure(const struct council *c, struct reading *r)
{
    const struct measure *m = r->measure;
    struct found found = find_figure(c, m, r->series, r->period);
    r->figure = found.is_made ? NULL : found.figure;
    if (found.is_made) {
        r->value = found.made.value;
        r->numerator = found.made.numerator;
        r->denominator = found.made.denominator;
        r->present = found.made.present;
        r->expected = found.made.expected;
    } else if (found.figure != NULL) {
        r->value = value_of(m, found.figure, m->decimals);
        r->numerator = found.figure->numerator;
        r->denominator = found.figure->denominator;
        r->text = found.figure->text;
    }
    if (found.figure != NULL) {
        r->marker = found.figure->marker;
    }
    // What a cumulative or last-value measure says is its last part, so one part is enough.
    if (found.is_made && r->present > 0 && (m->cumulative || m->aggregation == AGGREGATE_LAST)) {
        struct period last = period_of(m->frequency, r->period.end, c->year_start);
        if (series_figure(r->series, last) != NULL) {
            r->present = r->expected;
        }
    }
    // Made of parts of which none is there: not incomplete, simply not there.
    if (found.is_made && r->present == 0) {
        r->present = r->expected = 0;
        r->value = DEC_NONE;
    }
}

struct reading reading_of(const struct council *c, const struct measure *m, const struct series *s,
                          struct period asked)
{
    struct reading r = {.measure = m, .series = s, .asked = asked};
    r.period = answering(c, &r);
    r.carried = r.period.end < asked.end;
    r.due = due_of(m, r.period);
    take_figure(c, &r);
    r.rule = council_rule(c, m->rule_code, r.period.end);
    struct rule rule = r.rule != NULL ? r.rule->rule : (struct rule){.kind = RULE_NONE};
    struct status_input in = {.state = state_of(c, &r),
                              .polarity = m->polarity,
                              .decimals = m->decimals,
                              .value = r.value,
                              .denominator = r.denominator,
                              .min_denominator = m->min_denominator,
                              .present = r.present,
                              .expected = r.expected};
    take_target(c, &r, &in, &rule);
    take_travel(c, &r, &in);
    r.why = status_evaluate(&in, &rule);
    r.status = r.why.status;
    // An override is of the measure, not of a ward in it.
    if (s->part[0] == '\0') {
        r.override = measure_override(m, r.period);
        if (r.override != NULL) {
            r.status = r.override->status;
        }
    }
    return r;
}

const struct reading *readings_all(const struct council *c, struct arena *a, struct period asked)
{
    struct reading *all = ARENA_ARRAY(a, c->measure_count, struct reading);
    for (size_t i = 0; i < c->measure_count; i++) {
        all[i] = reading_of(c, &c->measures[i], &c->measures[i].series[0], asked);
    }
    return all;
}

int reading_off_running(const struct council *c, const struct reading *r)
{
    int running = 0;
    struct reading at = *r;
    // Bounded: a run longer than the figures there are cannot be.
    size_t most = r->series->figure_count + 1;
    while (at.status == STATUS_OFF_TARGET && (size_t)running < most) {
        running++;
        at = reading_of(c, r->measure, r->series, period_step(at.period, -1, c->year_start));
    }
    return running;
}
