// Scorecards: the measures of a class, a priority, a unit or a board, one table a group.
//
// Index, beside page_frame's keys: groups [ {title, table} ]: tables of scorecards with their
// counts (overview_group), by class, priority, directorate and board.
//
// One scorecard: about_title, about_href (the page of the priority, unit or board; null for a
//   class), rollup {..} (part_rollup, over all of it), filters {..} (measure_filter.h), shown
//   ("12 of 33 measures"), narrowed (a filter is on), empty (no measures at all), none (the filter
//   leaves none), group_by [ {title, href, current} ],
//   heads {last_year, previous, current and the same with _period} (heads of the figures),
//   groups [ {id, title, href, rollup {..}, narrowed, shown, none, rows [ part_measure's keys and
//     year_ago {shown, period}, before {shown, period}, now_period ]} ]: a period is told only
//     where it is not the kind of period asked for,
//   repeated (sentence on measures that stand in several groups, or null),
//   rules [..], rules_without (legend.h), signals [..], signals_any (signal.h), own_tolerance (some
//   target has a tolerance of its own), table "scorecard": every row of every group, for CSV.
#ifndef GT_VIEW_SCORECARD_H
#define GT_VIEW_SCORECARD_H

#include "view/page.h"

bool view_scorecards(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;
// `rest` is corporate, statutory, service or organisational.
bool view_scorecard_class(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;
bool view_scorecard_priority(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;
bool view_scorecard_unit(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;
bool view_scorecard_board(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;

#endif
