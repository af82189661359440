// A record copied while others write to it (conventions.md REL-5), and SQLite's own checks.
#include <stdlib.h>

#include "db/sqlite.h"

enum {
    PAGES_AT_ONCE = 256, // 1 MB: between two steps a writer gets in
    RESTARTS_MAX = 3,    // after so many changes meanwhile, the rest goes in one step
    WAIT_MILLISECONDS = 10,
    WAITS_MAX = 500, // for a writer in the middle of its commit, as long as any other wait
};

// The copy is nobody's yet: no journal of its own, and it is synced by whoever gives it its name.
static bool open_copy(struct db *db, const char *to, sqlite3 **ret, struct err *e)
{
    int rc = sqlite3_open_v2(to, ret, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_exec(*ret, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL, NULL,
                          NULL);
    }
    if (rc == SQLITE_OK) {
        return true;
    }
    err_cause(e, "sqlite %d: %s", rc, *ret == NULL ? "no handle" : sqlite3_errmsg(*ret));
    return err_set(e, ERR_SYSTEM,
                   "The copy %s of %s could not be written; check that there is room and that its "
                   "folder may be written to.",
                   to, db->shown);
}

// A change of the record by another connection makes SQLite begin again with the next step, which
// shows in more pages left than there were. Under steady writing it would never end: so at last all
// is copied in one step, while writers wait.
static int copy_pages(sqlite3_backup *backup)
{
    int left = -1, restarts = 0, waits = 0, rc = SQLITE_OK;
    while (rc == SQLITE_OK) {
        rc = sqlite3_backup_step(backup, restarts < RESTARTS_MAX ? PAGES_AT_ONCE : -1);
        if ((rc == SQLITE_BUSY || rc == SQLITE_LOCKED) && waits++ < WAITS_MAX) {
            sqlite3_sleep(WAIT_MILLISECONDS);
            rc = SQLITE_OK;
            continue;
        }
        int now = sqlite3_backup_remaining(backup);
        restarts += left >= 0 && now >= left ? 1 : 0;
        left = now;
    }
    return rc;
}

bool sqlite_copy_file(struct db *db, const char *to, struct err *e)
{
    sqlite3 *copy = NULL;
    bool good = open_copy(db, to, &copy, e);
    sqlite3_backup *backup =
        good ? sqlite3_backup_init(copy, "main", sqlite_own(db)->handle, "main") : NULL;
    int rc = backup == NULL ? SQLITE_ERROR : copy_pages(backup);
    int finished = backup == NULL ? SQLITE_ERROR : sqlite3_backup_finish(backup);
    if (good && rc != SQLITE_DONE) {
        err_cause(e, "sqlite backup %d: %s", rc, sqlite3_errmsg(copy));
        good = rc == SQLITE_BUSY || rc == SQLITE_LOCKED
                   ? sqlite_fault(db, rc, e)
                   : err_set(e, ERR_SYSTEM,
                             "The copy of %s could not be finished: reading it or writing %s "
                             "failed (%s).",
                             db->shown, to, sqlite3_errstr(rc));
    }
    good = good && finished == SQLITE_OK;
    bool closed = sqlite3_close(copy) == SQLITE_OK;
    return good && (closed || err_set(e, ERR_SYSTEM, "The copy %s could not be closed.", to));
}

// What the check prints first, unless that is `fine` or it prints nothing.
static bool expect(struct db *db, const char *sql, const char *fine, struct err *e)
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(sqlite_own(db)->handle, sql, -1, &s, NULL);
    rc = rc == SQLITE_OK ? sqlite3_step(s) : rc;
    bool good = rc == SQLITE_DONE;
    if (rc == SQLITE_ROW) {
        const char *said = (const char *)sqlite3_column_text(s, 0);
        said = said == NULL ? "" : said;
        good = fine != NULL && sqlite3_stricmp(said, fine) == 0;
        if (!good) {
            err_cause(e, "%s: %s", sql, said);
            (void)err_set(e, ERR_INPUT, "%s is damaged: SQLite's own check finds \"%s\".",
                          db->shown, said);
        }
    } else if (!good) {
        (void)sqlite_fault(db, rc, e);
    }
    sqlite3_finalize(s);
    return good;
}

bool sqlite_check(struct db *db, struct err *e)
{
    return expect(db, "PRAGMA integrity_check(1)", "ok", e) &&
           expect(db, "PRAGMA foreign_key_check", NULL, e);
}
