#include "render/svg_write.h"

#include <math.h>
#include <string.h>

#include "render/html.h"

const char *chart_text(const struct tree *map, const char *key, const char *otherwise)
{
    const struct tree *node = tree_get(map, key);
    return node != NULL && node->kind == TREE_TEXT ? node->text : otherwise;
}

bool tree_is_number(const struct tree *node, double *out)
{
    if (node == NULL || node->kind != TREE_NUMBER || !node->number.present) {
        return false;
    }
    *out = dec_to_double(node->number);
    return true;
}

bool chart_number(const struct tree *map, const char *key, double *out)
{
    return tree_is_number(tree_get(map, key), out);
}

bool chart_flag(const struct tree *map, const char *key)
{
    const struct tree *node = tree_get(map, key);
    return node != NULL && node->kind == TREE_BOOL && node->truth;
}

void svg_number(struct buf *b, double value)
{
    static const double FAR = 1e6; // no drawing is larger
    double kept = isfinite(value) ? fmin(fmax(value, -FAR), FAR) : 0;
    long long hundredths = llround(kept * 100);
    if (hundredths < 0) {
        buf_char(b, '-');
        hundredths = -hundredths;
    }
    buf_int(b, hundredths / 100);
    int part = (int)(hundredths % 100);
    if (part != 0) {
        char digits[3] = {'.', (char)('0' + part / 10), (char)('0' + part % 10)};
        buf_put(b, digits, part % 10 == 0 ? 2 : 3);
    }
}

void svg_attr(struct buf *b, const char *name, const char *value)
{
    buf_char(b, ' ');
    buf_text(b, name);
    buf_text(b, "=\"");
    html_attr(b, value);
    buf_char(b, '"');
}

static void attr_number(struct buf *b, const char *name, double value, const char *unit)
{
    buf_char(b, ' ');
    buf_text(b, name);
    buf_text(b, "=\"");
    svg_number(b, value);
    buf_text(b, unit);
    buf_char(b, '"');
}

void svg_attr_number(struct buf *b, const char *name, double value)
{
    attr_number(b, name, value, "");
}

void svg_attr_percent(struct buf *b, const char *name, double value)
{
    attr_number(b, name, value, "%");
}

// `<title id="chart-title">`: the variant keeps the ids of the two drawings apart.
static void write_named(const struct chart *c, const char *element, const char *variant,
                        const char *text)
{
    struct buf *b = c->out;
    buf_printf(b, "<%s id=\"", element);
    html_attr(b, c->id);
    buf_printf(b, "%s%s-%s\">", variant == NULL ? "" : "-", variant == NULL ? "" : variant,
               element);
    html_text(b, text);
    buf_printf(b, "</%s>", element);
}

static void write_labelled_by(const struct chart *c, const char *variant)
{
    const char *dash = variant == NULL ? "" : "-";
    const char *name = variant == NULL ? "" : variant;
    buf_text(c->out, " aria-labelledby=\"");
    html_attr(c->out, c->id);
    buf_printf(c->out, "%s%s-title ", dash, name);
    html_attr(c->out, c->id);
    buf_printf(c->out, "%s%s-desc\"", dash, name);
}

void svg_open(const struct chart *c, const char *kind, const char *variant, double width,
              double height)
{
    struct buf *b = c->out;
    buf_printf(b, "<svg class=\"gt-chart gt-chart--%s", kind);
    if (variant != NULL) {
        buf_printf(b, " gt-chart--%s", variant);
    }
    buf_char(b, '"');
    if (width > 0) {
        buf_text(b, " viewBox=\"0 0 ");
        svg_number(b, width);
        buf_char(b, ' ');
        svg_number(b, height);
        buf_text(b, "\" width=\"100%\"");
    } else {
        buf_text(b, " width=\"100%\"");
        svg_attr_number(b, "height", height);
    }
    buf_printf(b, " font-family=\"Helvetica Neue,Helvetica,Arial,sans-serif\" font-size=\"%d\"",
               SVG_FONT_SIZE);
    buf_text(b, " role=\"img\" focusable=\"false\"");
    write_labelled_by(c, variant);
    buf_char(b, '>');
    write_named(c, "title", variant, c->title);
    write_named(c, "desc", variant, c->description);
}

void svg_close(const struct chart *c)
{
    buf_text(c->out, "</svg>");
}

void svg_line(struct buf *b, struct svg_pen pen, double x1, double y1, double x2, double y2)
{
    buf_text(b, "<line");
    svg_attr(b, "class", pen.class_name);
    svg_attr_number(b, "x1", x1);
    svg_attr_number(b, "y1", y1);
    svg_attr_number(b, "x2", x2);
    svg_attr_number(b, "y2", y2);
    svg_attr(b, "stroke", pen.colour);
    svg_attr_number(b, "stroke-width", pen.width);
    if (pen.dash != NULL) {
        svg_attr(b, "stroke-dasharray", pen.dash);
    }
    buf_text(b, "/>");
}

void svg_text(struct buf *b, struct svg_words how, double x, double y, const char *text)
{
    buf_text(b, how.halo ? "<text class=\"gt-chart__text gt-chart__halo\""
                         : "<text class=\"gt-chart__text\"");
    svg_attr_number(b, "x", x);
    svg_attr_number(b, "y", y);
    if (strcmp(how.anchor, "start") != 0) {
        svg_attr(b, "text-anchor", how.anchor);
    }
    if (how.bold) {
        svg_attr(b, "font-weight", "bold");
    }
    if (how.halo) {
        buf_text(b, " stroke=\"" SVG_PAPER "\" stroke-width=\"4\" stroke-linejoin=\"round\""
                    " paint-order=\"stroke\"");
    }
    svg_attr(b, "fill", how.colour == NULL ? SVG_INK : how.colour);
    buf_char(b, '>');
    html_text(b, text);
    buf_text(b, "</text>");
}

double svg_text_width(const char *text, bool bold)
{
    static const double DIGIT = 0.556, CAPITAL = 0.70, WIDE = 0.86, THIN = 0.28, OTHER = 0.53;
    double ems = 0;
    for (const char *c = text; *c != '\0'; c++) {
        if (((unsigned char)*c & 0xC0) == 0x80) {
            continue; // inside a character of several bytes, counted at its first
        }
        if (*c >= '0' && *c <= '9') {
            ems += DIGIT;
        } else if (strchr("%mwMW@", *c) != NULL) {
            ems += WIDE;
        } else if (strchr(" .,:;'|!/()[]ijltfI-", *c) != NULL) {
            ems += THIN;
        } else {
            ems += *c >= 'A' && *c <= 'Z' ? CAPITAL : OTHER;
        }
    }
    return ems * SVG_FONT_SIZE * (bold ? 1.06 : 1);
}

const char *chart_figure(const struct chart *c, struct dec value)
{
    struct arena *a = c->out->arena;
    bool below = dec_sign(dec_round(value, c->decimals)) < 0;
    return arena_printf(a, "%s%s%s%s", below ? "\u2212" : "", c->prefix,
                        dec_shown(a, dec_abs(value), c->decimals), c->suffix);
}
