#include "store/copy.h"

#include <string.h>

#include "base/buf.h"

enum {
    SQL_MAX = 1 << 16,
    CELLS_MAX = 64,
    ROWS_AT_ONCE = 5000, // kept in memory until they are written
};

struct copying {
    struct db *from, *to;
    struct arena *arena;
    struct err *err;
};

// Names come from the catalogue of the record that our own migrations made.
static void put_names(struct buf *b, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buf_text(b, i == 0 ? "\"" : ", \"");
        buf_text(b, names[i]);
        buf_char(b, '"');
    }
}

static bool prepare_read(struct copying *c, struct db *db, const struct db_table *t, bool only_one,
                         struct db_statement **out)
{
    struct buf sql = buf_new(db_arena(db), SQL_MAX);
    buf_text(&sql, "SELECT ");
    put_names(&sql, t->columns, t->count);
    buf_text(&sql, " FROM ");
    put_names(&sql, &t->name, 1);
    buf_text(&sql, " ORDER BY ");
    put_names(&sql, t->key, t->key_count);
    buf_text(&sql, only_one ? " LIMIT 1" : "");
    const char *name = arena_printf(db_arena(db), only_one ? "copy_one.%s" : "copy.%s", t->name);
    return db_prepare(db, name, buf_cstr(&sql), out, c->err);
}

static void read_cells(struct db_statement *s, const struct db_table *t, struct db_cell *cells)
{
    for (size_t i = 0; i < t->count; i++) {
        cells[i].text = db_text(s, (int)i, &cells[i].length);
    }
}

// ---- before ----

static bool same_names(const struct db_table *a, const struct db_table *b)
{
    bool same = a->count == b->count && strcmp(a->name, b->name) == 0;
    for (size_t i = 0; same && i < a->count; i++) {
        same = strcmp(a->columns[i], b->columns[i]) == 0;
    }
    return same;
}

static bool check_tables(struct copying *c, const struct db_table *from, size_t from_count,
                         const struct db_table *to, size_t to_count)
{
    bool same = from_count == to_count && from_count > 0;
    for (size_t i = 0; same && i < from_count; i++) {
        same = same_names(&from[i], &to[i]) && to[i].key_count > 0 && to[i].count <= CELLS_MAX;
    }
    return same ||
           err_set(c->err, ERR_SYSTEM, "The tables of %s are not those of %s; nothing was copied.",
                   db_shown(c->from), db_shown(c->to));
}

static bool check_empty(struct copying *c, const struct db_table *t)
{
    struct db_statement *s = NULL;
    if (!prepare_read(c, c->to, t, true, &s)) {
        return false;
    }
    enum db_step step = db_step(s, c->err);
    db_reset(s);
    return step == DB_DONE ||
           (step == DB_ROW &&
            err_set(c->err, ERR_INPUT,
                    "%s holds a record already (its table %s is not empty); copy to a new file or "
                    "an empty database. Nothing was copied.",
                    db_shown(c->to), t->name));
}

// ---- the rows ----

// The next rows of the statement, to the end of the table or of what is written at once.
static enum db_step write_some(struct copying *c, const struct db_table *t, struct db_statement *s,
                               struct arena *a)
{
    struct db_cell cells[CELLS_MAX];
    struct db_bulk *bulk = NULL;
    enum db_step step = DB_ROW;
    if (!db_bulk_open(c->to, a, t->name, t->columns, t->count, &bulk, c->err)) {
        return DB_FAULT;
    }
    for (int i = 0; i < ROWS_AT_ONCE && (step = db_step(s, c->err)) == DB_ROW; i++) {
        read_cells(s, t, cells);
        for (size_t k = 0; k < t->count; k++) {
            const char *text = cells[k].text;
            cells[k].text = text == NULL ? NULL : arena_textn(a, text, cells[k].length);
        }
        if (!db_bulk_row(bulk, cells, c->err)) {
            return DB_FAULT;
        }
    }
    return step != DB_FAULT && db_bulk_close(bulk, c->err) ? step : DB_FAULT;
}

static bool write_rows(struct copying *c, const struct db_table *t)
{
    struct db_statement *s = NULL;
    if (!prepare_read(c, c->from, t, false, &s)) {
        return false;
    }
    volatile enum db_step step = DB_ROW;
    while (step == DB_ROW) {
        struct arena *volatile own = arena_new(0);
        if (own == NULL || ARENA_TRAP(own)) {
            arena_free(own);
            return err_set(c->err, ERR_SYSTEM, "There is not enough memory to copy %s.", t->name);
        }
        step = write_some(c, t, s, own);
        arena_free(own);
    }
    db_reset(s);
    return step == DB_DONE;
}

// Each cell with its length, so that no two rows read the same; no length is as long as "absent".
static void put_row(struct digest *d, const struct db_table *t, const struct db_cell *cells)
{
    for (size_t i = 0; i < t->count; i++) {
        uint64_t length = cells[i].text == NULL ? UINT64_MAX : cells[i].length;
        unsigned char bytes[8];
        for (size_t k = 0; k < sizeof bytes; k++) {
            bytes[k] = (unsigned char)(length >> (8 * k));
        }
        digest_put(d, bytes, sizeof bytes);
        digest_put(d, cells[i].text, cells[i].text == NULL ? 0 : cells[i].length);
    }
}

