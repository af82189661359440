// Figures and targets shared out to the series of each measure, and what the engine says of them.

#include <stdlib.h>
#include <string.h>

#include "domain/code_index.h"
#include "domain/reading.h"
#include "domain/snapshot_build.h"

static int figure_order(const void *left, const void *right)
{
    return period_compare(((const struct figure *)left)->period,
                          ((const struct figure *)right)->period);
}

static int target_order(const void *left, const void *right)
{
    return period_compare(((const struct target *)left)->period,
                          ((const struct target *)right)->period);
}

// The series `part` of a measure, added when it is new. Parts come in order, so it is the last.
static struct series *series_for(struct build *b, struct measure *m, const char *part)
{
    struct series *all = (struct series *)(uintptr_t)m->series;
    if (part[0] == '\0') {
        return &all[0];
    }
    for (size_t i = m->series_count; i > 1; i--) {
        if (strcmp(all[i - 1].part, part) == 0) {
            return &all[i - 1];
        }
    }
    // Grows by doubling at powers of two: a measure has a few wards, not thousands.
    if ((m->series_count & (m->series_count - 1)) == 0) {
        all = arena_grow(b->arena, all, m->series_count, m->series_count * 2, sizeof *all);
        m->series = all;
    }
    all[m->series_count] = (struct series){.part = part};
    return &all[m->series_count++];
}

// How many rows from `at` on belong to the same series.
#define RUN_LENGTH(rows, at, run)                                                                  \
    while ((at) + (run) < (rows)->count &&                                                         \
           (rows)->items[(at) + (run)].measure == (rows)->items[at].measure &&                     \
           (rows)->items[(at) + (run)].part == (rows)->items[at].part) {                           \
        (run)++;                                                                                   \
    }

static bool known(const struct build *b, day known_from, bool current)
{
    return b->at == DAY_NONE ? current : known_from <= b->at;
}

static struct figure figure_from(const struct store_figure *f)
{
    return (struct figure){.period = f->period,
                           .value = f->value,
                           .numerator = f->numerator,
                           .denominator = f->denominator,
                           .text = f->text != NULL ? f->text : f->mark,
                           .marker = f->marker,
                           .note = f->note,
                           .entered_by = f->entered_by,
                           .known_from = f->known_from,
                           .version = f->version};
}

// Versions of one key follow one another; the last one known stands, the others behind it.
static size_t take_figures(struct build *b, const struct store_figure *items, size_t count,
                           struct figure *out)
{
    size_t kept = 0;
    const struct figure *before = NULL;
    bool sorted = true;
    for (size_t i = 0; i < count; i++) {
        bool same = i > 0 && period_equal(items[i].period, items[i - 1].period);
        if (!same) {
            before = NULL;
        }
        bool last = i + 1 == count || !period_equal(items[i].period, items[i + 1].period) ||
                    (b->at != DAY_NONE && !known(b, items[i + 1].known_from, items[i + 1].current));
        if (!last) {
            struct figure *old = ARENA_NEW(b->arena, struct figure);
            *old = figure_from(&items[i]);
            old->before = before;
            before = old;
        } else if (known(b, items[i].known_from, items[i].current)) {
            out[kept] = figure_from(&items[i]);
            out[kept].before = before;
            sorted = sorted && (kept == 0 || figure_order(&out[kept - 1], &out[kept]) < 0);
            kept++;
        }
    }
    if (!sorted) {
        qsort(out, kept, sizeof *out, figure_order);
    }
    return kept;
}

static struct target target_from(const struct store_target *t)
{
    return (struct target){.period = t->period,
                           .target = t->target,
                           .lower = t->lower,
                           .upper = t->upper,
                           .amber = t->amber,
                           .green_within = t->green_within,
                           .amber_within = t->amber_within,
                           .rationale = t->rationale,
                           .agreed_by = t->agreed_by,
                           .agreed_on = t->agreed_on,
                           .known_from = t->known_from,
                           .version = t->version};
}

static size_t take_targets(struct build *b, const struct store_target *items, size_t count,
                           struct target *out)
{
    size_t kept = 0;
    const struct target *before = NULL;
    for (size_t i = 0; i < count; i++) {
        bool same = i > 0 && period_equal(items[i].period, items[i - 1].period);
        if (!same) {
            before = NULL;
        }
        bool last = i + 1 == count || !period_equal(items[i].period, items[i + 1].period) ||
                    (b->at != DAY_NONE && !known(b, items[i + 1].known_from, items[i + 1].current));
        if (!last) {
            struct target *old = ARENA_NEW(b->arena, struct target);
            *old = target_from(&items[i]);
            old->before = before;
            before = old;
        } else if (known(b, items[i].known_from, items[i].current)) {
            out[kept] = target_from(&items[i]);
            out[kept].before = before;
            kept++;
        }
    }
    qsort(out, kept, sizeof *out, target_order);
    return kept;
}

static void share_figures(struct build *b, struct measure *measures,
                          const struct store_figures *figures)
{
    const struct code_index *x = b->council->by_code[INDEX_MEASURES];
    for (size_t i = 0, run; i < figures->count; i += run) {
        run = 1;
        RUN_LENGTH(figures, i, run);
        size_t at = code_index_get(x, figures->items[i].measure);
        if (at == SIZE_MAX) {
            continue;
        }
        struct series *s = series_for(b, &measures[at], figures->items[i].part);
        struct figure *out = ARENA_ARRAY(b->arena, run, struct figure);
        s->figures = out;
        s->figure_count = take_figures(b, &figures->items[i], run, out);
    }
}

