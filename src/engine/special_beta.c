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

// I_x(a, b) / (x^a y^b / (a B(a, b))), the continued fraction of A. & S. 26.5.8 by Lentz's method;
// quick where x is below the mean.
static double fraction(double a, double b, double x)
{
    static const double TINY = 1e-300;
    double c = 1;
    double d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < TINY ? TINY : d);
    double h = d;
    for (double m = 1; m < 1e8; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        const double terms[] = {even, odd};
        double by = 1;
        for (int i = 0; i < 2; i++) {
            d = 1 + terms[i] * d;
            d = 1 / (fabs(d) < TINY ? TINY : d);
            c = 1 + terms[i] / c;
            c = fabs(c) < TINY ? TINY : c;
            by = d * c;
            h *= by;
        }
        if (fabs(by - 1) < 2e-16) {
            break;
        }
    }
    return h;
}

long double beta_log_lower(double a, double b, long double x, long double y)
{
    if (x < (a + 1.0L) / (a + b + 2.0L)) {
        return beta_log_front(a, b, x, y) + logl(fraction(a, b, (double)x) / a);
    }
    long double other = beta_log_front(b, a, y, x) + logl(fraction(b, a, (double)y) / b);
    return log1pl(-expl(other));
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
