#include "base/decimal.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

__extension__ typedef __int128 wide; // twice the digits: products and quotients stay exact

static const int64_t UNITS_MAX = 999999999999999999; // DEC_DIGITS_MAX nines
enum { WIDE_POWER_MAX = 38, EXACT_IN_DOUBLE_BITS = 53 };

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

static wide wide_power(int exponent)
{
    if (exponent <= DEC_SCALE_MAX) {
        return POWERS[exponent];
    }
    return exponent <= 2 * DEC_SCALE_MAX ? (wide)POWERS[DEC_SCALE_MAX] * POWERS[exponent - 18]
                                         : (wide)POWERS[18] * POWERS[18] * POWERS[exponent - 36];
}

static wide wide_abs(wide value)
{
    return value < 0 ? -value : value;
}

// Quotient rounded half away from zero; `by` is positive.
static wide divide_rounded(wide value, wide by)
{
    if (value == (int64_t)value && by == (int64_t)by) { // nearly always, and much quicker
        int64_t narrow = (int64_t)value / (int64_t)by;
        int64_t left = (int64_t)value % (int64_t)by;
        left = left < 0 ? -left : left;
        return left < (int64_t)by - left ? narrow : narrow + (value < 0 ? -1 : 1);
    }
    wide quotient = value / by;
    wide rest = wide_abs(value % by);
    if (rest >= by - rest) {
        quotient += value < 0 ? -1 : 1;
    }
    return quotient;
}

// The decimal if it fits; trailing zeros are dropped only where they are what does not fit.
static struct dec fit(wide units, int scale)
{
    while ((wide_abs(units) > UNITS_MAX || scale > DEC_SCALE_MAX) && scale > 0 && units % 10 == 0) {
        units /= 10;
        scale--;
    }
    if (wide_abs(units) > UNITS_MAX || scale > DEC_SCALE_MAX) {
        return DEC_NONE;
    }
    return (struct dec){(int64_t)units, (uint8_t)scale, true};
}

struct dec dec_int(int64_t value)
{
    return fit(value, 0);
}

struct dec dec_make(int64_t units, uint8_t scale)
{
    return fit(units, scale);
}

bool dec_parse(const char *text, size_t length, struct dec *out)
{
    const char *at = text;
    const char *end = text + length;
    bool negative = at < end && *at == '-';
    at += negative;
    uint64_t units = 0;
    const char *whole = at;
    // Once past 18 digits the value can only grow, so it is cut off before it could wrap.
    for (; at < end && (unsigned char)(*at - '0') <= 9; at++) {
        units = units * 10 + (unsigned char)(*at - '0');
        if (units > (uint64_t)UNITS_MAX) {
            return false;
        }
    }
    if (at == whole) {
        return false;
    }
    size_t scale = 0;
    if (at < end && *at == '.') {
        const char *fraction = ++at;
        for (; at < end && (unsigned char)(*at - '0') <= 9; at++) {
            units = units * 10 + (unsigned char)(*at - '0');
            if (units > (uint64_t)UNITS_MAX) {
                return false;
            }
        }
        scale = (size_t)(at - fraction);
        if (scale == 0) {
            return false;
        }
    }
    if (at != end || scale > DEC_SCALE_MAX) {
        return false;
    }
    *out = (struct dec){negative ? -(int64_t)units : (int64_t)units, (uint8_t)scale, true};
    return true;
}

struct dec dec_round(struct dec value, int decimals)
{
    if (!value.present || decimals < 0 || decimals > DEC_SCALE_MAX || decimals == value.scale) {
        return value;
    }
    if (decimals < value.scale) {
        int64_t by = POWERS[value.scale - decimals];
        int64_t units = (int64_t)divide_rounded(value.units, by);
        return (struct dec){units, (uint8_t)decimals, true};
    }
    wide units = (wide)value.units * POWERS[decimals - value.scale];
    if (wide_abs(units) > UNITS_MAX) {
        return value;
    }
    return (struct dec){(int64_t)units, (uint8_t)decimals, true};
}

int dec_cmp(struct dec a, struct dec b)
{
    wide left = a.units;
    wide right = b.units;
    if (a.scale < b.scale) {
        left *= POWERS[b.scale - a.scale];
    } else {
        right *= POWERS[a.scale - b.scale];
    }
    return (left > right) - (left < right);
}

bool dec_equal(struct dec a, struct dec b)
{
    if (!a.present || !b.present) {
        return a.present == b.present;
    }
    return dec_cmp(a, b) == 0;
}

int dec_sign(struct dec a)
{
    return a.present ? (a.units > 0) - (a.units < 0) : 0;
}

