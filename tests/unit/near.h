// Doubles that agree to so many digits. (Include after cmocka.h.)
#ifndef GT_TEST_NEAR_H
#define GT_TEST_NEAR_H

#include <math.h>

static inline double near_off(double got, double expected)
{
    if (isnan(expected) || isnan(got)) {
        return isnan(expected) && isnan(got) ? 0 : INFINITY;
    }
    return expected == 0 ? fabs(got) : fabs(got - expected) / fabs(expected);
}

// `got` is `expected` to a relative error of `within`; NaN is only NaN. The rest says where.
#define ASSERT_NEAR(got, expected, within, ...)                                                    \
    do {                                                                                           \
        double got_ = (got);                                                                       \
        double off_ = near_off(got_, (expected));                                                  \
        if (!(off_ <= (within))) {                                                                 \
            print_error("%s: %.17g, expected %.17g, off by %.2g: ", #got, got_, (expected), off_); \
            fail_msg(__VA_ARGS__);                                                                 \
        }                                                                                          \
    } while (0)

#endif
