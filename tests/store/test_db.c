// The interface to the database, on every engine there is; and what SQLite files can be.
#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static struct db *open_here(struct here *h, const char *name, enum db_mode mode)
{
    struct db *db = NULL;
    if (!db_open(h->arena, here_url(h, name), mode, &db, &h->err)) {
        fail_msg("%s", h->err.message);
    }
    return db;
}

// The mark of our records, so that they open again, and a table.
static struct db *open_with_table(struct here *h, const char *name)
{
    static const struct db_migration one[] = {{1, "1", "CREATE TABLE t (a TEXT)"}};
    struct db *db = open_here(h, name, DB_CREATE);
    assert_true(db_migrate(db, one, 1, &h->err));
    return db;
}

static void run(struct here *h, struct db *db, const char *sql)
{
    if (!db_script(db, sql, &h->err)) {
        fail_msg("%s (%s)", h->err.message, h->err.cause);
    }
}

static int64_t count_of(struct here *h, struct db *db)
{
    struct db_statement *s = NULL;
    assert_true(db_prepare(db, "count", "SELECT count(*) FROM t", &s, &h->err));
    assert_int_equal(db_step(s, &h->err), DB_ROW);
    int64_t count = db_int(s, 0);
    db_reset(s);
    return count;
}

// SQLite numbers "$2" by where it first appears; bound by position, this gives first,second,first.
static void parameters_are_found_by_name(void **state)
{
    struct here *h = *state;
    struct db *db = open_here(h, "memory", DB_CREATE);
    struct db_statement *s = NULL;
    size_t length = 0;
    assert_true(db_prepare(db, "p", "SELECT $2, $1, $2, $3", &s, &h->err));
    db_bind_text(s, 1, "first");
    db_bind_text(s, 2, "second");
    db_bind_int(s, 3, 3);
    assert_int_equal(db_step(s, &h->err), DB_ROW);
    assert_string_equal(db_text(s, 0, &length), "second");
    assert_int_equal(length, 6);
    assert_string_equal(db_text(s, 1, &length), "first");
    assert_string_equal(db_text(s, 2, &length), "second");
    assert_int_equal(db_int(s, 3), 3);
    assert_int_equal(db_step(s, &h->err), DB_DONE);
    db_reset(s);
    assert_int_equal(db_step(s, &h->err), DB_ROW); // the bindings are forgotten
    assert_null(db_text(s, 0, &length));
    db_reset(s);
    assert_ptr_equal(db_prepared(db, "p"), s);
    assert_false(db_prepare(db, "two", "SELECT 1; SELECT 2", &s, &h->err));
    here_expect(h, ERR_SYSTEM, h->server == NULL ? "not one statement" : "not expected");
    assert_false(db_prepare(db, "wrong", "SELECT FROM", &s, &h->err));
    here_expect(h, ERR_SYSTEM, "not expected");
}

static void transactions(void **state)
{
    struct here *h = *state;
    struct db *db = open_with_table(h, "a.db");
    assert_true(db_begin(db, &h->err));
    run(h, db, "INSERT INTO t VALUES ('kept')");
    assert_true(db_commit(db, &h->err));
    assert_true(db_begin(db, &h->err));
    run(h, db, "INSERT INTO t VALUES ('dropped')");
    assert_false(db_begin(db, &h->err));
    here_expect(h, ERR_SYSTEM, "middle of another change");
    db_rollback(db);
    db_rollback(db); // harmless
    assert_int_equal(count_of(h, db), 1);
    assert_true(db_begin(db, &h->err));
    run(h, db, "INSERT INTO t VALUES ('lost with its connection')");
    db_close(db);
    assert_int_equal(count_of(h, open_here(h, "a.db", DB_READ)), 1);
}

static void many_rows(void **state)
{
    static const char *const columns[] = {"a", "b"};
    struct here *h = *state;
    struct db *db = open_here(h, "memory", DB_CREATE);
    struct db_bulk *bulk = NULL;
    run(h, db, "CREATE TABLE t (a TEXT, b INTEGER)");
    assert_true(db_bulk_open(db, h->arena, "t", columns, 2, &bulk, &h->err));
    for (int i = 0; i < 123; i++) { // not a multiple of what goes into a statement
        const char *a = i % 2 == 0 ? arena_printf(h->arena, "row %d", i) : NULL;
        const char *b = arena_printf(h->arena, "%d", i);
        struct db_cell cells[] = {{a, a == NULL ? 0 : strlen(a)}, {b, strlen(b)}};
        assert_true(db_bulk_row(bulk, cells, &h->err));
    }
    assert_true(db_bulk_close(bulk, &h->err));
    assert_int_equal(count_of(h, db), 123);
    struct db_statement *s = NULL;
    assert_true(db_prepare(db, "sum", "SELECT sum(b), count(a), max(a) FROM t", &s, &h->err));
    assert_int_equal(db_step(s, &h->err), DB_ROW);
    assert_int_equal(db_int(s, 0), 123 * 122 / 2);
    assert_int_equal(db_int(s, 1), 62);
}

