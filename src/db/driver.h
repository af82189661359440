// What an engine must be able to do: the table behind db.h. Two drivers: sqlite.c, postgres.c.
#ifndef GT_DB_DRIVER_H
#define GT_DB_DRIVER_H

#include "db/db.h"

struct db {
    const struct db_driver *driver;
    struct arena *arena;
    const char *url;
    const char *shown; // the same without a password, for messages
    bool in_transaction;
    struct db_statement *statements; // kept, by name
    struct db_bulk *bulks;           // open ones
    const char *kept_name, *kept;    // db_keep: the last
    void *own;                       // the driver's connection
};

struct db_statement {
    struct db *db;
    struct db_statement *next;
    const char *name;
    const char *sql;
    void *own;      // the driver's statement
    int *positions; // of $1, $2 ... in the driver's numbering; 0: not used
    int parameters;
};

struct db_driver {
    const char *name;      // of the folder of its migrations
    const char *clock;     // gives seconds since 1970
    const char *catalogue; // gives table, column, place in the primary key (0: none), by these
    bool (*open)(struct db *db, enum db_mode mode, struct err *e);
    void (*close)(struct db *db);
    bool (*transact)(struct db *db, const char *verb, struct err *e); // one of the texts below
    bool (*begin_read_now)(struct db *db, struct err *e);
    bool (*prepare)(struct db *db, struct db_statement *s, struct err *e);
    void (*bind_text)(struct db_statement *s, int position, const char *text, size_t length);
    void (*bind_int)(struct db_statement *s, int position, int64_t value);
    enum db_step (*step)(struct db_statement *s, struct err *e);
    const char *(*text)(struct db_statement *s, int column, size_t *ret_length);
    int64_t (*integer)(struct db_statement *s, int column);
    void (*reset)(struct db_statement *s);
    const char *scan_before, *scan_behind;
    bool (*scan)(struct db_statement *s, db_row_function row, void *context, struct err *e);
    int64_t (*changes)(struct db *db);
    bool (*script)(struct db *db, const char *sql, struct err *e);
    bool (*bulk_open)(struct db *db, struct arena *a, const char *table, const char *const *columns,
                      size_t count, struct db_bulk **out, struct err *e);
    bool (*bulk_row)(struct db_bulk *b, const struct db_cell *cells, struct err *e);
    bool (*bulk_close)(struct db_bulk *b, struct err *e);
    void (*bulk_forget)(struct db_bulk *b); // lets go of what it holds of the engine's
    uint64_t (*change_counter)(struct db *db);
    void (*change_expected)(struct db *db);
    bool (*was_replaced)(struct db *db);
    bool (*read_schema_number)(struct db *db, int *out, struct err *e);
    bool (*write_schema_number)(struct db *db, int number, struct err *e);
    bool (*can_write)(struct db *db);
    bool (*copy_file)(struct db *db, const char *to, struct err *e); // NULL: not a file
    bool (*check)(struct db *db, struct err *e);                     // NULL: the server's own task
};

struct db_bulk {
    struct db *db;
    struct db_bulk *next;
    void *own;
};

extern const struct db_driver db_sqlite, db_postgres;

// Transaction verbs, in the words of both engines; a driver may say them its own way.
#define DB_BEGIN_WRITE "BEGIN IMMEDIATE"
#define DB_BEGIN_READ "BEGIN"
#define DB_COMMIT "COMMIT"
#define DB_ROLLBACK "ROLLBACK"
#define DB_SAVEPOINT "SAVEPOINT w"
#define DB_SAVEPOINT_KEEP "RELEASE w"
#define DB_SAVEPOINT_UNDO "ROLLBACK TO w; RELEASE w"

#endif
