// Sums that lose nothing, for means that fall on the right side of a point (methods.md 1.6).
//
// A point exactly on the mean breaks a run, so a mean that is out by its last bit changes a flag.
// The sum is kept in four lanes (figure k goes to lane k mod 4), each with what its additions
// rounded away; the lanes are joined in a fixed order and divided once. The same figures in the
// same order give the same mean to the last bit, whether added one by one here or four at a time
// by the pass over a whole country (sweep.c).
#ifndef GT_ENGINE_SPC_SUM_H
#define GT_ENGINE_SPC_SUM_H

#include "base/compiler.h"

enum { SPC_LANES = 4 };

struct spc_sum {
    double high[SPC_LANES], low[SPC_LANES];
    size_t count;
};

// a + b and what was rounded away (Knuth's two-sum).
static inline double spc_two_sum(double a, double b, double *rest)
{
    double sum = a + b;
    double of_b = sum - a;
    *rest = (a - (sum - of_b)) + (b - of_b);
    return sum;
}

static inline void spc_sum_add(struct spc_sum *s, double value)
{
    size_t lane = s->count++ % SPC_LANES;
    double rest;
    s->high[lane] = spc_two_sum(s->high[lane], value, &rest);
    s->low[lane] += rest;
}

// The lanes as one number, in two parts.
static inline double spc_sum_join(const double high[SPC_LANES], const double low[SPC_LANES],
                                  double *ret_low)
{
    double rest_even, rest_odd, rest;
    double even = spc_two_sum(high[0], high[2], &rest_even);
    double odd = spc_two_sum(high[1], high[3], &rest_odd);
    double all = spc_two_sum(even, odd, &rest);
    *ret_low = (((low[0] + low[2]) + rest_even) + ((low[1] + low[3]) + rest_odd)) + rest;
    return all;
}

// (high + low) / count, rounded once: the division is done at more than double's precision.
static inline double spc_divide(double high, double low, size_t count)
{
    return (double)(((long double)high + (long double)low) / (long double)count);
}

// NaN of none.
static inline double spc_sum_mean(const struct spc_sum *s)
{
    double low;
    double high = spc_sum_join(s->high, s->low, &low);
    return spc_divide(high, low, s->count);
}

#endif
