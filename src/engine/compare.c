#include "engine/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_value(const void *a, const void *b)
{
    const double *x = (const double *)a;
    const double *y = (const double *)b;
    return (*x > *y) - (*x < *y);
}

static void sort(double *values, size_t count)
{
    if (count > 1) {
        qsort(values, count, sizeof *values, by_value);
    }
}

// The figures present, sorted; how many.
static size_t present_sorted(const double *values, size_t count, double *ret_sorted)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (isfinite(values[i])) {
            ret_sorted[n++] = values[i];
        }
    }
    sort(ret_sorted, n);
    return n;
}

static double middle(const double *sorted, size_t count)
{
    double high = sorted[count / 2];
    // Halves first: the sum of two huge figures would be infinite.
    return count % 2 == 1 ? high : sorted[count / 2 - 1] / 2 + high / 2;
}

// Hyndman and Fan's type 7 (PERCENTILE.INC): h = (n - 1) p, straight between the two neighbours.
static double quantile(const double *sorted, size_t count, double p)
{
    double h = (double)(count - 1) * p;
    size_t below = (size_t)h;
    double share = h - (double)below;
    if (share <= 0 || below + 1 >= count) {
        return sorted[below];
    }
    return sorted[below] * (1 - share) + sorted[below + 1] * share;
}

// Sums in long double, the mean corrected by the mean of what is left over.
static void moments(const double *values, size_t count, struct compare_summary *s)
{
    long double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += values[i];
    }
    long double mean = sum / (long double)count;
    long double left = 0;
    for (size_t i = 0; i < count; i++) {
        left += values[i] - mean;
    }
    mean += left / (long double)count;
    long double squares = 0;
    for (size_t i = 0; i < count; i++) {
        squares += (values[i] - mean) * (values[i] - mean);
    }
    s->mean = (double)mean;
    s->deviation = (double)sqrtl(squares / (long double)(count - 1));
}

struct compare_summary compare_summarise(const double *values, size_t count, struct arena *scratch)
{
    struct compare_summary s = {0, NAN, NAN, NAN, NAN, NAN, NAN};
    double *sorted = ARENA_ARRAY(scratch, count, double);
    s.ranked = present_sorted(values, count, sorted);
    size_t n = s.ranked;
    if (n >= COMPARE_SPREAD_LEAST) {
        moments(sorted, n, &s);
        if (!(sorted[0] < sorted[n - 1])) {
            s.deviation = 0; // all equal: exactly, whatever the sums left over
        }
    }
    if (n >= COMPARE_LINES_LEAST) {
        s.quartile_1 = quantile(sorted, n, 0.25);
        s.quartile_3 = quantile(sorted, n, 0.75);
    }
    if (n >= COMPARE_MEDIAN_LEAST) {
        s.median = middle(sorted, n);
        for (size_t i = 0; i < n; i++) {
            sorted[i] = fabs(sorted[i] - s.median);
        }
        sort(sorted, n);
        s.mad = middle(sorted, n);
    }
    return s;
}

void compare_rank(const double *values, size_t count, enum polarity polarity, size_t *ret_ranks,
                  struct arena *scratch)
{
    double *sorted = ARENA_ARRAY(scratch, count, double);
    size_t n = present_sorted(values, count, sorted);
    for (size_t i = 0; i < count; i++) {
        ret_ranks[i] = 0;
        if (!isfinite(values[i])) {
            continue;
        }
        // The first place that is not below (lower is better), or is above (higher is better).
        bool is_lower = polarity == POLARITY_LOWER;
        size_t low = 0;
        size_t high = n;
        while (low < high) {
            size_t half = low + (high - low) / 2;
            if (sorted[half] < values[i] || (!is_lower && sorted[half] == values[i])) {
                low = half + 1;
            } else {
                high = half;
            }
        }
        ret_ranks[i] = 1 + (is_lower ? low : n - low);
    }
}

