#include <math.h>

#include "engine/special.h"
#include "engine/special_parts.h"

static const long double TWO_PI = 6.283185307179586476925286766559005768L;

// With n = a + b: a log(x n / a) + b log(y n / b) + log(a b / (2 pi n)) / 2 and Stirling's rests.
// x n - a = x b - y a, which does not cancel; log(1 + m) only where m is small.
static long double times_log(double a, long double off, long double ratio)
{
    long double m = off / a;
    return a * (fabsl(m) < 0.5L ? log1pl(m) : logl(ratio));
}

long double beta_log_front(double a, double b, long double x, long double y)
{
    long double n = (long double)a + b;
    long double off = x * b - y * a;
    long double powers = times_log(a, off, x * (n / a)) + times_log(b, -off, y * (n / b));
    long double rest = stirling_rest(n) - stirling_rest(a) - stirling_rest(b);
    return powers + logl(a / n * b / TWO_PI) / 2 + rest;
}

// I_x(a, b) / (x^a y^b / B(a, b)): the continued fraction of DiDonato and Morris (1992, ACM TOMS
// 18:360, (9.1)) by Lentz's method; quick where x is below the mean a / (a + b). Written with
// a - (a + b) x = a y - b x: for large a, x is close to 1 and only y has the digits.
static double fraction(double a, double b, long double x, long double y)
{
    static const double TINY = 1e-300;
    static const double STEPS_MAX = 1e8;
    double above = (double)(a * y - b * x);
    double share = (double)x;
    double rest = 1 + (double)y;
    double h = a / (a + 1) * (above + 1);
    double c = h;
    double d = 0;
    for (double n = 1; n < STEPS_MAX; n++) {
        double part = n * (b - n) * share / (a + 2 * n - 1);
        double alpha = (a + n - 1) / (a + 2 * n - 1) * (a + b + n - 1) * part * share;
        double beta = n + part + (a + n) / (a + 2 * n + 1) * (above + 1 + n * rest);
        d = beta + alpha * d;
        d = 1 / (fabs(d) < TINY ? TINY : d);
        c = beta + alpha / c;
        c = fabs(c) < TINY ? TINY : c;
        double by = c * d;
        h *= by;
        if (fabs(by - 1) < 2e-16) {
            break;
        }
    }
    return 1 / h;
}

long double beta_log_lower(double a, double b, long double x, long double y)
{
    if (a * y > b * x) {
        return beta_log_front(a, b, x, y) + logl(fraction(a, b, x, y));
    }
    return log1pl(-(expl(beta_log_front(b, a, y, x)) * fraction(b, a, y, x)));
}

static bool is_beta(double a, double b, double x)
{
    return a > 0 && b > 0 && isfinite(a) && isfinite(b) && x >= 0 && x <= 1;
}

double beta_lower(double a, double b, double x)
{
    if (!is_beta(a, b, x) || x == 0 || x == 1) {
        return is_beta(a, b, x) ? x : NAN;
    }
    return (double)expl(beta_log_lower(a, b, x, 1 - (long double)x));
}

double beta_upper(double a, double b, double x)
{
    if (!is_beta(a, b, x) || x == 0 || x == 1) {
        return is_beta(a, b, x) ? 1 - x : NAN;
    }
    return (double)expl(beta_log_lower(b, a, 1 - (long double)x, x));
}
