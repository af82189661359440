#include <math.h>

#include "engine/special.h"
#include "engine/special_parts.h"

// Above this the normal differs by less than a double can show.
static const double NORMAL_FROM = 1e20;

// x = df / (df + t^2) and y = 1 - x, without squaring what would overflow.
static void split(double df, long double t, long double *x, long double *y)
{
    long double ratio = t / sqrtl(df);
    long double square = ratio * ratio;
    *y = square / (1 + square);
    *x = 1 / (1 + square);
}

// t times the density is x^(df/2) y^(1/2) / B(df/2, 1/2). The upper tail is I_x(df/2, 1/2) / 2; the
// lower here is the chance between 0 and t, I_y(1/2, df/2) / 2, which is what is left near the
// middle.
static struct tail student_tail_at(const void *shape, long double t, bool is_upper)
{
    const double *df = shape;
    long double x = 0;
    long double y = 0;
    split(*df, t, &x, &y);
    long double log_two = logl(2);
    long double chance =
        is_upper ? beta_log_lower(*df / 2, 0.5, x, y) : beta_log_lower(0.5, *df / 2, y, x);
    return (struct tail){.log_chance = chance - log_two,
                         .log_density = beta_log_front(*df / 2, 0.5, x, y),
                         .bend = 1 - (*df + 1) * y};
}

double student_upper(double t, double df)
{
    if (!(df >= 1) || isnan(t)) {
        return NAN;
    }
    if (df >= NORMAL_FROM) {
        return normal_upper(t);
    }
    if (t == 0 || isinf(t)) {
        return t == 0 ? 0.5 : t > 0 ? 0 : 1;
    }
    double tail = (double)expl(student_tail_at(&df, fabs(t), true).log_chance);
    return t > 0 ? tail : 1 - tail;
}

double student_cdf(double t, double df)
{
    return student_upper(-t, df);
}

// Wallace (1959): sqrt(df log(1 + t^2 / df)) (8 df + 1) / (8 df + 3) is nearly normal, far out too.
static long double wallace_start(double df, double z)
{
    long double scaled = z * ((8 * df + 3) / (8 * df + 1));
    return sqrtl(df * expm1l(scaled * scaled / df));
}

// The t > 0 with `q` < 1/2 above it.
static double upper_quantile(double q, double df)
{
    static const double MIDDLE_FROM = 0.25;
    bool is_middle = q > MIDDLE_FROM;
    long double start = wallace_start(df, normal_quantile_upper(q));
    long double target = is_middle ? 0.5L - q : q;
    return (double)tail_solve(student_tail_at, &df, !is_middle, logl(target), start);
}

double student_quantile_upper(double q, double df)
{
    if (!(q >= 0 && q <= 1 && df >= 1)) {
        return NAN;
    }
    if (df >= NORMAL_FROM || q == 0 || q == 1) {
        return normal_quantile_upper(q);
    }
    if (q == 0.5) {
        return 0;
    }
    return q < 0.5 ? upper_quantile(q, df) : -upper_quantile(1 - q, df);
}

double student_quantile(double p, double df)
{
    return -student_quantile_upper(p, df);
}
