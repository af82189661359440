// Between the parts of the PostgreSQL driver. Nothing outside src/db includes it.
//
// The driver keeps one table of its own, "goldthread", with one row: the schema number and the
// change counter, which every writing transaction raises as it commits, with a NOTIFY.
#ifndef GT_DB_POSTGRES_H
#define GT_DB_POSTGRES_H

#include <libpq-fe.h>

#include "db/driver.h"

struct postgres_own {
    PGconn *connection;
    struct db_statement *running; // whose rows are not all fetched yet
    int64_t changed_rows;
    unsigned prepared; // statements so far: they are named by number
    enum db_mode mode;
    bool marked;   // the table "goldthread" is there
    bool marking;  // and was made by the transaction that is open
    bool released; // the savepoint is done with, and that goes with the next word to the server
    bool writing;  // the transaction that is open holds the write lock
    // The change counter as last read, and when (milliseconds of the steady clock; 0: not at all).
    bool listening;
    uint64_t counter;
    uint64_t unreadable;
    int64_t read_at;
};

static inline struct postgres_own *postgres_own(const struct db *db)
{
    return db->own;
}

enum { POSTGRES_NUMBER_ROOM = 24 }; // of a 64-bit number in decimal

struct postgres_parameter {
    Oid type;
    char number[POSTGRES_NUMBER_ROOM];
};

struct postgres_column {
    bool is_text;
    char number[POSTGRES_NUMBER_ROOM]; // the text of a number that was asked for as one
};

struct postgres_statement {
    char name[16];
    struct postgres_parameter *parameters;
    const char **values; // what libpq takes: a row of pointers, of lengths, of formats
    int *lengths;
    int *formats;
    int columns;
    struct postgres_column *column;
    bool binary;      // all columns are of types whose binary form is known here
    PGresult *result; // at hand; its row `row`
    int row;
    PGresult **parked; // in malloc'd memory, `next_parked` the first not yet read
    size_t parked_count, next_parked;
    bool sent; // and not yet at its end
};

static inline struct postgres_statement *postgres_statement(const struct db_statement *s)
{
    return s->own;
}

// Fills `e` with one sentence for what failed (`result` may be NULL: the connection itself);
// returns false.
bool postgres_fault(const struct db *db, const PGresult *result, struct err *e);
// Runs text of our own, of one or several statements; the result of the last is thrown away.
bool postgres_run(struct db *db, const char *sql, struct err *e) MUST_CHECK;
// The first number a statement without parameters gives; 0 for null.
bool postgres_ask(struct db *db, const char *sql, int64_t *out, struct err *e) MUST_CHECK;

// postgres_open.c
bool postgres_driver_open(struct db *db, enum db_mode mode, struct err *e) MUST_CHECK;
void postgres_driver_close(struct db *db);
bool postgres_read_schema_number(struct db *db, int *out, struct err *e) MUST_CHECK;
bool postgres_write_schema_number(struct db *db, int number, struct err *e) MUST_CHECK;
bool postgres_can_write(struct db *db);

// postgres_statement.c
bool postgres_prepare(struct db *db, struct db_statement *s, struct err *e) MUST_CHECK;
void postgres_bind_text(struct db_statement *s, int position, const char *text, size_t length);
void postgres_bind_int(struct db_statement *s, int position, int64_t value);
// The number's digits and a NUL; returns how many digits.
size_t postgres_put_number(char out[POSTGRES_NUMBER_ROOM], int64_t value);

// postgres_rows.c
enum db_step postgres_step(struct db_statement *s, struct err *e) MUST_CHECK;
const char *postgres_text(struct db_statement *s, int column, size_t *ret_length);
int64_t postgres_integer(struct db_statement *s, int column);
void postgres_reset(struct db_statement *s);
bool postgres_scan(struct db_statement *s, db_row_function row, void *context,
                   struct err *e) MUST_CHECK;
// Fetches what the running statement has still to give, so that another may use the connection.
void postgres_park(struct db *db);
void postgres_forget_statement(struct db_statement *s);

// postgres_bulk.c
bool postgres_bulk_open(struct db *db, struct arena *a, const char *table,
                        const char *const *columns, size_t count, struct db_bulk **out,
                        struct err *e) MUST_CHECK;
bool postgres_bulk_row(struct db_bulk *b, const struct db_cell *cells, struct err *e) MUST_CHECK;
bool postgres_bulk_close(struct db_bulk *b, struct err *e) MUST_CHECK;
void postgres_bulk_forget(struct db_bulk *b);

#endif
