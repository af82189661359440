#include "render/svg_plot.h"

#include <math.h>
#include <string.h>

enum { LINE_HEIGHT = 18, TOP = 20, NAMES_HEIGHT = 46, LABEL_GAP = 13, EDGE = 10 };

static struct figure figure(const struct tree *map, const char *key)
{
    struct figure f = {0};
    f.present = chart_number(map, key, &f.value);
    return f;
}

static struct point read_point(const struct tree *map)
{
    struct point p = {
        .value = figure(map, "value"),
        .target = figure(map, "target"),
        .lower = figure(map, "lower"),
        .upper = figure(map, "upper"),
        .name = chart_text(map, "short", chart_text(map, "label", "")),
        .status = chart_text(map, "status", ""),
        .marker = chart_text(map, "marker", NULL),
        .mean = figure(map, "mean"),
        .lower_limit = figure(map, "lower_limit"),
        .upper_limit = figure(map, "upper_limit"),
        .signal = chart_text(map, "signal", NULL),
        .step = chart_text(map, "step", NULL),
    };
    if (tree_get(map, "median") != NULL) {
        p.mean = figure(map, "median");
        p.is_median = p.mean.present;
    }
    double segment = 0;
    p.segment = chart_number(map, "segment", &segment) ? (int)segment : 0;
    p.lower.present = p.lower.present && p.upper.present;
    p.upper.present = p.lower.present;
    return p;
}

struct plot plot_read(const struct chart *c)
{
    struct plot p = {.c = c};
    const struct tree *list = tree_get(c->map, "points");
    size_t room = list == NULL ? 0 : list->count;
    p.points = ARENA_ARRAY(c->out->arena, room, struct point);
    for (const struct tree *n = room == 0 ? NULL : list->first; n != NULL; n = n->next) {
        p.points[p.count] = read_point(n);
        if (p.points[p.count].value.present) {
            p.values++;
            p.last_value = p.count;
        }
        if (p.points[p.count].target.present) {
            p.targets++;
            p.last_target = p.count;
        }
        p.count++;
    }
    return p;
}

struct extent {
    double low, high;
    bool any;
};

static void include(struct extent *e, struct figure f)
{
    if (f.present) {
        e->low = e->any ? fmin(e->low, f.value) : f.value;
        e->high = e->any ? fmax(e->high, f.value) : f.value;
        e->any = true;
    }
}

static struct axis make_axis(const struct plot *p, size_t ticks)
{
    struct extent e = {0};
    for (size_t i = 0; i < p->count; i++) {
        include(&e, p->points[i].value);
        include(&e, p->points[i].target);
        include(&e, p->points[i].lower);
        include(&e, p->points[i].upper);
        include(&e, p->points[i].lower_limit);
        include(&e, p->points[i].upper_limit);
    }
    struct axis_wish wish = {.low = e.low,
                             .high = e.any ? e.high : 1,
                             .zero = chart_flag(p->c->map, "zero"),
                             .near = 0.4, // the empty part of the picture stays below 2/5
                             .ticks = ticks};
    return axis_make(p->c, wish);
}

static struct dec raw_figure(const struct plot *p, size_t index, const char *key)
{
    const struct tree *n = tree_get(p->c->map, "points")->first;
    for (; index > 0; index--) {
        n = n->next;
    }
    return tree_get(n, key)->number;
}

static struct label one_line(const char *text)
{
    return (struct label){{text, NULL}, svg_text_width(text, true), 0};
}

// "Target 75%", on two lines where that saves room.
static struct label target_label(const struct plot *p, bool wide)
{
    const char *word = chart_text(p->c->map, "target_word", "Target");
    const char *shown = chart_figure(p->c, raw_figure(p, p->last_target, "target"));
    struct arena *a = p->c->out->arena;
    struct label label = {{arena_printf(a, "%s %s", word, shown), NULL}, 0, 0};
    label.width = svg_text_width(label.line[0], false);
    if (label.width > (wide ? 150 : 0)) {
        label.line[0] = word;
        label.line[1] = shown;
        label.width = fmax(svg_text_width(word, false), svg_text_width(shown, false));
    }
    return label;
}

static double half_height(const struct label *label)
{
    return (label->line[1] == NULL ? LINE_HEIGHT : 2 * LINE_HEIGHT) / 2.0;
}

static double keep_inside(const struct plot *p, const struct label *label)
{
    double half = half_height(label);
    return fmin(fmax(label->y, half), p->bottom - half);
}

