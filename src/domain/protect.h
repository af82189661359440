// Small numbers kept back, before anything is judged or shown (methods.md 10).
//
// What is not in the snapshot cannot leak from a page, a chart, a download or a report: a figure
// that is kept back has the marker suppressed and no number at all (`figure.kept_back`). The true
// figures stay in the record, and in the council's own folder (domain/export.h).
//
// Of a measure with `small_number`:
//   first    a figure whose count (the numerator; the value of a number; what a percentage of a
//            given denominator comes to) or denominator is from 1 to one less; of a percentage also
//            the rest, who are in the denominator only (58 of 60). Of a cumulative measure also a
//            figure that differs from the last one shown of its year by so much.
//   beside   where the whole and all parts but one would tell that one: the part with the fewest,
//            or, where no part will do, the whole. Parts that overlap (they come to more than the
//            whole) go together.
//   over     a longer period's figure that holds one kept back; and the shorter ones that would
//            make up a longer one kept back.
//   before   earlier versions of every figure of the measure, once anything of it is kept back.
//   others   figures of other organisations that are small, and our own among them.
// What is made of figures (quarters of months, formulas, limits, forecasts) is made of those that
// are left; a sum passes over no suppressed figure (domain/reading.h, domain/formula_part.h).
// A figure that was entered as suppressed counts as kept back, and as small as can be.
#ifndef GT_DOMAIN_PROTECT_H
#define GT_DOMAIN_PROTECT_H

#include "domain/council.h"

// Changes the figures of the measure's series, whose parts are sorted, in place; what is needed on
// the way comes from `a`. Without small_number only what was entered as suppressed with a count
// beside it is emptied.
void protect_measure(struct arena *a, const struct council *c, struct measure *m);

// Whether a figure, as it was given, is small itself.
bool protect_is_small(const struct measure *m, const struct figure *f, int small_number);

#endif
