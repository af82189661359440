#include <zlib.h>

#include "http/response.h"

// zlib's own memory comes from the arena, so that nothing leaks when the arena's limit is met in
// the middle; it is given back with the arena.
static voidpf zlib_alloc(voidpf arena, uInt items, uInt size)
{
    return arena_array(arena, items, size);
}

static void zlib_free(voidpf arena, voidpf address)
{
    (void)arena;
    (void)address;
}

const char *http_gzip(struct arena *a, const char *bytes, size_t length, int level,
                      size_t *ret_length)
{
    enum { GZIP_WINDOW = 15 + 16, MEMORY = 8, LEAST = 200 };
    size_t room = length - length / 10;
    if (length < LEAST || length > UINT32_MAX / 2) {
        return NULL;
    }
    z_stream z = {.zalloc = zlib_alloc, .zfree = zlib_free, .opaque = a};
    if (deflateInit2(&z, level, Z_DEFLATED, GZIP_WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
        return NULL;
    }
    char *out = arena_alloc(a, room);
    z.next_in = (Bytef *)(uintptr_t)bytes; // zlib only reads it
    z.avail_in = (uInt)length;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)room; // no more than is worth having
    int result = deflate(&z, Z_FINISH);
    size_t written = room - z.avail_out;
    deflateEnd(&z);
    if (result != Z_STREAM_END) {
        return NULL;
    }
    *ret_length = written;
    return out;
}
