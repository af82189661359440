// Choosing and ordering measures by link: what scorecards and the list of measures share.
//
// What is chosen stands in the address and nowhere else: ?q= (text), ?status= (a code, or "look":
// what needs a look), ?kind= (performance, contextual), ?class= (corporate, service, statutory,
// organisational), ?unit= and ?owner= (codes; a unit with all under it), ?state= (live,
// development, retired; without it all but the retired), ?sort=. A value that names nothing
// matches nothing and can be removed like any other.
#ifndef GT_VIEW_MEASURE_FILTER_H
#define GT_VIEW_MEASURE_FILTER_H

#include "view/page.h"

enum filter_field {
    FILTER_TEXT,
    FILTER_STATUS,
    FILTER_KIND,
    FILTER_CLASS,
    FILTER_UNIT,
    FILTER_OWNER,
    FILTER_STATE,
    FILTER_FIELDS,
};

enum measure_sort {
    SORT_STATUS,
    SORT_CODE,
    SORT_TITLE,
    SORT_TRAVEL,
    SORT_OWNER,
    SORT_LOOK,
    SORT_COUNT
};

struct filter {
    unsigned fields;                  // those the page offers: bits 1 << enum filter_field
    const char *value[FILTER_FIELDS]; // as in the address; NULL: nothing chosen
    enum measure_sort sort;
    const bool *said; // by measure: the text was found in code, title or definition
    const int *look;  // by measure: 1 = worst of what needs a look; 0: needs none
};

// From the address; `sort` is the order when none is asked for.
struct filter filter_read(struct page_request *q, const struct scope *s, unsigned fields,
                          enum measure_sort sort);

// The readings of a scope that match, in the order asked for.
const struct reading **filter_apply(struct page_request *q, const struct filter *f,
                                    const struct scope *s, size_t *ret_count);
// Whether one reading matches all that is chosen but `except` (FILTER_FIELDS: all).
bool filter_matches(const struct filter *f, const struct reading *r, enum filter_field except);

// How often anything but the text and the order is chosen.
int filter_chosen(const struct filter *f);

// The links, under the key "filters" (measure_facets.c):
//   {text, any, clear_href, sorted (words), keep [ {name, value} ] (what a search must not lose),
//    chosen [ {title, value, href (without it)} ],
//    by_status {title, name, any, items [ {title, value, count, href, current} ]}, facets [ the
//    same of every other field ], more (their names: "kind, class"), sorts [ {title, href, current}
//    ], sort_by {status, code, title, travel, owner, look: {href,
//    aria}}}
// Each count is of what that link would show.
void filter_put(struct page_request *q, struct tree *page, const struct filter *f,
                const struct scope *s);

const char *sort_code(enum measure_sort s);
// Codes as people order them: "NI 9" before "NI 112".
int code_compare(const char *left, const char *right);

#endif
