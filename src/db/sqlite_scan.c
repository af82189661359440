// Rows handed over inside the engine: a statement calls our function with its columns, and the
// function calls whoever scans. Each column costs a few instructions there; asked for one by one
// from outside, it costs two calls with their checks.
#include "db/sqlite.h"

struct sqlite_scan {
    db_row_function row;
    void *context;
    bool stopped;
    struct db_value values[DB_SCAN_COLUMNS_MAX]; // here, so that no row pays for clearing it
};

static void take_row(sqlite3_context *context, int count, sqlite3_value **given)
{
    const struct sqlite_own *own = sqlite3_user_data(context);
    struct sqlite_scan *scan = own->scan;
    if (scan == NULL || scan->stopped || count > DB_SCAN_COLUMNS_MAX) {
        sqlite3_result_error(context, "not a scan", -1);
        return;
    }
    for (int i = 0; i < count; i++) {
        struct db_value *v = &scan->values[i];
        *v = (struct db_value){0};
        switch (sqlite3_value_type(given[i])) {
        case SQLITE_NULL: break;
        case SQLITE_INTEGER: v->integer = sqlite3_value_int64(given[i]); break;
        default:
            v->text = (const char *)sqlite3_value_text(given[i]);
            v->length = (size_t)sqlite3_value_bytes(given[i]);
        }
    }
    scan->stopped = !scan->row(scan->context, scan->values);
}

bool sqlite_scan_install(struct db *db, struct err *e)
{
    // Direct only: nothing in a file's schema can call it.
    int rc = sqlite3_create_function_v2(sqlite_own(db)->handle, SQLITE_SCAN_FUNCTION, -1,
                                        SQLITE_UTF8 | SQLITE_DIRECTONLY, sqlite_own(db), take_row,
                                        NULL, NULL, NULL);
    return rc == SQLITE_OK || sqlite_fault(db, rc, e);
}

bool sqlite_scan(struct db_statement *s, db_row_function row, void *context, struct err *e)
{
    struct sqlite_own *own = sqlite_own(s->db);
    struct sqlite_scan scan = {.row = row, .context = context};
    own->scan = &scan;
    int rc = SQLITE_ROW;
    while (rc == SQLITE_ROW && !scan.stopped) {
        rc = sqlite3_step(s->own);
    }
    own->scan = NULL;
    if (scan.stopped) {
        return false;
    }
    if (rc != SQLITE_DONE) {
        err_cause(e, "statement %s: %s", s->name, sqlite3_errmsg(own->handle));
        return sqlite_fault(s->db, rc, e);
    }
    return true;
}
