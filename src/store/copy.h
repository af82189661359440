// A whole record, table by table, from one engine to another: every row of every table with the
// columns of the system, whatever they mean.
#ifndef GT_STORE_COPY_H
#define GT_STORE_COPY_H

#include "base/digest.h"
#include "store/store.h"

struct store_copied {
    const char *table;
    size_t rows;
    char digest[DIGEST_HEX + 1]; // SHA-256 over all cells of all rows, by key
};

// `to` is a record of the same schema and empty; otherwise it is refused (ERR_INPUT). Both are in
// a transaction begun by the caller, who keeps `to` when all went well. Each row of each table is
// then read back beside the one it came from; the first that differs is a failure that names it.
bool store_copy(struct db *from, struct db *to, struct arena *a, const struct store_copied **ret,
                size_t *ret_count, struct err *e) MUST_CHECK;

// Rows and digest of every table of one record, as store_copy gives them; in a transaction begun by
// the caller.
bool store_digests(struct db *db, struct arena *a, const struct store_copied **ret,
                   size_t *ret_count, struct err *e) MUST_CHECK;

#endif
