// Between backup.c, backup_check.c and backup_restore.c.
#ifndef GT_DOMAIN_BACKUP_PARTS_H
#define GT_DOMAIN_BACKUP_PARTS_H

#include "domain/backup.h"

// A new, empty file beside `path` that is removed with the arena unless backup_settle gave it its
// name; NULL with `e` set when it cannot be made.
struct backup_draft {
    const char *name; // NULL: it is no longer ours to remove
};
struct backup_draft *backup_draft(struct arena *a, const char *path, struct err *e) MUST_CHECK;
bool backup_settle(struct backup_draft *draft, const char *path, struct err *e) MUST_CHECK;

// The record at `url` as it stands now, into the empty file.
bool backup_copy(struct arena *a, const char *url, const char *file, struct err *e) MUST_CHECK;

// Checks the record in `file` and fills tables, rows, audit and bytes of the report. ERR_INPUT when
// the engine's checks find damage.
bool backup_check(struct arena *a, const char *file, struct backup_report *out,
                  struct err *e) MUST_CHECK;
bool backup_same_tables(const struct backup_report *a, const struct backup_report *b,
                        struct err *e) MUST_CHECK;

// What stands at a file name already.
struct backup_found {
    bool exists;
    bool readable; // a record whose trail and organisations could be read
    bool empty;    // and holds nothing
    const struct store_organisation *organisations;
    size_t organisation_count;
    struct audit_head head;
    bool earlier; // its last event is one of `other` too: `other` has all that it has
};
// `other`: the file of a record, to hold it against.
void backup_look(struct arena *a, const char *file, const char *other, struct backup_found *out);

#endif
