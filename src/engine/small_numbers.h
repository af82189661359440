// Small numbers: counts that could point to a person are not shown, nor what would give them away
// (methods.md 10).
//
// Primary: counts from 1 up to (not including) the threshold, with the denominator and percentage
// that stand with them. Nought is shown: it is a figure, not a person. Secondary: further cells in
// a table with totals, so that no suppressed cell can be worked out from rows, columns and totals.
// Suppressed is neither missing nor nought: it has a mark of its own wherever it is shown.
#ifndef GT_ENGINE_SMALL_NUMBERS_H
#define GT_ENGINE_SMALL_NUMBERS_H

#include "base/arena.h"

struct small_rule {
    int threshold;       // counts below are suppressed: 5 suppresses 1 to 4; 0 or 1: none
    int min_denominator; // a percentage of fewer has no status; 0: none
};

// Whether a count is suppressed. NaN is missing, not suppressed. A count with a fraction is judged
// as it is: 4.5 under 5 is.
bool small_is_suppressed(const struct small_rule *rule, double count);
// A percentage's parts: its value, numerator and denominator are suppressed together when the
// numerator is, or the rest (denominator - numerator) when `rest_tells` (who did not).
bool small_ratio_is_suppressed(const struct small_rule *rule, double numerator, double denominator,
                               bool rest_tells);
// Too few to judge: shown with its n, without a status.
bool small_is_unjudged(const struct small_rule *rule, double denominator);

enum small_mark {
    SMALL_SHOWN,
    SMALL_MISSING,   // no figure: NaN
    SMALL_PRIMARY,   // small itself
    SMALL_SECONDARY, // would give a small one away
};

// Marks the cells of a table of counts with row totals, column totals and a grand total; whatever
// is not marked is shown. `cells` has rows x columns, row by row; NaN is missing, and a total over
// a missing cell is the total of those present. No hidden cell follows from what is shown and the
// sums, not even for a reader who knows that a hidden count is at least 1. What is hidden besides
// is as little as can be, cell by cell: the smallest counts, noughts only where nothing else will
// do, totals last. Deterministic: among equals the first by row, then column. Time grows with
// hidden cells x (rows + columns)^2.
struct small_table {
    size_t rows, columns;
    enum small_mark *cells;         // rows x columns
    enum small_mark *row_totals;    // rows
    enum small_mark *column_totals; // columns
    enum small_mark total;
    size_t primary, secondary; // how many were marked
};
struct small_table small_protect(const struct small_rule *rule, const double *cells, size_t rows,
                                 size_t columns, struct arena *a);

#endif
