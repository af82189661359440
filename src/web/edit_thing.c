// One thing: made, changed, taken out.
#include <stdlib.h>
#include <string.h>

#include "domain/thing_key.h"
#include "web/edit.h"

// ---- shared by the three ----

struct edit_save {
    struct edit *edit;
    const int *columns; // the part of the form that was sent, ended by -1; NULL: all of it
    const char **cells; // typed; then what is to be saved
    const char *reason;
    struct edit_apply result;
};

static bool faulty(struct edit_save *s, const struct edit_fault *faults, size_t count)
{
    s->result.outcome = EDIT_FAULTY;
    s->result.faults = faults;
    s->result.fault_count = count;
    return false;
}

static bool reason_fault(struct edit_save *s, enum who_action action)
{
    struct edit_fault *fault = ARENA_NEW(s->edit->visit->arena, struct edit_fault);
    fault->column = EDIT_REASON;
    return !edit_reason_given(s->edit->visit->arena, s->edit->kind->kind, action, s->reason,
                              &fault->text) &&
           !faulty(s, fault, 1);
}

// The number of the part a form is about; -1: it is about all.
static int part_of(const struct edit *x)
{
    const char *text = x->typed.nth(x->typed.context, EDIT_PART, 0);
    size_t count = 0;
    (void)edit_groups(x->visit->arena, x->kind, &count);
    if (text == NULL || text[0] < '0' || text[0] > '9') {
        return -1;
    }
    unsigned long part = strtoul(text, NULL, 10);
    return part < count ? (int)part : -1;
}

static const int *columns_of(const struct edit *x, int part)
{
    size_t count = 0;
    const struct edit_group *groups = edit_groups(x->visit->arena, x->kind, &count);
    return part < 0 ? NULL : groups[part].columns;
}

static void set_status(struct visit *v, enum edit_outcome outcome)
{
    if (outcome == EDIT_MOVED) {
        v->res->status = 412;
    } else if (outcome == EDIT_REFUSED) {
        v->res->status = 403;
    }
}

// ---- making ----

static bool work_new(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct edit_save *s = context;
    (void)a;
    s->result = (struct edit_apply){0};
    if (!edit_look(s->edit, db, e)) {
        return false;
    }
    struct door_change change = {
        .action = WHO_CREATES, .kind = s->edit->kind->kind, .cells = s->cells, .reason = s->reason};
    if (edit_through_door(s->edit, db, &change, &s->result, e)) {
        return true;
    }
    if (s->result.outcome == EDIT_MOVED) {
        struct edit_fault *fault = ARENA_NEW(s->edit->visit->arena, struct edit_fault);
        fault->text = "There is one with this code or key already. Change that one, or give "
                      "another code";
        s->result.faults = fault;
        s->result.fault_count = 1;
        s->result.outcome = EDIT_FAULTY;
    }
    return false;
}

static bool show_new(struct edit *x, const struct edit_save *s, int part, struct err *e)
{
    struct visit *v = x->visit;
    struct edit_form form = {.kind = x->kind,
                             .action = WHO_CREATES,
                             .cells = s->cells,
                             .typed = &x->typed,
                             .faults = s->result.faults,
                             .fault_count = s->result.fault_count,
                             .part = part};
    struct tree *page = visit_tree(v, NULL);
    edit_form_put(&v->page, page, &form);
    set_status(v, s->result.outcome);
    return visit_page(v, "edit_form.html", page, e);
}

static bool show_answers(struct edit *x, const struct edit_form *form, struct err *e)
{
    struct tree *page = visit_tree(x->visit, NULL);
    edit_answers_put(&x->visit->page, page, form);
    return visit_page(x->visit, "edit_answers.html", page, e);
}

// Of a thing made part by part: what to show next. False: it is to be saved.
static bool step_on(struct edit *x, struct edit_save *s, bool *ret_good, struct err *e)
{
    const char *go = x->typed.nth(x->typed.context, "go", 0);
    size_t count = 0, faults = 0;
    (void)edit_groups(x->visit->arena, x->kind, &count);
    int part = part_of(x);
    if (go != NULL && go[0] >= '0' && go[0] <= '9') {
        unsigned long wanted = strtoul(go, NULL, 10);
        *ret_good = show_new(x, s, wanted < count ? (int)wanted : 0, e);
        return true;
    }
    if (part < 0) {
        return false; // all of it, on one page or from the answers
    }
    const struct edit_fault *found =
        edit_check(x->visit->arena, x->kind, s->cells, columns_of(x, part), &faults);
    if (faults > 0) {
        (void)faulty(s, found, faults);
        *ret_good = show_new(x, s, part, e);
    } else if ((size_t)part + 1 < count) {
        *ret_good = show_new(x, s, part + 1, e);
    } else {
        struct edit_form form = {.kind = x->kind, .action = WHO_CREATES, .cells = s->cells};
        *ret_good = show_answers(x, &form, e);
    }
    return true;
}

