// A row of the record for programs: its address, and its fields as JSON.
//
// A field is the text of its cell in the council folder's file (docs/council-folder.md): "68.20" is
// "68.20", yes is "yes", a period is its id. Blank cells are null. So what is read here, what a
// file holds and what a form posts are the same texts, and no digit is lost on the way. Numbers and
// booleans are taken as well when written.
#ifndef GT_VIEW_ROW_JSON_H
#define GT_VIEW_ROW_JSON_H

#include "base/json_read.h"
#include "base/tree.h"
#include "model/descriptor.h"

// "observations": what a kind is called in addresses, the name of its file. NULL for KIND_NONE.
const char *row_folder(struct arena *a, const struct descriptor *d);
// The kind of a folder; NULL when there is none.
const struct descriptor *row_kind(struct arena *a, const char *folder);

// The key cells as segments of an address, percent-encoded: "NI%20117/~/2013-14-Q4". A blank cell
// is "~"; "~" and "/" within one are "~0" and "~1" (RFC 6901).
const char *row_path(struct arena *a, const struct descriptor *d, const char *const *cells);
// The same as one text that is not in an address yet: what row_key reads.
const char *row_key_text(struct arena *a, const struct descriptor *d, const char *const *cells);
// The cells (key cells set, others NULL) of decoded segments; NULL when they are not as many as the
// kind has key columns, or one is none.
const char *const *row_key(struct arena *a, const struct descriptor *d, const char *path);

// Puts "fields" into `map`.
void row_put(struct tree *map, const struct descriptor *d, const char *const *cells);

struct row_wrong {
    const char *pointer; // "/fields/value"
    const char *detail;  // one sentence
};

// The fields of a body: cells by position, and which were told. False with `*ret_wrong` for a field
// that is not of this kind, or whose value is no text, number, boolean or null.
bool row_fields(struct arena *a, const struct descriptor *d, const struct json *fields,
                const char **cells, bool *told, struct row_wrong *ret_wrong) MUST_CHECK;

#endif
