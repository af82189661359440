// Percent-encoding (RFC 3986 2.1): any text as one segment of a path, one name or value of a query
// or of an urlencoded form. Letters, digits and "-._~" stay.
#ifndef GT_BASE_PERCENT_H
#define GT_BASE_PERCENT_H

#include "base/buf.h"

void percent_put(struct buf *b, const char *text);
const char *percent_encode(struct arena *a, const char *text);

#endif
