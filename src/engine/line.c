#include "engine/line.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

enum { SELECT_ROUNDS = 64 };

static double time_at(const double *times, size_t i)
{
    return times == NULL ? (double)(i + 1) : times[i];
}

// The means and spreads of what is present. Values are told from the first one: differences are
// small and exact where the values themselves are large and near each other.
struct moments {
    size_t n;
    long double origin;     // the first value
    long double t, y;       // means; y from the origin
    long double tt, ty, yy; // sums of products of the distances from them
    long double largest;    // |value|
};

static struct moments moments_of(const double *times, const double *values, size_t count)
{
    struct moments m = {0};
    for (size_t i = 0; i < count; i++) {
        if (!isnan(values[i])) {
            m.origin = m.n == 0 ? (long double)values[i] : m.origin;
            m.n++;
            m.t += (long double)time_at(times, i);
            m.y += (long double)values[i] - m.origin;
            m.largest = fmaxl(m.largest, fabsl((long double)values[i]));
        }
    }
    if (m.n == 0) {
        return m;
    }
    m.t /= (long double)m.n;
    m.y /= (long double)m.n;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(values[i])) {
            long double t = (long double)time_at(times, i) - m.t;
            long double y = (long double)values[i] - m.origin - m.y;
            m.tt += t * t;
            m.ty += t * y;
            m.yy += y * y;
        }
    }
    return m;
}

// Decimals are not exact in a double: figures on a line to their last digit leave squares of about
// that size, which are no residuals.
static double without_noise(long double squares, const struct moments *m)
{
    long double noise = 2 * (long double)DBL_EPSILON * m->largest;
    return squares <= (long double)m->n * noise * noise ? 0.0 : (double)squares;
}

static struct line no_line(size_t n)
{
    return (struct line){.n = n,
                         .slope = NAN,
                         .intercept = NAN,
                         .t_mean = NAN,
                         .t_spread = NAN,
                         .residual = NAN,
                         .total = NAN,
                         .variance = NAN};
}

// What the points leave beside the line y = origin + at_mean + slope (t - mean t).
static struct line line_of(const double *times, const double *values, size_t count,
                           const struct moments *m, long double slope, long double at_mean)
{
    long double squares = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(values[i])) {
            long double expected = at_mean + slope * ((long double)time_at(times, i) - m->t);
            long double rest = (long double)values[i] - m->origin - expected;
            squares += rest * rest;
        }
    }
    struct line l = {.n = m->n,
                     .slope = (double)slope,
                     .intercept = (double)(m->origin + at_mean - slope * m->t),
                     .t_mean = (double)m->t,
                     .t_spread = (double)m->tt,
                     .residual = without_noise(squares, m),
                     .total = without_noise(m->yy, m),
                     .variance = NAN};
    if (l.n >= 3) {
        l.variance = l.residual / (double)(l.n - 2);
    }
    return l;
}

struct line line_least_squares(const double *times, const double *values, size_t count)
{
    struct moments m = moments_of(times, values, count);
    if (m.n < 2 || m.tt <= 0) {
        return no_line(m.n);
    }
    // All values equal: the mean's own rounding must not tilt the line.
    long double slope = without_noise(m.yy, &m) == 0 ? 0 : m.ty / m.tt;
    return line_of(times, values, count, &m, slope, m.y);
}

struct line line_median(struct arena *a, const double *times, const double *values, size_t count)
{
    struct moments m = moments_of(times, values, count);
    if (m.n < 2 || m.n > LINE_MEDIAN_MAX || m.tt <= 0) {
        return no_line(m.n);
    }
    double *slopes = ARENA_ARRAY(a, m.n * (m.n - 1) / 2, double);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count && !isnan(values[i]); k++) {
            double step = time_at(times, k) - time_at(times, i);
            if (!isnan(values[k]) && step != 0) {
                slopes[found++] = (values[k] - values[i]) / step;
            }
        }
    }
    double slope = median_of(slopes, found);
    double *rests = slopes; // as long as needed: n (n - 1) / 2 >= n but for n = 2
    if (m.n == 2) {
        rests = ARENA_ARRAY(a, 2, double);
    }
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(values[i])) {
            rests[n++] = values[i] - slope * time_at(times, i);
        }
    }
    double intercept = median_of(rests, n);
    long double at_mean = (long double)intercept - m.origin + (long double)slope * m.t;
    struct line l = line_of(times, values, count, &m, (long double)slope, at_mean);
    l.intercept = intercept;
    return l;
}

double line_at(const struct line *l, double t)
{
    return l->intercept + l->slope * t;
}

double line_sum_error(const struct line *l, size_t count, double t_mean)
{
    double h = (double)count;
    double away = h * (t_mean - l->t_mean); // the sum of (t - mean t)
    return sqrt(l->variance * (h + h * h / (double)l->n + away * away / l->t_spread));
}

// --- The median

static int ascending(const void *a, const void *b)
{
    const double *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static void swap(double *a, double *b)
{
    double kept = *a;
    *a = *b;
    *b = kept;
}

static double middle_of_three(double a, double b, double c)
{
    return fmax(fmin(a, b), fmin(fmax(a, b), c));
}

// Hoare's partition of values[low..high]: afterwards low..right hold nothing above the pivot,
// left..high nothing below it, and what is between them equals it.
static void partition(double *values, size_t low, size_t high, size_t *ret_left, size_t *ret_right)
{
    double pivot = middle_of_three(values[low], values[low + (high - low) / 2], values[high]);
    size_t left = low, right = high;
    for (;;) {
        while (values[left] < pivot) {
            left++;
        }
        while (values[right] > pivot) {
            right--;
        }
        if (left > right) {
            break;
        }
        swap(&values[left++], &values[right]);
        if (right == 0) {
            break; // left is 1: only the first is at the pivot's left
        }
        right--;
    }
    *ret_left = left;
    *ret_right = right;
}

// The value that sorting would put at `at`; none before it is larger afterwards, none after it
// smaller. An order made to defeat the selection is sorted.
static double select_value(double *values, size_t count, size_t at)
{
    size_t low = 0, high = count - 1, left = 0, right = 0;
    for (int round = 0; low < high; round++) {
        if (round == SELECT_ROUNDS) {
            qsort(values + low, high - low + 1, sizeof *values, ascending);
            break;
        }
        partition(values, low, high, &left, &right);
        if (at <= right) {
            high = right;
        } else if (at >= left) {
            low = left;
        } else {
            break;
        }
    }
    return values[at];
}

double median_of(double *values, size_t count)
{
    if (count == 0) {
        return NAN;
    }
    double upper = select_value(values, count, count / 2);
    if (count % 2 == 1) {
        return upper;
    }
    double lower = values[0];
    for (size_t i = 1; i < count / 2; i++) {
        lower = fmax(lower, values[i]);
    }
    return (double)(((long double)lower + (long double)upper) / 2);
}