static void share_targets(struct build *b, struct measure *measures,
                          const struct store_targets *targets)
{
    const struct code_index *x = b->council->by_code[INDEX_MEASURES];
    for (size_t i = 0, run; i < targets->count; i += run) {
        run = 1;
        RUN_LENGTH(targets, i, run);
        size_t at = code_index_get(x, targets->items[i].measure);
        if (at == SIZE_MAX) {
            continue;
        }
        struct series *s = series_for(b, &measures[at], targets->items[i].part);
        struct target *out = ARENA_ARRAY(b->arena, run, struct target);
        s->targets = out;
        s->target_count = take_targets(b, &targets->items[i], run, out);
    }
}

static void find_quarters(struct council *c)
{
    day first = DAY_NONE, last = DAY_NONE;
    for (size_t i = 0; i < c->measure_count; i++) {
        for (size_t k = 0; k < c->measures[i].series_count; k++) {
            const struct series *s = &c->measures[i].series[k];
            if (s->figure_count == 0) {
                continue;
            }
            day start = s->figures[0].period.start;
            day end = s->figures[s->figure_count - 1].period.end;
            first = first == DAY_NONE || start < first ? start : first;
            last = last == DAY_NONE || end > last ? end : last;
        }
    }
    if (first != DAY_NONE) {
        c->first_quarter = period_of(PERIOD_QUARTER, first, c->year_start);
        c->last_quarter = period_of(PERIOD_QUARTER, last, c->year_start);
    }
}

bool build_figures(struct build *b)
{
    struct council *c = b->council;
    struct measure *measures = (struct measure *)(uintptr_t)c->measures;
    for (size_t i = 0; i < c->measure_count; i++) {
        struct series *whole = ARENA_NEW(b->arena, struct series);
        whole->part = "";
        measures[i].series = whole;
        measures[i].series_count = 1;
    }
    struct store_figures figures;
    struct store_targets targets;
    if (!store_figures(b->db, b->arena, b->organisation, c->year_start, STORE_ALL, &figures,
                       b->err) ||
        !store_targets(b->db, b->arena, b->organisation, c->year_start, STORE_ALL, &targets,
                       b->err)) {
        return false;
    }
    share_figures(b, measures, &figures);
    share_targets(b, measures, &targets);
    find_quarters(c);
    return true;
}

// ---- what the engine says ----

static bool is_regular(enum period_kind kind)
{
    return kind != PERIOD_NONE && kind != PERIOD_SPAN && kind != PERIOD_YEARS;
}

static struct result result_of(const struct reading *r)
{
    return (struct result){.period = r->period,
                           .value = r->value,
                           .target = r->why.goal,
                           .status = r->status,
                           .computed = r->why.status,
                           .reason = r->why.reason,
                           .travel_short = r->short_travel.travel,
                           .travel_long = r->long_travel.travel};
}

// From the first period known or wanted to the last one that is over and not after the last figure
// or target: a target for next year is no missing figure.
static size_t periods_of(const struct council *c, const struct measure *m, const struct series *s,
                         struct period *ret_first)
{
    bool figures = s->figure_count > 0, targets = s->target_count > 0;
    if (!figures && !targets) {
        return 0;
    }
    day first = figures ? s->figures[0].period.end : s->targets[0].period.end;
    day last = figures ? s->figures[s->figure_count - 1].period.end : DAY_NONE;
    if (targets && s->targets[0].period.end < first) {
        first = s->targets[0].period.end;
    }
    if (targets && s->targets[s->target_count - 1].period.end > last) {
        day wanted = s->targets[s->target_count - 1].period.end;
        last = wanted <= c->today ? wanted : last < c->today ? c->today : last;
    }
    struct period from = period_of(m->frequency, first, c->year_start);
    enum { PERIODS_MAX = 2400 }; // two centuries of months
    size_t count = 0;
    for (struct period p = from; p.end <= last && count < PERIODS_MAX;
         p = period_step(p, 1, c->year_start)) {
        count++;
    }
    *ret_first = from;
    return count;
}

static void judge_series(struct build *b, const struct measure *m, struct series *s)
{
    const struct council *c = b->council;
    struct period p = PERIOD_ABSENT;
    size_t count = is_regular(m->frequency) ? periods_of(c, m, s, &p) : s->figure_count;
    struct result *results = ARENA_ARRAY(b->arena, count, struct result);
    for (size_t i = 0; i < count; i++) {
        if (!is_regular(m->frequency)) {
            p = s->figures[i].period;
        }
        struct reading r = reading_of(c, m, s, p);
        results[i] = result_of(&r);
        if (is_regular(m->frequency)) {
            p = period_step(p, 1, c->year_start);
        }
    }
    s->results = results;
    s->result_count = count;
}

void build_results(struct build *b)
{
    const struct council *c = b->council;
    for (size_t i = 0; i < c->measure_count; i++) {
        struct series *all = (struct series *)(uintptr_t)c->measures[i].series;
        for (size_t k = 0; k < c->measures[i].series_count; k++) {
            judge_series(b, &c->measures[i], &all[k]);
        }
    }
}
