// The strata of an area, for `analyse standardise`: what stands twice and what is at fault.
#ifndef GT_CLI_ANALYSE_STRATA_H
#define GT_CLI_ANALYSE_STRATA_H

#include "cli/analyse_job.h"

struct stratum_row {
    const char *stratum; // in the batch
    const char *fault;   // what is wrong with the row; its area has no result
    bool suppressed;     // there is a count, which is not told
    double count, population, weight, events, reference_count, reference_population;
};

// Refuses the rows of the area that are at fault, and a stratum that stands there twice: the same
// row again; with a column `events`, the same number of events again, or another population. Sets
// *refused when there was any. False when the run must stop.
// With `events`, repeats[i] tells that a row before has the same stratum; `repeats` starts as
// false.
bool strata_check(struct analyse *j, const struct analyse_group *g, bool has_events, bool *repeats,
                  bool *refused, struct err *e) MUST_CHECK;

#endif
