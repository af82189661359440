// Distances between decimals, exact for any two of them.
//
// base/decimal.h answers "absent" where a result would need more than 18 digits. A judgement may
// not: here a decimal becomes a whole number of 10^-18, which has room for every difference of two
// decimals, and tolerances in percent are compared without being worked out.
#ifndef GT_ENGINE_EXACT_H
#define GT_ENGINE_EXACT_H

#include "base/decimal.h"

__extension__ typedef __int128 exact; // in units of 10^-18

exact exact_of(struct dec value); // 0 when absent
// The decimal, without trailing zeros; absent when it needs more than 18 digits.
struct dec exact_dec(exact value);
struct dec exact_difference(struct dec a, struct dec b); // exact_dec of a - b
// -1, 0, 1: how `distance` (>= 0) compares with `percent` (>= 0) per cent of |base|.
int exact_cmp_percent(exact distance, struct dec percent, struct dec base);

// What is good: from `low` to `high`, both included; an absent end is open.
struct good_span {
    struct dec low, high;
};
// How far `value` is outside, 0 when inside; never negative.
exact exact_outside(struct dec value, struct good_span good);

#endif
