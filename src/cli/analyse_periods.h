// The period cells of `analyse` methods that look at series in time.
#ifndef GT_CLI_ANALYSE_PERIODS_H
#define GT_CLI_ANALYSE_PERIODS_H

#include "cli/analyse_job.h"
#include "engine/period.h"

// A month, by its id or any label a month reads as: year x 12 + month - 1. Anything else is a fault
// that ends with what the method makes of months ("forecast needs months, like 2025-04.").
bool analyse_month(struct analyse *j, size_t column, const char *need, int32_t *out) MUST_CHECK;

// Where a period stands among those of its series.
enum time_kind {
    TIME_UNKNOWN, // the label cannot be told: the order of the file is all there is
    TIME_STEP,    // a plain number: 1, 2, 3
    TIME_SHORTER, // months, quarters, halves, shorter spans
    TIME_YEAR,    // years of any start, spans of twelve whole months
    TIME_YEARS,   // several years
};

struct time_cell {
    enum time_kind kind;
    enum period_kind period; // only periods of one kind are compared
    double at;               // in units from some start; NaN when it cannot be told
    double unit;             // so many of which are one period on
};

// Never a fault: what cannot be told has kind TIME_UNKNOWN.
struct time_cell analyse_time(struct analyse *j, size_t column);

#endif
