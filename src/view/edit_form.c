#include "view/edit_form.h"

#include <string.h>

#include "domain/thing_key.h"
#include "view/edit_conflict.h"

// ---- addresses and the way here ----

const char *edit_href(const struct page_request *q, const struct descriptor *d, const char *key,
                      const char *tail)
{
    struct page_request plain = *q;
    plain.period_given = false; // what is edited belongs to no period of the frame's
    const char *folder =
        d == NULL ? "edit" : arena_printf(q->arena, "edit/%s", thing_folder(q->arena, d));
    return arena_printf(q->arena, "%s%s", page_href(&plain, folder, key), tail == NULL ? "" : tail);
}

void edit_links_put(const struct page_request *q, struct tree *page, enum kind kind,
                    const char *code)
{
    const struct descriptor *d = descriptor_of(kind);
    const char *cells[COLUMNS_MAX] = {code};
    const char *key = thing_key(q->arena, d, cells);
    struct tree *change = tree_map(page, "change");
    tree_text(change, "change_href", edit_href(q, d, key, NULL));
    tree_text(change, "history_href", edit_href(q, d, key, "/history"));
}

void edit_crumbs(struct page_request *q, struct tree *page, const struct descriptor *d,
                 const char *key, const char *const *cells)
{
    page_crumb(page, "Change the record", edit_href(q, NULL, NULL, NULL));
    page_crumb(page, edit_kind_title(d->kind), edit_href(q, d, NULL, NULL));
    if (key != NULL && cells != NULL) {
        page_crumb(page, edit_row_title(q->arena, d, cells), edit_href(q, d, key, NULL));
    }
}

// ---- what is wrong ----

static struct tree *list_of(struct tree *page, const char *key)
{
    for (struct tree *child = page->first; child != NULL; child = child->next) {
        if (child->key != NULL && strcmp(child->key, key) == 0) {
            return child;
        }
    }
    return tree_list(page, key);
}

void edit_error(struct tree *page, const char *href, const char *text)
{
    struct tree *item = tree_map(list_of(page, "errors"), NULL);
    tree_text(item, "href", href);
    tree_text(item, "text", text);
}

// Where a fault without a field of this page leads: to the form as a whole.
static const char *field_href(struct page_request *q, const struct edit_form *form,
                              const char *column)
{
    int c = column == NULL ? -1 : descriptor_column(form->kind, column);
    bool fixed = c >= 0 && form->key != NULL && form->kind->columns[c].key;
    if (column != NULL && strcmp(column, EDIT_REASON) == 0) {
        return "#" EDIT_REASON;
    }
    return c < 0 || fixed ? "#edit-form"
                          : arena_printf(q->arena, "#%s", edit_field_id(q->arena, NULL, column));
}

void edit_faults_put(struct page_request *q, struct tree *page, const struct edit_form *form)
{
    for (size_t i = 0; i < form->fault_count; i++) {
        edit_error(page, field_href(q, form, form->faults[i].column), form->faults[i].text);
    }
}

static const char *fault_of(const struct edit_form *form, const char *column)
{
    for (size_t i = 0; i < form->fault_count; i++) {
        if (form->faults[i].column != NULL && strcmp(form->faults[i].column, column) == 0) {
            return form->faults[i].text;
        }
    }
    return NULL;
}

bool edit_reason_given(struct arena *a, enum kind kind, enum who_action action, const char *reason,
                       const char **ret)
{
    if (!edit_needs_reason(kind, action) || (reason != NULL && reason[0] != '\0')) {
        return true;
    }
    *ret = arena_printf(a, "Enter why you %s this %s",
                        action == WHO_RETIRES ? "take out" : "change", edit_kind_one(kind));
    return false;
}

// ---- fields ----

void edit_fields(struct page_request *q, struct tree *list, const struct edit_form *form,
                 const int *columns)
{
    for (const int *c = columns; *c >= 0; c++) {
        const struct column *column = &form->kind->columns[*c];
        struct edit_field field = {.column = column,
                                   .value = form->cells == NULL ? NULL : form->cells[*c],
                                   .typed = form->typed,
                                   .error = fault_of(form, column->name),
                                   .fixed = form->key != NULL &&
                                            (column->key || (form->may != NULL && !form->may[*c]))};
        edit_field_put(q, list, &field);
    }
}

