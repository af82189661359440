// Many rows by COPY. While a COPY runs the connection can do nothing else, and between two rows the
// caller may well ask something: so rows are gathered here and sent a megabyte at a time.
#include <string.h>

#include "base/buf.h"
#include "db/postgres.h"

enum { SEND_AT = 1 << 20, NAME_MAX_ALL = 1 << 16 };

struct bulk_own {
    const char *sql;
    size_t count; // of columns
    struct buf rows;
};

static void put_name(struct buf *b, const char *name)
{
    buf_char(b, '"');
    buf_text(b, name);
    buf_char(b, '"');
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

bool postgres_bulk_row(struct db_bulk *b, const struct db_cell *cells, struct err *e)
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

bool postgres_bulk_close(struct db_bulk *b, struct err *e)
{
    struct bulk_own *own = b->own;
    return own->rows.length == 0 || send_rows(b, e);
}

// What was gathered is the caller's memory, and a COPY never stands open between two calls.
void postgres_bulk_forget(struct db_bulk *b)
{
    (void)b;
}
