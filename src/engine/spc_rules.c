#include "engine/spc_rules.h"

#include <math.h>

#include "engine/spc_sum.h"

static int sign_between(double value, double other)
{
    return (value > other) - (value < other);
}

// The mean of the moving ranges below `cut` (NaN: of all of them), and how many there are.
static double mean_range(const double *values, const struct spc_segment *segment, size_t baseline,
                         double cut, size_t *ret_count)
{
    struct spc_sum ranges = {{0}, {0}, 0};
    double before = NAN;
    size_t points = 0, gap = 0;
    for (size_t i = segment->first; i < segment->end && points < baseline; i++) {
        if (isnan(values[i])) {
            gap++;
            continue;
        }
        double range = fabs(values[i] - before);
        if (points > 0 && gap < SPC_GAP && (isnan(cut) || range < cut)) {
            spc_sum_add(&ranges, range);
        }
        before = values[i];
        points++;
        gap = 0;
    }
    *ret_count = ranges.count;
    return ranges.count == 0 ? NAN : spc_sum_mean(&ranges);
}

static void screen(const double *values, size_t baseline, size_t ranges,
                   struct spc_segment *segment)
{
    size_t kept;
    double cut = SPC_SCREEN_FACTOR * segment->moving_range;
    double screened = mean_range(values, segment, baseline, cut, &kept);
    bool too_few = kept * 2 < ranges || !(screened > 0);
    // Where all values are equal there is nothing to screen, and nothing to say about it.
    segment->screen_fell_back = too_few && segment->moving_range > 0;
    if (!too_few) {
        segment->moving_range = screened;
    }
}

void spc_limits(const double *values, const struct spc_how *how, struct spc_segment *segment)
{
    size_t baseline = how->fix_after == 0 ? SIZE_MAX : how->fix_after;
    struct spc_sum sum = {{0}, {0}, 0};
    segment->present = 0;
    for (size_t i = segment->first; i < segment->end; i++) {
        if (isnan(values[i])) {
            continue;
        }
        if (segment->present++ < baseline) {
            spc_sum_add(&sum, values[i]);
        }
    }
    segment->mean = sum.count == 0 ? NAN : spc_sum_mean(&sum);
    size_t ranges;
    segment->moving_range = mean_range(values, segment, baseline, NAN, &ranges);
    segment->screen_fell_back = false;
    if (how->screen && ranges > 0) {
        screen(values, baseline, ranges, segment);
    }
    double reach = SPC_LIMIT_FACTOR * segment->moving_range;
    double near = SPC_NEAR_FACTOR * segment->moving_range;
    segment->lower = segment->mean - reach;
    segment->upper = segment->mean + reach;
    segment->near_lower = segment->mean - near;
    segment->near_upper = segment->mean + near;
    size_t enough = how->profile == SPC_MDC ? how->enough : SPC_ENOUGH;
    segment->is_trial = ranges > 0 && segment->present < enough;
}

enum spc_type spc_type_of(unsigned flags, int side, int trend)
{
    if (flags & SPC_OUTSIDE) {
        return side > 0 ? SPC_ABOVE_UPPER : SPC_BELOW_LOWER;
    }
    if (flags & SPC_TREND) {
        return trend > 0 ? SPC_INCREASING : SPC_DECREASING;
    }
    if (flags & SPC_TWO_IN_THREE) {
        return side > 0 ? SPC_TWO_IN_THREE_HIGH : SPC_TWO_IN_THREE_LOW;
    }
    if (flags & SPC_SHIFT) {
        return side > 0 ? SPC_SHIFT_HIGH : SPC_SHIFT_LOW;
    }
    return SPC_COMMON;
}

enum variation spc_variation_of(unsigned flags, int side, int trend, const struct spc_how *how)
{
    if (flags == 0) {
        return VARIATION_COMMON_CAUSE;
    }
    bool is_trend = (flags & (SPC_OUTSIDE | SPC_TREND)) == SPC_TREND;
    bool is_high = is_trend ? trend > 0 : side > 0;
    if (how->improvement == IMPROVEMENT_NEUTRAL) {
        return is_high ? VARIATION_NEUTRAL_HIGH : VARIATION_NEUTRAL_LOW;
    }
    bool wants_high = how->improvement == IMPROVEMENT_INCREASE;
    if (how->profile == SPC_MDC) { // improvement wins
        int good = wants_high ? 1 : -1;
        bool by_side = (flags & ~(unsigned)SPC_TREND) != 0 && side == good;
        bool by_trend = (flags & SPC_TREND) != 0 && trend == good;
        is_high = by_side || by_trend ? wants_high : is_high;
    }
    if (is_high) {
        return wants_high ? VARIATION_IMPROVEMENT_HIGH : VARIATION_CONCERN_HIGH;
    }
    return wants_high ? VARIATION_CONCERN_LOW : VARIATION_IMPROVEMENT_LOW;
}

// Points in a row that go the same way; `way` 0: not going anywhere.
struct run {
    size_t start;
    int way, length;
};

