// The levels of confidence of a run: "--confidence 95,99.8" and the columns they give.
#ifndef GT_CLI_ANALYSE_CONFIDENCE_H
#define GT_CLI_ANALYSE_CONFIDENCE_H

#include "cli/analyse_job.h"
#include "engine/interval.h"

enum { ANALYSE_LEVELS_MAX = 10 };

struct analyse_levels {
    size_t count;
    size_t first;     // place of the first limit among the results; each level has lower, upper
    const char *last; // name of the column behind them, or NULL
    struct confidence levels[ANALYSE_LEVELS_MAX];
};

// Reads --confidence (95,99.8 when not given; 90 to 99.9, "95%" too) and sets j->names to `before`,
// then lower_95, upper_95 and so on, with the level as it was given, then `last` (may be NULL).
bool analyse_levels_start(struct analyse *j, const char *const *before, const char *last,
                          struct analyse_levels *out, struct err *e) MUST_CHECK;
// The limits of one level into j->results.
void analyse_levels_put(struct analyse *j, const struct analyse_levels *l, size_t level,
                        struct interval i);

// --multiplier as any number above nought; `fallback` when not given.
bool analyse_multiplier(const struct analyse_options *o, double fallback, double *out,
                        struct err *e) MUST_CHECK;

// Refuses a count below nought (NaN is none).
bool analyse_not_negative(struct analyse *j, size_t column, double value) MUST_CHECK;

#endif
