// Direction of travel: better, the same or worse than before (methods.md 3, UI-36).
//
// Compared as shown. Same when |difference| <= dead band. Without a good direction (polarity none)
// a change is not judged: not comparable. For a range: nearer to the range is better, both inside
// is the same; one of its bounds may be absent, without both it is not comparable.
#ifndef GT_ENGINE_TRAVEL_H
#define GT_ENGINE_TRAVEL_H

#include "engine/status.h"

enum travel { TRAVEL_NOT_COMPARABLE, TRAVEL_IMPROVED, TRAVEL_SAME, TRAVEL_WORSE };

struct travel_input {
    enum polarity polarity;
    int decimals; // -1: as given
    struct dec value, before;
    struct dec dead_band;    // absent = 0
    struct dec lower, upper; // for a range
};

struct travel_result {
    enum travel travel;
    struct dec value, before; // as compared
    struct dec change; // value - before, signed; absent when not comparable or over 18 digits
};

struct travel_result travel_evaluate(const struct travel_input *input);

const char *travel_code(enum travel t); // "improved", "same", "worse", "not_comparable"

// How many periods in a row, ending with the last, moved the same way (1 = the last step only);
// `values` oldest first, absent ones end the run. 0 when the last step is same or unknown. Needs a
// direction: 0 for polarity none and range.
int travel_run(const struct dec *values, size_t count, enum polarity polarity, int decimals);

#endif
