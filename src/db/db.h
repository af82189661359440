// A database, seen through one small interface so that the record can live in SQLite or in
// PostgreSQL. Only this layer sees a driver; only store/ and sql/ write statements.
//
// Statements use $1, $2 ... in any order and as often as they like: parameters are found by name
// once, when the statement is prepared (SQLite numbers `$n` by first appearance, not by n). Results
// must name their order. Only SQL that both engines read the same way.
//
// One connection belongs to one thread at a time and never crosses fork().
#ifndef GT_DB_DB_H
#define GT_DB_DB_H

#include "base/err.h"

struct db;
struct db_statement; // prepared

enum db_mode {
    DB_READ,   // must exist; nothing can be written
    DB_WRITE,  // must exist
    DB_CREATE, // made when it does not exist
};

// Opens `url`: a file name, ":memory:" (one connection's own), or "postgresql://...", whose tables
// then stand in the first schema of its search path. What is damaged, not ours, of a newer schema,
// or absent is refused in one sentence (ERR_SYSTEM; absent: ERR_ABSENT; a server that does not
// answer: ERR_AWAY). A WAL file is turned back
// into a rollback journal. Closed with the arena, or earlier by db_close.
bool db_open(struct arena *a, const char *url, enum db_mode mode, struct db **out,
             struct err *e) MUST_CHECK;
void db_close(struct db *db);
const char *db_url(const struct db *db);
// For messages: without a password.
const char *db_shown(const struct db *db);
const char *db_url_shown(struct arena *a, const char *url);
// "sqlite" or "postgres": the folder of its migrations. Nothing else should need to know.
const char *db_engine(const struct db *db);

// Takes the write lock of the whole record at once (waiting up to five seconds), so no statement in
// between can fail for want of it. Rolls back by itself when the connection is closed. Every change
// is made between this and db_commit: that is what moves the change counter.
bool db_begin(struct db *db, struct err *e) MUST_CHECK;
// One consistent view for several reads.
bool db_begin_read(struct db *db, struct err *e) MUST_CHECK;
// The same without waiting: false where a writer stands in the way. Begun while another connection
// is in the middle of its read, it sees the same state when the change counters are equal.
bool db_begin_read_now(struct db *db, struct err *e) MUST_CHECK;
bool db_commit(struct db *db, struct err *e) MUST_CHECK;
void db_rollback(struct db *db); // harmless outside a transaction
bool db_in_transaction(const struct db *db);

// Within a writing transaction: a point to which it may be turned back alone (one at a time). What
// statements and bulks stand open is closed by keeping and undoing alike.
bool db_savepoint(struct db *db, struct err *e) MUST_CHECK;
bool db_savepoint_keep(struct db *db, struct err *e) MUST_CHECK;
// False: the engine has given up the transaction as a whole; only db_rollback is left.
bool db_savepoint_undo(struct db *db, struct err *e) MUST_CHECK;

// A statement by its name, prepared once a connection and kept. `sql` must be the same text for the
// same name, and outlive the connection.
bool db_prepare(struct db *db, const char *name, const char *sql, struct db_statement **out,
                struct err *e) MUST_CHECK;
// The one prepared under this name before, reset; NULL when there is none.
struct db_statement *db_prepared(struct db *db, const char *name);
// A text that never changes once it is in the record, kept beside the connection so that it is not
// asked for again; forgotten when something is rolled back. NULL: not kept.
const char *db_kept(const struct db *db, const char *name);
void db_keep(struct db *db, const char *name,
             const char *text); // `name` lives on; `text` is copied
// Memory that lives as long as the connection: for names and texts of statements made at run time.
struct arena *db_arena(struct db *db);
// Parameters `$n`, n from 1. Texts are not copied: they must live until the next db_reset. A
// statement may be read to its end while others run in between.
void db_bind_text(struct db_statement *s, int n, const char *text); // NULL binds null
void db_bind_textn(struct db_statement *s, int n, const char *text, size_t length);
void db_bind_int(struct db_statement *s, int n, int64_t value);

enum db_step { DB_ROW, DB_DONE, DB_FAULT };
enum db_step db_step(struct db_statement *s, struct err *e) MUST_CHECK;
// Columns from 0. Text is UTF-8, NUL-ended, valid until the next step or reset; NULL for null.
const char *db_text(struct db_statement *s, int column, size_t *ret_length);
int64_t db_int(struct db_statement *s, int column);
void db_reset(struct db_statement *s); // and forgets the bindings

