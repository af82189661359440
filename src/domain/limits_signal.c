// Which rule makes the latest figure a signal, and over which figures it runs.

#include "domain/limits.h"

// The figure before row `at` within the segment; `at` itself when there is none.
static size_t before(const struct limits *l, size_t at)
{
    uint32_t segment = l->points[at].segment;
    for (size_t i = at; i > 0 && l->points[i - 1].segment == segment; i--) {
        if (!isnan(l->values[i - 1])) {
            return i - 1;
        }
    }
    return at;
}

// Whether a figure is on its way up, or on the high side of the mean.
static bool is_high(const struct limits *l, size_t at, enum spc_flag rule)
{
    double than = rule == SPC_TREND ? l->values[before(l, at)] : l->mean;
    return l->values[at] > than;
}

static bool is_part(const struct limits *l, size_t at, enum spc_flag rule)
{
    return (l->points[at].flags & rule) != 0;
}

enum { GAP_ENDS = 2 }; // so many missing periods in a row end a run

// Back from the latest figure as long as the rule holds in one direction.
static void walk_back(const struct limits *l, struct limits_signal *s)
{
    s->first = l->latest;
    s->figures = 1;
    bool ties = false, gap = false;
    for (size_t at = l->latest;;) {
        size_t next = before(l, at);
        if (l->own != NULL && s->rule == SPC_SHIFT && next != at && at - next <= GAP_ENDS &&
            l->values[next] == l->mean) {
            ties = true; // part of the run only where more of it comes before
            gap = gap || next + 1 < at;
            at = next;
            continue;
        }
        // The direction of a trend is that of the step between the two.
        bool same = s->rule == SPC_TREND ? (l->values[at] > l->values[next]) == s->high
                                         : is_high(l, next, s->rule) == s->high;
        bool near = at - next <= GAP_ENDS;
        if (next == at || !near || !is_part(l, next, s->rule) || !same) {
            return;
        }
        s->has_gap = gap = gap || next + 1 < at;
        s->has_tie = ties;
        s->first = next;
        s->figures++;
        at = next;
    }
}

// Of the last three figures those near the limit.
static void look_at_three(const struct limits *l, struct limits_signal *s)
{
    size_t at = l->latest;
    for (int i = 0; i < 3; i++) {
        if (is_part(l, at, s->rule) && is_high(l, at, s->rule) == s->high) {
            s->first = at;
            s->figures++;
        }
        size_t next = before(l, at);
        if (next == at) {
            return;
        }
        s->has_gap = s->has_gap || next + 1 < at;
        at = next;
    }
}

struct limits_signal limits_find_signal(const struct limits *l)
{
    static const enum spc_flag order[] = {SPC_OUTSIDE, SPC_TREND, SPC_TWO_IN_THREE, SPC_SHIFT};
    bool high = l->variation == VARIATION_IMPROVEMENT_HIGH ||
                l->variation == VARIATION_CONCERN_HIGH || l->variation == VARIATION_NEUTRAL_HIGH;
    struct limits_signal s = {.first = l->latest};
    if (!variation_is_special(l->variation)) {
        return s;
    }
    // Of several the first that says what the variation says: improvement may win over the type.
    for (size_t i = 0; i < COUNT_OF(order); i++) {
        if (is_part(l, l->latest, order[i]) && is_high(l, l->latest, order[i]) == high) {
            s.rule = order[i];
            s.high = high;
            break;
        }
    }
    if (s.rule == SPC_TWO_IN_THREE) {
        look_at_three(l, &s);
    } else if (s.rule != 0) {
        walk_back(l, &s);
    }
    return s;
}
