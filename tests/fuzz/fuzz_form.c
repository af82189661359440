// Any bytes as an urlencoded form: read or refused with a sentence; what is read keeps the promises
// of http/posted.h and, encoded again, reads the same.
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "http/posted.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool truth)
{
    if (!truth) {
        abort();
    }
}

static void check(const struct http_posted *p)
{
    for (size_t i = 0; i < p->count; i++) {
        const struct http_field *f = &p->fields[i];
        require(f->file_name == NULL && f->name[0] != '\0');
        require(strlen(f->value) == f->length && utf8_valid(f->value, f->length, NULL));
        require(strlen(f->name) <= HTTP_FIELD_NAME_MAX && http_posted_value(p, f->name) != NULL);
        for (const char *at = f->value; *at != '\0'; at++) {
            require((unsigned char)*at >= 0x20 || strchr("\t\r\n", *at) != NULL);
        }
    }
}

static bool read_form(struct arena *a, const char *body, size_t length, struct http_posted *out)
{
    struct err e = {.arena = a};
    struct http_request req = {.arena = a,
                               .content_type = "application/x-www-form-urlencoded",
                               .body = body,
                               .body_length = length};
    bool read = http_posted_read(&req, out, &e);
    require(read || (e.kind == ERR_INPUT && e.message[0] != '\0'));
    return read;
}

static void check_again(struct arena *a, const struct http_posted *p)
{
    struct buf b = buf_new(a, 16 << 20);
    struct http_posted again = {0};
    for (size_t i = 0; i < p->count; i++) {
        buf_printf(&b, "%s=%s&", http_encode(a, p->fields[i].name),
                   http_encode(a, p->fields[i].value));
    }
    require(read_form(a, buf_cstr(&b), b.length, &again) && again.count == p->count);
    for (size_t i = 0; i < p->count; i++) {
        require(strcmp(again.fields[i].name, p->fields[i].name) == 0);
        require(strcmp(again.fields[i].value, p->fields[i].value) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *a = arena_new(64 << 20);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return 0;
    }
    struct http_posted posted = {0};
    if (read_form(a, arena_textn(a, (const char *)bytes, length), length, &posted)) {
        check(&posted);
        check_again(a, &posted);
    }
    arena_free(a);
    return 0;
}
