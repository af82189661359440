#include "domain/protect.h"

#include <math.h>

#include "domain/comparison.h"
#include "domain/protect_guard.h"
#include "engine/formula.h"
#include "engine/small_numbers.h"

// ---- what is small ----

static double multiplier_of(const struct measure *m)
{
    return m->value_type == VALUE_PERCENT              ? 100
           : m->value_type == VALUE_RATE && m->per > 0 ? (double)m->per
                                                       : 1;
}

static bool is_share(const struct measure *m)
{
    return m->value_type == VALUE_PERCENT || m->value_type == VALUE_RATE ||
           m->value_type == VALUE_RATIO;
}

// How many the figure counts; NaN where that cannot be told.
static double count_of(const struct measure *m, const struct figure *f)
{
    if (f->numerator.present) {
        return dec_to_double(f->numerator);
    }
    if (m->value_type == VALUE_NUMBER) {
        return dec_to_double(f->value);
    }
    // A percentage of so many is a count to whoever multiplies.
    bool both = is_share(m) && f->value.present && f->denominator.present;
    return both ? dec_to_double(f->value) * dec_to_double(f->denominator) / multiplier_of(m) : NAN;
}

// 58 of 60 tells of the other two; a rate is of no such group.
static bool rest_tells(const struct measure *m)
{
    return m->value_type == VALUE_PERCENT;
}

static bool has_numbers(const struct figure *f)
{
    return f->value.present || f->numerator.present || f->denominator.present;
}

bool protect_is_small(const struct measure *m, const struct figure *f, int small_number)
{
    struct small_rule rule = {.threshold = small_number};
    double value = m->value_type == VALUE_NUMBER ? dec_to_double(f->value) : NAN;
    return small_is_suppressed(&rule, value) ||
           small_ratio_is_suppressed(&rule, count_of(m, f), dec_to_double(f->denominator),
                                     rest_tells(m));
}

// ---- the first round ----

static void mark_small(struct guard *g, struct guarded *x)
{
    for (size_t i = 0; i < x->series->figure_count; i++) {
        const struct figure *f = &x->series->figures[i];
        bool entered = f->marker == MARKER_SUPPRESSED;
        x->counts[i] = entered ? NAN : count_of(g->measure, f);
        x->hidden[i] = entered || protect_is_small(g->measure, f, g->measure->small_number);
    }
}

// What the year came to by the last figure shown: nought at its start.
struct so_far {
    int64_t year; // first day of it
    double count, cases;
};

static bool differs_little(const struct measure *m, double now, double before)
{
    struct small_rule rule = {.threshold = m->small_number};
    return small_is_suppressed(&rule, now - before);
}

// The year so far less the year so far before is what came between.
static void mark_steps(struct guard *g, struct guarded *x)
{
    const struct measure *m = g->measure;
    struct so_far last = {.year = INT64_MIN};
    for (size_t i = 0; i < x->series->figure_count; i++) {
        const struct figure *f = &x->series->figures[i];
        struct period year = period_of(PERIOD_YEAR, f->period.end, g->council->year_start);
        if ((int64_t)year.start != last.year) {
            last = (struct so_far){.year = (int64_t)year.start};
        }
        double cases = dec_to_double(f->denominator);
        bool tells =
            differs_little(m, x->counts[i], last.count) || differs_little(m, cases, last.cases) ||
            (rest_tells(m) && differs_little(m, cases - x->counts[i], last.cases - last.count));
        if (!x->hidden[i] && tells) {
            x->hidden[i] = true;
            g->changed = true;
        }
        if (!x->hidden[i]) {
            last.count = isnan(x->counts[i]) ? last.count : x->counts[i];
            last.cases = isnan(cases) ? last.cases : cases;
        }
    }
}

static bool any_hidden(const struct guard *g)
{
    for (size_t s = 0; s < g->count; s++) {
        for (size_t i = 0; i < g->all[s].series->figure_count; i++) {
            if (g->all[s].hidden[i]) {
                return true;
            }
        }
    }
    return false;
}

