#include <math.h>

#include "engine/special_parts.h"

static const long double HALF_LOG_TWO_PI = 0.918938533204672741780329736405617640L;

// Below this the series is not good enough and the library's log Gamma is.
static const long double STIRLING_FROM = 20;

long double stirling_rest(long double z)
{
    if (z < STIRLING_FROM) {
        int sign = 0;
        return lgammal_r(z, &sign) - ((z - 0.5L) * logl(z) - z + HALF_LOG_TWO_PI);
    }
    // Abramowitz and Stegun 6.1.41: B_2k / (2k (2k - 1) z^(2k - 1)).
    static const long double TERMS[] = {1.0L / 12,    -1.0L / 360,      1.0L / 1260,
                                        -1.0L / 1680, 1.0L / 1188,      -691.0L / 360360,
                                        1.0L / 156,   -3617.0L / 122400};
    enum { COUNT = sizeof(TERMS) / sizeof(TERMS[0]) };
    long double square = 1 / (z * z);
    long double sum = TERMS[COUNT - 1];
    for (int i = COUNT - 2; i >= 0; i--) {
        sum = sum * square + TERMS[i];
    }
    return sum / z;
}

// With g = log of the tail against s = log x: g' = +-r where r = x density / chance, and
// g'' / g' = bend -+ r. Halley's step for g = target; `curve` is g'' / g'.
static long double step(const struct tail *t, bool is_upper, long double log_target,
                        long double *curve)
{
    long double r = expl(t->log_density - t->log_chance);
    long double slope = is_upper ? -r : r;
    long double newton = (log_target - t->log_chance) / slope;
    *curve = t->bend - slope;
    long double part = newton * *curve / 2;
    return fabsl(part) < 0.5L ? newton / (1 + part) : newton;
}

long double tail_solve(tail_at at, const void *shape, bool is_upper, long double log_target,
                       long double start)
{
    enum { STEPS_MAX = 200 };
    static const long double STEP_MAX = 3;
    static const long double STEP_LAST = 1e-5L; // Halley's error is of its cube
    long double x = start;
    for (int i = 0; i < STEPS_MAX; i++) {
        struct tail t = at(shape, x, is_upper);
        long double curve = 0;
        long double by = step(&t, is_upper, log_target, &curve);
        if (isnan(by)) {
            return NAN;
        }
        // From its flat side the tangent points much too far, and the way back would be long.
        by = is_upper && by > STEP_MAX ? STEP_MAX : by;
        x *= expl(by);
        if (fabsl(by) * (1 + fabsl(curve)) < STEP_LAST || x == 0) {
            return x;
        }
    }
    return NAN;
}
