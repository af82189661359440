// Four figures at a time, in the lanes of spc_sum.h: the inner loops of sweep.c.
//
// Written with the compiler's vectors, which become whatever the machine has. Vectors are handed
// on by address only, so that no call depends on the width of its registers.
#ifndef GT_ENGINE_SWEEP_LANES_H
#define GT_ENGINE_SWEEP_LANES_H

#include <math.h>
#include <string.h>

#include "engine/spc_sum.h"

#define SWEEP_INLINE static inline __attribute__((always_inline))

// So near to a half, a product says nothing about the decimal that was written.
#define SWEEP_EDGE 1e-6

typedef double lanes __attribute__((vector_size(SPC_LANES * sizeof(double))));
typedef int64_t lane_bits __attribute__((vector_size(SPC_LANES * sizeof(int64_t))));

SWEEP_INLINE void lanes_load(lanes *to, const double *from)
{
    memcpy(to, from, sizeof *to);
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

// A sum that vectors began, taken over figure by figure.
SWEEP_INLINE void lanes_store(struct spc_sum *to, const lanes *high, const lanes *low, size_t count)
{
    memcpy(to->high, high, sizeof *high);
    memcpy(to->low, low, sizeof *low);
    to->count = count;
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
    struct spc_sum sum, ranges;
    lanes_store(&sum, &high, &low, i);
    lanes_store(&ranges, &range_high, &range_low, i);
    for (; i + 1 < count; i++) {
        spc_sum_add(&sum, values[i]);
        spc_sum_add(&ranges, fabs(values[i + 1] - values[i]));
    }
    spc_sum_add(&sum, values[i]);
    *ret_mean = spc_sum_mean(&sum);
    *ret_range = spc_sum_mean(&ranges);
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
    size_t i = 0;
    for (; i + SPC_LANES < count; i += SPC_LANES) {
        lanes now, next;
        lanes_load(&now, values + i);
        lanes_load(&next, values + i + 1);
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
    *out = (struct sweep_masks){
        lanes_mask(&above),     lanes_mask(&below),      lanes_mask(&over),  lanes_mask(&under),
        lanes_mask(&near_over), lanes_mask(&near_under), lanes_mask(&rises), lanes_mask(&falls),
    };
    for (; i < count; i++) {
        double now = values[i], next = i + 1 < count ? values[i + 1] : now;
        out->above |= (uint64_t)(now > b->mean) << i;
        out->below |= (uint64_t)(now < b->mean) << i;
        out->over |= (uint64_t)(now > b->upper) << i;
        out->under |= (uint64_t)(now < b->lower) << i;
        out->near_over |= (uint64_t)(now > b->near_upper) << i;
        out->near_under |= (uint64_t)(now < b->near_lower) << i;
        out->rises |= (uint64_t)(next > now) << i;
        out->falls |= (uint64_t)(next < now) << i;
    }
}

#endif
