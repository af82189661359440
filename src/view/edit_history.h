// The history of one thing as a timeline, newest first, and the page that asks before a step is
// undone. Template edit_history.html, edit_undo.html.
#ifndef GT_VIEW_EDIT_HISTORY_H
#define GT_VIEW_EDIT_HISTORY_H

#include "domain/undo.h"
#include "view/edit_form.h"

enum { EDIT_HISTORY_MAX = 200 }; // steps shown; the audit trail has them all

struct edit_history {
    const struct descriptor *kind;
    const char *key;          // of an address
    const char *const *cells; // what stands now; NULL: nothing does
    const struct audit_step *steps;
    size_t count;
    bool may_change; // the caller may change it: steps have a link to undo them
};

// steps [ {seq, what, when, who, reason, fields [ {label, from, to, hidden} ], undo_href} ], cut
// (a sentence; null), change_href.
bool edit_history_put(struct page_request *q, struct tree *page, const struct edit_history *h,
                      struct err *e) MUST_CHECK;

// What undoing step `at` would set, and the form that does it. `why_not` (NULL: it can be) is said
// in place of the form.
bool edit_undo_put(struct page_request *q, struct tree *page, const struct edit_history *h,
                   size_t at, const struct edit_form *form, const char *why_not,
                   struct err *e) MUST_CHECK;

// "1 October 2025, 9:30am": as the trail's clock has it (UTC); midnight to the second is a day.
const char *edit_when(struct arena *a, const char *at);

#endif
