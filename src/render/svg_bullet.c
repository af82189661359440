// One figure against its target (Few's bullet graph; svg.h, kind "bullet", UI-45).
//
// As wide as its place: across, everything is in per cent, so text keeps its size at 320 px.
#include <math.h>

#include "render/svg_axis.h"
#include "render/svg_kinds.h"

enum { RANGES_MAX = 5, LABEL_HEIGHT = 24, BAND_HEIGHT = 30, SCALE_HEIGHT = 26, BAR_HEIGHT = 12 };

struct bullet {
    const struct chart *c;
    struct axis axis;
    double top; // of the band
    double value, target, previous;
    bool has_value, has_target, has_previous;
    double to[RANGES_MAX];
    size_t ranges;
};

static double place(const struct bullet *b, double value)
{
    return 100 * fmin(fmax(axis_place(&b->axis, value), 0), 1);
}

static void rect(const struct bullet *b, const char *class_name, double from, double to, double y,
                 double height, const char *fill)
{
    struct buf *out = b->c->out;
    buf_text(out, "<rect");
    svg_attr(out, "class", class_name);
    svg_attr_percent(out, "x", fmin(from, to));
    svg_attr_number(out, "y", y);
    svg_attr_percent(out, "width", fabs(to - from));
    svg_attr_number(out, "height", height);
    svg_attr(out, "fill", fill);
    buf_text(out, "/>");
}

static void upright(const struct bullet *b, struct svg_pen pen, double at, double y1, double y2)
{
    struct buf *out = b->c->out;
    buf_text(out, "<line");
    svg_attr(out, "class", pen.class_name);
    svg_attr_percent(out, "x1", at);
    svg_attr_number(out, "y1", y1);
    svg_attr_percent(out, "x2", at);
    svg_attr_number(out, "y2", y2);
    svg_attr(out, "stroke", pen.colour);
    svg_attr_number(out, "stroke-width", pen.width);
    buf_text(out, "/>");
}

// Ranges in shades of one grey, darkest where the figure is worst.
static void draw_ranges(const struct bullet *b)
{
    static const char *const shades[RANGES_MAX] = {"#b1b4b6", "#c4c8ca", "#d5d8da", "#e4e6e7",
                                                   "#f1f2f2"};
    static const struct svg_pen edge = {"gt-chart__axis", SVG_AXIS, 1, NULL};
    bool upwards = chart_flag(b->c->map, "lower_is_better");
    if (b->ranges == 0) {
        rect(b, "gt-chart__range", 0, 100, b->top, BAND_HEIGHT, shades[3]);
    }
    double from = 0;
    for (size_t i = 0; i < b->ranges; i++) {
        size_t rank = upwards ? b->ranges - 1 - i : i;
        size_t shade = b->ranges > 1 ? rank * (RANGES_MAX - 1) / (b->ranges - 1) : 3;
        double to = i + 1 == b->ranges ? 100 : place(b, b->to[i]);
        rect(b, "gt-chart__range", from, to, b->top, BAND_HEIGHT, shades[shade]);
        if (i > 0 && from > 0 && from < 100) {
            upright(b, edge, from, b->top, b->top + BAND_HEIGHT);
        }
        from = to;
    }
    buf_printf(b->c->out,
               "<rect class=\"gt-chart__axis\" y=\"%d\" width=\"100%%\" height=\"%d\" "
               "fill=\"none\" stroke=\"" SVG_AXIS "\"/>",
               (int)b->top, BAND_HEIGHT);
}

// A drawing of its own at a place across, so that what stands there keeps its shape.
static void draw_mark(const struct bullet *b, const char *status, double at, double y)
{
    buf_text(b->c->out, "<svg");
    svg_attr_percent(b->c->out, "x", at);
    svg_attr_number(b->c->out, "y", y);
    buf_text(b->c->out, " overflow=\"visible\">");
    // Without a status it is the plain dot that stands for a bar.
    svg_mark(b->c->out, status, 0, 0, status[0] == '\0' ? 10 : 6.5);
    buf_text(b->c->out, "</svg>");
}

