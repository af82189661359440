// What a process gives, on the chart of a measure: average and limits of each segment, step
// changes, and the frames of the points that are signals (svg.h, kind "line").
#include <math.h>
#include <string.h>

#include "render/svg_plot.h"

enum { ABOVE = -6, BELOW = 18, TEXT_MIDDLE = 6, LETTER_ABOVE = 16, LETTER_BELOW = 27 };

static bool starts(const struct plot *p, size_t i)
{
    return i == 0 || !p->points[i - 1].mean.present ||
           p->points[i - 1].segment != p->points[i].segment;
}

// A segment's lines reach half way to the points beside it.
static double left_of(const struct plot *p, size_t i)
{
    return fmax(plot_x(p, i) - plot_gap(p) / 2, p->left);
}

static double right_of(const struct plot *p, size_t i)
{
    return fmin(plot_x(p, i) + plot_gap(p) / 2, p->right);
}

struct stretch {
    size_t from, to; // points, `to` included
};

static struct stretch stretch_at(const struct plot *p, size_t i)
{
    struct stretch s = {i, i};
    while (s.to + 1 < p->count && p->points[s.to + 1].mean.present && !starts(p, s.to + 1)) {
        s.to++;
    }
    return s;
}

static const struct figure *limit_of(const struct plot *p, size_t i, bool upper)
{
    return upper ? &p->points[i].upper_limit : &p->points[i].lower_limit;
}

// One line for points with the same limit beside each other, and an upright to the next: one line
// in all for a stretch that has limits in common, steps where each point has its own. Over a point
// without a limit there is none.
static void draw_limit(const struct plot *p, struct stretch s, bool upper)
{
    static const struct svg_pen pen = {"gt-chart__limit", SVG_AXIS, 1.5, "2 3"};
    struct buf *b = p->c->out;
    for (size_t i = s.from, next; i <= s.to; i = next) {
        const struct figure *at = limit_of(p, i, upper);
        next = i + 1;
        if (!at->present) {
            continue;
        }
        double y = plot_y(p, at->value);
        for (; next <= s.to; next++) {
            const struct figure *then = limit_of(p, next, upper);
            if (!then->present || plot_y(p, then->value) != y) {
                break;
            }
        }
        double to = right_of(p, next - 1);
        svg_line(b, pen, left_of(p, i), y, to, y);
        if (next <= s.to && limit_of(p, next, upper)->present) {
            svg_line(b, pen, to, y, to, plot_y(p, limit_of(p, next, upper)->value));
        }
    }
}

static void draw_stretch(const struct plot *p, struct stretch s)
{
    static const struct svg_pen mean = {"gt-chart__mean", SVG_AXIS, 1.5, NULL};
    double y = plot_y(p, p->points[s.from].mean.value);
    svg_line(p->c->out, mean, left_of(p, s.from), y, right_of(p, s.to), y);
    draw_limit(p, s, false);
    draw_limit(p, s, true);
}

void plot_draw_limits(const struct plot *p)
{
    for (size_t i = 0; i < p->count; i++) {
        if (p->points[i].mean.present && starts(p, i)) {
            draw_stretch(p, stretch_at(p, i));
        }
        if (p->points[i].step != NULL) {
            struct svg_pen pen = {"gt-chart__step", SVG_INK, 1.5, "1 3"};
            svg_line(p->c->out, pen, left_of(p, i), p->top - 14, left_of(p, i), p->bottom);
        }
    }
}

// ---- names of the lines ----

// How far a text from `x` to `x + width` at `y` stays from the figures and the target.
static double clearance(const struct plot *p, double x, double width, double y)
{
    double least = 1e9;
    for (size_t i = 0; i < p->count; i++) {
        double at = plot_x(p, i), gap = plot_gap(p);
        if (at < x - gap || at > x + width + gap) {
            continue;
        }
        const struct figure *lines[] = {&p->points[i].value, &p->points[i].target};
        for (size_t k = 0; k < COUNT_OF(lines); k++) {
            if (lines[k]->present) {
                least = fmin(least, fabs(plot_y(p, lines[k]->value) - y));
            }
        }
    }
    return least;
}

