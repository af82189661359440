// One field of a form, by its column: what it is called, what it takes, what stands in it, and what
// is wrong with that. Partial edit_field.html.
//
// Keys: id, name, label, hint, hint_id, error, error_id, described_by, optional (bool), and one of
// these a map, the others null:
//   line   {value, type, inputmode, width, list, suggestions [ {value, label} ]}
//   lines  {value, rows}
//   date   {day, month, year}
//   radios, boxes  {options [ {id, value, label, checked} ]}
//   select {options [ {value, label, selected} ]}
//   fixed  {value}: shown, not asked for
#ifndef GT_VIEW_EDIT_FIELD_H
#define GT_VIEW_EDIT_FIELD_H

#include "view/edit_typed.h"
#include "view/page.h"

enum {
    EDIT_RADIOS_MAX = 6,       // choices; more are a list to pick from
    EDIT_SELECT_MAX = 60,      // codes; more are typed, with suggestions
    EDIT_SUGGESTIONS_MAX = 400 // more would make the page heavy: the code is typed
};

struct edit_field {
    const struct column *column;
    const char *value;              // the cell; NULL: blank
    const struct edit_typed *typed; // what was sent, for a date's parts; NULL: nothing was
    const char *error;              // NULL: none
    bool fixed;                     // not asked for
    const char *prefix;             // of its id, where several rows stand on a page; NULL: none
};

void edit_field_put(const struct page_request *q, struct tree *list, const struct edit_field *f);

// The id a link to the field leads to: "f-title".
const char *edit_field_id(struct arena *a, const char *prefix, const char *column);

// A cell as people read it: "27 March 2026", "Academic year", "Waste recycled (M1)"; "" for NULL.
const char *edit_cell_shown(const struct page_request *q, const struct column *c, const char *cell);

#endif
