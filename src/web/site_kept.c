// Finished pages: made once for all who see the same, and sent from there.
#include <string.h>

#include "web/site_own.h"

const char *site_tag(struct arena *a, const char *bytes, size_t length)
{
    uint64_t h = 14695981039346656037u + length, g = 0x9E3779B97F4A7C15u;
    while (length > 0) {
        uint64_t eight = 0;
        size_t taken = length < sizeof eight ? length : sizeof eight;
        memcpy(&eight, bytes, taken);
        h = (h ^ eight) * 0x9FB21C651E98DF25u;
        h ^= h >> 32;
        g = (g + eight) * 0xD6E8FEB86659FD93u;
        g ^= g >> 29;
        bytes += taken;
        length -= taken;
    }
    return arena_printf(a, "%016llx%08llx", (unsigned long long)h, (unsigned long long)(g >> 32));
}

// The public's pages are kept by browsers, but asked about each time (ETag). What somebody sees who
// is signed in leaves no copy outside this process (conventions.md 5.2, V14.3.2).
static const char *manner_of(const struct seen *seen)
{
    return seen->signed_in ? "no-store" : "no-cache";
}

// Under what a page is kept beside its council: all that it depends on.
static const char *key_of(const struct http_request *req, const struct seen *seen)
{
    return !seen->accounts
               ? req->target
               : arena_printf(req->arena, "%x.%d %s", seen->duties, seen->signed_in, req->target);
}

// A page outlives its request: its bytes move into one block of their own.
static struct http_ready *make_ready(const struct http_request *req, const struct seen *seen,
                                     struct http_response *res, size_t *ret_bytes)
{
    struct arena *own = arena_new(0);
    if (own == NULL) {
        return NULL;
    }
    struct http_response kept = *res;
    kept.body = arena_textn(own, res->body, res->length);
    kept.gzip = http_gzip(own, res->body, res->length, 6, &kept.gzip_length);
    kept.etag = site_tag(own, res->body, res->length);
    kept.content_type = arena_text(own, res->content_type);
    kept.file_name = arena_text(own, res->file_name);
    kept.cache_control = manner_of(seen);
    kept.release = (void (*)(void *))arena_free;
    kept.held = own;
    struct http_ready *ready = http_ready_new(&kept, req->tls_in_front);
    if (ready == NULL) {
        arena_free(own);
        return NULL;
    }
    *ret_bytes = arena_used(own);
    return ready;
}

static void free_ready(void *ready)
{
    http_ready_free(ready);
}

bool site_kept_page(const struct keeper_view *v, const struct http_request *req,
                    const struct seen *seen, struct http_response *res)
{
    res->ready = keeper_kept(v, seen->council, key_of(req, seen));
    return res->ready != NULL;
}

void site_keep_page(const struct keeper_view *v, const struct http_request *req,
                    const struct seen *seen, struct http_response *res)
{
    size_t bytes = 0;
    struct http_ready *ready =
        keeper_has_room(v, seen->council, res->length) ? make_ready(req, seen, res, &bytes) : NULL;
    if (ready != NULL) {
        res->ready = keeper_keep(v, seen->council, key_of(req, seen), ready, bytes, free_ready);
    }
    if (res->ready == NULL) {
        http_ready_free(ready);
        res->etag = site_tag(req->arena, res->body, res->length);
        res->cache_control = manner_of(seen);
        if (req->gzip) {
            res->gzip = http_gzip(req->arena, res->body, res->length, 1, &res->gzip_length);
        }
    }
}
