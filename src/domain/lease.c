#include "domain/lease.h"

#include <string.h>

#include "store/runs.h"

enum { DAY_SECONDS = 86400, KEPT_DAYS = 400 };

bool lease_now(struct db *db, int64_t *out, struct err *e)
{
    return db_clock(db, out, e);
}

bool lease_open(struct db *db, struct arena *a, const char *job, int64_t due, bool *out,
                struct err *e)
{
    struct store_run run = {0};
    struct store_lease lease = {0};
    bool found = false;
    int64_t now = 0;
    if (!store_run(db, a, job, due, &run, &found, e) || !store_lease(db, a, job, &lease, e) ||
        !db_clock(db, &now, e)) {
        return false;
    }
    // A lease without a run of this moment is that of the run before, which is still under way.
    *out = !(found && run.ended_at != 0) && lease.until <= now;
    return true;
}

bool lease_take(struct db *db, struct arena *a, const char *job, int64_t due, const char *holder,
                int64_t seconds, bool *ret_mine, struct err *e)
{
    struct store_run run = {0};
    bool found = false, open = false;
    int64_t now = 0;
    *ret_mine = false;
    if (!lease_open(db, a, job, due, &open, e) || !db_clock(db, &now, e) ||
        !store_run(db, a, job, due, &run, &found, e)) {
        return false;
    }
    if (!open) {
        return true;
    }
    bool taken = found ? store_run_take(db, job, due, holder, now, e)
                       : store_run_add(db, job, due, holder, now, e);
    if (!taken || !store_lease_put(db, job, holder, now + seconds, e)) {
        return false;
    }
    *ret_mine = true;
    return true;
}

bool lease_renew(struct db *db, struct arena *a, const char *job, const char *holder,
                 int64_t seconds, bool *ret_mine, struct err *e)
{
    struct store_lease lease = {0};
    int64_t now = 0;
    if (!store_lease(db, a, job, &lease, e) || !db_clock(db, &now, e)) {
        return false;
    }
    *ret_mine = lease.holder != NULL && strcmp(lease.holder, holder) == 0;
    return !*ret_mine || store_lease_put(db, job, holder, now + seconds, e);
}

bool lease_end(struct db *db, const char *job, int64_t due, const char *holder, const char *result,
               struct err *e)
{
    int64_t now = 0;
    return db_clock(db, &now, e) && store_run_end(db, job, due, holder, now, result, e) &&
           store_lease_end(db, job, holder, now, result, e);
}

bool lease_note(struct db *db, const char *job, const char *holder, struct err *e)
{
    struct arena *a = e->arena;
    struct store_run run = {0};
    bool found = true;
    int64_t now = 0;
    if (!db_clock(db, &now, e) || !store_run(db, a, job, now, &run, &found, e)) {
        return false;
    }
    return found || (store_run_add(db, job, now, holder, now, e) &&
                     store_run_end(db, job, now, holder, now, LEASE_DONE, e));
}

bool lease_last_done(struct db *db, const char *job, int64_t *out, struct err *e)
{
    return store_run_last(db, job, LEASE_DONE, out, e);
}

bool lease_forget(struct db *db, struct err *e)
{
    int64_t now = 0;
    return db_clock(db, &now, e) &&
           store_runs_forget(db, now - (int64_t)KEPT_DAYS * DAY_SECONDS, e);
}
