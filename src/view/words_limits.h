// Signal and noise in words: what the latest figure says, whether the target can be met, and why
// nothing is said where nothing can be (see view/words.h for the rest).
//
// What is returned is a literal or lives in the arena given; NULL where it says so. Limits are told
// inside what a figure can be: no lower than nought where none of the figures was, no more than
// 100% for a share. One more decimal is shown where a figure or target would seem to lie on a limit
// that it is beyond. Short words: words_signal.c; sentences: words_limits.c; which
// chart: words_limits_chart.c.
#ifndef GT_VIEW_WORDS_LIMITS_H
#define GT_VIEW_WORDS_LIMITS_H

#include "domain/limits.h"

// Beside a status: "Real improvement", "No real change"; NULL for none.
const char *words_variation(enum variation v);
// "Will meet target", "Target out of reach", "Hit and miss"; NULL for none.
const char *words_assurance(enum assurance a);
// For the legend: what each of them means, as the end of a sentence.
const char *words_variation_meaning(enum variation v);
const char *words_assurance_meaning(enum assurance a);
// Of one point of a series: "Above the upper limit", "In a run above the average"; NULL for a
// figure that is no signal.
const char *words_signal(enum spc_type t, enum limits_chart chart);
// Which chart it is and why, in one sentence: "The number of cases differs more than twofold
// between quarters, so each quarter has limits of its own." NULL for an XmR chart that nobody asked
// to be another.
const char *words_chart(struct arena *a, const struct reading *r, const struct limits *l);
// "xmr", "p_prime", "u_prime", "run".
const char *words_chart_code(enum limits_chart chart);
// What the lines of the chart are.
const char *words_chart_lines(enum limits_chart chart);

// What the figures say: "This is within its usual variation: 68% to 81%. The last seven quarters
// are all above the average of 74%: a real improvement, since 2024/25 Q3." Where nothing can be
// said: why. NULL for words and for what is in development, whose page says so already.
const char *words_limits(struct arena *a, const struct council *c, const struct reading *r,
                         const struct limits *l);
// "The target of 75% is outside what this process gives: it will keep failing unless something
// changes." NULL where there is nothing to say.
const char *words_limits_target(struct arena *a, const struct reading *r, const struct limits *l);
// Beside a status that is arithmetic: off target, by fewer than three cases. NULL for any other.
const char *words_few_cases(struct arena *a, const struct reading *r);
// The same without figures, for a file: why there is nothing; NULL where there is something.
const char *words_limits_why(enum limits_why why);

// "The limits start anew with 2013/14 Q1: a new contract (Head of Service, 3 May 2013)."
const char *words_rebase(struct arena *a, const struct council *c, const struct rebase *r);

// The limits inside what a figure can be, for drawing and telling; NaN stays NaN.
void limits_inside(const struct measure *m, const struct limits *l, double *lower, double *upper);

#endif
