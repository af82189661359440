#include "db/postgres.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TALK "goldthread" // the channel on which a commit is told

// One write lock for the record (that is, its schema), as SQLite has: whoever begins to write waits
// here. The number is "GTHR" in ASCII.
#define TAKE_WRITE_LOCK                                                                            \
    "BEGIN; SELECT pg_advisory_xact_lock(1196705874, hashtext(current_schema()))"
#define TELL_AND_COMMIT "UPDATE goldthread SET changes = changes + 1; NOTIFY " TALK "; COMMIT"

struct sentence {
    const char *state; // a whole SQLSTATE, or the two letters of its class
    enum err_kind kind;
    const char *text; // with one %s
};

// The most specific first; the last is for whatever was not foreseen.
static const struct sentence *sentence(const char *state)
{
    static const struct sentence known[] = {
        {"55P03", ERR_SYSTEM,
         "The record %s is being written by another program; nothing was changed, try again in a "
         "moment."},
        {"40", ERR_SYSTEM,
         "The record %s is being written by another program; nothing was changed, try again in a "
         "moment."},
        {"25006", ERR_SYSTEM,
         "The record %s cannot be written to here: the connection or the database may only read. "
         "Nothing was changed."},
        {"25P03", ERR_SYSTEM,
         "The database gave up waiting for this program to go on with a change of %s; nothing of "
         "it was kept."},
        {"42501", ERR_SYSTEM,
         "The record %s cannot be written to or read as this user of the database; give it the "
         "rights (docs/postgresql.md). Nothing was changed."},
        {"57014", ERR_SYSTEM,
         "The database was told to stop in the middle of a statement for %s; nothing was changed."},
        {"57", ERR_AWAY,
         "The database of %s is going down or starting; nothing was changed, try again in a "
         "moment."},
        {"08", ERR_AWAY,
         "The connection to the database of %s was lost; nothing of this change was kept. Try "
         "again in a moment."},
        {"53100", ERR_SYSTEM,
         "The disc that holds %s is full; nothing of this change was kept. Make room and run it "
         "again."},
        {"53300", ERR_AWAY,
         "The database of %s has no free connection; raise its max_connections, or run fewer "
         "programs at once."},
        {"53", ERR_SYSTEM, "The database of %s lacks memory or room; nothing was changed."},
        {"58", ERR_SYSTEM, "The database of %s reports a fault of its disc; nothing was changed."},
        {"23", ERR_SYSTEM,
         "The change would break a rule of the record %s itself and was not made; this is a fault "
         "of the program, please report it."},
        {"22021", ERR_SYSTEM, "A text for %s holds bytes that are no UTF-8; nothing was changed."},
        {"22P05", ERR_SYSTEM, "A text for %s holds bytes that are no UTF-8; nothing was changed."},
        {"XX001", ERR_SYSTEM,
         "The record %s is damaged; put back the last backup. Nothing was changed."},
        {"XX002", ERR_SYSTEM,
         "The record %s is damaged; put back the last backup. Nothing was changed."},
        {"", ERR_SYSTEM,
         "The record %s gives an error that was not expected. Nothing was changed."},
    };
    size_t i = 0;
    while (i + 1 < COUNT_OF(known) && strncmp(state, known[i].state, strlen(known[i].state)) != 0) {
        i++;
    }
    return &known[i];
}

// One place where the texts above meet their record: they hold one %s each.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
bool postgres_fault(const struct db *db, const PGresult *result, struct err *e)
{
    PGconn *c = postgres_own(db)->connection;
    const char *state = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *text = result == NULL ? PQerrorMessage(c) : PQresultErrorMessage(result);
    if (state == NULL || PQstatus(c) == CONNECTION_BAD) {
        state = PQstatus(c) == CONNECTION_BAD ? "08" : "";
    }
    err_cause(e, "postgresql %s: %s", state, text);
    const struct sentence *said = sentence(state);
    return err_set(e, said->kind, said->text, db->shown);
}
#pragma GCC diagnostic pop

