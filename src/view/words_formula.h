// Sentences about figures that are worked out by a formula (see view/words.h for the rest).
#ifndef GT_VIEW_WORDS_FORMULA_H
#define GT_VIEW_WORDS_FORMULA_H

#include "domain/formula_explain.h"

// "(412 + 38) / 1,204 × 100 = 37.4%"; without a figure the formula as it stands. What was left out
// of a list is not in it.
const char *words_formula_worked(struct arena *a, const struct measure *m,
                                 const struct formula_explanation *x);
// What must be known beside it: why there is no figure, what was left out or counted as nought,
// where digits were lost; NULL where nothing.
const char *words_formula_note(struct arena *a, const struct formula_explanation *x);
// "[NI 117]", and "412 for 2013/14 Q1", of one part.
const char *words_formula_value(struct arena *a, const struct council *c,
                                const struct formula_line *line);
// "Young people. It was the latest then. It counts as nought."
const char *words_formula_line_note(struct arena *a, const struct formula_line *line);
// A formula for people, with the codes of its measures: "([A] + [B]) / [C] × 100".
const char *words_formula(struct arena *a, const struct formula *f);

#endif
