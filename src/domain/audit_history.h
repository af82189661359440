// What happened to one thing, as data: for its page, and for undoing by a new change.
#ifndef GT_DOMAIN_AUDIT_HISTORY_H
#define GT_DOMAIN_AUDIT_HISTORY_H

#include "base/csv.h"
#include "store/audit.h"

struct audit_step {
    uint64_t seq;      // of its event; 0: recorded before there was a trail
    const char *at;    // UTC
    const char *actor; // and the next: "" where there is no event
    const char *session, *action, *reason;
    int version;              // of kinds with versions; else 0
    const char *changes;      // JSON, field -> [before, after]; "{}" for a version of a large file
    const char *const *cells; // of kinds with versions: the whole version, by position; else NULL
};

// What happened to the thing with this key, oldest first (`key` by the positions of
// model/columns.h; other cells are not looked at). Of kinds with versions there is a step for each
// version, those of large files and of before the trail too.
bool audit_history(struct db *db, struct arena *a, const char *organisation, enum kind kind,
                   const char *const *key, const struct audit_step **ret, size_t *ret_count,
                   struct err *e) MUST_CHECK;

#endif
