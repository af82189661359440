// Opening a record in a PostgreSQL database: what is ours, what is not, and the settings every
// connection has.
#include <string.h>

#include "db/postgres.h"

// Settings of the session. A change that was acknowledged must be on the disc whatever the server's
// own default; a program that hangs in the middle of a change must not lock the others out for
// ever.
#define SETTINGS                                                                                   \
    "SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '15min';"                  \
    "SET TIME ZONE 'UTC'; SET standard_conforming_strings = on; SET client_min_messages = error;"  \
    "SET work_mem = '64MB'; SELECT set_config('synchronous_commit', 'on', false) "                 \
    "WHERE current_setting('synchronous_commit') IN ('off', 'local')"

static void ignore_notice(void *context, const PGresult *result)
{
    (void)context;
    (void)result;
}

static bool refuse_connection(const struct db *db, struct err *e)
{
    err_cause(e, "postgresql: %s", PQerrorMessage(postgres_own(db)->connection));
    return err_set(e, ERR_AWAY,
                   "The database at %s cannot be reached; check that it runs, that the address is "
                   "right, and that this user may connect to it (docs/postgresql.md).",
                   db->shown);
}

static bool connect_to(struct db *db, struct err *e)
{
    struct postgres_own *own = postgres_own(db);
    // What stands before the address may be said otherwise in it; what stands behind may not.
    static const char *const names[] = {
        "application_name", "connect_timeout", "keepalives_idle", "keepalives_interval",
        "tcp_user_timeout", "dbname",          "client_encoding", NULL};
    const char *const values[] = {"goldthread", "5", "30", "10", "30000", db->url, "UTF8", NULL};
    own->connection = PQconnectdbParams(names, values, 1);
    if (own->connection == NULL || PQstatus(own->connection) != CONNECTION_OK) {
        return refuse_connection(db, e);
    }
    PQsetNoticeReceiver(own->connection, ignore_notice, NULL);
    PQsetErrorVerbosity(own->connection, PQERRORS_DEFAULT);
    const char *encoding = PQparameterStatus(own->connection, "server_encoding");
    if (encoding == NULL || strcmp(encoding, "UTF8") != 0) {
        return err_set(e, ERR_SYSTEM,
                       "The database at %s is encoded in %s; a record needs one made with "
                       "ENCODING 'UTF8'.",
                       db->shown, encoding == NULL ? "something unknown" : encoding);
    }
    return true;
}

static bool find_mark(struct db *db, struct err *e)
{
    int64_t found = 0;
    if (!postgres_ask(db, "SELECT count(*) FROM pg_class WHERE oid = to_regclass('goldthread')",
                      &found, e)) {
        return false;
    }
    postgres_own(db)->marked = found > 0;
    return true;
}

// Ours, or empty; anything else is left alone.
static bool check_owner(struct db *db, enum db_mode mode, struct err *e)
{
    int64_t tables = 0;
    if (!find_mark(db, e)) {
        return false;
    }
    if (postgres_own(db)->marked) {
        return true;
    }
    if (!postgres_ask(db,
                      "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f') "
                      "AND relnamespace = to_regnamespace(quote_ident(current_schema()))",
                      &tables, e)) {
        return false;
    }
    if (tables > 0) {
        return err_set(e, ERR_SYSTEM,
                       "%s is a database of another program, not a Goldthread record; give a "
                       "database of its own. Nothing in it was changed.",
                       db->shown);
    }
    return mode == DB_CREATE ||
           err_set(e, ERR_ABSENT,
                   "There is no record at %s; make one by importing a council folder: "
                   "goldthread --record %s import FOLDER.",
                   db->shown, db->shown);
}

bool postgres_driver_open(struct db *db, enum db_mode mode, struct err *e)
{
    struct postgres_own *own = ARENA_NEW(db->arena, struct postgres_own);
    db->own = own;
    own->mode = mode;
    if (!connect_to(db, e) || !postgres_run(db, SETTINGS, e) ||
        (mode == DB_READ && !postgres_run(db, "SET default_transaction_read_only = on", e)) ||
        !check_owner(db, mode, e)) {
        postgres_driver_close(db);
        db->own = NULL;
        return false;
    }
    return true;
}

void postgres_driver_close(struct db *db)
{
    struct postgres_own *own = postgres_own(db);
    for (struct db_statement *s = db->statements; s != NULL; s = s->next) {
        if (s->own != NULL) { // memory ran out while it was prepared
            postgres_forget_statement(s);
        }
    }
    PQfinish(own->connection);
    own->connection = NULL;
    own->running = NULL;
}

bool postgres_read_schema_number(struct db *db, int *out, struct err *e)
{
    struct postgres_own *own = postgres_own(db);
    int64_t number = 0;
    // Another process may have made it meanwhile.
    if (!own->marked && !own->marking && !find_mark(db, e)) {
        return false;
    }
    if ((own->marked || own->marking) &&
        !postgres_ask(db, "SELECT schema_number FROM goldthread", &number, e)) {
        return false;
    }
    *out = (int)number;
    return true;
}

bool postgres_write_schema_number(struct db *db, int number, struct err *e)
{
    struct postgres_own *own = postgres_own(db);
    const char *const values[] = {arena_printf(db->arena, "%d", number)};
    if (!own->marked && !own->marking) {
        if (!postgres_run(db,
                          "CREATE TABLE goldthread (one BOOLEAN PRIMARY KEY CHECK (one), "
                          "schema_number INTEGER NOT NULL, changes BIGINT NOT NULL); "
                          "INSERT INTO goldthread VALUES (true, 0, 0)",
                          e)) {
            return false;
        }
        own->marking = true;
    }
    postgres_park(db);
    PGresult *r = PQexecParams(own->connection, "UPDATE goldthread SET schema_number = $1", 1, NULL,
                               values, NULL, NULL, 0);
    bool good = PQresultStatus(r) == PGRES_COMMAND_OK || postgres_fault(db, r, e);
    PQclear(r);
    return good;
}

bool postgres_can_write(struct db *db)
{
    int64_t standby = 1;
    struct err ignored = {.arena = db->arena};
    return postgres_own(db)->mode != DB_READ &&
           postgres_ask(db,
                        "SELECT count(*) FROM pg_settings WHERE name = 'in_hot_standby' "
                        "AND setting = 'on'",
                        &standby, &ignored) &&
           standby == 0;
}