static void draw_figures(const struct bullet *b)
{
    double middle = b->top + BAND_HEIGHT / 2.0;
    const char *status = chart_text(b->c->map, "status", NULL);
    if (b->has_value && b->axis.low <= 0 && b->axis.high >= 0) {
        rect(b, "gt-chart__bar", place(b, 0), place(b, b->value), middle - BAR_HEIGHT / 2.0,
             BAR_HEIGHT, SVG_SERIES);
    }
    if (b->has_previous) {
        struct svg_pen pen = {"gt-chart__target", SVG_AXIS, 2, NULL};
        upright(b, pen, place(b, b->previous), middle - 9, middle + 9);
    }
    if (b->has_target) {
        // Paper beside the stroke keeps it apart from a bar of nearly its colour.
        struct svg_pen paper = {"gt-chart__halo", SVG_PAPER, 8, NULL};
        struct svg_pen pen = {"gt-chart__target", SVG_INK, 4, NULL};
        double at = fmin(fmax(place(b, b->target), 0.4), 99.6);
        upright(b, paper, at, middle - 12, middle + 12);
        upright(b, pen, at, middle - 12, middle + 12);
    }
    bool dot = b->axis.low > 0 || b->axis.high < 0;
    if (b->has_value && (dot || status != NULL)) {
        draw_mark(b, status == NULL ? "" : status, place(b, b->value), middle);
    }
}

static void draw_scale(const struct bullet *b)
{
    struct buf *out = b->c->out;
    static const struct svg_pen pen = {"gt-chart__axis", SVG_AXIS, 1, NULL};
    double bottom = b->top + BAND_HEIGHT;
    for (size_t i = 0; i < b->axis.count; i++) {
        double at = place(b, b->axis.at[i]);
        const char *anchor = at < 5 ? "start" : at > 95 ? "end" : "middle";
        upright(b, pen, at, bottom, bottom + 5);
        buf_text(out, "<text class=\"gt-chart__text\"");
        svg_attr_percent(out, "x", at);
        svg_attr_number(out, "y", bottom + 21);
        svg_attr(out, "text-anchor", anchor);
        svg_attr(out, "fill", SVG_INK);
        buf_char(out, '>');
        buf_text(out, b->axis.label[i]);
        buf_text(out, "</text>");
    }
}

static void read_ranges(struct bullet *b)
{
    const struct tree *list = tree_get(b->c->map, "ranges");
    for (const struct tree *n = list == NULL ? NULL : list->first;
         n != NULL && b->ranges < RANGES_MAX; n = n->next) {
        double to = 0;
        if (chart_number(n, "to", &to)) {
            b->to[b->ranges++] = to;
        }
    }
}

// The scale holds every figure; natural ends are kept where they do.
static struct axis make_scale(const struct bullet *b)
{
    double low = 0;
    double high = 0;
    bool any = false;
    const double figures[] = {b->value, b->target, b->previous};
    const bool present[] = {b->has_value, b->has_target, b->has_previous};
    for (size_t i = 0; i < COUNT_OF(figures) + b->ranges; i++) {
        if (i < COUNT_OF(figures) && !present[i]) {
            continue;
        }
        double figure = i < COUNT_OF(figures) ? figures[i] : b->to[i - COUNT_OF(figures)];
        low = any ? fmin(low, figure) : figure;
        high = any ? fmax(high, figure) : figure;
        any = true;
    }
    double min = 0;
    double max = 0;
    struct axis_wish wish = {.low = low, .high = any ? high : 1, .near = 0.75, .ticks = 4};
    if (chart_number(b->c->map, "min", &min) && chart_number(b->c->map, "max", &max) && min < max &&
        min <= low && high <= max) {
        wish = (struct axis_wish){.low = min, .high = max, .fixed = true, .ticks = 5};
    }
    return axis_make(b->c, wish);
}

void svg_write_bullet(const struct chart *c)
{
    struct bullet b = {.c = c};
    b.has_value = chart_number(c->map, "value", &b.value);
    b.has_target = chart_number(c->map, "target", &b.target);
    b.has_previous = chart_number(c->map, "previous", &b.previous);
    read_ranges(&b);
    b.axis = make_scale(&b);
    const char *label = chart_text(c->map, "label", NULL);
    b.top = label == NULL ? 1 : LABEL_HEIGHT;
    svg_open(c, "bullet", NULL, 0, b.top + BAND_HEIGHT + SCALE_HEIGHT);
    if (label != NULL) {
        struct svg_words how = {.anchor = "start", .bold = true};
        svg_text(c->out, how, 0, 17, label);
    }
    draw_ranges(&b);
    draw_figures(&b);
    if (b.has_value || b.has_target || b.has_previous) {
        draw_scale(&b);
    } else {
        struct svg_words how = {.anchor = "start"};
        svg_text(c->out, how, 8, b.top + 21, chart_text(c->map, "empty", "No figures yet"));
    }
    svg_close(c);
}
