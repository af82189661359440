// Rows of the record as one who edits them meets them: found by key or by words, a page at a time,
// and only those that they may change.
#ifndef GT_DOMAIN_THINGS_H
#define GT_DOMAIN_THINGS_H

#include "domain/door.h"

struct db;

// Whether `who` may do this to the row. `before` NULL: nothing stands there; `after` NULL: it goes
// (struct who_request); to ask whether a row may be changed at all, give it as both.
bool things_may(struct arena *a, const struct who *who, enum who_action action,
                const char *organisation, enum kind kind, const char *const *before,
                const char *const *after);

// Whether they may change anything of the row as it stands: one field of each duty its kind takes
// is tried. Of kinds that are only a key, whether they may take it out.
bool things_may_change(struct arena *a, const struct who *who, const char *organisation,
                       enum kind kind, const char *const *cells);
// Which columns of it: by position, the key ones never.
void things_columns(struct arena *a, const struct who *who, const char *organisation,
                    enum kind kind, const char *const *cells, bool *ret_may);

enum { THINGS_LOOKED_AT_MAX = 20000 }; // rows a call

struct things_asked {
    const char *organisation;
    const struct descriptor *kind;
    const struct who *who;
    const char *first; // only rows with this first cell (a measure); NULL: all
    const char *find;  // only rows with these words in a cell of one line; NULL: all
    size_t from, most; // of those that match, and may be changed
};

struct things_found {
    const char *const **rows; // cells by position
    size_t count;             // of `rows`
    size_t total;             // that match
    bool cut;                 // there are more rows than are looked at: `first` narrows them down
};

// Of kinds with versions, those that stand. In the order of their keys.
bool things_list(struct db *db, struct arena *a, const struct things_asked *asked,
                 struct things_found *out, struct err *e) MUST_CHECK;

// The row with this key (domain/thing_key.h) as door_read gives it. ERR_ABSENT: no such row.
bool things_find(struct db *db, struct arena *a, const char *organisation,
                 const struct descriptor *d, const char *key, struct door_row *out,
                 struct err *e) MUST_CHECK;

// The key cells of a row that is not there any more, by its key of an address; `*ret_found` false
// where the key tells none.
bool things_key_of_gone(struct db *db, struct arena *a, const char *organisation,
                        const struct descriptor *d, const char *key, const char **cells,
                        bool *ret_found, struct err *e) MUST_CHECK;

// The key of what event `seq` of the audit trail tells of, which must be one of this kind.
bool things_key_of_event(struct db *db, struct arena *a, uint64_t seq, const struct descriptor *d,
                         const char **ret_key, struct err *e) MUST_CHECK;

#endif
