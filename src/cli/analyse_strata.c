#include "cli/analyse_strata.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// Missing figures before all others, so that any two have an order.
static int order_of(double a, double b)
{
    if (isnan(a) || isnan(b)) {
        return (isnan(a) ? 0 : 1) - (isnan(b) ? 0 : 1);
    }
    return (a > b) - (a < b);
}

static int by_stratum(const void *a, const void *b)
{
    const struct stratum_row *x = *(const struct stratum_row *const *)a;
    const struct stratum_row *y = *(const struct stratum_row *const *)b;
    const int orders[] = {strcmp(x->stratum, y->stratum), order_of(x->events, y->events),
                          order_of(x->population, y->population), order_of(x->count, y->count),
                          (x > y) - (x < y)};
    for (size_t i = 0; i < COUNT_OF(orders); i++) {
        if (orders[i] != 0) {
            return orders[i];
        }
    }
    return 0;
}

// Why the stratum of `row` cannot stand there beside `before`, the row next to it in order; NULL
// when it can.
static const char *clash(bool has_events, const struct stratum_row *before,
                         const struct stratum_row *row)
{
    bool same_people = before->population == row->population && before->weight == row->weight;
    if (!has_events) {
        bool same = before->population == row->population && before->count == row->count;
        return same ? "stands there twice with the same figures; take one out." : NULL;
    }
    if (before->events == row->events) {
        return "stands there twice with the same number of events; add the counts up.";
    }
    return same_people ? NULL : "has two populations or weights; it is one for all its rows.";
}

// Marks the rows of a stratum after its first. False with the fault refused.
static bool mark_repeats(struct analyse *j, const struct analyse_group *g, bool has_events,
                         bool *repeats, bool *refused, struct err *e)
{
    const struct stratum_row *rows = g->rows;
    const struct stratum_row **order = ARENA_ARRAY(j->arena, g->count, const struct stratum_row *);
    for (size_t i = 0; i < g->count; i++) {
        order[i] = &rows[i];
    }
    qsort(order, g->count, sizeof *order, by_stratum);
    for (size_t i = 1; i < g->count; i++) {
        const struct stratum_row *row = order[i];
        if (row->stratum[0] == '\0' || strcmp(row->stratum, order[i - 1]->stratum) != 0) {
            continue;
        }
        const char *why = clash(has_events, order[i - 1], row);
        if (why != NULL) {
            row = row > order[i - 1] ? row : order[i - 1];
            *refused = true;
            why = arena_printf(j->arena, "stratum \"%s\" of \"%s\" %s", row->stratum, g->name, why);
            return analyse_group_refuse(j, g, (size_t)(row - rows), why, e);
        }
        repeats[row - rows] = has_events;
    }
    return true;
}

bool strata_check(struct analyse *j, const struct analyse_group *g, bool has_events, bool *repeats,
                  bool *refused, struct err *e)
{
    const struct stratum_row *rows = g->rows;
    for (size_t i = 0; i < g->count; i++) {
        if (rows[i].fault != NULL) {
            *refused = true;
            if (!analyse_group_refuse(j, g, i, rows[i].fault, e)) {
                return false;
            }
        }
    }
    return *refused || mark_repeats(j, g, has_events, repeats, refused, e);
}
