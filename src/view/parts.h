// Parts that many pages share: a status, a measure's row, the counts of a scope.
#ifndef GT_VIEW_PARTS_H
#define GT_VIEW_PARTS_H

#include "view/page.h"

// {code, word, shape, tag}: partial status.html.
void part_status(struct tree *parent, const char *key, enum status s);
// {code, word, arrow, sentence}: partial travel.html. `since` e.g. "last quarter (9.1%)".
void part_travel(struct tree *parent, const char *key, const struct travel_result *t,
                 const char *since);

// The keys every list of measures shows, into an existing map (a table row or a list item):
//   code, title, href, value (number), value_shown, target (number), target_shown, status {..},
//   status_code, reason, travel_short {..}, travel_long {..}, unit, unit_href, owner, period,
//   period_shown, carried, previous_shown, last_year_shown, one_travel (both travels look at the
//   same period), override {..} or null,
//   spark (chart); and those of part_outlook (view/outlook.h) and part_signal (view/signal.h).
void part_measure(struct page_request *q, struct tree *row, const struct reading *r);

// An empty table of measures with the scorecard's columns; rows are added by part_measure.
struct tree *part_measure_table(struct tree *parent, const char *key, const char *id,
                                const char *caption);

// {total, scored, on_target, slightly_off, off_target, with_data, on_target_of_scored,
//  on_target_of_all (percent), sentence, not_scored, not_scored_parts [ {count, word} ],
//  statuses [ {code, word, shape, tag, count} ], bar (chart),
//  worst {code, title, href, status, reason} or null, outlook {..} (view/outlook.h)}.
void part_rollup(struct page_request *q, struct tree *parent, const char *key,
                 const struct scope *s);

// The readings of a scope that ask for a look (look_of in signal.h), worst first: off target
// (longest, then furthest off), slightly off, then the others; or, where the address asks for that
// order, by why they do. At most `most`; ret_total gets how many there are.
const struct reading **part_exceptions(struct page_request *q, const struct scope *s, size_t most,
                                       size_t *ret_count, size_t *ret_total);

// An exception with its story: part_measure's keys and running, running_sentence, commentary
// {what_happened, why, action, action_owner, action_due} or null, no_commentary, no_action,
// actions [..].
void part_exception(struct page_request *q, struct tree *item, const struct reading *r);

// Actions recorded for a measure that are still open (from commentary and the actions file).
bool measure_has_action(const struct measure *m, struct period p);

#endif
