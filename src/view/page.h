// What every page's view is given, and the frame around it.
//
// A view fills the map `page` with plain values under its own keys; `page_frame` has already put
// in what all pages share (PAGES.md, Frame):
//   product, organisation {code, name, notice, href}, section, title, heading, nav [ {title, href,
//   current} ], breadcrumbs [ {title, href} ], period {id, title, short, previous {href, title},
//   next {...}, choices [ {title, href, current} ]}, search_href, foot {as_at, revision,
//   json_href}.
// Links are made by page_href and carry the period, so walking about keeps it.
#ifndef GT_VIEW_PAGE_H
#define GT_VIEW_PAGE_H

#include "base/err.h"
#include "base/tree.h"
#include "domain/council.h"
#include "domain/outlook.h"
#include "domain/reading.h"
#include "domain/scope.h"

struct page_request {
    const struct council *council;
    struct arena *arena;
    struct period period;   // the reporting period asked for, or the latest with figures
    bool period_given;      // it stood in the address
    bool acts;              // a page that changes things: in HTML only, and
    bool has_period;        // of no period, unless this says so
    const char *path;       // as in the address, without query and .json/.csv: "/luton/measures"
    const char *rest;       // what follows the route: a code, decoded; "" when nothing does
    const char *query_text; // the query string as it came, "" when none
    const char *(*query)(void *context, const char *name); // a parameter by name, NULL when absent
    void *context;
    const struct reading *readings; // filled on first use by page_readings
    const struct outlook *outlooks; // and by page_outlooks
    unsigned ids;                   // charts made so far, for page_id
};

// A view: fills `page`; false with ERR_ABSENT when what `rest` names does not exist.
typedef bool (*page_view)(struct page_request *q, struct tree *page, struct err *e);

// Readings of all measures for the request's period, made once a request.
const struct reading *page_readings(struct page_request *q);
// Where their years will end.
const struct outlook *page_outlooks(struct page_request *q);

// An id for a chart that no other on the page has: "bar-1".
const char *page_id(struct page_request *q, const char *kind);

// A parameter; NULL when absent or empty.
const char *page_query(const struct page_request *q, const char *name);

// "/luton/measures/NI%20117?period=2013-14-Q4": segments are escaped; a NULL code ends the path.
const char *page_href(const struct page_request *q, const char *folder, const char *code);
// The same page with one parameter changed (or, with NULL, removed), for sorting and filters.
const char *page_href_with(const struct page_request *q, const char *name, const char *value);
// One of the page's tables as CSV, with every other choice kept.
const char *page_csv_href(const struct page_request *q, const char *table);

// The period the pages open with: the latest quarter that has figures and is over by `today`.
struct period page_default_period(const struct council *c);

// The plan whose top aims are "the priorities": the corporate plan with measures; without one, the
// plan that stands highest. NULL when there is no plan.
const struct plan *page_leading_plan(const struct council *c);

void page_frame(const struct page_request *q, struct tree *page, const char *section);
// Title and heading of the page, and the trail to it (after the organisation).
void page_title(struct tree *page, const char *title);
void page_crumb(struct tree *page, const char *title, const char *href);

#endif