bool edit_new(struct edit *x, struct err *e)
{
    struct visit *v = x->visit;
    bool steps = edit_in_steps(x->kind->kind), good = false;
    struct edit_save s = {.edit = x, .cells = ARENA_ARRAY(v->arena, x->kind->count, const char *)};
    edit_cells(v->arena, x->kind, &x->typed, s.cells);
    if (x->kind->kind == KIND_ORGANISATION) {
        return err_set(e, ERR_DENIED,
                       "An organisation is added by importing its folder, not by a form.");
    }
    if (v->req->method != HTTP_POST) {
        return show_new(x, &s, steps ? 0 : -1, e);
    }
    if (steps && step_on(x, &s, &good, e)) {
        return good;
    }
    size_t count = 0;
    const struct edit_fault *faults = edit_check(v->arena, x->kind, s.cells, NULL, &count);
    if (count > 0) {
        (void)faulty(&s, faults, count);
        return show_new(x, &s, -1, e);
    }
    if (visit_write(v, work_new, &s, e)) {
        return edit_done(x, s.result.key, "added");
    }
    return e->kind == ERR_NONE && show_new(x, &s, -1, e);
}

// ---- changing ----

// What was typed laid over what stands there: of the part that was sent, and of what they may.
static bool *lay_over(struct edit_save *s)
{
    struct edit *x = s->edit;
    bool *told = ARENA_ARRAY(x->visit->arena, x->kind->count, bool);
    for (size_t c = 0; c < x->kind->count; c++) {
        bool of_part = s->columns == NULL;
        for (const int *i = s->columns; i != NULL && *i >= 0; i++) {
            of_part = of_part || (size_t)*i == c;
        }
        told[c] = of_part && x->may[c];
        s->cells[c] = told[c] ? s->cells[c] : x->now.cells[c];
    }
    return told;
}

static bool check_change(struct edit_save *s)
{
    size_t count = 0;
    struct arena *a = s->edit->visit->arena;
    const struct edit_fault *faults = edit_check(a, s->edit->kind, s->cells, s->columns, &count);
    if (count > 0) {
        return faulty(s, faults, count);
    }
    return !reason_fault(s, WHO_CHANGES);
}

static bool is_different(const struct edit *x, const char *const *cells)
{
    for (size_t c = 0; c < x->kind->count; c++) {
        const char *was = x->now.cells[c], *is = cells[c];
        if ((was == NULL) != (is == NULL) || (was != NULL && strcmp(was, is) != 0)) {
            return true;
        }
    }
    return false;
}

// A correction is known from today, unless the form says another day: what was known before stays
// as it was (DESIGN.md 5: nothing past is recoloured).
static void set_known_from(struct edit_save *s, bool *told)
{
    const struct edit *x = s->edit;
    int c = x->kind->known_from;
    if (c < 0) {
        return;
    }
    const char *was = x->now.cells[c], *is = s->cells[c];
    if (is == NULL || (was != NULL && strcmp(was, is) == 0)) {
        s->cells[c] = arena_textn(x->visit->arena, visit_at(x->visit), 10);
        told[c] = true;
    }
}

static bool work_change(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct edit_save *s = context;
    struct edit *x = s->edit;
    s->result = (struct edit_apply){.key = x->key};
    edit_cells(a, x->kind, &x->typed, s->cells);
    if (!edit_look(x, db, e)) {
        return false;
    }
    const char *seen = x->typed.nth(x->typed.context, "seen", 0);
    if (x->now.cells == NULL) {
        bool digest = false;
        const char *key[COLUMNS_MAX] = {NULL};
        if (thing_key_read(a, x->kind, x->key, key, &digest) && !digest) {
            for (size_t c = 0; c < x->kind->count; c++) {
                s->cells[c] = x->kind->columns[c].key ? key[c] : s->cells[c];
            }
        }
        s->result.outcome = EDIT_MOVED;
        return false;
    }
    bool *told = lay_over(s);
    if (seen == NULL || strcmp(seen, x->now.seen) != 0) {
        s->result.outcome = EDIT_MOVED;
        return false;
    }
    const struct edit_fault *unchosen = NULL;
    size_t count = 0;
    bool choosing = x->typed.nth(x->typed.context, "choosing", 0) != NULL;
    if (choosing &&
        !edit_conflict_settle(a, x->kind, &x->typed, x->now.cells, s->cells, &unchosen, &count)) {
        (void)faulty(s, unchosen, count);
        s->result.outcome = EDIT_MOVED;
        return false;
    }
    if (!is_different(x, s->cells)) {
        s->result.outcome = EDIT_UNCHANGED;
        return true;
    }
    set_known_from(s, told);
    struct door_change change = {.action = WHO_CHANGES,
                                 .kind = x->kind->kind,
                                 .cells = s->cells,
                                 .told = told,
                                 .seen = x->now.seen,
                                 .reason = s->reason};
    return check_change(s) && edit_through_door(x, db, &change, &s->result, e);
}

