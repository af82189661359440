// The money of one year: budget lines by kind, savings, and the checks on both.
//
// Parameter: year = a financial year's id (2013-14-FY); without it the year of the reporting
// period, or the newest before it that has figures. Figures carry no unit of their own: where every
// note of a table begins with one ("£m. ..."), the caption states it; else it says "as given". Keys
// beside page_frame's: lead, year {id, title}, years [ {title, href, current} ], empty (no money
//   in the record at all), nothing (none in this year), kinds [ {kind, title, outturn, shares,
//   shares_add_up, missing, table ("money-revenue" ...), total {..} } ], checks [text], savings
//   {any, sentence, so_far, split, check, check_adds_up, differ, unknown, table "savings", total
//   {..}}. Row of a kind: line, href (of the unit, or null), budget, forecast, actual, prior,
//   variance, share (numbers or null), each with _words as the page shows it, note. Row of savings:
//   code, title, state, state_word, shape, tag, target, delivered, on_track, at_risk, undeliverable
//   (each with _words), check, check_adds_up, one_off, kind_word, unit, measure, project, risk
//   (codes), links [ {code, title, href} ], note. A total: the same keys with _words.
#ifndef GT_VIEW_MONEY_H
#define GT_VIEW_MONEY_H

#include "view/page.h"

bool view_money(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;

// The year whose money a page about `p` shows: that of `p`, else the newest before it with budget
// lines or savings, else the oldest; PERIOD_ABSENT when the record holds no money.
struct period money_year(const struct council *c, struct period p);

// The savings of the year under "savings" (see above).
void money_savings(struct page_request *q, struct tree *page, struct period year);

#endif
