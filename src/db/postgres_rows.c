// Rows come one by one as the server sends them; when another statement wants the connection first,
// what is still to come is fetched and kept ("parked").
#include <stdlib.h>
#include <string.h>

#include "db/postgres.h"

static void drop_result(struct postgres_statement *own)
{
    PQclear(own->result);
    own->result = NULL;
    own->row = 0;
}

static bool keep_parked(struct postgres_statement *own, PGresult *r)
{
    size_t count = own->parked_count;
    if ((count & (count + 1)) == 0) { // room is doubled at 0, 1, 3, 7 ...
        PGresult **room = realloc(own->parked, (count * 2 + 1) * sizeof(PGresult *));
        if (room == NULL) {
            return false;
        }
        own->parked = room;
    }
    own->parked[own->parked_count++] = r;
    return true;
}

void postgres_park(struct db *db)
{
    struct db_statement *s = postgres_own(db)->running;
    if (s == NULL) {
        return;
    }
    struct postgres_statement *own = postgres_statement(s);
    PGresult *r = NULL;
    while ((r = PQgetResult(postgres_own(db)->connection)) != NULL) {
        if (!own->sent || !keep_parked(own, r)) {
            PQclear(r);
        }
    }
    own->sent = false;
    postgres_own(db)->running = NULL;
}

// The next result: one kept, or one from the connection. NULL at the end.
static PGresult *next_result(struct db_statement *s)
{
    struct postgres_own *connection = postgres_own(s->db);
    struct postgres_statement *own = postgres_statement(s);
    if (own->next_parked < own->parked_count) {
        PGresult *r = own->parked[own->next_parked];
        own->parked[own->next_parked++] = NULL;
        return r;
    }
    if (!own->sent) {
        return NULL;
    }
    PGresult *r = PQgetResult(connection->connection);
    if (r == NULL) {
        own->sent = false;
        connection->running = NULL;
    }
    return r;
}

static bool send(struct db_statement *s, struct err *e)
{
    struct postgres_own *connection = postgres_own(s->db);
    struct postgres_statement *own = postgres_statement(s);
    postgres_park(s->db);
    if (PQsendQueryPrepared(connection->connection, own->name, s->parameters, own->values,
                            own->lengths, own->formats, own->binary ? 1 : 0) == 0) {
        err_cause(e, "statement %s: %s", s->name, PQerrorMessage(connection->connection));
        return postgres_fault(s->db, NULL, e);
    }
    PQsetSingleRowMode(connection->connection);
    own->sent = true;
    connection->running = s;
    return true;
}

static enum db_step fail(struct db_statement *s, struct err *e)
{
    PGresult *r = postgres_statement(s)->result;
    err_cause(e, "statement %s: %s", s->name, PQresultErrorMessage(r));
    postgres_fault(s->db, r, e);
    return DB_FAULT;
}

static enum db_step fetch(struct db_statement *s, struct err *e)
{
    struct postgres_statement *own = postgres_statement(s);
    for (;;) {
        drop_result(own);
        own->result = next_result(s);
        if (own->result == NULL) {
            return DB_DONE;
        }
        switch (PQresultStatus(own->result)) {
        case PGRES_SINGLE_TUPLE: return DB_ROW;
        case PGRES_TUPLES_OK: break; // the end of the rows
        case PGRES_COMMAND_OK:
            postgres_own(s->db)->changed_rows = strtoll(PQcmdTuples(own->result), NULL, 10);
            break;
        default: return fail(s, e);
        }
    }
}

static bool is_under_way(const struct postgres_statement *own)
{
    return own->sent || own->parked_count > 0;
}

enum db_step postgres_step(struct db_statement *s, struct err *e)
{
    if (!is_under_way(postgres_statement(s)) && !send(s, e)) {
        return DB_FAULT;
    }
    return fetch(s, e);
}

static int64_t number_of_bytes(const unsigned char *bytes, int length)
{
    uint64_t value = length > 0 && (bytes[0] & 0x80) != 0 && length > 1 ? UINT64_MAX : 0;
    for (int i = 0; i < length; i++) {
        value = value << 8 | bytes[i];
    }
    return (int64_t)value;
}

static int64_t number_at(const struct postgres_statement *own, int column)
{
    const char *value = PQgetvalue(own->result, own->row, column);
    if (own->binary && !own->column[column].is_text) {
        return number_of_bytes((const unsigned char *)value,
                               PQgetlength(own->result, own->row, column));
    }
    return strtoll(value, NULL, 10);
}

static bool is_null(const struct postgres_statement *own, int column)
{
    return own->result == NULL || column >= own->columns ||
           PQgetisnull(own->result, own->row, column) == 1;
}

const char *postgres_text(struct db_statement *s, int column, size_t *ret_length)
{
    struct postgres_statement *own = postgres_statement(s);
    *ret_length = 0;
    if (is_null(own, column)) {
        return NULL;
    }
    struct postgres_column *c = &own->column[column];
    if (own->binary && !c->is_text) {
        *ret_length = postgres_put_number(c->number, number_at(own, column));
        return c->number;
    }
    *ret_length = (size_t)PQgetlength(own->result, own->row, column);
    return PQgetvalue(own->result, own->row, column);
}

int64_t postgres_integer(struct db_statement *s, int column)
{
    return is_null(postgres_statement(s), column) ? 0 : number_at(postgres_statement(s), column);
}

static void forget_rows(struct db_statement *s)
{
    struct postgres_statement *own = postgres_statement(s);
    if (own->sent) {
        own->sent = false; // what comes now is thrown away
        postgres_park(s->db);
    }
    drop_result(own);
    while (own->next_parked < own->parked_count) {
        PQclear(own->parked[own->next_parked++]);
    }
    own->parked_count = 0;
    own->next_parked = 0;
}

void postgres_reset(struct db_statement *s)
{
    struct postgres_statement *own = postgres_statement(s);
    forget_rows(s);
    for (int i = 0; i < s->parameters; i++) {
        own->values[i] = NULL;
    }
}

void postgres_forget_statement(struct db_statement *s)
{
    struct postgres_statement *own = postgres_statement(s);
    drop_result(own);
    while (own->next_parked < own->parked_count) {
        PQclear(own->parked[own->next_parked++]);
    }
    free(own->parked);
    own->parked = NULL;
    own->parked_count = 0;
}

static void take_values(const struct postgres_statement *own, struct db_value *values)
{
    for (int c = 0; c < own->columns; c++) {
        values[c] = (struct db_value){0};
        if (PQgetisnull(own->result, own->row, c) == 1) {
            continue;
        }
        if (own->column[c].is_text || !own->binary) {
            values[c].text = PQgetvalue(own->result, own->row, c);
            values[c].length = (size_t)PQgetlength(own->result, own->row, c);
        } else {
            values[c].integer = number_at(own, c);
        }
    }
}

bool postgres_scan(struct db_statement *s, db_row_function row, void *context, struct err *e)
{
    struct postgres_statement *own = postgres_statement(s);
    struct db_value values[DB_SCAN_COLUMNS_MAX];
    if (own->columns > DB_SCAN_COLUMNS_MAX) {
        return err_set(e, ERR_SYSTEM, "The statement %s has too many columns.", s->name);
    }
    enum db_step step = DB_DONE;
    while ((step = postgres_step(s, e)) == DB_ROW) {
        take_values(own, values);
        if (!row(context, values)) {
            return false;
        }
    }
    return step == DB_DONE;
}
