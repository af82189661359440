#include "domain/reading_steps.h"

// What the figure of one period is, before it is judged.
struct found {
    const struct figure *figure;
    struct aggregate_result made; // when made of parts
    bool is_made;
    bool whole; // made of all it needs
    enum marker marker;
};

static int64_t multiplier_of(const struct measure *m)
{
    switch (m->value_type) {
    case VALUE_PERCENT: return 100;
    case VALUE_RATE: return m->per > 0 ? m->per : 1;
    default: return 1;
    }
}

struct aggregate_how reading_how(const struct council *c, const struct measure *m)
{
    // Straight to the places shown: rounded twice, 74.9499996 would become 75.0.
    enum aggregation as = m->aggregation;
    if (m->cumulative && as != AGGREGATE_NONE) {
        as = AGGREGATE_LAST; // the figures are the year so far already
    }
    return (struct aggregate_how){as, multiplier_of(m), m->decimals, c->year_start};
}

struct dec reading_value(const struct measure *m, const struct figure *f)
{
    if (f->value.present || !f->numerator.present || !f->denominator.present) {
        return f->value;
    }
    return dec_ratio(f->numerator, f->denominator, multiplier_of(m), m->decimals);
}

static bool is_coarse(enum period_kind kind)
{
    return kind == PERIOD_ACADEMIC_YEAR || kind == PERIOD_CALENDAR_YEAR ||
           kind == PERIOD_CALENDAR_QUARTER || kind == PERIOD_YEARS || kind == PERIOD_SPAN ||
           kind == PERIOD_NONE;
}

enum { PARTS_MAX = 12 }; // months of a year

