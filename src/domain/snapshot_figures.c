// Figures and targets, as the record has them, shared out to the series of each measure.

#include <stdlib.h>
#include <string.h>

#include "domain/code_index.h"
#include "domain/snapshot_share.h"

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

struct series *share_series(struct share *s, const char *code, const char *part)
{
    const struct council *c = s->build->council;
    size_t at = code_index_get(c->by_code[INDEX_MEASURES], code);
    if (at == SIZE_MAX) {
        return NULL;
    }
    struct measure *m = (struct measure *)(uintptr_t)&c->measures[at];
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
        all = arena_grow(s->arena, all, m->series_count, m->series_count * 2, sizeof *all);
        m->series = all;
    }
    all[m->series_count] = (struct series){.part = part};
    return &all[m->series_count++];
}

// Whether a version was known when the picture is of; now, all are that the record holds.
static bool was_known(const struct build *b, day known_from)
{
    return b->at == DAY_NONE || known_from <= b->at;
}

static bool stands(const struct build *b, day known_from, bool current)
{
    return b->at == DAY_NONE ? current : known_from <= b->at;
}

// The versions of one period follow one another: [first, next). The highest that stands is the
// period's, SIZE_MAX where none is.
#define FIND_VERSIONS(build, rows, count, first, next, standing)                                   \
    size_t next = (first) + 1, standing = SIZE_MAX;                                                \
    while (next < (count) && period_equal((rows)[next].period, (rows)[first].period)) {            \
        next++;                                                                                    \
    }                                                                                              \
    for (size_t v = (first); v < next; v++) {                                                      \
        if (stands(build, (rows)[v].known_from, (rows)[v].current)) {                              \
            standing = v;                                                                          \
        }                                                                                          \
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

// The versions that were superseded, the latest first.
static const struct figure *figures_before(const struct share *s, const struct store_figure *rows,
                                           size_t count)
{
    const struct figure *before = NULL;
    for (size_t i = 0; i < count; i++) {
        if (was_known(s->build, rows[i].known_from)) {
            struct figure *old = ARENA_NEW(s->arena, struct figure);
            *old = figure_from(&rows[i]);
            old->before = before;
            before = old;
        }
    }
    return before;
}

void share_take_figures(void *context, const char *measure, const char *part,
                        const struct store_figure *rows, size_t count)
{
    struct share *s = context;
    struct series *series = share_series(s, measure, part);
    if (series == NULL) {
        return;
    }
    struct figure *out = ARENA_ARRAY(s->arena, count, struct figure);
    size_t kept = 0;
    bool sorted = true;
    for (size_t i = 0; i < count;) {
        FIND_VERSIONS(s->build, rows, count, i, next, standing);
        if (standing != SIZE_MAX) {
            out[kept] = figure_from(&rows[standing]);
            out[kept].before = figures_before(s, rows + i, standing - i);
            sorted = sorted && (kept == 0 || figure_order(&out[kept - 1], &out[kept]) < 0);
            kept++;
        }
        i = next;
    }
    if (!sorted) {
        qsort(out, kept, sizeof *out, figure_order);
    }
    series->figures = out;
    series->figure_count = kept;
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

// The versions that were superseded, the latest first.
static const struct target *targets_before(const struct share *s, const struct store_target *rows,
                                           size_t count)
{
    const struct target *before = NULL;
    for (size_t i = 0; i < count; i++) {
        if (was_known(s->build, rows[i].known_from)) {
            struct target *old = ARENA_NEW(s->arena, struct target);
            *old = target_from(&rows[i]);
            old->before = before;
            before = old;
        }
    }
    return before;
}

void share_take_targets(void *context, const char *measure, const char *part,
                        const struct store_target *rows, size_t count)
{
    struct share *s = context;
    struct series *series = share_series(s, measure, part);
    if (series == NULL) {
        return;
    }
    struct target *out = ARENA_ARRAY(s->arena, count, struct target);
    size_t kept = 0;
    bool sorted = true;
    for (size_t i = 0; i < count;) {
        FIND_VERSIONS(s->build, rows, count, i, next, standing);
        if (standing != SIZE_MAX) {
            out[kept] = target_from(&rows[standing]);
            out[kept].before = targets_before(s, rows + i, standing - i);
            sorted = sorted && (kept == 0 || target_order(&out[kept - 1], &out[kept]) < 0);
            kept++;
        }
        i = next;
    }
    if (!sorted) {
        qsort(out, kept, sizeof *out, target_order);
    }
    series->targets = out;
    series->target_count = kept;
}

static int part_order(const void *left, const void *right)
{
    return strcmp(((const struct series *)left)->part, ((const struct series *)right)->part);
}

void share_sort_parts(struct measure *m)
{
    struct series *all = (struct series *)(uintptr_t)m->series;
    if (m->series_count > 2) {
        qsort(all + 1, m->series_count - 1, sizeof *all, part_order);
    }
}

void build_quarters(struct build *b)
{
    struct council *c = b->council;
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
