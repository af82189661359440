// What the tests of the statistics share: near enough, and missing.
#ifndef GT_TESTS_NUMBERS_FIXTURE_H
#define GT_TESTS_NUMBERS_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the three above and setjmp before it.
#include <setjmp.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#define GAP NAN // a period without a figure

// Equal to 1e-12 of the expected figure (to 1e-12 where that is 0); NAN expects NaN.
static inline void expect_near(const char *what, const char *figure, double found, double expected)
{
    double room = expected == 0 ? 1e-12 : fabs(expected) * 1e-12;
    bool good = isnan(expected) ? isnan(found) : fabs(found - expected) <= room;
    if (!good) {
        fail_msg("%s: %s is %.17g, expected %.17g", what, figure, found, expected);
    }
}

// The same chances each time: a small generator of numbers from 0 to 1.
static inline double next_number(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) / 9007199254740992.0;
}

#endif
