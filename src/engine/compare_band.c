// Tie bands. Two intervals overlap when each begins no later than the other ends. Areas are taken
// in by the beginning of their intervals, questions in the order of their ends; a tree over the
// ends gives best and worst rank of those taken in that end no earlier than the question begins.
#include <math.h>
#include <stdlib.h>

#include "engine/compare.h"

struct span {
    double lower, upper;
    size_t area, rank;
    size_t place; // of its upper end among all upper ends, latest first, from 1
};

struct best_worst {
    size_t best, worst;
};

static int by_lower(const void *a, const void *b)
{
    const struct span *x = (const struct span *)a;
    const struct span *y = (const struct span *)b;
    return (x->lower > y->lower) - (x->lower < y->lower);
}

static int latest_first(const void *a, const void *b)
{
    const struct span *x = (const struct span *)a;
    const struct span *y = (const struct span *)b;
    return (y->upper > x->upper) - (y->upper < x->upper);
}

// An interval, or the bare value where there is none, or where its ends are the wrong way round.
static struct span span_of(const double *values, const double *lower, const double *upper,
                           const size_t *ranks, size_t i)
{
    struct span s = {values[i], values[i], i, ranks[i], 0};
    if (lower != NULL && upper != NULL && lower[i] <= upper[i]) {
        s.lower = lower[i];
        s.upper = upper[i];
    }
    return s;
}

static void take_in(struct best_worst *tree, size_t size, const struct span *s)
{
    for (size_t at = s->place; at <= size; at += at & (0 - at)) {
        if (tree[at].best == 0 || s->rank < tree[at].best) {
            tree[at].best = s->rank;
        }
        if (s->rank > tree[at].worst) {
            tree[at].worst = s->rank;
        }
    }
}

// Over the `places` latest ends.
static struct compare_band ask(const struct best_worst *tree, size_t places, size_t rank)
{
    struct compare_band band = {rank, rank};
    for (size_t at = places; at > 0; at -= at & (0 - at)) {
        if (tree[at].best != 0 && tree[at].best < band.best) {
            band.best = tree[at].best;
        }
        if (tree[at].worst > band.worst) {
            band.worst = tree[at].worst;
        }
    }
    return band;
}

// How many of the spans (latest end first) end at `from` or later.
static size_t ending_from(const struct span *spans, size_t count, double from)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t half = low + (high - low) / 2;
        if (spans[half].upper >= from) {
            low = half + 1;
        } else {
            high = half;
        }
    }
    return low;
}

void compare_bands(const double *values, const double *lower, const double *upper,
                   const size_t *ranks, size_t count, struct compare_band *ret_bands,
                   struct arena *scratch)
{
    struct span *by_end = ARENA_ARRAY(scratch, count, struct span);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        ret_bands[i] = (struct compare_band){0, 0};
        if (ranks[i] != 0) {
            by_end[n++] = span_of(values, lower, upper, ranks, i);
        }
    }
    if (n == 0) {
        return;
    }
    qsort(by_end, n, sizeof *by_end, latest_first);
    struct span *by_start = ARENA_ARRAY(scratch, n, struct span);
    for (size_t i = 0; i < n; i++) {
        by_end[i].place = i + 1;
        by_start[i] = by_end[i];
    }
    qsort(by_start, n, sizeof *by_start, by_lower);
    struct best_worst *tree = ARENA_ARRAY(scratch, n + 1, struct best_worst);
    size_t taken = 0;
    for (size_t q = n; q-- > 0;) { // earliest end first
        const struct span *s = &by_end[q];
        for (; taken < n && by_start[taken].lower <= s->upper; taken++) {
            take_in(tree, n, &by_start[taken]);
        }
        ret_bands[s->area] = ask(tree, ending_from(by_end, n, s->lower), s->rank);
    }
}
