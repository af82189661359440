// Chance, on trial: simulate CHARTS
//
// A stable process gives false alarms as often as the rules predict, a shift is found as soon as
// they predict, a swing of two cases in twenty is never called a failure, and intervals cover what
// they say. Prints tables of Markdown, those of docs/methods.md, from a fixed seed; exit status 1
// when something is not as predicted.
#include "simulate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

// --- Dice (splitmix64)

static uint64_t next_bits(struct dice *d)
{
    uint64_t z = d->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

double dice_uniform(struct dice *d)
{
    return ((double)(next_bits(d) >> 11) + 0.5) / 9007199254740992.0;
}

double dice_normal(struct dice *d)
{
    if (d->has_spare) {
        d->has_spare = false;
        return d->spare;
    }
    double radius = sqrt(-2 * log(dice_uniform(d))), angle = 2 * M_PI * dice_uniform(d);
    d->spare = radius * sin(angle);
    d->has_spare = true;
    return radius * cos(angle);
}

int dice_binomial(struct dice *d, int n, double p)
{
    int hits = 0;
    for (int i = 0; i < n; i++) {
        hits += dice_uniform(d) < p;
    }
    return hits;
}

// --- Tallies

void tally_add(struct tally *t, double value)
{
    t->sum += value;
    t->squares += value * value;
    t->count++;
}

double tally_mean(const struct tally *t)
{
    return t->sum / (double)t->count;
}

double tally_error(const struct tally *t)
{
    double mean = tally_mean(t);
    double variance = t->squares / (double)t->count - mean * mean;
    return sqrt((variance > 0 ? variance : 0) / (double)t->count);
}

// --- Tables

#define Z_95 1.959963984540054
enum { ERRORS_MOST = 4 };

static const char *judged(struct table *t, bool good)
{
    t->lines++;
    t->wrong += !good;
    return good ? "as predicted" : "NOT AS PREDICTED";
}

void table_head(const char *title, const char *unit)
{
    printf("\n| %s | found%s | 95 %% interval | predicted | |\n|---|---|---|---|---|\n", title,
           unit);
}

void table_line(struct table *t, const char *what, const struct tally *found, double predicted,
                double slack, double scale)
{
    double mean = tally_mean(found), error = tally_error(found);
    bool good = fabs(mean - predicted) <= ERRORS_MOST * hypot(error, slack);
    printf("| %s | %.3f | %.3f to %.3f | %.3f | %s |\n", what, scale * mean,
           scale * (mean - Z_95 * error), scale * (mean + Z_95 * error), scale * predicted,
           judged(t, good));
}

void table_told(struct table *t, const char *what, const struct tally *found, double scale)
{
    double mean = tally_mean(found), error = tally_error(found);
    t->told++;
    printf("| %s | %.3f | %.3f to %.3f | | told |\n", what, scale * mean,
           scale * (mean - Z_95 * error), scale * (mean + Z_95 * error));
}

void table_exact(struct table *t, const char *what, double found, double least, double most,
                 double scale)
{
    printf("| %s | %.3f | exact | %.3f to %.3f | %s |\n", what, scale * found, scale * least,
           scale * most, judged(t, found >= least && found <= most));
}

void table_never(struct table *t, const char *what, size_t happened, size_t of)
{
    printf("| %s | %zu of %zu | | never | %s |\n", what, happened, of, judged(t, happened == 0));
}

void table_count(struct table *t, const char *what, size_t happened, size_t of)
{
    t->told++;
    printf("| %s | %zu of %zu | | | told |\n", what, happened, of);
}

// ---

static void simulate(struct table *t, size_t size, struct arena *scratch)
{
    struct dice d = {.state = 20261122};
    simulate_alarms(t, &d, size);
    simulate_own_limits(t, &d, size);
    simulate_shift(t, &d, size);
    simulate_two_in_twenty(t, &d, size);
    simulate_coverage(t);
    simulate_bands(t, &d, size, scratch);
}

int main(int argc, char **argv)
{
    long size = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
    if (size < 1000 || size > 100000000) {
        fputs("usage: simulate CHARTS (1000 or more)\n", stderr);
        return 2;
    }
    struct arena *scratch = arena_new(1 << 30);
    if (scratch == NULL || ARENA_TRAP(scratch)) {
        arena_free(scratch);
        return 3;
    }
    struct table t = {0};
    printf("%ld charts, or as many of what is asked; seed 20261122.\n", size);
    simulate(&t, (size_t)size, scratch);
    printf("\n%zu of %zu as predicted; %zu told without a prediction.\n", t.lines - t.wrong,
           t.lines, t.told);
    arena_free(scratch);
    return t.wrong == 0 ? 0 : 1;
}
