// Counts by status side by side (svg.h, kind "bar"). As wide as its place, like the bullet.
#include <math.h>
#include <string.h>

#include "render/svg_kinds.h"

enum { BAR_HEIGHT = 34, DEFAULT_WIDTH = 280, MARK_ROOM = 15, EDGE = 6 };

struct bar {
    const struct chart *c;
    double width; // least, in CSS pixels: decides what fits
    double total; // of the drawn widths
};

static double count_of(const struct tree *segment)
{
    double count = 0;
    return chart_number(segment, "count", &count) && count > 0 ? count : 0;
}

// One measure among five hundred is still seen: no segment is drawn under a hundredth of the whole.
static double drawn(double count, double whole)
{
    return count > 0 ? fmax(count, whole / 100) : 0;
}

static void draw_inside(const struct bar *bar, const struct tree *segment, double from, double part)
{
    struct buf *b = bar->c->out;
    const char *code = chart_text(segment, "status", "");
    const char *count = dec_shown(b->arena, tree_get(segment, "count")->number, 0);
    double room = part / 100 * bar->width - EDGE;
    double text = svg_text_width(count, true);
    bool with_mark = room >= text + MARK_ROOM;
    bool with_text = with_mark || room >= text;
    if (!with_text && room < MARK_ROOM - EDGE) {
        return;
    }
    buf_text(b, "<svg");
    svg_attr_percent(b, "x", from + part / 2);
    svg_attr_number(b, "y", BAR_HEIGHT / 2.0);
    buf_text(b, " overflow=\"visible\">");
    if (with_text) {
        struct svg_words how = {.anchor = "middle", .bold = true, .colour = svg_status(code)->ink};
        svg_text(b, how, with_mark ? MARK_ROOM / 2.0 : 0, 6, count);
    }
    if (with_mark || !with_text) {
        svg_mark_on_colour(b, code, with_mark ? -text / 2 - 1 : 0, 0, 5);
    }
    buf_text(b, "</svg>");
}

static void draw_segment(const struct bar *bar, const struct tree *segment, double from,
                         double part)
{
    struct buf *b = bar->c->out;
    buf_text(b, "<rect class=\"gt-chart__segment\"");
    svg_attr_percent(b, "x", from);
    svg_attr_number(b, "y", 1);
    svg_attr_percent(b, "width", part);
    svg_attr_number(b, "height", BAR_HEIGHT - 2);
    svg_attr(b, "fill", svg_status(chart_text(segment, "status", ""))->fill);
    buf_text(b, " stroke=\"" SVG_INK "\"/>");
    draw_inside(bar, segment, from, part);
}

static void draw_empty(const struct chart *c)
{
    struct svg_words how = {.anchor = "start"};
    svg_text(c->out, how, 0, BAR_HEIGHT / 2.0 + 6, chart_text(c->map, "empty", "Nothing to count"));
}

void svg_write_bar(const struct chart *c)
{
    struct bar bar = {.c = c, .width = DEFAULT_WIDTH};
    const struct tree *segments = tree_get(c->map, "segments");
    const struct tree *first = segments == NULL ? NULL : segments->first;
    double whole = 0;
    for (const struct tree *s = first; s != NULL; s = s->next) {
        whole += count_of(s);
    }
    for (const struct tree *s = first; s != NULL; s = s->next) {
        bar.total += drawn(count_of(s), whole);
    }
    if (!chart_number(c->map, "width", &bar.width) || bar.width < 1) {
        bar.width = DEFAULT_WIDTH;
    }
    svg_open(c, "bar", NULL, 0, BAR_HEIGHT);
    double from = 0;
    for (const struct tree *s = first; s != NULL && whole > 0; s = s->next) {
        double part = 100 * drawn(count_of(s), whole) / bar.total;
        if (part > 0) {
            draw_segment(&bar, s, from, part);
            from += part;
        }
    }
    if (!(whole > 0)) {
        draw_empty(c);
    }
    svg_close(c);
}
