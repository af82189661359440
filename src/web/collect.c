// The daily grid of figures: /{org}/collect.
#include "view/collect.h"

#include <stdlib.h>
#include <string.h>

#include "domain/thing_key.h"
#include "web/edit.h"
#include "web/families.h"

struct collecting {
    struct visit *visit;
    struct who who;
    struct collect_grid grid;
    struct collect_typed typed;
    struct edit_typed posted;
    struct collect_fault *door_faults;
    const char *reason, *reason_fault;
    size_t from;
    bool saves, refused;
};

static bool may_enter(void *context, const char *const *cells)
{
    struct collecting *x = context;
    return things_may(x->visit->arena, &x->who, WHO_CREATES, x->visit->organisation,
                      KIND_OBSERVATION, NULL, cells);
}

// Whether one of the caller's persons in this organisation owns or checks the measure.
static bool is_theirs(void *context, const struct measure *m)
{
    struct collecting *x = context;
    const char *const *pair = x->visit->caller.people;
    for (; pair != NULL && pair[0] != NULL; pair += 2) {
        bool here = strcmp(pair[0], x->visit->organisation) == 0;
        bool owns = m->owner != NULL && strcmp(m->owner->code, pair[1]) == 0;
        bool checks = m->checker != NULL && strcmp(m->checker->code, pair[1]) == 0;
        if (here && (owns || checks)) {
            return true;
        }
    }
    return false;
}

// The rows, and what stands in the record for each.
static bool read_grid(struct collecting *x, struct db *db, struct err *e)
{
    struct visit *v = x->visit;
    const struct descriptor *d = descriptor_of(KIND_OBSERVATION);
    struct collect_asked asked = {may_enter, is_theirs, x, x->from};
    if (!access_who(db, v->arena, &v->caller, v->organisation, &x->who, e)) {
        return false;
    }
    collect_rows(&v->page, &asked, &x->grid);
    for (size_t i = 0; i < x->grid.count; i++) {
        const char *key[COLUMNS_MAX] = {NULL};
        struct door_row now = {0};
        bool digest = false;
        if (!thing_key_read(v->arena, d, x->grid.rows[i].key, key, &digest) ||
            !door_read(db, v->arena, v->organisation, KIND_OBSERVATION, key, &now, e)) {
            return false;
        }
        x->grid.rows[i].cells = now.cells;
        x->grid.rows[i].seen = now.seen;
    }
    return true;
}

static bool work_show(void *context, struct db *db, struct arena *a, struct err *e)
{
    (void)a;
    return read_grid(context, db, e);
}

// ---- saving ----

// What the door refused, by row.
static void take_refusals(struct collecting *x, const struct door_answer *answer, struct err *e)
{
    struct arena *a = x->visit->arena;
    const struct descriptor *d = descriptor_of(KIND_OBSERVATION);
    size_t count = answer->refusal_count;
    struct collect_fault *faults = ARENA_ARRAY(a, count + 1, struct collect_fault);
    const struct edit_fault *texts = edit_faults_of(a, d, answer->refusals, count);
    for (size_t i = 0; i < count; i++) {
        size_t row = x->typed.rows[answer->refusals[i].change];
        faults[i] = (struct collect_fault){
            row, texts[i].column == NULL ? "value" : texts[i].column,
            arena_printf(a, "%s: %s", x->grid.rows[row].measure->code, texts[i].text)};
    }
    if (count == 0) {
        faults[0] = (struct collect_fault){x->typed.rows[0], "value", e->message};
        count = 1;
    }
    x->typed.faults = faults;
    x->typed.fault_count = count;
}

static bool check(struct collecting *x)
{
    x->reason_fault = NULL;
    if (x->typed.corrects && (x->reason == NULL || x->reason[0] == '\0')) {
        x->reason_fault = "Enter why figures that were already entered are corrected";
    }
    return x->typed.fault_count == 0 && x->reason_fault == NULL;
}

static bool work_save(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct collecting *x = context;
    struct visit *v = x->visit;
    struct door_answer answer = {0};
    const char *by = v->caller.name == NULL ? v->caller.account : v->caller.name;
    x->refused = false;
    if (!read_grid(x, db, e)) {
        return false;
    }
    collect_read(a, &x->grid, &x->posted, by, arena_textn(a, visit_at(v), 10), &x->typed);
    if (!check(x)) {
        return false;
    }
    if (x->typed.count == 0) {
        return true;
    }
    struct door_change *changes = ARENA_ARRAY(a, x->typed.count, struct door_change);
    for (size_t i = 0; i < x->typed.count; i++) {
        changes[i] = x->typed.changes[i];
        changes[i].reason = changes[i].action == WHO_CHANGES ? x->reason : NULL;
    }
    struct door_options options = {v->organisation, visit_at(v), &x->who};
    if (door_apply_within(db, a, &options, changes, x->typed.count, &answer, e)) {
        return true;
    }
    if (e->kind == ERR_INPUT || e->kind == ERR_DENIED || e->kind == ERR_CONFLICT) {
        x->refused = e->kind == ERR_DENIED;
        x->typed.moved = e->kind == ERR_CONFLICT;
        take_refusals(x, &answer, e);
        *e = (struct err){.arena = e->arena};
    }
    return false;
}

// ---- the page ----

static bool show(struct collecting *x, struct err *e)
{
    struct visit *v = x->visit;
    struct collect_page p = {.grid = &x->grid,
                             .typed = x->saves ? &x->posted : NULL,
                             .faults = x->typed.faults,
                             .fault_count = x->typed.fault_count,
                             .reason = x->reason,
                             .reason_fault = x->reason_fault,
                             .saved = x->saves ? NULL : edit_saved_words(v),
                             .from = x->from};
    struct tree *page = visit_tree(v, NULL);
    collect_put(&v->page, page, &p);
    if (x->saves && x->typed.moved) {
        v->res->status = 412;
    } else if (x->refused) {
        v->res->status = 403;
    }
    return visit_page(v, "collect.html", page, e);
}

static bool run_collect(struct visit *v, struct err *e)
{
    const char *from = visit_query(v, "from");
    struct collecting x = {.visit = v,
                           .posted = edit_posted(v),
                           .saves = v->req->method == HTTP_POST,
                           .reason = visit_posted(v, EDIT_REASON),
                           .from = from == NULL ? 0 : strtoul(from, NULL, 10)};
    if (!v->page.period_given) {
        v->page.period = collect_default_period(v->council);
    }
    if (!x.saves) {
        return visit_read(v, work_show, &x, e) && show(&x, e);
    }
    if (visit_write(v, work_save, &x, e)) {
        const char *what = x.typed.count == 0 ? "same" : "figures";
        return visit_see_other(v, page_href_with(&v->page, "saved", what));
    }
    return e->kind == ERR_NONE && show(&x, e);
}

const struct action_route collect_actions[] = {
    {"/{org}/collect", METHODS_FORM, DUTY_ENTER, true, ACTION_PERIOD, EDIT_BODY_MAX, "",
     run_collect, "collect.html",
     "The figures of a period that one may enter, as a grid: theirs first, what is late on top."},
};
const size_t collect_action_count = sizeof collect_actions / sizeof collect_actions[0];
