#include <string.h>

#include "base/decimal.h"

// Digits of a magnitude, most significant first, at least `least` of them; returns how many.
static size_t write_digits(char *out, uint64_t value, size_t least)
{
    char backwards[24];
    size_t count = 0;
    while (value > 0 || count < least) {
        backwards[count++] = (char)('0' + value % 10);
        value /= 10;
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = backwards[count - 1 - i];
    }
    return count;
}

void dec_write(struct buf *b, struct dec value)
{
    if (!value.present) {
        return;
    }
    char text[24]; // 19 digits, sign and point
    size_t length = 0;
    if (value.units < 0) {
        text[length++] = '-';
    }
    uint64_t units = value.units < 0 ? 0 - (uint64_t)value.units : (uint64_t)value.units;
    length += write_digits(text + length, units, (size_t)value.scale + 1);
    if (value.scale > 0) {
        size_t point = length - value.scale;
        memmove(text + point + 1, text + point, value.scale);
        text[point] = '.';
        length++;
    }
    buf_put(b, text, length);
}

const char *dec_text(struct arena *a, struct dec value)
{
    struct buf b = buf_new(a, 64);
    dec_write(&b, value);
    return buf_cstr(&b);
}

void dec_write_shown(struct buf *b, struct dec value, int decimals)
{
    value = dec_round(value, decimals);
    if (!value.present) {
        return;
    }
    uint64_t units = value.units < 0 ? 0 - (uint64_t)value.units : (uint64_t)value.units;
    char digits[24];
    size_t count = write_digits(digits, units, (size_t)value.scale + 1);
    size_t whole = count - value.scale;
    char text[48]; // 19 digits, 6 commas, a point and 3 bytes of minus
    size_t length = 0;
    if (value.units < 0) {
        memcpy(text, "\u2212", 3);
        length = 3;
    }
    for (size_t i = 0; i < count; i++) {
        if (i == whole) {
            text[length++] = '.';
        } else if (i > 0 && i < whole && (whole - i) % 3 == 0) {
            text[length++] = ',';
        }
        text[length++] = digits[i];
    }
    buf_put(b, text, length);
}

const char *dec_shown(struct arena *a, struct dec value, int decimals)
{
    struct buf b = buf_new(a, 64);
    dec_write_shown(&b, value, decimals);
    return buf_cstr(&b);
}