// Along its line where it hides least.
static void put_name(const struct plot *p, struct stretch s, const struct figure *line, double drop,
                     const char *name)
{
    enum { WIDE_ENOUGH = 12 };
    double from = left_of(p, s.from) + 3, to = right_of(p, s.to) - 3;
    double width = svg_text_width(name, false), y = plot_y(p, line->value) + drop;
    if (!line->present || to - from < width + WIDE_ENOUGH) {
        return;
    }
    double best = from, most = -1;
    for (double x = from; x + width <= to; x += fmax(plot_gap(p), 1)) {
        double clear = clearance(p, x, width, y - TEXT_MIDDLE);
        if (clear > most + 0.5) {
            most = clear;
            best = x;
        }
    }
    struct svg_words how = {.anchor = "start", .halo = true};
    svg_text(p->c->out, how, best, y, name);
}

// Of a stretch the limit that lies furthest out, so that its name is clear of all its steps.
static struct figure furthest(const struct plot *p, struct stretch s, bool upper)
{
    struct figure most = {0, false};
    for (size_t i = s.from; i <= s.to; i++) {
        const struct figure *at = limit_of(p, i, upper);
        bool further = upper ? at->value > most.value : at->value < most.value;
        most = at->present && (!most.present || further) ? *at : most;
    }
    return most;
}

// The latest lines are named; those before them look alike.
void plot_name_limits(const struct plot *p)
{
    size_t last = p->count;
    for (size_t i = 0; i < p->count; i++) {
        last = p->points[i].mean.present && starts(p, i) ? i : last;
        if (p->points[i].step != NULL) {
            struct svg_words how = {.anchor = "middle", .bold = true, .halo = true};
            svg_text(p->c->out, how, left_of(p, i), p->top - 4, p->points[i].step);
        }
    }
    if (last == p->count) {
        return;
    }
    struct stretch s = stretch_at(p, last);
    struct figure upper = furthest(p, s, true), lower = furthest(p, s, false);
    bool apart =
        upper.present && lower.present && plot_y(p, lower.value) - plot_y(p, upper.value) > 60;
    if (apart) {
        put_name(p, s, &upper, ABOVE, "Upper limit");
        put_name(p, s, &lower, BELOW, "Lower limit");
    }
    put_name(p, s, &p->points[last].mean, ABOVE, p->points[last].is_median ? "Median" : "Average");
}

// ---- signals ----

void plot_draw_signals(const struct plot *p)
{
    double gap = plot_gap(p), size = gap >= 22 ? 10 : gap >= 14 ? 7 : 5;
    for (size_t i = 0; i < p->count; i++) {
        const struct point *point = &p->points[i];
        if (point->value.present && point->signal != NULL) {
            // The last mark is larger than the others.
            svg_signal(p->c->out, point->signal, plot_x(p, i), plot_y(p, point->value.value),
                       i == p->last_value ? 10 : size);
        }
    }
}

// One letter for a run, at its last point; none where a marker tells it beside its own, and where
// points stand close for the last run alone.
void plot_letter_signals(const struct plot *p)
{
    enum { CLOSE = 9 };
    for (size_t i = plot_gap(p) < CLOSE ? p->last_value : 0; i < p->count; i++) {
        const struct point *point = &p->points[i];
        const char *letter = plot_signal_letter(p, i);
        if (letter == NULL || (point->marker != NULL && point->marker[0] != '\0')) {
            continue;
        }
        double drop = letter[0] == 'L' ? LETTER_BELOW : -LETTER_ABOVE;
        struct svg_words how = {.anchor = "middle", .bold = true, .halo = true};
        svg_text(p->c->out, how, plot_x(p, i), plot_y(p, point->value.value) + drop, letter);
    }
}

const char *plot_signal_letter(const struct plot *p, size_t i)
{
    const struct point *point = &p->points[i];
    if (point->signal == NULL || !point->value.present) {
        return NULL;
    }
    const char *next = i + 1 < p->count ? p->points[i + 1].signal : NULL;
    bool goes_on = next != NULL && strcmp(next, point->signal) == 0;
    return goes_on ? NULL : svg_signal_letter(point->signal);
}
