// One figure of each of several places, best first, with its interval (svg.h, kind "dots").
//
// Wide: name, plot and figure side by side. Narrow: name and figure stand above their row, so that
// the plot keeps the whole width. Many rows: thin ones, of which only ours has its name.
#include <math.h>
#include <string.h>

#include "render/svg_axis.h"
#include "render/svg_kinds.h"

enum { WIDE_WIDTH = 620, NARROW_WIDTH = 288, NAME_MOST = 270, GAP = 12, EDGE = 10 };
enum { HEAD_HEIGHT = 22, FOOT_HEIGHT = 30, TEXT_DROP = 6, EMPTY_HEIGHT = 72 };
enum { ROW_WIDE = 26, ROW_NARROW = 42, ROW_THIN = 6, THIN_FROM = 41, THIN_HEIGHT = 600 };

struct row {
    const char *name, *shown;
    double value, lower, upper;
    bool present, spans, own;
};

// A line through all rows, or a band; with its words above.
struct mark {
    double value;
    const char *words;
    bool present;
};

struct dots {
    const struct chart *c;
    struct row *rows;
    size_t count;
    struct mark benchmark, median;
    double band_low, band_high;
    bool band;
    struct axis axis;
    const char *variant;
    bool narrow, thin;
    double width, left, right, top, bottom, pitch;
};

static struct row read_row(const struct chart *c, const struct tree *map)
{
    struct row r = {.name = chart_text(map, "name", ""), .own = chart_flag(map, "own")};
    r.present = chart_number(map, "value", &r.value);
    r.shown = r.present ? chart_figure(c, tree_get(map, "value")->number) : "";
    r.spans = r.present && chart_number(map, "lower", &r.lower) &&
              chart_number(map, "upper", &r.upper) && r.lower <= r.upper;
    return r;
}

static struct mark read_mark(const struct chart *c, const char *key, const char *word_key,
                             const char *word)
{
    struct mark m = {0};
    m.present = chart_number(c->map, key, &m.value);
    if (m.present) {
        m.words = arena_printf(c->out->arena, "%s %s", chart_text(c->map, word_key, word),
                               chart_figure(c, tree_get(c->map, key)->number));
    }
    return m;
}

static struct dots read_dots(const struct chart *c)
{
    struct dots d = {.c = c};
    const struct tree *list = tree_get(c->map, "rows");
    size_t room = list == NULL ? 0 : list->count;
    d.rows = ARENA_ARRAY(c->out->arena, room, struct row);
    for (const struct tree *n = room == 0 ? NULL : list->first; n != NULL; n = n->next) {
        struct row r = read_row(c, n);
        if (r.present) {
            d.rows[d.count++] = r;
        }
    }
    d.benchmark = read_mark(c, "benchmark", "benchmark_word", "All together");
    d.median = read_mark(c, "median", "median_word", "Median");
    d.band = chart_number(c->map, "band_lower", &d.band_low) &&
             chart_number(c->map, "band_upper", &d.band_high) && d.band_low <= d.band_high;
    return d;
}

static struct axis make_scale(const struct dots *d, size_t ticks)
{
    double low = d->rows[0].value, high = low;
    for (size_t i = 0; i < d->count; i++) {
        const struct row *r = &d->rows[i];
        low = fmin(low, r->spans ? fmin(r->lower, r->value) : r->value);
        high = fmax(high, r->spans ? fmax(r->upper, r->value) : r->value);
    }
    const struct mark *marks[] = {&d->benchmark, &d->median};
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        low = marks[i]->present ? fmin(low, marks[i]->value) : low;
        high = marks[i]->present ? fmax(high, marks[i]->value) : high;
    }
    return axis_make(d->c,
                     (struct axis_wish){.low = low, .high = high, .near = 0.2, .ticks = ticks});
}

static double across(const struct dots *d, double value)
{
    return d->left + (d->right - d->left) * axis_place(&d->axis, value);
}

static double row_y(const struct dots *d, size_t i)
{
    double middle = d->narrow && !d->thin ? d->pitch - 11 : d->pitch / 2;
    return d->top + d->pitch * (double)i + middle;
}

// Cut at a whole character: the table has the name in full.
static const char *cut_name(const struct dots *d, const struct row *r, double most)
{
    if (svg_text_width(r->name, r->own) <= most) {
        return r->name;
    }
    char *cut = arena_text(d->c->out->arena, r->name);
    size_t length = strlen(cut);
    do {
        length--;
        while (length > 0 && ((unsigned char)cut[length] & 0xC0) == 0x80) {
            length--;
        }
        cut[length] = '\0';
    } while (length > 0 && svg_text_width(cut, r->own) > most - GAP);
    return arena_printf(d->c->out->arena, "%s\u2026", cut);
}

