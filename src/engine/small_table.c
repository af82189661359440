// Secondary suppression: which further cells of a table with totals must be hidden so that no
// hidden one can be worked out.
//
// The table with its totals is a net: rows (and the line of totals) on one side, columns (and the
// column of totals) on the other, each cell a link between its row and its column. A hidden cell
// can not be worked out when it may be one more, or one less, and other hidden cells make up for it
// in every row and column: that is a round trip through hidden links, up and down in turn. Totals
// count against the cells they add up, so there up is down. A reader knows that a hidden count is
// at least 1, so a cell that is 1 can not be made less.
// For each hidden cell without such a trip, the cheapest is found (Dijkstra) and its cells hidden:
// the smallest counts first; noughts, which are often known, only where nothing else does; totals
// last. A trip by the four totals is always there. All cells of a trip are safe ever after.
#include <math.h>

#include "engine/small_numbers.h"

struct net {
    size_t rows, columns;   // with the line and the column of totals, which come last
    const double *counts;   // rows x columns
    enum small_mark *marks; // the same
    bool *is_safe;
    double nought_cost, total_cost;
};

struct route {
    double *cost; // to each row, then to each column
    size_t *from; // the place before
    bool *is_done;
};

static bool is_total(const struct net *t, size_t row, size_t column)
{
    return row + 1 == t->rows || column + 1 == t->columns;
}

// The totals of rows and of columns have the other sign; the grand total has the cells' own.
static bool is_turned(const struct net *t, size_t row, size_t column)
{
    return (row + 1 == t->rows) != (column + 1 == t->columns);
}

static bool is_hidden(const struct net *t, size_t row, size_t column)
{
    enum small_mark mark = t->marks[row * t->columns + column];
    return mark == SMALL_PRIMARY || mark == SMALL_SECONDARY;
}

// What it costs to hide the cell too; infinite where that is no use.
static double hiding_cost(const struct net *t, size_t row, size_t column)
{
    size_t i = row * t->columns + column;
    if (is_hidden(t, row, column)) {
        return 0;
    }
    if (t->marks[i] == SMALL_MISSING) {
        return INFINITY;
    }
    double count = fabs(t->counts[i]);
    if (is_total(t, row, column)) {
        return t->total_cost + count;
    }
    return count > 0 ? count : t->nought_cost;
}

// The step over a cell: up from its row to its column, down from its column to its row.
static double step_cost(const struct net *t, size_t row, size_t column, bool is_up)
{
    bool is_less = is_up == is_turned(t, row, column);
    if (is_less && !(t->counts[row * t->columns + column] > 1)) {
        return INFINITY;
    }
    return hiding_cost(t, row, column);
}

// Places are rows, then columns.
static double place_step(const struct net *t, size_t from, size_t to)
{
    if ((from < t->rows) == (to < t->rows)) {
        return INFINITY;
    }
    return from < t->rows ? step_cost(t, from, to - t->rows, true)
                          : step_cost(t, to, from - t->rows, false);
}

static size_t nearest(const struct route *r, size_t places)
{
    size_t best = places;
    for (size_t i = 0; i < places; i++) {
        if (!r->is_done[i] && isfinite(r->cost[i]) &&
            (best == places || r->cost[i] < r->cost[best])) {
            best = i;
        }
    }
    return best;
}

// The cheapest way from one place to another but for the straight step between them; its cost.
static double find_route(const struct net *t, size_t from, size_t to, struct route *r)
{
    size_t places = t->rows + t->columns;
    for (size_t i = 0; i < places; i++) {
        r->cost[i] = INFINITY;
        r->is_done[i] = false;
    }
    r->cost[from] = 0;
    for (size_t at = from; at != places && at != to; at = nearest(r, places)) {
        r->is_done[at] = true;
        for (size_t next = 0; next < places; next++) {
            bool is_straight = at == from && next == to;
            double cost = is_straight ? INFINITY : r->cost[at] + place_step(t, at, next);
            if (cost < r->cost[next]) {
                r->cost[next] = cost;
                r->from[next] = at;
            }
        }
    }
    return r->cost[to];
}

static void hide(struct net *t, size_t a, size_t b)
{
    size_t row = a < t->rows ? a : b;
    size_t column = (a < t->rows ? b : a) - t->rows;
    size_t i = row * t->columns + column;
    if (!is_hidden(t, row, column)) {
        t->marks[i] = SMALL_SECONDARY;
    }
    t->is_safe[i] = true;
}

