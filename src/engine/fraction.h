// Fractions: what formulas are worked out in, so that a third times three is one.
//
// A fraction is a whole number over a positive whole number, in lowest terms, both below 10^37.
// Arithmetic is exact as long as the result fits; the figures of a council do, with room to spare.
// Where it does not, both sides are first rounded (half away from zero) to 18 significant digits,
// with at most 18 after the point, and `rounded` is set; a number of 10^18 or more cannot be, and
// the operation has no result.
#ifndef GT_ENGINE_FRACTION_H
#define GT_ENGINE_FRACTION_H

#include "base/decimal.h"

__extension__ typedef __int128 fraction_whole;

struct fraction {
    fraction_whole top, bottom;
};

struct fraction fraction_of(struct dec value); // present
struct fraction fraction_int(int64_t value);

// a + b, a * b, a / b (b not 0). False: too large. `rounded` is set where digits were lost, else
// left.
bool fraction_add(struct fraction a, struct fraction b, struct fraction *out,
                  bool *rounded) MUST_CHECK;
bool fraction_multiply(struct fraction a, struct fraction b, struct fraction *out,
                       bool *rounded) MUST_CHECK;
bool fraction_divide(struct fraction a, struct fraction b, struct fraction *out,
                     bool *rounded) MUST_CHECK;
struct fraction fraction_negate(struct fraction a);
int fraction_sign(struct fraction a);
// -1, 0, 1. False: too large to tell.
bool fraction_compare(struct fraction a, struct fraction b, int *out, bool *rounded) MUST_CHECK;

// The decimal with at most `places` (0..18) after the point and at most 18 digits in all: fewer
// places are kept where the whole part needs the digits. False: 10^18 or more.
// FRACTION_ROUND: to the nearest, half away from zero. FRACTION_CUT: the digits as they stand, so
// that rounding the result once more to fewer places gives what rounding the fraction would.
enum fraction_ending { FRACTION_ROUND, FRACTION_CUT };
bool fraction_decimal(struct fraction f, int places, enum fraction_ending ending,
                      struct dec *out) MUST_CHECK;

#endif
