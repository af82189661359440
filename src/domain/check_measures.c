#include "domain/check.h"

static void add(struct checking *x, enum check_code code, const struct measure *m,
                const char *fault)
{
    check_add(x, code, "measure", m->code, m->title, fault);
}

static bool has_any_target(const struct measure *m)
{
    for (size_t i = 0; i < m->series_count; i++) {
        if (m->series[i].target_count > 0) {
            return true;
        }
    }
    return false;
}

static bool has_any_figure(const struct measure *m)
{
    for (size_t i = 0; i < m->series_count; i++) {
        if (m->series[i].figure_count > 0) {
            return true;
        }
    }
    return false;
}

static int64_t multiplier_of(const struct measure *m)
{
    switch (m->value_type) {
    case VALUE_PERCENT: return 100;
    case VALUE_RATE: return m->per;
    case VALUE_RATIO: return 1;
    default: return 0; // the figure need not be the quotient
    }
}

// The figure as printed is not what its numerator and denominator give, as printed.
static void check_value(struct checking *x, const struct measure *m, const struct series *s,
                        const struct figure *f)
{
    int64_t multiplier = multiplier_of(m);
    if (multiplier == 0 || !f->value.present || !f->numerator.present || !f->denominator.present ||
        dec_sign(f->denominator) == 0) {
        return;
    }
    int decimals = f->value.scale < m->decimals ? f->value.scale : m->decimals;
    struct dec made = dec_ratio(f->numerator, f->denominator, multiplier, decimals);
    struct dec given = dec_round(f->value, decimals);
    if (!made.present || dec_equal(made, given)) {
        return;
    }
    const char *period = period_id(x->arena, f->period, x->council->year_start);
    add(x, CHECK_VALUE, m,
        arena_printf(x->arena, "In %s%s%s it is given as %s, but %s over %s is %s.", period,
                     s->part[0] == '\0' ? "" : ", part ", s->part, dec_text(x->arena, given),
                     dec_text(x->arena, f->numerator), dec_text(x->arena, f->denominator),
                     dec_text(x->arena, made)));
}

static void check_values(struct checking *x, const struct measure *m)
{
    for (size_t i = 0; i < m->series_count; i++) {
        for (size_t k = 0; k < m->series[i].figure_count; k++) {
            check_value(x, m, &m->series[i], &m->series[i].figures[k]);
        }
    }
}

void check_measures(struct checking *x)
{
    const struct council *c = x->council;
    for (size_t i = 0; i < c->measure_count; i++) {
        const struct measure *m = &c->measures[i];
        check_values(x, m);
        if (m->state == MEASURE_RETIRED) {
            if (m->retired_on == DAY_NONE) {
                add(x, CHECK_MEASURE_RETIRED, m, "It is retired, and since when is not said.");
            }
            continue;
        }
        if (m->owner == NULL) {
            add(x, CHECK_MEASURE_OWNER, m, "Nobody answers for it.");
        }
        if (m->aim_count == 0) {
            add(x, CHECK_MEASURE_AIM, m, "It shows the progress of no aim.");
        }
        bool live = m->state == MEASURE_LIVE;
        if (live && !m->contextual && m->polarity != POLARITY_NONE && !has_any_target(m)) {
            add(x, CHECK_MEASURE_TARGET, m, "It is to be judged, and has no target at all.");
        }
        if (live && m->formula == NULL && !has_any_figure(m)) {
            add(x, CHECK_MEASURE_FIGURES, m, "It is live, and there is no figure for it.");
        }
    }
}
