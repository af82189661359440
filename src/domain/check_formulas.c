// Formulas that no longer say anything: what an import could not know, or could not refuse.
#include "domain/check.h"
#include "domain/formula_figures.h"

struct looking {
    struct checking *check;
    const struct measure *measure;
    const struct formula *formula;
    const uint32_t *parts;
};

static void add(const struct looking *x, enum check_code code, const char *fault)
{
    check_add(x->check, code, "measure", x->measure->code, x->measure->title, fault);
}

static const struct measure *part_measure(const struct looking *x, size_t part)
{
    return &x->check->council->measures[x->parts[part]];
}

// Told once, however often the formula looks at the measure.
static bool was_met(const struct looking *x, size_t part)
{
    for (size_t i = 0; i < part; i++) {
        if (x->parts[i] == x->parts[part]) {
            return true;
        }
    }
    return false;
}

static void check_states(const struct looking *x)
{
    for (size_t i = 0; i < x->formula->part_count; i++) {
        const struct measure *of = part_measure(x, i);
        if (of->state != MEASURE_LIVE && !was_met(x, i)) {
            add(x, CHECK_FORMULA_STATE,
                arena_printf(x->check->arena, "It needs %s, which is %s.", of->code,
                             of->state == MEASURE_RETIRED ? "retired" : "in development"));
        }
    }
}

static bool has_share(const struct measure *m, enum formula_look look)
{
    for (size_t i = 0; i < m->series[0].figure_count; i++) {
        const struct figure *f = &m->series[0].figures[i];
        if ((look == FORMULA_NUMERATOR ? f->numerator : f->denominator).present) {
            return true;
        }
    }
    return false;
}

static void check_shares(const struct looking *x)
{
    for (size_t i = 0; i < x->formula->part_count; i++) {
        const struct formula_part *part = &x->formula->parts[i];
        const struct measure *of = part_measure(x, i);
        bool has_figures = of->series[0].figure_count > 0;
        if (part->look != FORMULA_VALUE && has_figures && !has_share(of, part->look)) {
            add(x, CHECK_FORMULA_SHARE,
                arena_printf(x->check->arena, "No figure of %s has a %s.", of->code,
                             part->look == FORMULA_NUMERATOR ? "numerator" : "denominator"));
        }
    }
}

static void check_empty(const struct looking *x)
{
    if (x->measure->series[0].figure_count > 0 || x->measure->state != MEASURE_LIVE) {
        return;
    }
    for (size_t i = 0; i < x->formula->part_count; i++) {
        const struct measure *of = part_measure(x, i);
        if (of->series[0].figure_count == 0) {
            add(x, CHECK_FORMULA_EMPTY,
                arena_printf(x->check->arena, "There is no figure of %s, which it needs.",
                             of->code));
            return;
        }
    }
    add(x, CHECK_FORMULA_EMPTY, "There is no period for which it has all it needs.");
}

static void check_ratio(const struct looking *x)
{
    struct formula_policy policy = formula_policy_of(x->check->council, x->measure);
    if (x->measure->aggregation == AGGREGATE_RATIO &&
        !formula_is_quotient(x->formula, policy.multiplier)) {
        add(x, CHECK_FORMULA_RATIO,
            "Its figures are to be put together as a ratio, and its formula is none.");
    }
}

void check_formulas(struct checking *x)
{
    const struct council *c = x->council;
    struct formula_book book = formula_book_of_council(x->arena, c);
    struct looking look = {.check = x};
    for (size_t i = 0; i < book.flaws.count; i++) {
        const struct formula_flaw *flaw = &((const struct formula_flaw *)book.flaws.items)[i];
        look.measure = &c->measures[flaw->measure];
        add(&look, CHECK_FORMULA_BROKEN, arena_printf(x->arena, "Its formula %s.", flaw->why));
    }
    for (size_t i = 0; i < c->measure_count; i++) {
        const struct formula_entry *e = &book.entries[i];
        look.measure = &c->measures[i];
        look.formula = e->formula;
        look.parts = e->parts;
        if (e->formula != NULL && look.measure->state != MEASURE_RETIRED) {
            check_states(&look);
            check_shares(&look);
            check_empty(&look);
            check_ratio(&look);
        }
    }
}