// The two labels at the right edge side by side with their figures, moved apart where they meet.
static void place_labels(struct plot *p)
{
    struct label *value = &p->value_label;
    struct label *target = &p->target_label;
    if (p->values > 0) {
        value->y = plot_y(p, p->points[p->last_value].value.value);
        value->y = keep_inside(p, value);
    }
    if (p->targets > 0) {
        target->y = plot_y(p, p->points[p->last_target].target.value);
        target->y = keep_inside(p, target);
    }
    if (p->values == 0 || p->targets == 0 || p->last_value + 1 < p->count) {
        return;
    }
    double apart = half_height(value) + half_height(target);
    double overlap = apart - fabs(value->y - target->y);
    if (overlap <= 0) {
        return;
    }
    bool value_above =
        p->points[p->last_value].value.value >= p->points[p->last_target].target.value;
    struct label *upper = value_above ? value : target;
    struct label *lower = value_above ? target : value;
    double middle = (value->y + target->y) / 2;
    double top = middle - apart / 2 - (half_height(upper) - half_height(lower)) / 2;
    upper->y = fmin(fmax(top, half_height(upper)), p->bottom - half_height(upper) - apart);
    lower->y = upper->y + apart;
}

void plot_lay_out(struct plot *p, const char *variant, double width, double height)
{
    bool wide = strcmp(variant, "wide") == 0;
    p->variant = variant;
    p->width = width;
    p->height = height;
    p->axis = make_axis(p, wide ? 6 : 5);
    p->top = TOP;
    p->bottom = height - NAMES_HEIGHT;
    double ticks = 0;
    for (size_t i = 0; i < p->axis.count; i++) {
        ticks = fmax(ticks, svg_text_width(p->axis.label[i], false));
    }
    p->left = fmin(ticks + 8, width * 0.4);
    double labels = 0;
    if (p->values > 0) {
        p->value_label = one_line(chart_figure(p->c, raw_figure(p, p->last_value, "value")));
        labels = p->last_value + 1 < p->count ? 0 : p->value_label.width;
    }
    if (p->targets > 0) {
        p->target_label = target_label(p, wide);
        labels = fmax(labels, p->target_label.width);
    }
    // Labels too long for their share of the drawing reach back over the lines, with a halo.
    p->right = width - fmin(labels + (labels > 0 ? LABEL_GAP : 0), width * 0.34);
    p->labels_from = fmin(p->right + 4, width - labels);
    place_labels(p);
}

double plot_gap(const struct plot *p)
{
    double room = p->right - p->left - 2 * EDGE;
    return p->count > 1 ? room / (double)(p->count - 1) : room;
}

double plot_x(const struct plot *p, size_t index)
{
    if (p->count == 1) {
        return (p->left + p->right) / 2;
    }
    return p->left + EDGE + plot_gap(p) * (double)index;
}

double plot_y(const struct plot *p, double value)
{
    return p->bottom - axis_place(&p->axis, value) * (p->bottom - p->top);
}

struct label plot_break(const struct plot *p, const char *text)
{
    double middle = (double)strlen(text) / 2;
    const char *best = NULL;
    for (const char *c = strchr(text, ' '); c != NULL; c = strchr(c + 1, ' ')) {
        if (best == NULL ||
            fabs((double)(c - text) - middle) < fabs((double)(best - text) - middle)) {
            best = c;
        }
    }
    struct label label = {{text, NULL}, 0, 0};
    if (best != NULL) {
        label.line[0] = arena_textn(p->c->out->arena, text, (size_t)(best - text));
        label.line[1] = best + 1;
    }
    label.width = svg_text_width(label.line[0], false);
    if (label.line[1] != NULL) {
        label.width = fmax(label.width, svg_text_width(label.line[1], false));
    }
    return label;
}

size_t plot_name_step(const struct plot *p)
{
    // Whole years and halves of them first: the same quarter of each year is what people compare.
    static const size_t steps[] = {1, 2, 4, 6, 8, 12};
    double widest = 0;
    for (size_t i = 0; i < p->count; i++) {
        widest = fmax(widest, plot_break(p, p->points[i].name).width);
    }
    double needed = (widest + EDGE) / fmax(plot_gap(p), 0.001);
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        if ((double)steps[i] >= needed) {
            return steps[i];
        }
    }
    double years = fmin(ceil(needed / 12), (double)p->count);
    return 12 * (size_t)fmax(years, 1);
}
