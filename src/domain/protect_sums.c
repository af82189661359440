// What gives a hidden figure away: the whole less the other parts, and a longer period less the
// shorter ones in it.

#include <math.h>
#include <stdlib.h>

#include "domain/protect_guard.h"
#include "domain/reading_steps.h"

// What a series says of one period: a figure, or the shorter ones that make it up.
struct said {
    size_t from, to; // of the series' figures; from == to: nothing
    double count;    // NaN where it is not known
    bool hidden;
};

static struct said said_nothing(void)
{
    return (struct said){0, 0, NAN, false};
}

static size_t figure_at(const struct guarded *x, struct period p)
{
    const struct figure *f = series_figure(x->series, p);
    return f == NULL ? SIZE_MAX : (size_t)(f - x->series->figures);
}

// ---- shorter periods in longer ones ----

// The figures of a kind that fill `whole`, from the first to past the last of them (others may lie
// between). False where one is absent.
static bool find_tiles(const struct guard *g, const struct guarded *x, struct period whole,
                       enum period_kind kind, struct said *out)
{
    int wanted = kind == whole.kind ? 0 : period_count(whole, kind, g->council->year_start);
    int found = 0;
    *out = said_nothing();
    for (size_t i = 0; wanted > 1 && i < x->series->figure_count; i++) {
        const struct figure *f = &x->series->figures[i];
        if (f->period.kind != kind || !period_contains(whole, f->period)) {
            continue;
        }
        out->from = found == 0 ? i : out->from;
        out->to = i + 1;
        found++;
    }
    return wanted > 1 && found == wanted;
}

static bool is_tile(const struct guarded *x, size_t i, struct period whole, enum period_kind kind)
{
    const struct period *p = &x->series->figures[i].period;
    return p->kind == kind && period_contains(whole, *p);
}

// Whether a longer period is what it was at its end, and not the sum of its shorter ones.
static bool stands_at_end(const struct guard *g)
{
    return g->measure->cumulative || g->measure->aggregation == AGGREGATE_LAST;
}

static const enum period_kind tile_kinds[] = {PERIOD_MONTH, PERIOD_QUARTER, PERIOD_CALENDAR_QUARTER,
                                              PERIOD_HALF};

static struct said say(const struct guard *g, const struct guarded *x, struct period p)
{
    size_t at = figure_at(x, p);
    if (at != SIZE_MAX) {
        return (struct said){at, at + 1, x->counts[at], x->hidden[at]};
    }
    for (size_t k = 0; k < COUNT_OF(tile_kinds); k++) {
        struct said made;
        if (!find_tiles(g, x, p, tile_kinds[k], &made)) {
            continue;
        }
        made.count = 0;
        for (size_t i = made.from; i < made.to; i++) {
            if (!is_tile(x, i, p, tile_kinds[k]) || (stands_at_end(g) && i + 1 < made.to)) {
                continue;
            }
            made.count += x->counts[i];
            made.hidden = made.hidden || x->hidden[i];
        }
        return made;
    }
    return said_nothing();
}

static void hide_one(struct guard *g, struct guarded *x, size_t i)
{
    if (!x->hidden[i]) {
        x->hidden[i] = true;
        g->changed = true;
    }
}

// All that tells of the period; noughts in a sum tell nothing.
static void hide_said(struct guard *g, struct guarded *x, struct period p, const struct said *s)
{
    bool one = s->to - s->from == 1;
    for (size_t i = s->from; i < s->to; i++) {
        bool within = period_contains(p, x->series->figures[i].period);
        bool last = i + 1 == s->to;
        if (one || (within && (stands_at_end(g) ? last : x->counts[i] != 0))) {
            hide_one(g, x, i);
        }
    }
}

// ---- the whole and its parts ----

// The year so far that is the same before and after was the same in between, hidden or not.
static bool is_pinned(const struct guard *g, const struct guarded *x, const struct said *s)
{
    if (!g->measure->cumulative || s->to == s->from) {
        return false;
    }
    size_t at = s->to - 1, before = at, after = at + 1;
    int start = g->council->year_start;
    day year = period_of(PERIOD_YEAR, x->series->figures[at].period.end, start).start;
    while (before > 0 && x->hidden[before - 1]) {
        before--;
    }
    while (after < x->series->figure_count && x->hidden[after]) {
        after++;
    }
    bool same = before > 0 && x->series->figures[before - 1].period.start >= year;
    double low = same ? x->counts[before - 1] : 0;
    return after < x->series->figure_count && x->counts[after] <= low &&
           period_of(PERIOD_YEAR, x->series->figures[after].period.end, start).start == year;
}

struct row {
    struct said *cells; // [0] is the whole
    size_t hidden;      // parts
    double most;        // the largest hidden count, 1 where none is known
    double sum;         // of all parts
};

static void sum_row(const struct guard *g, struct row *r)
{
    r->hidden = 0;
    r->most = 1;
    r->sum = 0;
    for (size_t s = 1; s < g->count; s++) {
        const struct said *x = &r->cells[s];
        r->hidden += x->hidden;
        r->most = x->hidden && x->count > r->most ? x->count : r->most;
        r->sum += isnan(x->count) ? 0 : x->count;
    }
}

// Whether each hidden figure could be another one, all of them at least 1.
static bool is_safe(const struct row *r)
{
    if (r->cells[0].hidden) {
        // A whole that is more than its parts is not told by them.
        bool told = r->hidden == 0 && r->cells[0].count <= r->sum && r->sum > 0;
        return !told;
    }
    return r->hidden == 0 || (r->hidden > 1 && r->most > 1);
}

