// The figures of many series, kept in as little memory as may be: rows of one series need not stand
// together, so all are kept until the last has been read.
#ifndef GT_CLI_ANALYSE_SERIES_H
#define GT_CLI_ANALYSE_SERIES_H

#include "base/csv.h"
#include "base/decimal.h"

// One month of one series, as small as may be: all of them are kept.
struct kept {
    int32_t month; // year x 12 + month - 1
    uint32_t line;
    struct dec value, numerator, denominator;
};

struct chunk {
    struct chunk *next;
    size_t count, room;
    struct kept figures[];
};

struct kept_series {
    const char *name;
    size_t length;
    uint64_t hash;
    struct chunk *first, *last;
    size_t count;
    struct kept_series *next; // in order of first appearance
};

struct series_table {
    struct kept_series **slots; // open addressing; the number of slots is a power of two
    size_t slot_count, series_count;
    struct kept_series *first, *last;
};

// Adds a figure to the series of that name, making it when it is new. All in `a`; start from {0}.
void series_keep(struct arena *a, struct series_table *t, struct slice name,
                 const struct kept *figure);

// The figures of one series in `a`, by month and then by line.
const struct kept *series_figures(struct arena *a, const struct kept_series *s);

#endif
