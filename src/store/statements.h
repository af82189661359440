// The closed list of statements over the tables of the descriptors. The text of each follows from
// its kind's descriptor alone: nothing that came from outside is ever part of it.
//
// Parameters: $1 is the organisation everywhere; then as said below. Columns of a read: those of
// the descriptor in order, then for kinds with versions `version`, `recorded_at`, `superseded_at`,
// and (not for db_scan) `event`.
#ifndef GT_STORE_STATEMENTS_H
#define GT_STORE_STATEMENTS_H

#include "db/db.h"
#include "model/descriptor.h"

enum statement {
    STATEMENT_CURRENT,  // what stands now, by key
    STATEMENT_ALL,      // every version, by key and version
    STATEMENT_OF_FIRST, // every version of the rows whose first key column is $2, by key, version
    STATEMENT_OF_KEY,   // every version of one row: $2 ... the key columns in order
    STATEMENT_SCAN_CURRENT, // as CURRENT and ALL, for db_scan
    STATEMENT_SCAN_ALL,
    STATEMENT_SCAN_BETWEEN,  // as SCAN_ALL, of the rows whose first key column is $2 to $3
    STATEMENT_UPDATE,        // a row without versions: $2 ... the descriptor's columns in order
    STATEMENT_ROW,           // what stands now of one row: $2 ... the key columns in order
    STATEMENT_REMOVE,        // a row without versions: $2 ... the key columns in order
    STATEMENT_SUPERSEDE,     // $2 the time; $3 the version; $4 ... the key columns in order
    STATEMENT_PAGE,          // what stands now behind the key $3 ..., by key, $2 rows of it
    STATEMENT_PAGE_OF_FIRST, // the same of the rows whose first key column is the last parameter
};

bool statement_prepare(struct db *db, enum statement which, const struct descriptor *d,
                       struct db_statement **out, struct err *e) MUST_CHECK;

// Statements that belong to no kind, by name; the texts stand in statements.c.
enum plain_statement {
    PLAIN_ORGANISATIONS, // code, name, kind, revision, changed_at, by code; no parameters
    PLAIN_REVISION,      // highest number of $1, or null
    PLAIN_REVISE,        // the next number of $1: $2 time, $3 what
    PLAIN_TARGETED,      // measures of $1 with a current target, by code
    PLAIN_MEASURE_COUNT, // of $1
    // Of the audit trail; rows of events with all columns in the order of the migration.
    PLAIN_AUDIT_HEAD,     // seq, hash of the last event; no parameters
    PLAIN_AUDIT_FROM,     // events from $1 on
    PLAIN_AUDIT_ONE,      // event $1
    PLAIN_AUDIT_OF,       // of organisation $1, kind $2, key $3
    PLAIN_AUDIT_LAST,     // the last of each key of organisation $1, kind $2
    PLAIN_AUDIT_SALT,     // the salt; no parameters
    PLAIN_AUDIT_SALT_ADD, // $1
    // Answers kept for who asks twice: request, status, location, etag, content_type, body of $1
    // that has not expired at $2; the same to keep, $2 ... $7, until $8; what expired before $1.
    PLAIN_ANSWER,
    PLAIN_ANSWER_KEEP,
    PLAIN_ANSWERS_FORGET,
};
bool statement_prepare_plain(struct db *db, enum plain_statement which, struct db_statement **out,
                             struct err *e) MUST_CHECK;

#endif
