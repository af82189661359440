// Step changes worth a person's look: the stable shift algorithm (methods.md 1.5, autospc).
//
// Limits are only redrawn by people (rebase points with a reason); this says where they may want
// to. The first 21 points set an average, without up to three that lie beyond the limits of the
// others, furthest first. From there on, at the next 8 points in a row on one side of it, the 21
// points from the first of them are a candidate. It is suggested unless they hold a run of 8 on
// the other side of their own average (one that begins among them; their very first run is the way
// to the new level and does not count), or end in a run on that side that the data break off, so
// that it may still become one (no regrets). A suggestion's average is the one to depart from
// next; after a candidate that is not taken the search goes on a point further. Gaps are left out;
// over two or more missing periods in a row a run ends.
#ifndef GT_ENGINE_SHIFT_H
#define GT_ENGINE_SHIFT_H

#include "base/compiler.h"

enum { SHIFT_PERIOD = 21, SHIFT_RUN = 8, SHIFT_EXCLUSIONS = 3 };

struct shift_suggestion {
    size_t row;           // the first point of the new level
    bool is_up;           // the run is above the old average
    size_t run;           // points in that run, 21 at most
    double before, after; // averages
};

// NaN = a gap. `rows` is scratch for `count`; `out` has room for count / SHIFT_PERIOD. Returns how
// many; 0 where there are fewer than twice SHIFT_PERIOD points.
size_t shift_suggest(const double *values, size_t count, size_t *rows,
                     struct shift_suggestion *out);

#endif
