// Words of plans, actions, projects, risks and money (see view/words.h for the rest).
//
// What is returned is a literal or lives in the arena given; NULL where it says so.
#ifndef GT_VIEW_WORDS_DELIVERY_H
#define GT_VIEW_WORDS_DELIVERY_H

#include "domain/council.h"

// "1 April 2011 to 31 March 2014", "until 31 December 2026", "from 1 April 2011"; NULL: no dates.
const char *words_span(struct arena *a, day start, day end);
// "Late by 1 day", "Late by 90 days".
const char *words_late(struct arena *a, int days);
// "Proceed with conditions"; what was written when it is none of ours; NULL for NULL.
const char *words_decision(const char *decision);
// As written, with a capital: "Delivery"; NULL for NULL.
const char *words_capital(struct arena *a, const char *text);
// "Revenue", "Capital expenditure", "How capital is paid for", "Income".
const char *words_budget_kind(const char *kind);
// "+1.45", "−0.30", "0.00": a difference always shows which way it goes; "" when absent.
const char *words_signed(struct arena *a, struct dec value, int decimals);

// The line up as one sentence, from thread_up's line (lowest first): "A" is part of "B", which
// contributes to "C" (plan), which serves "D" (plan). NULL when nothing stands above.
const char *words_thread(struct arena *a, const struct aim *const *line, size_t count);
// The same over plans: "Service plan contributes to Corporate Plan, which serves Vision."
// `subject` stands for the first plan: "This plan", or its title.
const char *words_plan_thread(struct arena *a, const char *subject, const struct plan *const *line,
                              size_t count);

#endif
