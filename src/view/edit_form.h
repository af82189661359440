// The form of one thing: made, changed, retired; with what is wrong on top and beside each field,
// and everything as it was typed.
//
// Pages (the frame and "errors" come from whoever made the tree; what stands in it is filled here):
//   edit_form.html   form {action, seen, steps [..], groups [ {title, fields [..]} ], reason
//                    {needed, value, error, hint, described_by}, button, cancel_href, carried
//                    [ {name, value} ], step, retire_href, history_href}
//   edit_steps.html  the same thing part by part: see edit_steps.h
#ifndef GT_VIEW_EDIT_FORM_H
#define GT_VIEW_EDIT_FORM_H

#include "domain/things.h"
#include "view/edit_field.h"
#include "view/edit_kinds.h"

// The field that says why; no column has this name.
#define EDIT_REASON "change_reason"
// The field that says which part of the form was sent; nor has any this (a figure has a "part").
#define EDIT_PART "form_part"

struct edit_form {
    const struct descriptor *kind;
    enum who_action action;
    const char *key;                // of an address; NULL: nothing stands there yet
    const char *const *cells;       // what the fields hold
    const char *seen;               // of door_read; NULL where nothing stood there
    const char *reason;             // as typed; NULL
    const struct edit_typed *typed; // NULL: nothing was sent yet
    const struct edit_fault *faults;
    size_t fault_count;
    bool undoes;       // then it always says why
    const bool *may;   // which columns may be changed, by position; NULL: all
    const char *saved; // what was just done, a sentence; NULL: nothing
    int part;          // only this part of the form; -1: all of it
};

// What the form must say before it may be saved, beside edit_check: the reason. False: `ret` is the
// sentence.
bool edit_reason_given(struct arena *a, enum kind kind, enum who_action action, const char *reason,
                       const char **ret);

// Heading, trail and form. The faults go to "errors" [ {href, text} ] of the page.
void edit_form_put(struct page_request *q, struct tree *page, const struct edit_form *form);

// The page that asks whether to retire it, and why.
void edit_retire_put(struct page_request *q, struct tree *page, const struct edit_form *form);

// ---- shared by the pages of editing ----

// Addresses: "/luton/edit/measures", ".../NI%20117", ".../NI%20117/history".
const char *edit_href(const struct page_request *q, const struct descriptor *d, const char *key,
                      const char *tail);
// Where a thing with a code is changed, and its history, for partial change_links.html: "change"
// {change_href, history_href}.
void edit_links_put(const struct page_request *q, struct tree *page, enum kind kind,
                    const char *code);
// Organisation > Change the record > Measures [> the row].
void edit_crumbs(struct page_request *q, struct tree *page, const struct descriptor *d,
                 const char *key, const char *const *cells);
// One {href, text} in the page's "errors".
void edit_error(struct tree *page, const char *href, const char *text);
// Fields of these columns into `list`; faults beside them.
void edit_fields(struct page_request *q, struct tree *list, const struct edit_form *form,
                 const int *columns);
void edit_reason_put(struct page_request *q, struct tree *parent, const struct edit_form *form);
// All faults into "errors", each linked to its field.
void edit_faults_put(struct page_request *q, struct tree *page, const struct edit_form *form);

#endif
