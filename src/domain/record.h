// The record as commands meet it: opened for writing, and whose part of it is meant.
#ifndef GT_DOMAIN_RECORD_H
#define GT_DOMAIN_RECORD_H

#include "base/err.h"

struct db;

// Opens the record to write to it, and makes it when it does not exist.
bool record_open(struct arena *a, const char *url, struct db **out, struct err *e) MUST_CHECK;
// Opens it to read from it; ERR_ABSENT when there is none.
bool record_open_to_read(struct arena *a, const char *url, struct db **out,
                         struct err *e) MUST_CHECK;
// For a dry run: the record to write to, or an empty one in memory when there is none yet.
bool record_open_to_try(struct arena *a, const char *url, struct db **out,
                        struct err *e) MUST_CHECK;

// The organisation meant by `wanted`, or the only one when it is NULL.
bool record_organisation(struct db *db, struct arena *a, const char *wanted, const char **out,
                         struct err *e) MUST_CHECK;

#endif
