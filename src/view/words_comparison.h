// Sentences about a council among others (domain/standing.h).
//
// What is returned is a literal or lives in the arena given; NULL where it says so.
// Rows of the table: words_comparison.c; sentences: words_standing.c.
#ifndef GT_VIEW_WORDS_COMPARISON_H
#define GT_VIEW_WORDS_COMPARISON_H

#include "domain/standing.h"

// "1st", "12th"; and of a row "7th" or, where others share it, "=7th"; NULL: not ranked.
const char *words_ordinal(struct arena *a, size_t n);
const char *words_rank(struct arena *a, const struct standing *s, const struct standing_row *row);
// "3rd to 12th", "3rd": the ranks it cannot be told apart from; NULL without an interval.
const char *words_band(struct arena *a, const struct standing_row *row);
// A figure of the engine's at the measure's decimals; "" for NaN.
const char *words_figure_near(struct arena *a, const struct measure *m, double value);
// "71.3% to 77.0%"; NULL without an interval.
const char *words_interval(struct arena *a, const struct measure *m,
                           const struct standing_row *row);
// What a row is against the group: by its interval "Similar", "Better" ...; without one by its
// distance from the median: "Broadly similar", "Much worse" ...; "Too few cases to tell" where
// fewer than three make the difference; NULL where nothing can be said.
const char *words_verdict(const struct measure *m, const struct standing_row *row);
// What stands for the figure of a row: "74.2%", "No figure", "Suppressed", "Too small to show".
const char *words_standing_figure(struct arena *a, const struct measure *m,
                                  const struct standing_row *row);

// "74.2% in 2023/24: 7th of 16, and cannot be told apart from 3rd to 12th." Or what is in the way:
// we have no figure, or too few others have one.
const char *words_standing(struct arena *a, const struct council *c, const struct measure *m,
                           const struct standing *s);
// "The group as a whole: 75.8%, and ours is similar."; NULL where there are too few.
const char *words_standing_group(struct arena *a, const struct measure *m,
                                 const struct standing *s);
// How old the figures are beside the period the page is about, and how many reported.
const char *words_standing_coverage(struct arena *a, const struct council *c,
                                    const struct standing *s, struct period page);
// What the reader must not make of it; NULL where there is nothing to warn of.
const char *words_standing_caution(struct arena *a, const struct measure *m,
                                   const struct standing *s);
// What the marks and lines of the picture are.
const char *words_standing_key(struct arena *a, const struct council *c, const struct standing *s);
// "Nearest neighbours (2021)": the list the group is.
const char *words_group(struct arena *a, const struct comparator_group *g);
// For a report, in one line behind the group's name: "7th of 16 (cannot be told apart from 3rd to
// 12th), 2023/24"; NULL where we have no place.
const char *words_standing_short(struct arena *a, const struct council *c, const struct measure *m,
                                 const struct standing *s);

#endif