// What the rules remember while they walk along a segment.
struct walk {
    const double *values;
    struct spc_point *points;
    const struct spc_segment *segment;
    const double *reach; // may be NULL
    struct run shift, trend;
    size_t last[2]; // rows of the two points before, the nearer first
    int present;    // points since the last break, at most 3
    bool is_counted_outside;
};

// Whether the point is far enough from the mean for where it lies to say anything.
static bool is_far(const struct walk *w, size_t i)
{
    const struct spc_segment *s = w->segment;
    double adrift = (s->upper - s->mean) / sqrt((double)s->present);
    return w->reach == NULL || w->reach[i] <= 0 ||
           fabs(w->values[i] - s->mean) > w->reach[i] + adrift;
}

static bool is_close(const struct walk *w, size_t i)
{
    const struct spc_segment *s = w->segment;
    double value = w->values[i];
    bool beyond_near = (value > s->near_upper || value < s->near_lower) && is_far(w, i);
    return beyond_near && (w->is_counted_outside || (value <= s->upper && value >= s->lower));
}

// `way` of the points from run->start to `i`, once it is long enough. The field `variation` holds
// the way of a trend until types are given.
static void mark_run(struct walk *w, const struct run *run, int needed, size_t i, unsigned flag)
{
    if (run->length < needed) {
        return;
    }
    size_t from = run->length == needed ? run->start : i;
    for (size_t j = from; j <= i; j++) {
        if (isnan(w->values[j])) {
            continue;
        }
        w->points[j].flags = (uint8_t)(w->points[j].flags | flag);
        if (flag == SPC_TREND) {
            w->points[j].variation = run->way > 0;
        }
    }
}

static void mark_two_in_three(struct walk *w, size_t i)
{
    if (w->present < 3) {
        return;
    }
    size_t window[3] = {w->last[1], w->last[0], i};
    bool close[3];
    int sides = 0, closes = 0;
    for (int k = 0; k < 3; k++) {
        double value = w->values[window[k]];
        sides += sign_between(value, w->segment->mean);
        close[k] = is_close(w, window[k]);
        closes += close[k];
    }
    if (closes < 2 || (sides != 3 && sides != -3)) {
        return;
    }
    for (int k = 0; k < 3; k++) {
        if (close[k]) {
            struct spc_point *p = &w->points[window[k]];
            p->flags = (uint8_t)(p->flags | SPC_TWO_IN_THREE);
        }
    }
}

// The run goes on with point `i`, which went `way`; a run of differences holds `before` as well.
static void extend(struct run *run, int way, size_t start, int length)
{
    if (way != 0 && way == run->way) {
        run->length++;
    } else {
        *run = (struct run){start, way, length};
    }
}

static void walk_point(struct walk *w, const struct spc_how *how, size_t i)
{
    double value = w->values[i];
    if ((value > w->segment->upper || value < w->segment->lower) && is_far(w, i)) {
        w->points[i].flags = SPC_OUTSIDE;
    }
    int side = sign_between(value, w->segment->mean);
    extend(&w->shift, side, i, side != 0);
    mark_run(w, &w->shift, how->shift_length, i, SPC_SHIFT);
    if (w->present > 0) {
        int way = sign_between(value, w->values[w->last[0]]);
        extend(&w->trend, way, w->last[0], way != 0 ? 2 : 0);
        mark_run(w, &w->trend, how->trend_length, i, SPC_TREND);
    }
    w->present += w->present < 3;
    mark_two_in_three(w, i);
    w->last[1] = w->last[0];
    w->last[0] = i;
}

static void give_types(const double *values, const struct spc_how *how,
                       const struct spc_segment *segment, struct spc_point *points)
{
    bool says = segment->present >= how->enough && !isnan(segment->lower);
    for (size_t i = segment->first; i < segment->end; i++) {
        struct spc_point *p = &points[i];
        if (isnan(values[i])) {
            continue;
        }
        int side = sign_between(values[i], segment->mean);
        int trend = p->variation ? 1 : -1;
        p->type = (uint8_t)spc_type_of(p->flags, side, trend);
        p->variation =
            (uint8_t)(says ? spc_variation_of(p->flags, side, trend, how) : VARIATION_NONE);
    }
}

void spc_rules(const double *values, const struct spc_how *how, const struct spc_segment *segment,
               struct spc_point *points)
{
    for (size_t i = segment->first; i < segment->end; i++) {
        points[i].flags = 0;
        points[i].type = SPC_NO_TYPE;
        points[i].variation = VARIATION_NONE;
    }
    struct walk w = {.values = values,
                     .points = points,
                     .segment = segment,
                     .reach = how->reach,
                     .is_counted_outside = how->profile == SPC_MDC};
    size_t gap = 0;
    for (size_t i = segment->first; i < segment->end && !isnan(segment->lower); i++) {
        if (isnan(values[i])) {
            gap++;
            continue;
        }
        if (gap >= SPC_GAP) {
            w.present = 0;
            w.shift = w.trend = (struct run){0, 0, 0};
        }
        gap = 0;
        walk_point(&w, how, i);
    }
    give_types(values, how, segment, points);
}
