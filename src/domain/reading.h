// A reading: what one measure says for one reporting period, judged, with its whole calculation.
//
// Which figure a period shows:
//   - the measure's own frequency: the figure of that very period;
//   - a finer frequency (months read at a quarter): made of its parts by the measure's
//     aggregation; a cumulative measure's figures are the year so far, so the last one stands;
//     a figure given for the very period is preferred; with missing parts: incomplete, not judged
//     (while the period runs: not yet due); of a measure with small_number, with a suppressed part
//     (of a stock: the last one): suppressed; what cannot be put together (aggregation none) shows
//     its latest part, told as that part;
//   - a coarser frequency (a year read at a quarter): the latest figure due by then; its status
//     stands until the next is due (methods.md 11), and its period is told (`carried`).
// Target: of the figure's period; made of parts like the figure for sums; else, for what is not a
// sum nor cumulative, the target of the financial year around it (`target_of_year`); a cumulative
// figure at the end of the year is the year's, so its target holds there.
// Not yet due: today is before period end + lag. A period before the measure's first figure or
// target is not due either. After retirement, and where there are no cases (a denominator of
// nought): not applicable.
#ifndef GT_DOMAIN_READING_H
#define GT_DOMAIN_READING_H

#include "domain/council.h"

struct reading {
    const struct measure *measure;
    const struct series *series;
    struct period asked;                      // the reporting period
    struct period period;                     // of the figure shown, or expected
    bool carried;                             // `period` ended before `asked` did
    const struct figure *figure;              // NULL when made of parts, or absent
    int present, expected;                    // parts, when made of parts; else 0, 0
    struct dec value, numerator, denominator; // value unrounded
    const char *text;                         // yes_no and text measures
    enum marker marker;
    day due;                     // when the figure of `period` is (was) due
    const struct target *target; // NULL: none, or made of parts
    bool target_of_year;
    const struct rule_version *rule;                 // in force at the end of `period`; NULL: none
    struct status_explanation why;                   // the computed status and its inputs
    enum status status;                              // as published
    const struct override *override;                 // when status was set by judgement
    struct period previous_period, last_year_period; // what travel compares with
    // The figure of previous_period, for show; compared only where short_travel and `why` say so (a
    // count of the year so far falls back to nought each April).
    struct dec previous;
    struct travel_result short_travel, long_travel;
};

// Never fails: what cannot be judged says so in `why.reason`.
struct reading reading_of(const struct council *c, const struct measure *m, const struct series *s,
                          struct period asked);

// Readings of the measure as a whole for every measure, in the council's order, in `a`.
const struct reading *readings_all(const struct council *c, struct arena *a, struct period asked);

// Whether words were given in place of a figure, and not a mark that stands for one.
bool reading_has_words(const struct reading *r);
// Whether a figure was given, or words where words are what is asked for.
bool reading_has_figure(const struct reading *r);

// How many periods running, ending with the reading's, the published status was off target.
int reading_off_running(const struct council *c, const struct reading *r);

// How the figures of a measure are written: see words_unit in view; decimals as compared.
#endif
