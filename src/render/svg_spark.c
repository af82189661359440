// Word-sized drawings: the sparkline and the shape of a status (UI-46).
#include <math.h>

#include "render/svg_kinds.h"

enum { SPARK_WIDTH = 112, SPARK_HEIGHT = 32, SPARK_EDGE = 7, MARK_SIZE = 16 };

static void open_small(const struct chart *c, const char *kind, int width, int height)
{
    buf_printf(c->out,
               "<svg class=\"gt-chart gt-chart--%s\" viewBox=\"0 0 %d %d\" width=\"%d\" "
               "height=\"%d\" aria-hidden=\"true\" focusable=\"false\">",
               kind, width, height, width, height);
}

struct range {
    double low, high;
    bool any;
};

static void include(struct range *r, double value)
{
    r->low = r->any ? fmin(r->low, value) : value;
    r->high = r->any ? fmax(r->high, value) : value;
    r->any = true;
}

static double height_of(const struct range *r, double value)
{
    double part = r->high > r->low ? (value - r->low) / (r->high - r->low) : 0.5;
    return SPARK_HEIGHT - SPARK_EDGE - part * (SPARK_HEIGHT - 2 * SPARK_EDGE);
}

// The figures as strokes; a null lifts the pen. Leaves the place of the last figure.
static void draw_figures(const struct chart *c, const struct tree *points, const struct range *r,
                         double *ret_x, double *ret_y)
{
    struct buf *b = c->out;
    double gap =
        points->count > 1 ? (SPARK_WIDTH - 2.0 * SPARK_EDGE) / (double)(points->count - 1) : 0;
    double x = points->count > 1 ? SPARK_EDGE : SPARK_WIDTH / 2.0;
    bool down = false;
    buf_text(b, "<path class=\"gt-chart__line\" d=\"");
    for (const struct tree *p = points->first; p != NULL; p = p->next, x += gap) {
        double value = 0;
        if (!tree_is_number(p, &value)) {
            down = false;
            continue;
        }
        *ret_x = x;
        *ret_y = height_of(r, value);
        buf_char(b, down ? 'L' : 'M');
        svg_number(b, x);
        buf_char(b, ' ');
        svg_number(b, *ret_y);
        // A figure between two gaps would be no line at all: a stroke of no length is a dot.
        buf_text(b, down ? "" : "h0");
        down = true;
    }
    buf_text(b, "\" fill=\"none\" stroke=\"" SVG_SERIES "\" stroke-width=\"2\" "
                "stroke-linecap=\"round\" stroke-linejoin=\"round\"/>");
}

void svg_write_spark(const struct chart *c)
{
    const struct tree *points = tree_get(c->map, "points");
    struct range r = {0};
    double value = 0;
    for (const struct tree *p = points == NULL ? NULL : points->first; p != NULL; p = p->next) {
        if (tree_is_number(p, &value)) {
            include(&r, value);
        }
    }
    bool figures = r.any;
    double target = 0;
    bool has_target = chart_number(c->map, "target", &target);
    if (has_target) {
        include(&r, target);
    }
    open_small(c, "spark", SPARK_WIDTH, SPARK_HEIGHT);
    if (has_target) {
        struct svg_pen pen = {"gt-chart__target", SVG_AXIS, 1, "4 3"};
        double y = height_of(&r, target);
        svg_line(c->out, pen, 0, y, SPARK_WIDTH, y);
    }
    if (figures) {
        double x = 0;
        double y = 0;
        draw_figures(c, points, &r, &x, &y);
        const char *status = chart_text(c->map, "status", "");
        svg_mark(c->out, tree_is_number(points->last, &value) ? status : "", x, y, 5);
    }
    svg_close(c);
}

void svg_write_status(const struct chart *c)
{
    open_small(c, "mark", MARK_SIZE, MARK_SIZE);
    svg_mark(c->out, chart_text(c->map, "status", ""), MARK_SIZE / 2.0, MARK_SIZE / 2.0, 6);
    svg_close(c);
}
