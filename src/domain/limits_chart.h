// The charts beside XmR: which of them a series has, and what they say (domain/limits.h).
#ifndef GT_DOMAIN_LIMITS_CHART_H
#define GT_DOMAIN_LIMITS_CHART_H

#include "domain/limits.h"

// Whether fewer than SPC_ENOUGH figures may say something: not where an XmR chart is asked for.
bool limits_may_run(const struct measure *m);

// What such a chart is made of; `values`, `segments` and `points` are those of the XmR chart of the
// same rows, and are made those of the other.
struct limits_work {
    const struct measure *measure;
    const struct series *series;
    double *values;
    struct spc_segment *segments;
    struct spc_point *points;
    const struct spc_how *how; // with the reach of a few cases
};

// Where it is another chart than XmR: fills `chart`, `is_apt`, `own`, the crossings, and what the
// work points at; else leaves all as it was. Of segment_count segments of `l`.
void limits_chart(struct arena *a, struct limits *l, const struct limits_work *w);

// The fewest figures of a segment that the chart says anything of.
size_t limits_enough(const struct limits *l);

#endif
