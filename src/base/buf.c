#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_ROOM = 256 };

struct buf buf_new(struct arena *a, size_t max)
{
    return (struct buf){.arena = a, .max = max};
}

char *buf_reserve(struct buf *b, size_t length)
{
    if (length >= b->max || b->length > b->max - length) {
        b->full = true;
        return NULL;
    }
    size_t needed = b->length + length + 1;
    if (needed > b->room) {
        size_t room = b->room < FIRST_ROOM ? FIRST_ROOM : b->room * 2;
        if (room < needed) {
            room = needed;
        }
        b->text = arena_grow(b->arena, b->text, b->length, room, 1);
        b->room = room;
    }
    return b->text + b->length;
}

void buf_claim(struct buf *b, size_t length)
{
    b->length += length;
    b->text[b->length] = '\0';
}

void buf_put(struct buf *b, const char *bytes, size_t length)
{
    if (b->full || length == 0) {
        return;
    }
    char *at = buf_reserve(b, length);
    if (at != NULL) {
        memcpy(at, bytes, length);
        buf_claim(b, length);
    }
}

void buf_text(struct buf *b, const char *text)
{
    if (text != NULL) {
        buf_put(b, text, strlen(text));
    }
}

void buf_char(struct buf *b, char c)
{
    buf_put(b, &c, 1);
}

void buf_int(struct buf *b, int64_t value)
{
    char digits[24]; // 20 characters hold any 64-bit integer
    size_t at = sizeof digits;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (value < 0) {
        digits[--at] = '-';
    }
    buf_put(b, digits + at, sizeof digits - at);
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *at = length < 0 || b->full ? NULL : buf_reserve(b, (size_t)length);
    if (at != NULL) {
        vsnprintf(at, (size_t)length + 1, format, again);
        buf_claim(b, (size_t)length);
    }
    va_end(again);
}

const char *buf_cstr(struct buf *b)
{
    return b->text == NULL ? "" : b->text;
}