static bool same_row(const struct db_table *t, const struct db_cell *a, const struct db_cell *b)
{
    for (size_t i = 0; i < t->count; i++) {
        bool same = (a[i].text == NULL) == (b[i].text == NULL) && a[i].length == b[i].length &&
                    (a[i].text == NULL || memcmp(a[i].text, b[i].text, a[i].length) == 0);
        if (!same) {
            return false;
        }
    }
    return true;
}

static bool differs(struct copying *c, const struct db_table *t, size_t row)
{
    return err_set(c->err, ERR_SYSTEM,
                   "Row %zu of %s (by its key) is not the same in %s as in %s; nothing was kept.",
                   row, t->name, db_shown(c->to), db_shown(c->from));
}

static bool verify_rows(struct copying *c, const struct db_table *t, struct store_copied *out)
{
    struct db_statement *from = NULL, *to = NULL;
    struct db_cell there[CELLS_MAX], here[CELLS_MAX];
    struct digest *digest_there = digest_new(c->arena), *digest_here = digest_new(c->arena);
    char hex[DIGEST_HEX + 1];
    if (!prepare_read(c, c->from, t, false, &from) || !prepare_read(c, c->to, t, false, &to)) {
        return false;
    }
    enum db_step step_from = DB_ROW, step_to = DB_ROW;
    bool same = true;
    for (out->rows = 0; same; out->rows++) {
        step_from = db_step(from, c->err);
        step_to = step_from == DB_FAULT ? DB_FAULT : db_step(to, c->err);
        if (step_from != DB_ROW || step_to != DB_ROW) {
            break;
        }
        read_cells(from, t, there);
        read_cells(to, t, here);
        put_row(digest_there, t, there);
        put_row(digest_here, t, here);
        same = same_row(t, there, here);
    }
    db_reset(from);
    db_reset(to);
    digest_end(digest_there, hex);
    digest_end(digest_here, out->digest);
    if (step_from == DB_FAULT || step_to == DB_FAULT) {
        return false;
    }
    return (same && step_from == step_to && strcmp(hex, out->digest) == 0) ||
           differs(c, t, out->rows + (same ? 1 : 0));
}

static bool copy_table(struct copying *c, const struct db_table *t, struct store_copied *out)
{
    out->table = t->name;
    return write_rows(c, t) && verify_rows(c, t, out);
}

// What all rows refer to at once stands first; other references are held at the end.
static size_t first_of(const struct db_table *tables, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(tables[i].name, "organisations") == 0) {
            return i;
        }
    }
    return 0;
}

bool store_copy(struct db *from, struct db *to, struct arena *a, const struct store_copied **ret,
                size_t *ret_count, struct err *e)
{
    struct copying c = {from, to, a, e};
    const struct db_table *there = NULL, *tables = NULL;
    size_t there_count = 0, count = 0;
    if (!db_tables(from, a, &there, &there_count, e) || !db_tables(to, a, &tables, &count, e) ||
        !check_tables(&c, there, there_count, tables, count)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!check_empty(&c, &tables[i])) {
            return false;
        }
    }
    struct store_copied *copied = ARENA_ARRAY(a, count, struct store_copied);
    size_t first = first_of(tables, count);
    if (!copy_table(&c, &tables[first], &copied[first])) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (i != first && !copy_table(&c, &tables[i], &copied[i])) {
            return false;
        }
    }
    *ret = copied;
    *ret_count = count;
    return true;
}

static bool digest_table(struct copying *c, const struct db_table *t, struct store_copied *out)
{
    struct db_statement *s = NULL;
    struct db_cell cells[CELLS_MAX];
    struct digest *digest = digest_new(c->arena);
    if (t->count > CELLS_MAX || t->key_count == 0) {
        return err_set(c->err, ERR_SYSTEM, "The table %s of %s is not one of ours.", t->name,
                       db_shown(c->from));
    }
    if (!prepare_read(c, c->from, t, false, &s)) {
        return false;
    }
    enum db_step step = DB_DONE;
    for (out->rows = 0; (step = db_step(s, c->err)) == DB_ROW; out->rows++) {
        read_cells(s, t, cells);
        put_row(digest, t, cells);
    }
    db_reset(s);
    digest_end(digest, out->digest);
    out->table = t->name;
    return step == DB_DONE;
}

bool store_digests(struct db *db, struct arena *a, const struct store_copied **ret,
                   size_t *ret_count, struct err *e)
{
    struct copying c = {.from = db, .arena = a, .err = e};
    const struct db_table *tables = NULL;
    size_t count = 0;
    if (!db_tables(db, a, &tables, &count, e)) {
        return false;
    }
    struct store_copied *all = ARENA_ARRAY(a, count, struct store_copied);
    for (size_t i = 0; i < count; i++) {
        if (!digest_table(&c, &tables[i], &all[i])) {
            return false;
        }
    }
    *ret = all;
    *ret_count = count;
    return true;
}
