// The status of every measure for a period, as the command line prints it.
//
// Keys: organisation, period {id, title}, rollup {..} (counts, sentence), statuses (table with the
// columns FORMAT.md 2 fixes: measure, part, title, period, value, target, status, computed_status,
// reason, travel_short, travel_long, rule, marker; rows hold value_shown, target_shown, word,
// shape, said, due_note, counted (in the rollup), travel_short_words as well), by_aim and by_unit
// (tables: code, title, within, on_target, slightly_off, off_target, not_scored, total, worst_code;
// rows hold depth, worst_tells). Of one measure only: neither rollup nor groups. And one status in
// full: explain.
#ifndef GT_VIEW_STATUSES_H
#define GT_VIEW_STATUSES_H

#include "view/page.h"

// `only` NULL: every measure. Worst first within the table when `worst_first`, else by code.
void view_statuses(struct page_request *q, struct tree *page, const struct measure *only,
                   bool worst_first);

// Keys: measure, title, part, period, status {..}, computed_status {..}, reason_code, sentence,
// facts [ {key, value, note} ]: those of view/measure_why.h, when it was due, and the status; and
// the same as a table ("explanation"); formula {..} (view/measure_formula.h). Everything the status
// was computed from.
void view_explain(struct page_request *q, struct tree *page, const struct reading *r);

#endif
