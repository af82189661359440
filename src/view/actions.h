// The actions: late first, with what each is for. As things stand today, whatever the period.
//
// Parameters: state = late, open (default), not_started, in_progress, completed, cancelled, all;
//   for = measure, aim, plan, risk, nothing; owner, measure, aim, plan, risk, code = a code (with
//   code: all states unless one is given).
// Keys beside page_frame's: lead, as_at, counts {total, open, late, not_started, in_progress,
//   completed, cancelled}, states [ {title, href, current, count} ], fors [..same], owners [ {code,
//   name, current} ], hidden [ {name, value} ] (the other parameters, for the owner's form), chosen
//   [ {words, href} ] (filters by a code, with the address that lifts them), shown (count),
//   shown_words
//   ("3 actions"), empty (true: the record holds none), nothing (true: the filter leaves none),
//   clear_href, cut (words, or null: more than ROWS were found), table "actions" (action_row).
#ifndef GT_VIEW_ACTIONS_H
#define GT_VIEW_ACTIONS_H

#include "view/page.h"

bool view_actions(struct page_request *q, struct tree *page, struct err *e) MUST_CHECK;

bool action_is_open(const struct action *x); // neither completed nor cancelled
// Days after its due date while still open; 0: not late, or no date.
int action_days_late(const struct action *x, day today);

struct action_counts {
    int total, open, late, not_started, in_progress, completed, cancelled;
};
struct action_counts actions_count(const struct council *c);

// The actions that `keep` (NULL: all), late ones first (the latest first), then the open by due
// date, then the done. `ret_count` gets how many.
const struct action **actions_sorted(const struct council *c, struct arena *a,
                                     bool (*keep)(const void *context, const struct action *x),
                                     const void *context, size_t *ret_count);

// An empty table of actions, and a row: code, title, state (code), state_word, progress (number),
// progress_words, start, due, due_shown, days_late (number or null), late (words or null), open,
// owner, measure, aim, plan, risk (codes), links [ {code, title, href, what, brief} ] (what it is
// for), has_links, note.
struct tree *action_table(struct tree *parent, const char *key, const char *caption);
void action_row(const struct page_request *q, struct tree *table, const struct action *x);

#endif
