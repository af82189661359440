#include "base/percent.h"

#include <string.h>

static bool stays(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~", c) != NULL);
}

void percent_put(struct buf *b, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
        if (stays(*c)) {
            buf_char(b, (char)*c);
        } else {
            const char escape[] = {'%', digits[*c >> 4], digits[*c & 15]};
            buf_put(b, escape, sizeof escape);
        }
    }
}

const char *percent_encode(struct arena *a, const char *text)
{
    struct buf b = buf_new(a, strlen(text) * 3 + 1);
    percent_put(&b, text);
    return buf_cstr(&b);
}
