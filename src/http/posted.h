// What a form sent: application/x-www-form-urlencoded or multipart/form-data, read strictly.
#ifndef GT_HTTP_POSTED_H
#define GT_HTTP_POSTED_H

#include "http/request.h"

enum {
    HTTP_FIELDS_MAX = 5000,    // fields of one form: a grid of figures has many
    HTTP_FIELD_NAME_MAX = 200, // bytes of a field's name
    HTTP_FILES_MAX = 50,       // files of one form
    HTTP_FILE_NAME_MAX = 255,  // bytes of a file's name
    HTTP_PART_HEAD_MAX = 2048, // bytes of the head of one part
    HTTP_BOUNDARY_MAX = 70,    // RFC 2046 5.1.1
};

struct http_field {
    const char *name; // never empty
    // Text ends with NUL behind `length`, is UTF-8, and of control characters holds only tabs and
    // line ends. A file is bytes as sent, a slice of the request's body: not ended by NUL.
    const char *value;
    size_t length;
    // NULL: text. "": a file control in which no file was chosen (its length is 0). The last part
    // of what the browser called it: for people to read, never a name to store anything under.
    const char *file_name;
    const char *content_type; // of a file, as the browser guessed; NULL when not said
};

struct http_posted {
    const struct http_field *fields; // in the order sent; in the request's arena
    size_t count;
};

// Reads the body of `req` by its Content-Type. No body at all is a form without fields. False with
// one sentence (ERR_INPUT) when it is neither kind, is not well formed, or is over a limit above.
// Strict: what browsers do not send (folded lines, a part without a name, a nested multipart, a
// Content-Transfer-Encoding, a charset other than UTF-8, bytes before or after the parts, "%"
// without two hexadecimal digits) is refused, so that what stands in front of us cannot read it
// otherwise.
bool http_posted_read(const struct http_request *req, struct http_posted *out,
                      struct err *e) MUST_CHECK;

// Whether the content type is one of the two: otherwise the answer is 415.
bool http_posted_is_form(const struct http_request *req);

// The text of the first field of this name that is no file; NULL when there is none.
const char *http_posted_value(const struct http_posted *p, const char *name);
// For names that may stand more than once: the next field (text or file) of this name at or after
// `*at` (start with 0), NULL at the end.
const struct http_field *http_posted_next(const struct http_posted *p, const char *name,
                                          size_t *at);
// The first file of this name that was chosen; NULL when there is none.
const struct http_field *http_posted_file(const struct http_posted *p, const char *name);

#endif