struct scanned {
    int rows;
    int stop_at;
    char seen[64];
};

static bool take(void *context, const struct db_value *values)
{
    struct scanned *s = context;
    snprintf(s->seen, sizeof s->seen, "%.*s/%lld", (int)values[0].length,
             values[0].text == NULL ? "-" : values[0].text, (long long)values[1].integer);
    return ++s->rows != s->stop_at;
}

static void scans(void **state)
{
    struct here *h = *state;
    struct db *db = open_here(h, "memory", DB_CREATE);
    struct db_statement *s = NULL;
    struct scanned seen = {.stop_at = -1};
    run(h, db,
        "CREATE TABLE t (a TEXT, b INTEGER);"
        "INSERT INTO t VALUES ('one', 1), ('two', 2), (NULL, 3)");
    const char *sql = arena_printf(h->arena, "SELECT %sa, b%s FROM t WHERE b <= $1 ORDER BY b",
                                   db_scan_before(db), db_scan_behind(db));
    assert_true(db_prepare(db, "scan", sql, &s, &h->err));
    db_bind_int(s, 1, 2);
    assert_true(db_scan(s, take, &seen, &h->err));
    assert_int_equal(seen.rows, 2);
    assert_string_equal(seen.seen, "two/2");
    seen = (struct scanned){.stop_at = 1};
    db_bind_int(s, 1, 3);
    assert_false(db_scan(s, take, &seen, &h->err)); // stopped by whom it was handed to
    assert_int_equal(seen.rows, 1);
    assert_int_equal(h->err.kind, ERR_NONE);
}

// The counter when it is no longer `before`, or after a second.
static uint64_t moved(struct db *db, uint64_t before)
{
    uint64_t now = db_change_counter(db);
    for (int i = 0; i < 100 && now == before; i++) {
        usleep(10000);
        now = db_change_counter(db);
    }
    return now;
}

static void change_counter(void **state)
{
    struct here *h = *state;
    struct db *writer = open_with_table(h, "c.db");
    struct db *reader = open_here(h, "c.db", DB_READ);
    uint64_t before = db_change_counter(reader);
    assert_int_equal(db_change_counter(reader), before);
    assert_true(db_begin(writer, &h->err));
    run(h, writer, "INSERT INTO t VALUES ('a')");
    db_rollback(writer);
    assert_int_equal(db_change_counter(reader), before); // nothing was kept
    run(h, writer, "INSERT INTO t VALUES ('a')");
    uint64_t after = moved(reader, before);
    assert_int_not_equal(after, before);
    assert_int_equal(db_change_counter(reader), after);
    assert_int_equal(db_change_counter(writer), after);
    assert_false(db_was_replaced(reader));
    db_close(writer);
}

static void replaced(void **state)
{
    struct here *h = *state;
    struct db *writer = open_with_table(h, "c.db");
    struct db *reader = open_here(h, "c.db", DB_READ);
    assert_false(db_was_replaced(reader));
    // A restore puts another file in its place: the open one is still read, and said to be old.
    here_write(h, "other", "");
    assert_int_equal(rename(here_path(h, "other"), here_path(h, "c.db")), 0);
    assert_true(db_was_replaced(reader));
    db_close(writer);
}

// Cut short under our hands: an answer that is never the same twice, and no SIGBUS.
static void cut_short(void **state)
{
    struct here *h = *state;
    struct db *db = open_here(h, "cut.db", DB_CREATE);
    run(h, db, "CREATE TABLE t (a TEXT) STRICT");
    assert_int_equal(truncate(here_path(h, "cut.db"), 0), 0);
    uint64_t first = db_change_counter(db);
    assert_int_not_equal(db_change_counter(db), first);
}

