#include "base/utf8.h"

#include <string.h>

static bool continues(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}

size_t utf8_sequence(const char *bytes, size_t length)
{
    const unsigned char *u = (const unsigned char *)bytes;
    if (length == 0) {
        return 0;
    }
    if (u[0] < 0x80) {
        return 1;
    }
    if (u[0] < 0xc2) { // a continuation byte, or an overlong form of ASCII
        return 0;
    }
    if (u[0] < 0xe0) {
        return length >= 2 && continues(u[1]) ? 2 : 0;
    }
    if (u[0] < 0xf0) {
        if (length < 3 || !continues(u[1]) || !continues(u[2])) {
            return 0;
        }
        bool overlong = u[0] == 0xe0 && u[1] < 0xa0;
        bool surrogate = u[0] == 0xed && u[1] >= 0xa0;
        return overlong || surrogate ? 0 : 3;
    }
    if (u[0] > 0xf4 || length < 4 || !continues(u[1]) || !continues(u[2]) || !continues(u[3])) {
        return 0;
    }
    bool overlong = u[0] == 0xf0 && u[1] < 0x90;
    bool too_large = u[0] == 0xf4 && u[1] >= 0x90;
    return overlong || too_large ? 0 : 4;
}

// Whether these eight bytes are all ASCII and none is NUL.
static bool eight_plain(const char *at)
{
    uint64_t word = 0;
    memcpy(&word, at, sizeof word);
    uint64_t high = UINT64_C(0x8080808080808080);
    uint64_t ones = UINT64_C(0x0101010101010101);
    return ((word | (word - ones)) & high) == 0;
}

bool utf8_valid(const char *bytes, size_t length, size_t *bad)
{
    size_t i = 0;
    while (i < length) {
        if (length - i >= 8 && eight_plain(bytes + i)) {
            i += 8;
            continue;
        }
        size_t step = bytes[i] == '\0' ? 0 : utf8_sequence(bytes + i, length - i);
        if (step == 0) {
            if (bad != NULL) {
                *bad = i;
            }
            return false;
        }
        i += step;
    }
    return true;
}

static bool is_text_control(unsigned char c)
{
    return c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

enum text_encoding utf8_guess(const char *bytes, size_t length, size_t *bad)
{
    const unsigned char *u = (const unsigned char *)bytes;
    bool mark = length >= 2 && ((u[0] == 0xff && u[1] == 0xfe) || (u[0] == 0xfe && u[1] == 0xff));
    size_t nuls = 0;
    size_t first_control = length;
    for (size_t i = 0; i < length; i++) {
        if (u[i] < 0x20 && !is_text_control(u[i])) {
            nuls += u[i] == 0;
            first_control = first_control == length ? i : first_control;
        }
    }
    // English in UTF-16 has a NUL in every second byte; a quarter allows for other letters.
    if (mark || nuls > length / 4) {
        if (bad != NULL) {
            *bad = mark ? 0 : first_control;
        }
        return TEXT_UTF16;
    }
    if (first_control < length) {
        if (bad != NULL) {
            *bad = first_control;
        }
        return TEXT_BINARY;
    }
    return utf8_valid(bytes, length, bad) ? TEXT_UTF8 : TEXT_LATIN1;
}

size_t utf8_length(const char *text)
{
    size_t count = 0;
    for (const char *at = text; *at != '\0'; at++) {
        count += !continues((unsigned char)*at);
    }
    return count;
}

// Lower case of a letter of Latin-1 or Latin Extended-A. Letters whose lower case has another
// length in UTF-8 (dotted I) stay, since the copy keeps its length.
static unsigned lower_latin(unsigned point)
{
    if (point >= 0xc0 && point <= 0xde && point != 0xd7) {
        return point + 0x20;
    }
    bool even_is_upper =
        (point >= 0x100 && point <= 0x137 && point != 0x130) || (point >= 0x14a && point <= 0x177);
    bool odd_is_upper = (point >= 0x139 && point <= 0x148) || (point >= 0x179 && point <= 0x17e);
    if (even_is_upper) {
        return point | 1;
    }
    if (odd_is_upper) {
        return (point & 1) == 1 ? point + 1 : point;
    }
    return point == 0x178 ? 0xff : point;
}

void utf8_fold(const char *text, char *out)
{
    const unsigned char *u = (const unsigned char *)text;
    size_t i = 0;
    while (u[i] != '\0') {
        if (u[i] >= 'A' && u[i] <= 'Z') {
            out[i] = (char)(u[i] + ('a' - 'A'));
            i++;
        } else if (u[i] >= 0xc3 && u[i] <= 0xc5 && continues(u[i + 1])) {
            unsigned point = lower_latin(((u[i] & 0x1fU) << 6) | (u[i + 1] & 0x3fU));
            out[i] = (char)(0xc0 | (point >> 6));
            out[i + 1] = (char)(0x80 | (point & 0x3f));
            i += 2;
        } else {
            out[i] = text[i];
            i++;
        }
    }
    out[i] = '\0';
}
