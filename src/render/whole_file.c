#include "render/whole_file.h"

#include <string.h>

bool render_whole_file(const struct templates *set, const char *name, const struct tree *view,
                       const char *css, size_t css_length, struct buf *out, struct err *e)
{
    static const char open[] = "<style>";
    struct buf page = buf_new(out->arena, out->max);
    if (!render_page(set, name, view, &page, e)) {
        return false;
    }
    const char *at = strstr(buf_cstr(&page), "<style></style>");
    // A style sheet that could end its element early would let text run out of it.
    if (at == NULL || memmem(css, css_length, "</", 2) != NULL) {
        return err_set(e, ERR_SYSTEM, "The report's template has no place for its style sheet.");
    }
    size_t head = (size_t)(at - buf_cstr(&page)) + strlen(open);
    buf_put(out, buf_cstr(&page), head);
    buf_put(out, css, css_length);
    buf_put(out, buf_cstr(&page) + head, page.length - head);
    if (out->full) {
        return err_set(e, ERR_SYSTEM, "The report is over its limit of %zu MB.", out->max >> 20);
    }
    return true;
}
