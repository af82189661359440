// Changing the record: the kinds of things one may change, the rows of a kind, and where each
// address under /{org}/edit leads.
#include "web/edit.h"

#include <stdlib.h>
#include <string.h>

#include "domain/access_table.h"
#include "domain/thing_key.h"
#include "view/edit_list.h"
#include "web/families.h"

// ---- what was sent ----

static const char *nth_posted(void *context, const char *name, size_t n)
{
    const struct visit *v = context;
    for (size_t i = 0; i < v->posted.count; i++) {
        const struct http_field *f = &v->posted.fields[i];
        if (f->file_name == NULL && strcmp(f->name, name) == 0 && n-- == 0) {
            return f->value;
        }
    }
    return NULL;
}

static const char *nth_asked(void *context, const char *name, size_t n)
{
    return n == 0 ? visit_query(context, name) : NULL;
}

struct edit_typed edit_posted(struct visit *v)
{
    bool posted = v->req->method == HTTP_POST;
    return (struct edit_typed){v, posted ? nth_posted : nth_asked};
}

// ---- shared ----

static const char why_not[] =
    "You may not change this: ask whoever answers for it, or your administrator.";

bool edit_look(struct edit *x, struct db *db, struct err *e)
{
    struct visit *v = x->visit;
    x->now = (struct door_row){0};
    x->may = ARENA_ARRAY(v->arena, x->kind->count, bool);
    if (!access_who(db, v->arena, &v->caller, v->organisation, &x->who, e)) {
        return false;
    }
    if (x->key == NULL) {
        return true;
    }
    if (!things_find(db, v->arena, v->organisation, x->kind, x->key, &x->now, e)) {
        if (e->kind != ERR_ABSENT) {
            return false;
        }
        *e = (struct err){.arena = e->arena};
        return true;
    }
    things_columns(v->arena, &x->who, v->organisation, x->kind->kind, x->now.cells, x->may);
    return things_may_change(v->arena, &x->who, v->organisation, x->kind->kind, x->now.cells) ||
           err_set(e, ERR_DENIED, why_not);
}

static const struct {
    const char *code, *words;
} done_words[] = {
    {"added", "It was added."},
    {"changed", "Your change was saved."},
    {"same", "Nothing was different: the record is as it was."},
    {"retired", "It was taken out. Its history is kept."},
    {"undone", "The change was undone."},
    {"figures", "Your figures were saved."},
    {"imported", "The files were imported."},
};

const char *edit_saved_words(struct visit *v)
{
    const char *code = visit_query(v, "saved");
    for (size_t i = 0; code != NULL && i < COUNT_OF(done_words); i++) {
        if (strcmp(done_words[i].code, code) == 0) {
            return done_words[i].words;
        }
    }
    return NULL;
}

bool edit_done(struct edit *x, const char *key, const char *what)
{
    struct visit *v = x->visit;
    return visit_see_other(
        v, arena_printf(v->arena, "%s?saved=%s", edit_href(&v->page, x->kind, key, NULL), what));
}

struct edit_fault *edit_whole_fault(struct arena *a, struct err *e)
{
    struct edit_fault *fault = ARENA_NEW(a, struct edit_fault);
    fault->text = e->message;
    *e = (struct err){.arena = e->arena};
    return fault;
}

bool edit_through_door(struct edit *x, struct db *db, const struct door_change *change,
                       struct edit_apply *out, struct err *e)
{
    struct visit *v = x->visit;
    struct door_options options = {v->organisation, visit_at(v), &x->who};
    struct door_answer answer = {0};
    if (door_apply_within(db, v->arena, &options, change, 1, &answer, e)) {
        out->outcome = answer.changed ? EDIT_SAVED : EDIT_UNCHANGED;
        out->key = x->key;
        return !answer.changed || answer.last_event == 0 ||
               things_key_of_event(db, v->arena, answer.last_event, x->kind, &out->key, e);
    }
    if (e->kind == ERR_CONFLICT) {
        out->outcome = EDIT_MOVED;
        *e = (struct err){.arena = e->arena};
    } else if (e->kind == ERR_INPUT && answer.refusal_count > 0) {
        out->outcome = EDIT_FAULTY;
        out->faults = edit_faults_of(v->arena, x->kind, answer.refusals, answer.refusal_count);
        out->fault_count = answer.refusal_count;
        *e = (struct err){.arena = e->arena};
    } else if (e->kind == ERR_INPUT || e->kind == ERR_DENIED) {
        out->outcome = e->kind == ERR_DENIED ? EDIT_REFUSED : EDIT_FAULTY;
        out->faults = edit_whole_fault(v->arena, e);
        out->fault_count = 1;
    }
    return false;
}

// ---- the kinds ----

