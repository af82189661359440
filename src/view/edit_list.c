#include "view/edit_list.h"

#include <string.h>

#include "domain/thing_key.h"
#include "view/edit_choices.h"
#include "view/words.h"

void edit_kinds_put(struct page_request *q, struct tree *page, const struct edit_offer *offer)
{
    page_title(page, "Change the record");
    struct tree *list = tree_list(page, "kinds");
    for (const enum kind *k = edit_kinds(); *k != KIND_NONE; k++) {
        const struct descriptor *d = descriptor_of(*k);
        if (offer->kinds[*k]) {
            struct tree *item = tree_map(list, NULL);
            tree_text(item, "title", edit_kind_title(*k));
            tree_text(item, "about", d->about);
            tree_text(item, "href", edit_href(q, d, NULL, NULL));
            tree_text(item, "new_href",
                      *k == KIND_ORGANISATION ? NULL : edit_href(q, d, NULL, "/new"));
            tree_text(item, "one", edit_kind_a(q->arena, *k));
        }
    }
    tree_bool(page, "has_kinds", list->count > 0);
    tree_text(page, "collect_href", offer->collect ? page_href(q, "collect", NULL) : NULL);
    tree_text(page, "import_href", offer->import ? page_href(q, "import", NULL) : NULL);
}

bool edit_wants_measure(enum kind kind)
{
    return kind == KIND_OBSERVATION || kind == KIND_TARGET || kind == KIND_COMPARATOR_VALUE;
}

// ---- rows ----

enum { FACTS_MAX = 3 };

// The columns that tell most beside the title: the first few that are short.
static size_t facts_of(const struct descriptor *d, size_t *facts)
{
    size_t count = 0;
    for (size_t c = 0; c < d->count && count < FACTS_MAX; c++) {
        bool told = d->columns[c].key || (int)c == edit_title_column(d->kind);
        if (!told && d->columns[c].type != COLUMN_LONG_TEXT) {
            facts[count++] = c;
        }
    }
    return count;
}

static void put_rows(struct page_request *q, struct tree *page, const struct edit_list *l)
{
    const struct descriptor *d = l->kind;
    size_t facts[FACTS_MAX], count = facts_of(d, facts);
    struct tree *heads = tree_list(page, "heads");
    for (size_t f = 0; f < count; f++) {
        tree_text(heads, NULL, d->columns[facts[f]].label);
    }
    struct tree *rows = tree_list(page, "rows");
    for (size_t i = 0; l->found != NULL && i < l->found->count; i++) {
        const char *const *cells = l->found->rows[i];
        struct tree *row = tree_map(rows, NULL);
        tree_text(row, "title", edit_row_title(q->arena, d, cells));
        tree_text(row, "href", edit_href(q, d, thing_key(q->arena, d, cells), NULL));
        struct tree *list = tree_list(row, "cells");
        for (size_t f = 0; f < count; f++) {
            tree_text(list, NULL, edit_cell_shown(q, &d->columns[facts[f]], cells[facts[f]]));
        }
    }
    tree_bool(page, "has_rows", rows->count > 0);
}

static void put_pages(struct page_request *q, struct tree *page, const struct edit_list *l)
{
    size_t total = l->found == NULL ? 0 : l->found->total;
    size_t pages = (total + EDIT_PAGE_ROWS - 1) / EDIT_PAGE_ROWS;
    struct arena *a = q->arena;
    tree_text(page, "previous_href",
              l->page > 1 ? page_href_with(q, "page", arena_printf(a, "%zu", l->page - 1)) : NULL);
    tree_text(page, "next_href",
              l->page < pages ? page_href_with(q, "page", arena_printf(a, "%zu", l->page + 1))
                              : NULL);
    tree_text(page, "page_words",
              pages > 1 ? arena_printf(a, "Page %zu of %zu", l->page, pages) : NULL);
    tree_text(page, "count_words",
              l->found == NULL ? NULL
              : total == 0     ? "Nothing to change here."
                               : words_count(a, (int)total, "row", "rows"));
}

// Of kinds that hang on a measure: which one.
static void put_measure(struct page_request *q, struct tree *page, const struct edit_list *l)
{
    if (l->kind->columns[0].refers != KIND_MEASURE) {
        tree_null(page, "measure");
        return;
    }
    struct column column = l->kind->columns[0];
    column.required = edit_wants_measure(l->kind->kind);
    column.hint = NULL;
    struct tree *measure = tree_map(page, "measure");
    edit_field_put(q, tree_list(measure, "fields"),
                   &(struct edit_field){.column = &column, .value = l->measure});
}

void edit_list_put(struct page_request *q, struct tree *page, const struct edit_list *l)
{
    const struct descriptor *d = l->kind;
    page_title(page, edit_kind_title(d->kind));
    page_crumb(page, "Change the record", edit_href(q, NULL, NULL, NULL));
    tree_text(page, "about", d->about);
    tree_text(page, "saved", l->saved);
    tree_text(page, "list_href", edit_href(q, d, NULL, NULL));
    tree_text(page, "find", l->find == NULL ? "" : l->find);
    tree_bool(page, "choose_first", l->found == NULL);
    tree_bool(page, "filtered", l->find != NULL || l->measure != NULL);
    tree_text(page, "clear_href", edit_href(q, d, NULL, NULL));
    const char *of_measure =
        l->measure == NULL
            ? NULL
            : page_href_with(&(struct page_request){.arena = q->arena,
                                                    .path = edit_href(q, d, NULL, "/new"),
                                                    .query_text = ""},
                             "measure", l->measure);
    tree_text(page, "new_href",
              !l->may_add || d->kind == KIND_ORGANISATION ? NULL
              : of_measure != NULL                        ? of_measure
                                                          : edit_href(q, d, NULL, "/new"));
    tree_text(page, "one", edit_kind_a(q->arena, d->kind));
    tree_bool(page, "cut", l->found != NULL && l->found->cut);
    put_measure(q, page, l);
    put_rows(q, page, l);
    put_pages(q, page, l);
}
