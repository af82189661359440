#include "engine/exact.h"

static const int64_t POWERS[DEC_SCALE_MAX + 1] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
};

// The exponents that occur are 0 to 36.
static exact power_of_ten(int exponent)
{
    return exponent <= DEC_SCALE_MAX ? (exact)POWERS[exponent]
                                     : (exact)POWERS[DEC_SCALE_MAX] * POWERS[exponent - 18];
}

exact exact_of(struct dec value)
{
    return value.present ? (exact)value.units * POWERS[DEC_SCALE_MAX - value.scale] : 0;
}

// Drops the trailing zeros (17 at most) of what is not 0; by constants, for that is much quicker.
#define DROP(power, zeros)                                                                         \
    if (value % (power) == 0) {                                                                    \
        value /= (power);                                                                          \
        *scale -= (zeros);                                                                         \
    }
static int64_t drop_zeros(int64_t value, int *scale)
{
    DROP(100000000, 8)
    DROP(100000000, 8)
    DROP(10000, 4)
    DROP(100, 2)
    DROP(10, 1)
    return value;
}
#undef DROP

struct dec exact_dec(exact value)
{
    const int64_t one = POWERS[DEC_SCALE_MAX];
    const exact most = POWERS[DEC_DIGITS_MAX] - 1;
    // Two halves of 64 bits, for dividing 128 of them again and again is slow.
    bool is_small = value == (int64_t)value;
    exact whole = is_small ? (int64_t)value / one : value / one;
    int64_t rest = (int64_t)(value - whole * one);
    int scale = DEC_SCALE_MAX;
    if (rest == 0) {
        scale = 0;
    } else {
        rest = drop_zeros(rest, &scale);
    }
    if (whole > most || whole < -most) {
        return DEC_NONE;
    }
    exact units = whole * POWERS[scale] + rest;
    return units > most || units < -most ? DEC_NONE : dec_make((int64_t)units, (uint8_t)scale);
}

struct dec exact_difference(struct dec a, struct dec b)
{
    if (a.present && b.present && a.scale == b.scale) { // nearly always: both as shown
        struct dec difference = {a.units - b.units, a.scale, true};
        return dec_trim(difference.units > POWERS[DEC_DIGITS_MAX] - 1 ||
                                difference.units < 1 - POWERS[DEC_DIGITS_MAX]
                            ? exact_dec(exact_of(a) - exact_of(b))
                            : difference);
    }
    return exact_dec(exact_of(a) - exact_of(b));
}

int exact_cmp_percent(exact distance, struct dec percent, struct dec base)
{
    // percent x |base| / 100 is a whole number of 10^-scale; below 10^36 whatever the two are.
    exact share = percent.units > 0 ? (exact)percent.units * dec_abs(base).units : 0;
    int scale = percent.scale + base.scale + 2;
    if (distance == 0 || share == 0) {
        return (distance > 0) - (share > 0);
    }
    // Both to the finer scale. What overflows there is the larger, for the other one does not.
    if (scale >= DEC_SCALE_MAX) {
        if (__builtin_mul_overflow(distance, power_of_ten(scale - DEC_SCALE_MAX), &distance)) {
            return 1;
        }
    } else if (__builtin_mul_overflow(share, power_of_ten(DEC_SCALE_MAX - scale), &share)) {
        return -1;
    }
    return (distance > share) - (distance < share);
}

exact exact_outside(struct dec value, struct good_span good)
{
    exact v = exact_of(value);
    if (good.low.present && v < exact_of(good.low)) {
        return exact_of(good.low) - v;
    }
    if (good.high.present && v > exact_of(good.high)) {
        return v - exact_of(good.high);
    }
    return 0;
}
