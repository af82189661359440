#include "domain/framework.h"

#include <string.h>

#include "base/decimal.h"

struct framework framework_of(struct db *db, struct arena *a, const char *organisation,
                              struct err *e)
{
    return (struct framework){.db = db,
                              .arena = a,
                              .organisation = organisation,
                              .err = e,
                              .faults = grow_new(a, sizeof(struct framework_fault))};
}

const struct store_rows *framework_rows(struct framework *f, enum kind kind)
{
    if (!f->loaded[kind]) {
        if (!store_rows(f->db, f->arena, kind, f->organisation, STORE_CURRENT, &f->rows[kind],
                        f->err)) {
            return NULL;
        }
        f->loaded[kind] = true;
    }
    return &f->rows[kind];
}

// Rows come in the order of their codes.
const struct store_row *framework_row(struct framework *f, enum kind kind, const char *code)
{
    const struct store_rows *rows = framework_rows(f, kind);
    size_t low = 0;
    size_t high = rows == NULL || code == NULL ? 0 : rows->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(rows->rows[middle].cells[0], code);
        if (order == 0) {
            return &rows->rows[middle];
        }
        *(order < 0 ? &low : &high) = order < 0 ? middle + 1 : middle;
    }
    return NULL;
}

void framework_fault(struct framework *f, struct framework_fault fault)
{
    *(struct framework_fault *)grow_add(&f->faults) = fault;
}

// ---- dates ----

static day date_of(const struct store_row *r, int column)
{
    day date = DAY_NONE;
    const char *text = r == NULL ? NULL : r->cells[column];
    return text != NULL && day_parse(text, strlen(text), &date) ? date : DAY_NONE;
}

// Start after end.
static void check_order(struct framework *f, enum kind kind, const struct store_row *r, int start,
                        int end)
{
    day first = date_of(r, start);
    day last = date_of(r, end);
    if (first != DAY_NONE && last != DAY_NONE && first > last) {
        framework_fault(
            f, (struct framework_fault){
                   "dates", kind, r->cells[0], NULL, end, r->cells[end],
                   arena_printf(f->arena, "is before it starts (%s): mend one of the two dates",
                                day_shown(f->arena, first))});
    }
}

static void check_within(struct framework *f, enum kind kind, const struct store_row *r, int column,
                         const struct store_row *plan)
{
    day date = date_of(r, column);
    day start = date_of(plan, PLAN_START);
    day end = date_of(plan, PLAN_END);
    if (plan == NULL || date == DAY_NONE) {
        return;
    }
    const char *code = plan->cells[PLAN_CODE];
    const char *why = NULL;
    if (start != DAY_NONE && date < start) {
        why =
            arena_printf(f->arena, "is before the plan %s starts (%s): mend the date, or the plan",
                         code, day_shown(f->arena, start));
    } else if (end != DAY_NONE && date > end) {
        why = arena_printf(f->arena, "is after the plan %s ends (%s): mend the date, or the plan",
                           code, day_shown(f->arena, end));
    }
    if (why != NULL) {
        framework_fault(f, (struct framework_fault){"dates", kind, r->cells[0], NULL, column,
                                                    r->cells[column], why});
    }
}

static bool check_dates(struct framework *f)
{
    static const struct {
        enum kind kind;
        int start, end, plan;
    } dated[] = {
        {KIND_PLAN, PLAN_START, PLAN_END, -1},
        {KIND_ACTION, ACTION_START, ACTION_DUE, ACTION_PLAN},
        {KIND_PROJECT, PROJECT_START, PROJECT_END, PROJECT_PLAN},
    };
    for (size_t k = 0; k < COUNT_OF(dated); k++) {
        const struct store_rows *rows = framework_rows(f, dated[k].kind);
        if (rows == NULL) {
            return false;
        }
        for (size_t i = 0; i < rows->count; i++) {
            const struct store_row *r = &rows->rows[i];
            check_order(f, dated[k].kind, r, dated[k].start, dated[k].end);
            if (dated[k].plan >= 0) {
                const struct store_row *plan = framework_row(f, KIND_PLAN, r->cells[dated[k].plan]);
                check_within(f, dated[k].kind, r, dated[k].start, plan);
                check_within(f, dated[k].kind, r, dated[k].end, plan);
            }
        }
    }
    return f->err->kind == ERR_NONE;
}

// ---- targets that nothing judges ----

static bool check_targets(struct framework *f)
{
    const struct store_rows *organisation = framework_rows(f, KIND_ORGANISATION);
    const struct store_rows *measures = framework_rows(f, KIND_MEASURE);
    const char *const *with = NULL;
    size_t count = 0;
    if (organisation == NULL || measures == NULL ||
        !store_measures_with_targets(f->db, f->arena, f->organisation, &with, &count, f->err)) {
        return false;
    }
    bool has_default =
        organisation->count > 0 && organisation->rows[0].cells[ORGANISATION_DEFAULT_RULE] != NULL;
    for (size_t i = 0; i < count && !has_default; i++) {
        const struct store_row *m = framework_row(f, KIND_MEASURE, with[i]);
        // A measure without a good direction is shown and never judged, target or not.
        bool judged = m != NULL && strcmp(m->cells[MEASURE_POLARITY], "none") != 0;
        if (judged && m->cells[MEASURE_RULE] == NULL) {
            framework_fault(f, (struct framework_fault){
                                   "target_without_rule", KIND_TARGET, with[i], NULL,
                                   TARGET_MEASURE, with[i],
                                   "has a target but no rule to judge it by: give the measure a "
                                   "rule in measures.csv, or the organisation a default_rule"});
        }
    }
    return f->err->kind == ERR_NONE;
}

// ---- savings ----

static bool add_up(const struct store_row *r, struct dec *ret_sum)
{
    bool any = false;
    *ret_sum = dec_int(0);
    for (int c = SAVING_DELIVERED; c <= SAVING_UNDELIVERABLE; c++) {
        struct dec part = DEC_NONE;
        if (r->cells[c] != NULL && dec_parse(r->cells[c], strlen(r->cells[c]), &part)) {
            *ret_sum = dec_add(*ret_sum, part);
            any = true;
        }
    }
    return any;
}

static bool check_savings(struct framework *f)
{
    const struct store_rows *rows = framework_rows(f, KIND_SAVING);
    for (size_t i = 0; rows != NULL && i < rows->count; i++) {
        const struct store_row *r = &rows->rows[i];
        const char *text = r->cells[SAVING_TARGET];
        struct dec target = DEC_NONE;
        struct dec sum = DEC_NONE;
        if (text != NULL && dec_parse(text, strlen(text), &target) && add_up(r, &sum) &&
            !dec_equal(target, sum)) {
            framework_fault(
                f, (struct framework_fault){
                       "saving_sum", KIND_SAVING, r->cells[SAVING_CODE], NULL, SAVING_TARGET, text,
                       arena_printf(f->arena,
                                    "is not the sum of delivered, on track, at risk and "
                                    "undeliverable (%s): mend whichever is wrong",
                                    dec_text(f->arena, sum))});
        }
    }
    return rows != NULL;
}

bool framework_look(struct framework *f, const bool touched[KIND_COUNT])
{
    bool dates = touched[KIND_PLAN] || touched[KIND_ACTION] || touched[KIND_PROJECT];
    bool targets = touched[KIND_TARGET] || touched[KIND_MEASURE] || touched[KIND_ORGANISATION];
    return framework_loops(f, touched) && framework_formulas(f, touched) &&
           (!dates || check_dates(f)) && (!targets || check_targets(f)) &&
           (!touched[KIND_SAVING] || check_savings(f));
}
