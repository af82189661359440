// Text from outside, written into HTML and SVG by context. Escaping is the short name; markup that
// is ours already has the long one.
#ifndef GT_RENDER_HTML_H
#define GT_RENDER_HTML_H

#include "base/buf.h"

// Between tags, and inside a quoted attribute: & < > " ' become references, so the same bytes are
// safe in both places; two names because the reader wants to see which context was meant.
// NULL writes nothing.
void html_text(struct buf *b, const char *text);
void html_textn(struct buf *b, const char *text, size_t length);
void html_attr(struct buf *b, const char *text);

// One part of an address (a path segment, or a name or value of the query): all but the unreserved
// characters of RFC 3986 are percent-encoded. "." and "..", which browsers take for the path even
// when they are encoded, get a blank behind them: such an address finds nothing and harms nothing.
void html_url_part(struct buf *b, const char *text);

// Bytes that are markup already, written by our own code (a template's literal text, an SVG).
// Never for text that came from a person, a file or the record.
void html_raw_markup_of_our_own(struct buf *b, const char *markup, size_t length);

#endif
