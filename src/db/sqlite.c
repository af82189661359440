#include "db/sqlite.h"

#include <errno.h>
#include <string.h>

static bool is_no_room(int error)
{
    return error == ENOSPC || error == EFBIG || error == EDQUOT;
}

// SQLite says FULL for ENOSPC alone; for a quota or a limit of file sizes it says "I/O error", and
// the file handle remembers why.
static bool out_of_room(const struct db *db, int rc)
{
    sqlite3 *handle = sqlite_own(db)->handle;
    int of_file = 0;
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, &of_file);
    return (rc & 0xff) == SQLITE_FULL ||
           ((rc & 0xff) == SQLITE_IOERR &&
            (is_no_room(of_file) || is_no_room(sqlite3_system_errno(handle))));
}

static const char *sentence(int rc)
{
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "The record %s is being written by another program; nothing was changed, try again "
               "in a moment.";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return "The record %s cannot be written to; check the permissions of the file and of its "
               "folder. Nothing was changed.";
    case SQLITE_CORRUPT:
        return "The record %s is damaged; put back the last backup. Nothing was changed.";
    case SQLITE_NOTADB:
        return "%s is not a Goldthread record; give another file name. Nothing in it was changed.";
    case SQLITE_CANTOPEN:
        return "The record %s cannot be opened; check that its folder exists and may be written "
               "to.";
    case SQLITE_NOMEM: return "There is not enough memory for the record %s; nothing was changed.";
    case SQLITE_CONSTRAINT:
        return "The change would break a rule of the record %s itself and was not made; this is a "
               "fault of the program, please report it.";
    case SQLITE_IOERR:
        return "The record %s cannot be read or written: the disc reports a fault. Nothing was "
               "changed.";
    default: return "The record %s gives an error that was not expected. Nothing was changed.";
    }
}

// One place where the texts above meet their file name: they hold one %s each.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
bool sqlite_fault(const struct db *db, int rc, struct err *e)
{
    sqlite3 *handle = sqlite_own(db)->handle;
    err_cause(e, "sqlite %d: %s", rc, handle == NULL ? "no handle" : sqlite3_errmsg(handle));
    if (handle != NULL && out_of_room(db, rc)) {
        return err_set(e, ERR_SYSTEM,
                       "The disc that holds %s is full; nothing of this change was kept. Make "
                       "room and run it again.",
                       db->url);
    }
    return err_set(e, ERR_SYSTEM, sentence(rc), db->url);
}
#pragma GCC diagnostic pop