int compare_class(size_t rank, size_t ranked, int classes)
{
    if (rank == 0 || rank > ranked || classes < 2 || ranked < (size_t)classes) {
        return 0;
    }
    // In whole numbers ceil((N + 1 - r) / (N / k)) = ceil((N + 1 - r) k / N).
    size_t k = (size_t)classes;
    size_t from_worst = ((ranked + 1 - rank) * k + ranked - 1) / ranked;
    return from_worst > k ? 1 : (int)(k + 1 - from_worst);
}

static double over(double difference, double spread)
{
    double ratio = spread > 0 && isfinite(spread) ? difference / spread : NAN;
    return isfinite(ratio) ? ratio : NAN;
}

double compare_z(const struct compare_summary *s, double value)
{
    return over(value - s->mean, s->deviation);
}

double compare_mads(const struct compare_summary *s, double value)
{
    return over(value - s->median, s->mad);
}

enum compare_distance compare_distance(double mads)
{
    static const double bounds[] = {0.5, 1.5, 3, 7.5};
    if (isnan(mads)) {
        return DISTANCE_NONE;
    }
    enum compare_distance d = DISTANCE_SIMILAR;
    for (size_t i = 0; i < COUNT_OF(bounds) && fabs(mads) >= bounds[i]; i++) {
        d++;
    }
    return d;
}

enum verdict compare_side(double mads, enum polarity polarity)
{
    switch (compare_distance(mads)) {
    case DISTANCE_NONE: return VERDICT_NONE;
    case DISTANCE_SIMILAR: return VERDICT_SAME;
    case DISTANCE_SLIGHTLY:
    case DISTANCE_PLAIN:
    case DISTANCE_MUCH:
    case DISTANCE_BEYOND: break;
    }
    if (polarity != POLARITY_HIGHER && polarity != POLARITY_LOWER) {
        return mads > 0 ? VERDICT_HIGHER : VERDICT_LOWER;
    }
    return (mads > 0) == (polarity == POLARITY_HIGHER) ? VERDICT_BETTER : VERDICT_WORSE;
}

// --- The group as a whole

static bool has_parts(const double *numerators, const double *denominators, size_t i)
{
    return numerators != NULL && denominators != NULL && isfinite(numerators[i]) &&
           isfinite(denominators[i]) && denominators[i] > 0;
}

// Figures come rounded, scales do not: 100.03 is 100.
static double plain_scale(double scale)
{
    if (!(scale > 0) || !isfinite(scale)) {
        return scale;
    }
    double power = pow(10, round(log10(scale)));
    return fabs(scale / power - 1) <= 0.01 ? power : scale;
}

struct compare_benchmark compare_benchmark(const double *values, const double *numerators,
                                           const double *denominators, size_t count,
                                           struct arena *scratch)
{
    struct compare_benchmark b = {BENCHMARK_NONE, NAN, NAN};
    double *figures = ARENA_ARRAY(scratch, count, double);
    double *scales = ARENA_ARRAY(scratch, count, double);
    size_t ranked = 0;
    size_t paired = 0;
    size_t scaled = 0;
    long double numerator = 0;
    long double denominator = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(values[i])) {
            continue;
        }
        figures[ranked++] = values[i];
        if (has_parts(numerators, denominators, i)) {
            paired++;
            numerator += numerators[i];
            denominator += denominators[i];
            if (numerators[i] != 0) {
                scales[scaled++] = values[i] / (numerators[i] / denominators[i]);
            }
        }
    }
    if (scaled > 0) {
        sort(scales, scaled);
        b.scale = plain_scale(middle(scales, scaled));
    }
    if (ranked < COMPARE_SPREAD_LEAST) {
        return b;
    }
    if (paired == ranked && (isfinite(b.scale) || numerator == 0)) {
        b.kind = BENCHMARK_RATIO;
        b.value = numerator == 0 ? 0 : (double)(numerator / denominator) * b.scale;
    } else if (ranked >= COMPARE_MEDIAN_LEAST) {
        b.kind = BENCHMARK_MEDIAN;
        sort(figures, ranked);
        b.value = middle(figures, ranked);
    }
    return b;
}
