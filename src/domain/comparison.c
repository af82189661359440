#include "domain/comparison.h"

#include <string.h>

#include "domain/reading_steps.h"

const struct comparator_group *council_comparator_group(const struct council *c, const char *code)
{
    for (size_t i = 0; i < c->comparator_group_count && code != NULL; i++) {
        if (strcmp(c->comparator_groups[i].code, code) == 0) {
            return &c->comparator_groups[i];
        }
    }
    return NULL;
}

const struct comparison_series *measure_comparison(const struct measure *m,
                                                   const char *organisation)
{
    size_t low = 0, high = m->comparison_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(m->comparisons[middle].organisation, organisation);
        if (order == 0) {
            return &m->comparisons[middle];
        }
        *(order < 0 ? &low : &high) = order < 0 ? middle + 1 : middle;
    }
    return NULL;
}

const struct figure *comparison_figure(const struct comparison_series *s, struct period p)
{
    return series_figure(&(struct series){.figures = s->figures, .figure_count = s->figure_count},
                         p);
}

bool comparator_is_own(const struct council *c, const char *organisation)
{
    return (c->gss_code != NULL && strcmp(c->gss_code, organisation) == 0) ||
           strcmp(c->code, organisation) == 0;
}

// The figures of a member for a measure; NULL where it has none, or is we ourselves.
static const struct comparison_series *series_of(const struct council *c, const struct measure *m,
                                                 const struct comparator *member)
{
    return comparator_is_own(c, member->organisation) ? NULL
                                                      : measure_comparison(m, member->organisation);
}

static bool has_value(const struct council *c, const struct measure *m,
                      const struct comparator_group *g)
{
    for (size_t i = 0; i < g->member_count; i++) {
        const struct comparison_series *s = series_of(c, m, &g->members[i]);
        for (size_t k = 0; s != NULL && k < s->figure_count; k++) {
            if (reading_value(m, &s->figures[k]).present) {
                return true;
            }
        }
    }
    return false;
}

size_t comparison_groups(const struct council *c, const struct measure *m, struct arena *a,
                         const struct comparator_group *const **ret)
{
    const struct comparator_group **found =
        ARENA_ARRAY(a, c->comparator_group_count, const struct comparator_group *);
    size_t count = 0;
    for (size_t i = 0; i < c->comparator_group_count; i++) {
        const struct comparator_group *g = &c->comparator_groups[i];
        bool wanted = m->compare_with != NULL ? strcmp(m->compare_with, g->code) == 0
                                              : m->comparison_count > 0 && has_value(c, m, g);
        if (wanted) {
            found[count++] = g;
        }
    }
    *ret = found;
    return count;
}

size_t comparison_of(const struct council *c, const struct measure *m,
                     const struct comparator_group *g, struct period p, struct arena *a,
                     const struct compared **ret)
{
    struct compared *all = ARENA_ARRAY(a, g->member_count, struct compared);
    size_t count = 0;
    for (size_t i = 0; i < g->member_count; i++) {
        const struct comparator *member = &g->members[i];
        if (comparator_is_own(c, member->organisation)) {
            continue;
        }
        const struct comparison_series *s = measure_comparison(m, member->organisation);
        const struct figure *f = s == NULL ? NULL : comparison_figure(s, p);
        all[count++] = (struct compared){member, f, f == NULL ? DEC_NONE : reading_value(m, f)};
    }
    *ret = all;
    return count;
}

struct period comparison_latest(const struct council *c, const struct measure *m,
                                const struct comparator_group *g, struct period like)
{
    struct period latest = PERIOD_ABSENT;
    for (size_t i = 0; i < g->member_count; i++) {
        const struct comparison_series *s = series_of(c, m, &g->members[i]);
        for (size_t k = s == NULL ? 0 : s->figure_count; k > 0; k--) {
            const struct figure *f = &s->figures[k - 1];
            bool fits = f->period.kind == like.kind && f->period.end <= like.end;
            if (fits && reading_value(m, f).present) {
                latest =
                    latest.kind == PERIOD_NONE || f->period.end > latest.end ? f->period : latest;
                break;
            }
        }
    }
    return latest;
}
