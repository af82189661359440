// How a computed figure came about, for the measure's page and `goldthread explain`.
#ifndef GT_VIEW_MEASURE_FORMULA_H
#define GT_VIEW_MEASURE_FORMULA_H

#include "view/page.h"

// Facts as measure_why.h has them: the formula with its figures, then one for each of its measures.
// Nothing for a measure that is counted.
void measure_formula_facts(struct page_request *q, struct tree *list, const struct reading *r);

// Lines of the measure's definition: the formula and its policies.
void measure_formula_definition(struct tree *list, const struct measure *m);

// Under the key "formula" (null for a measure that is counted, or whose formula cannot be worked
// out): {text, worked (canonical, with figures; comes to value when worked out again; null where
// there is none), value, period, missing_parts, zero_denominator, parts [ {text, measure, title,
// period, value, state, use} ]}. state: known, not_applicable, missing, incomplete, too_large,
// suppressed. use: used, not_needed, left_out, as_zero, lacked.
void measure_formula_tree(struct page_request *q, struct tree *page, const struct reading *r);

#endif
