// The groups of one scorecard: which there are, and the rows of each.
#ifndef GT_VIEW_SCORECARD_GROUPS_H
#define GT_VIEW_SCORECARD_GROUPS_H

#include "view/measure_filter.h"

// What a scorecard shows; its groups are filled one by one.
struct scorecard {
    struct page_request *q;
    struct scope scope; // all measures on it
    struct filter filter;
    bool narrowed;          // something is chosen: groups show part of their measures
    struct tree *groups;    // of the page
    struct tree *table;     // of the page: all rows
    const bool *on_card;    // by measure
    int *times;             // by measure: in how many groups it stands
    const char *default_by; // "priority", "unit", "outcome"
    const struct unit *unit;
    const struct aim *aim;
};

// Groups, table and the sentence on what stands twice, into the page.
void scorecard_groups(struct scorecard *card, struct tree *page, const char *by);
// "priority", "unit" or "outcome": as the address asks, else as the scorecard is usually read.
const char *scorecard_by(const struct scorecard *card);
// The ways to group it, as links.
void scorecard_group_links(const struct scorecard *card, struct tree *page, const char *by);

#endif
