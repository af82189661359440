// What there is to change: the kinds of things, and the rows of one of them, fifty a page.
// Templates edit_kinds.html and edit_list.html.
#ifndef GT_VIEW_EDIT_LIST_H
#define GT_VIEW_EDIT_LIST_H

#include "domain/things.h"
#include "view/edit_form.h"

enum { EDIT_PAGE_ROWS = 50 };

// kinds [ {title, about, href, new_href} ] of those for which `may` holds; collect_href and
// import_href where the caller may (else null).
struct edit_offer {
    bool kinds[KIND_COUNT];
    bool collect, import;
};
void edit_kinds_put(struct page_request *q, struct tree *page, const struct edit_offer *offer);

// Whether there may be so many rows of the kind that a measure has to be chosen first.
bool edit_wants_measure(enum kind kind);

struct edit_list {
    const struct descriptor *kind;
    const struct things_found *found; // NULL: a measure has to be chosen first
    const char *find, *measure;       // as asked for; NULL: not
    size_t page;                      // 1, 2 ...
    const char *saved;                // "" or what was just done: a notice; NULL: nothing
    bool may_add;
};
// heads [text], rows [ {title, href, cells [text]} ], find, measure {..}, previous_href, next_href,
// page_words, count_words, new_href, saved.
void edit_list_put(struct page_request *q, struct tree *page, const struct edit_list *list);

#endif
