#include <math.h>

#include "engine/special.h"
#include "engine/special_parts.h"

static const long double TWO_PI = 6.283185307179586476925286766559005768L;
static const double ROUNDING = 1e-17; // a term so small beside the sum changes nothing

struct gamma_shape {
    double a;
    long double log_front; // what log_density has that does not depend on x
};

// From here on log(x^a e^-x / Gamma(a)) is written with x / a, which stays exact for large a.
static const double FROM_RATIO = 20;
// From here on, with x near a, the uniform expansion is exact and quicker than any sum.
static const double UNIFORM_FROM = 1e6;
static const long double UNIFORM_NEAR = 0.1L;

static struct gamma_shape gamma_shape_of(double a)
{
    int sign = 0;
    struct gamma_shape g = {.a = a};
    if (a < FROM_RATIO) {
        g.log_front = -lgammal_r(a, &sign);
    } else {
        g.log_front = logl(a / TWO_PI) / 2 - stirling_rest(a);
    }
    return g;
}

// m - log(1 + m) for m = x / a - 1. Exact near 0, where with v = m / (2 + m) it is
// m v - 2 (v^3/3 + v^5/5 + ...), and near -1, where m no longer holds the digits of x.
static long double log_gap(double a, long double x)
{
    long double m = (x - a) / a;
    if (fabsl(m) > 0.1L) {
        return m - logl(x / a);
    }
    long double v = m / (2 + m);
    long double square = v * v;
    long double power = v * square;
    long double sum = 0;
    for (int k = 3; k < 40 && fabsl(power) > 0; k += 2) {
        long double term = power / k;
        sum += term;
        if (fabsl(term) <= 1e-22L * fabsl(sum)) {
            break;
        }
        power *= square;
    }
    return m * v - 2 * sum;
}

// log of x times the density: x^a e^-x / Gamma(a).
static long double log_density(const struct gamma_shape *g, long double x)
{
    if (g->a < FROM_RATIO) {
        return (g->a * logl(x) - x) + g->log_front;
    }
    return g->log_front - g->a * log_gap(g->a, x);
}

// P / (x^a e^-x / Gamma(a + 1)) = 1 + x/(a+1) + x^2/((a+1)(a+2)) + ... (A. & S. 6.5.29).
static double series(double a, double x)
{
    double term = 1;
    double sum = 1;
    for (double n = a + 1; term > ROUNDING * sum; n++) {
        term *= x / n;
        sum += term;
    }
    return sum;
}

// Q / (x^a e^-x / Gamma(a)), Legendre's continued fraction (A. & S. 6.5.31) by Lentz's method.
static double fraction(double a, double x)
{
    static const double TINY = 1e-300;
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / (fabs(b) < TINY ? TINY : b);
    double h = d;
    for (double i = 1; i < 1e6; i++) {
        double an = -i * (i - a);
        b += 2;
        d = an * d + b;
        d = 1 / (fabs(d) < TINY ? TINY : d);
        c = b + an / c;
        c = fabs(c) < TINY ? TINY : c;
        double by = d * c;
        h *= by;
        if (fabs(by - 1) < 2e-16) {
            break;
        }
    }
    return h;
}

// Q for a < 1 and small x, where 1 - P would cancel: with u = x^a / Gamma(1 + a) - 1 it is
// -u - (1 + u) a sum (-x)^n / ((a + n) n!), n = 1, 2, ... (Gautschi 1979, ACM TOMS 5:466).
static long double small_upper(double a, long double x)
{
    int sign = 0;
    long double u = expm1l(a * logl(x) - lgammal_r(1 + (long double)a, &sign));
    long double power = 1;
    long double sum = 0;
    for (int n = 1; n < 60; n++) {
        power *= -x / n;
        long double term = power / (a + n);
        sum += term;
        if (fabsl(term) < 1e-21L * fabsl(sum)) {
            break;
        }
    }
    return -u - (1 + u) * a * sum;
}

static bool is_uniform(double a, long double x)
{
    return a >= UNIFORM_FROM && fabsl(x - a) <= UNIFORM_NEAR * a;
}

static long double polynomial(const long double *c, int count, long double x)
{
    long double sum = 0;
    for (int i = count - 1; i >= 0; i--) {
        sum = sum * x + c[i];
    }
    return sum;
}

// Temme (1979, SIAM J. Math. Anal. 10:757): Q = erfc(e sqrt(a / 2)) / 2 + R, P = erfc(-...) / 2 - R
// where e^2 / 2 = m - log(1 + m), m = x / a - 1, and R = density-like front times
// sum c_k(e) / a^k; the c_k by their Taylor series.
static long double uniform(double a, long double x, bool is_upper)
{
    static const long double C0[] = {-1.0L / 3,           1.0L / 12,
                                     -2.0L / 135,         1.0L / 864,
                                     1.0L / 2835,         -139.0L / 777600,
                                     1.0L / 25515,        -571.0L / 261273600,
                                     -281.0L / 151559100, 163879.0L / 197522841600};
    static const long double C1[] = {-1.0L / 540,    -1.0L / 288, 1.0L / 378,
                                     -77.0L / 77760, 1.0L / 4860, -1.0L / 2488320};
    static const long double C2[] = {25.0L / 6048, -139.0L / 51840, 1.0L / 1296};
    long double gap = log_gap(a, x);
    long double e = copysignl(sqrtl(2 * gap), x - a);
    long double rest = polynomial(C0, sizeof(C0) / sizeof(C0[0]), e) +
                       polynomial(C1, sizeof(C1) / sizeof(C1[0]), e) / a +
                       polynomial(C2, sizeof(C2) / sizeof(C2[0]), e) / a / a;
    rest *= expl(-a * gap) / sqrtl(TWO_PI * a);
    long double root = e * sqrtl(a / 2.0L);
    return is_upper ? erfcl(root) / 2 + rest : erfcl(-root) / 2 - rest;
}

