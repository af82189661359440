// Projects: the gates they passed, in order, and the measures they should move.
//
// view_projects, beside page_frame's keys: lead, empty, table "projects": rows {code, title, href,
//   stage, sponsor, manager, plan, plan_title, gates (count), last_gate, last_decision (code),
//   last_decision_word, last_decision_mark, decided_on, decided_shown, benefits (count),
//   moves [links], has_moves}.
// view_project: about [..] (fact_put), decision {word, mark, gate, on} or null, gates (table
// "gates":
//   number, gate, decision, decision_word, mark, decided_on, decided_shown, by, reason), has_gates,
//   benefits (table "benefits": measure, title, href, expected_change, expected_words, period,
//   period_shown, value_shown, target_shown, status_code, status {..}, reason), has_benefits,
//   savings [ {code, title, target} ], has_savings, money_href.
// A mark is the shape before a decision's word: go on, go on with care, wait, stop.
#ifndef GT_VIEW_PROJECTS_H
#define GT_VIEW_PROJECTS_H

#include "view/page.h"

bool view_projects(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;
bool view_project(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;

// The gates by the day of their decision; those not decided yet last, as they stand in the file.
const struct gate **project_gates(const struct project *p, struct arena *a);
// The last gate decided; NULL when none is.
const struct gate *project_last_gate(const struct project *p);

// What a gate decided, into an existing map: word, mark, gate, on, reason.
void project_decision(const struct page_request *q, struct tree *map, const struct gate *g);

struct project_counts {
    int total, paused, stopped, with_conditions; // by the last decision
};
struct project_counts projects_count(const struct council *c);

#endif
