// The history of one thing, and undoing a step of it.
#include <stdlib.h>
#include <string.h>

#include "view/edit_history.h"
#include "web/edit.h"

struct looking {
    struct edit *edit;
    struct edit_history history;
    size_t at; // the step to undo
    const char *why_not;
    struct door_change change;
    const char *reason;
    struct edit_apply result;
};

// Of what is gone the history itself says what it was; whoever might have added it may see it.
static bool may_see_gone(struct looking *l, const struct edit_history *h, struct err *e)
{
    struct edit *x = l->edit;
    const char *cells[COLUMNS_MAX] = {NULL};
    struct undo_told told;
    if (h->count == 0) {
        return err_set(e, ERR_ABSENT, "There is no %s at this address, and never was.",
                       edit_kind_one(x->kind->kind));
    }
    if (!undo_read(x->visit->arena, x->kind, h->steps, h->count, h->count - 1, &told, e)) {
        return false;
    }
    for (size_t i = 0; i < told.count; i++) {
        cells[told.fields[i].column] = told.fields[i].before;
    }
    return things_may(x->visit->arena, &x->who, WHO_CREATES, x->visit->organisation, x->kind->kind,
                      NULL, cells) ||
           (x->visit->duties & DUTY_BIT(DUTY_AUDIT)) != 0 ||
           err_set(e, ERR_DENIED, "You may not see the history of this: ask your administrator.");
}

// The key by cells: of the row, or of the address where the row is gone.
static bool key_of(const struct edit *x, struct db *db, const char **cells, struct err *e)
{
    struct visit *v = x->visit;
    bool found = x->now.cells != NULL;
    if (found) {
        memcpy(cells, x->now.cells, x->kind->count * sizeof *cells);
        return true;
    }
    return things_key_of_gone(db, v->arena, v->organisation, x->kind, x->key, cells, &found, e) &&
           (found || err_set(e, ERR_ABSENT, "There is no %s at this address (any more).",
                             edit_kind_one(x->kind->kind)));
}

static bool read_history(struct looking *l, struct db *db, struct err *e)
{
    struct edit *x = l->edit;
    struct visit *v = x->visit;
    const char *key[COLUMNS_MAX] = {NULL};
    bool audits = (v->duties & DUTY_BIT(DUTY_AUDIT)) != 0;
    bool may = edit_look(x, db, e);
    if (!may && (e->kind != ERR_DENIED || !audits)) {
        return false;
    }
    *e = (struct err){.arena = e->arena};
    l->history = (struct edit_history){
        .kind = x->kind, .key = x->key, .cells = x->now.cells, .may_change = may};
    return key_of(x, db, key, e) &&
           audit_history(db, v->arena, v->organisation, x->kind->kind, key, &l->history.steps,
                         &l->history.count, e) &&
           (x->now.cells != NULL || may_see_gone(l, &l->history, e));
}

static bool make_undo(struct looking *l, struct err *e)
{
    struct edit *x = l->edit;
    const char *today = arena_textn(x->visit->arena, visit_at(x->visit), 10);
    l->why_not = NULL;
    if (l->at == 0 || l->at > l->history.count) {
        return err_set(e, ERR_ABSENT, "There is no such step in this history.");
    }
    return undo_make(x->visit->arena, x->kind, l->history.steps, l->history.count, l->at - 1,
                     &x->now, today, &l->change, &l->why_not, e) ||
           l->why_not != NULL;
}

static bool work_show(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct looking *l = context;
    (void)a;
    return read_history(l, db, e) && (l->at == 0 || make_undo(l, e));
}

static bool work_undo(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct looking *l = context;
    struct edit *x = l->edit;
    l->result = (struct edit_apply){.key = x->key};
    if (!read_history(l, db, e) || !make_undo(l, e)) {
        return false;
    }
    const char *seen = x->typed.nth(x->typed.context, "seen", 0);
    bool moved = strcmp(seen == NULL ? "" : seen, x->now.seen == NULL ? "" : x->now.seen) != 0;
    struct edit_fault *fault = ARENA_NEW(a, struct edit_fault);
    l->result.outcome = EDIT_FAULTY;
    l->result.faults = fault;
    if (l->why_not != NULL) {
        return false;
    }
    if (moved) {
        fault->text = "Somebody else changed this after you opened it. Look at what undoing would "
                      "set now, and decide again";
        l->result.fault_count = 1;
        l->result.outcome = EDIT_MOVED;
        return false;
    }
    if (l->reason == NULL || l->reason[0] == '\0') {
        *fault = (struct edit_fault){EDIT_REASON, "Enter why you undo this change"};
        l->result.fault_count = 1;
        return false;
    }
    l->change.reason = l->reason;
    return edit_through_door(x, db, &l->change, &l->result, e);
}

static bool show_undo(struct looking *l, struct err *e)
{
    struct edit *x = l->edit;
    struct visit *v = x->visit;
    // Undoing always says why.
    struct edit_form form = {.kind = x->kind,
                             .action = WHO_CHANGES,
                             .key = x->key,
                             .seen = x->now.seen,
                             .reason = l->reason,
                             .faults = l->result.faults,
                             .fault_count = l->result.fault_count,
                             .undoes = true,
                             .part = -1};
    struct tree *page = visit_tree(v, NULL);
    if (!edit_undo_put(&v->page, page, &l->history, l->at - 1, &form, l->why_not, e)) {
        return false;
    }
    if (l->result.outcome == EDIT_MOVED) {
        v->res->status = 412;
    } else if (l->result.outcome == EDIT_REFUSED) {
        v->res->status = 403;
    } else if (l->why_not != NULL && v->req->method == HTTP_POST) {
        v->res->status = 422;
    }
    return visit_page(v, "edit_undo.html", page, e);
}

bool edit_show_history(struct edit *x, struct err *e)
{
    struct visit *v = x->visit;
    bool posts = v->req->method == HTTP_POST;
    const char *step = posts ? visit_posted(v, "step") : visit_query(v, "undo");
    struct looking l = {.edit = x, .reason = visit_posted(v, EDIT_REASON)};
    l.at = step == NULL ? 0 : strtoul(step, NULL, 10);
    if (posts) {
        if (visit_write(v, work_undo, &l, e)) {
            return edit_done(x, l.result.key, "undone");
        }
        return e->kind == ERR_NONE && show_undo(&l, e);
    }
    if (!visit_read(v, work_show, &l, e)) {
        return false;
    }
    if (l.at > 0) {
        return show_undo(&l, e);
    }
    struct tree *page = visit_tree(v, NULL);
    return edit_history_put(&v->page, page, &l.history, e) &&
           visit_page(v, "edit_history.html", page, e);
}
