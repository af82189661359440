// The audit trail held against itself and against the record: is it whole, and does the record say
// what it says?
#ifndef GT_DOMAIN_AUDIT_H
#define GT_DOMAIN_AUDIT_H

#include "store/audit.h"

// A head written down outside the record: printed in the foot of a report, sent by post. What was
// cut off the end of the trail, or written anew from some event on, shows only against one.
struct audit_anchor {
    uint64_t seq;
    const char *hash; // 64 hexadecimal digits
};

struct audit_verdict {
    bool whole;
    uint64_t events;
    struct audit_head head;
    uint64_t rows;   // rows of the record that were held against their events
    uint64_t before; // rows that were recorded before there was a trail
    // Of the first event that is broken, by its sequence: what does not match, one sentence.
    uint64_t seq;
    const char *what;
};

// Walks every event, then every row of the record that events tell of. False when the record cannot
// be read; what is broken is in the verdict.
bool audit_verify(struct db *db, struct arena *a, const struct audit_anchor *anchors,
                  size_t anchor_count, struct audit_verdict *out, struct err *e) MUST_CHECK;

#endif
