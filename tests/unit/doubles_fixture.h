// What tests of statistics share: figures as doubles, gaps, nearness, and chance that repeats.
#ifndef GT_TESTS_DOUBLES_FIXTURE_H
#define GT_TESTS_DOUBLES_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <math.h>

#include "base/arena.h"

#define GAP NAN

// Equal to within 1e-12 of the larger, or both missing.
static inline bool is_near(double a, double b)
{
    if (isnan(a) || isnan(b)) {
        return isnan(a) && isnan(b);
    }
    return fabs(a - b) <= 1e-12 * fmax(1e-300, fmax(fabs(a), fabs(b)));
}

// The same numbers in every run (a 64-bit linear congruence, its high bits).
struct chance {
    uint64_t state;
};

static inline uint32_t chance_below(struct chance *c, uint32_t limit)
{
    c->state = c->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((c->state >> 33) % limit);
}

// An arena for a test; out of memory fails it.
static inline struct arena *test_arena(void)
{
    struct arena *a = arena_new(0);
    assert_non_null(a);
    if (ARENA_TRAP(a)) {
        fail_msg("out of memory");
    }
    return a;
}

#endif
