// Whom a council compares itself with, and what their figures are.
//
// A group is a published list of neighbours, a region, or any other set of organisations; where the
// record holds several versions of a list, the group is the latest, and the earlier ones stay in
// the record. Our own area is never a member of what is compared: a list that names it is kept as
// published, and left out here. Everything lives in the council's arena but for what is asked.
#ifndef GT_DOMAIN_COMPARISON_H
#define GT_DOMAIN_COMPARISON_H

#include "domain/council.h"

struct comparator {
    const char *organisation, *name; // code (GSS or other lasting); the name, or the code again
    int order;                       // as published: 1 is the nearest; 0 where not given
};

struct comparator_group {
    const char *code, *name;          // name: of the published list, or the code again
    const char *set, *version;        // the list and its version; NULL where not given
    const struct comparator *members; // by order as published, then by code
    size_t member_count;
};

// The figures of one other organisation for one measure.
struct comparison_series {
    const char *organisation, *name; // the name as some group has it, or the code again
    const struct figure *figures;    // ascending by period
    size_t figure_count;
};

// One member of a group for one measure and period.
struct compared {
    const struct comparator *member;
    const struct figure *figure; // NULL: it has none
    struct dec value; // of the figure, or of its numerator and denominator; may be absent
};

// NULL when there is none. NULL code: none.
const struct comparator_group *council_comparator_group(const struct council *c, const char *code);
const struct comparison_series *measure_comparison(const struct measure *m,
                                                   const char *organisation);
const struct figure *comparison_figure(const struct comparison_series *s, struct period p);

// Whether the code is our own area's, or our own.
bool comparator_is_own(const struct council *c, const char *organisation);

// The groups a measure is compared with, by code: the one it names, or every group of which a
// member (not we ourselves) has a value for it. Returns how many.
size_t comparison_groups(const struct council *c, const struct measure *m, struct arena *a,
                         const struct comparator_group *const **ret);

// Every member of the group but our own area, in the group's order, with its figure for exactly
// this period. Returns how many.
size_t comparison_of(const struct council *c, const struct measure *m,
                     const struct comparator_group *g, struct period p, struct arena *a,
                     const struct compared **ret);

// The latest period of the kind `like` is, ending no later than it, for which a member has a value:
// figures of others come later than ours. PERIOD_ABSENT when there is none.
struct period comparison_latest(const struct council *c, const struct measure *m,
                                const struct comparator_group *g, struct period like);

#endif
