#include "render/page.h"

#include <limits.h>

#define ZLIB_CONST // input is only read
#include <zlib.h>

bool render_page(const struct templates *set, const char *name, const struct tree *view,
                 struct buf *out, struct err *e)
{
    const struct template *t = templates_find(set, name);
    if (t == NULL) {
        return err_set(e, ERR_SYSTEM, "There is no template \"%s\"; build the program again.",
                       name);
    }
    return template_render(t, view, out, e);
}

bool render_json(const struct tree *view, struct buf *out, struct err *e)
{
    tree_write_json(out, view);
    buf_char(out, '\n');
    return !out->full || err_set(e, ERR_SYSTEM,
                                 "The JSON of this page is over its limit of %zu bytes; ask for "
                                 "less of it.",
                                 out->max);
}

bool render_gzip(struct arena *a, const char *bytes, size_t length, struct render_bytes *out,
                 struct err *e)
{
    enum { GZIP = 15 + 16, LEVEL = 6, MEMORY = 8 };
    z_stream z = {0};
    if (length > INT_MAX) {
        return err_set(e, ERR_SYSTEM, "A page of %zu bytes is too large to be compressed.", length);
    }
    // The bound is taken before zlib holds memory, which a jump out of the arena would leave
    // behind.
    size_t room = compressBound((uLong)length) + 32;
    unsigned char *packed = arena_alloc(a, room);
    if (deflateInit2(&z, LEVEL, Z_DEFLATED, GZIP, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
        return err_set(e, ERR_SYSTEM, "There is no memory left to compress a page; try again.");
    }
    z.next_in = (const Bytef *)bytes;
    z.avail_in = (uInt)length;
    z.next_out = packed;
    z.avail_out = (uInt)room;
    int result = deflate(&z, Z_FINISH);
    size_t made = z.total_out;
    deflateEnd(&z);
    if (result != Z_STREAM_END) {
        return err_set(e, ERR_SYSTEM, "A page could not be compressed; try again.");
    }
    *out = (struct render_bytes){(const char *)packed, made};
    return true;
}