bool sqlite_run(const struct db *db, const char *sql, struct err *e)
{
    int rc = sqlite3_exec(sqlite_own(db)->handle, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK || sqlite_fault(db, rc, e);
}

static bool transact(struct db *db, const char *verb, struct err *e)
{
    // After some failures SQLite has rolled back already.
    bool over = sqlite3_get_autocommit(sqlite_own(db)->handle) != 0;
    if (over && strcmp(verb, DB_ROLLBACK) == 0) {
        return true;
    }
    if (over && (strcmp(verb, DB_COMMIT) == 0 || strcmp(verb, DB_SAVEPOINT) == 0)) {
        return err_set(e, ERR_SYSTEM,
                       "The record %s could not be written to; nothing of this change was kept.",
                       db->url);
    }
    return sqlite_run(db, verb, e);
}

// SQLite puts off the lock until something is read; only a read transaction that holds it is sure
// of what it sees.
static bool begin_read_now(struct db *db, struct err *e)
{
    sqlite3 *handle = sqlite_own(db)->handle;
    sqlite3_busy_timeout(handle, 0);
    bool begun = sqlite_run(db, DB_BEGIN_READ, e);
    bool good = begun && sqlite_run(db, "SELECT count(*) FROM sqlite_schema", e);
    if (begun && !good) {
        sqlite3_exec(handle, DB_ROLLBACK, NULL, NULL, NULL);
    }
    sqlite3_busy_timeout(handle, SQLITE_BUSY_MILLISECONDS);
    return good;
}

// "$7" is a name to SQLite, numbered by where it first appears: ask for each by its name.
static bool find_parameters(struct db *db, struct db_statement *s)
{
    sqlite3_stmt *own = s->own;
    int count = sqlite3_bind_parameter_count(own);
    int highest = 0;
    for (int position = 1; position <= count; position++) {
        const char *name = sqlite3_bind_parameter_name(own, position);
        int n = 0;
        for (const char *at = name == NULL ? "" : name + 1; *at >= '0' && *at <= '9'; at++) {
            n = n * 10 + (*at - '0');
        }
        if (n < 1 || n > 999) {
            return false;
        }
        highest = n > highest ? n : highest;
    }
    s->parameters = highest;
    s->positions = ARENA_ARRAY(db->arena, (size_t)highest, int);
    for (int n = 1; n <= highest; n++) {
        s->positions[n - 1] = sqlite3_bind_parameter_index(own, arena_printf(db->arena, "$%d", n));
    }
    return true;
}

static bool prepare(struct db *db, struct db_statement *s, struct err *e)
{
    sqlite3_stmt *own = NULL;
    const char *rest = NULL;
    int rc = sqlite3_prepare_v3(sqlite_own(db)->handle, s->sql, -1, SQLITE_PREPARE_PERSISTENT, &own,
                                &rest);
    if (rc != SQLITE_OK) {
        err_cause(e, "statement %s", s->name);
        return sqlite_fault(db, rc, e);
    }
    s->own = own;
    if (own == NULL || *rest != '\0' || !find_parameters(db, s)) {
        sqlite3_finalize(own);
        return err_set(e, ERR_SYSTEM, "The statement %s is not one statement with $n parameters.",
                       s->name);
    }
    return true;
}

static void bind_text(struct db_statement *s, int position, const char *text, size_t length)
{
    if (text == NULL) {
        sqlite3_bind_null(s->own, position);
    } else {
        sqlite3_bind_text64(s->own, position, text, length, SQLITE_STATIC, SQLITE_UTF8);
    }
}

static void bind_int(struct db_statement *s, int position, int64_t value)
{
    sqlite3_bind_int64(s->own, position, value);
}

static enum db_step step(struct db_statement *s, struct err *e)
{
    int rc = sqlite3_step(s->own);
    if (rc == SQLITE_ROW) {
        return DB_ROW;
    }
    if (rc == SQLITE_DONE) {
        return DB_DONE;
    }
    err_cause(e, "statement %s: %s", s->name, sqlite3_errmsg(sqlite_own(s->db)->handle));
    sqlite_fault(s->db, rc, e);
    return DB_FAULT;
}

static const char *text(struct db_statement *s, int column, size_t *ret_length)
{
    const char *found = (const char *)sqlite3_column_text(s->own, column);
    *ret_length = found == NULL ? 0 : (size_t)sqlite3_column_bytes(s->own, column);
    return found;
}

static int64_t integer(struct db_statement *s, int column)
{
    return sqlite3_column_int64(s->own, column);
}

static void reset(struct db_statement *s)
{
    sqlite3_reset(s->own);
    sqlite3_clear_bindings(s->own);
}

static int64_t changes(struct db *db)
{
    return sqlite3_changes64(sqlite_own(db)->handle);
}

static uint64_t change_counter(struct db *db)
{
    struct sqlite_own *own = sqlite_own(db);
    if (own->file == NULL) {
        return (uint64_t)sqlite3_total_changes64(own->handle);
    }
    unsigned char bytes[4] = {0};
    if (own->file->pMethods->xRead(own->file, bytes, sizeof bytes, 24) != SQLITE_OK) {
        // Never twice the same: the caller goes and reads, and meets the failure there.
        return ((uint64_t)1 << 32) + ++own->unreadable;
    }
    return (uint64_t)bytes[0] << 24 | (uint64_t)bytes[1] << 16 | (uint64_t)bytes[2] << 8 | bytes[3];
}

// A commit is in the file before it is acknowledged: nothing has to be told.
static void change_expected(struct db *db)
{
    (void)db;
}

static bool was_replaced(struct db *db)
{
    int moved = 0;
    return sqlite_own(db)->file != NULL &&
           sqlite3_file_control(sqlite_own(db)->handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved) ==
               SQLITE_OK &&
           moved != 0;
}

static bool script(struct db *db, const char *sql, struct err *e)
{
    return sqlite_run(db, sql, e);
}

const struct db_driver db_sqlite = {
    .name = "sqlite",
    .clock = "SELECT unixepoch()",
    .catalogue =
        "SELECT m.name, c.name, c.pk FROM sqlite_schema m JOIN pragma_table_info(m.name) c "
        "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.name",
    .open = sqlite_driver_open,
    .close = sqlite_driver_close,
    .transact = transact,
    .begin_read_now = begin_read_now,
    .prepare = prepare,
    .bind_text = bind_text,
    .bind_int = bind_int,
    .step = step,
    .text = text,
    .integer = integer,
    .reset = reset,
    .scan_before = SQLITE_SCAN_FUNCTION "(",
    .scan_behind = ")",
    .scan = sqlite_scan,
    .changes = changes,
    .script = script,
    .bulk_open = sqlite_bulk_open,
    .bulk_row = sqlite_bulk_row,
    .bulk_close = sqlite_bulk_close,
    .bulk_forget = sqlite_bulk_forget,
    .change_counter = change_counter,
    .change_expected = change_expected,
    .was_replaced = was_replaced,
    .read_schema_number = sqlite_read_schema_number,
    .write_schema_number = sqlite_write_schema_number,
    .can_write = sqlite_can_write,
    .copy_file = sqlite_copy_file,
    .check = sqlite_check,
};
