// One figure against a benchmark, a range or a target: better, the same, worse (methods.md 6 and 2,
// Fingertips comparers).
//
//   single      the benchmark inside [lower, upper], ends included: same; else better or worse
//   double      the same with the 95 % interval; outside the 99.8 % one too: best or worst
//   two         the two intervals overlap or touch: same; else by the values
//   range       lower is better: under `lower` better, from `upper` on worse; between: same.
//               Higher is better: under `lower` worse, from `upper` on better
//   target      higher is better: from `limit` on better, else worse; lower is better: up to
//   `limit`
//               better, else worse. With use_interval: the whole interval from the limit on, or the
//               whole under it, else same
//   proportion  value (per `unit`) against the Wilson limits around the benchmark proportion, with
//               the area's own denominator and `z`; on a limit is inside
//   rate        value against the Poisson limits of what is expected, E = benchmark x denominator /
//               unit, each tail `p`: chi2(p; 2 ceil(E)) / 2 and chi2(1-p; 2 floor(E) + 2) / 2, as
//               rates again; E = 0 has the lower limit 0
// Without polarity (none, and range: neither end is good) the verdicts are higher and lower,
// without a best and a worst. Which side it is on is told by the values, never by the intervals.
// Missing figures, a denominator or unit of nought or less, a benchmark proportion outside 0 to 1,
// a range the wrong way round, polarity not applicable: not compared, VERDICT_NONE.
#ifndef GT_ENGINE_AGAINST_H
#define GT_ENGINE_AGAINST_H

#include "engine/status.h"

enum verdict {
    VERDICT_NONE, // not compared
    VERDICT_BETTER,
    VERDICT_SAME, // cannot be told apart
    VERDICT_WORSE,
    VERDICT_BEST,  // better beyond 99.8 %
    VERDICT_WORST, // worse beyond 99.8 %
    VERDICT_HIGHER,
    VERDICT_LOWER,
    VERDICT_COUNT,
};

enum against_method {
    AGAINST_NONE,
    AGAINST_SINGLE,
    AGAINST_DOUBLE,
    AGAINST_TWO,
    AGAINST_RANGE,
    AGAINST_TARGET,
    AGAINST_PROPORTION,
    AGAINST_RATE,
    AGAINST_COUNT,
};

// NaN where there is no figure. Each method reads what its line above names.
struct against_input {
    enum against_method method;
    enum polarity polarity;
    bool not_applicable; // polarity not applicable: nothing is compared
    double value;
    double lower, upper;         // 95 % interval of the value; range: the bounds
    double lower_998, upper_998; // 99.8 % interval
    double benchmark;
    double benchmark_lower, benchmark_upper;
    double denominator;
    double unit; // 100 for percentages, 100000 for rates per 100,000
    double limit;
    bool use_interval;
    double z; // 1.96 for 95 %
    double p; // one tail: 0.025 for 95 %
};

// All figures missing, method none.
struct against_input against_blank(void);
enum verdict against_compare(const struct against_input *in);

// Limits that `value` is compared with, for charts: false where they cannot be told.
bool against_proportion_limits(double benchmark, double denominator, double unit, double z,
                               double *ret_lower, double *ret_upper) MUST_CHECK;
bool against_rate_limits(double benchmark, double denominator, double unit, double p,
                         double *ret_lower, double *ret_upper) MUST_CHECK;

const char *verdict_code(enum verdict v); // "better" ... "none"
bool verdict_from_code(const char *text, enum verdict *out) MUST_CHECK;
bool against_method_from_text(const char *text, enum against_method *out) MUST_CHECK;
// higher and high, lower and low, none, range (none, too), not_applicable.
bool against_polarity_from_text(const char *text, enum polarity *out,
                                bool *ret_not_applicable) MUST_CHECK;

#endif
