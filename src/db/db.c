#include "db/db.h"

#include <string.h>

#include "base/buf.h"
#include "db/driver.h"

static void release(void *what)
{
    db_close(what);
}

static bool is_server(const char *url)
{
    return strncmp(url, "postgresql://", 13) == 0 || strncmp(url, "postgres://", 11) == 0;
}

// The password may stand after the user's name and, by libpq's rules, among the options.
const char *db_url_shown(struct arena *a, const char *url)
{
    if (!is_server(url)) {
        return url;
    }
    struct buf b = buf_new(a, 2 * strlen(url) + 64);
    const char *host = strstr(url, "://") + 3;
    const char *at = memchr(host, '@', strcspn(host, "/?"));
    const char *colon = at == NULL ? NULL : memchr(host, ':', (size_t)(at - host));
    const char *rest = colon == NULL ? url : at;
    buf_put(&b, url, colon == NULL ? 0 : (size_t)(colon - url));
    for (const char *secret = NULL; (secret = strstr(rest, "password=")) != NULL;) {
        buf_put(&b, rest, (size_t)(secret - rest) + 9);
        buf_text(&b, "***");
        rest = secret + 9 + strcspn(secret + 9, "&");
    }
    buf_text(&b, rest);
    return buf_cstr(&b);
}

bool db_open(struct arena *a, const char *url, enum db_mode mode, struct db **out, struct err *e)
{
    struct db *db = ARENA_NEW(a, struct db);
    db->driver = is_server(url) ? &db_postgres : &db_sqlite;
    db->arena = a;
    db->url = arena_text(a, url);
    db->shown = db_url_shown(a, url);
    // Before it is opened: memory may run out half way, and what is open must still be closed.
    arena_defer(a, release, db);
    if (!db->driver->open(db, mode, e)) {
        return false;
    }
    *out = db;
    return true;
}

void db_close(struct db *db)
{
    if (db != NULL && db->own != NULL) {
        db_rollback(db);
        db->driver->close(db);
        db->own = NULL;
        db->statements = NULL;
    }
}

const char *db_url(const struct db *db)
{
    return db->url;
}

const char *db_shown(const struct db *db)
{
    return db->shown;
}

const char *db_engine(const struct db *db)
{
    return db->driver->name;
}

static bool begin(struct db *db, const char *verb, struct err *e)
{
    if (db->in_transaction) {
        return err_set(e, ERR_SYSTEM, "The record is in the middle of another change.");
    }
    db->in_transaction = db->driver->transact(db, verb, e);
    return db->in_transaction;
}

bool db_begin(struct db *db, struct err *e)
{
    return begin(db, DB_BEGIN_WRITE, e);
}

bool db_begin_read(struct db *db, struct err *e)
{
    return begin(db, DB_BEGIN_READ, e);
}

bool db_begin_read_now(struct db *db, struct err *e)
{
    if (db->in_transaction) {
        return err_set(e, ERR_SYSTEM, "The record is in the middle of another change.");
    }
    db->in_transaction = db->driver->begin_read_now(db, e);
    return db->in_transaction;
}

const char *db_kept(const struct db *db, const char *name)
{
    return db->kept_name != NULL && strcmp(db->kept_name, name) == 0 ? db->kept : NULL;
}

void db_keep(struct db *db, const char *name, const char *text)
{
    db->kept = arena_text(db->arena, text);
    db->kept_name = name;
}

// Whoever was caught in the middle of something (memory that ran out) left it open.
static void let_go(struct db *db)
{
    for (struct db_statement *s = db->statements; s != NULL; s = s->next) {
        if (s->own != NULL) {
            db->driver->reset(s);
        }
    }
    for (; db->bulks != NULL; db->bulks = db->bulks->next) {
        db->driver->bulk_forget(db->bulks);
    }
}

bool db_commit(struct db *db, struct err *e)
{
    if (!db->driver->transact(db, DB_COMMIT, e)) {
        db_rollback(db);
        return false;
    }
    db->in_transaction = false;
    db->bulks = NULL;
    return true;
}

void db_rollback(struct db *db)
{
    if (db->in_transaction) {
        // A rollback that fails leaves nothing to do: the engine undoes the change when the
        // connection closes, or when the next one opens the file.
        struct err ignored = {0};
        let_go(db);
        db->kept_name = NULL;
        (void)!db->driver->transact(db, DB_ROLLBACK, &ignored);
        db->in_transaction = false;
    }
}

bool db_in_transaction(const struct db *db)
{
    return db->in_transaction;
}

bool db_savepoint(struct db *db, struct err *e)
{
    return db->driver->transact(db, DB_SAVEPOINT, e);
}

bool db_savepoint_keep(struct db *db, struct err *e)
{
    let_go(db);
    return db->driver->transact(db, DB_SAVEPOINT_KEEP, e);
}

bool db_savepoint_undo(struct db *db, struct err *e)
{
    let_go(db);
    db->kept_name = NULL;
    return db->driver->transact(db, DB_SAVEPOINT_UNDO, e);
}