// ---- every row at once ----
//
// For tens of thousands of rows: each is handed to a function with all its cells. The statement
// must be prepared from text that holds db_scan_before(db) in front of its list of columns and
// db_scan_behind(db) after it. SQLite: those wrap the columns in a function of ours, which sees
// them without a call each through its column interface (half the time of db_step and db_text).
// PostgreSQL: rows as the server sends them, in its binary form.
struct db_value {
    const char *text; // NULL: null, or a whole number
    size_t length;
    int64_t integer;
};
// False stops the scan.
typedef bool (*db_row_function)(void *context, const struct db_value *values);
enum { DB_SCAN_COLUMNS_MAX = 48 };
const char *db_scan_before(const struct db *db);
const char *db_scan_behind(const struct db *db);
// False when the engine failed (`e` says why) or `row` returned false (`e` is as it left it).
bool db_scan(struct db_statement *s, db_row_function row, void *context, struct err *e) MUST_CHECK;

// Runs a statement to its end that gives no rows.
bool db_run(struct db_statement *s, struct err *e) MUST_CHECK;
// Rows the last statement inserted, changed or removed.
int64_t db_changes(struct db *db);
// Several statements without parameters, as migrations are written. Not for text from outside.
bool db_script(struct db *db, const char *sql, struct err *e) MUST_CHECK;

// ---- many rows ----
//
// Rows of one table, quickest in key order. SQLite: many rows a statement; PostgreSQL: COPY.
struct db_cell {
    const char *text; // NULL: null
    size_t length;
};
struct db_bulk;
// `table` and `columns` are names from the descriptors, never text from outside.
bool db_bulk_open(struct db *db, struct arena *a, const char *table, const char *const *columns,
                  size_t count, struct db_bulk **out, struct err *e) MUST_CHECK;
// The cells are read before the call after next returns: keep them until db_bulk_close.
bool db_bulk_row(struct db_bulk *b, const struct db_cell *cells, struct err *e) MUST_CHECK;
bool db_bulk_close(struct db_bulk *b, struct err *e) MUST_CHECK;

// ---- has anything changed? ----
//
// A number that moves with every committed transaction, of any process; cheap enough to ask before
// each page. PostgreSQL: a row that each commit raises; who asks is told of a commit by NOTIFY
// (which it hears by looking at its socket, some milliseconds after the commit at the latest) and
// asks for the row once a second in any case; within a transaction it is the row as that sees it.
// SQLite: the file change counter of the header, read through SQLite's own file handle:
// one pread of four bytes, no lock, no second descriptor (whose closing would drop POSIX locks),
// and a file that was cut short is an error and not a SIGBUS, as it would be through a mapping. It
// may move before a transaction is finished (the reader that looks then waits for the lock) or move
// back after a rollback; so compare for equality, and ask *before* reading what it stands for. When
// it cannot be read it never gives the same number twice, so that whoever asks goes and reads, and
// meets the failure there. That the file was replaced under us is seen by db_was_replaced only.
uint64_t db_change_counter(struct db *db);
// The file at the URL is no longer the one that is open (a restore put another in its place), or
// the connection to the server is lost: open it again.
bool db_was_replaced(struct db *db);
// Whoever asks knows of a commit that may not have been told yet: the next db_change_counter goes
// and looks.
void db_change_expected(struct db *db);

// The engine's clock, in seconds since 1970: one for all servers on a record.
bool db_clock(struct db *db, int64_t *out, struct err *e) MUST_CHECK;

// ---- the record as a whole ----

// Whether the record is a file, so that db_copy_file can copy it.
bool db_is_file(const struct db *db);
// The record as it stands at one moment, into the empty file `to`, while other connections go on
// reading and writing (SQLite's backup interface). What fails leaves a useless file for the caller
// to remove; what succeeds is not synced yet. Outside a transaction.
bool db_copy_file(struct db *db, const char *to, struct err *e) MUST_CHECK;
// The engine's own checks: pages, indexes, references (ERR_INPUT where they find something).
// PostgreSQL: nothing to do, its server has them always.
bool db_check(struct db *db, struct err *e) MUST_CHECK;

// ---- the schema ----

// The tables of the record as the engine has them, ours alone, by name; their columns by name.
struct db_table {
    const char *name;
    const char *const *columns;
    size_t count;
    const char *const *key; // columns of the primary key, in its order
    size_t key_count;
};
bool db_tables(struct db *db, struct arena *a, const struct db_table **ret, size_t *ret_count,
               struct err *e) MUST_CHECK;

// Applies what numbered migrations the record lacks, each in a transaction of its own, in order; a
// new record gets all. Refuses a record whose schema is newer than this program. A record opened
// with DB_READ is only checked.
struct db_migration {
    int number; // 1, 2 ...
    const char *name;
    const char *sql;
};
bool db_migrate(struct db *db, const struct db_migration *migrations, size_t count,
                struct err *e) MUST_CHECK;
int db_schema_number(struct db *db);

#endif
