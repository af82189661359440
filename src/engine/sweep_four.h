// Limits, status and travel of four series of one length at a time: the inner loop of
// sweep_limits. The sums are those of spc_sum.h, a series in its four lanes; what follows them is
// done for four series at once, a series a lane, in the same order of the same operations, so that
// the answers are the same to the last bit. Where any of the four is not plain (a gap, a figure on
// the edge between two roundings) it says so, and nothing is written.
#ifndef GT_ENGINE_SWEEP_FOUR_H
#define GT_ENGINE_SWEEP_FOUR_H

#include "engine/spc_rules.h"
#include "engine/status.h"
#include "engine/sweep_lanes.h"
#include "engine/travel.h"

enum { FOUR = SPC_LANES, FOUR_COUNT_MOST = 1 << 20 };
// Of half a last place; spc_divide is out by an eighth of it at most.
#define FOUR_MARGIN (1.0 / 256)
// Not cleared before use, for speed: all of it is written.
#define FOUR_RAW __attribute__((uninitialized))
_Static_assert(FOUR == 4, "four lanes are joined by name");

// Lanes as rows, four series as columns, and the other way about.
SWEEP_INLINE void four_turn(lanes v[FOUR])
{
    const lanes a = v[0], b = v[1], c = v[2], d = v[3];
#if defined(__clang__)
    lanes low_ab = __builtin_shufflevector(a, b, 0, 4, 2, 6);
    lanes high_ab = __builtin_shufflevector(a, b, 1, 5, 3, 7);
    lanes low_cd = __builtin_shufflevector(c, d, 0, 4, 2, 6);
    lanes high_cd = __builtin_shufflevector(c, d, 1, 5, 3, 7);
    v[0] = __builtin_shufflevector(low_ab, low_cd, 0, 1, 4, 5);
    v[1] = __builtin_shufflevector(high_ab, high_cd, 0, 1, 4, 5);
    v[2] = __builtin_shufflevector(low_ab, low_cd, 2, 3, 6, 7);
    v[3] = __builtin_shufflevector(high_ab, high_cd, 2, 3, 6, 7);
#else
    lanes low_ab = __builtin_shuffle(a, b, (lane_bits){0, 4, 2, 6});
    lanes high_ab = __builtin_shuffle(a, b, (lane_bits){1, 5, 3, 7});
    lanes low_cd = __builtin_shuffle(c, d, (lane_bits){0, 4, 2, 6});
    lanes high_cd = __builtin_shuffle(c, d, (lane_bits){1, 5, 3, 7});
    v[0] = __builtin_shuffle(low_ab, low_cd, (lane_bits){0, 1, 4, 5});
    v[1] = __builtin_shuffle(high_ab, high_cd, (lane_bits){0, 1, 4, 5});
    v[2] = __builtin_shuffle(low_ab, low_cd, (lane_bits){2, 3, 6, 7});
    v[3] = __builtin_shuffle(high_ab, high_cd, (lane_bits){2, 3, 6, 7});
#endif
}

// The first `count` lanes of what stands at `from`, nought in the others: adding them changes
// nothing. Reads all four.
SWEEP_INLINE void four_load_some(lanes *to, const double *from, size_t count)
{
    static const int64_t masks[2 * SPC_LANES] = {-1, -1, -1, -1, 0, 0, 0, 0};
    lane_bits bits, mask;
    memcpy(&bits, from, sizeof bits);
    memcpy(&mask, masks + SPC_LANES - count, sizeof mask);
    bits &= mask;
    memcpy(to, &bits, sizeof bits);
}

struct four_sums {
    lanes high[FOUR], low[FOUR], range_high[FOUR], range_low[FOUR]; // one series each
};

