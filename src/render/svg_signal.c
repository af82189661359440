// Signal or noise as shapes: the frame round a point of a chart, and the small pictures that stand
// beside their words. A round frame is good news, a square one bad, a diamond neither, so that
// colour is never needed. Drawn for this product; the letters are those of Making Data Count.
#include <string.h>

#include "render/svg_kinds.h"

// Each at 3:1 on white or better.
#define BLUE "#2073BC"
#define ORANGE "#d4620a"
#define PURPLE "#490092"
#define GREY "#595959"

enum { ICON_SIZE = 24 };

enum frame { FRAME_ROUND, FRAME_SQUARE, FRAME_DIAMOND };

struct signal {
    const char *code;
    enum frame frame;
    const char *colour;
    const char *letter; // NULL: a drawing of its own
};

static const struct signal signals[] = {
    {"common_cause", FRAME_ROUND, GREY, NULL},   {"improvement_high", FRAME_ROUND, BLUE, "H"},
    {"improvement_low", FRAME_ROUND, BLUE, "L"}, {"concern_high", FRAME_SQUARE, ORANGE, "H"},
    {"concern_low", FRAME_SQUARE, ORANGE, "L"},  {"neutral_high", FRAME_DIAMOND, PURPLE, "H"},
    {"neutral_low", FRAME_DIAMOND, PURPLE, "L"}, {"pass", FRAME_ROUND, BLUE, "P"},
    {"fail", FRAME_SQUARE, ORANGE, "F"},         {"inconsistent", FRAME_ROUND, GREY, "?"},
};

static const struct signal *signal_of(const char *code)
{
    for (size_t i = 0; i < COUNT_OF(signals); i++) {
        if (strcmp(signals[i].code, code) == 0) {
            return &signals[i];
        }
    }
    return NULL;
}

static void draw_frame(struct buf *b, const struct signal *s, double x, double y, double size)
{
    static const double corners[][4][2] = {
        [FRAME_SQUARE] = {{-0.95, -0.95}, {0.95, -0.95}, {0.95, 0.95}, {-0.95, 0.95}},
        [FRAME_DIAMOND] = {{0, -1.25}, {1.25, 0}, {0, 1.25}, {-1.25, 0}},
    };
    if (s->frame == FRAME_ROUND) {
        buf_text(b, "<circle class=\"gt-chart__signal\"");
        svg_attr_number(b, "cx", x);
        svg_attr_number(b, "cy", y);
        svg_attr_number(b, "r", size);
    } else {
        buf_text(b, "<path class=\"gt-chart__signal\" d=\"");
        for (size_t i = 0; i < 4; i++) {
            buf_char(b, i == 0 ? 'M' : 'L');
            svg_number(b, x + corners[s->frame][i][0] * size);
            buf_char(b, ' ');
            svg_number(b, y + corners[s->frame][i][1] * size);
        }
        buf_text(b, "Z\"");
    }
    svg_attr(b, "fill", "none");
    svg_attr(b, "stroke", s->colour);
    svg_attr_number(b, "stroke-width", 2.5);
    buf_text(b, "/>");
}

const char *svg_signal_letter(const char *code)
{
    const struct signal *s = signal_of(code);
    return s == NULL ? NULL : s->letter;
}

void svg_signal(struct buf *b, const char *code, double x, double y, double size)
{
    const struct signal *s = signal_of(code);
    if (s != NULL && s->letter != NULL) {
        draw_frame(b, s, x, y, size);
    }
}

// Dots that go up and down about the middle: what chance looks like.
static void draw_wave(struct buf *b, const char *colour)
{
    buf_text(b, "<path class=\"gt-chart__signal\" d=\"M5 13L9 8.5L14 15.5L19 10.5\" fill=\"none\"");
    svg_attr(b, "stroke", colour);
    buf_text(b, " stroke-width=\"2\" stroke-linejoin=\"round\"/>");
}

void svg_write_signal(const struct chart *c)
{
    const struct signal *s = signal_of(chart_text(c->map, "code", ""));
    buf_printf(c->out,
               "<svg class=\"gt-chart gt-chart--signal\" viewBox=\"0 0 %d %d\" width=\"%d\" "
               "height=\"%d\" font-size=\"13\" aria-hidden=\"true\" focusable=\"false\">",
               ICON_SIZE, ICON_SIZE, ICON_SIZE, ICON_SIZE);
    if (s != NULL) {
        double middle = ICON_SIZE / 2.0;
        draw_frame(c->out, s, middle, middle, s->frame == FRAME_DIAMOND ? 8.4 : 10);
        if (s->letter == NULL) {
            draw_wave(c->out, s->colour);
        } else {
            struct svg_words how = {.anchor = "middle", .bold = true};
            svg_text(c->out, how, middle, middle + 4.7, s->letter);
        }
    }
    svg_close(c);
}
