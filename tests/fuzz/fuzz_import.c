// Any bytes as a file of a council folder, imported beside a small council: the first byte says
// which file. Refused, it changes nothing; taken, the same file again changes nothing.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
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

static void put(struct arena *a, const char *name, const char *text, size_t length)
{
    struct err e = {.arena = a};
    require(file_write(arena_printf(a, "%s/%s", folder(), name), text, length, &e));
}

static struct import_report import(struct arena *a, struct db *db, const char *const *names,
                                   size_t count)
{
    const char **paths = ARENA_ARRAY(a, count, const char *);
    for (size_t i = 0; i < count; i++) {
        paths[i] = arena_printf(a, "%s/%s", folder(), names[i]);
    }
    struct import_options options = {.now = "2025-01-01T00:00:00Z"};
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

static void try_file(struct arena *a, const char *name, const char *text, size_t length)
{
    const char *names[COUNT_OF(council)];
    struct err e = {.arena = a};
    struct db *db = NULL;
    for (size_t i = 0; i < COUNT_OF(council); i++) {
        names[i] = council[i].name;
        put(a, names[i], council[i].text, strlen(council[i].text));
    }
    require(store_open(a, ":memory:", DB_CREATE, &db, &e));
    struct import_report first = import(a, db, names, COUNT_OF(council));
    require(first.refused == 0 && revision(a, db) == 1);
    put(a, name, text, length);
    struct import_report r = import(a, db, &name, 1);
    for (size_t i = 0; i < r.listed; i++) {
        require(import_refusal_text(a, &r.refusals[i])[0] != '\0');
    }
    if (r.refused > 0) {
        require(revision(a, db) == 1);
        return;
    }
    uint64_t now = revision(a, db);
    struct import_report again = import(a, db, &name, 1);
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
        enum kind kind = (enum kind)(KIND_NONE + 1 + (bytes[0] - 'A' + 256) % (KIND_COUNT - 1));
        try_file(a, descriptor_of(kind)->file, (const char *)bytes + 1, length - 1);
    }
    arena_free(a);
    return 0;
}
