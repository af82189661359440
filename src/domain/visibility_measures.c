// Measures as they are seen, and whom these are compared with.

#include <string.h>

#include "domain/comparison.h"
#include "domain/visibility_copy.h"
#include "engine/formula.h"

// ---- without names ----

// A copy of the list, and of every version before each, with `field` blank.
#define WITHOUT_NAMES(a, type, from, count, field, ret)                                            \
    struct type *ret = ARENA_ARRAY(a, count, struct type);                                         \
    for (size_t i = 0; i < (count); i++) {                                                         \
        ret[i] = (from)[i];                                                                        \
        ret[i].field = NULL;                                                                       \
        for (struct type *at = &ret[i]; at->before != NULL;) {                                     \
            struct type *old = ARENA_NEW(a, struct type);                                          \
            *old = *at->before;                                                                    \
            old->field = NULL;                                                                     \
            at->before = old;                                                                      \
            at = old;                                                                              \
        }                                                                                          \
    }

static void take_names_off_series(struct arena *a, struct series *s)
{
    WITHOUT_NAMES(a, figure, s->figures, s->figure_count, entered_by, figures);
    WITHOUT_NAMES(a, target, s->targets, s->target_count, agreed_by, targets);
    WITHOUT_NAMES(a, forecast, s->forecasts, s->forecast_count, by, forecasts);
    struct rebase *rebases = ARENA_ARRAY(a, s->rebase_count, struct rebase);
    for (size_t i = 0; i < s->rebase_count; i++) {
        rebases[i] = s->rebases[i];
        rebases[i].by = NULL;
    }
    s->figures = figures;
    s->targets = targets;
    s->forecasts = forecasts;
    s->rebases = rebases;
}

static const struct series *without_names(struct arena *a, const struct series *all, size_t count)
{
    struct series *made = ARENA_ARRAY(a, count, struct series);
    for (size_t i = 0; i < count; i++) {
        made[i] = all[i];
        take_names_off_series(a, &made[i]);
    }
    return made;
}

static void take_names_off(struct copy *k, struct measure *m)
{
    m->owner = m->checker = NULL;
    m->series = without_names(k->arena, m->series, m->series_count);
    struct override *overrides = ARENA_ARRAY(k->arena, m->override_count, struct override);
    for (size_t i = 0; i < m->override_count; i++) {
        overrides[i] = m->overrides[i];
        overrides[i].by = NULL;
    }
    m->overrides = overrides;
}

// ---- one measure ----

// Whoever does not see the parts is not told that there are any.
static void hide_formula(struct copy *k, struct measure *m)
{
    const struct formula *f = NULL;
    struct formula_fault fault;
    bool seen =
        m->formula != NULL && formula_read(k->arena, m->formula, strlen(m->formula), &f, &fault);
    for (size_t i = 0; seen && i < f->part_count; i++) {
        const struct measure *part = council_measure(k->whole, f->parts[i].code);
        seen = seen_measure(k->seen, part) != SIGHT_NONE;
    }
    m->formula = seen ? m->formula : NULL;
}

static void copy_said(struct copy *k, struct measure *m, bool named)
{
    struct commentary *said = ARENA_ARRAY(k->arena, m->commentary_count, struct commentary);
    for (size_t i = 0; i < m->commentary_count; i++) {
        said[i] = m->commentary[i];
        said[i].author = named ? copy_person(k, said[i].author) : NULL;
        said[i].action_owner = named ? copy_person(k, said[i].action_owner) : NULL;
    }
    m->commentary = said;
}

static void copy_links(struct copy *k, struct measure *m)
{
    const struct aim **aims = ARENA_ARRAY(k->arena, m->aim_count, const struct aim *);
    const struct action **actions = ARENA_ARRAY(k->arena, m->action_count, const struct action *);
    size_t aim_count = 0, action_count = 0;
    for (size_t i = 0; i < m->aim_count; i++) {
        aims[aim_count] = copy_aim(k, m->aims[i]);
        aim_count += aims[aim_count] != NULL ? 1 : 0;
    }
    for (size_t i = 0; i < m->action_count; i++) {
        actions[action_count] = copy_action(k, m->actions[i]);
        action_count += actions[action_count] != NULL ? 1 : 0;
    }
    m->aims = aims;
    m->aim_count = aim_count;
    m->actions = actions;
    m->action_count = action_count;
}

static void copy_one(struct copy *k, struct measure *m, const struct measure *from)
{
    bool named = k->seen->measures[from->index] == SIGHT_WHOLE;
    *m = *from;
    m->index = (size_t)(m - k->measures);
    m->unit = copy_unit(k, from->unit);
    m->owner = copy_person(k, from->owner);
    m->checker = copy_person(k, from->checker);
    hide_formula(k, m);
    copy_said(k, m, named);
    copy_links(k, m);
    if (!named) {
        take_names_off(k, m);
        m->actions = NULL;
        m->action_count = 0;
    }
}

// ---- whom they are compared with ----

static bool has_figures(const struct copy *k, const struct comparator_group *g)
{
    for (size_t i = 0; i < k->council->measure_count; i++) {
        const struct measure *m = &k->measures[i];
        if (m->compare_with != NULL && strcmp(m->compare_with, g->code) == 0) {
            return true;
        }
        for (size_t n = 0; m->comparison_count > 0 && n < g->member_count; n++) {
            if (measure_comparison(m, g->members[n].organisation) != NULL) {
                return true;
            }
        }
    }
    return false;
}

static void copy_groups(struct copy *k)
{
    const struct council *whole = k->whole;
    struct comparator_group *groups =
        ARENA_ARRAY(k->arena, whole->comparator_group_count, struct comparator_group);
    size_t count = 0;
    for (size_t i = 0; i < whole->comparator_group_count; i++) {
        if (has_figures(k, &whole->comparator_groups[i])) {
            groups[count++] = whole->comparator_groups[i];
        }
    }
    k->council->comparator_groups = groups;
    k->council->comparator_group_count = count;
}

void copy_measures(struct copy *k)
{
    for (size_t i = 0; i < k->whole->measure_count; i++) {
        if (k->measure_at[i] != SIZE_MAX) {
            copy_one(k, &k->measures[k->measure_at[i]], &k->whole->measures[i]);
        }
    }
    copy_groups(k);
}
