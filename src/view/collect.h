// The daily grid: one row for each figure that is due in a period and that the caller may enter,
// theirs first, late and missing ones on top. Template collect.html.
//
// All rows are saved together or none is. Fields are named by the row's number: "row-3" (the key of
// the figure), "seen-3" (the version that was shown), "had-3" (what its fields then held),
// "value-3", "numerator-3", "denominator-3", "marker-3", "note-3"; and EDIT_REASON once, for
// figures that are corrected.
#ifndef GT_VIEW_COLLECT_H
#define GT_VIEW_COLLECT_H

#include "domain/door.h"
#include "view/edit_form.h"

enum {
    COLLECT_ROWS = 30
}; // a page, which is sent as it is (what carries a token is not compressed)

struct collect_row {
    const struct measure *measure;
    const struct series *series;
    struct period period;
    bool theirs;            // the caller owns or checks the measure
    const char *key;        // of the figure, as domain/thing_key.h writes it
    struct reading reading; // what there was to compare with
    bool late;              // due before today and not there
    // Filled by who reads the record: what stands there, and its version; NULL: nothing.
    const char *const *cells;
    const char *seen;
};

struct collect_asked {
    bool (*may)(void *context, const char *const *cells); // may the caller enter this figure
    bool (*theirs)(void *context, const struct measure *m);
    void *context;
    size_t from; // rows left out before the first
};

struct collect_grid {
    struct collect_row *rows;
    size_t count; // of `rows`, at most COLLECT_ROWS
    size_t total, missing, late, theirs;
    size_t irregular; // measures without regular periods, entered one by one
};

// The period a grid opens with: the last quarter that is over.
struct period collect_default_period(const struct council *c);

// The rows there are in q->period, without what stands in the record.
void collect_rows(struct page_request *q, const struct collect_asked *asked,
                  struct collect_grid *out);

// A fault of one field of one row: row's number here, column by name (NULL: the row).
struct collect_fault {
    size_t row;
    const char *column;
    const char *text;
};

// Takes what was typed into the rows that differ from what stands there: a change each. Faults are
// what can be seen without the door.
struct collect_typed {
    const struct door_change *changes;
    const size_t *rows; // of each change: its row
    size_t count;
    bool corrects; // some figure that stood there is changed
    bool moved;    // somebody else saved one of them meanwhile: it is among the faults
    const struct collect_fault *faults;
    size_t fault_count;
};
// `by` and `on` (a day, "2025-10-01"): who enters them, and when.
void collect_read(struct arena *a, const struct collect_grid *grid, const struct edit_typed *typed,
                  const char *by, const char *on, struct collect_typed *out);

// What tells the five fields of a row, as it stands, from any other: a row is saved when what came
// back differs.
const char *collect_had(struct arena *a, const struct collect_row *row);

struct collect_page {
    const struct collect_grid *grid;
    const struct edit_typed *typed; // NULL: nothing was sent yet
    const struct collect_fault *faults;
    size_t fault_count;
    const char *reason, *reason_fault;
    const char *saved; // what was just done; NULL
    size_t from;
};
void collect_put(struct page_request *q, struct tree *page, const struct collect_page *p);

#endif
