// One measure over time: the line, its target and its tolerance (svg.h, kind "line").
#include <math.h>
#include <string.h>

#include "render/svg_kinds.h"
#include "render/svg_plot.h"

enum { WIDE_WIDTH = 620, WIDE_HEIGHT = 320, NARROW_WIDTH = 288, NARROW_HEIGHT = 280 };
enum { EMPTY_HEIGHT = 72, TEXT_DROP = 6, LINE_HEIGHT = 18, REACH = 10 };

static void put_point(struct buf *b, char move, double x, double y)
{
    buf_char(b, move);
    svg_number(b, x);
    buf_char(b, ' ');
    svg_number(b, y);
}

// How far to both sides a target or a tolerance that stands at one point alone is drawn.
static double lone_reach(const struct plot *p)
{
    return p->count == 1 ? (p->right - p->left) / 2 : fmin(plot_gap(p) / 2, 4 * REACH);
}

// The tolerance from point `from` to before `to`, all with edges: down the upper side and back
// along the lower one. One point alone gets a band as wide as its share of the axis.
static void draw_band_run(const struct plot *p, size_t from, size_t to)
{
    struct buf *b = p->c->out;
    double half = lone_reach(p);
    double before = from + 1 == to ? half : from == 0 ? REACH : 0;
    double after = from + 1 == to ? half : to == p->count ? REACH : 0;
    buf_text(b, "<path class=\"gt-chart__band\" d=\"");
    put_point(b, 'M', plot_x(p, from) - before, plot_y(p, p->points[from].upper.value));
    for (size_t i = from; i < to; i++) {
        put_point(b, 'L', plot_x(p, i), plot_y(p, p->points[i].upper.value));
    }
    put_point(b, 'L', plot_x(p, to - 1) + after, plot_y(p, p->points[to - 1].upper.value));
    put_point(b, 'L', plot_x(p, to - 1) + after, plot_y(p, p->points[to - 1].lower.value));
    for (size_t i = to; i-- > from;) {
        put_point(b, 'L', plot_x(p, i), plot_y(p, p->points[i].lower.value));
    }
    put_point(b, 'L', plot_x(p, from) - before, plot_y(p, p->points[from].lower.value));
    buf_text(b, "Z\" fill=\"" SVG_BAND "\" stroke=\"" SVG_AXIS "\" stroke-width=\"0.5\"/>");
}

static void draw_band(const struct plot *p)
{
    for (size_t i = 0; i < p->count; i++) {
        size_t from = i;
        while (i < p->count && p->points[i].lower.present) {
            i++;
        }
        if (i > from) {
            draw_band_run(p, from, i);
        }
    }
}

static void draw_axes(const struct plot *p)
{
    struct buf *b = p->c->out;
    struct svg_words how = {.anchor = "end"};
    for (size_t i = 0; i < p->axis.count; i++) {
        double y = plot_y(p, p->axis.at[i]);
        bool nought = fabs(p->axis.at[i]) < (p->axis.high - p->axis.low) * 1e-9;
        struct svg_pen pen = {"gt-chart__grid", SVG_GRID, 1, NULL};
        if (i == 0 || nought) {
            pen = (struct svg_pen){"gt-chart__axis", SVG_AXIS, 1, NULL};
        }
        svg_line(b, pen, p->left, y, p->right, y);
        svg_text(b, how, p->left - 8, y + TEXT_DROP, p->axis.label[i]);
    }
}

static double between(double low, double value, double high)
{
    return fmax(low, fmin(value, high));
}

static void draw_names(const struct plot *p)
{
    struct buf *b = p->c->out;
    struct svg_words how = {.anchor = "middle"};
    struct svg_pen pen = {"gt-chart__axis", SVG_AXIS, 1, NULL};
    size_t step = plot_name_step(p);
    for (size_t i = 0; i < p->count; i++) {
        if ((p->count - 1 - i) % step != 0) {
            continue;
        }
        struct label name = plot_break(p, p->points[i].name);
        double x = plot_x(p, i);
        svg_line(b, pen, x, p->bottom, x, p->bottom + 5);
        x = between(name.width / 2, x, p->width - name.width / 2);
        svg_text(b, how, x, p->bottom + 22, name.line[0]);
        if (name.line[1] != NULL) {
            svg_text(b, how, x, p->bottom + 22 + LINE_HEIGHT, name.line[1]);
        }
    }
}

