#include "engine/timeliness.h"

#include <math.h>

day expected_due(const struct expected_figure *f)
{
    return f->period.end + (f->lag_days > 0 ? f->lag_days : 0);
}

enum expected_state expected_state(const struct expected_figure *f, day today)
{
    switch (f->entered) {
    case ENTERED_FIGURE: return EXPECTED_FINAL;
    case ENTERED_PROVISIONAL: return EXPECTED_PROVISIONAL;
    case ENTERED_NOT_APPLICABLE: return EXPECTED_NOT_APPLICABLE;
    case ENTERED_SUPPRESSED: return EXPECTED_SUPPRESSED;
    case ENTERED_NO_ACTIVITY: return EXPECTED_NO_ACTIVITY;
    case ENTERED_NOTHING: break;
    }
    if (today <= f->period.end) {
        return EXPECTED_NOT_DUE;
    }
    return today <= expected_due(f) ? EXPECTED_DUE : EXPECTED_OVERDUE;
}

bool expected_on_time(const struct expected_figure *f)
{
    return f->entered != ENTERED_NOTHING && f->entered_on != DAY_NONE &&
           f->entered_on <= expected_due(f);
}

struct timeliness timeliness_count(const struct expected_figure *figures, size_t count, day today)
{
    struct timeliness t = {.completeness = NAN, .timeliness = NAN};
    for (size_t i = 0; i < count; i++) {
        const struct expected_figure *f = &figures[i];
        t.states[expected_state(f, today)]++;
        bool is_there = f->entered != ENTERED_NOTHING;
        if (f->entered == ENTERED_NOT_APPLICABLE || (!is_there && today <= expected_due(f))) {
            continue;
        }
        t.expected++;
        t.entered += is_there;
        t.on_time += expected_on_time(f);
    }
    if (t.expected > 0) {
        t.completeness = (double)t.entered / (double)t.expected;
        t.timeliness = (double)t.on_time / (double)t.expected;
    }
    return t;
}

const char *expected_code(enum expected_state s)
{
    static const char *const codes[EXPECTED_STATES] = {
        [EXPECTED_NOT_DUE] = "not_due",       [EXPECTED_DUE] = "due",
        [EXPECTED_OVERDUE] = "overdue",       [EXPECTED_PROVISIONAL] = "provisional",
        [EXPECTED_FINAL] = "final",           [EXPECTED_NOT_APPLICABLE] = "not_applicable",
        [EXPECTED_SUPPRESSED] = "suppressed", [EXPECTED_NO_ACTIVITY] = "no_activity",
    };
    return (size_t)s < COUNT_OF(codes) ? codes[s] : "";
}