// Sums of the figures and of the moving ranges; `count` at least 2. Reads up to four figures beyond
// the end of the series.
SWEEP_INLINE void four_sum(const double *values, size_t count, struct four_sums *out, size_t series)
{
    lanes high = {0}, low = {0}, range_high = {0}, range_low = {0};
    size_t i = 0;
    for (; i + SPC_LANES < count; i += SPC_LANES) {
        lanes now, next;
        lanes_load(&now, values + i);
        lanes_load(&next, values + i + 1);
        lanes sum = high + now, of_now = sum - high;
        low += (high - (sum - of_now)) + (now - of_now);
        high = sum;
        lanes range = next - now;
        lanes_abs(&range);
        lanes range_sum = range_high + range, of_range = range_sum - range_high;
        range_low += (range_high - (range_sum - of_range)) + (range - of_range);
        range_high = range_sum;
    }
    lanes now, next;
    four_load_some(&now, values + i, count - i);
    lanes sum = high + now, of_now = sum - high;
    out->low[series] = low + ((high - (sum - of_now)) + (now - of_now));
    out->high[series] = sum;
    four_load_some(&now, values + i, count - 1 - i);
    four_load_some(&next, values + i + 1, count - 1 - i);
    lanes range = next - now;
    lanes_abs(&range);
    lanes range_sum = range_high + range, of_range = range_sum - range_high;
    out->range_low[series] =
        range_low + ((range_high - (range_sum - of_range)) + (range - of_range));
    out->range_high[series] = range_sum;
}

SWEEP_INLINE void four_two_sum(const lanes *a, const lanes *b, lanes *sum, lanes *rest)
{
    *sum = *a + *b;
    lanes of_b = *sum - *a;
    *rest = (*a - (*sum - of_b)) + (*b - of_b);
}

// (s + e) / count in doubles: the quotient, corrected by the exact rest that it leaves. Near the
// middle between two doubles it cannot tell which of them spc_divide comes to, and says so.
SWEEP_INLINE void four_divide(const lanes *s, const lanes *e, size_t count, lanes *out,
                              lane_bits *fault)
{
    double n = (double)count, split = 134217729; // 2^27 + 1 (Dekker)
    lanes q = *s / n, p = q * n;
    lanes high = q * split - (q * split - q), low = q - high;
    lanes rest = ((*s - p) - ((high * n - p) + low * n)) + *e;
    lanes more = rest * (1 / n), mean = q + more, left = more - (mean - q);
    lanes further = mean + left * (1 + FOUR_MARGIN);
    *fault |= (lane_bits)(further != mean);
    *out = mean;
}

// As spc_sum_join, each series in a lane, and divided.
SWEEP_INLINE void four_mean(lanes high[FOUR], lanes low[FOUR], size_t count, lanes *mean,
                            lane_bits *fault)
{
    four_turn(high);
    four_turn(low);
    lanes even, odd, all, rest_even, rest_odd, rest, sum, small_rest;
    four_two_sum(&high[0], &high[2], &even, &rest_even);
    four_two_sum(&high[1], &high[3], &odd, &rest_odd);
    four_two_sum(&even, &odd, &all, &rest);
    lanes small = (((low[0] + low[2]) + rest_even) + ((low[1] + low[3]) + rest_odd)) + rest;
    four_two_sum(&all, &small, &sum, &small_rest);
    four_divide(&sum, &small_rest, count, mean, fault);
}

struct four_input {
    const double *values[FOUR];
    size_t count;
    const double *targets, *green, *amber; // of the four; NULL as in sweep_input
    const uint8_t *polarity;
    double tens;
};

struct four_result {
    lanes mean, lower, upper;
    uint8_t status[FOUR], travel[FOUR];
};

// To whole numbers, halves to even; of less than 2^51.
#define FOUR_ROUNDER 6755399441055744.0
#define FOUR_MOST 2251799813685248.0

SWEEP_INLINE void four_round(lanes *units, lane_bits *fault)
{
    lanes whole = (*units + FOUR_ROUNDER) - FOUR_ROUNDER;
    lanes rest = *units - whole, size = *units;
    lanes_abs(&rest);
    lanes_abs(&size);
    *fault |= (lane_bits)(size >= FOUR_MOST) | (lane_bits)(rest >= 0.5 - SWEEP_EDGE);
    *units = whole;
}