static void refused_files(void **state)
{
    struct here *h = *state;
    struct db *db = NULL;
    assert_false(db_open(h->arena, here_path(h, "none.db"), DB_READ, &db, &h->err));
    here_expect(h, ERR_ABSENT, "There is no record at");
    assert_false(db_open(h->arena, here_path(h, "none.db"), DB_WRITE, &db, &h->err));
    here_expect(h, ERR_ABSENT, "import FOLDER");
    assert_int_equal(access(here_path(h, "none.db"), F_OK), -1); // and none was made
    assert_false(db_open(h->arena, h->folder, DB_CREATE, &db, &h->err));
    here_expect(h, ERR_SYSTEM, "is not a file");
    assert_false(db_open(h->arena, "", DB_CREATE, &db, &h->err));
    here_expect(h, ERR_USAGE, "empty");
    assert_false(db_open(h->arena, here_path(h, "no/such/folder.db"), DB_CREATE, &db, &h->err));
    here_expect(h, ERR_SYSTEM, "cannot be opened");
    here_write(h, "measures.csv", "code,title\nM1,this is a table, and no database at all\n");
    assert_false(db_open(h->arena, here_path(h, "measures.csv"), DB_CREATE, &db, &h->err));
    here_expect(h, ERR_SYSTEM, "is not a Goldthread record");
}

static void foreign_databases(void **state)
{
    struct here *h = *state;
    struct db *db = open_here(h, "theirs.db", DB_CREATE);
    run(h, db, "CREATE TABLE t (a TEXT) STRICT");
    db_close(db);
    assert_false(db_open(h->arena, here_path(h, "theirs.db"), DB_CREATE, &db, &h->err));
    here_expect(h, ERR_SYSTEM, "of another program");
    db = open_here(h, "marked.db", DB_CREATE);
    run(h, db, "PRAGMA application_id = 12345");
    db_close(db);
    assert_false(db_open(h->arena, here_path(h, "marked.db"), DB_READ, &db, &h->err));
    here_expect(h, ERR_SYSTEM, "of another program");
}

static void newer_schema(void **state)
{
    static const struct db_migration two[] = {{1, "1", "CREATE TABLE t (a TEXT)"},
                                              {2, "2", "ALTER TABLE t ADD COLUMN b TEXT"}};
    struct here *h = *state;
    struct db *db = open_here(h, "new.db", DB_CREATE);
    assert_true(db_migrate(db, two, 1, &h->err));
    assert_int_equal(db_schema_number(db), 1);
    db_close(db);
    db = open_here(h, "new.db", DB_READ); // a reader may not change the schema
    assert_false(db_migrate(db, two, 2, &h->err));
    here_expect(h, ERR_SYSTEM, "older schema");
    db_close(db);
    db = open_here(h, "new.db", DB_WRITE);
    assert_true(db_migrate(db, two, 2, &h->err));
    assert_true(db_migrate(db, two, 2, &h->err)); // nothing left to do
    assert_int_equal(db_schema_number(db), 2);
    assert_false(db_migrate(db, two, 1, &h->err));
    here_expect(h, ERR_SYSTEM, "newer Goldthread");
}

// A migration that fails in the middle leaves the record as it was, and usable.
static void failed_migration(void **state)
{
    static const struct db_migration steps[] = {
        {1, "1", "CREATE TABLE t (a TEXT)"},
        {2, "2", "ALTER TABLE t ADD COLUMN b TEXT; INSERT INTO nowhere VALUES (1)"}};
    struct here *h = *state;
    struct db *db = open_here(h, "f.db", DB_CREATE);
    assert_false(db_migrate(db, steps, 2, &h->err));
    here_expect(h, ERR_SYSTEM, "not expected");
    assert_int_equal(db_schema_number(db), 1);
    run(h, db, "INSERT INTO t VALUES ('one column still')");
}

static void wal_is_turned_back(void **state)
{
    struct here *h = *state;
    struct db *db = open_with_table(h, "wal.db");
    run(h, db, "PRAGMA journal_mode = WAL; INSERT INTO t VALUES ('kept')");
    db_close(db);
    db = open_here(h, "wal.db", DB_READ);
    struct db_statement *s = NULL;
    size_t length = 0;
    assert_true(db_prepare(db, "mode", "PRAGMA journal_mode", &s, &h->err));
    assert_int_equal(db_step(s, &h->err), DB_ROW);
    assert_string_equal(db_text(s, 0, &length), "delete");
    db_reset(s);
    assert_int_equal(count_of(h, db), 1);
}

static void readers_do_not_write(void **state)
{
    struct here *h = *state;
    db_close(open_with_table(h, "r.db"));
    struct db *db = open_here(h, "r.db", DB_READ);
    assert_false(db_script(db, "INSERT INTO t VALUES ('by a reader')", &h->err));
    here_expect(h, ERR_SYSTEM, "cannot be written");
    assert_int_equal(count_of(h, db), 0);
}

