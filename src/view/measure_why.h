// Why a status is what it is, laid out as facts: all that it was computed from.
#ifndef GT_VIEW_MEASURE_WHY_H
#define GT_VIEW_MEASURE_WHY_H

#include "view/page.h"

// Into a list: {key, value, note, href}; note and href may be null. Figure and how it was made,
// target and who agreed it, rule and its version, difference, what it would take, earlier figures,
// judgement beside what was computed.
void measure_why(struct page_request *q, struct tree *list, const struct reading *r);

#endif
