// Exact decimals, and the one rounding function of the whole product.
//
// A figure that people compare is a decimal: `units` x 10^-`scale`. Up to 18 significant digits
// are exact. Rounding is half away from zero (34.25 at one decimal is 34.3, -34.25 is -34.3), as
// officers round (stack.md 2 and 13); HTML, CSV, JSON, charts and reports all come here.
#ifndef GT_BASE_DECIMAL_H
#define GT_BASE_DECIMAL_H

#include "base/buf.h"

enum { DEC_SCALE_MAX = 18, DEC_DIGITS_MAX = 18 };

struct dec {
    int64_t units;
    uint8_t scale; // 0..18
    bool present;  // false: there is no figure (missing is not zero)
};

#define DEC_NONE ((struct dec){0, 0, false})
// Absent where the figure has more than 18 digits.
struct dec dec_int(int64_t value);
struct dec dec_make(int64_t units, uint8_t scale);

// Reads canonical decimal text: optional '-', digits, optional '.' and digits; nothing else.
// The scale is kept as written ("1.50" has scale 2). False: not such a number, or over 18 digits.
bool dec_parse(const char *text, size_t length, struct dec *out) MUST_CHECK;

// Rounds half away from zero to `decimals` (0..18); a smaller scale is widened with zeros only
// where it fits, otherwise left. An absent figure stays absent; `decimals` outside 0..18 leaves the
// figure as it is.
struct dec dec_round(struct dec value, int decimals);

// -1, 0, 1. Exact for any scales. Both must be present.
int dec_cmp(struct dec a, struct dec b);
bool dec_equal(struct dec a, struct dec b); // absent equals absent; 1.5 equals 1.50
int dec_sign(struct dec a);

// Exact arithmetic. The result is absent when either side is, or when it does not fit.
struct dec dec_add(struct dec a, struct dec b);
struct dec dec_sub(struct dec a, struct dec b);
struct dec dec_mul(struct dec a, struct dec b);
struct dec dec_neg(struct dec a);
struct dec dec_abs(struct dec a);
// a / b rounded half away from zero to `decimals`; absent when b is zero.
struct dec dec_div(struct dec a, struct dec b, int decimals);
// multiplier * a / b rounded once, to `decimals`: the value of a percentage or a rate.
struct dec dec_ratio(struct dec a, struct dec b, int64_t multiplier, int decimals);
// Without trailing zeros after the point.
struct dec dec_trim(struct dec a);

double dec_to_double(struct dec a); // NaN when absent
// The decimal with `decimals` places nearest to `value` (half away from zero on its shortest
// decimal reading, so that 2.675 at two places is 2.68). Absent for NaN, infinity, or too large.
struct dec dec_from_double(double value, int decimals);

// Canonical text: "-1234.50" (hyphen-minus, no grouping): for CSV, JSON and the record.
// Puts nothing when absent.
void dec_write(struct buf *b, struct dec value);
const char *dec_text(struct arena *a, struct dec value); // "" when absent
// For people: rounded to `decimals`, thousands commas, U+2212 for minus: "−1,234.5".
void dec_write_shown(struct buf *b, struct dec value, int decimals);
const char *dec_shown(struct arena *a, struct dec value, int decimals);

// A double so that it reads back to the same double, shortest form ("0.1", "1e+300");
// nothing for NaN or infinity. With decimals >= 0: rounded by dec_from_double (in the shortest form
// where that is too large for it).
void double_write(struct buf *b, double value, int decimals);

#endif
