// Whether a server can do its work, and what its record says of itself, for whoever watches it.
#ifndef GT_DOMAIN_READY_H
#define GT_DOMAIN_READY_H

#include "base/err.h"

struct connections;

struct ready {
    // NULL: well; otherwise what is wrong, one sentence without inner details.
    const char *reading, *writing, *schema;
    // Of the file system of an SQLite record, in percent; -1: the record is not a file.
    int64_t disc_free;
};
// Reads, and writes something that is taken back, which meets a full disc or a lost permission
// before a user does. May wait for a writer: workers only. `url` is the record's.
void ready_look(struct connections *c, struct arena *a, const char *url, struct ready *out);

struct ready_figures {
    int64_t audit_head; // sequence of the last event
    int64_t backup_at; // seconds since 1970 of the last good backup, by a job or a command; 0: none
    int64_t wal_bytes; // of a write-ahead log beside the file, which should never be there; -1: n/a
};
bool ready_figures(struct connections *c, struct arena *a, const char *url,
                   struct ready_figures *out, struct err *e) MUST_CHECK;

#endif
