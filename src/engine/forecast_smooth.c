// Holt-Winters: level, slope and season, each a running mean of its own (additive).
#include <float.h>
#include <math.h>

#include "engine/forecast_parts.h"

enum { PERIODS_MOST = 12 };

static const long double ALPHA = 0.3L, BETA = 0.1L, GAMMA = 0.2L;

struct smooth {
    size_t periods;
    long double level, slope;
    long double season[PERIODS_MOST]; // by place in the year of the first value
};

// The mean of the year around values[at], the first and the last period by halves.
static long double year_around(const double *values, size_t at, size_t periods)
{
    size_t half = periods / 2;
    long double sum = ((long double)values[at - half] + (long double)values[at + half]) / 2;
    for (size_t i = at - half + 1; i < at + half; i++) {
        sum += (long double)values[i];
    }
    return sum / (long double)periods;
}

// The start from the first two years, as R's HoltWinters has it: a line through the moving year's
// mean, whose first place counts as t = 1; seasons are what it leaves, less their mean.
static struct smooth first_two_years(const double *values, size_t periods)
{
    struct smooth s = {.periods = periods};
    long double middle = ((long double)periods + 1) / 2, mean = 0, products = 0, spread = 0;
    for (size_t i = 0; i < periods; i++) {
        size_t at = i + periods / 2;
        long double t = (long double)(i + 1) - middle;
        long double moving = year_around(values, at, periods);
        mean += moving / (long double)periods;
        products += t * moving;
        spread += t * t;
        s.season[at % periods] = (long double)values[at] - moving;
    }
    s.slope = products / spread;
    s.level = mean - s.slope * middle;
    long double seasons = 0;
    for (size_t i = 0; i < periods; i++) {
        seasons += s.season[i] / (long double)periods;
    }
    for (size_t i = 0; i < periods; i++) {
        s.season[i] -= seasons;
    }
    return s;
}

// The deviation of the surprises; of figures that follow their season to the last digit exactly 0.
static double deviation_of(long double squares, size_t count, long double largest)
{
    double deviation = (double)sqrtl(squares / (long double)(count - 1));
    return deviation <= 8 * DBL_EPSILON * (double)largest ? 0 : deviation;
}

// Takes the value in; returns how far it was from the forecast of one period.
static long double take(struct smooth *s, size_t at, double value)
{
    long double x = (long double)value, before = s->level;
    long double *season = &s->season[at % s->periods];
    long double rest = x - (before + s->slope + *season);
    s->level = ALPHA * (x - *season) + (1 - ALPHA) * (before + s->slope);
    s->slope = BETA * (s->level - before) + (1 - BETA) * s->slope;
    *season = GAMMA * (x - s->level) + (1 - GAMMA) * *season;
    return rest;
}

// How much of one period's surprise is in the forecast j periods on.
static long double weight_after(size_t j, size_t periods)
{
    long double weight = ALPHA * (1 + (long double)j * BETA);
    return j % periods == 0 ? weight + GAMMA * (1 - ALPHA) : weight;
}

// The deviation of the sum of the next `rest` values, in deviations of one period's surprise: each
// surprise counts in itself and in all forecasts after it.
static double sum_deviation(size_t rest, size_t periods)
{
    long double squares = 0, effect = 1;
    for (size_t j = 1; j <= rest; j++) {
        squares += effect * effect;
        effect += weight_after(j, periods);
    }
    return (double)sqrtl(squares);
}

struct forecast_result forecast_smoothed(const struct forecast_input *in, double to_date)
{
    size_t first = in->count, periods = (size_t)in->periods_a_year;
    while (first > 0 && !isnan(in->values[first - 1])) {
        first--;
    }
    size_t count = in->count - first; // since the last gap
    if (periods % 2 != 0 || periods > PERIODS_MOST || in->count < 2 * periods) {
        return forecast_none(FORECAST_TOO_FEW);
    }
    if (count < 2 * periods) {
        return forecast_none(FORECAST_GAP_LAST_YEAR);
    }
    const double *values = in->values + first;
    struct smooth s = first_two_years(values, periods);
    long double largest = 0, mean = 0, squares = 0; // the latter of surprises, by Welford
    for (size_t i = periods; i < count; i++) {
        long double rest = take(&s, i, values[i]), away = rest - mean;
        mean += away / (long double)(i - periods + 1);
        squares += away * (rest - mean);
        largest = fmaxl(largest, fabsl((long double)values[i]));
    }
    size_t rest = periods - (size_t)in->elapsed;
    long double to_come = 0;
    for (size_t k = 1; k <= rest; k++) {
        to_come += s.level + (long double)k * s.slope + s.season[(count + k - 1) % periods];
    }
    struct forecast_result r = forecast_none(FORECAST_REASON_NONE);
    r.outturn = (double)((long double)to_date + to_come);
    r.se = deviation_of(squares, count - periods, largest) * sum_deviation(rest, periods);
    r.df = INFINITY;
    r.n = count;
    forecast_spread(&r, in->target);
    return r;
}
