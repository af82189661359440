// Signal or noise: what the engine says of the figures of one series (engine/spc.h, methods.md 1),
// and only what may be said of them.
//
// Over the series' results, one for each period of the measure's own frequency. A figure that is
// absent, withheld or not applicable is a gap; a provisional one counts. A step change that people
// agreed on (struct rebase) starts a segment at the first period that begins with its own or after
// it. Polarity says which way is better: higher, lower, or neither; in a range neither direction
// is, but the range is what the process is held against. No limits for: cumulative measures (the
// year so far is no process), words, no regular periods, measures in development, `limits` none.
// Fewer than SPC_ENOUGH figures in a segment: its limits and rules are not kept here, with either
// profile, so that no page or file can tell them. The target is the one in force at the latest
// figure: of its period, or of the year around it. A figure that a few cases put where it lies is
// no signal by that (domain/few_cases.h); a run is, whatever it is made of.
//
// Which chart (methods.md 1.7; the choice is limits_chart.c's). `limits` blank: an XmR chart, but
//   p' or u'  for a percentage or a rate (aggregation ratio) all of whose figures have numerator
//             and denominator, the largest denominator more than twice the smallest
//             (engine/spc_proportion.h): limits of each row's own. From SPC_ENOUGH figures
//   run       where no segment has SPC_ENOUGH figures and the latest has RUN_CHART_ENOUGH that are
//             not on the median (engine/run_chart.h): the median, no limits, no assurance
// `limits` p_prime or u_prime: that chart without regard to the size of the denominators (XmR where
// the figures do not bear it); run: a run chart of however many; mdc, plotthedots: XmR always.
// Their rules are Anhoej's: outside (p', u'), and a run on one side of the middle longer than
// chance gives, whose figures are SPC_SHIFT; the figures on the middle line are not counted. Fewer
// crossings of a median than chance gives are a signal that has no direction: no variation, then,
// unless another rule fires. (Of a mean not: skewed figures seldom cross it.) Assurance of p' and
// u' is against the limits of the latest figure.
#ifndef GT_DOMAIN_LIMITS_H
#define GT_DOMAIN_LIMITS_H

#include "domain/reading.h"
#include "engine/run_chart.h"
#include "engine/spc.h"

// Why nothing is said of the latest figure.
enum limits_why {
    LIMITS_SAID,           // something is: variation is one of the engine's, or few_crossings
    LIMITS_NOT_WANTED,     // the measure asks for none
    LIMITS_WORDS,          // yes or no, and text: no figures
    LIMITS_CUMULATIVE,     // figures of the year so far
    LIMITS_IRREGULAR,      // periods that do not follow one another
    LIMITS_IN_DEVELOPMENT, // how to measure it is not settled
    LIMITS_NO_FIGURES,
    LIMITS_TOO_FEW,     // fewer than SPC_ENOUGH in the latest segment
    LIMITS_APART,       // enough, but no two near enough to each other
    LIMITS_OUT_OF_DATE, // enough, but none for more than SPC_STALE periods
};

enum limits_chart { LIMITS_XMR, LIMITS_P_PRIME, LIMITS_U_PRIME, LIMITS_RUN };

// What one row is held against; NaN where there is none.
struct limits_row {
    double mean, lower, upper; // the first is the median on a run chart
};

// The rule that makes the latest figure a signal, and the figures it looked at.
struct limits_signal {
    enum spc_flag rule; // 0: none fired
    bool high;          // above, or upwards
    size_t first;       // row of the first figure of the run
    size_t figures;     // how many there are in it; of two in three, how many are near the limit
    bool has_gap;       // a period within it has no figure
    bool has_tie;       // a figure within it lies on the middle line, and is not counted
};

struct limits {
    enum limits_why why;
    size_t rows;                          // results looked at, from the first
    size_t figures;                       // in the latest segment
    const double *values;                 // by row, NaN for a gap; NULL where segment_count is 0
    const struct spc_segment *segments;   // those with too few figures: NaN, no rule
    size_t segment_count;                 // 0: no segment has enough figures
    const struct spc_point *points;       // by row
    size_t latest;                        // row of the latest figure
    double mean, lower, upper;            // of the latest segment; NaN where it has too few
    enum limits_chart chart;              // which it is, where segment_count is not 0
    bool is_apt;                          // p', u': the denominators differ more than twofold
    const struct limits_row *own;         // by row; NULL: as their segments have them (XmR)
    bool few_crossings;                   // run: of the latest segment, fewer than chance gives
    size_t crossings, crossings_expected; // run: how many, and the fewest by chance
    bool screen_fell_back;                // of the latest segment (engine/spc.h)
    enum variation variation;             // NONE unless `why` is LIMITS_SAID
    enum assurance assurance;
    struct spc_target target; // that assurance is about; NaN where there is none
    const double *reach;      // by row: what a few cases come to (domain/few_cases.h); nought where
                              // nobody knows; NULL where segment_count is 0
    bool target_is_near;      // no assurance: the target is no more than that from the average
    struct limits_signal signal;
};

// Over the first `rows` results of the series: what was seen when they were all there was. The
// result lives in `a`.
const struct limits *limits_evaluate(struct arena *a, const struct council *c,
                                     const struct measure *m, const struct series *s, size_t rows);

// As a reading sees it: up to its period, and nothing of the latest figure where that is older than
// SPC_STALE periods by then. The series' own where nothing differs, else made in `a`.
const struct limits *limits_of(struct arena *a, const struct council *c, const struct reading *r);

// The lines at a row, whichever the chart; all NaN where nothing may be drawn.
struct limits_row limits_at(const struct limits *l, size_t row);

// How many results end with the period or before it.
size_t limits_rows(const struct series *s, struct period until);
// The row a step change starts at; `rows` when there is none so late.
size_t limits_rebase_row(const struct series *s, size_t rows, struct period rebase);

// Finds the rule for a latest figure whose variation is special (limits_signal.c).
struct limits_signal limits_find_signal(const struct limits *l);

#endif