// Bytes in the middle of the file overwritten: whoever reads them is told, and nothing else breaks.
static void damaged_file(void **state)
{
    struct here *h = *state;
    struct db *db = open_with_table(h, "d.db");
    run(h, db,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
        "INSERT INTO t SELECT 'row ' || i FROM n");
    db_close(db);
    int fd = open(here_path(h, "d.db"), O_WRONLY);
    char rubbish[8192];
    memset(rubbish, 0x5a, sizeof rubbish);
    assert_int_equal(pwrite(fd, rubbish, sizeof rubbish, 8192), (ssize_t)sizeof rubbish);
    close(fd);
    db = open_here(h, "d.db", DB_READ);
    struct db_statement *s = NULL;
    assert_true(db_prepare(db, "all", "SELECT a FROM t ORDER BY a", &s, &h->err));
    enum db_step step = DB_ROW;
    while (step == DB_ROW) {
        step = db_step(s, &h->err);
    }
    assert_int_equal(step, DB_FAULT);
    here_expect(h, ERR_SYSTEM, "is damaged; put back the last backup");
}

// The same as a disc that is full: the file may not grow past a limit.
static void full_disc(void **state)
{
    struct here *h = *state;
    struct rlimit before;
    struct db *db = open_here(h, "full.db", DB_CREATE);
    run(h, db, "CREATE TABLE t (a TEXT) STRICT; INSERT INTO t VALUES ('kept')");
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit small = {64 << 10, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_true(db_begin(db, &h->err));
    bool good = db_script(db,
                          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i "
                          "< 200000) INSERT INTO t SELECT 'row ' || i FROM n",
                          &h->err) &&
                db_commit(db, &h->err);
    db_rollback(db);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_false(good);
    here_expect(h, ERR_SYSTEM, "is full; nothing of this change was kept");
    assert_int_equal(count_of(h, db), 1);
    run(h, db, "INSERT INTO t VALUES ('and goes on')");
    assert_int_equal(count_of(h, db), 2);
}

// ---- what PostgreSQL can be ----

static void refused_servers(void **state)
{
    struct here *h = *state;
    struct db *db = NULL;
    assert_false(db_open(h->arena, "postgresql://u:secret@/r?host=/nowhere&password=hidden",
                         DB_READ, &db, &h->err));
    here_expect(h, ERR_AWAY,
                "postgresql://u@/r?host=/nowhere&password=*** cannot be "
                "reached");
    assert_false(db_open(h->arena, here_url(h, "empty"), DB_READ, &db, &h->err));
    here_expect(h, ERR_ABSENT, "There is no record at");
    assert_false(db_open(h->arena, here_url(h, "empty"), DB_WRITE, &db, &h->err));
    here_expect(h, ERR_ABSENT, "import FOLDER");
    db = open_here(h, "theirs", DB_CREATE);
    run(h, db, "CREATE TABLE t (a TEXT)");
    db_close(db);
    assert_false(db_open(h->arena, here_url(h, "theirs"), DB_CREATE, &db, &h->err));
    here_expect(h, ERR_SYSTEM, "of another program");
}

// Ended by the server in the middle of its rows: told once, and open again at the next use.
static void lost_connection(void **state)
{
    struct here *h = *state;
    db_close(open_with_table(h, "lost"));
    struct db *db = open_here(h, "lost", DB_WRITE);
    struct db *other = open_here(h, "lost", DB_READ);
    uint64_t counter = db_change_counter(other);
    assert_true(db_begin(db, &h->err));
    run(h, db, "INSERT INTO t VALUES ('not kept')");
    struct db *killer = open_here(h, "lost", DB_WRITE);
    struct db_statement *s = NULL;
    assert_true(db_prepare(killer, "end",
                           "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                           "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
                           &s, &h->err));
    assert_true(db_run(s, &h->err));
    bool good = db_prepare(db, "all", "SELECT a FROM t ORDER BY a", &s, &h->err) &&
                db_step(s, &h->err) != DB_FAULT;
    assert_false(good);
    here_expect(h, ERR_AWAY, "nothing");
    assert_true(db_was_replaced(db));
    assert_false(db_commit(db, &h->err));
    here_forget(h);
    uint64_t first = moved(other, counter);
    assert_int_not_equal(first, counter);
    assert_int_not_equal(db_change_counter(other), first); // never the same twice
    assert_true(db_was_replaced(other));
    assert_int_equal(count_of(h, open_here(h, "lost", DB_READ)), 0);
}

// After a fault in it a transaction cannot be kept, even though the server takes its COMMIT.
static void nothing_after_a_fault(void **state)
{
    struct here *h = *state;
    struct db *db = open_with_table(h, "fault");
    assert_true(db_begin(db, &h->err));
    run(h, db, "INSERT INTO t VALUES ('not kept')");
    assert_false(db_script(db, "INSERT INTO nowhere VALUES (1)", &h->err));
    here_forget(h);
    assert_false(db_commit(db, &h->err));
    here_expect(h, ERR_SYSTEM, "Nothing was changed");
    assert_int_equal(count_of(h, db), 0);
    run(h, db, "INSERT INTO t VALUES ('and goes on')");
    assert_int_equal(count_of(h, db), 1);
}

// Text as COPY must not take it for something else.
static void odd_texts(void **state)
{
    static const char *const columns[] = {"a"};
    static const char *const texts[] = {"\\N", "\\.",      "\\",    "a\tb", "line\nline\r\n",
                                        "",    "\xc3\xa9", "\"q\"", "NULL"};
    struct here *h = *state;
    struct db *db = open_with_table(h, "odd");
    struct db_bulk *bulk = NULL;
    struct db_statement *s = NULL;
    assert_true(db_bulk_open(db, h->arena, "t", columns, 1, &bulk, &h->err));
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct db_cell cell = {texts[i], strlen(texts[i])};
        assert_true(db_bulk_row(bulk, &cell, &h->err));
    }
    assert_true(db_bulk_close(bulk, &h->err));
    assert_int_equal(count_of(h, db), COUNT_OF(texts));
    assert_true(db_prepare(db, "one", "SELECT count(*) FROM t WHERE a = $1", &s, &h->err));
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        db_bind_text(s, 1, texts[i]);
        assert_int_equal(db_step(s, &h->err), DB_ROW);
        assert_int_equal(db_int(s, 0), 1);
        db_reset(s);
    }
}