// The cheapest to hide besides; 0 for the whole.
static size_t cheapest(const struct guard *g, const struct row *r)
{
    size_t best = 0;
    for (size_t s = 1; s < g->count; s++) {
        const struct said *x = &r->cells[s];
        bool open = x->to > x->from && !x->hidden && !isnan(x->count);
        bool useful = x->count > 0 ? x->count > 1 || r->most > 1 : r->most > 1;
        if (!open || !useful || is_pinned(g, &g->all[s], x)) {
            continue;
        }
        double cost = x->count > 0 ? x->count : INFINITY;
        double least = best == 0 ? NAN : r->cells[best].count > 0 ? r->cells[best].count : INFINITY;
        if (best == 0 || cost < least) {
            best = s;
        }
    }
    return best;
}

static void hide_parts(struct guard *g, struct row *r, struct period p)
{
    for (size_t s = 1; s < g->count; s++) {
        if (!r->cells[s].hidden && r->cells[s].count != 0) {
            hide_said(g, &g->all[s], p, &r->cells[s]);
        }
    }
}

static void protect_row(struct guard *g, struct row *r, struct period p)
{
    for (size_t s = 0; s < g->count; s++) {
        r->cells[s] = say(g, &g->all[s], p);
    }
    sum_row(g, r);
    const struct said *whole = &r->cells[0];
    if (whole->to == whole->from) {
        return; // nothing to subtract from
    }
    if (r->hidden > 0 && r->sum > whole->count) {
        hide_parts(g, r, p); // which of them add up cannot be told
        return;
    }
    while (!is_safe(r)) {
        size_t s = cheapest(g, r);
        if (s == 0 && whole->hidden) {
            return;
        }
        hide_said(g, &g->all[s], p, &r->cells[s]);
        r->cells[s].hidden = true;
        sum_row(g, r);
    }
}

// ---- a longer period and the shorter ones in it ----

static void protect_longer(struct guard *g, struct guarded *x, size_t at)
{
    struct period p = x->series->figures[at].period;
    for (size_t i = 0; i < x->series->figure_count && !x->hidden[at]; i++) {
        const struct period *in = &x->series->figures[i].period;
        if (i != at && x->hidden[i] && period_contains(p, *in) && !period_equal(p, *in)) {
            hide_one(g, x, at);
        }
    }
    for (size_t k = 0; x->hidden[at] && k < COUNT_OF(tile_kinds); k++) {
        struct said tiles;
        if (!find_tiles(g, x, p, tile_kinds[k], &tiles)) {
            continue;
        }
        bool open = true;
        for (size_t i = tiles.from; i < tiles.to; i++) {
            bool counts =
                is_tile(x, i, p, tile_kinds[k]) && (!stands_at_end(g) || i + 1 == tiles.to);
            open = open && !(counts && x->hidden[i]);
        }
        for (size_t i = tiles.from; open && i < tiles.to; i++) {
            bool counts = stands_at_end(g) ? i + 1 == tiles.to : x->counts[i] != 0;
            if (counts && is_tile(x, i, p, tile_kinds[k])) {
                hide_one(g, x, i);
            }
        }
    }
}

// ---- all periods ----

static int longest_last(const void *left, const void *right)
{
    const struct period *x = left, *y = right;
    int64_t a = (int64_t)x->end - x->start, b = (int64_t)y->end - y->start;
    return a < b ? -1 : a > b ? 1 : period_compare(*x, *y);
}

// Every period that some series has a figure for, the shorter ones first.
static struct period *periods_of(const struct guard *g, size_t *ret_count)
{
    size_t room = 0, count = 0, kept = 0;
    for (size_t s = 0; s < g->count; s++) {
        room += g->all[s].series->figure_count;
    }
    struct period *all = ARENA_ARRAY(g->arena, room, struct period);
    for (size_t s = 0; s < g->count; s++) {
        for (size_t i = 0; i < g->all[s].series->figure_count; i++) {
            all[count++] = g->all[s].series->figures[i].period;
        }
    }
    qsort(all, count, sizeof *all, longest_last);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || !period_equal(all[kept - 1], all[i])) {
            all[kept++] = all[i];
        }
    }
    *ret_count = kept;
    return all;
}

static bool has_longer(const struct guard *g, const struct period *periods, size_t count)
{
    return count > 0 &&
           (periods[0].kind != periods[count - 1].kind || periods[0].kind == PERIOD_SPAN ||
            periods[0].kind == PERIOD_YEARS || g->measure->frequency == PERIOD_NONE);
}

void protect_sums(struct guard *g)
{
    size_t count = 0;
    const struct period *periods = periods_of(g, &count);
    bool longer = has_longer(g, periods, count);
    struct row row = {.cells = ARENA_ARRAY(g->arena, g->count, struct said)};
    bool changed = g->changed;
    do {
        g->changed = false;
        for (size_t i = 0; i < count; i++) {
            if (g->count > 1) {
                protect_row(g, &row, periods[i]);
            }
            for (size_t s = 0; longer && s < g->count; s++) {
                size_t at = figure_at(&g->all[s], periods[i]);
                if (at != SIZE_MAX) {
                    protect_longer(g, &g->all[s], at);
                }
            }
        }
        changed = changed || g->changed;
    } while (g->changed);
    g->changed = changed;
}
