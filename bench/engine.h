// What bench/engine.c measures: the series of a country, and the passes over them.
#ifndef GT_BENCH_ENGINE_H
#define GT_BENCH_ENGINE_H

#include "engine/sweep.h"

struct country {
    size_t series, length;
    double *values;          // series after series
    double *targets, *amber; // one a series
    double *green;           // all nought
    uint8_t *polarity;       // enum polarity
    double *sums;            // where pass_read leaves what it added
    double *triad;           // three times as large as `values`
};

// From a fixed seed: figures of one decimal round a level, some with a step or a drift.
void country_make(struct country *c);
void country_free(struct country *c);
bool country_write(const struct country *c, const char *folder) MUST_CHECK;

// Filled with ones, so that its pages are there.
void *engine_room(size_t count, size_t size);

// One pass over the series [first, end).
typedef void engine_pass(const struct country *c, size_t first, size_t end,
                         struct sweep_result *result);
engine_pass pass_full, pass_limits;
// What a programmer would write first: limits, status and travel in one loop.
engine_pass pass_plain;
// The memory itself: all figures read and added; as many made of two others each.
engine_pass pass_read, pass_triad;

#endif
