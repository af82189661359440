// The accessibility statement in the model form of the regulations of 2018 (conventions.md RPT-31).
//
// The words stand in the template; the view gives what differs from council to council. The council
// owns the statement: what it must add is said there in plain words. Keys beside page_frame's:
// council (its name), has_charts and has_risks (the record holds such pages), home_href.
#ifndef GT_VIEW_ACCESSIBILITY_H
#define GT_VIEW_ACCESSIBILITY_H

#include "view/page.h"

bool view_accessibility(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;

#endif
