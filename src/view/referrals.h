// What rules refer, and what they would have referred: the tables of `goldthread refer`.
//
// Keys: organisation, notice, back_test (bool), from and to {id, title} (quarters looked at; absent
// where nothing was), rules [ {rule, title, words, exit, classes, looked_at, in_force_from} ], and
// as tables
//   quarters   rule, quarter, newly, open (at its end), ended
//   referrals  measure, title, rule, since, why, until (a period, "still open" or "retired"),
//              periods, months, noise (yes, no, cannot_tell), noise_why; rows hold since_title,
//              until_title, length, noise_word as well
//   summary    rule, looked_at, referrals, measures, recovered, open, retired, most_open,
//              most_open_in, median_periods, median_months, noise, not_noise, cannot_tell,
//              noise_share (percent of noise + not_noise; absent where both are 0); and a sentence
//              each in rows: counted, lasted, noisy
// Without a back-test: only referrals that are open, and neither quarters nor summary.
#ifndef GT_VIEW_REFERRALS_H
#define GT_VIEW_REFERRALS_H

#include "domain/refer.h"
#include "view/page.h"

void view_referrals(struct page_request *q, struct tree *page, const struct refer_play *plays,
                    size_t count, bool back_test);

#endif
