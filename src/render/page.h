// A page from its view: HTML through the template of that name, JSON, and the gzip of either.
//
// Each page template is whole: it begins with `{{> frame_top}}` and ends with `{{> frame_bottom}}`,
// so a page without the frame (the report's one file) needs nothing special.
#ifndef GT_RENDER_PAGE_H
#define GT_RENDER_PAGE_H

#include "render/mustache.h"

// ERR_SYSTEM when the template is unknown, cannot be rendered, or the page is over `out->max`.
bool render_page(const struct templates *set, const char *name, const struct tree *view,
                 struct buf *out, struct err *e) MUST_CHECK;

// The view as JSON, compact, with a line feed at the end.
bool render_json(const struct tree *view, struct buf *out, struct err *e) MUST_CHECK;

struct render_bytes {
    const char *bytes;
    size_t length;
};

// The bytes gzipped, in the arena; the same input gives the same output. For pages that are kept.
bool render_gzip(struct arena *a, const char *bytes, size_t length, struct render_bytes *out,
                 struct err *e) MUST_CHECK;

#endif
