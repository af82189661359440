// Four figures at a time, in the lanes of spc_sum.h: the inner loops of sweep.c.
//
// Written with the compiler's vectors, which become whatever the machine has. Vectors are handed
// on by address only, so that no call depends on the width of its registers.
#ifndef GT_ENGINE_SWEEP_LANES_H
#define GT_ENGINE_SWEEP_LANES_H

#include <string.h>

#include "engine/spc_sum.h"

#define SWEEP_INLINE static inline __attribute__((always_inline))

typedef double lanes __attribute__((vector_size(SPC_LANES * sizeof(double))));
typedef int64_t lane_bits __attribute__((vector_size(SPC_LANES * sizeof(int64_t))));

SWEEP_INLINE void lanes_load(lanes *to, const double *from)
{
    memcpy(to, from, sizeof *to);
}

// The first `count` of them, the rest 0.
SWEEP_INLINE void lanes_load_some(lanes *to, const double *from, size_t count)
{
    double part[SPC_LANES] = {0};
    for (size_t i = 0; i < count; i++) {
        part[i] = from[i];
    }
    memcpy(to, part, sizeof *to);
}

SWEEP_INLINE void lanes_add(lanes *high, lanes *low, const lanes *value)
{
    lanes sum = *high + *value;
    lanes of_value = sum - *high;
    *low += (*high - (sum - of_value)) + (*value - of_value);
    *high = sum;
}

// |a|, by taking the sign away.
SWEEP_INLINE void lanes_abs(lanes *a)
{
    lane_bits bits;
    memcpy(&bits, a, sizeof bits);
    bits &= INT64_MAX;
    memcpy(a, &bits, sizeof bits);
}

SWEEP_INLINE double lanes_mean(const lanes *high, const lanes *low, size_t count)
{
    double highs[SPC_LANES], lows[SPC_LANES], rest;
    memcpy(highs, high, sizeof highs);
    memcpy(lows, low, sizeof lows);
    double sum = spc_sum_join(highs, lows, &rest);
    return spc_divide(sum, rest, count);
}

// Mean of the figures and of the `count` - 1 moving ranges; `count` at least 2. A gap makes NaN.
SWEEP_INLINE void lanes_means(const double *values, size_t count, double *ret_mean,
                              double *ret_range)
{
    lanes high = {0}, low = {0}, range_high = {0}, range_low = {0}, now, next;
    size_t i = 0;
    for (; i + SPC_LANES < count; i += SPC_LANES) {
        lanes_load(&now, values + i);
        lanes_load(&next, values + i + 1);
        lanes_add(&high, &low, &now);
        lanes range = next - now;
        lanes_abs(&range);
        lanes_add(&range_high, &range_low, &range);
    }
    size_t left = count - i; // 1 to 4
    lanes_load_some(&now, values + i, left);
    lanes_add(&high, &low, &now);
    lanes_load_some(&now, values + i, left - 1);
    lanes_load_some(&next, values + i + 1, left - 1);
    lanes range = next - now;
    lanes_abs(&range);
    lanes_add(&range_high, &range_low, &range);
    *ret_mean = lanes_mean(&high, &low, count);
    *ret_range = lanes_mean(&range_high, &range_low, count - 1);
}

// One bit a row, the first row lowest.
struct sweep_masks {
    uint64_t above, below;          // of the mean
    uint64_t over, under;           // the limits
    uint64_t near_over, near_under; // the near limits
    uint64_t rises, falls;          // from this row to the next
};

struct sweep_bounds {
    double mean, lower, upper, near_lower, near_upper;
};

SWEEP_INLINE uint64_t lanes_mask(const lane_bits *bits)
{
    uint64_t part[SPC_LANES];
    memcpy(part, bits, sizeof part);
    return (part[0] | part[1]) | (part[2] | part[3]);
}

SWEEP_INLINE void lanes_masks(const double *values, size_t count, const struct sweep_bounds *b,
                              struct sweep_masks *out)
{
    lane_bits above = {0}, below = {0}, over = {0}, under = {0};
    lane_bits near_over = {0}, near_under = {0}, rises = {0}, falls = {0};
    lane_bits bit = {1, 2, 4, 8};
    for (size_t i = 0; i < count; i += SPC_LANES) {
        lanes now, next;
        if (i + SPC_LANES < count) {
            lanes_load(&now, values + i);
            lanes_load(&next, values + i + 1);
        } else { // beyond the end stands the last figure: it neither rises nor falls
            double part[SPC_LANES + 1];
            for (size_t k = 0; k <= SPC_LANES; k++) {
                part[k] = values[i + k < count ? i + k : count - 1];
            }
            lanes_load(&now, part);
            lanes_load(&next, part + 1);
        }
        above |= (lane_bits)(now > b->mean) & bit;
        below |= (lane_bits)(now < b->mean) & bit;
        over |= (lane_bits)(now > b->upper) & bit;
        under |= (lane_bits)(now < b->lower) & bit;
        near_over |= (lane_bits)(now > b->near_upper) & bit;
        near_under |= (lane_bits)(now < b->near_lower) & bit;
        rises |= (lane_bits)(next > now) & bit;
        falls |= (lane_bits)(next < now) & bit;
        bit <<= SPC_LANES;
    }
    uint64_t valid = count == 64 ? UINT64_MAX : (UINT64_C(1) << count) - 1;
    *out = (struct sweep_masks){
        lanes_mask(&above) & valid,
        lanes_mask(&below) & valid,
        lanes_mask(&over) & valid,
        lanes_mask(&under) & valid,
        lanes_mask(&near_over) & valid,
        lanes_mask(&near_under) & valid,
        lanes_mask(&rises),
        lanes_mask(&falls),
    };
}

#endif
