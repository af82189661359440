// A record moved between engines: all organisations, all versions, every column of the system.
#ifndef GT_DOMAIN_COPY_H
#define GT_DOMAIN_COPY_H

#include "store/copy.h"

// Makes the record at `to`, which must not exist or be empty, in one transaction: all of it is
// there afterwards, or nothing. What `from` is meanwhile told is not in it.
bool copy_record(struct arena *a, const char *from, const char *to, const struct store_copied **ret,
                 size_t *ret_count, struct err *e) MUST_CHECK;

#endif