// Whether periods of the measure's frequency are the parts of `whole`.
static bool has_parts(const struct council *c, const struct measure *m, struct period whole)
{
    if (m->frequency == whole.kind) {
        return false;
    }
    int count = period_count(whole, m->frequency, c->year_start);
    return count > 1 && count <= PARTS_MAX;
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
    // Made of its parts, where they can be put together; else the latest of them stands.
    bool made = has_parts(c, m, r->asked) && m->aggregation != AGGREGATE_NONE;
    if (kind == r->asked.kind || made || series_figure(r->series, r->asked) != NULL) {
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

// The first figure that ends in `p` or later, by halving.
static size_t first_within(const struct series *s, struct period p)
{
    size_t low = 0, high = s->figure_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->figures[middle].period.end < p.start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

enum marker reading_weightier_marker(enum marker x, enum marker y)
{
    static const int weights[] = {
        [MARKER_REVISED] = 1, [MARKER_ESTIMATED] = 2, [MARKER_PROVISIONAL] = 3};
    int of_x = (size_t)x < COUNT_OF(weights) ? weights[x] : 0;
    int of_y = (size_t)y < COUNT_OF(weights) ? weights[y] : 0;
    return of_y > of_x ? y : x;
}

static struct found find_figure(const struct council *c, const struct measure *m,
                                const struct series *s, struct period p)
{
    struct found found = {.figure = series_figure(s, p)};
    if (found.figure != NULL || !has_parts(c, m, p)) {
        found.whole = true;
        found.marker = found.figure == NULL ? MARKER_NONE : found.figure->marker;
        return found;
    }
    struct aggregate_how how = reading_how(c, m);
    struct part_figure parts[PARTS_MAX];
    size_t count = 0;
    const struct figure *last = NULL;
    bool suppressed = false;
    for (size_t i = first_within(s, p); i < s->figure_count && count < PARTS_MAX; i++) {
        const struct figure *f = &s->figures[i];
        if (f->period.end > p.end) {
            break;
        }
        if (f->period.kind != m->frequency || !period_contains(p, f->period)) {
            continue;
        }
        last = f;
        suppressed = f->marker == MARKER_SUPPRESSED || (suppressed && how.as != AGGREGATE_LAST);
        if (f->value.present || f->numerator.present) {
            parts[count++] =
                (struct part_figure){f->period, reading_value(m, f), f->numerator, f->denominator};
            found.marker = reading_weightier_marker(found.marker, f->marker);
        }
    }
    found.is_made = true;
    if (suppressed && m->small_number > 0) {
        found.marker = MARKER_SUPPRESSED; // no sum passes over what is not to be seen
        return found;
    }
    found.made = aggregate_period(parts, count, p, &how);
    found.made.expected = period_count(p, m->frequency, c->year_start);
    found.whole = found.made.present == found.made.expected;
    if (how.as == AGGREGATE_LAST && count > 0) {
        // What it says is its closing part: that one is enough, and no earlier one stands for it.
        found.made.numerator = parts[count - 1].numerator;
        found.made.denominator = parts[count - 1].denominator;
        bool closed = parts[count - 1].period.end == p.end;
        found.whole = closed;
        found.made.present = closed ? found.made.expected : found.made.present;
    }
    if (found.made.present == 0 && last != NULL) {
        found.marker = last->marker; // it speaks where nothing can be made
    }
    return found;
}

const struct target *reading_year_target(const struct council *c, const struct reading *r)
{
    const struct measure *m = r->measure;
    if (is_coarse(r->period.kind) || r->period.kind == PERIOD_YEAR) {
        return NULL;
    }
    struct period year = period_of(PERIOD_YEAR, r->period.end, c->year_start);
    // A count of the year so far is the year's only at its end; one of a quarter never.
    bool holds = m->cumulative ? r->period.end == year.end : m->aggregation != AGGREGATE_SUM;
    return holds ? series_target(r->series, year) : NULL;
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

// The target of the reading's period; one made of parts stands in `made`.
static const struct target *find_target(const struct council *c, struct reading *r,
                                        struct target *made)
{
    const struct measure *m = r->measure;
    const struct target *t = series_target(r->series, r->period);
    if (t == NULL && has_parts(c, m, r->period)) {
        if (m->aggregation == AGGREGATE_SUM && !m->cumulative) {
            t = sum_targets(c, r, made) ? made : NULL;
        } else {
            struct period last = period_of(m->frequency, r->period.end, c->year_start);
            t = r->target = series_target(r->series, last);
        }
    } else {
        r->target = t;
    }
    if (t == NULL) {
        t = r->target = reading_year_target(c, r);
        r->target_of_year = t != NULL;
    }
    return t;
}

static void take_target(const struct target *t, struct status_input *in, struct rule *rule)
{
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

bool reading_has_words(const struct reading *r)
{
    return r->text != NULL && !r->value.present && r->marker != MARKER_SUPPRESSED &&
           r->marker != MARKER_NOT_APPLICABLE && r->marker != MARKER_MISSING;
}

static bool is_over(const struct reading *r)
{
    const struct measure *m = r->measure;
    bool whole = r->figure != NULL || (r->value.present && r->present == r->expected);
    return m->state == MEASURE_RETIRED && !whole &&
           (m->retired_on == DAY_NONE || m->retired_on < r->period.end);
}

static enum figure_state state_without_figure(const struct council *c, const struct reading *r)
{
    if (r->marker == MARKER_SUPPRESSED) {
        return FIGURE_SUPPRESSED;
    }
    // Nothing out of nothing (no case in the period) is no percentage, and nothing to wait for.
    if (r->marker == MARKER_NOT_APPLICABLE ||
        (r->denominator.present && dec_sign(r->denominator) == 0)) {
        return FIGURE_NOT_APPLICABLE;
    }
    if (reading_has_words(r)) {
        return FIGURE_TEXT;
    }
    struct period first = first_period(r->series);
    // Before the first period known or wanted nothing was expected; a measure without figures and
    // targets is simply missing.
    bool before = first.kind != PERIOD_NONE && r->period.end < first.start;
    return c->today < r->due || before ? FIGURE_NOT_DUE : FIGURE_MISSING;
}

static enum figure_state state_of(const struct council *c, const struct reading *r)
{
    if (r->measure->state == MEASURE_DEVELOPMENT) {
        return FIGURE_IN_DEVELOPMENT;
    }
    if (is_over(r)) {
        return FIGURE_NOT_APPLICABLE;
    }
    if (!r->value.present) {
        return state_without_figure(c, r);
    }
    // A quarter that still runs has not all its months: nobody is late.
    return r->present < r->expected && c->today < r->due ? FIGURE_NOT_DUE : FIGURE_PRESENT;
}

static struct dec value_at(const struct council *c, const struct measure *m, const struct series *s,
                           struct period p)
{
    struct found f = find_figure(c, m, s, p);
    if (f.is_made) {
        return f.whole ? f.made.value : DEC_NONE;
    }
    return f.figure == NULL ? DEC_NONE : reading_value(m, f.figure);
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
    bool comparable = short_comparable(c, m, r->period, r->previous_period);
    in->previous = comparable ? r->previous : DEC_NONE;
    bool whole = r->expected == 0 || r->present == r->expected;
    bool one = m->polarity == POLARITY_RANGE && !in->lower.present && !in->upper.present;
    struct travel_input t = {.polarity = m->polarity,
                             .decimals = m->decimals,
                             .value = whole ? r->value : DEC_NONE,
                             .before = in->last_year,
                             .lower = one ? in->target : in->lower,
                             .upper = one ? in->target : in->upper};
    r->long_travel = travel_evaluate(&t);
    t.before = in->previous;
    r->short_travel = travel_evaluate(&t);
}

static void take_figure(const struct council *c, struct reading *r)
{
    const struct measure *m = r->measure;
    struct found found = find_figure(c, m, r->series, r->period);
    r->figure = found.figure;
    r->marker = found.marker;
    if (found.is_made) {
        r->value = found.made.value;
        r->numerator = found.made.numerator;
        r->denominator = found.made.denominator;
        // Made of parts of which none is there: not incomplete, simply not there.
        r->present = found.made.present;
        r->expected = found.made.present == 0 ? 0 : found.made.expected;
    } else if (found.figure != NULL) {
        r->value = reading_value(m, found.figure);
        r->numerator = found.figure->numerator;
        r->denominator = found.figure->denominator;
        r->text = found.figure->text;
    }
}

void reading_judge(const struct council *c, struct reading *r, const struct target *t,
                   struct dec last_year)
{
    const struct measure *m = r->measure;
    struct rule rule = r->rule != NULL ? r->rule->rule : (struct rule){.kind = RULE_NONE};
    struct status_input in = {.state = state_of(c, r),
                              .polarity = m->polarity,
                              .decimals = m->decimals,
                              .value = r->value,
                              .last_year = last_year,
                              .denominator = r->denominator,
                              .min_denominator = m->min_denominator,
                              .present = r->present,
                              .expected = r->expected};
    take_target(t, &in, &rule);
    take_travel(c, r, &in);
    r->why = status_evaluate(&in, &rule);
    r->status = r->why.status;
    // An override is of the measure, not of a ward in it.
    if (r->series->part[0] == '\0') {
        r->override = measure_override(m, r->period);
        if (r->override != NULL) {
            r->status = r->override->status;
        }
    }
}

struct reading reading_unjudged(const struct council *c, const struct measure *m,
                                const struct series *s, struct period asked)
{
    struct reading r = {.measure = m, .series = s, .asked = asked};
    r.period = answering(c, &r);
    r.carried = r.period.end < asked.end;
    r.due = due_of(m, r.period);
    take_figure(c, &r);
    return r;
}

struct reading reading_of(const struct council *c, const struct measure *m, const struct series *s,
                          struct period asked)
{
    struct reading r = reading_unjudged(c, m, s, asked);
    r.rule = council_rule(c, m->rule_code, r.period.end);
    r.previous_period = period_step(r.period, -1, c->year_start);
    r.last_year_period = period_year_before(r.period, c->year_start);
    r.previous = value_at(c, m, s, r.previous_period);
    struct target made = {0};
    const struct target *t = find_target(c, &r, &made);
    reading_judge(c, &r, t, value_at(c, m, s, r.last_year_period));
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

bool reading_has_figure(const struct reading *r)
{
    return r->value.present || r->why.input.state == FIGURE_TEXT;
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
