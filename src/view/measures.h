// The list of measures: find, filter and sort by link; everything chosen stands in the address.
//
// Keys beside page_frame's: filters {..} (measure_filter.h), action (where the search form goes),
//   shown ("12 of 65 measures"), none (nothing was found), no_measures (the council has none),
//   look_href (the order of what needs a look; null where it is the order), signals [..],
//   signals_any (signal.h), retired (count of retired measures), retired_href (null when none or
//   shown already), table "measures" (part_measure_table): rows of part_measure.
#ifndef GT_VIEW_MEASURES_H
#define GT_VIEW_MEASURES_H

#include "view/page.h"

bool view_measures(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;

#endif