// A tolerance in units of the last place shown, on the whole number it is a rounding away from.
SWEEP_INLINE void four_tolerance(const double *within, double tens, lanes *out, lane_bits *fault)
{
    lanes units = {0};
    if (within != NULL) {
        lanes_load(&units, within);
        units *= tens;
    }
    lanes whole = (units + FOUR_ROUNDER) - FOUR_ROUNDER, rest = units - whole, size = units;
    lanes_abs(&rest);
    lanes_abs(&size);
    *fault |= (lane_bits)(size >= FOUR_MOST);
    lane_bits near = (lane_bits)(rest <= 4 * __DBL_EPSILON__ * size), w, u;
    memcpy(&w, &whole, sizeof w);
    memcpy(&u, &units, sizeof u);
    w = (w & near) | (u & ~near);
    memcpy(out, &w, sizeof w);
}

SWEEP_INLINE void four_judge(const struct four_input *in, struct four_result *out, lane_bits *fault)
{
    size_t last = in->count - 1;
    lanes value = {0}, before = {0}, target = {NAN, NAN, NAN, NAN}, green, amber, sign = {0};
    lane_bits judged = {0};
    for (int s = 0; s < FOUR; s++) {
        value[s] = in->values[s][last];
        before[s] = in->values[s][last - 1];
        enum polarity p = (enum polarity)in->polarity[s];
        sign[s] = p == POLARITY_HIGHER ? 1 : -1;
        judged[s] = p == POLARITY_NONE ? 0 : -1;
        (*fault)[s] |= p == POLARITY_RANGE ? -1 : 0;
    }
    if (in->targets != NULL) {
        lanes_load(&target, in->targets);
    }
    value *= in->tens;
    before *= in->tens;
    target *= in->tens;
    four_round(&value, fault);
    four_round(&before, fault);
    four_round(&target, fault); // of NaN neither comparison holds
    four_tolerance(in->green, in->tens, &green, fault);
    four_tolerance(in->amber, in->tens, &amber, fault);
    lanes worse = (target - value) * sign, better = (value - before) * sign;
    // Of NaN neither holds.
    lane_bits known = ((lane_bits)(worse <= 0) | (lane_bits)(worse > 0)) & judged;
    lane_bits on = (lane_bits)(worse <= green) | (lane_bits)(worse <= 0);
    lane_bits slightly = (lane_bits)(worse <= amber) & ~on;
    lane_bits status = (on & STATUS_ON_TARGET) | (slightly & STATUS_SLIGHTLY_OFF);
    status = (status & known) | (~known & STATUS_NO_TARGET);
    lane_bits up = (lane_bits)(better > 0), down = (lane_bits)(better < 0);
    lane_bits travel =
        (up & TRAVEL_IMPROVED) | (down & TRAVEL_WORSE) | (~(up | down) & TRAVEL_SAME);
    travel &= judged;
    for (int s = 0; s < FOUR; s++) {
        out->status[s] = (uint8_t)status[s];
        out->travel[s] = (uint8_t)travel[s];
    }
}
_Static_assert(STATUS_OFF_TARGET == 0 && TRAVEL_NOT_COMPARABLE == 0, "what no bit is set for");

// False where any of the four has to be done by itself.
SWEEP_INLINE bool four_limits(const struct four_input *in, struct four_result *out)
{
    FOUR_RAW struct four_sums sums;
    lane_bits fault = {0};
    for (size_t s = 0; s < FOUR; s++) {
        four_sum(in->values[s], in->count, &sums, s);
    }
    lanes range;
    four_mean(sums.high, sums.low, in->count, &out->mean, &fault);
    four_mean(sums.range_high, sums.range_low, in->count - 1, &range, &fault);
    lanes reach = SPC_LIMIT_FACTOR * range;
    out->lower = out->mean - reach;
    out->upper = out->mean + reach;
    fault |= ~((lane_bits)(out->lower <= 0) | (lane_bits)(out->lower > 0)); // NaN
    four_judge(in, out, &fault);
    return (fault[0] | fault[1] | fault[2] | fault[3]) == 0;
}

#endif