static long double log_less(long double log_other)
{
    return log1pl(-expl(log_other));
}

static long double log_tail(const struct gamma_shape *g, long double x, bool is_upper);

static long double log_lower(const struct gamma_shape *g, long double x)
{
    if (is_uniform(g->a, x)) {
        return logl(uniform(g->a, x, false));
    }
    if (x < g->a + 1) {
        return log_density(g, x) - logl(g->a) + logl(series(g->a, (double)x));
    }
    return log_less(log_tail(g, x, true));
}

static long double log_upper(const struct gamma_shape *g, long double x)
{
    static const long double SMALL = 1.1L;
    if (is_uniform(g->a, x)) {
        return logl(uniform(g->a, x, true));
    }
    if (g->a < 1 && x < SMALL) {
        return logl(small_upper(g->a, x));
    }
    if (g->a >= 1 && x < g->a + 1) {
        return log_less(log_tail(g, x, false));
    }
    return log_density(g, x) + logl(fraction(g->a, (double)x));
}

static long double log_tail(const struct gamma_shape *g, long double x, bool is_upper)
{
    return is_upper ? log_upper(g, x) : log_lower(g, x);
}

static double gamma_tail(double a, double x, bool is_upper)
{
    if (!(a > 0 && isfinite(a) && x >= 0)) {
        return NAN;
    }
    if (x == 0 || isinf(x)) {
        return (x == 0) == is_upper ? 1 : 0;
    }
    struct gamma_shape g = gamma_shape_of(a);
    return (double)expl(log_tail(&g, x, is_upper));
}

double gamma_lower(double a, double x)
{
    return gamma_tail(a, x, false);
}

double gamma_upper(double a, double x)
{
    return gamma_tail(a, x, true);
}

static struct tail gamma_tail_at(const void *shape, long double x, bool is_upper)
{
    const struct gamma_shape *g = shape;
    return (struct tail){
        .log_chance = log_tail(g, x, is_upper), .log_density = log_density(g, x), .bend = g->a - x};
}

// Where P would be `log_p` if it were x^a / Gamma(a + 1), which it is for small x: never above the
// root. Returns log x.
static long double power_start(double a, long double log_p)
{
    int sign = 0;
    return (log_p + lgammal_r(1 + (long double)a, &sign)) / a;
}

// Wilson and Hilferty (1931): the cube root is nearly normal. Negative where it does not hold.
static long double cube_start(double a, double z)
{
    double ninth = 1 / (9 * a);
    double root = 1 - ninth + z * sqrt(ninth);
    return a * (root > 0 ? root * root * root : -1);
}

// The x with P(a, x) = chance, or Q when `is_upper`; chance at most 1/2 where the caller can.
static double gamma_quantile(double chance, double a, bool is_upper)
{
    static const long double LOG_LEAST = -746; // of the smallest double
    static const double NORMAL_FROM = 1e17;    // the skewness is below the last digit
    struct gamma_shape g = gamma_shape_of(a);
    long double log_chance = logl(chance);
    long double log_p = is_upper ? log1pl(-(long double)chance) : log_chance;
    long double log_power = power_start(a, log_p);
    if (log_power < LOG_LEAST) {
        return 0;
    }
    long double power = expl(log_power);
    double z = is_upper ? -normal_quantile(chance) : normal_quantile(chance);
    if (a > NORMAL_FROM) {
        return a + z * sqrt(a);
    }
    long double cube = cube_start(a, z);
    long double start = cube > power ? cube : power;
    return (double)tail_solve(gamma_tail_at, &g, is_upper, log_chance, start);
}

double chi_square_cdf(double x, double df)
{
    if (df == 0 && x >= 0) {
        return 1;
    }
    return x < 0 && df >= 0 ? 0 : gamma_lower(df / 2, x / 2);
}

double chi_square_upper(double x, double df)
{
    if (df == 0 && x >= 0) {
        return 0;
    }
    return x < 0 && df >= 0 ? 1 : gamma_upper(df / 2, x / 2);
}

static double chi_square_tail(double chance, double df, bool is_upper)
{
    if (!(chance >= 0 && chance <= 1 && df >= 0 && isfinite(df))) {
        return NAN;
    }
    bool at_least = chance == (is_upper ? 1 : 0);
    bool at_most = chance == (is_upper ? 0 : 1);
    if (df == 0 || at_least) {
        return 0;
    }
    if (at_most) {
        return INFINITY;
    }
    bool turn = chance > 0.5; // the other tail is the smaller; 1 - chance is exact
    return 2 * gamma_quantile(turn ? 1 - chance : chance, df / 2, is_upper != turn);
}

double chi_square_quantile(double p, double df)
{
    return chi_square_tail(p, df, false);
}

double chi_square_quantile_upper(double q, double df)
{
    return chi_square_tail(q, df, true);
}