// The way back from the cell's column to its row when it is one more; from row to column when it is
// one less.
static void protect_cell(struct net *t, size_t row, size_t column, struct route *r)
{
    size_t i = row * t->columns + column;
    size_t far = t->rows + column;
    double up_cost =
        isfinite(step_cost(t, row, column, true)) ? find_route(t, far, row, r) : INFINITY;
    double down_cost = up_cost > 0 && isfinite(step_cost(t, row, column, false))
                           ? find_route(t, row, far, r)
                           : INFINITY;
    if (!isfinite(up_cost) && !isfinite(down_cost)) {
        return; // totals too large for a double: there is nothing to work it out from
    }
    size_t start = down_cost < up_cost ? row : far;
    size_t end = down_cost < up_cost ? far : row;
    if (!(down_cost < up_cost)) {
        find_route(t, start, end, r); // the way there was overwritten
    }
    t->is_safe[i] = true;
    for (size_t at = end; at != start; at = r->from[at]) {
        hide(t, at, r->from[at]);
    }
}

static double add(double sum, double count)
{
    return isfinite(count) ? sum + count : sum;
}

// The cells with totals in the last column and the last row.
static double *with_totals(const double *cells, size_t rows, size_t columns, struct arena *a)
{
    size_t wide = columns + 1;
    double *counts = ARENA_ARRAY(a, (rows + 1) * wide, double);
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < columns; c++) {
            double count = cells[r * columns + c];
            counts[r * wide + c] = count;
            counts[r * wide + columns] = add(counts[r * wide + columns], count);
            counts[rows * wide + c] = add(counts[rows * wide + c], count);
            counts[rows * wide + columns] = add(counts[rows * wide + columns], count);
        }
    }
    return counts;
}

static void mark_small(struct net *t, const struct small_rule *rule)
{
    double all = 1;
    for (size_t i = 0; i < t->rows * t->columns; i++) {
        double count = t->counts[i];
        t->marks[i] = !isfinite(count)                   ? SMALL_MISSING
                      : small_is_suppressed(rule, count) ? SMALL_PRIMARY
                                                         : SMALL_SHOWN;
        all += isfinite(count) ? fabs(count) : 0;
    }
    // One nought costs more than all counts together, one total more than all noughts.
    t->nought_cost = all;
    t->total_cost = all * (double)(t->rows * t->columns + 1);
}

static struct small_table told(const struct net *t, struct arena *a)
{
    struct small_table out = {.rows = t->rows - 1, .columns = t->columns - 1};
    out.cells = ARENA_ARRAY(a, out.rows * out.columns, enum small_mark);
    out.row_totals = ARENA_ARRAY(a, out.rows, enum small_mark);
    out.column_totals = ARENA_ARRAY(a, out.columns, enum small_mark);
    for (size_t r = 0; r < t->rows; r++) {
        for (size_t c = 0; c < t->columns; c++) {
            enum small_mark mark = t->marks[r * t->columns + c];
            out.primary += mark == SMALL_PRIMARY;
            out.secondary += mark == SMALL_SECONDARY;
            if (!is_total(t, r, c)) {
                out.cells[r * out.columns + c] = mark;
            } else if (r < out.rows) {
                out.row_totals[r] = mark;
            } else if (c < out.columns) {
                out.column_totals[c] = mark;
            } else {
                out.total = mark;
            }
        }
    }
    return out;
}

static void protect_all(struct net *t, bool totals, struct route *r)
{
    for (size_t row = 0; row < t->rows; row++) {
        for (size_t column = 0; column < t->columns; column++) {
            if (is_total(t, row, column) == totals && is_hidden(t, row, column) &&
                !t->is_safe[row * t->columns + column]) {
                protect_cell(t, row, column, r);
            }
        }
    }
}

struct small_table small_protect(const struct small_rule *rule, const double *cells, size_t rows,
                                 size_t columns, struct arena *a)
{
    struct net t = {.rows = rows + 1, .columns = columns + 1};
    size_t size = t.rows * t.columns;
    t.counts = with_totals(cells, rows, columns, a);
    t.marks = ARENA_ARRAY(a, size, enum small_mark);
    t.is_safe = ARENA_ARRAY(a, size, bool);
    mark_small(&t, rule);
    size_t places = t.rows + t.columns;
    struct route r = {ARENA_ARRAY(a, places, double), ARENA_ARRAY(a, places, size_t),
                      ARENA_ARRAY(a, places, bool)};
    // A total needs another total; what it takes with it may do for cells as well.
    protect_all(&t, true, &r);
    protect_all(&t, false, &r);
    return told(&t, a);
}
