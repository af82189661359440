// Any bytes as JSON from outside. What is read is whole: every text ends, nothing is deeper than
// promised, names stand once; and written down again it reads the same.
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/json_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool truth)
{
    if (!truth) {
        abort();
    }
}

static void write(struct buf *b, const struct json *v, int depth)
{
    require(depth <= JSON_DEPTH_MAX);
    size_t count = 0;
    switch (v->kind) {
    case JSON_NOTHING: buf_text(b, "null"); return;
    case JSON_TRUTH: buf_text(b, v->truth ? "true" : "false"); return;
    case JSON_WHOLE:
    case JSON_FRACTION:
        require(strlen(v->text) == v->length);
        buf_text(b, v->text);
        return;
    case JSON_WORDS:
        require(strlen(v->text) == v->length);
        json_put_text(b, v->text);
        return;
    case JSON_ROW:
    case JSON_MAP: break;
    }
    bool map = v->kind == JSON_MAP;
    buf_char(b, map ? '{' : '[');
    for (const struct json *m = v->first; m != NULL; m = m->next) {
        require((m->name != NULL) == map);
        buf_text(b, count++ == 0 ? "" : ",");
        if (map) {
            require(json_member(v, m->name) == m);
            json_put_text(b, m->name);
            buf_char(b, ':');
        }
        write(b, m, depth + 1);
    }
    require(count == v->count);
    buf_char(b, map ? '}' : ']');
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *a = arena_new(64 << 20);
    if (a == NULL || ARENA_TRAP(a)) {
        abort();
    }
    struct err e = {.arena = a};
    const struct json *v = NULL, *again = NULL;
    if (!json_read(a, (const char *)bytes, length, &v, &e)) {
        require(e.kind == ERR_INPUT && e.message != NULL);
    } else {
        struct buf first = buf_new(a, 16 << 20), second = buf_new(a, 16 << 20);
        write(&first, v, 0);
        require(json_read(a, buf_cstr(&first), first.length, &again, &e));
        write(&second, again, 0);
        require(strcmp(buf_cstr(&first), buf_cstr(&second)) == 0);
    }
    arena_free(a);
    return 0;
}
