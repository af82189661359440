// A page as one file that needs nothing beside it: the style sheet stands inside.
#ifndef GT_RENDER_WHOLE_FILE_H
#define GT_RENDER_WHOLE_FILE_H

#include "render/page.h"

// Renders the template and puts `css` (a style sheet of ours, never text from outside) between its
// empty <style></style>. ERR_SYSTEM when the template has none, or as render_page.
bool render_whole_file(const struct templates *set, const char *name, const struct tree *view,
                       const char *css, size_t css_length, struct buf *out,
                       struct err *e) MUST_CHECK;

#endif