struct dec dec_add(struct dec a, struct dec b)
{
    if (!a.present || !b.present) {
        return DEC_NONE;
    }
    int scale = a.scale > b.scale ? a.scale : b.scale;
    wide sum = (wide)a.units * POWERS[scale - a.scale] + (wide)b.units * POWERS[scale - b.scale];
    return fit(sum, scale);
}

struct dec dec_sub(struct dec a, struct dec b)
{
    return dec_add(a, dec_neg(b));
}

struct dec dec_mul(struct dec a, struct dec b)
{
    if (!a.present || !b.present) {
        return DEC_NONE;
    }
    return fit((wide)a.units * b.units, a.scale + b.scale);
}

struct dec dec_neg(struct dec a)
{
    a.units = -a.units;
    return a;
}

struct dec dec_abs(struct dec a)
{
    return a.units < 0 ? dec_neg(a) : a;
}

struct dec dec_div(struct dec a, struct dec b, int decimals)
{
    return dec_ratio(a, b, 1, decimals);
}

struct dec dec_ratio(struct dec a, struct dec b, int64_t multiplier, int decimals)
{
    if (!a.present || !b.present || b.units == 0 || decimals < 0 || decimals > DEC_SCALE_MAX) {
        return DEC_NONE;
    }
    wide top = (wide)multiplier * a.units;
    wide bottom = b.units;
    if (bottom < 0) {
        top = -top;
        bottom = -bottom;
    }
    int shift = b.scale + decimals - a.scale;
    if (shift < 0) {
        bottom *= wide_power(-shift);
    } else if (__builtin_mul_overflow(top, wide_power(shift), &top)) {
        // The divisor has 18 digits at most, so the result would have 20 or more.
        return DEC_NONE;
    }
    wide units = divide_rounded(top, bottom);
    if (wide_abs(units) > UNITS_MAX) {
        return DEC_NONE;
    }
    return (struct dec){(int64_t)units, (uint8_t)decimals, true};
}

struct dec dec_trim(struct dec a)
{
    while (a.scale > 0 && a.units % 10 == 0) {
        a.units /= 10;
        a.scale--;
    }
    return a;
}

double dec_to_double(struct dec a)
{
    if (!a.present) {
        return (double)NAN;
    }
    int64_t magnitude = a.units < 0 ? -a.units : a.units;
    if (magnitude >> EXACT_IN_DOUBLE_BITS == 0) {
        return (double)a.units / (double)POWERS[a.scale]; // both exact: one rounding, the right one
    }
    char text[32];
    snprintf(text, sizeof text, "%llde-%d", (long long)a.units, a.scale);
    return strtod(text, NULL);
}

// Fewest significant digits that read back to the same double. Below DBL_MIN fewer than 15 can do;
// above, %e pads with zeros, which the callers drop.
static int shortest_precision(double value)
{
    char text[40];
    for (int digits = fabs(value) < DBL_MIN ? 1 : DBL_DIG; digits < DBL_DECIMAL_DIG; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, value);
        if (!(strtod(text, NULL) < value) && !(strtod(text, NULL) > value)) {
            return digits;
        }
    }
    return DBL_DECIMAL_DIG;
}

struct dec dec_from_double(double value, int decimals)
{
    if (!isfinite(value) || decimals < 0 || decimals > DEC_SCALE_MAX) {
        return DEC_NONE;
    }
    char text[40];
    int precision = shortest_precision(value);
    snprintf(text, sizeof text, "%.*e", precision - 1, value);
    wide units = 0;
    const char *at = text;
    for (; *at != 'e'; at++) {
        if (*at >= '0' && *at <= '9') {
            units = units * 10 + (*at - '0');
        }
    }
    int exponent = (int)strtol(at + 1, NULL, 10) - (precision - 1);
    int shift = exponent + decimals;
    if (shift > 0 && units != 0) {
        if (shift > DEC_SCALE_MAX || __builtin_mul_overflow(units, wide_power(shift), &units)) {
            return DEC_NONE;
        }
    } else if (shift < 0) {
        units = -shift > WIDE_POWER_MAX ? 0 : divide_rounded(units, wide_power(-shift));
    }
    if (units > UNITS_MAX) {
        return DEC_NONE;
    }
    return (struct dec){(int64_t)(text[0] == '-' ? -units : units), (uint8_t)decimals, true};
}

void double_write(struct buf *b, double value, int decimals)
{
    if (!isfinite(value)) {
        return;
    }
    if (decimals >= 0) {
        struct dec rounded = dec_from_double(value, decimals);
        if (rounded.present) {
            dec_write(b, rounded);
            return;
        }
    }
    char text[40];
    int length = snprintf(text, sizeof text, "%.*g", shortest_precision(value), value);
    buf_put(b, text, (size_t)length);
}
