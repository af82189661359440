// The quarterly report: one view, written as HTML, JSON and CSV, on the web and as files.
//
// Reads like a committee paper (PAGES.md, Reports): numbered paragraphs, exceptions before the
// rest, every share with its base. Keys:
//   report {title, organisation, period, period_id, made_on, revision, notice}
//   contents [ {title, href} ]
//   legend {statuses [ {word, shape, tag, code, meaning} ], rules [ {code, title, words,
//     measures} ], signals [..], signals_any (signal.h), markers [ {letter, word} ]}
//   glance {rollup {..}, sentences [text]}
//   summary {tables [..]}: by priority, directorate, class, kind: counts and both shares
//   exceptions {count, silent (off target without commentary or action), items [part_exception,
//     compared (sentence or null)]}
//   highlights {items [..]}
//   priorities [ {title, href, rollup, outcomes [ {title, table} ]} ]
//   travel {table}; targets_changed {table}; missing {table}; overrides {table}
//   actions {table}; risks {table}; money {tables [..]}; method {paragraphs [text]}
// Each section has "n" (its number) and a list may hold "count".
// `report_check` recomputes every sum and share of a finished view: a report whose arithmetic does
// not add up is not built (RPT-20).
#ifndef GT_VIEW_QUARTERLY_H
#define GT_VIEW_QUARTERLY_H

#include "view/page.h"

bool view_quarterly(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;

// ERR_INPUT naming the first count or share that does not add up.
bool report_check(const struct tree *view, struct err *e) MUST_CHECK;

#endif
