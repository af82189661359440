// Any bytes as a file of a council folder, imported beside a small council: the first byte says
// which file. Refused, it changes nothing; taken, the same file again changes nothing.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "domain/import.h"
#include "store/store.h"

enum { MEMORY = 256 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool truth)
{
    if (!truth) {
        abort();
    }
}

static char folder_name[] = "/tmp/goldthread-fuzz-XXXXXX";

static void remove_folder(void)
{
    char path[sizeof folder_name + 64];
    for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
        snprintf(path, sizeof path, "%s/%s", folder_name, descriptor_of((enum kind)k)->file);
        unlink(path);
    }
    rmdir(folder_name);
}

// One folder a process, removed when it ends.
static const char *folder(void)
{
    static bool made;
    if (!made) {
        require(mkdtemp(folder_name) != NULL && atexit(remove_folder) == 0);
        made = true;
    }
    return folder_name;
}

static const struct {
    const char *name, *text;
} council[] = {
    {"organisation.csv", "code,name,default_rule\ntown,Town Council,T\n"},
    {"rules.csv", "code,title,kind,amber_within\nT,Within 5,tolerance,5\n"},
    {"people.csv", "code,name\np,Head of Waste\n"},
    {"units.csv", "code,name,kind,head\nA,Place,directorate,p\n"},
    {"plans.csv", "code,title,kind,start,end\nP,Plan,corporate,2024-04-01,2028-03-31\n"},
    {"aims.csv", "code,plan,kind,title\nA1,P,priority,Cleaner\nA2,P,outcome,Greener\n"},
    {"measures.csv", "code,title,value_type,polarity,frequency,aggregation,state,retired_on\n"
                     "M,Recycled,percent,higher,quarter,,,\n"
                     "N,Visits,number,higher,month,sum,,\n"
                     "Y,Survey,yes_no,higher,year,,,\n"
                     "R,Old,money,lower,month,,retired,2024-03-31\n"
                     "O,Words,text,none,other,,,\n"},
};

// Without the care of file_write: these files live for one import.
static void put(const char *name, const char *text, size_t length)
{
    char path[sizeof folder_name + 64];
    snprintf(path, sizeof path, "%s/%s", folder(), name);
    FILE *file = fopen(path, "wb");
    require(file != NULL && fwrite(text, 1, length, file) == length && fclose(file) == 0);
}

static struct import_report import(struct arena *a, struct db *db, const char *const *names,
                                   size_t count, bool dry_run)
{
    const char **paths = ARENA_ARRAY(a, count, const char *);
    for (size_t i = 0; i < count; i++) {
        paths[i] = arena_printf(a, "%s/%s", folder(), names[i]);
    }
    struct import_options options = {.now = "2025-01-01T00:00:00Z", .dry_run = dry_run};
    struct import_report report = {.refused = 1};
    struct err e = {.arena = a};
    if (!import_paths(db, a, paths, count, &options, &report, &e)) {
        // Only the input can be at fault here, never the machine or the program.
        require(e.kind == ERR_INPUT || e.kind == ERR_USAGE);
        report.refused = 1;
        report.listed = 0;
    }
    return report;
}

static uint64_t revision(struct arena *a, struct db *db)
{
    struct err e = {.arena = a};
    uint64_t number = 0;
    require(store_revision(db, "town", &number, &e));
    return number;
}

// A record with the council in it.
static struct db *new_record(struct arena *a)
{
    const char *names[COUNT_OF(council)];
    struct err e = {.arena = a};
    struct db *db = NULL;
    for (size_t i = 0; i < COUNT_OF(council); i++) {
        names[i] = council[i].name;
        put(names[i], council[i].text, strlen(council[i].text));
    }
    require(store_open(a, ":memory:", DB_CREATE, &db, &e));
    require(import(a, db, names, COUNT_OF(council), false).refused == 0);
    require(revision(a, db) == 1);
    return db;
}

// Tried on one record that every input shares, for nothing of it stays.
static bool is_taken(struct arena *a, const char *name, const char *text, size_t length)
{
    static struct db *shared;
    if (shared == NULL) {
        shared = new_record(arena_new(0));
    }
    put(name, text, length);
    struct import_report r = import(a, shared, &name, 1, true);
    for (size_t i = 0; i < r.listed; i++) {
        require(import_refusal_text(a, &r.refusals[i])[0] != '\0');
    }
    require(revision(a, shared) == 1);
    return r.refused == 0;
}

static void try_file(struct arena *a, const char *name, const char *text, size_t length)
{
    if (!is_taken(a, name, text, length)) {
        return;
    }
    struct db *db = new_record(a);
    put(name, text, length);
    require(import(a, db, &name, 1, false).refused == 0);
    uint64_t now = revision(a, db);
    struct import_report again = import(a, db, &name, 1, false);
    require(again.refused == 0 && !again.changed && revision(a, db) == now);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *volatile a = arena_new(MEMORY);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return 0;
    }
    if (length >= 1) {
        // 'A' is the first kind; ten times round keeps what stands before it above nought.
        int kinds = KIND_COUNT - 1;
        enum kind kind = (enum kind)(KIND_NONE + 1 + (bytes[0] - 'A' + 10 * kinds) % kinds);
        try_file(a, descriptor_of(kind)->file, (const char *)bytes + 1, length - 1);
    }
    arena_free(a);
    return 0;
}
