// Any content type and body (the first line, and the rest) as a multipart form: read or refused
// with a sentence; files are slices of the body in their order, everything else is text.
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "http/posted.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool truth)
{
    if (!truth) {
        abort();
    }
}

static void check(const struct http_request *req, const struct http_posted *p)
{
    const char *from = req->body, *end = req->body + req->body_length;
    size_t files = 0;
    require(p->count <= HTTP_FIELDS_MAX);
    for (size_t i = 0; i < p->count; i++) {
        const struct http_field *f = &p->fields[i];
        require(f->name[0] != '\0' && strlen(f->name) <= HTTP_FIELD_NAME_MAX);
        require(utf8_valid(f->name, strlen(f->name), NULL));
        if (f->file_name == NULL) {
            require(strlen(f->value) == f->length && utf8_valid(f->value, f->length, NULL));
            continue;
        }
        files++;
        require(f->value >= from && f->value + f->length <= end);
        from = f->value + f->length;
        require(strpbrk(f->file_name, "/\\\r\n") == NULL);
        require(strlen(f->file_name) <= HTTP_FILE_NAME_MAX);
        require(f->content_type == NULL || strpbrk(f->content_type, "\r\n") == NULL);
    }
    require(files <= HTTP_FILES_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const uint8_t *line = length == 0 ? NULL : memchr(bytes, '\n', length);
    struct arena *a = arena_new(64 << 20);
    if (line == NULL || a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return 0;
    }
    size_t type = (size_t)(line - bytes);
    struct err e = {.arena = a};
    struct http_posted posted = {0};
    struct http_request req = {.arena = a,
                               .content_type = arena_textn(a, (const char *)bytes, type),
                               .body = arena_textn(a, (const char *)line + 1, length - type - 1),
                               .body_length = length - type - 1};
    if (http_posted_read(&req, &posted, &e)) {
        require(req.body_length == 0 || http_posted_is_form(&req));
        check(&req, &posted);
    } else {
        require(e.kind == ERR_INPUT && e.message[0] != '\0');
    }
    arena_free(a);
    return 0;
}
