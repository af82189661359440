// The status of every measure for a period, as the command line prints it.
//
// Keys: organisation, period {id, title}, rollup {..} (counts, sentence), statuses (table with the
// columns FORMAT.md 2 fixes: measure, part, title, period, value, target, status, computed_status,
// reason, travel_short, travel_long, rule, marker; rows hold value_shown, target_shown, word,
// shape as well), by_aim and by_unit (tables: title, on_target, slightly_off, off_target,
// not_scored, total, worst_code).
// And one status in full: explain.
#ifndef GT_VIEW_STATUSES_H
#define GT_VIEW_STATUSES_H

#include "view/page.h"

// `only` NULL: every measure. Worst first within the table when `worst_first`, else by code.
void view_statuses(struct page_request *q, struct tree *page, const struct measure *only,
                   bool worst_first);

// Keys: measure, title, part, period, status {..}, sentence, facts [ {key, value} ]: value and how
// it was made, target and who agreed it, rule and its version in words, difference, bounds,
// earlier figures, judgement. Everything the status was computed from.
void view_explain(struct page_request *q, struct tree *page, const struct reading *r);

#endif
