// The reports there are: the quarterly report of each quarter with figures, and who receives it.
//
// Keys beside page_frame's: latest {title, href} or null; empty (no quarter has figures); table
//   "reports": rows {period, title, href, over (the quarter has ended), state (words), boards (who
//   receives it, words or null)}; has_meetings; meetings: table "meetings": rows {date, date_shown,
//   past, board, title, href, period, period_shown, report_href, despatch, despatch_shown, note},
//   those to come first, then the past, newest first; meetings_cut (words, or null).
#ifndef GT_VIEW_REPORTS_H
#define GT_VIEW_REPORTS_H

#include "view/page.h"

bool view_reports(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;

// "/luton/reports/quarterly?period=2013-14-Q4".
const char *report_href(const struct page_request *q, struct period p);

#endif
