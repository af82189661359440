// The audit trail: one chain of events for the whole record, each with the digest of the one before
// it. Written in the transaction of the change it tells of; never changed and never removed.
//
// The canonical form of an event is one line of JSON, without blanks, its members in this order:
//
//   {"seq":7,"at":"2025-10-01T09:30:00Z","actor":"...","session":"...","action":"change",
//    "organisation":"luton","kind":"measure","key":["M1"],"changes":{"title":["Old","New"]},
//    "reason":"...","rows":1,"digest":"<64>","previous":"<64>"}
//
// (broken here to fit). Texts are escaped as base/json.h does; `key` and `changes` stand as they
// stand in the record, which is canonical already. `hash` is the SHA-256 of exactly these bytes,
// and `previous` the hash of event seq - 1; of the first event, 64 noughts. An exported line is the
// same with `,"hash":"<64>"` before the last bracket. docs/audit.md has the whole description.
#ifndef GT_STORE_AUDIT_H
#define GT_STORE_AUDIT_H

#include "base/digest.h"
#include "store/store.h"

struct audit_event {
    uint64_t seq;             // 1, 2, 3 ... without a gap
    const char *at;           // UTC, "2025-10-01T09:30:00Z"
    const char *actor;        // who
    const char *session;      // of the signed-in actor; "" on the command line
    const char *action;       // "create", "change", "retire", "import"
    const char *organisation; // whose; "" for what belongs to the whole record
    const char *kind;         // name of the descriptor: "measure"
    const char *key;          // JSON array of the key cells, "" for a blank one; of an import: file
    const char *changes;      // JSON object: field -> [before, after]; of an import: counts
    const char *reason;
    uint64_t rows;        // rows of the record that this event wrote
    const char *digest;   // of what they say now, see domain/trail.h; "" where rows is 0
    const char *previous; // hash of the event before
    const char *hash;
};

// Where the chain ends: 0 and 64 noughts when there is none yet.
struct audit_head {
    uint64_t seq;
    char hash[DIGEST_HEX + 1];
};
bool store_audit_head(struct db *db, struct audit_head *out, struct err *e) MUST_CHECK;

// Appends the events in order, inside db_begin ... db_commit; fills seq, previous and hash.
bool store_audit_append(struct db *db, struct arena *a, struct audit_event *events, size_t count,
                        struct err *e) MUST_CHECK;

// Puts the canonical line: without its hash, as it is digested; or with it, as it is exported.
void audit_line(struct buf *b, const struct audit_event *event, bool with_hash);

// ---- reading ----

struct audit_reader {
    struct db_statement *statement;
    struct audit_event event; // the one just read; its texts stand until the next
};
// From event `from` on.
bool store_audit_start(struct audit_reader *r, struct db *db, uint64_t from,
                       struct err *e) MUST_CHECK;
// Only this event.
bool store_audit_start_one(struct audit_reader *r, struct db *db, uint64_t seq,
                           struct err *e) MUST_CHECK;
// Those of one thing: kind by name, key as in the event.
bool store_audit_start_of(struct audit_reader *r, struct db *db, const char *organisation,
                          const char *kind, const char *key, struct err *e) MUST_CHECK;
// The last event of each thing of a kind, in any order; only seq, action and key are filled.
bool store_audit_start_last(struct audit_reader *r, struct db *db, const char *organisation,
                            const char *kind, struct err *e) MUST_CHECK;
enum db_step store_audit_next(struct audit_reader *r, struct err *e) MUST_CHECK;
void store_audit_end(struct audit_reader *r);

// What digests of private texts are made with: 64 hexadecimal digits, made once a record. Inside
// db_begin ... db_commit the first time; "" when there is none yet and nothing can be written.
bool store_audit_salt(struct db *db, struct arena *a, bool make, const char **out,
                      struct err *e) MUST_CHECK;

#endif
