// What a server counts of itself while it runs, for whoever watches it (conventions.md API-8).
//
// One `struct metrics` a process, made at the top and handed down; everything that counts takes
// NULL and then does nothing, so that commands and tests need none. Counting is lock-free and safe
// from any thread: an atomic addition or two. Nothing of a person or an address is ever counted:
// routes are patterns ("/{org}/measures/{code}"), never paths.
//
// To count something new: add it to an enum here and its line to the table in metrics.c.
#ifndef GT_BASE_METRICS_H
#define GT_BASE_METRICS_H

#include "base/buf.h"

struct metrics;

// Only ever rises.
enum metric_count {
    METRIC_SIGN_IN_FAILED,    // wrong password, code or service answer
    METRIC_SIGN_IN_DONE,      // and who got in
    METRIC_SIGN_IN_THROTTLED, // refused before the guess was looked at
    METRIC_DENIED,            // signed in or not, and may not (403)
    METRIC_CHANGES,           // changes committed through the door
    METRIC_COMMIT_FAILED,     // transactions that could not be committed
    METRIC_JOB_DONE,
    METRIC_JOB_FAILED,
    METRIC_COUNT_MAX,
};

// Rises and falls.
enum metric_level {
    METRIC_IN_FLIGHT,    // requests being answered
    METRIC_QUEUE,        // requests that wait for a worker
    METRIC_CONNECTIONS,  // open ones
    METRIC_BACKUP_AT,    // seconds since 1970 of the last backup that was verified; 0: none known
    METRIC_BACKUP_BYTES, // its size
    METRIC_LEVEL_MAX,
};

// How long something took, as a histogram.
enum metric_time {
    METRIC_REQUEST, // from the whole head to the answer handed over
    METRIC_COMMIT,  // of a writing transaction, its fsync included
    METRIC_TIME_MAX,
};

struct metrics *metrics_new(void); // NULL when memory is out
void metrics_free(struct metrics *m);

void metrics_add(struct metrics *m, enum metric_count what, uint64_t n);
void metrics_level_add(struct metrics *m, enum metric_level what, int64_t n);
void metrics_level_set(struct metrics *m, enum metric_level what, int64_t value);
int64_t metrics_level(const struct metrics *m, enum metric_level what);
uint64_t metrics_count(const struct metrics *m, enum metric_count what);
void metrics_took(struct metrics *m, enum metric_time what, uint64_t nanoseconds);

// A request answered. `route` is a pattern that lives as long as the process (a literal), or NULL
// where no route was found; `method` likewise ("GET"). Series are bounded: what comes after the
// last free one is counted under the route "other".
void metrics_request(struct metrics *m, const char *route, const char *method, int status);

// Nanoseconds that only rise, for metrics_took.
uint64_t metrics_clock(void);

// All of it in OpenMetrics text, without the closing "# EOF".
void metrics_write(const struct metrics *m, struct buf *out);

// One metric of another source in the same form: a gauge, or a counter whose name ends in
// "_total". `seconds` and the like are given as text, since a tool reads them as a number.
void metrics_write_one(struct buf *out, const char *name, const char *kind, const char *help,
                       const char *value);

// The process_* metrics: what the system says of this process.
void metrics_write_process(struct buf *out);

#endif
