// The line chart's figures and layout: between svg_line.c and svg_limits.c (what is
// drawn) and svg_plot.c (where).
#ifndef GT_RENDER_SVG_PLOT_H
#define GT_RENDER_SVG_PLOT_H

#include "render/svg_axis.h"

struct figure {
    double value;
    bool present;
};

struct point {
    struct figure value, target, lower, upper;
    struct figure mean, lower_limit, upper_limit; // of its segment
    bool is_median;                               // the first of them is
    int segment;
    const char *name; // under the axis
    const char *status, *marker;
    const char *signal; // NULL: none
    const char *step;   // the letter of a step change that begins here; NULL: none
};

struct label {
    const char *line[2]; // the second NULL when one is enough
    double width;
    double y; // middle
};

struct plot {
    const struct chart *c;
    const char *variant; // "wide" or "narrow"
    struct point *points;
    size_t count;
    size_t values, targets;         // how many of each there are
    size_t last_value, last_target; // their last
    struct axis axis;
    double width, height;            // of the drawing
    double left, right, top, bottom; // of the part with the lines
    struct label value_label, target_label;
    double labels_from; // their left edge
};

struct plot plot_read(const struct chart *c);

// Sets the plot out for a drawing of this size; plot_x and plot_y work from then on.
void plot_lay_out(struct plot *p, const char *variant, double width, double height);
double plot_x(const struct plot *p, size_t index);
double plot_y(const struct plot *p, double value);
double plot_gap(const struct plot *p); // between two points

// How many points from one name under the axis to the next, so that none touch.
size_t plot_name_step(const struct plot *p);
// The text broken over two lines at the blank nearest its middle.
struct label plot_break(const struct plot *p, const char *text);

// ---- svg_limits.c: average, limits, step changes and signals ----

void plot_draw_limits(const struct plot *p);
void plot_name_limits(const struct plot *p); // over the figures, so that they can be read
void plot_draw_signals(const struct plot *p);
void plot_letter_signals(const struct plot *p);
// "H" or "L" where a run of signals ends at this point; NULL elsewhere.
const char *plot_signal_letter(const struct plot *p, size_t i);

#endif