// The line is lifted over a gap; a figure between two gaps has its mark alone.
static void draw_values(const struct plot *p)
{
    struct buf *b = p->c->out;
    bool down = false;
    buf_text(b, "<path class=\"gt-chart__line\" d=\"");
    for (size_t i = 0; i < p->count; i++) {
        const struct figure *f = &p->points[i].value;
        if (f->present) {
            put_point(b, down ? 'L' : 'M', plot_x(p, i), plot_y(p, f->value));
        }
        down = f->present;
    }
    buf_text(b, "\" fill=\"none\" stroke=\"" SVG_SERIES "\" stroke-width=\"3\" "
                "stroke-linejoin=\"round\"/>");
}

// From edge to edge like the tolerance, so that the two lie together.
static void draw_target(const struct plot *p)
{
    struct buf *b = p->c->out;
    bool down = false;
    buf_text(b, "<path class=\"gt-chart__target\" d=\"");
    for (size_t i = 0; i < p->count; i++) {
        const struct figure *f = &p->points[i].target;
        if (!f->present) {
            down = false;
            continue;
        }
        bool last = i + 1 == p->count;
        bool ends = last || !p->points[i + 1].target.present;
        double lone = !down && ends ? lone_reach(p) : 0;
        double x = plot_x(p, i);
        double y = plot_y(p, f->value);
        put_point(b, down ? 'L' : 'M', x - (down ? 0 : fmax(lone, i == 0 ? REACH : 0)), y);
        if (!down && i == 0) {
            put_point(b, 'L', x, y);
        }
        if (ends && (last || lone > 0)) {
            put_point(b, 'L', x + fmax(lone, last ? REACH : 0), y);
        }
        down = true;
    }
    buf_text(b, "\" fill=\"none\" stroke=\"" SVG_INK "\" stroke-width=\"2\" "
                "stroke-dasharray=\"7 5\"/>");
}

static double mark_size(const struct plot *p)
{
    double gap = plot_gap(p);
    return gap >= 16 ? 5.5 : gap >= 9 ? 4 : 3;
}

// Where points stand too close for shapes, those off target keep theirs, and the last one.
static void draw_marks(const struct plot *p)
{
    struct buf *b = p->c->out;
    bool crowded = plot_gap(p) < 7;
    for (size_t i = 0; i < p->count; i++) {
        const struct point *point = &p->points[i];
        bool off = strcmp(point->status, "off_target") == 0;
        if (point->value.present && (!crowded || off || i == p->last_value)) {
            svg_mark(b, point->status, plot_x(p, i), plot_y(p, point->value.value),
                     i == p->last_value ? 6.5 : mark_size(p));
        }
    }
}

static void draw_markers(const struct plot *p)
{
    struct svg_words how = {.anchor = "middle", .halo = true};
    double free_from = 0;
    for (size_t i = 0; i < p->count; i++) {
        const struct point *point = &p->points[i];
        if (!point->value.present || point->marker == NULL || point->marker[0] == '\0') {
            continue;
        }
        const char *letter = plot_signal_letter(p, i);
        const char *text = arena_printf(p->c->out->arena, "%s%s[%s]", letter == NULL ? "" : letter,
                                        letter == NULL ? "" : " ", point->marker);
        double half = svg_text_width(text, false) / 2;
        double x = plot_x(p, i);
        if (x - half >= free_from) {
            svg_text(p->c->out, how, x, plot_y(p, point->value.value) - 11, text);
            free_from = x + half + 2;
        }
    }
}

