// One measure: what it is, whether it is all right, why, and everything behind it.
//
// `rest` is the code; ?part= names a ward or group of it. Keys beside page_frame's, in the order of
// the page (those with _any say whether there is anything to show):
//   thread [ {title, href, kind, plan} ]   from the vision down to the aim; thread_any
//   code, title, part (null: the whole), whole_href (from a part back to the measure)
//   caption [ {key, value, href} ]         unit, owner, how often, which way is better
//   reading {..}                           part_exception; said (words in place of a figure),
//                                          due_note (a figure missing or to come), period_note
//                                          (when the figure is of another period), each or null
//   one_travel                             the period before is the year before
//   state_note                             null for a live measure
//   asks_action                            off target or slightly off
//   process {..}                           signal or noise: measure_parts.h
//   chart_figure {..}                      measure_parts.h
//   story {earlier [ {period, what_happened, why, action, action_owner, action_due} ],
//          earlier_count, earlier_any}     commentary of other periods
//   why [ {key, value, note, href} ]       measure_why.h
//   formula {..}                           measure_formula.h
//   actions (table), actions_any, risks [ {code, title, href} ], risks_any
//   comparison {..} or null               measure_comparison.h; ?group= chooses the group
//   parts (table), parts_any; history (table), history_any, history_cut (sentence or null)
//   targets (table), targets_any, targets_count, targets_changed (sentence)
//   definition [ {key, value, href} ]; threads [ {items [as thread]} ]: every line up
// The tables and their columns: measure_figures.c, measure_history.c, actions.h.
#ifndef GT_VIEW_MEASURE_H
#define GT_VIEW_MEASURE_H

#include "view/page.h"

bool view_measure(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;

#endif