static bool may_kind(const struct visit *v, enum kind kind)
{
    unsigned wanted = access_kind_duties(kind);
    return (v->duties & wanted) != 0;
}

static bool run_kinds(struct visit *v, struct err *e)
{
    struct edit_offer offer = {.collect = (v->duties & DUTY_BIT(DUTY_ENTER)) != 0,
                               .import = (v->duties & DUTY_BIT(DUTY_IMPORT)) != 0};
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        offer.kinds[k] = may_kind(v, (enum kind)k);
    }
    struct tree *page = visit_tree(v, NULL);
    edit_kinds_put(&v->page, page, &offer);
    return visit_page(v, "edit_kinds.html", page, e);
}

// ---- the rows of one ----

struct rows {
    struct edit *edit;
    struct things_asked asked;
    struct things_found found;
};

static bool read_rows(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct rows *r = context;
    struct visit *v = r->edit->visit;
    if (!access_who(db, a, &v->caller, v->organisation, &r->edit->who, e)) {
        return false;
    }
    r->asked.who = &r->edit->who;
    return things_list(db, a, &r->asked, &r->found, e);
}

static size_t page_of(const struct visit *v)
{
    const char *text = visit_query(v, "page");
    unsigned long page = text == NULL ? 1 : strtoul(text, NULL, 10);
    return page < 1 || page > THINGS_LOOKED_AT_MAX ? 1 : page;
}

static bool run_list(struct edit *x, struct err *e)
{
    struct visit *v = x->visit;
    const char *measure = visit_query(v, "measure");
    struct edit_list list = {.kind = x->kind,
                             .find = visit_query(v, "find"),
                             .measure = measure,
                             .page = page_of(v),
                             .saved = edit_saved_words(v),
                             .may_add = true};
    struct rows r = {.edit = x,
                     .asked = {.organisation = v->organisation,
                               .kind = x->kind,
                               .first = measure,
                               .find = list.find,
                               .from = (list.page - 1) * EDIT_PAGE_ROWS,
                               .most = EDIT_PAGE_ROWS}};
    if (!edit_wants_measure(x->kind->kind) || measure != NULL) {
        if (!visit_read(v, read_rows, &r, e)) {
            return false;
        }
        list.found = &r.found;
    }
    struct tree *page = visit_tree(v, NULL);
    edit_list_put(&v->page, page, &list);
    return visit_page(v, "edit_list.html", page, e);
}

// ---- where an address leads ----

static bool run_thing(struct visit *v, struct err *e)
{
    static const struct {
        const char *tail;
        bool (*run)(struct edit *x, struct err *e);
    } tails[] = {{"", edit_change}, {"retire", edit_retire}, {"history", edit_show_history}};
    size_t length = strcspn(v->rest, "/");
    struct edit x = {.visit = v,
                     .kind = thing_of_folder(arena_textn(v->arena, v->rest, length)),
                     .typed = edit_posted(v)};
    if (x.kind == NULL) {
        return err_set(e, ERR_ABSENT, "There is no kind of thing called \"%.*s\" here.",
                       (int)length, v->rest);
    }
    if (!may_kind(v, x.kind->kind) && !(v->duties & DUTY_BIT(DUTY_AUDIT))) {
        return err_set(e, ERR_DENIED, why_not);
    }
    const char *key = v->rest + length + (v->rest[length] == '/' ? 1 : 0);
    size_t key_length = strcspn(key, "/");
    const char *tail = key + key_length + (key[key_length] == '/' ? 1 : 0);
    x.key = key_length == 0 ? NULL : arena_textn(v->arena, key, key_length);
    if (x.key == NULL || strcmp(x.key, "new") == 0) {
        bool list = x.key == NULL;
        x.key = NULL;
        return list ? run_list(&x, e) : edit_new(&x, e);
    }
    for (size_t i = 0; i < COUNT_OF(tails); i++) {
        if (strcmp(tails[i].tail, tail) == 0) {
            return tails[i].run(&x, e);
        }
    }
    return err_set(e, ERR_ABSENT, "There is no page at this address.");
}

const struct action_route edit_actions[] = {
    {"/{org}/edit", METHODS_PAGE, DUTY_COUNT, true, 0, 0, "", run_kinds, "edit_kinds.html",
     "The kinds of things one may change."},
    {"/{org}/edit/{rest}", METHODS_FORM, DUTY_COUNT, true, 0, EDIT_BODY_MAX, "", run_thing,
     "edit_form.html",
     "The rows of a kind, the form of one thing, its taking out, its history and undo."},
};
const size_t edit_action_count = sizeof edit_actions / sizeof edit_actions[0];
const char *const edit_templates[] = {"edit_list.html",
                                      "edit_retire.html",
                                      "edit_history.html",
                                      "edit_undo.html",
                                      "edit_conflict.html",
                                      "edit_answers.html",
                                      NULL};
