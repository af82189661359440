#include "store/runs.h"

static const char *kept_text(struct arena *a, struct db_statement *s, int column)
{
    size_t length = 0;
    const char *text = db_text(s, column, &length);
    return text == NULL ? NULL : arena_textn(a, text, length);
}

// ---- leases ----

bool store_lease(struct db *db, struct arena *a, const char *name, struct store_lease *out,
                 struct err *e)
{
    struct db_statement *s = NULL;
    if (!db_prepare(db, "lease.read",
                    "SELECT \"holder\", \"until\" FROM \"leases\" WHERE \"name\" = $1", &s, e)) {
        return false;
    }
    db_bind_text(s, 1, name);
    enum db_step step = db_step(s, e);
    *out = (struct store_lease){0};
    if (step == DB_ROW) {
        *out = (struct store_lease){kept_text(a, s, 0), db_int(s, 1)};
    }
    db_reset(s);
    return step != DB_FAULT;
}

bool store_lease_put(struct db *db, const char *name, const char *holder, int64_t until,
                     struct err *e)
{
    struct db_statement *s = NULL;
    if (!db_prepare(db, "lease.put",
                    "INSERT INTO \"leases\" (\"name\", \"holder\", \"until\") VALUES ($1, $2, $3) "
                    "ON CONFLICT (\"name\") DO UPDATE SET \"holder\" = excluded.\"holder\", "
                    "\"until\" = excluded.\"until\"",
                    &s, e)) {
        return false;
    }
    db_bind_text(s, 1, name);
    db_bind_text(s, 2, holder);
    db_bind_int(s, 3, until);
    return db_run(s, e);
}

bool store_lease_end(struct db *db, const char *name, const char *holder, int64_t now,
                     const char *result, struct err *e)
{
    struct db_statement *s = NULL;
    if (!db_prepare(db, "lease.end",
                    "UPDATE \"leases\" SET \"until\" = 0, \"last_run\" = $3, \"last_result\" = $4 "
                    "WHERE \"name\" = $1 AND \"holder\" = $2",
                    &s, e)) {
        return false;
    }
    db_bind_text(s, 1, name);
    db_bind_text(s, 2, holder);
    db_bind_int(s, 3, now);
    db_bind_text(s, 4, result);
    return db_run(s, e);
}

// ---- runs ----

bool store_run(struct db *db, struct arena *a, const char *job, int64_t due, struct store_run *out,
               bool *ret_found, struct err *e)
{
    struct db_statement *s = NULL;
    if (!db_prepare(db, "run.read",
                    "SELECT \"holder\", \"ended_at\", \"result\" FROM \"job_runs\" "
                    "WHERE \"job\" = $1 AND \"due_at\" = $2",
                    &s, e)) {
        return false;
    }
    db_bind_text(s, 1, job);
    db_bind_int(s, 2, due);
    enum db_step step = db_step(s, e);
    if (step == DB_ROW) {
        *out = (struct store_run){kept_text(a, s, 0), db_int(s, 1), kept_text(a, s, 2)};
    }
    db_reset(s);
    *ret_found = step == DB_ROW;
    return step != DB_FAULT;
}

static bool run_change(struct db *db, const char *name, const char *sql, const char *job,
                       int64_t due, const char *holder, int64_t now, const char *result,
                       struct err *e)
{
    struct db_statement *s = NULL;
    if (!db_prepare(db, name, sql, &s, e)) {
        return false;
    }
    db_bind_text(s, 1, job);
    db_bind_int(s, 2, due);
    db_bind_text(s, 3, holder);
    db_bind_int(s, 4, now);
    if (result != NULL) {
        db_bind_text(s, 5, result);
    }
    return db_run(s, e);
}

bool store_run_add(struct db *db, const char *job, int64_t due, const char *holder, int64_t now,
                   struct err *e)
{
    return run_change(db, "run.add",
                      "INSERT INTO \"job_runs\" (\"job\", \"due_at\", \"holder\", \"started_at\") "
                      "VALUES ($1, $2, $3, $4)",
                      job, due, holder, now, NULL, e);
}

bool store_run_take(struct db *db, const char *job, int64_t due, const char *holder, int64_t now,
                    struct err *e)
{
    return run_change(db, "run.take",
                      "UPDATE \"job_runs\" SET \"holder\" = $3, \"started_at\" = $4 "
                      "WHERE \"job\" = $1 AND \"due_at\" = $2",
                      job, due, holder, now, NULL, e);
}

bool store_run_end(struct db *db, const char *job, int64_t due, const char *holder, int64_t now,
                   const char *result, struct err *e)
{
    return run_change(db, "run.end",
                      "UPDATE \"job_runs\" SET \"ended_at\" = $4, \"result\" = $5 "
                      "WHERE \"job\" = $1 AND \"due_at\" = $2 AND \"holder\" = $3",
                      job, due, holder, now, result, e);
}

bool store_run_last(struct db *db, const char *job, const char *result, int64_t *out, struct err *e)
{
    struct db_statement *s = NULL;
    if (!db_prepare(db, "run.last",
                    "SELECT max(\"ended_at\") FROM \"job_runs\" WHERE \"job\" = $1 "
                    "AND \"result\" = $2",
                    &s, e)) {
        return false;
    }
    db_bind_text(s, 1, job);
    db_bind_text(s, 2, result);
    enum db_step step = db_step(s, e);
    *out = step == DB_ROW ? db_int(s, 0) : 0;
    db_reset(s);
    return step != DB_FAULT;
}

bool store_runs_forget(struct db *db, int64_t before, struct err *e)
{
    struct db_statement *s = NULL;
    if (!db_prepare(db, "run.forget", "DELETE FROM \"job_runs\" WHERE \"due_at\" < $1", &s, e)) {
        return false;
    }
    db_bind_int(s, 1, before);
    return db_run(s, e);
}
