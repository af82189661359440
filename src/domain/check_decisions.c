// What people decided about series, comparisons and referrals, where it cannot be followed.

#include <string.h>

#include "domain/check.h"
#include "domain/comparison.h"
#include "domain/protect.h"

// Below this many points methods say nothing of a level (Making Data Count; NHSRplotthedots warns).
enum { POINTS_FOR_LIMITS = 13 };

static void add(struct checking *x, enum check_code code, const struct measure *m,
                const char *fault)
{
    check_add(x, code, "measure", m->code, m->title, fault);
}

static const char *id_of(const struct checking *x, struct period p)
{
    return period_id(x->arena, p, x->council->year_start);
}

// ", part North"; "" for the measure as a whole.
static const char *part_of(const struct checking *x, const struct series *s)
{
    return s->part[0] == '\0' ? "" : arena_printf(x->arena, ", part %s", s->part);
}

// ---- rebases ----

// The points of a series' chart from one day on and before another (DAY_NONE: to the end).
static int points_between(const struct series *s, day from, day before)
{
    int count = 0;
    for (size_t i = 0; i < s->result_count; i++) {
        day start = s->results[i].period.start;
        count +=
            s->results[i].value.present && start >= from && (before == DAY_NONE || start < before);
    }
    return count;
}

static void check_rebases(struct checking *x, const struct measure *m, const struct series *s)
{
    for (size_t i = 0; i < s->rebase_count; i++) {
        const struct rebase *r = &s->rebases[i];
        bool last = i + 1 == s->rebase_count;
        day next = last ? DAY_NONE : s->rebases[i + 1].period.start;
        int points = points_between(s, r->period.start, next);
        if (points_between(s, r->period.start, DAY_NONE) == 0) {
            add(x, CHECK_REBASE_FIGURE, m,
                arena_printf(x->arena,
                             "Its limits start anew with %s%s, and there is no figure then or "
                             "later.",
                             id_of(x, r->period), part_of(x, s)));
        } else if (points < POINTS_FOR_LIMITS) {
            add(x, CHECK_REBASE_SHORT, m,
                arena_printf(x->arena,
                             "From the rebase of %s%s %s there %s %d figure%s, and limits need %d.",
                             id_of(x, r->period), part_of(x, s), last ? "on" : "to the next one",
                             points == 1 ? "is" : "are", points, points == 1 ? "" : "s",
                             POINTS_FOR_LIMITS));
        }
    }
}

// ---- forecasts ----

static bool is_year(enum period_kind kind)
{
    return kind == PERIOD_YEAR || kind == PERIOD_ACADEMIC_YEAR || kind == PERIOD_CALENDAR_YEAR;
}

static void check_forecasts(struct checking *x, const struct measure *m, const struct series *s)
{
    for (size_t i = 0; i < s->forecast_count; i++) {
        struct period p = s->forecasts[i].period;
        if (!is_year(p.kind)) {
            add(x, CHECK_FORECAST_YEAR, m,
                arena_printf(x->arena, "The forecast for %s%s is for a %s, not for a year.",
                             id_of(x, p), part_of(x, s), period_kind_text(p.kind)));
        }
    }
}

// ---- small numbers ----

// Whether anything could be kept back: a number is a count itself, any other figure has one only
// in its numerator.
static bool has_counts(const struct measure *m, bool *ret_any_figure)
{
    *ret_any_figure = false;
    for (size_t i = 0; i < m->series_count; i++) {
        for (size_t k = 0; k < m->series[i].figure_count; k++) {
            const struct figure *f = &m->series[i].figures[k];
            *ret_any_figure = *ret_any_figure || f->value.present || f->numerator.present;
            if (f->numerator.present || f->kept_back) {
                return true;
            }
        }
    }
    return m->value_type == VALUE_NUMBER;
}

static void check_small(struct checking *x, const struct measure *m)
{
    bool any_figure = false;
    if (m->small_number > 0 && m->formula == NULL && !has_counts(m, &any_figure) && any_figure) {
        add(x, CHECK_SMALL_NUMBER, m,
            arena_printf(x->arena,
                         "Counts below %d are to be kept back, and its figures have no numerator "
                         "to tell them by.",
                         m->small_number));
    }
}