static bool is_good(const PGresult *r)
{
    ExecStatusType status = PQresultStatus(r);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

bool postgres_run(struct db *db, const char *sql, struct err *e)
{
    postgres_park(db);
    PGresult *r = PQexec(postgres_own(db)->connection, sql);
    bool good = is_good(r) || postgres_fault(db, r, e);
    PQclear(r);
    return good;
}

bool postgres_ask(struct db *db, const char *sql, int64_t *out, struct err *e)
{
    postgres_park(db);
    PGresult *r = PQexec(postgres_own(db)->connection, sql);
    bool good = PQresultStatus(r) == PGRES_TUPLES_OK || postgres_fault(db, r, e);
    if (good) {
        *out = PQntuples(r) == 0 ? 0 : strtoll(PQgetvalue(r, 0, 0), NULL, 10);
    }
    PQclear(r);
    return good;
}

static void leave(struct postgres_own *own)
{
    own->writing = false;
    own->marking = false;
    own->released = false;
}

static bool roll_back(struct db *db, struct err *e)
{
    struct postgres_own *own = postgres_own(db);
    leave(own);
    return PQtransactionStatus(own->connection) == PQTRANS_IDLE || postgres_run(db, "ROLLBACK", e);
}

static bool begin_write(struct db *db, struct err *e)
{
    struct err ignored = {.arena = e->arena};
    if (!postgres_run(db, TAKE_WRITE_LOCK, e)) {
        (void)!roll_back(db, &ignored);
        return false;
    }
    postgres_own(db)->writing = true;
    return true;
}

// A transaction in which something failed answers COMMIT with "ROLLBACK", and calls that success.
static bool commit(struct db *db, struct err *e)
{
    struct postgres_own *own = postgres_own(db);
    bool tell = own->writing && (own->marked || own->marking);
    postgres_park(db);
    PGresult *r = PQexec(own->connection, tell ? TELL_AND_COMMIT : "COMMIT");
    bool good = is_good(r) && strcmp(PQcmdStatus(r), "COMMIT") == 0;
    if (!good && PQstatus(own->connection) == CONNECTION_BAD) {
        err_cause(e, "postgresql: %s", PQerrorMessage(own->connection));
        (void)err_set(e, ERR_AWAY,
                      "The connection to the database of %s was lost while a change was being "
                      "kept; look whether it is there before it is made again.",
                      db->shown);
    } else if (!good) {
        postgres_fault(db, r, e);
    } else {
        own->marked = own->marked || own->marking;
        own->read_at = 0; // the counter has moved by our own hand
        leave(own);
    }
    PQclear(r);
    return good;
}

// Each word to the server waits for its answer: a savepoint is let go together with what follows,
// the next one or the commit, which lets go of all.
static bool savepoint(struct db *db, const char *verb, struct err *e)
{
    struct postgres_own *own = postgres_own(db);
    if (strcmp(verb, DB_SAVEPOINT_KEEP) == 0) {
        postgres_park(db);
        if (PQtransactionStatus(own->connection) != PQTRANS_INTRANS) {
            return postgres_run(db, verb, e); // something failed: the server says so
        }
        own->released = true;
        return true;
    }
    bool both = own->released && strcmp(verb, DB_SAVEPOINT) == 0;
    own->released = false;
    return postgres_run(db, both ? DB_SAVEPOINT_KEEP "; " DB_SAVEPOINT : verb, e);
}

static bool transact(struct db *db, const char *verb, struct err *e)
{
    if (strcmp(verb, DB_BEGIN_WRITE) == 0) {
        return begin_write(db, e);
    }
    if (strcmp(verb, DB_COMMIT) == 0) {
        return commit(db, e);
    }
    if (strcmp(verb, DB_ROLLBACK) == 0) {
        return roll_back(db, e);
    }
    if (strcmp(verb, DB_BEGIN_READ) == 0) {
        return postgres_run(db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", e);
    }
    return savepoint(db, verb, e);
}

// Readers wait for nobody here.
static bool begin_read_now(struct db *db, struct err *e)
{
    return transact(db, DB_BEGIN_READ, e);
}

static int64_t changes(struct db *db)
{
    return postgres_own(db)->changed_rows;
}

// Outside a transaction it is one of its own, so that the counter moves with it.
static bool script(struct db *db, const char *sql, struct err *e)
{
    if (db->in_transaction) {
        return postgres_run(db, sql, e);
    }
    struct err ignored = {.arena = e->arena};
    if (!begin_write(db, e)) {
        return false;
    }
    bool good = postgres_run(db, sql, e) && commit(db, e);
    if (!good) {
        (void)!roll_back(db, &ignored);
    }
    return good;
}

// ---- the change counter ----

static int64_t now_in_milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static uint64_t read_counter(struct db *db)
{
    struct postgres_own *own = postgres_own(db);
    struct err ignored = {0};
    int64_t number = 0;
    if (!postgres_ask(db, "SELECT changes FROM goldthread", &number, &ignored)) {
        number = -(int64_t)++own->unreadable; // never twice the same
        own->read_at = 0;
    }
    own->counter = (uint64_t)number;
    return own->counter;
}

// A commit is told to whoever listens, and heard by looking whether bytes have come: no question to
// the database. Once a second it is asked all the same: a peer that has gone without a word is
// noticed so, and a standby, which cannot listen, is up to date within that second.
static uint64_t change_counter(struct db *db)
{
    enum { ASK_AGAIN_MILLISECONDS = 1000, STANDBY_MILLISECONDS = 100 };
    struct postgres_own *own = postgres_own(db);
    if (db->in_transaction) {
        own->read_at = 0;
        return read_counter(db); // what this transaction sees
    }
    postgres_park(db);
    if (own->read_at == 0 && !own->listening) {
        PGresult *r = PQexec(own->connection, "LISTEN " TALK);
        own->listening = is_good(r);
        PQclear(r);
    }
    bool there = PQconsumeInput(own->connection) == 1;
    for (PGnotify *n = NULL; (n = PQnotifies(own->connection)) != NULL; PQfreemem(n)) {
        own->read_at = 0;
    }
    int64_t now = now_in_milliseconds();
    int64_t patience = own->listening ? ASK_AGAIN_MILLISECONDS : STANDBY_MILLISECONDS;
    if (!there || own->read_at == 0 || now - own->read_at >= patience) {
        own->read_at = now;
        return read_counter(db);
    }
    return own->counter;
}

static void change_expected(struct db *db)
{
    postgres_own(db)->read_at = 0;
}

// What is lost is not found again on this connection.
static bool was_replaced(struct db *db)
{
    return PQstatus(postgres_own(db)->connection) == CONNECTION_BAD;
}

// COLLATE "C": by bytes, as SQLite orders them.
#define CATALOGUE                                                                                  \
    "SELECT c.relname::text, a.attname::text, "                                                    \
    "COALESCE(array_position(k.conkey, a.attnum), 0)::int "                                        \
    "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 "                  \
    "AND NOT a.attisdropped LEFT JOIN pg_constraint k ON k.conrelid = c.oid "                      \
    "AND k.contype = 'p' WHERE c.relkind = 'r' AND c.relname <> 'goldthread' "                     \
    "AND c.relnamespace = current_schema()::regnamespace "                                         \
    "ORDER BY c.relname::text COLLATE \"C\", a.attname::text COLLATE \"C\""

const struct db_driver db_postgres = {
    .name = "postgres",
    .clock = "SELECT floor(extract(epoch FROM clock_timestamp()))::bigint",
    .catalogue = CATALOGUE,
    .open = postgres_driver_open,
    .close = postgres_driver_close,
    .transact = transact,
    .begin_read_now = begin_read_now,
    .prepare = postgres_prepare,
    .bind_text = postgres_bind_text,
    .bind_int = postgres_bind_int,
    .step = postgres_step,
    .text = postgres_text,
    .integer = postgres_integer,
    .reset = postgres_reset,
    .scan_before = "",
    .scan_behind = "",
    .scan = postgres_scan,
    .changes = changes,
    .script = script,
    .bulk_open = postgres_bulk_open,
    .bulk_row = postgres_bulk_row,
    .bulk_close = postgres_bulk_close,
    .bulk_forget = postgres_bulk_forget,
    .change_counter = change_counter,
    .change_expected = change_expected,
    .was_replaced = was_replaced,
    .read_schema_number = postgres_read_schema_number,
    .write_schema_number = postgres_write_schema_number,
    .can_write = postgres_can_write,
};