static double widest(const struct dots *d, bool names)
{
    double most = 0;
    for (size_t i = 0; i < d->count; i++) {
        const struct row *r = &d->rows[i];
        most = fmax(most, svg_text_width(names ? r->name : r->shown, r->own));
    }
    return most;
}

static void lay_out(struct dots *d, const char *variant, bool narrow)
{
    d->variant = variant;
    d->narrow = narrow;
    d->thin = d->count >= THIN_FROM;
    d->width = narrow ? NARROW_WIDTH : WIDE_WIDTH;
    bool beside = !narrow && !d->thin;
    d->left = EDGE + (beside ? fmin(widest(d, true), NAME_MOST) + GAP : 0);
    d->right = d->width - EDGE - (beside ? widest(d, false) + GAP : 0);
    d->pitch = narrow ? ROW_NARROW : ROW_WIDE;
    if (d->thin) { // a whole country on one screen: the rings then run into a curve
        d->pitch = fmin(ROW_THIN, (double)THIN_HEIGHT / (double)d->count);
    }
    d->top = HEAD_HEIGHT * ((d->benchmark.present ? 1 : 0) + (d->median.present ? 1 : 0)) + 4;
    d->bottom = d->top + d->pitch * (double)d->count + 4;
    d->axis = make_scale(d, narrow ? 4 : AXIS_TICKS_MAX);
}

static double kept_inside(const struct dots *d, const char *text, bool bold, double x)
{
    double half = svg_text_width(text, bold) / 2;
    return fmax(half, fmin(x, d->width - half));
}

static void draw_band(const struct dots *d)
{
    if (!d->band) {
        return;
    }
    struct buf *b = d->c->out;
    double from = across(d, fmax(d->band_low, d->axis.low));
    double to = across(d, fmin(d->band_high, d->axis.high));
    buf_text(b, "<rect class=\"gt-chart__band\"");
    svg_attr_number(b, "x", from);
    svg_attr_number(b, "y", d->top);
    svg_attr_number(b, "width", fmax(to - from, 0));
    svg_attr_number(b, "height", d->bottom - d->top);
    buf_text(b, " fill=\"" SVG_BAND "\" stroke=\"" SVG_AXIS "\" stroke-width=\"0.5\"/>");
}

static void draw_scale(const struct dots *d)
{
    struct buf *b = d->c->out;
    struct svg_words how = {.anchor = "middle"};
    struct svg_pen grid = {"gt-chart__grid", SVG_GRID, 1, NULL};
    struct svg_pen axis = {"gt-chart__axis", SVG_AXIS, 1, NULL};
    for (size_t i = 0; i < d->axis.count; i++) {
        double x = across(d, d->axis.at[i]);
        svg_line(b, grid, x, d->top, x, d->bottom);
        svg_text(b, how, kept_inside(d, d->axis.label[i], false, x), d->bottom + 20,
                 d->axis.label[i]);
    }
    svg_line(b, axis, d->left, d->bottom, d->right, d->bottom);
}

// Where the median's words stand: beside the benchmark's line, which comes down from above them.
static double words_x(const struct dots *d, const struct mark *m)
{
    double x = across(d, m->value), half = svg_text_width(m->words, false) / 2 + 5;
    if (m == &d->median && d->benchmark.present) {
        double line = across(d, d->benchmark.value);
        x = fabs(line - x) >= half ? x : line >= x ? line - half : line + half;
    }
    return kept_inside(d, m->words, false, x);
}

// The words of the two lines never stand on one height, so they cannot touch.
static void draw_mark(const struct dots *d, const struct mark *m, double words_y, const char *dash)
{
    if (!m->present) {
        return;
    }
    double x = across(d, m->value);
    struct svg_pen pen = {"gt-chart__target", SVG_INK, 2, dash};
    struct svg_words how = {.anchor = "middle", .halo = true};
    svg_line(d->c->out, pen, x, words_y + 5, x, d->bottom);
    svg_text(d->c->out, how, words_x(d, m), words_y, m->words);
}

static void draw_interval(const struct dots *d, const struct row *r, double y)
{
    if (!r->spans) {
        return;
    }
    struct svg_pen pen = {"gt-chart__line", r->own ? SVG_INK : SVG_SERIES,
                          d->thin  ? 1
                          : r->own ? 3
                                   : 2,
                          NULL};
    double from = across(d, r->lower), to = across(d, r->upper);
    svg_line(d->c->out, pen, from, y, to, y);
    if (!d->thin) {
        svg_line(d->c->out, pen, from, y - 4, from, y + 4);
        svg_line(d->c->out, pen, to, y - 4, to, y + 4);
    }
}

