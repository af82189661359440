// Writing a report into a folder: HTML in one file, JSON, and a CSV for each of its tables.
//
//   quarterly-2013-14-Q4.html, quarterly-2013-14-Q4.json,
//   quarterly-2013-14-Q4.csv (every measure), quarterly-2013-14-Q4-TABLE.csv (the other tables)
// Each file is written whole or not at all.
#ifndef GT_JOBS_WRITE_REPORT_H
#define GT_JOBS_WRITE_REPORT_H

#include "view/report_kinds.h"

enum report_format { REPORT_HTML = 1, REPORT_JSON = 2, REPORT_CSV = 4 };

// `request` says which council and period. Adds the paths written to `ret_paths` (texts).
bool write_report(struct page_request *request, const struct report_kind *kind, unsigned formats,
                  const char *folder, struct tree *ret_paths, struct err *e) MUST_CHECK;

#endif
