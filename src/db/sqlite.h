// Between the parts of the SQLite driver. Nothing outside src/db includes it.
#ifndef GT_DB_SQLITE_H
#define GT_DB_SQLITE_H

#include <sqlite3.h>

#include "db/driver.h"

enum { SQLITE_BUSY_MILLISECONDS = 5000 }; // how long a connection waits for another's lock

struct sqlite_own {
    sqlite3 *handle;
    sqlite3_file *file;       // NULL for a database in memory
    struct sqlite_scan *scan; // the one that runs
    uint64_t unreadable;      // how often the change counter could not be read
};

static inline struct sqlite_own *sqlite_own(const struct db *db)
{
    return db->own;
}

// Fills `e` with one sentence for the result code `rc` of the engine; returns false.
bool sqlite_fault(const struct db *db, int rc, struct err *e);
// Runs text of our own; used for pragmas and transactions.
bool sqlite_run(const struct db *db, const char *sql, struct err *e) MUST_CHECK;

// sqlite_open.c
bool sqlite_driver_open(struct db *db, enum db_mode mode, struct err *e) MUST_CHECK;
void sqlite_driver_close(struct db *db);
bool sqlite_read_schema_number(struct db *db, int *out, struct err *e) MUST_CHECK;
bool sqlite_write_schema_number(struct db *db, int number, struct err *e) MUST_CHECK;
bool sqlite_can_write(struct db *db);

// sqlite_backup.c
bool sqlite_copy_file(struct db *db, const char *to, struct err *e) MUST_CHECK;
bool sqlite_check(struct db *db, struct err *e) MUST_CHECK;

// sqlite_scan.c
#define SQLITE_SCAN_FUNCTION "goldthread_row"
bool sqlite_scan_install(struct db *db, struct err *e) MUST_CHECK;
bool sqlite_scan(struct db_statement *s, db_row_function row, void *context,
                 struct err *e) MUST_CHECK;

// sqlite_bulk.c
bool sqlite_bulk_open(struct db *db, struct arena *a, const char *table, const char *const *columns,
                      size_t count, struct db_bulk **out, struct err *e) MUST_CHECK;
bool sqlite_bulk_row(struct db_bulk *b, const struct db_cell *cells, struct err *e) MUST_CHECK;
bool sqlite_bulk_close(struct db_bulk *b, struct err *e) MUST_CHECK;
void sqlite_bulk_forget(struct db_bulk *b);

#endif
