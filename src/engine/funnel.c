#include "engine/funnel.h"

#include <math.h>

#include "engine/special.h"

static const double Z_025 = 1.959963984540054;
static const double Z_001 = 3.090232306167813;
static const double EXACT_BELOW = 10; // events; from here on Byar's approximation
static const double DSR_LEAST = 10;   // events

// How far from the average a proportion may be by chance. The source's formula (sigma_adjustment)
// comes to this: the values whose Wilson interval just reaches the average.
static double proportion_spread(double average, double denominator, double z)
{
    return z * sqrt(average * (1 - average) / denominator);
}

// The interval of a count: exact Poisson below 10 events, Byar from there on.
static double count_lower(double events, double z, double tail)
{
    if (events < EXACT_BELOW) {
        return events > 0 ? chi_square_quantile(tail, 2 * events) / 2 : 0;
    }
    return events * pow(1 - 1 / (9 * events) - z / 3 / sqrt(events), 3);
}

static double count_upper(double events, double z, double tail)
{
    if (events < EXACT_BELOW) {
        return chi_square_quantile_upper(tail, 2 * events + 2) / 2;
    }
    double more = events + 1;
    return more * pow(1 - 1 / (9 * more) + z / 3 / sqrt(more), 3);
}

static enum funnel_level judge_proportion(double x, double n, double average)
{
    if (x > n || average < 0 || average > 1) {
        return FUNNEL_NONE;
    }
    double share = x / n;
    double wide = proportion_spread(average, n, Z_001);
    double near = proportion_spread(average, n, Z_025);
    if (share < average - wide) {
        return FUNNEL_LOW_001;
    }
    if (share < average - near) {
        return FUNNEL_LOW_025;
    }
    if (share > average + wide) {
        return FUNNEL_HIGH_001;
    }
    return share > average + near ? FUNNEL_HIGH_025 : FUNNEL_NOT_SIGNIFICANT;
}

static enum funnel_level judge_count(double events, double denominator, double average)
{
    if (average < count_lower(events, Z_001, 0.001) / denominator) {
        return FUNNEL_HIGH_001;
    }
    if (average < count_lower(events, Z_025, 0.025) / denominator) {
        return FUNNEL_HIGH_025;
    }
    if (average > count_upper(events, Z_001, 0.001) / denominator) {
        return FUNNEL_LOW_001;
    }
    if (average > count_upper(events, Z_025, 0.025) / denominator) {
        return FUNNEL_LOW_025;
    }
    return FUNNEL_NOT_SIGNIFICANT;
}

enum funnel_level funnel_judge(enum funnel_kind kind, double numerator, double denominator,
                               double average)
{
    if (!isfinite(numerator) || !isfinite(denominator) || !isfinite(average) || numerator < 0 ||
        denominator <= 0 || average < 0) {
        return FUNNEL_NONE;
    }
    switch (kind) {
    case FUNNEL_PROPORTION: return judge_proportion(numerator, denominator, average);
    case FUNNEL_DSR:
        if (numerator < DSR_LEAST) {
            return FUNNEL_NONE;
        }
        break;
    case FUNNEL_RATE: break;
    case FUNNEL_RATIO: average = 1; break;
    }
    return judge_count(numerator, denominator, average);
}

double funnel_average(enum funnel_kind kind, const double *numerators, const double *denominators,
                      size_t count)
{
    if (kind == FUNNEL_RATIO) {
        return 1;
    }
    long double numerator = 0;
    long double denominator = 0;
    for (size_t i = 0; i < count; i++) {
        if (isfinite(numerators[i]) && isfinite(denominators[i]) && denominators[i] > 0) {
            numerator += numerators[i];
            denominator += denominators[i];
        }
    }
    return denominator > 0 ? (double)(numerator / denominator) : NAN;
}

double funnel_denominator(enum funnel_kind kind, double events, double rate, double multiplier,
                          double denominator)
{
    if (events == 0) {
        return kind == FUNNEL_DSR ? NAN : denominator;
    }
    double derived = multiplier * events / rate;
    return isfinite(derived) && derived > 0 ? derived : NAN;
}

static struct funnel_limits proportion_limits(double denominator, double average)
{
    double near = proportion_spread(average, denominator, Z_025);
    double wide = proportion_spread(average, denominator, Z_001);
    return (struct funnel_limits){
        .lower_025 = fmax(0, average - near),
        .upper_025 = fmin(1, average + near),
        .lower_001 = fmax(0, average - wide),
        .upper_001 = fmin(1, average + wide),
        .lower_025_at = denominator,
        .upper_025_at = denominator,
        .lower_001_at = denominator,
        .upper_001_at = denominator,
    };
}

struct funnel_limits funnel_limits(enum funnel_kind kind, double size, double average)
{
    if (kind == FUNNEL_RATIO) {
        average = 1;
    }
    bool is_proportion = kind == FUNNEL_PROPORTION;
    if (!isfinite(size) || size <= 0 || !isfinite(average) || average < 0 ||
        (is_proportion ? average > 1 : average == 0)) {
        return (struct funnel_limits){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    }
    if (is_proportion) {
        return proportion_limits(size, average);
    }
    // Exact at every size: the mean under which so few, or over which so many, come about with this
    // chance.
    double most_025 = chi_square_quantile_upper(0.025, 2 * size + 2) / 2;
    double least_025 = chi_square_quantile(0.025, 2 * size) / 2;
    double most_001 = chi_square_quantile_upper(0.001, 2 * size + 2) / 2;
    double least_001 = chi_square_quantile(0.001, 2 * size) / 2;
    return (struct funnel_limits){
        .lower_025 = average * size / most_025,
        .upper_025 = average * size / least_025,
        .lower_001 = average * size / most_001,
        .upper_001 = average * size / least_001,
        .lower_025_at = most_025 / average,
        .upper_025_at = least_025 / average,
        .lower_001_at = most_001 / average,
        .upper_001_at = least_001 / average,
    };
}

const char *funnel_code(enum funnel_level level)
{
    static const char *const codes[] = {
        [FUNNEL_NONE] = "",
        [FUNNEL_NOT_SIGNIFICANT] = "not_significant",
        [FUNNEL_HIGH_025] = "high_0.025",
        [FUNNEL_HIGH_001] = "high_0.001",
        [FUNNEL_LOW_025] = "low_0.025",
        [FUNNEL_LOW_001] = "low_0.001",
    };
    return (size_t)level < COUNT_OF(codes) ? codes[level] : "";
}
