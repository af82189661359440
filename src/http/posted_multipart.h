// The multipart half of http/posted.h. For src/http only.
#ifndef GT_HTTP_POSTED_MULTIPART_H
#define GT_HTTP_POSTED_MULTIPART_H

#include "http/posted.h"

// The fields of a form while they are read.
struct posting {
    struct arena *arena;
    struct http_field *fields;
    size_t count, room;
    size_t files;
    struct err *err;
};

bool posting_add(struct posting *p, struct http_field field);

// Whether `text` may be the value of the text field `name`: UTF-8, and of control characters only
// tabs and line ends.
bool posting_text_fits(struct posting *p, const char *name, const char *text, size_t length);
bool posting_name_is_plain(const char *name, size_t length); // UTF-8 without control characters
// The same for a name, where no control character may stand, nor "" or too many bytes.
bool posting_name_fits(struct posting *p, const char *name, size_t length);

// Reads a multipart/form-data body by the parameters of its content type ("; boundary=..."). False
// with posting.err set.
bool multipart_read(struct posting *p, const char *parameters, const char *body, size_t length);

#endif
