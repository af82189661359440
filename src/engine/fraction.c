#include "engine/fraction.h"

static const int64_t TO_18 = 1000000000000000000; // 10^18: one digit more than a decimal holds

// 10^37: ten times it still fits, so digits can be taken one by one.
static fraction_whole most(void)
{
    return (fraction_whole)TO_18 * TO_18 * 10;
}

static fraction_whole magnitude(fraction_whole a)
{
    return a < 0 ? -a : a;
}

static fraction_whole common_divisor(fraction_whole a, fraction_whole b)
{
    a = magnitude(a);
    while (b != 0) {
        // Halves of 64 bits as soon as both fit: much quicker.
        if (a == (int64_t)a && b == (int64_t)b) {
            int64_t x = (int64_t)a, y = (int64_t)b;
            while (y != 0) {
                int64_t rest = x % y;
                x = y;
                y = rest;
            }
            return x;
        }
        fraction_whole rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static struct fraction lowest(fraction_whole top, fraction_whole bottom)
{
    fraction_whole by = common_divisor(top, bottom);
    return by > 1 ? (struct fraction){top / by, bottom / by} : (struct fraction){top, bottom};
}

static bool fits(struct fraction f)
{
    return magnitude(f.top) < most() && f.bottom < most();
}

struct fraction fraction_of(struct dec value)
{
    fraction_whole bottom = 1;
    for (int i = 0; i < value.scale; i++) {
        bottom *= 10;
    }
    return lowest(value.units, bottom);
}

struct fraction fraction_int(int64_t value)
{
    return (struct fraction){value, 1};
}

struct fraction fraction_negate(struct fraction a)
{
    return (struct fraction){-a.top, a.bottom};
}

int fraction_sign(struct fraction a)
{
    return (a.top > 0) - (a.top < 0);
}

// ---- exact, where it fits ----

static bool try_add(struct fraction a, struct fraction b, struct fraction *out)
{
    fraction_whole by = common_divisor(a.bottom, b.bottom);
    fraction_whole left = 0, right = 0, top = 0, bottom = 0;
    if (__builtin_mul_overflow(a.top, b.bottom / by, &left) ||
        __builtin_mul_overflow(b.top, a.bottom / by, &right) ||
        __builtin_add_overflow(left, right, &top) ||
        __builtin_mul_overflow(a.bottom, b.bottom / by, &bottom)) {
        return false;
    }
    *out = lowest(top, bottom);
    return fits(*out);
}

static bool try_multiply(struct fraction a, struct fraction b, struct fraction *out)
{
    fraction_whole x = common_divisor(a.top, b.bottom), y = common_divisor(b.top, a.bottom);
    if (__builtin_mul_overflow(a.top / x, b.top / y, &out->top) ||
        __builtin_mul_overflow(a.bottom / y, b.bottom / x, &out->bottom)) {
        return false;
    }
    return fits(*out);
}

// ---- or of 18 digits each ----

static bool shorten(struct fraction *f, bool *rounded)
{
    struct dec d = DEC_NONE;
    if (!fraction_decimal(*f, DEC_SCALE_MAX, FRACTION_ROUND, &d)) {
        return false;
    }
    *f = fraction_of(d);
    *rounded = true;
    return true;
}

bool fraction_add(struct fraction a, struct fraction b, struct fraction *out, bool *rounded)
{
    struct fraction sum = {0, 1};
    if (!try_add(a, b, &sum) &&
        (!shorten(&a, rounded) || !shorten(&b, rounded) || !try_add(a, b, &sum))) {
        return false;
    }
    *out = sum;
    return true;
}

bool fraction_multiply(struct fraction a, struct fraction b, struct fraction *out, bool *rounded)
{
    struct fraction product = {0, 1};
    if (!try_multiply(a, b, &product) &&
        (!shorten(&a, rounded) || !shorten(&b, rounded) || !try_multiply(a, b, &product))) {
        return false;
    }
    *out = product;
    return true;
}

static struct fraction turned(struct fraction f)
{
    return f.top < 0 ? (struct fraction){-f.bottom, -f.top} : (struct fraction){f.bottom, f.top};
}

bool fraction_divide(struct fraction a, struct fraction b, struct fraction *out, bool *rounded)
{
    struct fraction quotient = {0, 1};
    if (!try_multiply(a, turned(b), &quotient)) {
        // What is too small for 18 places would become nought, and nothing is divided by that.
        if (!shorten(&a, rounded) || !shorten(&b, rounded) || b.top == 0 ||
            !try_multiply(a, turned(b), &quotient)) {
            return false;
        }
    }
    *out = quotient;
    return true;
}

bool fraction_compare(struct fraction a, struct fraction b, int *out, bool *rounded)
{
    struct fraction difference = {0, 1};
    if (fraction_sign(a) != fraction_sign(b)) {
        *out = fraction_sign(a) < fraction_sign(b) ? -1 : 1;
        return true;
    }
    if (!fraction_add(a, fraction_negate(b), &difference, rounded)) {
        return false;
    }
    *out = fraction_sign(difference);
    return true;
}

bool fraction_decimal(struct fraction f, int places, enum fraction_ending ending, struct dec *out)
{
    fraction_whole top = magnitude(f.top);
    fraction_whole units = top / f.bottom, rest = top % f.bottom;
    int scale = 0;
    if (units >= TO_18) {
        return false;
    }
    while (scale < places && rest != 0 && units < TO_18 / 10) {
        rest *= 10;
        units = units * 10 + rest / f.bottom;
        rest %= f.bottom;
        scale++;
    }
    if (ending == FRACTION_ROUND && rest >= f.bottom - rest) {
        units++;
        if (units == TO_18) { // 0.99...9 carried into one digit more
            if (scale == 0) {
                return false;
            }
            units /= 10;
            scale--;
        }
    }
    *out = dec_make((int64_t)(f.top < 0 ? -units : units), (uint8_t)scale);
    return true;
}
