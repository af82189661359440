// Writing JSON: into the same buffer as everything else, no tree of its own.
#ifndef GT_BASE_JSON_H
#define GT_BASE_JSON_H

#include "base/buf.h"

// A string with its quotes, escaped per RFC 8259; `<`, `>`, `&`, U+2028 and U+2029 are escaped as
// well, so that the text is safe inside a page. NULL writes null.
void json_put_text(struct buf *b, const char *text);
// The same of `length` bytes.
void json_put_textn(struct buf *b, const char *text, size_t length);

#endif
