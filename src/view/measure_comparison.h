// "Compared with similar councils" on the page of a measure; ?group= names one of its groups.
//
// comparison: null where no group has a figure up to the page's period, and on the page of a part
// (a ward is not compared with councils). Else a map of
//   title, sentence, group_sentence (or null), coverage, caution (or null)
//   period (its id), lag_months, members, reported, ranked, intervals, intervals_any
//   benchmark_kind ("ratio", "median" or null), benchmark, median, quartile_1, quartile_3
//   groups [ {title, href, current} ], groups_several, csv_href
//   any (enough to draw), subtitle, chart, key
//   table "comparison": organisation, name, own, period, value, numerator, denominator, lower,
//     upper, rank, band_best, band_worst, verdict (against.h; blank without an interval),
//     deviations (from the median, in MADs), marker; in HTML also value_shown, interval_shown,
//     rank_shown, band_shown, verdict_shown
#ifndef GT_VIEW_MEASURE_COMPARISON_H
#define GT_VIEW_MEASURE_COMPARISON_H

#include "view/measure_parts.h"

// False with ERR_ABSENT when ?group= names a group that is not there.
bool measure_comparison_put(struct measure_page *p, struct err *e) MUST_CHECK;

#endif