static bool any_version_is_small(const struct measure *m, const struct figure *f)
{
    for (; f != NULL; f = f->before) {
        if (protect_is_small(m, f, m->small_number)) {
            return true;
        }
    }
    return false;
}

// ---- emptying ----

// A figure with nothing in it that tells of a number, the note included.
static void empty(struct figure *f)
{
    static const struct formula_value none = {.state = FORMULA_SUPPRESSED};
    if (f->marker == MARKER_SUPPRESSED && !has_numbers(f)) {
        return; // nothing was entered
    }
    *f = (struct figure){.period = f->period,
                         .marker = MARKER_SUPPRESSED,
                         .entered_by = f->entered_by,
                         .known_from = f->known_from,
                         .version = f->version,
                         .before = f->before,
                         .made = f->made == NULL ? NULL : &none,
                         .kept_back = true};
}

static void empty_before(struct figure *f)
{
    for (const struct figure *old = f->before; old != NULL; old = old->before) {
        struct figure *open = (struct figure *)(uintptr_t)old;
        empty(open);
    }
}

static void empty_hidden(struct guard *g, bool versions)
{
    for (size_t s = 0; s < g->count; s++) {
        const struct guarded *x = &g->all[s];
        struct figure *figures = (struct figure *)(uintptr_t)x->series->figures;
        for (size_t i = 0; i < x->series->figure_count; i++) {
            if (x->hidden[i]) {
                empty(&figures[i]);
            }
            if (versions) {
                empty_before(&figures[i]);
            }
        }
    }
}

// ---- other organisations ----

static void protect_others(const struct council *c, const struct measure *m)
{
    for (size_t i = 0; i < m->comparison_count; i++) {
        const struct comparison_series *s = &m->comparisons[i];
        struct figure *figures = (struct figure *)(uintptr_t)s->figures;
        bool own = comparator_is_own(c, s->organisation);
        for (size_t k = 0; k < s->figure_count; k++) {
            // Of ourselves our own figures speak, as far as they may.
            bool small = protect_is_small(m, &figures[k], m->small_number);
            if (own || small) {
                empty(&figures[k]);
            }
            empty_before(&figures[k]);
        }
    }
}

// ---- one measure ----

static bool guard_measure(struct guard *g, struct measure *m)
{
    bool versions = false;
    for (size_t s = 0; s < m->series_count; s++) {
        struct guarded *x = &g->all[s];
        x->series = (struct series *)(uintptr_t)&m->series[s];
        x->counts = ARENA_ARRAY(g->arena, x->series->figure_count, double);
        x->hidden = ARENA_ARRAY(g->arena, x->series->figure_count, bool);
        mark_small(g, x);
        for (size_t i = 0; i < x->series->figure_count; i++) {
            versions = versions || any_version_is_small(m, &x->series->figures[i]);
        }
    }
    do {
        g->changed = false;
        for (size_t s = 0; s < g->count && m->cumulative; s++) {
            mark_steps(g, &g->all[s]);
        }
        protect_sums(g);
    } while (g->changed);
    return versions || any_hidden(g);
}

// A count beside a mark that says it is not to be seen.
static void empty_marked(const struct measure *m)
{
    for (size_t s = 0; s < m->series_count; s++) {
        struct figure *figures = (struct figure *)(uintptr_t)m->series[s].figures;
        for (size_t i = 0; i < m->series[s].figure_count; i++) {
            if (figures[i].marker == MARKER_SUPPRESSED) {
                empty(&figures[i]);
                empty_before(&figures[i]);
            }
        }
    }
}

void protect_measure(struct arena *a, const struct council *c, struct measure *m)
{
    if (m->small_number <= 0) {
        empty_marked(m);
        return;
    }
    struct guard g = {.arena = a,
                      .council = c,
                      .measure = m,
                      .all = ARENA_ARRAY(a, m->series_count, struct guarded),
                      .count = m->series_count};
    bool versions = guard_measure(&g, m);
    empty_hidden(&g, versions);
    protect_others(c, m);
}