struct arena *db_arena(struct db *db)
{
    return db->arena;
}

struct db_statement *db_prepared(struct db *db, const char *name)
{
    for (struct db_statement *s = db->statements; s != NULL; s = s->next) {
        if (s->name == name || strcmp(s->name, name) == 0) {
            db->driver->reset(s);
            return s;
        }
    }
    return NULL;
}

bool db_prepare(struct db *db, const char *name, const char *sql, struct db_statement **out,
                struct err *e)
{
    *out = db_prepared(db, name);
    if (*out != NULL) {
        return true;
    }
    struct db_statement *s = ARENA_NEW(db->arena, struct db_statement);
    s->db = db;
    s->name = name;
    s->sql = sql;
    // Known before it is whole: closing ends it even when memory runs out half way.
    s->next = db->statements;
    db->statements = s;
    if (!db->driver->prepare(db, s, e)) {
        db->statements = s->next;
        return false;
    }
    *out = s;
    return true;
}

static int position_of(const struct db_statement *s, int n)
{
    return n >= 1 && n <= s->parameters ? s->positions[n - 1] : 0;
}

void db_bind_textn(struct db_statement *s, int n, const char *text, size_t length)
{
    int position = position_of(s, n);
    if (position > 0) {
        s->db->driver->bind_text(s, position, text, length);
    }
}

void db_bind_text(struct db_statement *s, int n, const char *text)
{
    db_bind_textn(s, n, text, text == NULL ? 0 : strlen(text));
}

void db_bind_int(struct db_statement *s, int n, int64_t value)
{
    int position = position_of(s, n);
    if (position > 0) {
        s->db->driver->bind_int(s, position, value);
    }
}

enum db_step db_step(struct db_statement *s, struct err *e)
{
    return s->db->driver->step(s, e);
}

const char *db_text(struct db_statement *s, int column, size_t *ret_length)
{
    return s->db->driver->text(s, column, ret_length);
}

int64_t db_int(struct db_statement *s, int column)
{
    return s->db->driver->integer(s, column);
}

void db_reset(struct db_statement *s)
{
    s->db->driver->reset(s);
}

const char *db_scan_before(const struct db *db)
{
    return db->driver->scan_before;
}

const char *db_scan_behind(const struct db *db)
{
    return db->driver->scan_behind;
}

bool db_scan(struct db_statement *s, db_row_function row, void *context, struct err *e)
{
    bool good = s->db->driver->scan(s, row, context, e);
    db_reset(s);
    return good;
}

bool db_run(struct db_statement *s, struct err *e)
{
    enum db_step step = DB_ROW;
    while (step == DB_ROW) {
        step = db_step(s, e);
    }
    db_reset(s);
    return step == DB_DONE;
}

int64_t db_changes(struct db *db)
{
    return db->driver->changes(db);
}

bool db_script(struct db *db, const char *sql, struct err *e)
{
    return db->driver->script(db, sql, e);
}

bool db_bulk_open(struct db *db, struct arena *a, const char *table, const char *const *columns,
                  size_t count, struct db_bulk **out, struct err *e)
{
    if (!db->driver->bulk_open(db, a, table, columns, count, out, e)) {
        return false;
    }
    (*out)->next = db->bulks;
    db->bulks = *out;
    return true;
}

bool db_bulk_row(struct db_bulk *b, const struct db_cell *cells, struct err *e)
{
    return b->db->driver->bulk_row(b, cells, e);
}

bool db_bulk_close(struct db_bulk *b, struct err *e)
{
    struct db_bulk **at = &b->db->bulks;
    bool good = b->db->driver->bulk_close(b, e);
    while (*at != NULL && *at != b) {
        at = &(*at)->next;
    }
    if (*at != NULL) {
        *at = b->next;
    }
    return good;
}

uint64_t db_change_counter(struct db *db)
{
    return db->driver->change_counter(db);
}

bool db_was_replaced(struct db *db)
{
    return db->driver->was_replaced(db);
}

void db_change_expected(struct db *db)
{
    db->driver->change_expected(db);
}

bool db_is_file(const struct db *db)
{
    return db->driver->copy_file != NULL;
}

bool db_copy_file(struct db *db, const char *to, struct err *e)
{
    if (!db_is_file(db)) {
        return err_set(e, ERR_SYSTEM, "%s is not a file and cannot be copied as one.", db->shown);
    }
    return db->driver->copy_file(db, to, e);
}

bool db_check(struct db *db, struct err *e)
{
    return db->driver->check == NULL || db->driver->check(db, e);
}

bool db_clock(struct db *db, int64_t *out, struct err *e)
{
    struct db_statement *s = NULL;
    if (!db_prepare(db, "clock", db->driver->clock, &s, e)) {
        return false;
    }
    enum db_step step = db_step(s, e);
    int64_t now = step == DB_ROW ? db_int(s, 0) : 0;
    db_reset(s);
    if (step == DB_ROW) {
        *out = now;
    }
    return step == DB_ROW;
}
