// What chance does to the engine's answers: simulations from a fixed seed beside what theory says.
#ifndef GT_BENCH_SIMULATE_H
#define GT_BENCH_SIMULATE_H

#include "base/arena.h"

struct dice {
    uint64_t state;
    double spare; // the second of two normal figures
    bool has_spare;
};
double dice_uniform(struct dice *d); // over 0 and under 1
double dice_normal(struct dice *d);
int dice_binomial(struct dice *d, int n, double p);

// A mean of independent observations, as they come.
struct tally {
    double sum, squares;
    size_t count;
};
void tally_add(struct tally *t, double value);
double tally_mean(const struct tally *t);
double tally_error(const struct tally *t); // standard error of the mean

// Where the results go: a table of Markdown, and whether all is as predicted.
struct table {
    size_t lines, wrong, told;
};
void table_head(const char *title, const char *unit);
// A share or a length with its 95 % interval beside what is predicted (`slack`: how far the
// prediction itself may be out). Wrong beyond four standard errors.
void table_line(struct table *t, const char *what, const struct tally *found, double predicted,
                double slack, double scale);
// The same where there is no prediction: told only.
void table_told(struct table *t, const char *what, const struct tally *found, double scale);
// Exact: worked out, not drawn. Wrong when not in [least, most].
void table_exact(struct table *t, const char *what, double found, double least, double most,
                 double scale);
// How often something happened that never may.
void table_never(struct table *t, const char *what, size_t happened, size_t of);
void table_count(struct table *t, const char *what, size_t happened, size_t of); // told only

// Each simulates `size` charts, or what corresponds to it.
void simulate_alarms(struct table *t, struct dice *d, size_t size);
void simulate_own_limits(struct table *t, struct dice *d, size_t size);
void simulate_shift(struct table *t, struct dice *d, size_t size);
void simulate_two_in_twenty(struct table *t, struct dice *d, size_t size);
void simulate_coverage(struct table *t);
void simulate_bands(struct table *t, struct dice *d, size_t size, struct arena *scratch);

#endif
