// Many rows a statement: the parsing and the journal are paid once for all of them (stack.md 4).
#include <string.h>

#include "base/buf.h"
#include "db/sqlite.h"

enum { ROWS_PER_STATEMENT = 50 };

struct bulk_own {
    struct arena *arena;
    const char *table;
    const char *const *columns;
    size_t count;
    sqlite3_stmt *statement; // for a full ROWS_PER_STATEMENT; NULL: none was full yet
    struct db_cell *waiting; // rows not yet sent
    size_t rows;             // of them
};

static void put_name(struct buf *b, const char *name)
{
    buf_char(b, '"');
    buf_text(b, name);
    buf_char(b, '"');
}

static bool prepare_rows(struct db_bulk *b, size_t rows, sqlite3_stmt **out, struct err *e)
{
    const struct bulk_own *own = b->own;
    struct buf sql = buf_new(own->arena, 1 << 20);
    buf_text(&sql, "INSERT INTO ");
    put_name(&sql, own->table);
    for (size_t c = 0; c < own->count; c++) {
        buf_char(&sql, c == 0 ? '(' : ',');
        put_name(&sql, own->columns[c]);
    }
    buf_text(&sql, ") VALUES ");
    for (size_t r = 0; r < rows; r++) {
        buf_text(&sql, r == 0 ? "(?" : ",(?");
        for (size_t c = 1; c < own->count; c++) {
            buf_text(&sql, ",?");
        }
        buf_char(&sql, ')');
    }
    int rc = sqlite3_prepare_v3(sqlite_own(b->db)->handle, buf_cstr(&sql), (int)sql.length,
                                SQLITE_PREPARE_PERSISTENT, out, NULL);
    return rc == SQLITE_OK || sqlite_fault(b->db, rc, e);
}

static void release(void *what)
{
    struct bulk_own *own = what;
    sqlite3_finalize(own->statement);
    own->statement = NULL;
}

bool sqlite_bulk_open(struct db *db, struct arena *a, const char *table, const char *const *columns,
                      size_t count, struct db_bulk **out, struct err *e)
{
    struct db_bulk *b = ARENA_NEW(a, struct db_bulk);
    struct bulk_own *own = ARENA_NEW(a, struct bulk_own);
    *own = (struct bulk_own){.arena = a, .table = table, .columns = columns, .count = count};
    own->waiting = ARENA_ARRAY(a, ROWS_PER_STATEMENT * count, struct db_cell);
    b->db = db;
    b->own = own;
    arena_defer(a, release, own);
    (void)e;
    *out = b;
    return true;
}

// Binds and runs the rows that wait.
static bool flush(struct db_bulk *b, sqlite3_stmt *statement, struct err *e)
{
    struct bulk_own *own = b->own;
    size_t cells = own->rows * own->count;
    own->rows = 0;
    for (size_t i = 0; i < cells; i++) {
        const struct db_cell *cell = &own->waiting[i];
        if (cell->text == NULL) {
            sqlite3_bind_null(statement, (int)i + 1);
        } else {
            sqlite3_bind_text64(statement, (int)i + 1, cell->text, cell->length, SQLITE_STATIC,
                                SQLITE_UTF8);
        }
    }
    int rc = sqlite3_step(statement);
    bool good = rc == SQLITE_DONE || sqlite_fault(b->db, rc, e);
    sqlite3_reset(statement);
    return good;
}

bool sqlite_bulk_row(struct db_bulk *b, const struct db_cell *cells, struct err *e)
{
    struct bulk_own *own = b->own;
    memcpy(&own->waiting[own->rows * own->count], cells, own->count * sizeof *cells);
    if (++own->rows < ROWS_PER_STATEMENT) {
        return true;
    }
    return (own->statement != NULL || prepare_rows(b, ROWS_PER_STATEMENT, &own->statement, e)) &&
           flush(b, own->statement, e);
}

bool sqlite_bulk_close(struct db_bulk *b, struct err *e)
{
    struct bulk_own *own = b->own;
    bool good = true;
    if (own->rows > 0) {
        release(own);
        good = prepare_rows(b, own->rows, &own->statement, e) && flush(b, own->statement, e);
    }
    release(own);
    return good;
}

void sqlite_bulk_forget(struct db_bulk *b)
{
    release(b->own);
}
