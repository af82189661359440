// The rules of engine/spc.h on up to 64 rows at once, one bit a row, the first row lowest.
#ifndef GT_ENGINE_SWEEP_RULES_H
#define GT_ENGINE_SWEEP_RULES_H

#include "engine/spc_rules.h"
#include "engine/sweep_lanes.h"

// Bits that stand in a run of at least `length` set bits.
SWEEP_INLINE uint64_t sweep_runs(uint64_t bits, int length)
{
    for (int have = 1; have < length;) { // bit i: a run of `have` starts at i
        int step = have < length - have ? have : length - have;
        bits &= bits >> step;
        have += step;
    }
    for (int have = 1; have < length;) { // and back to all of its members
        int step = have < length - have ? have : length - have;
        bits |= bits << step;
        have += step;
    }
    return bits;
}

// Of three in a row on `side` two or more close: the close ones.
SWEEP_INLINE uint64_t sweep_two_in_three(uint64_t side, uint64_t close)
{
    uint64_t next = close >> 1, after = close >> 2;
    uint64_t two = (close & next) | (close & after) | (next & after);
    uint64_t starts = side & side >> 1 & side >> 2 & two;
    return (starts | starts << 1 | starts << 2) & close;
}

struct sweep_marks {
    uint64_t outside, trend, two_in_three, shift;
    uint64_t rising;  // of the points in a trend: those whose trend rises
    uint64_t type[4]; // enum spc_type, bit by bit
};

SWEEP_INLINE void sweep_types(const struct sweep_masks *m, const struct sweep_marks *r,
                              uint64_t two_high, uint64_t shift_high, uint64_t type[4])
{
    uint64_t left = ~r->outside;
    uint64_t rises = left & r->trend & r->rising, falls = left & r->trend & ~r->rising;
    left &= ~r->trend;
    uint64_t high = left & two_high, low = left & r->two_in_three & ~two_high;
    left &= ~r->two_in_three;
    uint64_t shift_up = left & shift_high, shift_down = left & r->shift & ~shift_high;
    uint64_t common = left & ~r->shift;
    _Static_assert(SPC_COMMON == 1 && SPC_ABOVE_UPPER == 2 && SPC_BELOW_LOWER == 3 &&
                       SPC_INCREASING == 4 && SPC_DECREASING == 5 && SPC_TWO_IN_THREE_HIGH == 6 &&
                       SPC_TWO_IN_THREE_LOW == 7 && SPC_SHIFT_HIGH == 8 && SPC_SHIFT_LOW == 9,
                   "the bits below are those of enum spc_type");
    type[0] = common | m->under | falls | low | shift_down;
    type[1] = r->outside | high | low;
    type[2] = rises | falls | high | low;
    type[3] = shift_up | shift_down;
}

SWEEP_INLINE void sweep_mark(const struct sweep_masks *m, const struct spc_how *how,
                             struct sweep_marks *out)
{
    bool counts_outside = how->profile == SPC_MDC;
    uint64_t near_over = counts_outside ? m->near_over : m->near_over & ~m->over;
    uint64_t near_under = counts_outside ? m->near_under : m->near_under & ~m->under;
    uint64_t two_high = sweep_two_in_three(m->above, near_over);
    uint64_t shift_high = sweep_runs(m->above, how->shift_length);
    uint64_t rises = sweep_runs(m->rises, how->trend_length - 1);
    uint64_t falls = sweep_runs(m->falls, how->trend_length - 1);
    out->outside = m->over | m->under;
    out->trend = rises | rises << 1 | falls | falls << 1;
    // The step to the right decides where it is in a trend, else the step from the left.
    out->rising = rises | (rises << 1 & ~falls);
    out->two_in_three = two_high | sweep_two_in_three(m->below, near_under);
    out->shift = shift_high | sweep_runs(m->below, how->shift_length);
    sweep_types(m, out, two_high, shift_high, out->type);
}

// Eight rows of eight bits, turned: bit r of byte c becomes bit c of byte r.
SWEEP_INLINE uint64_t sweep_turn(uint64_t x)
{
    uint64_t t = (x ^ x >> 7) & UINT64_C(0x00aa00aa00aa00aa);
    x ^= t ^ t << 7;
    t = (x ^ x >> 14) & UINT64_C(0x0000cccc0000cccc);
    x ^= t ^ t << 14;
    t = (x ^ x >> 28) & UINT64_C(0x00000000f0f0f0f0);
    return x ^ t ^ t << 28;
}

// Bytes of the eight rows from `i` on: flags in the low half of each, type in the high half.
SWEEP_INLINE uint64_t sweep_eight(const struct sweep_marks *r, size_t i)
{
    uint64_t flags = (r->outside >> i & 255) | (r->trend >> i & 255) << 8 |
                     (r->two_in_three >> i & 255) << 16 | (r->shift >> i & 255) << 24;
    if (flags == 0) {
        return UINT64_C(0x0101010101010101) * (SPC_COMMON << 4); // nearly always
    }
    return sweep_turn(flags | (r->type[0] >> i & 255) << 32 | (r->type[1] >> i & 255) << 40 |
                      (r->type[2] >> i & 255) << 48 | (r->type[3] >> i & 255) << 56);
}

// One byte a row; not one more than there are rows, for the next series may be another thread's.
SWEEP_INLINE void sweep_put(const struct sweep_marks *r, size_t count, uint8_t *out)
{
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        uint64_t rows = sweep_eight(r, i);
        for (size_t k = 0; k < 8; k++) {
            out[i + k] = (uint8_t)(rows >> 8 * k);
        }
    }
    uint64_t rows = i < count ? sweep_eight(r, i) : 0;
    for (; i < count; i++, rows >>= 8) {
        out[i] = (uint8_t)rows;
    }
}

#endif
