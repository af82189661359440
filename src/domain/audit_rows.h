// Inside audit_verify: the rows of the record held against the events that wrote them.
#ifndef GT_DOMAIN_AUDIT_ROWS_H
#define GT_DOMAIN_AUDIT_ROWS_H

#include "base/grow.h"
#include "domain/audit.h"

// What an event of a kind with versions says of the rows it wrote.
struct audit_expected {
    char digest[DIGEST_HEX];
    uint64_t rows;         // 0: not of such a kind
    uint64_t found;        // rows of the record that name this event
    struct digest *making; // of an event of many rows
    enum kind kind;
    uint32_t organisation; // its number among those of the record
};

struct audit_check {
    struct db *db;
    struct arena *arena;
    struct err *err;
    const struct audit_anchor *anchors;
    size_t anchor_count;
    const struct store_organisation *organisations;
    size_t organisation_count;
    const char *salt;
    struct digest *digest;
    struct buf text;
    struct grow expected; // struct audit_expected, by sequence - 1
    struct audit_verdict verdict;
};

// Keeps the fault of the lowest sequence.
void audit_fault(struct audit_check *c, uint64_t seq, const char *what);

// The next event of the chain, in order.
void audit_rows_expect(struct audit_check *c, const struct audit_event *event);
bool audit_rows_check(struct audit_check *c) MUST_CHECK;

#endif
