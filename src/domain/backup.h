// A record backed up while it is in use, and put back (conventions.md REL-5).
//
// A backup is an SQLite record, whichever engine the record lives in: an SQLite record is copied by
// SQLite's own backup interface while others write; a record in PostgreSQL is copied table by table
// in one repeatable-read transaction, every row read back beside the one it came from. Either way
// the copy is written beside its final name, checked (the engine's own check, references, the audit
// trail walked, rows of each table counted and digested), synced, and only then given that name.
//
// A backup holds everything the record holds, digests of passwords included: keep it as you keep
// the record. The key file beside a record is not in it.
#ifndef GT_DOMAIN_BACKUP_H
#define GT_DOMAIN_BACKUP_H

#include "domain/audit.h"
#include "store/copy.h"

struct backup_report {
    const char *record; // as it may be shown
    const char *file;
    uint64_t bytes;
    uint64_t milliseconds;
    const struct store_copied *tables; // rows and SHA-256 of each, by name
    size_t table_count;
    uint64_t rows;
    struct audit_verdict audit; // of the copy; one that is not whole is kept all the same
    bool rehearsed;
    const char *kept; // restore: the name the record that stood there has now; NULL: none did
};

// Backs up the record at `url` to `file`. A file of that name is replaced only when it is an
// earlier backup of this record (ERR_INPUT otherwise). `rehearse`: also restores the backup into a
// fresh place beside it and compares every table. On failure nothing stands under the name that did
// not stand there before.
bool backup_make(struct arena *a, const char *url, const char *file, bool rehearse,
                 struct backup_report *out, struct err *e) MUST_CHECK;

// Puts the record of the backup `file` to `url`: a file name, or an empty database of PostgreSQL.
// Over a record that holds anything only where `confirm` names it (its one organisation's code or
// name, or the file's own name); it is then kept beside, under another name. Whoever has the record
// open goes on with the new one. A backup of an earlier release is brought up to date on the way;
// `file` itself is never changed.
bool backup_restore(struct arena *a, const char *file, const char *url, const char *confirm,
                    struct backup_report *out, struct err *e) MUST_CHECK;

// Notes in the record that it was backed up now, for those who watch it; what stands in the way (a
// record that may only be read) is no failure of the backup.
void backup_note(struct arena *a, const char *url);

#endif
