// UTF-8: is it, and if not, what is it likely to be.
#ifndef GT_BASE_UTF8_H
#define GT_BASE_UTF8_H

#include "base/compiler.h"

enum text_encoding {
    TEXT_UTF8,   // valid UTF-8 (ASCII included)
    TEXT_LATIN1, // not UTF-8, reads as Windows-1252 / ISO 8859-1
    TEXT_UTF16,  // starts with a UTF-16 mark or is full of NULs
    TEXT_BINARY, // contains NUL or other control bytes: not a text file
};

// Whether `length` bytes are valid UTF-8 without NUL; `bad` (may be NULL) gets the first bad
// offset. Overlong forms, surrogates and code points over U+10FFFF are not valid.
bool utf8_valid(const char *bytes, size_t length, size_t *bad);

enum text_encoding utf8_guess(const char *bytes, size_t length, size_t *bad);

// Bytes of the one valid character that `bytes` starts with (1..4), 0 when it is not valid UTF-8 or
// `length` ends in its midst. Safe on NUL-ended text with any `length`: it never reads past a NUL.
size_t utf8_sequence(const char *bytes, size_t length);

// Code points in valid UTF-8, and columns on a terminal taking each as one.
size_t utf8_length(const char *text);

// Case-folded copy for searching: ASCII lower case, Latin-1 and Latin Extended-A letters to their
// lower case, other bytes as they are; writes to `out` (same length as `text`, NUL-ended).
void utf8_fold(const char *text, char *out);

#endif
