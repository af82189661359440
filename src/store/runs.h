// Who runs which job, and which runs there were: tables `leases` and `job_runs`. Times are seconds
// since 1970. Changes are made inside db_begin ... db_commit.
#ifndef GT_STORE_RUNS_H
#define GT_STORE_RUNS_H

#include "db/db.h"

struct store_lease {
    const char *holder; // NULL: nobody ever
    int64_t until;
};
bool store_lease(struct db *db, struct arena *a, const char *name, struct store_lease *out,
                 struct err *e) MUST_CHECK;
bool store_lease_put(struct db *db, const char *name, const char *holder, int64_t until,
                     struct err *e) MUST_CHECK;
bool store_lease_end(struct db *db, const char *name, const char *holder, int64_t now,
                     const char *result, struct err *e) MUST_CHECK;

struct store_run {
    const char *holder;
    int64_t ended_at;   // 0: not yet
    const char *result; // NULL: none yet
};
bool store_run(struct db *db, struct arena *a, const char *job, int64_t due, struct store_run *out,
               bool *ret_found, struct err *e) MUST_CHECK;
bool store_run_add(struct db *db, const char *job, int64_t due, const char *holder, int64_t now,
                   struct err *e) MUST_CHECK;
// The run of a holder that is gone, by another.
bool store_run_take(struct db *db, const char *job, int64_t due, const char *holder, int64_t now,
                    struct err *e) MUST_CHECK;
bool store_run_end(struct db *db, const char *job, int64_t due, const char *holder, int64_t now,
                   const char *result, struct err *e) MUST_CHECK;
// When the last run of this job with this result ended; 0: there is none.
bool store_run_last(struct db *db, const char *job, const char *result, int64_t *out,
                    struct err *e) MUST_CHECK;
bool store_runs_forget(struct db *db, int64_t before, struct err *e) MUST_CHECK;

#endif