// Ours is a filled diamond, the others open rings: told apart without any colour.
static void draw_shape(const struct dots *d, const struct row *r, double y)
{
    struct buf *b = d->c->out;
    double x = across(d, r->value);
    if (!r->own) {
        buf_text(b, "<circle class=\"gt-chart__mark\"");
        svg_attr_number(b, "cx", x);
        svg_attr_number(b, "cy", y);
        svg_attr_number(b, "r", d->thin ? fmax(1.2, d->pitch * 0.4) : 5);
        buf_text(b, " fill=\"" SVG_PAPER "\" stroke=\"" SVG_SERIES "\" stroke-width=\"2\"/>");
        return;
    }
    const double reach = 8;
    buf_text(b, "<path class=\"gt-chart__bar\" d=\"M");
    const double corners[][2] = {{x, y - reach}, {x + reach, y}, {x, y + reach}, {x - reach, y}};
    for (size_t i = 0; i < COUNT_OF(corners); i++) {
        buf_text(b, i == 0 ? "" : "L");
        svg_number(b, corners[i][0]);
        buf_char(b, ' ');
        svg_number(b, corners[i][1]);
    }
    buf_text(b, "Z\" fill=\"" SVG_INK "\"/>");
}

// Among thin rows ours has its name and figure beside its shape, where there is more room.
static void draw_own_words(const struct dots *d, const struct row *r, double y)
{
    double from = across(d, r->spans ? r->lower : r->value) - 14;
    double to = across(d, r->spans ? r->upper : r->value) + 14;
    bool after = d->width - to > from;
    struct svg_words how = {.anchor = after ? "start" : "end", .bold = true, .halo = true};
    const char *name =
        cut_name(d, r, fmax(after ? d->width - to : from, 60) - svg_text_width(r->shown, true) - 6);
    svg_text(d->c->out, how, after ? to : from, y + TEXT_DROP,
             arena_printf(d->c->out->arena, "%s %s", name, r->shown));
}

static void draw_words(const struct dots *d, const struct row *r, double y)
{
    struct svg_words name = {.anchor = "start", .bold = r->own, .halo = d->narrow};
    struct svg_words figure = {.anchor = "end", .bold = r->own, .halo = d->narrow};
    double figure_width = svg_text_width(r->shown, r->own);
    double most = d->narrow ? d->width - figure_width - GAP : NAME_MOST;
    double base = d->narrow ? y - 13 : y + TEXT_DROP;
    svg_text(d->c->out, name, 0, base, cut_name(d, r, most));
    svg_text(d->c->out, figure, d->width, base, r->shown);
}

static void draw(const struct dots *d)
{
    svg_open(d->c, "dots", d->variant, d->width, d->bottom + FOOT_HEIGHT);
    draw_band(d);
    draw_scale(d);
    double words_y = 16;
    draw_mark(d, &d->benchmark, words_y, NULL);
    draw_mark(d, &d->median, words_y + (d->benchmark.present ? HEAD_HEIGHT : 0), "7 5");
    for (size_t i = 0; i < d->count; i++) {
        draw_interval(d, &d->rows[i], row_y(d, i));
    }
    for (size_t i = 0; i < d->count; i++) {
        const struct row *r = &d->rows[i];
        draw_shape(d, r, row_y(d, i));
        if (!d->thin) {
            draw_words(d, r, row_y(d, i));
        }
    }
    for (size_t i = 0; i < d->count && d->thin; i++) { // last: nothing lies over them
        if (d->rows[i].own) {
            draw_shape(d, &d->rows[i], row_y(d, i));
            draw_own_words(d, &d->rows[i], row_y(d, i));
        }
    }
    svg_close(d->c);
}

static void draw_empty(const struct chart *c, const char *variant, double width)
{
    struct svg_words how = {.anchor = "start"};
    svg_open(c, "dots", variant, width, EMPTY_HEIGHT);
    svg_text(c->out, how, 0, EMPTY_HEIGHT / 2.0 + TEXT_DROP,
             chart_text(c->map, "empty", "No figures yet"));
    svg_close(c);
}

void svg_write_dots(const struct chart *c)
{
    struct dots d = read_dots(c);
    if (d.count == 0) {
        draw_empty(c, "wide", WIDE_WIDTH);
        draw_empty(c, "narrow", NARROW_WIDTH);
        return;
    }
    lay_out(&d, "wide", false);
    draw(&d);
    lay_out(&d, "narrow", true);
    draw(&d);
}
