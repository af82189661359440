// The shapes that stand for a status, so that colour never has to (UI-30, UI-31, UI-33).
#include <string.h>

#include "render/svg_write.h"

enum shape {
    SHAPE_DOT,
    SHAPE_CIRCLE,
    SHAPE_DIAMOND,
    SHAPE_TRIANGLE,
    SHAPE_DASH,
    SHAPE_RING,
    SHAPE_CROSS,
    SHAPE_SLASH,
    SHAPE_SQUARE,
    SHAPE_BARRED,
    SHAPE_TICK,
};

static const struct entry {
    struct svg_status status;
    enum shape shape;
} entries[] = {
    {{"", SVG_SERIES, SVG_PAPER}, SHAPE_DOT}, // first: what is not known
    {{"on_target", "#4b9b7d", SVG_INK}, SHAPE_CIRCLE},
    {{"slightly_off", "#ffdd00", SVG_INK}, SHAPE_DIAMOND},
    {{"off_target", "#982828", SVG_PAPER}, SHAPE_TRIANGLE},
    {{"no_target", "#d3d6d8", SVG_INK}, SHAPE_DASH},
    {{"not_due", "#f3f2f1", SVG_INK}, SHAPE_RING},
    {{"missing", "#ffffff", SVG_INK}, SHAPE_CROSS},
    {{"not_applicable", "#e7e9ea", SVG_INK}, SHAPE_SLASH},
    {{"in_development", "#c4d7e8", SVG_INK}, SHAPE_SQUARE},
    {{"suppressed", "#bcc1c4", SVG_INK}, SHAPE_BARRED},
    {{"not_scored", "#e7e9ea", SVG_INK}, SHAPE_DASH},
    {{"completed", "#12436D", SVG_PAPER}, SHAPE_TICK},
};

static const struct entry *entry_of(const char *code)
{
    for (size_t i = 1; code != NULL && i < COUNT_OF(entries); i++) {
        if (strcmp(entries[i].status.code, code) == 0) {
            return &entries[i];
        }
    }
    return &entries[0];
}

const struct svg_status *svg_status(const char *code)
{
    return &entry_of(code)->status;
}

static void circle(struct buf *b, double x, double y, double radius, const char *fill)
{
    buf_text(b, "<circle class=\"gt-chart__mark\"");
    svg_attr_number(b, "cx", x);
    svg_attr_number(b, "cy", y);
    svg_attr_number(b, "r", radius);
    svg_attr(b, "fill", fill);
    svg_attr(b, "stroke", SVG_INK);
    buf_text(b, "/>");
}

struct outline {
    const char *moves; // one letter a point: M or L; a Z at the end closes it
    double points[4][2];
};

// `fill` NULL: a shape of strokes.
static void path(struct buf *b, const struct outline *o, double x, double y, double size,
                 const char *fill)
{
    buf_text(b, "<path class=\"gt-chart__mark\" d=\"");
    for (size_t i = 0; o->moves[i] != '\0'; i++) {
        buf_char(b, o->moves[i]);
        if (o->moves[i] != 'Z') {
            svg_number(b, x + o->points[i][0] * size);
            buf_char(b, ' ');
            svg_number(b, y + o->points[i][1] * size);
        }
    }
    buf_char(b, '"');
    svg_attr(b, "fill", fill == NULL ? "none" : fill);
    svg_attr(b, "stroke", SVG_INK);
    if (fill == NULL) {
        svg_attr_number(b, "stroke-width", size > 5 ? 2.5 : 2);
    }
    buf_text(b, "/>");
}

static const struct outline diamond = {"MLLLZ", {{0, -1.25}, {1.25, 0}, {0, 1.25}, {-1.25, 0}}};
static const struct outline triangle = {"MLLZ", {{0, -1.2}, {1.2, 0.95}, {-1.2, 0.95}}};
static const struct outline dash = {"MLLLZ", {{-1, -0.35}, {1, -0.35}, {1, 0.35}, {-1, 0.35}}};
static const struct outline cross = {"MLML",
                                     {{-0.85, -0.85}, {0.85, 0.85}, {0.85, -0.85}, {-0.85, 0.85}}};
static const struct outline slash = {"ML", {{-0.7, 1}, {0.7, -1}}};
static const struct outline square = {"MLLLZ",
                                      {{-0.9, -0.9}, {0.9, -0.9}, {0.9, 0.9}, {-0.9, 0.9}}};
static const struct outline bar = {"ML", {{-0.9, 0}, {0.9, 0}}};
static const struct outline tick = {"MLL", {{-1, 0.1}, {-0.3, 0.8}, {1, -0.8}}};

// Strokes alone would be lost on a line that they cross, or on a colour.
static void paper_under(struct buf *b, double x, double y, double size)
{
    buf_text(b, "<circle class=\"gt-chart__paper\"");
    svg_attr_number(b, "cx", x);
    svg_attr_number(b, "cy", y);
    svg_attr_number(b, "r", size * 1.3);
    svg_attr(b, "fill", SVG_PAPER);
    buf_text(b, "/>");
}

static void draw(struct buf *b, const struct entry *e, const char *fill, double x, double y,
                 double size)
{
    if (e->shape == SHAPE_CROSS || e->shape == SHAPE_SLASH || e->shape == SHAPE_TICK ||
        e->shape == SHAPE_DASH) {
        paper_under(b, x, y, size);
    }
    switch (e->shape) {
    case SHAPE_DOT: circle(b, x, y, size * 0.6, fill); break;
    case SHAPE_CIRCLE: circle(b, x, y, size, fill); break;
    case SHAPE_RING: circle(b, x, y, size, SVG_PAPER); break;
    case SHAPE_DIAMOND: path(b, &diamond, x, y, size, fill); break;
    case SHAPE_TRIANGLE: path(b, &triangle, x, y, size, fill); break;
    case SHAPE_DASH: path(b, &dash, x, y, size, SVG_AXIS); break;
    case SHAPE_CROSS: path(b, &cross, x, y, size, NULL); break;
    case SHAPE_SLASH: path(b, &slash, x, y, size, NULL); break;
    case SHAPE_SQUARE: path(b, &square, x, y, size, fill); break;
    case SHAPE_BARRED:
        path(b, &square, x, y, size, fill);
        path(b, &bar, x, y, size, NULL);
        break;
    case SHAPE_TICK: path(b, &tick, x, y, size, NULL); break;
    }
}

void svg_mark(struct buf *b, const char *status, double x, double y, double size)
{
    const struct entry *e = entry_of(status);
    draw(b, e, e->status.fill, x, y, size);
}

void svg_mark_on_colour(struct buf *b, const char *status, double x, double y, double size)
{
    draw(b, entry_of(status), SVG_PAPER, x, y, size);
}
