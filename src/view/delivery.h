// What is being done, and what could stop it: one page over actions, projects, risks and money.
//
// Keys beside page_frame's: as_at; actions {href, late_href, any, late, open, sentence, any_late,
// more
//   (words, or null), table "actions" (action_row, the few latest)}; risks {href, any, total,
//   severe, overdue, with_target, above_target, has_target, sentence, table "risks" (risk_row, the
//   few highest)}; projects {href, any, total, held, any_held, items [ {code, title, href, word,
//   mark, gate, on, reason} ] (those that wait, stopped, or go on with conditions)}; money {href,
//   any, year, variance and variance_words (or null), sentence, savings (each words or null)}.
#ifndef GT_VIEW_DELIVERY_H
#define GT_VIEW_DELIVERY_H

#include "view/page.h"

bool view_delivery(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;

#endif
