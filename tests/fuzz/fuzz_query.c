// Any bytes as the target of a request and as the header fields that are read: no fault of memory,
// and what is let through keeps the promises of http/request.h.
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "http/fields.h"
#include "http/request.h"

enum { MEMORY = 16 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool truth)
{
    if (!truth) {
        abort();
    }
}

static void require_clean(const char *text)
{
    require(utf8_valid(text, strlen(text), NULL));
    for (const char *at = text; *at != '\0'; at++) {
        require((unsigned char)*at >= 0x20 && *at != 0x7f);
    }
}

static void require_plain_path(const char *path)
{
    require_clean(path);
    require(path[0] == '/');
    require(strstr(path, "//") == NULL && strchr(path, '\\') == NULL);
    for (const char *at = path; at != NULL; at = strchr(at + 1, '/')) {
        require(strncmp(at, "/./", 3) != 0 && strncmp(at, "/../", 4) != 0);
        require(strcmp(at, "/.") != 0 && strcmp(at, "/..") != 0);
    }
}

// The address made again from its parts must be read as the same parts.
static void require_same_again(struct arena *a, const struct http_request *req)
{
    struct buf b = buf_new(a, MEMORY);
    for (const char *at = req->path; *at != '\0';) {
        size_t part = strcspn(at + 1, "/");
        buf_char(&b, '/');
        buf_text(&b, http_encode(a, arena_textn(a, at + 1, part)));
        at += 1 + part;
    }
    for (size_t i = 0; i < req->param_count; i++) {
        buf_char(&b, i == 0 ? '?' : '&');
        buf_text(&b, http_encode(a, req->params[i].name));
        buf_char(&b, '=');
        buf_text(&b, http_encode(a, req->params[i].value));
    }
    if (b.length > HTTP_TARGET_MAX) {
        return;
    }
    struct http_request again = {.arena = a};
    struct err e = {.arena = a};
    require(http_target_parse(&again, buf_cstr(&b), b.length, &e));
    require(strcmp(again.path, req->path) == 0 && again.param_count == req->param_count);
    for (size_t i = 0; i < req->param_count; i++) {
        require(strcmp(again.params[i].name, req->params[i].name) == 0);
        require(strcmp(again.params[i].value, req->params[i].value) == 0);
    }
}

static void try_target(struct arena *a, const char *bytes, size_t length)
{
    struct http_request req = {.arena = a};
    struct err e = {.arena = a};
    if (!http_target_parse(&req, bytes, length, &e)) {
        require(e.kind == ERR_INPUT && e.message != NULL);
        require_clean(e.message);
        return;
    }
    require(e.kind == ERR_NONE && strlen(req.target) == length);
    require(req.param_count <= HTTP_PARAMS_MAX);
    require_plain_path(req.path);
    for (size_t i = 0; i < req.param_count; i++) {
        require_clean(req.params[i].name);
        require_clean(req.params[i].value);
        require(http_query(&req, req.params[i].name) != NULL);
    }
    require_same_again(a, &req);
}

static void try_fields(struct arena *a, const char *text)
{
    http_takes_gzip(text);
    http_none_match(text, "v1");
    const char *host = http_host_name(a, text);
    if (host != NULL) {
        require(strpbrk(host, "/@ ,\\\"<>") == NULL);
        http_host_allowed(host, NULL, 0, true);
    }
    if (http_is_own_path(text)) {
        require(text[0] == '/' && text[1] != '/' && strpbrk(text, "\\\r\n\t ") == NULL);
    }
    const char *offered = http_disposition(a, text);
    require(http_is_value(offered, strlen(offered)));
    const char *quote = strchr(offered, '"');
    const char *close = strchr(quote + 1, '"');
    require(strchr(close + 1, '"') == NULL && strpbrk(quote + 1, "/\\") == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *a = arena_new(MEMORY);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return 0;
    }
    try_target(a, (const char *)bytes, length);
    try_fields(a, arena_textn(a, (const char *)bytes, length));
    http_is_token((const char *)bytes, length);
    http_is_value((const char *)bytes, length);
    arena_free(a);
    return 0;
}