void edit_reason_put(struct page_request *q, struct tree *parent, const struct edit_form *form)
{
    if (form->action == WHO_CREATES) {
        tree_null(parent, "reason");
        return;
    }
    const char *error = fault_of(form, EDIT_REASON);
    struct tree *reason = tree_map(parent, "reason");
    tree_text(reason, "name", EDIT_REASON);
    tree_text(reason, "value", form->reason == NULL ? "" : form->reason);
    tree_bool(reason, "needed", form->undoes || edit_needs_reason(form->kind->kind, form->action));
    tree_text(reason, "label",
              form->undoes                  ? "Why you undo it"
              : form->action == WHO_RETIRES ? "Why you take it out"
                                            : "Why you change it");
    tree_text(reason, "error", error);
    tree_text(reason, "described_by",
              arena_printf(q->arena, "%s-hint%s", EDIT_REASON,
                           error == NULL ? "" : " " EDIT_REASON "-error"));
}

static void put_groups(struct page_request *q, struct tree *map, const struct edit_form *form)
{
    size_t count = 0;
    const struct edit_group *groups = edit_groups(q->arena, form->kind, &count);
    struct tree *list = tree_list(map, "groups");
    for (size_t g = 0; g < count; g++) {
        if (form->part < 0 || (size_t)form->part == g) {
            struct tree *group = tree_map(list, NULL);
            tree_text(group, "title", count == 1 ? NULL : groups[g].title);
            edit_fields(q, tree_list(group, "fields"), form, groups[g].columns);
        }
    }
}

// A thing made part by part carries the other parts' answers along.
static void put_part(struct page_request *q, struct tree *map, const struct edit_form *form)
{
    size_t count = 0;
    const struct edit_group *groups = edit_groups(q->arena, form->kind, &count);
    bool creates = form->action == WHO_CREATES, parts = form->part >= 0;
    tree_int(map, "part", form->part);
    tree_bool(map, "in_parts", parts);
    tree_text(map, "step",
              parts && creates ? arena_printf(q->arena, "Step %d of %zu", form->part + 1, count)
                               : NULL);
    tree_text(map, "button", !creates ? "Save changes" : parts ? "Continue" : "Save");
    if (parts && creates) {
        edit_carry(map, form->kind, form->cells, groups[form->part].columns);
    } else {
        tree_list(map, "carried");
    }
}

// ---- pages ----

static void put_head(struct page_request *q, struct tree *map, const struct edit_form *form)
{
    bool retired = edit_retire_means(form->kind->kind) != NULL;
    tree_text(map, "seen", form->seen);
    tree_text(map, "cancel_href", edit_href(q, form->kind, NULL, NULL));
    tree_text(map, "history_href",
              form->key == NULL ? NULL : edit_href(q, form->kind, form->key, "/history"));
    tree_text(map, "retire_href",
              form->key == NULL || !retired ? NULL
                                            : edit_href(q, form->kind, form->key, "/retire"));
}

void edit_form_put(struct page_request *q, struct tree *page, const struct edit_form *form)
{
    const struct descriptor *d = form->kind;
    bool creates = form->action == WHO_CREATES;
    const char *heading =
        creates ? arena_printf(q->arena, "Add %s", edit_kind_a(q->arena, d->kind))
                : arena_printf(q->arena, "Change %s", edit_row_title(q->arena, d, form->cells));
    page_title(page, heading);
    edit_crumbs(q, page, d, NULL, NULL);
    tree_text(page, "about", d->about);
    tree_text(page, "saved", form->saved);
    struct tree *map = tree_map(page, "form");
    tree_text(map, "action",
              creates ? edit_href(q, d, NULL, "/new") : edit_href(q, d, form->key, NULL));
    put_head(q, map, form);
    put_part(q, map, form);
    put_groups(q, map, form);
    edit_reason_put(q, map, form);
    edit_faults_put(q, page, form);
}

void edit_retire_put(struct page_request *q, struct tree *page, const struct edit_form *form)
{
    const struct descriptor *d = form->kind;
    page_title(page,
               arena_printf(q->arena, "Take out %s", edit_row_title(q->arena, d, form->cells)));
    edit_crumbs(q, page, d, form->key, form->cells);
    struct tree *map = tree_map(page, "form");
    tree_text(map, "action", edit_href(q, d, form->key, "/retire"));
    tree_text(map, "means", edit_retire_means(d->kind));
    put_head(q, map, form);
    struct tree *said = tree_list(map, "said");
    for (size_t c = 0; c < d->count; c++) {
        if (form->cells[c] != NULL) {
            struct tree *row = tree_map(said, NULL);
            tree_text(row, "key", d->columns[c].label);
            tree_text(row, "value", edit_cell_shown(q, &d->columns[c], form->cells[c]));
        }
    }
    edit_reason_put(q, map, form);
    edit_faults_put(q, page, form);
}
