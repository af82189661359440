// Reading JSON from outside: what the API is sent, what a sign-on service answers.
//
// jansson does the reading and is seen in json_read.c alone. Refused are: anything behind the
// value, a name that stands twice in one object, text that is not UTF-8 or holds a NUL, a number
// outside 64 bits or the range of a double, nesting deeper than JSON_DEPTH_MAX.
//
// A number that is not whole comes as its shortest text that reads back as the same double: enough
// for any figure of up to 15 digits. Who must have more digits sends the figure as a text.
#ifndef GT_BASE_JSON_READ_H
#define GT_BASE_JSON_READ_H

#include "base/err.h"

enum { JSON_DEPTH_MAX = 32 };

enum json_kind {
    JSON_NOTHING,
    JSON_TRUTH,
    JSON_WHOLE,
    JSON_FRACTION,
    JSON_WORDS,
    JSON_ROW,
    JSON_MAP
};

struct json {
    enum json_kind kind;
    const char *name; // of a member of an object; else NULL
    const char *text; // JSON_WORDS; of JSON_WHOLE and JSON_FRACTION in digits
    size_t length;    // of the text
    int64_t whole;    // JSON_WHOLE
    bool truth;       // JSON_TRUTH
    // JSON_ROW and JSON_MAP, in the order given.
    const struct json *first, *next;
    size_t count;
};

// False with one sentence (ERR_INPUT) that says what is wrong and where.
bool json_read(struct arena *a, const char *bytes, size_t length, const struct json **ret,
               struct err *e) MUST_CHECK;

// The member of this name; NULL where there is none, or `object` is NULL or no object.
const struct json *json_member(const struct json *object, const char *name);
// Its text; NULL where there is no such member or it is no text.
const char *json_text(const struct json *object, const char *name);

#endif