static void draw_label(const struct plot *p, const struct label *label, double x,
                       struct svg_words how)
{
    double y = label->y + TEXT_DROP - (label->line[1] == NULL ? 0 : LINE_HEIGHT / 2.0);
    svg_text(p->c->out, how, x, y, label->line[0]);
    if (label->line[1] != NULL) {
        svg_text(p->c->out, how, x, y + LINE_HEIGHT, label->line[1]);
    }
}

// The last figure: beside its point at the right edge, or over or under it when later periods have
// none yet, on the side away from the target.
static void draw_value_label(const struct plot *p)
{
    const struct point *last = &p->points[p->last_value];
    double x = plot_x(p, p->last_value);
    if (p->last_value + 1 == p->count) {
        struct svg_words how = {.anchor = "start", .bold = true, .halo = true};
        draw_label(p, &p->value_label, p->count == 1 ? x + 13 : p->labels_from, how);
        return;
    }
    bool under = last->target.present && last->target.value > last->value.value;
    double y = plot_y(p, last->value.value) + (under ? 25 : -13);
    y = y > p->bottom - 4 ? y - 38 : y < 14 ? y + 38 : y;
    double half = p->value_label.width / 2;
    struct svg_words how = {.anchor = "middle", .bold = true, .halo = true};
    svg_text(p->c->out, how, between(half, x, p->width - half), y, p->value_label.line[0]);
}

// The sentence for a chart without figures, on two lines where one is too long.
static void draw_sentence(const struct plot *p, double width, double x, double y)
{
    const char *text = chart_text(p->c->map, "empty", "No figures yet");
    struct label label = {{text, NULL}, svg_text_width(text, false), y};
    if (label.width > width * 0.9) {
        label = plot_break(p, text);
        label.y = y;
    }
    struct svg_words how = {.anchor = "middle", .halo = true};
    draw_label(p, &label, between(label.width / 2, x, width - label.width / 2), how);
}

// Above the target where there is room, below it where not.
static void draw_no_figures(const struct plot *p)
{
    double target = plot_y(p, p->points[p->last_target].target.value);
    double above = p->top + (target - p->top) / 2;
    double below = target + (p->bottom - target) / 2;
    draw_sentence(p, p->width, (p->left + p->right) / 2,
                  target - p->top > p->bottom - target ? above : below);
}

static void draw(const struct plot *p)
{
    const struct chart *c = p->c;
    svg_open(c, "line", p->variant, p->width, p->height);
    draw_band(p);
    draw_axes(p);
    draw_names(p);
    plot_draw_limits(p);
    if (p->targets > 0) {
        draw_target(p);
    }
    if (p->values > 0) {
        draw_values(p);
        plot_draw_signals(p);
        draw_marks(p);
        plot_name_limits(p);
        plot_letter_signals(p);
        draw_markers(p);
        draw_value_label(p);
    } else {
        draw_no_figures(p);
    }
    if (p->targets > 0) {
        struct svg_words how = {.anchor = "start", .halo = true};
        draw_label(p, &p->target_label, p->labels_from, how);
    }
    svg_close(c);
}

static void draw_empty(const struct plot *p, const char *variant, double width)
{
    svg_open(p->c, "line", variant, width, EMPTY_HEIGHT);
    struct svg_pen pen = {"gt-chart__axis", SVG_AXIS, 1, NULL};
    svg_line(p->c->out, pen, 0, EMPTY_HEIGHT - 1, width, EMPTY_HEIGHT - 1);
    draw_sentence(p, width, width / 2, EMPTY_HEIGHT / 2.0);
    svg_close(p->c);
}

void svg_write_line(const struct chart *c)
{
    struct plot p = plot_read(c);
    if (p.values == 0 && p.targets == 0) {
        draw_empty(&p, "wide", WIDE_WIDTH);
        draw_empty(&p, "narrow", NARROW_WIDTH);
        return;
    }
    plot_lay_out(&p, "wide", WIDE_WIDTH, WIDE_HEIGHT);
    draw(&p);
    plot_lay_out(&p, "narrow", NARROW_WIDTH, NARROW_HEIGHT);
    draw(&p);
}
