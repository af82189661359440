// The thread: all plans from the vision down, and one plan on a page.
//
// view_plans, beside page_frame's keys: lead, empty (the record holds no plan), table "plans": rows
//   {group (the heading, in the first row of each kind; else null), kind, code, title, href, start,
//   end, span, aims, aims_words, leads_nowhere, any_nowhere, on_target, slightly_off, off_target,
//   not_scored, total, worst_code, owner, unit, board, board_link, rollup {..} (part_rollup)}.
// view_plan: about [..] (fact_put), line (the plans above as one sentence, or null), up and down
//   [ {code, title, href, count} ] (plans it contributes to, plans that contribute to it, with the
//   number of contributions), rollup {..}, aims [ plan_node ], nowhere [ {code, title, href, owner,
//   kind} ], nowhere_count, nowhere_words, has_aims, has_up, has_down, up_words, down_words,
//   has_projects, projects [ {code, title, href, stage} ], actions_count (open ones),
//   actions_words, actions_href, table "aims" (each aim a row, for CSV).
// A node: code, kind, title, href, rollup {..}, show_bar (two measures or more), no_measures,
//   contributes_to [ {code, title, href, plan} ], contributed_by [..], contributed_count, measures
//   [ {code, title, href, value_shown, status {..}} ], actions (count), actions_words, nowhere,
//   has_children, children [ nodes ].
#ifndef GT_VIEW_PLANS_H
#define GT_VIEW_PLANS_H

#include "view/page.h"

bool view_plans(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;
bool view_plan(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;

// Nothing hangs on this aim: no measure in use, no aim below it, no contribution to or from it and
// no action. `actions` is the number of actions recorded for it.
bool aim_leads_nowhere(const struct aim *aim, int actions);
// How many actions stand for each aim, by its index.
const int *aim_action_counts(const struct council *c, struct arena *a);

// The plans above this one: itself first, then what its aims contribute to and so on; the line
// that reaches a vision or community strategy is taken before one that does not.
size_t plan_line(const struct council *c, struct arena *a, const struct plan *plan,
                 const struct plan *const **ret_line);

#endif