// A ward, a group: where a count is of one to four, somebody may know whom it is of. Five is what
// most councils publish from (methods.md 10).
static void check_shown(struct checking *x, const struct measure *m)
{
    enum { USUAL = 5 };
    size_t small = 0;
    const char *part = NULL, *period = NULL;
    if (!m->is_public || m->small_number > 0) {
        return;
    }
    for (size_t i = 1; i < m->series_count; i++) {
        const struct series *s = &m->series[i];
        for (size_t k = 0; k < s->figure_count; k++) {
            if (protect_is_small(m, &s->figures[k], USUAL)) {
                part = s->part;
                period = period_id(x->arena, s->figures[k].period, x->council->year_start);
                small++;
            }
        }
    }
    if (small > 0) {
        add(x, CHECK_SMALL_SHOWN, m,
            arena_printf(x->arena,
                         "%zu of the figures of its parts count fewer than %d and are shown to "
                         "everyone, the last in %s, part %s.",
                         small, USUAL, period, part));
    }
}

// ---- comparison ----

static bool is_member(const struct council *c, const char *organisation)
{
    for (size_t i = 0; i < c->comparator_group_count; i++) {
        const struct comparator_group *g = &c->comparator_groups[i];
        for (size_t k = 0; k < g->member_count; k++) {
            if (strcmp(g->members[k].organisation, organisation) == 0) {
                return true;
            }
        }
    }
    return comparator_is_own(c, organisation);
}

static void check_comparison(struct checking *x, const struct measure *m)
{
    const struct council *c = x->council;
    if (m->compare_with != NULL && council_comparator_group(c, m->compare_with) == NULL) {
        add(x, CHECK_COMPARE_GROUP, m,
            arena_printf(x->arena, "It is compared with %s, and there is no such group.",
                         m->compare_with));
    }
    const char *first = NULL;
    size_t strangers = 0;
    for (size_t i = 0; i < m->comparison_count; i++) {
        if (!is_member(c, m->comparisons[i].organisation)) {
            first = first == NULL ? m->comparisons[i].organisation : first;
            strangers++;
        }
    }
    if (strangers > 0) {
        add(x, CHECK_COMPARE_MEMBER, m,
            strangers == 1
                ? arena_printf(x->arena, "There are figures of %s, which is in no group.", first)
                : arena_printf(x->arena,
                               "There are figures of %zu organisations that are in no group, the "
                               "first of them %s.",
                               strangers, first));
    }
}

// ---- rules of referral ----

// What a rule of this kind cannot do without and lacks; NULL: nothing.
static const char *lacking(const struct referral_rule *r)
{
    bool often = strcmp(r->kind, "off_target_often") == 0;
    bool counts = often || strcmp(r->kind, "off_target_running") == 0 ||
                  strcmp(r->kind, "missing_running") == 0;
    if (counts && r->n == 0) {
        return often && r->m == 0 ? "n and m" : "n";
    }
    return often && r->m == 0 ? "m" : NULL;
}

static void check_referral(struct checking *x, const struct referral_rule *r)
{
    const char *lacks = lacking(r);
    if (lacks != NULL) {
        check_add(x, CHECK_REFERRAL_NUMBERS, "referral rule", r->code, r->title,
                  arena_printf(x->arena, "A rule of the kind %s lacks %s, and so refers nothing.",
                               r->kind, lacks));
    }
}

void check_decisions(struct checking *x)
{
    const struct council *c = x->council;
    for (size_t i = 0; i < c->measure_count; i++) {
        const struct measure *m = &c->measures[i];
        for (size_t k = 0; k < m->series_count; k++) {
            if (m->limits == NULL || strcmp(m->limits, "none") != 0) {
                check_rebases(x, m, &m->series[k]);
            }
            check_forecasts(x, m, &m->series[k]);
        }
        check_small(x, m);
        check_shown(x, m);
        check_comparison(x, m);
    }
    for (size_t i = 0; i < c->referral_rule_count; i++) {
        check_referral(x, &c->referral_rules[i]);
    }
}
