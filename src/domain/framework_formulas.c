// Formulas: each can be read, names measures there are, and none needs itself; and a measure that
// is worked out has no figures that were entered.
#include "domain/formula_book.h"
#include "domain/framework.h"
#include "domain/measure_hint.h"

static struct formula_facts facts_of(const struct store_row *r)
{
    struct formula_facts m = {.code = r->cells[MEASURE_CODE],
                              .formula = r->cells[MEASURE_FORMULA],
                              .frequency_text = r->cells[MEASURE_FREQUENCY],
                              .frequency = measure_hint(r->cells[MEASURE_FREQUENCY])};
    const char *cumulative = r->cells[MEASURE_CUMULATIVE];
    m.cumulative = cumulative != NULL && cumulative[0] == 'y';
    if (!model_value_type(r->cells[MEASURE_VALUE_TYPE], &m.value_type)) {
        m.value_type = VALUE_NUMBER;
    }
    if (!aggregation_from_text(r->cells[MEASURE_AGGREGATION], &m.aggregation)) {
        m.aggregation = AGGREGATE_NONE;
    }
    return m;
}

static void fault(struct framework *f, const struct formula_facts *m, const char *why)
{
    framework_fault(f, (struct framework_fault){"formula", KIND_MEASURE, m->code, NULL,
                                                MEASURE_FORMULA, m->formula, why});
}

struct entered {
    size_t count; // series that hold any
    struct period first;
};

static void take_entered(void *context, const char *measure, const char *part,
                         const struct store_figure *rows, size_t count)
{
    (void)measure;
    (void)part;
    struct entered *e = context;
    for (size_t i = 0; i < count; i++) {
        if (e->first.kind == PERIOD_NONE || period_compare(rows[i].period, e->first) < 0) {
            e->first = rows[i].period;
        }
    }
    e->count += count > 0;
}

static int year_start_of(struct framework *f)
{
    const struct store_rows *rows = framework_rows(f, KIND_ORGANISATION);
    const char *text = rows == NULL || rows->count == 0
                           ? NULL
                           : rows->rows[0].cells[ORGANISATION_FINANCIAL_YEAR_START];
    return text == NULL ? 4 : (text[0] - '0') * 10 + (text[1] - '0');
}

static bool check_entered(struct framework *f, const struct formula_facts *m)
{
    struct entered entered = {0, PERIOD_ABSENT};
    struct store_scope scope = {.organisation = f->organisation,
                                .year_start = year_start_of(f),
                                .from = m->code,
                                .to = m->code};
    if (!store_figures(f->db, f->arena, &scope, take_entered, &entered, f->err)) {
        return false;
    }
    if (entered.count > 0) {
        fault(f, m,
              arena_printf(f->arena,
                           "would stand over figures that were entered for this measure, the "
                           "first for %s: give it to a new measure with a code of its own",
                           period_id(f->arena, entered.first, scope.year_start)));
    }
    return true;
}

static bool has_formulas(const struct store_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->rows[i].cells[MEASURE_FORMULA] != NULL) {
            return true;
        }
    }
    return false;
}

bool framework_formulas(struct framework *f, const bool touched[KIND_COUNT])
{
    if (!touched[KIND_MEASURE]) {
        return true;
    }
    const struct store_rows *rows = framework_rows(f, KIND_MEASURE);
    if (rows == NULL || !has_formulas(rows)) {
        return rows != NULL;
    }
    struct formula_facts *facts = ARENA_ARRAY(f->arena, rows->count, struct formula_facts);
    bool good = true;
    for (size_t i = 0; i < rows->count; i++) {
        facts[i] = facts_of(&rows->rows[i]);
        good = good && (facts[i].formula == NULL || check_entered(f, &facts[i]));
    }
    struct formula_book book = formula_book_of(f->arena, facts, rows->count);
    for (size_t i = 0; i < book.flaws.count; i++) {
        const struct formula_flaw *flaw = &((const struct formula_flaw *)book.flaws.items)[i];
        fault(f, &facts[flaw->measure], flaw->why);
    }
    return good;
}
