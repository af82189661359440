#include "fixture_record.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "domain/import.h"
#include "domain/snapshot.h"
#include "store/store.h"

struct place *place_new(void)
{
    struct arena *a = arena_new(0);
    struct place *p = ARENA_NEW(a, struct place);
    p->arena = a;
    const char *tmp = getenv("TMPDIR");
    char *folder = arena_printf(a, "%s/goldthread-test-XXXXXX", tmp == NULL ? "/tmp" : tmp);
    assert_non_null(mkdtemp(folder));
    p->folder = folder;
    p->url = place_path(p, "record.db");
    p->organisation = "town";
    return p;
}

void place_free(struct place *p)
{
    DIR *d = opendir(p->folder);
    assert_non_null(d);
    for (const struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
        (void)unlink(place_path(p, e->d_name));
    }
    closedir(d);
    assert_int_equal(rmdir(p->folder), 0);
    arena_free(p->arena);
}

const char *place_path(struct place *p, const char *name)
{
    return arena_printf(p->arena, "%s/%s", p->folder, name);
}

void place_write(struct place *p, const char *name, const char *text)
{
    struct err e = {.arena = p->arena};
    const char *path = place_path(p, name);
    assert_true(file_write(path, text, strlen(text), &e));
    assert_true(p->file_count < COUNT_OF(p->files));
    p->files[p->file_count++] = path;
}

static void import_all(struct place *p, const char *const *paths, size_t count,
                       const char *organisation, const char *now)
{
    struct arena *a = arena_new(0);
    struct err e = {.arena = a};
    struct db *db = NULL;
    struct import_report report;
    struct import_options options = {.organisation = organisation, .now = now};
    if (!store_open(a, p->url, DB_CREATE, &db, &e) ||
        !import_paths(db, a, paths, count, &options, &report, &e)) {
        fail_msg("%s", e.message);
    }
    if (report.refused > 0) {
        fail_msg("%s", import_refusal_text(a, &report.refusals[0]));
    }
    arena_free(a);
}

void place_import(struct place *p, const char *now)
{
    bool named = false;
    for (size_t i = 0; i < p->file_count; i++) {
        named = named || strstr(p->files[i], "/organisation.csv") != NULL;
    }
    import_all(p, p->files, p->file_count, named ? NULL : p->organisation, now);
    p->file_count = 0;
}

void place_import_folder(struct place *p, const char *folder, const char *now)
{
    import_all(p, &folder, 1, NULL, now);
}

static void free_arena(void *a)
{
    arena_free(a);
}

const struct council *place_council(struct place *p, const char *today, const char *at)
{
    struct arena *a = arena_new(0);
    struct err e = {.arena = p->arena};
    struct db *db = NULL;
    const struct council *c = NULL;
    day now = DAY_NONE, known = DAY_NONE;
    assert_true(day_parse(today, strlen(today), &now));
    assert_true(at == NULL || day_parse(at, strlen(at), &known));
    if (!snapshot_open(a, p->url, &db, &e) ||
        !snapshot_build(db, p->organisation, now, known, &c, &e)) {
        fail_msg("%s", e.message);
    }
    arena_free(a);
    arena_defer(p->arena, free_arena, c->arena);
    return c;
}

const char *source_folder(void)
{
    const char *folder = getenv("GOLDTHREAD_SOURCE");
    return folder == NULL ? "." : folder;
}
