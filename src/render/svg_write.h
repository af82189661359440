// What every chart is made of: inside src/render/svg*.c only.
//
// Lengths are user units (CSS pixels at the chart's own size), y downwards. Coordinates are written
// in hundredths, so that a chart is the same bytes on every machine; what is not finite becomes 0.
// Text is escaped here. "Per cent" attributes let a bar stretch while its text keeps its size.
#ifndef GT_RENDER_SVG_WRITE_H
#define GT_RENDER_SVG_WRITE_H

#include "base/tree.h"

#define SVG_INK "#0b0c0c"
#define SVG_AXIS "#595959"
#define SVG_GRID "#d3d6d8"
#define SVG_SERIES "#12436D" // first colour of UI-43
#define SVG_BAND "#e3ecf4"
#define SVG_PAPER "#ffffff"

enum { SVG_FONT_SIZE = 16 }; // 12 pt (UI-42)

// What all kinds share, read from the map once.
struct chart {
    const struct tree *map;
    struct buf *out;
    const char *id, *title, *description, *prefix, *suffix;
    int decimals;
};

// Values of a map: text or `otherwise`; whether there is a number, and which.
const char *chart_text(const struct tree *map, const char *key, const char *otherwise);
bool chart_number(const struct tree *map, const char *key, double *out);
bool tree_is_number(const struct tree *node, double *out);
bool chart_flag(const struct tree *map, const char *key);

// Opens the svg element with its title and description. `variant` is "wide", "narrow" or NULL:
// each drawing of one chart has ids of its own. Height alone when `width` is 0: the drawing is
// then as wide as its place and its parts use per cent.
void svg_open(const struct chart *c, const char *kind, const char *variant, double width,
              double height);
void svg_close(const struct chart *c);

void svg_number(struct buf *b, double value);
void svg_attr(struct buf *b, const char *name, const char *value);
void svg_attr_number(struct buf *b, const char *name, double value);
void svg_attr_percent(struct buf *b, const char *name, double value);

// A straight line; `dash` may be NULL.
struct svg_pen {
    const char *class_name, *colour;
    double width;
    const char *dash;
};
void svg_line(struct buf *b, struct svg_pen pen, double x1, double y1, double x2, double y2);

// Text at its baseline; `anchor` is "start", "middle" or "end". `halo` puts a paper edge round the
// letters, so that they can be read over lines.
struct svg_words {
    const char *anchor;
    bool bold, halo;
    const char *colour; // NULL: ink
};
void svg_text(struct buf *b, struct svg_words how, double x, double y, const char *text);
double svg_text_width(const char *text, bool bold); // in Arial and its like, at SVG_FONT_SIZE

// The shape of a status (svg.h), `size` from the middle to the edge.
void svg_mark(struct buf *b, const char *status, double x, double y, double size);
// The same on its own colour, where it would vanish: paper inside.
void svg_mark_on_colour(struct buf *b, const char *status, double x, double y, double size);
struct svg_status {
    const char *code, *fill, *ink; // `ink`: what can be read on `fill`
};
// The entry for a code; a grey one for codes that are not known.
const struct svg_status *svg_status(const char *code);

// The frame of a signal (enum variation's code) round a point, `size` from the middle to the edge;
// nothing for common cause. And the letter that goes with it: "H", "L"; NULL: none.
void svg_signal(struct buf *b, const char *code, double x, double y, double size);
const char *svg_signal_letter(const char *code);

// A figure with prefix and suffix as the chart shows it: "−£1,234", "68.2%".
const char *chart_figure(const struct chart *c, struct dec value);

#endif
