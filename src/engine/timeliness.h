// Missing and late: what became of each figure that was expected, and how complete and timely they
// are (methods.md 11).
#ifndef GT_ENGINE_TIMELINESS_H
#define GT_ENGINE_TIMELINESS_H

#include "base/date.h"
#include "engine/period.h"

enum expected_state {
    EXPECTED_NOT_DUE, // not there, and its time has not come
    EXPECTED_DUE,     // not there; may still come on time
    EXPECTED_OVERDUE,
    EXPECTED_PROVISIONAL,
    EXPECTED_FINAL,
    EXPECTED_NOT_APPLICABLE,
    EXPECTED_SUPPRESSED,
    EXPECTED_NO_ACTIVITY, // a true nought: entered, not blank
    EXPECTED_STATES,
};

// What stands in the record for the period.
enum entered_kind {
    ENTERED_NOTHING, // no row, or a blank: missing is not nought
    ENTERED_FIGURE,
    ENTERED_PROVISIONAL, // provisional or estimated
    ENTERED_NOT_APPLICABLE,
    ENTERED_SUPPRESSED,
    ENTERED_NO_ACTIVITY, // said so, or nought of a flow
};

struct expected_figure {
    struct period period;
    int lag_days; // a figure is on time up to so many days after the period's end
    enum entered_kind entered;
    day entered_on; // DAY_NONE: not known
};

// Before the period has ended not due; from the day after its end up to and on the due day due;
// after that overdue. What is entered keeps its own state whatever the day.
enum expected_state expected_state(const struct expected_figure *f, day today);
day expected_due(const struct expected_figure *f); // the last day on which it is on time
// Entered by the due day. Not known when: not on time.
bool expected_on_time(const struct expected_figure *f);

// Reports over those that could be expected by now: due day passed, or already entered. Not
// applicable is expected of nobody.
struct timeliness {
    size_t expected; // due day has passed, or entered before
    size_t entered;  // of those
    size_t on_time;  // of those, entered by their due day
    size_t states[EXPECTED_STATES];
    double completeness, timeliness; // entered, on_time over expected; NaN when nothing is expected
};
struct timeliness timeliness_count(const struct expected_figure *figures, size_t count, day today);

const char *expected_code(enum expected_state s); // "not_due", "due", ...

#endif
