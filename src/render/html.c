#include "render/html.h"

#include <string.h>

// For each byte: which of `references` it becomes, 0 where it stays.
static const unsigned char escape_of[256] = {
    ['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5,
};

static const struct {
    const char *text;
    size_t length;
} references[] = {
    {"", 0}, {"&amp;", 5}, {"&lt;", 4}, {"&gt;", 4}, {"&quot;", 6}, {"&#39;", 5},
};

void html_textn(struct buf *b, const char *text, size_t length)
{
    size_t start = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char which = escape_of[(unsigned char)text[i]];
        if (which != 0) {
            buf_put(b, text + start, i - start);
            buf_put(b, references[which].text, references[which].length);
            start = i + 1;
        }
    }
    buf_put(b, text + start, length - start);
}

void html_text(struct buf *b, const char *text)
{
    if (text != NULL) {
        html_textn(b, text, strlen(text));
    }
}

void html_attr(struct buf *b, const char *text)
{
    html_text(b, text);
}

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

void html_url_part(struct buf *b, const char *text)
{
    if (text == NULL) {
        return;
    }
    static const char hex[] = "0123456789ABCDEF";
    bool dots = strcmp(text, ".") == 0 || strcmp(text, "..") == 0;
    for (const char *c = text; *c != '\0'; c++) {
        if (is_unreserved(*c)) {
            buf_char(b, *c);
        } else {
            unsigned char byte = (unsigned char)*c;
            char encoded[3] = {'%', hex[byte >> 4], hex[byte & 15]};
            buf_put(b, encoded, sizeof encoded);
        }
    }
    if (dots) {
        buf_text(b, "%20");
    }
}

void html_raw_markup_of_our_own(struct buf *b, const char *markup, size_t length)
{
    buf_put(b, markup, length);
}
