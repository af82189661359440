#include "base/json.h"

#include <string.h>

#include "base/utf8.h"

// 1: must be written otherwise or looked at; everything else is copied in runs.
static bool is_special(unsigned char c)
{
    return c < 0x20 || c >= 0x7f || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&';
}

static void write_escape(struct buf *b, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    switch (c) {
    case '"': buf_put(b, "\\\"", 2); return;
    case '\\': buf_put(b, "\\\\", 2); return;
    case '\n': buf_put(b, "\\n", 2); return;
    case '\r': buf_put(b, "\\r", 2); return;
    case '\t': buf_put(b, "\\t", 2); return;
    default: {
        char escape[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        buf_put(b, escape, sizeof escape);
    }
    }
}

// One character beyond ASCII; returns its bytes. JSON must be UTF-8, so a byte that is not (it can
// only come from a message that quotes a broken file) is written as U+FFFD.
static size_t write_beyond_ascii(struct buf *b, const char *at, size_t left)
{
    size_t length = utf8_sequence(at, left < 4 ? left : 4);
    if (length == 0) {
        buf_text(b, "\\ufffd");
        return 1;
    }
    const unsigned char *u = (const unsigned char *)at;
    if (u[0] == 0xe2 && u[1] == 0x80 && (u[2] == 0xa8 || u[2] == 0xa9)) {
        buf_text(b, u[2] == 0xa8 ? "\\u2028" : "\\u2029");
    } else {
        buf_put(b, at, length);
    }
    return length;
}

void json_put_textn(struct buf *b, const char *text, size_t length)
{
    if (text == NULL) {
        buf_put(b, "null", 4);
        return;
    }
    buf_char(b, '"');
    const char *run = text;
    const char *at = text;
    const char *end = text + length;
    while (at < end) {
        unsigned char c = (unsigned char)*at;
        if (!is_special(c)) {
            at++;
            continue;
        }
        buf_put(b, run, (size_t)(at - run));
        if (c >= 0x80) {
            at += write_beyond_ascii(b, at, (size_t)(end - at));
        } else {
            write_escape(b, c);
            at++;
        }
        run = at;
    }
    buf_put(b, run, (size_t)(at - run));
    buf_char(b, '"');
}

void json_put_text(struct buf *b, const char *text)
{
    json_put_textn(b, text, text == NULL ? 0 : strlen(text));
}
