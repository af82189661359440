// A few rows by INSERT, which is one word to the server each; many by COPY. While a COPY runs the
// connection can do nothing else, and between two rows the caller may well ask something: so rows
// are gathered here and sent a megabyte at a time.
#include <string.h>

#include "base/buf.h"
#include "db/postgres.h"

enum { SEND_AT = 1 << 20, NAME_MAX_ALL = 1 << 16, FEW = 4 };

struct bulk_own {
    const char *sql;
    const char *insert;  // of one row
    size_t count;        // of columns
    struct db_cell *few; // rows held back while they are few
    size_t held;
    bool many;
    struct buf rows;
};

static void put_name(struct buf *b, const char *name)
{
    buf_char(b, '"');
    buf_text(b, name);
    buf_char(b, '"');
}

static const char *insert_of(struct arena *a, const char *table, const char *const *columns,
                             size_t count)
{
    struct buf sql = buf_new(a, NAME_MAX_ALL);
    buf_text(&sql, "INSERT INTO ");
    put_name(&sql, table);
    for (size_t c = 0; c < count; c++) {
        buf_char(&sql, c == 0 ? '(' : ',');
        put_name(&sql, columns[c]);
    }
    for (size_t c = 0; c < count; c++) {
        buf_text(&sql, c == 0 ? ") VALUES ($" : ", $");
        buf_int(&sql, (int64_t)c + 1);
    }
    buf_char(&sql, ')');
    return buf_cstr(&sql);
}

bool postgres_bulk_open(struct db *db, struct arena *a, const char *table,
                        const char *const *columns, size_t count, struct db_bulk **out,
                        struct err *e)
{
    (void)e;
    struct db_bulk *b = ARENA_NEW(a, struct db_bulk);
    struct bulk_own *own = ARENA_NEW(a, struct bulk_own);
    struct buf sql = buf_new(a, NAME_MAX_ALL);
    buf_text(&sql, "COPY ");
    put_name(&sql, table);
    for (size_t c = 0; c < count; c++) {
        buf_char(&sql, c == 0 ? '(' : ',');
        put_name(&sql, columns[c]);
    }
    buf_text(&sql, ") FROM STDIN");
    own->sql = buf_cstr(&sql);
    own->insert = insert_of(a, table, columns, count);
    own->few = ARENA_ARRAY(a, FEW * count, struct db_cell);
    own->count = count;
    own->rows = buf_new(a, (size_t)1 << 30);
    b->db = db;
    b->own = own;
    *out = b;
    return true;
}

// What ends the COPY: its own result, then the end of results.
static bool finish(struct db *db, struct err *e)
{
    PGconn *c = postgres_own(db)->connection;
    bool good = true;
    PGresult *r = NULL;
    while ((r = PQgetResult(c)) != NULL) {
        if (PQresultStatus(r) != PGRES_COMMAND_OK && good) {
            good = postgres_fault(db, r, e);
        }
        PQclear(r);
        if (PQstatus(c) == CONNECTION_BAD) {
            break;
        }
    }
    return good;
}

static bool send_rows(struct db_bulk *b, struct err *e)
{
    struct bulk_own *own = b->own;
    PGconn *c = postgres_own(b->db)->connection;
    postgres_park(b->db);
    PGresult *r = PQexec(c, own->sql);
    bool begun = PQresultStatus(r) == PGRES_COPY_IN || postgres_fault(b->db, r, e);
    PQclear(r);
    if (!begun) {
        return false;
    }
    bool sent =
        PQputCopyData(c, own->rows.text, (int)own->rows.length) == 1 && PQputCopyEnd(c, NULL) == 1;
    own->rows.length = 0;
    if (!sent) {
        postgres_fault(b->db, NULL, e);
    }
    return finish(b->db, e) && sent;
}

// In the text form of COPY a backslash begins what cannot stand for itself.
static void put_cell(struct buf *b, const struct db_cell *cell)
{
    if (cell->text == NULL) {
        buf_put(b, "\\N", 2);
        return;
    }
    const char *from = cell->text;
    const char *end = from + cell->length;
    for (const char *at = from; at < end; at++) {
        const char *escape = *at == '\\'   ? "\\\\"
                             : *at == '\n' ? "\\n"
                             : *at == '\r' ? "\\r"
                             : *at == '\t' ? "\\t"
                                           : NULL;
        if (escape != NULL) {
            buf_put(b, from, (size_t)(at - from));
            buf_put(b, escape, 2);
            from = at + 1;
        }
    }
    buf_put(b, from, (size_t)(end - from));
}

static bool put_row(struct db_bulk *b, const struct db_cell *cells, struct err *e)
{
    struct bulk_own *own = b->own;
    for (size_t i = 0; i < own->count; i++) {
        put_cell(&own->rows, &cells[i]);
        buf_char(&own->rows, i + 1 < own->count ? '\t' : '\n');
    }
    if (own->rows.full) {
        return err_set(e, ERR_SYSTEM, "A row for %s is too large; nothing was changed.",
                       b->db->shown);
    }
    return own->rows.length < SEND_AT || send_rows(b, e);
}

bool postgres_bulk_row(struct db_bulk *b, const struct db_cell *cells, struct err *e)
{
    struct bulk_own *own = b->own;
    if (!own->many && own->held < FEW) {
        memcpy(&own->few[own->held++ * own->count], cells, own->count * sizeof *cells);
        return true;
    }
    own->many = true;
    for (size_t i = 0; i < own->held; i++) {
        if (!put_row(b, &own->few[i * own->count], e)) {
            return false;
        }
    }
    own->held = 0;
    return put_row(b, cells, e);
}

// Prepared once a connection: the text of the statement is its name.
static bool insert_few(struct db_bulk *b, struct err *e)
{
    struct bulk_own *own = b->own;
    struct db_statement *s = db_prepared(b->db, own->insert);
    if (s == NULL) {
        const char *sql = arena_text(db_arena(b->db), own->insert);
        if (!db_prepare(b->db, sql, sql, &s, e)) {
            return false;
        }
    }
    for (size_t i = 0; i < own->held; i++) {
        const struct db_cell *cells = &own->few[i * own->count];
        for (size_t c = 0; c < own->count; c++) {
            db_bind_textn(s, (int)c + 1, cells[c].text, cells[c].length);
        }
        if (!db_run(s, e)) {
            return false;
        }
    }
    own->held = 0;
    return true;
}

bool postgres_bulk_close(struct db_bulk *b, struct err *e)
{
    struct bulk_own *own = b->own;
    return own->held > 0 ? insert_few(b, e) : own->rows.length == 0 || send_rows(b, e);
}

// What was gathered is the caller's memory, and a COPY never stands open between two calls.
void postgres_bulk_forget(struct db_bulk *b)
{
    (void)b;
}
