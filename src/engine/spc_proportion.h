// Limits where the denominator varies: p, p', u, u' and I' charts (methods.md 1.7, qicharts2).
//
// centre = sum of numerators / sum of denominators; each point has limits of its own, centre -/+ 3
// sd(i), wider where its denominator is smaller:
//   p   sd = sqrt(centre (1 - centre) / n)      p'  that times sigma_z (Laney)
//   u   sd = sqrt(centre / n)                   u'  that times sigma_z
//   I'  sd = mean(s) sqrt(1 / n), s = sqrt(pi / 2) |y(i) - y(i-1)| / sqrt(1/n(i) + 1/n(i-1))
// sigma_z = mean |z(i) - z(i-1)| / 1.128, z = (y - centre) / sd. p and p' are clipped to 0 and 1, u
// and u' at 0. A gap is a NaN, or a denominator that is not above 0; no difference is taken over
// two or more missing periods. All values equal and no spread of their own: the limits are the
// centre. p', u' and I' of a single point: no limits (NaN).
// Making Data Count always draws an XmR chart: this is for measures whose denominators differ more
// than twofold (spc_proportion_is_apt) and whose owners ask for it.
#ifndef GT_ENGINE_SPC_PROPORTION_H
#define GT_ENGINE_SPC_PROPORTION_H

#include "base/compiler.h"

enum spc_chart {
    SPC_CHART_P,
    SPC_CHART_P_PRIME,
    SPC_CHART_U,
    SPC_CHART_U_PRIME,
    SPC_CHART_I_PRIME
};

struct spc_proportion_point {
    double value;        // numerator / denominator; NaN for a gap
    double lower, upper; // NaN for a gap
    bool is_outside;     // beyond a limit; on it is inside
};

struct spc_proportion {
    size_t points;
    double centre; // NaN without points
    double spread; // sigma_z of p' and u', mean(s) of I', 1 of p and u; NaN where not known
};

// `points` has room for `count`.
struct spc_proportion spc_proportion_evaluate(const double *numerators, const double *denominators,
                                              size_t count, enum spc_chart chart,
                                              struct spc_proportion_point *points);

// Whether the largest denominator is more than twice the smallest (of those above 0).
bool spc_proportion_is_apt(const double *denominators, size_t count);

#endif
