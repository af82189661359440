// The jobs every server has: backups, the audit trail's head sent outside, what has expired
// removed.
#ifndef GT_JOBS_NIGHTLY_H
#define GT_JOBS_NIGHTLY_H

#include "jobs/runner.h"

struct nightly {
    struct connections *connections;
    struct metrics *metrics;
    const char *url;           // of the record
    const char *backup_folder; // NULL: no backups
    unsigned backup_keep;      // how many of them
    int64_t backup_at;         // seconds into the day, UTC
    const char *audit_hook;    // a command; NULL: none
};

enum { NIGHTLY_JOBS_MAX = 3 };

// Fills `jobs` and gives how many there are. `n` must live as long as they.
size_t nightly_jobs(struct nightly *n, struct job jobs[NIGHTLY_JOBS_MAX]);

// Hands the head of the audit trail to the hook now: GOLDTHREAD_AUDIT_SEQ and GOLDTHREAD_AUDIT_HASH
// in its environment, "SEQUENCE:HASH" and a line end on its standard input. ERR_SYSTEM when it does
// not end with 0 within half a minute. True without a hook.
bool nightly_send_head(const struct nightly *n, struct arena *a, struct err *e) MUST_CHECK;

#endif
