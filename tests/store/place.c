#include "place.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

static void on_server(struct here *h, const char *sql)
{
    struct db *db = NULL;
    struct err e = {.arena = h->arena};
    if (!db_open(h->arena, h->server, DB_CREATE, &db, &e) || !db_script(db, sql, &e)) {
        fail_msg("%s (%s)", e.message, e.cause);
    }
    db_close(db);
}

static const char *schema_name(struct here *h, int number)
{
    return arena_printf(h->arena, "t%ld_%d", (long)getpid(), number);
}

static void drop_schemas(struct here *h)
{
    for (int i = 0; h->server != NULL && i < HERE_RECORDS_MAX && h->records[i] != NULL; i++) {
        // Whoever still reads there is in the way, and ends with the test.
        on_server(h, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                     "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
        on_server(h, arena_printf(h->arena, "DROP SCHEMA %s CASCADE", schema_name(h, i)));
    }
}

const char *here_url(struct here *h, const char *name)
{
    int at = 0;
    if (h->server == NULL) {
        return here_path(h, name);
    }
    while (at < HERE_RECORDS_MAX && h->records[at] != NULL && strcmp(h->records[at], name) != 0) {
        at++;
    }
    assert_true(at < HERE_RECORDS_MAX);
    const char *schema = schema_name(h, at);
    if (h->records[at] == NULL) {
        h->records[at] = name;
        on_server(h, arena_printf(h->arena, "CREATE SCHEMA %s", schema));
    }
    return arena_printf(h->arena, "%s&options=-csearch_path%%3D%s", h->server, schema);
}

int here_setup(void **state)
{
    struct arena *a = arena_new(0);
    struct here *h = ARENA_NEW(a, struct here);
    const char *base = getenv("TMPDIR");
    char *folder = arena_printf(a, "%s/goldthread-test-XXXXXX", base == NULL ? "/tmp" : base);
    assert_non_null(mkdtemp(folder));
    h->arena = a;
    h->folder = folder;
    h->err.arena = a;
    h->server = getenv("GOLDTHREAD_TEST_POSTGRES");
    *state = h;
    return 0;
}

int here_teardown(void **state)
{
    struct here *h = *state;
    struct arena *a = arena_new(0);
    const char *folder = arena_text(a, h->folder);
    drop_schemas(h);
    arena_free(h->arena); // closes the records first
    DIR *d = opendir(folder);
    for (struct dirent *e = NULL; d != NULL && (e = readdir(d)) != NULL;) {
        if (e->d_name[0] != '.') {
            unlink(arena_printf(a, "%s/%s", folder, e->d_name));
        }
    }
    closedir(d);
    rmdir(folder);
    arena_free(a);
    return 0;
}

const char *here_path(struct here *h, const char *name)
{
    return arena_printf(h->arena, "%s/%s", h->folder, name);
}

void here_write(struct here *h, const char *name, const char *text)
{
    assert_true(file_write(here_path(h, name), text, strlen(text), &h->err));
}

void here_forget(struct here *h)
{
    h->err = (struct err){.arena = h->arena};
}

void here_expect(struct here *h, enum err_kind kind, const char *words)
{
    const char *message = h->err.message == NULL ? "no failure" : h->err.message;
    if (h->err.kind != kind || strstr(message, words) == NULL) {
        fail_msg("expected \"...%s...\" (%d), found \"%s\" (%d)", words, (int)kind, message,
                 (int)h->err.kind);
    }
    here_forget(h);
}

struct import_report here_import(struct here *h, struct db *db, const char *now, const char *name)
{
    const char *path = here_path(h, name);
    struct import_options options = {.now = now};
    struct import_report report = {0};
    if (!import_paths(db, h->arena, &path, 1, &options, &report, &h->err)) {
        fail_msg("%s", h->err.message);
    }
    return report;
}

static void dump_kind(struct here *h, struct db *db, const char *organisation, enum kind kind,
                      struct buf *b)
{
    struct store_rows rows = {0};
    assert_true(store_rows(db, h->arena, kind, organisation, STORE_ALL, &rows, &h->err));
    for (size_t i = 0; i < rows.count; i++) {
        const struct store_row *r = &rows.rows[i];
        buf_printf(b, "%s %d %d %s", rows.kind->file, r->version, r->current,
                   r->recorded_at == NULL ? "" : r->recorded_at);
        for (size_t c = 0; c < rows.kind->count; c++) {
            buf_printf(b, "|%s", r->cells[c] == NULL ? "" : r->cells[c]);
        }
        buf_char(b, '\n');
    }
}

const char *here_dump(struct here *h, struct db *db)
{
    struct buf b = buf_new(h->arena, 64 << 20);
    const struct store_organisation *known = NULL;
    size_t count = 0;
    assert_true(store_organisations(db, h->arena, &known, &count, &h->err));
    for (size_t i = 0; i < count; i++) {
        buf_printf(&b, "%s %llu\n", known[i].code, (unsigned long long)known[i].revision);
        for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
            dump_kind(h, db, known[i].code, (enum kind)k, &b);
        }
    }
    return buf_cstr(&b);
}
