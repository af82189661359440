// Opening a record in an SQLite file: what is ours, what is not, and the settings every connection
// has (conventions.md REL-1 to REL-4).
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/sqlite.h"

enum { APPLICATION_ID = 0x47544852 }; // "GTHR"

static const int64_t HEAP_LIMIT = (int64_t)1 << 30;

// Limits far above what the record needs and far below what a hostile file could ask for.
static void set_limits(sqlite3 *handle)
{
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 16 << 20);
    sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 1 << 20);
    sqlite3_limit(handle, SQLITE_LIMIT_COLUMN, 200);
    sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 100);
    sqlite3_limit(handle, SQLITE_LIMIT_COMPOUND_SELECT, 20);
    sqlite3_limit(handle, SQLITE_LIMIT_FUNCTION_ARG, DB_SCAN_COLUMNS_MAX);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 1);
    sqlite3_limit(handle, SQLITE_LIMIT_TRIGGER_DEPTH, 8);
    sqlite3_limit(handle, SQLITE_LIMIT_WORKER_THREADS, 0);
}

static bool prepare_one(const struct db *db, const char *sql, sqlite3_stmt **out, struct err *e)
{
    int rc = sqlite3_prepare_v2(sqlite_own(db)->handle, sql, -1, out, NULL);
    return rc == SQLITE_OK || sqlite_fault(db, rc, e);
}

// The first integer a statement gives.
static bool ask_int(const struct db *db, const char *sql, int64_t *out, struct err *e)
{
    sqlite3_stmt *s = NULL;
    if (!prepare_one(db, sql, &s, e)) {
        return false;
    }
    int rc = sqlite3_step(s);
    bool good = rc == SQLITE_ROW;
    if (good) {
        *out = sqlite3_column_int64(s, 0);
    } else {
        sqlite_fault(db, rc, e);
    }
    sqlite3_finalize(s);
    return good;
}

// Whether the first text a statement gives is `expected`.
static bool ask_is(const struct db *db, const char *sql, const char *expected, bool *out,
                   struct err *e)
{
    sqlite3_stmt *s = NULL;
    if (!prepare_one(db, sql, &s, e)) {
        return false;
    }
    int rc = sqlite3_step(s);
    bool good = rc == SQLITE_ROW;
    if (good) {
        const unsigned char *text = sqlite3_column_text(s, 0);
        *out = text != NULL && strcmp((const char *)text, expected) == 0;
    } else {
        sqlite_fault(db, rc, e);
    }
    sqlite3_finalize(s);
    return good;
}

static bool check_file(const struct db *db, enum db_mode mode, struct err *e)
{
    struct stat s;
    if (strcmp(db->url, ":memory:") == 0) {
        return true;
    }
    if (db->url[0] == '\0') {
        return err_set(e, ERR_USAGE, "The name of the record is empty; give a file name.");
    }
    if (stat(db->url, &s) != 0) {
        return mode == DB_CREATE ||
               err_set(e, ERR_ABSENT,
                       "There is no record at %s; make one by importing a council folder: "
                       "goldthread --record %s import FOLDER.",
                       db->url, db->url);
    }
    if (!S_ISREG(s.st_mode)) {
        return err_set(e, ERR_SYSTEM, "%s is not a file; give the name of a record.", db->url);
    }
    return true;
}

// A new record is for its owner's eyes: names, figures of few people, digests of passwords. What
// fails here fails again in SQLite's own opening, which says why. The journal gets the same rights.
static void make_private(const char *name)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0) {
        close(fd);
    }
}

static bool refuse_foreign(const struct db *db, struct err *e)
{
    return err_set(e, ERR_SYSTEM,
                   "%s is a database of another program, not a Goldthread record; give another "
                   "file name. Nothing in it was changed.",
                   db->url);
}

// Ours, or empty; anything else is left alone.
static bool check_owner(const struct db *db, struct err *e)
{
    int64_t application = 0;
    int64_t tables = 0;
    if (!ask_int(db, "PRAGMA application_id", &application, e)) {
        return false;
    }
    if (application == APPLICATION_ID) {
        return true;
    }
    if (application != 0) {
        return refuse_foreign(db, e);
    }
    if (!ask_int(db, "SELECT count(*) FROM sqlite_schema", &tables, e)) {
        return false;
    }
    return tables == 0 || refuse_foreign(db, e);
}