// Two statements read by turns, with others between.
static void by_turns(void **state)
{
    struct here *h = *state;
    struct db *db = open_with_table(h, "turns");
    struct db_statement *up = NULL, *down = NULL;
    size_t length = 0;
    run(h, db, "INSERT INTO t VALUES ('1'), ('2'), ('3')");
    assert_true(db_prepare(db, "up", "SELECT a FROM t ORDER BY a", &up, &h->err));
    assert_true(db_prepare(db, "down", "SELECT a FROM t ORDER BY a DESC", &down, &h->err));
    for (int i = 1; i <= 3; i++) {
        assert_int_equal(db_step(up, &h->err), DB_ROW);
        assert_int_equal(db_step(down, &h->err), DB_ROW);
        assert_int_equal(db_text(up, 0, &length)[0], '0' + i);
        assert_int_equal(db_text(down, 0, &length)[0], '4' - i);
        assert_int_equal(count_of(h, db), 3);
    }
    assert_int_equal(db_step(up, &h->err), DB_DONE);
    db_reset(up);
    assert_int_equal(db_step(down, &h->err), DB_DONE);
    db_reset(down);
}

// One writes, the other waits five seconds and is told.
static void one_writer_at_a_time(void **state)
{
    struct here *h = *state;
    struct db *db = open_with_table(h, "w.db");
    struct db *other = open_here(h, "w.db", DB_WRITE);
    assert_true(db_begin(db, &h->err));
    run(h, db, "INSERT INTO t VALUES ('kept')");
    assert_false(db_begin(other, &h->err));
    here_expect(h, ERR_SYSTEM, "being written by another program");
    assert_true(db_commit(db, &h->err));
    assert_true(db_begin(other, &h->err));
    db_rollback(other);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, here_setup, here_teardown)
#define ON_BOTH                                                                                    \
    CASE(parameters_are_found_by_name), CASE(transactions), CASE(many_rows), CASE(scans),          \
        CASE(change_counter), CASE(newer_schema), CASE(failed_migration),                          \
        CASE(readers_do_not_write), CASE(odd_texts), CASE(by_turns), CASE(one_writer_at_a_time)
    const struct CMUnitTest sqlite[] = {
        ON_BOTH,
        CASE(replaced),
        CASE(cut_short),
        CASE(refused_files),
        CASE(foreign_databases),
        CASE(wal_is_turned_back),
        CASE(damaged_file),
        CASE(full_disc),
    };
    const struct CMUnitTest postgres[] = {
        ON_BOTH,
        CASE(refused_servers),
        CASE(lost_connection),
        CASE(nothing_after_a_fault),
    };
    return getenv("GOLDTHREAD_TEST_POSTGRES") == NULL
               ? cmocka_run_group_tests(sqlite, NULL, NULL)
               : cmocka_run_group_tests(postgres, NULL, NULL);
}
