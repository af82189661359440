#include "domain/formula_figures.h"

#include <stdlib.h>
#include <string.h>

#include "domain/formula_part.h"
#include "domain/judging.h"
#include "domain/protect.h"
#include "domain/reading_steps.h"
#include "domain/snapshot_share.h"

enum { PERIODS_MAX = 2400 }; // of one series: two centuries of months

struct making {
    struct build *build;
    const struct measure *measure; // that is worked out
    const struct formula *formula;
    const uint32_t *parts;
    struct formula_policy policy;
    const struct series *series[FORMULA_PARTS_MAX]; // of each part, for the ward at hand
    struct grow *figures;                           // struct figure, of the series at hand
};

struct formula_book formula_book_of_council(struct arena *a, const struct council *c)
{
    struct formula_facts *facts = ARENA_ARRAY(a, c->measure_count, struct formula_facts);
    for (size_t i = 0; i < c->measure_count; i++) {
        const struct measure *m = &c->measures[i];
        facts[i] = (struct formula_facts){.code = m->code,
                                          .formula = m->formula,
                                          .frequency_text = m->frequency_text,
                                          .frequency = m->frequency,
                                          .value_type = m->value_type,
                                          .aggregation = m->aggregation,
                                          .cumulative = m->cumulative};
    }
    return formula_book_of(a, facts, c->measure_count);
}

struct formula_policy formula_policy_of(const struct council *c, const struct measure *m)
{
    bool is_share = m->value_type == VALUE_PERCENT || m->value_type == VALUE_RATE ||
                    m->value_type == VALUE_RATIO || m->aggregation == AGGREGATE_RATIO;
    struct formula_policy p = {.decimals = m->decimals,
                               .multiplier = is_share ? reading_how(c, m).multiplier : 0};
    // Words that are not known (a record of a later version) are the careful ones.
    if (!formula_missing_from_text(m->missing_parts, &p.missing)) {
        p.missing = FORMULA_MISSING_BLANK;
    }
    if (!formula_zero_from_text(m->zero_denominator, &p.zero)) {
        p.zero = FORMULA_ZERO_BLANK;
    }
    return p;
}

const struct series *formula_series(const struct measure *m, const char *part)
{
    for (size_t i = 0; i < m->series_count; i++) {
        if (strcmp(m->series[i].part, part) == 0) {
            return &m->series[i];
        }
    }
    return NULL;
}

static const struct measure *part_measure(const struct making *x, size_t part)
{
    return &x->build->council->measures[x->parts[part]];
}

// ---- one period ----

static enum marker marker_of(const struct formula_value *v, enum marker of_parts)
{
    switch (v->state) {
    case FORMULA_KNOWN: return of_parts;
    case FORMULA_SUPPRESSED: return MARKER_SUPPRESSED;
    case FORMULA_NOT_APPLICABLE: return MARKER_NOT_APPLICABLE;
    default: return MARKER_NONE;
    }
}

static bool says_something(const struct formula_value *v)
{
    return v->state == FORMULA_KNOWN || v->state == FORMULA_SUPPRESSED ||
           v->state == FORMULA_NOT_APPLICABLE;
}

// The figure of one period. False: there is none.
static bool make_figure(const struct making *x, struct period p, struct figure *out)
{
    const struct council *c = x->build->council;
    size_t count = x->formula->part_count;
    struct formula_found found[FORMULA_PARTS_MAX];
    struct formula_given given[FORMULA_PARTS_MAX];
    enum formula_use uses[FORMULA_PARTS_MAX];
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        found[i] = formula_part_find(c, &x->formula->parts[i], part_measure(x, i), x->series[i], p);
        given[i] = found[i].given;
        any = any || (given[i].state != FORMULA_MISSING && !found[i].carried);
    }
    if (!any) {
        return false;
    }
    struct formula_value v = formula_evaluate(x->formula, &x->policy, given, uses);
    if (!says_something(&v)) {
        return false;
    }
    enum marker marker = MARKER_NONE;
    day known_from = DAY_NONE;
    for (size_t i = 0; i < count; i++) {
        if (uses[i] != FORMULA_NOT_NEEDED) {
            marker = reading_weightier_marker(marker, found[i].marker);
            known_from = found[i].known_from > known_from ? found[i].known_from : known_from;
        }
    }
    struct formula_value *made = ARENA_NEW(x->build->arena, struct formula_value);
    *made = v;
    *out = (struct figure){.period = p,
                           .value = v.value,
                           .numerator = v.numerator,
                           .denominator = v.denominator,
                           .marker = marker_of(&v, marker),
                           .known_from = known_from,
                           .version = 1,
                           .made = made};
    return true;
}

// ---- one series ----

