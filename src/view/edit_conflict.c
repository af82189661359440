#include "view/edit_conflict.h"

#include <string.h>

#include "base/grow.h"

static bool same(const char *a, const char *b)
{
    return a == NULL ? b == NULL : b != NULL && strcmp(a, b) == 0;
}

static const char *choice_of(const struct edit_typed *typed, struct arena *a,
                             const struct column *c)
{
    const char *text = typed->nth(typed->context, arena_printf(a, EDIT_CHOOSE "%s", c->name), 0);
    return text == NULL ? "" : text;
}

void edit_carry(struct tree *map, const struct descriptor *d, const char *const *cells,
                const int *shown)
{
    struct tree *list = tree_list(map, "carried");
    for (size_t c = 0; c < d->count; c++) {
        bool stands = false;
        for (const int *s = shown; s != NULL && *s >= 0; s++) {
            stands = stands || (size_t)*s == c;
        }
        if (!stands && cells[c] != NULL) {
            struct tree *item = tree_map(list, NULL);
            tree_text(item, "name", d->columns[c].name);
            tree_text(item, "value", cells[c]);
        }
    }
}

// ---- both values ----

static const char *fault_of(const struct edit_form *form, const char *column)
{
    for (size_t i = 0; i < form->fault_count; i++) {
        if (form->faults[i].column != NULL && strcmp(form->faults[i].column, column) == 0) {
            return form->faults[i].text;
        }
    }
    return NULL;
}

static void put_choice(struct page_request *q, struct tree *list, const struct edit_form *form,
                       const char *const *now, size_t c)
{
    struct arena *a = q->arena;
    const struct column *column = &form->kind->columns[c];
    const char *chosen = form->typed == NULL ? "" : choice_of(form->typed, a, column);
    const char *id = edit_field_id(a, NULL, column->name);
    const char *error = fault_of(form, column->name);
    struct tree *item = tree_map(list, NULL);
    tree_text(item, "id", id);
    tree_text(item, "name", arena_printf(a, EDIT_CHOOSE "%s", column->name));
    tree_text(item, "label", column->label);
    tree_text(item, "now", edit_cell_shown(q, column, now[c]));
    tree_text(item, "mine", edit_cell_shown(q, column, form->cells[c]));
    tree_bool(item, "now_chosen", strcmp(chosen, "now") == 0);
    tree_bool(item, "mine_chosen", strcmp(chosen, "mine") == 0);
    tree_text(item, "error", error);
    tree_text(item, "error_id", error == NULL ? NULL : arena_printf(a, "%s-error", id));
}

static void put_said(struct page_request *q, struct tree *page, const struct edit_form *form)
{
    struct tree *list = tree_list(page, "said");
    for (size_t c = 0; c < form->kind->count; c++) {
        if (form->cells[c] != NULL) {
            struct tree *row = tree_map(list, NULL);
            tree_text(row, "key", form->kind->columns[c].label);
            tree_text(row, "value", edit_cell_shown(q, &form->kind->columns[c], form->cells[c]));
        }
    }
}

void edit_conflict_put(struct page_request *q, struct tree *page, const struct edit_form *form,
                       const char *const *now)
{
    const struct descriptor *d = form->kind;
    page_title(page, "Somebody else changed this meanwhile");
    edit_crumbs(q, page, d, form->key, now == NULL ? form->cells : now);
    tree_text(page, "what", edit_row_title(q->arena, d, now == NULL ? form->cells : now));
    tree_bool(page, "gone", now == NULL);
    struct tree *map = tree_map(page, "form");
    tree_text(map, "action",
              now == NULL ? edit_href(q, d, NULL, "/new") : edit_href(q, d, form->key, NULL));
    tree_text(map, "seen", form->seen);
    tree_text(map, "cancel_href", edit_href(q, d, now == NULL ? NULL : form->key, NULL));
    tree_text(map, "history_href",
              form->key == NULL ? NULL : edit_href(q, d, form->key, "/history"));
    struct tree *fields = tree_list(map, "choices");
    for (size_t c = 0; now != NULL && c < d->count; c++) {
        if (!d->columns[c].key && !same(now[c], form->cells[c])) {
            put_choice(q, fields, form, now, c);
        }
    }
    edit_carry(map, d, form->cells, NULL);
    put_said(q, page, form);
    edit_reason_put(q, map, form);
    edit_faults_put(q, page, form);
}

bool edit_conflict_settle(struct arena *a, const struct descriptor *d,
                          const struct edit_typed *typed, const char *const *now,
                          const char **cells, const struct edit_fault **ret_faults,
                          size_t *ret_count)
{
    struct grow faults = grow_new(a, sizeof(struct edit_fault));
    for (size_t c = 0; c < d->count; c++) {
        const struct column *column = &d->columns[c];
        if (column->key || same(now[c], cells[c])) {
            continue;
        }
        const char *chosen = choice_of(typed, a, column);
        if (strcmp(chosen, "now") == 0) {
            cells[c] = now[c];
        } else if (strcmp(chosen, "mine") != 0) {
            *(struct edit_fault *)grow_add(&faults) = (struct edit_fault){
                column->name, arena_printf(a, "Choose which to keep for “%s”", column->label)};
        }
    }
    *ret_faults = faults.items;
    *ret_count = faults.count;
    return faults.count == 0;
}

// ---- answers before they are saved ----

static void put_part(struct page_request *q, struct tree *list, const struct edit_form *form,
                     const struct edit_group *group, size_t number)
{
    const struct descriptor *d = form->kind;
    struct tree *part = tree_map(list, NULL);
    tree_text(part, "title", group->title == NULL ? "What it says" : group->title);
    tree_int(part, "number", (int64_t)number);
    tree_text(part, "change_href",
              form->key == NULL ? NULL
                                : arena_printf(q->arena, "%s?" EDIT_PART "=%zu",
                                               edit_href(q, d, form->key, NULL), number));
    struct tree *answers = tree_list(part, "answers");
    for (const int *c = group->columns; *c >= 0; c++) {
        struct tree *row = tree_map(answers, NULL);
        tree_text(row, "key", d->columns[*c].label);
        tree_text(row, "value", edit_cell_shown(q, &d->columns[*c], form->cells[*c]));
    }
}

void edit_answers_put(struct page_request *q, struct tree *page, const struct edit_form *form)
{
    const struct descriptor *d = form->kind;
    size_t count = 0;
    const struct edit_group *groups = edit_groups(q->arena, d, &count);
    bool creates = form->key == NULL;
    page_title(page, creates ? arena_printf(q->arena, "Check your answers before you add %s",
                                            edit_kind_a(q->arena, d->kind))
                             : edit_row_title(q->arena, d, form->cells));
    edit_crumbs(q, page, d, NULL, NULL);
    tree_text(page, "saved", form->saved);
    struct tree *map = tree_map(page, "form");
    tree_bool(map, "creates", creates);
    tree_text(map, "action", edit_href(q, d, NULL, "/new"));
    tree_text(map, "cancel_href", edit_href(q, d, NULL, NULL));
    tree_text(map, "history_href", creates ? NULL : edit_href(q, d, form->key, "/history"));
    bool retired = !creates && edit_retire_means(d->kind) != NULL;
    tree_text(map, "retire_href", retired ? edit_href(q, d, form->key, "/retire") : NULL);
    struct tree *parts = tree_list(map, "parts");
    for (size_t g = 0; g < count; g++) {
        put_part(q, parts, form, &groups[g], g);
    }
    edit_carry(map, d, form->cells, NULL);
}
