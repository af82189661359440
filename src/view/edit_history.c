#include "view/edit_history.h"

#include <string.h>

const char *edit_when(struct arena *a, const char *at)
{
    day d = DAY_NONE;
    if (strlen(at) < 20 || !day_parse(at, 10, &d)) {
        return at;
    }
    if (strcmp(at + 10, "T00:00:00Z") == 0) {
        return day_shown(a, d);
    }
    int hour = (at[11] - '0') * 10 + (at[12] - '0');
    int twelve = hour % 12 == 0 ? 12 : hour % 12;
    return arena_printf(a, "%s, %d:%.2s%s UTC", day_shown(a, d), twelve, at + 14,
                        hour < 12 ? "am" : "pm");
}

static const char *what_of(const struct audit_step *s, enum undo_step what)
{
    bool imported = strcmp(s->action, "import") == 0;
    switch (what) {
    case UNDO_MADE: return imported ? "Added by an import" : "Added";
    case UNDO_GONE: return "Taken out";
    case UNDO_CHANGED: break;
    }
    return imported ? "Changed by an import" : "Changed";
}

static void put_fields(struct page_request *q, struct tree *item, const struct descriptor *d,
                       const struct undo_told *told, bool back)
{
    struct tree *list = tree_list(item, "fields");
    for (size_t i = 0; i < told->count; i++) {
        const struct undo_field *f = &told->fields[i];
        const struct column *c = &d->columns[f->column];
        if (c->key && told->what != UNDO_GONE) {
            continue; // the heading says it
        }
        struct tree *field = tree_map(list, NULL);
        tree_text(field, "label", c->label);
        tree_bool(field, "hidden", f->hidden);
        tree_text(field, "from", edit_cell_shown(q, c, back ? f->after : f->before));
        tree_text(field, "to", edit_cell_shown(q, c, back ? f->before : f->after));
    }
    tree_bool(item, "has_fields", list->count > 0);
}

static bool put_step(struct page_request *q, struct tree *list, const struct edit_history *h,
                     size_t at, struct err *e)
{
    const struct audit_step *s = &h->steps[at];
    struct undo_told told;
    if (!undo_read(q->arena, h->kind, h->steps, h->count, at, &told, e)) {
        return false;
    }
    struct tree *item = tree_map(list, NULL);
    tree_int(item, "seq", (int64_t)s->seq);
    tree_text(item, "what", what_of(s, told.what));
    tree_text(item, "at", s->at);
    tree_text(item, "when", edit_when(q->arena, s->at));
    tree_text(item, "who", s->actor);
    tree_text(item, "reason", s->reason);
    put_fields(q, item, h->kind, &told, false);
    bool undoable = h->may_change && told.what != UNDO_MADE && told.count > 0;
    tree_text(item, "undo_href",
              undoable ? arena_printf(q->arena, "%s?undo=%zu",
                                      edit_href(q, h->kind, h->key, "/history"), at + 1)
                       : NULL);
    return true;
}

static const char *title_of(struct page_request *q, const struct edit_history *h)
{
    return h->cells == NULL ? h->key : edit_row_title(q->arena, h->kind, h->cells);
}

bool edit_history_put(struct page_request *q, struct tree *page, const struct edit_history *h,
                      struct err *e)
{
    page_title(page, arena_printf(q->arena, "History of %s", title_of(q, h)));
    edit_crumbs(q, page, h->kind, h->key, h->cells);
    size_t shown = h->count < EDIT_HISTORY_MAX ? h->count : EDIT_HISTORY_MAX;
    struct tree *list = tree_list(page, "steps");
    for (size_t i = 0; i < shown; i++) {
        if (!put_step(q, list, h, h->count - 1 - i, e)) {
            return false;
        }
    }
    tree_text(page, "cut",
              shown == h->count
                  ? NULL
                  : arena_printf(q->arena,
                                 "The newest %zu of %zu steps; all of them are in the "
                                 "audit trail.",
                                 shown, h->count));
    tree_bool(page, "gone", h->cells == NULL);
    tree_text(page, "change_href",
              h->may_change && h->cells != NULL ? edit_href(q, h->kind, h->key, NULL) : NULL);
    return true;
}

bool edit_undo_put(struct page_request *q, struct tree *page, const struct edit_history *h,
                   size_t at, const struct edit_form *form, const char *why_not, struct err *e)
{
    struct undo_told told;
    if (!undo_read(q->arena, h->kind, h->steps, h->count, at, &told, e)) {
        return false;
    }
    page_title(page, arena_printf(q->arena, "Undo a change of %s", title_of(q, h)));
    edit_crumbs(q, page, h->kind, h->key, h->cells);
    tree_text(page, "why_not", why_not);
    tree_text(page, "when", edit_when(q->arena, h->steps[at].at));
    tree_text(page, "who", h->steps[at].actor);
    put_fields(q, page, h->kind, &told, true);
    tree_text(page, "history_href", edit_href(q, h->kind, h->key, "/history"));
    struct tree *map = tree_map(page, "form");
    tree_text(map, "action", edit_href(q, h->kind, h->key, "/history"));
    tree_text(map, "seen", form->seen);
    tree_int(map, "step", (int64_t)at + 1);
    edit_reason_put(q, map, form);
    edit_faults_put(q, page, form);
    return true;
}
