// Distributions: the chance of a value, and the value with a given chance.
//
// Written here from the published methods; every figure is a pure function of its arguments.
// `…_cdf` is the chance of a value at most so large, `…_upper` the chance of a larger one (worked
// out by itself: exact in the far tail, where 1 - cdf would be 0). `…_quantile(p)` is the value
// with `p` below it, `…_quantile_upper(q)` the value with `q` above it: give the smaller of the two
// chances, for 1 - 1e-20 is 1 in a double.
// A chance outside 0 to 1, a parameter outside its range, or a NaN gives NaN. The ends are kept:
// p = 0 and p = 1 give the ends of the distribution, infinite where it has none.
#ifndef GT_ENGINE_SPECIAL_H
#define GT_ENGINE_SPECIAL_H

// --- Normal, mean 0 and deviation 1. Cdf from erfc; quantile by Wichura's AS 241 (PPND16, Applied
// Statistics 37 (1988) 477): relative error below 1e-14, down to the smallest chance there is.
double normal_cdf(double z);
double normal_upper(double z);
double normal_quantile(double p);
double normal_quantile_upper(double q);

// --- Chi-square, any df > 0 that is a number; df = 0 is the distribution that is always 0.
// Regularised incomplete gamma by series and continued fraction; the quantile by Halley's method on
// the logarithm of the chance. Relative error of the quantile below 1e-14 for df from 0.01 to 1e7
// and chances down to 1e-300; a quantile under the smallest double is 0.
double chi_square_cdf(double x, double df);
double chi_square_upper(double x, double df);
double chi_square_quantile(double p, double df);
double chi_square_quantile_upper(double q, double df);

// --- Student's t, any df >= 1, infinity (the normal) too. Regularised incomplete beta by continued
// fraction; the quantile as for chi-square. Relative error as there.
double student_cdf(double t, double df);
double student_upper(double t, double df);
double student_quantile(double p, double df);
double student_quantile_upper(double q, double df);

// --- Poisson with `mean` >= 0: the chance of at most (of more than) k events; k is rounded down.
// The quantile is the smallest k with cdf >= p.
double poisson_cdf(double k, double mean);
double poisson_upper(double k, double mean);
double poisson_quantile(double p, double mean);

// --- Binomial: `n` trials (a whole number >= 0), each with chance `chance`. As Poisson.
double binomial_cdf(double k, double n, double chance);
double binomial_upper(double k, double n, double chance);
double binomial_quantile(double p, double n, double chance);

// --- What they stand on: regularised incomplete gamma, a > 0, x >= 0 (P below, Q above), and beta,
// a, b > 0, 0 <= x <= 1 (I_x below, 1 - I_x above).
double gamma_lower(double a, double x);
double gamma_upper(double a, double x);
double beta_lower(double a, double b, double x);
double beta_upper(double a, double b, double x);

#endif
