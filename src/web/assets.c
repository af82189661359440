#include "web/assets.h"

#include <string.h>

#include "base/embed.h"

const char *asset_href(struct arena *a, const char *name)
{
    const struct embedded *e = embed_find(arena_printf(a, "assets/%s", name));
    const char *dot = strrchr(name, '.');
    if (e == NULL || dot == NULL) {
        return arena_printf(a, "/assets/%s", name);
    }
    return arena_printf(a, "/assets/%.*s-%s%s", (int)(dot - name), name, e->digest, dot);
}

static const char *type_of(const char *name)
{
    static const struct {
        const char *ending, *type;
    } types[] = {{".css", "text/css; charset=utf-8"},
                 {".svg", "image/svg+xml"},
                 {".js", "text/javascript; charset=utf-8"},
                 {".txt", "text/plain; charset=utf-8"}};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot != NULL && i < COUNT_OF(types); i++) {
        if (strcmp(dot, types[i].ending) == 0) {
            return types[i].type;
        }
    }
    return "application/octet-stream";
}

// "goldthread-1a2b.css" -> "goldthread.css" when 1a2b is that file's digest.
static const struct embedded *find_dated(struct arena *a, const char *name, bool *dated)
{
    const struct embedded *e = embed_find(arena_printf(a, "assets/%s", name));
    if (e != NULL) {
        *dated = false;
        return e;
    }
    const char *dash = strrchr(name, '-'), *dot = strrchr(name, '.');
    if (dash == NULL || dot == NULL || dot < dash) {
        return NULL;
    }
    e = embed_find(arena_printf(a, "assets/%.*s%s", (int)(dash - name), name, dot));
    size_t length = (size_t)(dot - dash - 1);
    if (e == NULL || strlen(e->digest) != length || strncmp(e->digest, dash + 1, length) != 0) {
        return NULL;
    }
    *dated = true;
    return e;
}

bool asset_answer(const struct http_request *req, struct http_response *res, struct err *e)
{
    const char *name = strcmp(req->path, "/favicon.ico") == 0 ? "favicon.svg" : req->path + 8;
    bool dated = false;
    const struct embedded *found = find_dated(req->arena, name, &dated);
    if (found == NULL) {
        return err_set(e, ERR_ABSENT, "There is no file at this address.");
    }
    res->content_type = type_of(name);
    res->body = (const char *)found->bytes;
    res->length = found->length;
    res->gzip = (const char *)found->gzip;
    res->gzip_length = found->gzip_length;
    res->etag = found->digest;
    res->cache_control = dated ? "public, max-age=31536000, immutable" : "no-cache";
    return true;
}
