#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "store/store.h"

// "0003_name.sql" -> 3
static int number_of(const char *file)
{
    int number = 0;
    for (; *file >= '0' && *file <= '9' && number < 10000; file++) {
        number = number * 10 + (*file - '0');
    }
    return number;
}

// The migrations built into the program, which embed_all gives in the order of their names.
static size_t migrations(struct arena *a, const char *engine, const struct db_migration **ret)
{
    size_t all = 0;
    const char *folder = arena_printf(a, "sql/migrations/%s/", engine);
    size_t length = strlen(folder);
    const struct embedded *files = embed_all(&all);
    struct db_migration *list = ARENA_ARRAY(a, all, struct db_migration);
    size_t count = 0;
    for (size_t i = 0; i < all; i++) {
        if (strncmp(files[i].name, folder, length) == 0) {
            const char *file = files[i].name + length;
            list[count++] =
                (struct db_migration){number_of(file), file, (const char *)files[i].bytes};
        }
    }
    *ret = list;
    return count;
}

// A reader may not write, so a record of an earlier release is brought up to date by a writer of
// its own. Whatever stands in the way (a copy that cannot be written to) is said by the reader.
static void upgrade(struct arena *a, const char *url, const struct db_migration *list, size_t count)
{
    struct err ignored = {.arena = a};
    struct db *writer = NULL;
    if (db_open(a, url, DB_WRITE, &writer, &ignored)) {
        bool done = db_migrate(writer, list, count, &ignored);
        (void)done;
        db_close(writer);
    }
}

bool store_open(struct arena *a, const char *url, enum db_mode mode, struct db **out, struct err *e)
{
    const struct db_migration *list = NULL;
    struct db *db = NULL;
    if (!db_open(a, url, mode, &db, e)) {
        return false;
    }
    size_t count = migrations(a, db_engine(db), &list);
    int now = db_schema_number(db);
    if (mode == DB_READ && now > 0 && now < list[count - 1].number) {
        upgrade(a, url, list, count);
    }
    if (!db_migrate(db, list, count, e)) {
        db_close(db);
        return false;
    }
    *out = db;
    return true;
}

int store_schema_newest(struct arena *a, const char *engine)
{
    const struct db_migration *list = NULL;
    size_t count = migrations(a, engine, &list);
    return count == 0 ? 0 : list[count - 1].number;
}
