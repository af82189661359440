// The reports there are: name, view and template, for the command and the pages alike.
#ifndef GT_VIEW_REPORT_KINDS_H
#define GT_VIEW_REPORT_KINDS_H

#include "view/page.h"

struct report_kind {
    const char *name;          // "quarterly": as in `goldthread report quarterly`
    const char *about;         // one sentence
    const char *file_template; // the whole report in one file
    page_view view;
};

extern const struct report_kind report_kinds[]; // ended by a NULL name

// By exact name; NULL when there is none.
const struct report_kind *report_kind_of(const char *name);

#endif
