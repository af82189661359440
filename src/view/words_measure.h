// Sentences about one measure and lists of measures (see view/words.h for the rest).
//
// What is returned is a literal or lives in the arena given; NULL where it says so.
// Bounds and heads: words_measure.c; charts: words_chart.c; earlier versions: words_history.c.
#ifndef GT_VIEW_WORDS_MEASURE_H
#define GT_VIEW_WORDS_MEASURE_H

#include "domain/council.h"
#include "domain/reading.h"
#include "view/words_status.h"

// Heads of the columns of figures: "Same quarter last year", "Last quarter", "This quarter".
struct words_heads {
    const char *last_year, *previous, *current;
};
struct words_heads words_heads(enum period_kind kind);

// "12 of 65 measures", "65 measures".
const char *words_showing(struct arena *a, size_t shown, size_t total);

// "2.3 points above the target (30.7% of it)"; NULL when nothing was compared.
const char *words_difference(struct arena *a, const struct reading *r);
// "On target at 7.5% or less; slightly off target up to 8%; off target above that."; NULL when
// there is nothing to reach. Holds also where there is no figure to compare yet.
const char *words_bounds(struct arena *a, const struct reading *r);
// The bounds of a period as a chart draws them: the edges of the tolerance, or of the range that
// is good. False where there is none.
bool reading_band(const struct reading *r, struct dec *ret_lower, struct dec *ret_upper);

// The chart: its message in a few words, what it shows of what, and what it would be read as.
const char *words_chart_headline(struct arena *a, const struct council *c, const struct reading *r);
const char *words_chart_subtitle(struct arena *a, const struct council *c, const struct reading *r,
                                 struct period first, struct period last);
const char *words_chart_description(struct arena *a, const struct council *c,
                                    const struct reading *points, size_t count);
// Under the axis, in two short lines: "Q4 2013/14", "Mar 2014".
const char *words_period_axis(struct arena *a, struct period p, int year_start);

// The letter of a marker that stands beside a figure (RPT-23): "p", "r", "e"; NULL for none.
const char *words_marker_letter(enum marker m);
const char *words_marker_capital(enum marker m); // "Provisional"; NULL for none

// "Was 83.3% (30 of 36), known from 22 April 2014", one for each earlier version, newest first;
// NULL when the figure was never changed. The same of targets: "Was 8.5%, agreed by ...".
const char *words_revisions(struct arena *a, const struct measure *m, const struct figure *f);
const char *words_target_changes(struct arena *a, const struct measure *m, const struct target *t);
// "29 of 36"; NULL when there is no numerator or denominator.
const char *words_fraction(struct arena *a, struct dec numerator, struct dec denominator);
// "75% or more", "3 to 5 days" of a target as agreed, whatever was made of it.
const char *words_target(struct arena *a, const struct measure *m, const struct target *t);
// "Made of 3 of 3 months: ...": how a figure over a longer period came about; NULL: it was given.
const char *words_made_of(struct arena *a, const struct reading *r);

// "Retired on 1 April 2013: ..." / "In development: ..."; NULL for a live measure.
const char *words_state_note(struct arena *a, const struct measure *m);
// "It was due on 20 April 2014, 25 days ago." / "It is due on ..."; NULL when a figure is there.
const char *words_due_note(struct arena *a, const struct council *c, const struct reading *r);

#endif
