#include "engine/shift.h"

#include <math.h>

#include "engine/spc_rules.h"
#include "engine/spc_sum.h"

// The points of a series, gaps left out.
struct points {
    const double *values;
    const size_t *rows;
    size_t count;
};

static double value_at(const struct points *p, size_t k)
{
    return p->values[p->rows[k]];
}

// Missing periods between a point and the one before.
static size_t gap_before(const struct points *p, size_t k)
{
    return p->rows[k] - p->rows[k - 1] - 1;
}

struct level {
    double mean, lower, upper;
};

static struct level level_without(const struct points *p, size_t from, const bool *is_excluded)
{
    struct spc_sum sum = {{0}, {0}, 0}, ranges = {{0}, {0}, 0};
    double before = NAN;
    size_t gap = 0;
    for (size_t k = 0; k < SHIFT_PERIOD; k++) {
        gap += k == 0 ? 0 : gap_before(p, from + k);
        if (is_excluded[k]) {
            continue;
        }
        double value = value_at(p, from + k);
        if (sum.count > 0 && gap < SPC_GAP) {
            spc_sum_add(&ranges, fabs(value - before));
        }
        spc_sum_add(&sum, value);
        before = value;
        gap = 0;
    }
    double mean = spc_sum_mean(&sum);
    double reach = SPC_LIMIT_FACTOR * spc_sum_mean(&ranges);
    return (struct level){mean, mean - reach, mean + reach};
}

// The average of the points from `from`, without the furthest out. Those that are equally far go
// together, as far as there is room.
static double stable_mean(const struct points *p, size_t from)
{
    bool is_excluded[SHIFT_PERIOD] = {false};
    struct level level = level_without(p, from, is_excluded);
    int excluded = 0;
    while (excluded < SHIFT_EXCLUSIONS) {
        double beyond[SHIFT_PERIOD], furthest = 0;
        for (size_t k = 0; k < SHIFT_PERIOD; k++) {
            double value = value_at(p, from + k);
            beyond[k] = is_excluded[k] ? 0 : fmax(value - level.upper, level.lower - value);
            furthest = fmax(furthest, beyond[k]);
        }
        if (!(furthest > 0)) {
            break;
        }
        for (size_t k = 0; k < SHIFT_PERIOD && excluded < SHIFT_EXCLUSIONS; k++) {
            if (beyond[k] == furthest) {
                is_excluded[k] = true;
                excluded++;
            }
        }
        level = level_without(p, from, is_excluded);
    }
    return level.mean;
}

static int side_of(const struct points *p, size_t k, double mean)
{
    double value = value_at(p, k);
    return (value > mean) - (value < mean);
}

// How many points from `k` on are on the same side of the mean, at most `most`.
static size_t run_from(const struct points *p, size_t k, double mean, size_t most)
{
    int side = side_of(p, k, mean);
    size_t length = side != 0;
    while (side != 0 && length < most && k + length < p->count &&
           gap_before(p, k + length) < SPC_GAP && side_of(p, k + length, mean) == side) {
        length++;
    }
    return length;
}

// The next point at which a run of SHIFT_RUN starts, or that is in one and has so many before it;
// p->count when there is none.
static size_t next_shift(const struct points *p, size_t from, double mean)
{
    for (size_t k = from; k < p->count;) {
        size_t length = run_from(p, k, mean, SHIFT_RUN);
        if (length == SHIFT_RUN) {
            return k;
        }
        // What is left of a run that is too short holds no start of another.
        k += length == 0 ? 1 : length;
    }
    return p->count;
}

// Whether the candidate that starts at `from` goes back: a run on the other side than `side` that
// begins in it and is, or may still become, long enough.
static bool goes_back(const struct points *p, size_t from, double mean, int side)
{
    bool is_first = true;
    for (size_t k = from; k < from + SHIFT_PERIOD;) {
        size_t length = run_from(p, k, mean, SHIFT_PERIOD + SHIFT_RUN);
        if (length == 0) {
            k++;
            continue;
        }
        bool is_other = side_of(p, k, mean) == -side;
        bool may_go_on = k + length == p->count && k + length >= from + SHIFT_PERIOD;
        if (is_other && (may_go_on || (length >= SHIFT_RUN && !is_first))) {
            return true;
        }
        is_first = false;
        k += length;
    }
    return false;
}

size_t shift_suggest(const double *values, size_t count, size_t *rows, struct shift_suggestion *out)
{
    struct points p = {values, rows, 0};
    for (size_t i = 0; i < count; i++) {
        if (!isnan(values[i])) {
            rows[p.count++] = i;
        }
    }
    if (p.count < 2 * SHIFT_PERIOD) {
        return 0;
    }
    double mean = stable_mean(&p, 0);
    size_t suggested = 0;
    for (size_t at = next_shift(&p, SHIFT_PERIOD, mean); at + SHIFT_PERIOD <= p.count;) {
        int side = side_of(&p, at, mean);
        double after = stable_mean(&p, at);
        if (goes_back(&p, at, after, side)) {
            at = next_shift(&p, at + 1, mean);
            continue;
        }
        size_t run = run_from(&p, at, mean, SHIFT_PERIOD);
        out[suggested++] = (struct shift_suggestion){rows[at], side > 0, run, mean, after};
        mean = after;
        at = next_shift(&p, at + SHIFT_PERIOD, mean);
    }
    return suggested;
}