static bool show_change(struct edit *x, const struct edit_save *s, int part, struct err *e)
{
    struct visit *v = x->visit;
    bool moved = s->result.outcome == EDIT_MOVED;
    struct edit_form form = {.kind = x->kind,
                             .action = WHO_CHANGES,
                             .key = x->key,
                             .cells = s->cells,
                             .seen = x->now.seen,
                             .reason = s->reason,
                             .typed = &x->typed,
                             .faults = s->result.faults,
                             .fault_count = s->result.fault_count,
                             .may = x->may,
                             .saved = v->req->method == HTTP_POST ? NULL : edit_saved_words(v),
                             .part = part};
    set_status(v, s->result.outcome);
    bool answers =
        !moved && part < 0 && edit_in_steps(x->kind->kind) && v->req->method != HTTP_POST;
    if (answers) {
        return show_answers(x, &form, e);
    }
    struct tree *page = visit_tree(v, NULL);
    if (moved) {
        edit_conflict_put(&v->page, page, &form, x->now.cells);
    } else {
        edit_form_put(&v->page, page, &form);
    }
    return visit_page(v, moved ? "edit_conflict.html" : "edit_form.html", page, e);
}

static bool work_look(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct edit *x = context;
    (void)a;
    return edit_look(x, db, e) &&
           (x->now.cells != NULL ||
            err_set(e, ERR_ABSENT, "There is no %s at this address (any more).",
                    edit_kind_one(x->kind->kind)));
}

bool edit_change(struct edit *x, struct err *e)
{
    struct visit *v = x->visit;
    int part = part_of(x);
    struct edit_save s = {.edit = x,
                          .columns = columns_of(x, part),
                          .cells = ARENA_ARRAY(v->arena, x->kind->count, const char *),
                          .reason = visit_posted(v, EDIT_REASON)};
    if (v->req->method != HTTP_POST) {
        if (!visit_read(v, work_look, x, e)) {
            return false;
        }
        memcpy(s.cells, x->now.cells, x->kind->count * sizeof *s.cells);
        return show_change(x, &s, part, e);
    }
    if (visit_write(v, work_change, &s, e)) {
        return edit_done(x, s.result.key, s.result.outcome == EDIT_SAVED ? "changed" : "same");
    }
    return e->kind == ERR_NONE && show_change(x, &s, part, e);
}

// ---- taking out ----

static bool work_retire(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct edit_save *s = context;
    struct edit *x = s->edit;
    (void)a;
    s->result = (struct edit_apply){.key = x->key};
    if (!work_look(x, db, a, e)) {
        return false;
    }
    memcpy(s->cells, x->now.cells, x->kind->count * sizeof *s->cells);
    const char *seen = x->typed.nth(x->typed.context, "seen", 0);
    if (seen == NULL || strcmp(seen, x->now.seen) != 0) {
        struct edit_fault *fault = ARENA_NEW(x->visit->arena, struct edit_fault);
        fault->text = "Somebody else changed this after you opened it. Look at what it says now, "
                      "and decide again";
        (void)faulty(s, fault, 1);
        x->visit->res->status = 412;
        return false;
    }
    struct door_change change = {.action = WHO_RETIRES,
                                 .kind = x->kind->kind,
                                 .cells = x->now.cells,
                                 .seen = x->now.seen,
                                 .reason = s->reason};
    return !reason_fault(s, WHO_RETIRES) && edit_through_door(x, db, &change, &s->result, e);
}

static bool show_retire(struct edit *x, const struct edit_save *s, struct err *e)
{
    struct visit *v = x->visit;
    struct edit_form form = {.kind = x->kind,
                             .action = WHO_RETIRES,
                             .key = x->key,
                             .cells = x->now.cells,
                             .seen = x->now.seen,
                             .reason = s->reason,
                             .faults = s->result.faults,
                             .fault_count = s->result.fault_count,
                             .part = -1};
    struct tree *page = visit_tree(v, NULL);
    edit_retire_put(&v->page, page, &form);
    set_status(v, s->result.outcome);
    return visit_page(v, "edit_retire.html", page, e);
}

bool edit_retire(struct edit *x, struct err *e)
{
    struct visit *v = x->visit;
    if (edit_retire_means(x->kind->kind) == NULL) {
        return err_set(e, ERR_ABSENT, "What is of this kind is never taken out: change it.");
    }
    struct edit_save s = {.edit = x,
                          .cells = ARENA_ARRAY(v->arena, x->kind->count, const char *),
                          .reason = visit_posted(v, EDIT_REASON)};
    if (v->req->method != HTTP_POST) {
        return visit_read(v, work_look, x, e) && show_retire(x, &s, e);
    }
    if (visit_write(v, work_retire, &s, e)) {
        return edit_done(x, NULL, "retired");
    }
    return e->kind == ERR_NONE && show_retire(x, &s, e);
}