// A rollback journal (REL-1): reads come from the snapshot, so WAL buys nothing here, and SQLite
// before 3.51.3 can damage a WAL database when it resets the log.
static bool leave_wal(const struct db *db, struct err *e)
{
    bool wal = false;
    bool deleted = false;
    if (!ask_is(db, "PRAGMA journal_mode", "wal", &wal, e)) {
        return false;
    }
    if (!wal) {
        return true;
    }
    struct err why = {.arena = e->arena};
    if (ask_is(db, "PRAGMA journal_mode = DELETE", "delete", &deleted, &why) && deleted) {
        return true;
    }
    err_cause(e, "%s", why.cause == NULL ? "journal mode stayed wal" : why.cause);
    return err_set(e, ERR_SYSTEM,
                   "%s is in SQLite's WAL mode and could not be turned back; close every other "
                   "program that has it open, and see that it can be written to.",
                   db->url);
}

static bool settle(struct db *db, enum db_mode mode, struct err *e)
{
    sqlite3 *handle = sqlite_own(db)->handle;
    set_limits(handle);
    sqlite3_busy_timeout(handle, SQLITE_BUSY_MILLISECONDS);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    // A change is committed by the removal of its journal: with EXTRA that, too, is on the disc
    // before anybody hears of it. With FULL (REL-2's least) tests/store/test_power.c loses changes.
    if (!sqlite_run(db,
                    "PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
                    "PRAGMA synchronous = EXTRA",
                    e) ||
        !sqlite_scan_install(db, e) || !check_owner(db, e) || !leave_wal(db, e)) {
        return false;
    }
    // A writer sorts and inserts by the million; a reader loads once and lets go.
    return mode == DB_READ ? sqlite_run(db, "PRAGMA query_only = ON", e)
                           : sqlite_run(db, "PRAGMA cache_size = -65536", e);
}

bool sqlite_driver_open(struct db *db, enum db_mode mode, struct err *e)
{
    if (!check_file(db, mode, e)) {
        return false;
    }
    sqlite3_hard_heap_limit64(HEAP_LIMIT);
    struct sqlite_own *own = ARENA_NEW(db->arena, struct sqlite_own);
    db->own = own;
    // A reader opens for writing too, so that it can roll a crashed writer's journal back; what it
    // may not do is said by query_only. Without the permission SQLite opens read-only by itself.
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
                SQLITE_OPEN_EXRESCODE | (mode == DB_CREATE ? SQLITE_OPEN_CREATE : 0);
    if (mode == DB_CREATE && strcmp(db->url, ":memory:") != 0) {
        make_private(db->url);
    }
    int rc = sqlite3_open_v2(db->url, &own->handle, flags, NULL);
    bool good = rc == SQLITE_OK || sqlite_fault(db, rc, e);
    if (!good || !settle(db, mode, e)) {
        sqlite_driver_close(db);
        db->own = NULL;
        return false;
    }
    sqlite3_file *file = NULL;
    if (sqlite3_file_control(own->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK &&
        file != NULL && file->pMethods != NULL && strcmp(db->url, ":memory:") != 0) {
        own->file = file;
    }
    return true;
}

void sqlite_driver_close(struct db *db)
{
    for (struct db_statement *s = db->statements; s != NULL; s = s->next) {
        sqlite3_finalize(s->own);
    }
    sqlite3_close_v2(sqlite_own(db)->handle);
}

bool sqlite_read_schema_number(struct db *db, int *out, struct err *e)
{
    int64_t number = 0;
    if (!ask_int(db, "PRAGMA user_version", &number, e)) {
        return false;
    }
    *out = (int)number;
    return true;
}

bool sqlite_write_schema_number(struct db *db, int number, struct err *e)
{
    const char *sql = arena_printf(
        db->arena, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION_ID, number);
    return sqlite_run(db, sql, e);
}

bool sqlite_can_write(struct db *db)
{
    int64_t query_only = 0;
    struct err ignored = {.arena = db->arena};
    return sqlite3_db_readonly(sqlite_own(db)->handle, "main") == 0 &&
           ask_int(db, "PRAGMA query_only", &query_only, &ignored) && query_only == 0;
}
