#include "engine/spc.h"

#include "engine/spc_rules.h"

struct spc_how spc_how_default(enum spc_profile profile)
{
    bool is_mdc = profile == SPC_MDC;
    return (struct spc_how){
        .profile = profile,
        .screen = !is_mdc,
        .improvement = IMPROVEMENT_NEUTRAL,
        .fix_after = 0,
        .shift_length = SPC_RUN,
        .trend_length = SPC_RUN,
        .enough = is_mdc ? SPC_ENOUGH : 2,
    };
}

// Calls for each row in turn: does a segment start here? `pending` a start waits for its point;
// `has_point` there is a point before it to be in another segment than.
struct cutter {
    bool pending, has_point;
};

static bool starts_here(struct cutter *c, const double *values, const bool *starts, size_t i)
{
    c->pending = c->pending || (starts != NULL && starts[i]);
    if (isnan(values[i])) {
        return false;
    }
    bool starts_now = c->pending && c->has_point;
    c->pending = false;
    c->has_point = true;
    return starts_now;
}

size_t spc_segments(const double *values, const bool *starts, size_t count)
{
    struct cutter cutter = {false, false};
    size_t segments = count > 0;
    for (size_t i = 0; starts != NULL && i < count; i++) {
        segments += starts_here(&cutter, values, starts, i);
    }
    return segments;
}

size_t spc_evaluate(const double *values, const bool *starts, size_t count,
                    const struct spc_how *how, struct spc_segment *segments,
                    struct spc_point *points)
{
    if (count == 0) {
        return 0;
    }
    struct cutter cutter = {false, false};
    size_t at = 0;
    segments[0].first = 0;
    for (size_t i = 0; i < count; i++) {
        if (starts_here(&cutter, values, starts, i)) {
            segments[at].end = i;
            segments[++at].first = i;
        }
        points[i].segment = (uint32_t)at;
    }
    segments[at].end = count;
    for (size_t s = 0; s <= at; s++) {
        spc_limits(values, how, &segments[s]);
        spc_rules(values, how, &segments[s], points);
    }
    return at + 1;
}

enum assurance spc_assurance(double lower, double upper, const struct spc_how *how,
                             const struct spc_target *target)
{
    if (isnan(lower) || isnan(upper)) {
        return ASSURANCE_NONE;
    }
    if (!isnan(target->low) || !isnan(target->high)) {
        double low = isnan(target->low) ? -INFINITY : target->low;
        double high = isnan(target->high) ? INFINITY : target->high;
        if (low <= lower && upper <= high) {
            return ASSURANCE_PASS;
        }
        return high < lower || low > upper ? ASSURANCE_FAIL : ASSURANCE_INCONSISTENT;
    }
    double goal = target->target;
    if (isnan(goal) || how->improvement == IMPROVEMENT_NEUTRAL) {
        return ASSURANCE_NONE;
    }
    bool wants_high = how->improvement == IMPROVEMENT_INCREASE;
    bool is_as_package = how->profile == SPC_PLOTTHEDOTS && !how->screen;
    if (lower == upper && !is_as_package) { // never varies: at the target or better, or not
        bool is_met = wants_high ? goal <= lower : goal >= lower;
        return is_met ? ASSURANCE_PASS : ASSURANCE_FAIL;
    }
    if (goal > upper) {
        return wants_high ? ASSURANCE_FAIL : ASSURANCE_PASS;
    }
    if (goal < lower) {
        return wants_high ? ASSURANCE_PASS : ASSURANCE_FAIL;
    }
    return ASSURANCE_INCONSISTENT;
}

static enum spc_why why_nothing(const struct spc_summary *s, const struct spc_segment *last,
                                const struct spc_how *how)
{
    if (s->points == 0) {
        return SPC_NO_POINTS;
    }
    if (last->present == 1) {
        return SPC_ONE_POINT;
    }
    if (isnan(last->lower)) {
        return SPC_NO_RANGE;
    }
    if (last->present < how->enough) {
        return SPC_TRIAL;
    }
    return s->missing_since > SPC_STALE ? SPC_OUT_OF_DATE : SPC_WHY_NOT;
}

struct spc_summary spc_summarise(const struct spc_segment *segments, size_t segment_count,
                                 const struct spc_point *points, const double *values, size_t count,
                                 const struct spc_how *how, const struct spc_target *target)
{
    struct spc_summary s = {.segments = segment_count, .mean = NAN, .lower = NAN, .upper = NAN};
    if (segment_count == 0) {
        s.why = SPC_NO_POINTS;
        return s;
    }
    for (size_t i = 0; i < segment_count; i++) {
        s.points += segments[i].present;
    }
    if (s.points > 0) {
        s.latest = count - 1;
        while (isnan(values[s.latest])) {
            s.latest--;
        }
    }
    s.missing_since = s.points == 0 ? count : count - 1 - s.latest;
    const struct spc_segment *last = &segments[segment_count - 1];
    s.mean = last->mean;
    s.lower = last->lower;
    s.upper = last->upper;
    s.is_trial = last->is_trial;
    s.screen_fell_back = last->screen_fell_back;
    s.why = why_nothing(&s, last, how);
    if (s.why == SPC_WHY_NOT) {
        s.variation = (enum variation)points[s.latest].variation;
        s.assurance = spc_assurance(s.lower, s.upper, how, target);
    }
    return s;
}
