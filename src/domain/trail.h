// What a transaction that changes the record leaves in the audit trail: collected while rows are
// written, and appended at its end.
//
// A row that is created, changed or retired is an event of its own, with each field before and
// after. A file of more than TRAIL_ROWS_EACH figures (or of another kind with versions) is one
// event: its digest covers every row written, in the order of their keys, and the versions in the
// record hold what was before and what is now. Kinds without versions lose what was before, so each
// of their rows is always an event.
//
// The canonical form of a row is one line of JSON without blanks: its cells that are not blank, in
// the order of the descriptor, and of kinds with versions the number of the version:
//
//   {"measure":"M1","period":"2014-15-Q1","value":"68.2","version":2}
//
// The digest of an event is the SHA-256 of the rows it wrote, each followed by a line feed (0a).
// The text of a private column stands nowhere in the trail, only {"sha256":"<64>"}, the digest of
// SALT|kind.column|TEXT with the salt of the record, which never leaves it.
#ifndef GT_DOMAIN_TRAIL_H
#define GT_DOMAIN_TRAIL_H

#include "base/csv.h"
#include "base/grow.h"
#include "domain/who.h"
#include "store/audit.h"

enum { TRAIL_ROWS_EACH = 1000, TRAIL_TEXT_MAX = 64 << 20 };

struct trail {
    struct arena *arena;
    const struct who *who;
    const char *organisation;
    const char *at;
    const char *salt;
    uint64_t first;     // sequence of the first event
    struct grow events; // struct audit_event
    struct grow files;  // struct trail_file *
    struct digest *digest;
    struct buf text; // scratch
};

// Reads where the chain ends; inside the transaction, which holds the write lock, so nobody can
// append in between.
bool trail_start(struct trail *t, struct db *db, struct arena *a, const struct who *who,
                 const char *at, struct err *e) MUST_CHECK;

struct trail_row {
    enum who_action action;
    const struct descriptor *kind;
    const struct slice *before, *after; // as in struct who_request
    int version;                        // of kinds with versions
    const char *reason;
};
// Notes one row; returns the sequence of its event.
uint64_t trail_row(struct trail *t, const struct trail_row *row);

// A large file: one event for all its rows.
struct trail_file;
struct trail_file *trail_file(struct trail *t, const struct descriptor *kind, const char *name);
// Notes one of its rows, in the order of keys; returns the sequence of the file's event. `first`:
// nothing stood there before.
uint64_t trail_file_row(struct trail_file *f, const struct slice *cells, int version, bool first);

// Appends all of it.
bool trail_write(struct trail *t, struct db *db, struct err *e) MUST_CHECK;

// ---- canonical forms, for whoever verifies ----

// The line of a row, without its line feed. `version` 0: of a kind without versions.
void trail_put_row(struct buf *b, struct digest *d, const char *salt, const struct descriptor *kind,
                   const struct slice *cells, int version);
// The key of a row as events name it: ["M1","","2014-15-Q1"].
void trail_put_key(struct buf *b, const struct descriptor *kind, const struct slice *cells);
// What tells one state of a row from another: the digest of its canonical form.
const char *trail_seen(struct arena *a, const char *salt, const struct descriptor *kind,
                       const struct slice *cells, int version);

#endif
