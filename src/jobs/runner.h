// Scheduled jobs in a server: a thread that looks every few seconds what is due, takes it by a
// lease (domain/lease.h) so that of several servers on one record one runs it, once, and runs it; a
// second thread renews the lease meanwhile.
//
// A job is due at moments that follow from its period alone, the same for every server. One that
// was missed (no server was running) is run when there is one again: the last moment only.
#ifndef GT_JOBS_RUNNER_H
#define GT_JOBS_RUNNER_H

#include "base/metrics.h"

struct connections;
struct db;
struct err;

struct job {
    const char *name;
    int64_t period, offset; // seconds: due at offset + n * period since 1970, UTC
    // Whether there is anything to do; NULL: always. Reads only.
    bool (*wanted)(struct db *db, bool *out, struct err *e);
    // False with `e` set: it failed, and is tried again at its next moment. May take its time; may
    // use connections.
    bool (*run)(void *context, struct arena *a, struct err *e);
    void *context;
};

struct runner_options {
    struct connections *connections;
    struct metrics *metrics;
    const struct job *jobs;
    size_t job_count;
    const char *holder;    // a name no other server has
    int64_t lease_seconds; // 0: 60. How long after a server's death its job is taken over
    unsigned pause;        // milliseconds between two looks; 0: 5000
};

struct runner;

// What the options point to must live until runner_stop. ERR_SYSTEM without threads or memory.
bool runner_start(const struct runner_options *options, struct runner **ret,
                  struct err *e) MUST_CHECK;
// A job under way finishes first. NULL is taken.
void runner_stop(struct runner *r);

#endif
