// One writer a kind of chart; svg.c chooses. What their maps hold stands in svg.h.
#ifndef GT_RENDER_SVG_KINDS_H
#define GT_RENDER_SVG_KINDS_H

#include "render/svg_write.h"

void svg_write_line(const struct chart *c);   // svg_line.c
void svg_write_bullet(const struct chart *c); // svg_bullet.c
void svg_write_bar(const struct chart *c);    // svg_bar.c
void svg_write_dots(const struct chart *c);   // svg_dots.c
void svg_write_spark(const struct chart *c);  // svg_spark.c
void svg_write_status(const struct chart *c); // svg_spark.c
void svg_write_signal(const struct chart *c); // svg_signal.c

#endif
