// A scale with round numbers on it: inside src/render/svg*.c only.
#ifndef GT_RENDER_SVG_AXIS_H
#define GT_RENDER_SVG_AXIS_H

#include "render/svg_write.h"

enum { AXIS_TICKS_MAX = 6 };

struct axis {
    double low, high; // ends of the scale: high > low, both finite
    size_t count;
    double at[AXIS_TICKS_MAX];
    const char *label[AXIS_TICKS_MAX];
};

struct axis_wish {
    double low, high; // the figures to be shown
    bool zero;        // start at nought whatever the figures
    bool fixed;       // low and high are the ends themselves (a bullet's natural scale)
    double near;      // start at nought where the least figure is within this share of the largest
    size_t ticks;     // at most this many, 3 to AXIS_TICKS_MAX
};

// Steps are 1, 2, 2.5 or 5 times a power of ten, never finer than the chart's decimals. Nought is
// included when it is near enough (`near`) not to flatten the figures; the scale never crosses
// nought, nor 100 for a share, unless a figure does. Large figures are written in k, m and bn.
struct axis axis_make(const struct chart *c, struct axis_wish wish);

// Where a figure lies on the scale: 0 at low, 1 at high.
double axis_place(const struct axis *axis, double value);

#endif