// The periods that figures of the parts can say something of: first to last day.
static bool span_of(const struct making *x, day *ret_first, day *ret_last)
{
    const struct council *c = x->build->council;
    day first = DAY_NONE, last = DAY_NONE;
    for (size_t i = 0; i < x->formula->part_count; i++) {
        const struct series *s = x->series[i];
        const struct formula_part *part = &x->formula->parts[i];
        if (s->figure_count == 0) {
            continue;
        }
        day starts = s->figures[0].period.start;
        day ends = s->figures[s->figure_count - 1].period.end;
        // What looks back says something of later periods, too, as far as these are over.
        struct period p = period_of(x->measure->frequency, ends, c->year_start);
        struct period later = period_step(p, part->steps_back, c->year_start);
        if (part->years_back > 0 && later.kind != PERIOD_NONE) {
            struct period year = period_of(PERIOD_YEAR, later.end, c->year_start);
            day then =
                later.end + (period_step(year, part->years_back, c->year_start).end - year.end);
            later = period_of(x->measure->frequency, then, c->year_start);
        }
        if (later.kind != PERIOD_NONE && later.end > ends && later.end <= c->today) {
            ends = later.end;
        }
        first = first == DAY_NONE || starts < first ? starts : first;
        last = last == DAY_NONE || ends > last ? ends : last;
    }
    *ret_first = first;
    *ret_last = last;
    return first != DAY_NONE;
}

static int figure_order(const void *left, const void *right)
{
    return period_compare(((const struct figure *)left)->period,
                          ((const struct figure *)right)->period);
}

static void take_entered(const struct making *x, const struct series *s)
{
    for (size_t i = 0; i < s->figure_count; i++) {
        *(struct figure *)grow_add(x->figures) = s->figures[i];
    }
    qsort(x->figures->items, x->figures->count, sizeof(struct figure), figure_order);
}

static void make_series(const struct making *x, struct series *s)
{
    const struct council *c = x->build->council;
    day first = DAY_NONE, last = DAY_NONE;
    if (!span_of(x, &first, &last)) {
        return;
    }
    x->figures->count = 0;
    struct period p = period_of(x->measure->frequency, first, c->year_start);
    for (int i = 0; i < PERIODS_MAX && p.kind != PERIOD_NONE && p.start <= last; i++) {
        struct figure made;
        if (series_figure(s, p) == NULL && make_figure(x, p, &made)) {
            *(struct figure *)grow_add(x->figures) = made;
        }
        p = period_step(p, 1, c->year_start);
    }
    if (s->figure_count > 0) {
        take_entered(x, s);
    }
    s->figures = arena_grow(x->build->arena, x->figures->items, x->figures->count,
                            x->figures->count, sizeof(struct figure));
    s->figure_count = x->figures->count;
}

// ---- one measure ----

static bool find_series(struct making *x, const char *ward)
{
    for (size_t i = 0; i < x->formula->part_count; i++) {
        x->series[i] = formula_series(part_measure(x, i), ward);
        if (x->series[i] == NULL) {
            return false;
        }
    }
    return true;
}

// The wards that each measure of the formula has, added to those of the measure itself.
static void add_wards(struct making *x)
{
    struct measure *m = (struct measure *)(uintptr_t)x->measure;
    const struct measure *first = part_measure(x, 0);
    struct series *all = arena_grow(x->build->arena, m->series, m->series_count,
                                    m->series_count + first->series_count, sizeof *all);
    size_t count = m->series_count;
    for (size_t i = 1; i < first->series_count; i++) {
        const char *ward = first->series[i].part;
        if (formula_series(m, ward) == NULL && find_series(x, ward)) {
            all[count++] = (struct series){.part = ward};
        }
    }
    if (count > m->series_count) {
        m->series = all;
        m->series_count = count;
        share_sort_parts(m);
    }
}

// A ward of which nothing could be worked out, and that nobody asked for, is none.
static void drop_bare(const struct making *x)
{
    struct measure *m = (struct measure *)(uintptr_t)x->measure;
    struct series *all = (struct series *)(uintptr_t)m->series;
    size_t kept = 1;
    for (size_t i = 1; i < m->series_count; i++) {
        const struct series *s = &all[i];
        if (s->figure_count + s->target_count + s->rebase_count + s->forecast_count > 0) {
            all[kept++] = *s;
        }
    }
    m->series_count = kept;
}

static void make_measure(struct making *x)
{
    add_wards(x);
    for (size_t i = 0; i < x->measure->series_count; i++) {
        struct series *s = (struct series *)(uintptr_t)&x->measure->series[i];
        if (find_series(x, s->part)) {
            make_series(x, s);
        }
    }
    drop_bare(x);
    // Before the formulas that are worked out from this one.
    protect_measure(x->build->arena, x->build->council, (struct measure *)(uintptr_t)x->measure);
}

static bool has_formulas(const struct council *c)
{
    for (size_t i = 0; i < c->measure_count; i++) {
        if (c->measures[i].formula != NULL) {
            return true;
        }
    }
    return false;
}

void formula_figures(struct build *b)
{
    const struct council *c = b->council;
    if (!has_formulas(c)) {
        return;
    }
    struct formula_book book = formula_book_of_council(b->arena, c);
    struct grow figures = grow_new(b->arena, sizeof(struct figure));
    for (size_t i = 0; i < book.order_count; i++) {
        uint32_t at = book.order[i];
        const struct formula_entry *e = &book.entries[at];
        make_measure(&(struct making){.build = b,
                                      .measure = &c->measures[at],
                                      .formula = e->formula,
                                      .parts = e->parts,
                                      .policy = formula_policy_of(c, &c->measures[at]),
                                      .figures = &figures});
    }
    struct judging *judging = judging_new(c, b->arena);
    for (size_t i = 0; i < c->measure_count; i++) {
        const struct measure *m = &c->measures[i];
        for (size_t k = 0; k < m->series_count && m->formula != NULL; k++) {
            judge_series(judging, m, (struct series *)(uintptr_t)&m->series[k]);
        }
    }
}
