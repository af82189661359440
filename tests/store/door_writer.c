// Writes through the door as fast as it can, and says so on standard output only once a change is
// acknowledged: for the test that kills it. `door_writer RECORD START`: opens the record, and from
// START on gives the figure of month i % 12 the value i, two figures (of measures M1 and M2) a
// change, with a plain row (the title of aim A) beside them.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "domain/door.h"
#include "domain/record.h"
#include "model/columns.h"

static bool seen_of(struct db *db, struct arena *a, struct door_change *change, struct err *e)
{
    struct door_row row = {0};
    if (!door_read(db, a, "town", change->kind, change->cells, &row, e)) {
        return false;
    }
    change->action = row.cells == NULL ? WHO_CREATES : WHO_CHANGES;
    change->seen = row.seen;
    return true;
}

static bool write_one(struct db *db, struct arena *a, int i, struct err *e)
{
    const char *value = arena_printf(a, "%d", i);
    const char *month = arena_printf(a, "2014-%02d", i % 12 + 1);
    const char *first[OBSERVATION_COLUMNS] = {"M1", NULL, month, value};
    const char *second[OBSERVATION_COLUMNS] = {"M2", NULL, month, value};
    const char *aim[AIM_COLUMNS] = {"A", "P", "priority", value};
    struct door_change changes[] = {{WHO_CREATES, KIND_OBSERVATION, first, NULL, NULL, "loop"},
                                    {WHO_CREATES, KIND_OBSERVATION, second, NULL, NULL, "loop"},
                                    {WHO_CREATES, KIND_AIM, aim, NULL, NULL, "loop"}};
    for (size_t c = 0; c < COUNT_OF(changes); c++) {
        if (!seen_of(db, a, &changes[c], e)) {
            return false;
        }
    }
    struct who who = who_at_machine(a, "loop");
    struct door_options options = {"town", "2015-01-05T09:00:00Z", &who};
    struct door_answer answer = {0};
    return door_apply(db, a, &options, changes, COUNT_OF(changes), &answer, e);
}

int main(int argc, char **argv)
{
    struct arena *life = arena_new(0);
    if (argc != 3 || life == NULL || ARENA_TRAP(life)) {
        return 2;
    }
    struct err err = {.arena = life};
    struct db *db = NULL;
    bool good = record_open(life, argv[1], &db, &err);
    for (int i = (int)strtol(argv[2], NULL, 10); good; i++) {
        struct arena *a = arena_new(0);
        struct err e = {.arena = a};
        good = a != NULL && write_one(db, a, i, &e);
        if (good) {
            char line[24];
            int length = snprintf(line, sizeof line, "%d\n", i);
            good = write(STDOUT_FILENO, line, (size_t)length) == length;
        } else if (a != NULL) {
            fprintf(stderr, "%s (%s)\n", e.message, e.cause == NULL ? "" : e.cause);
        }
        arena_free(a);
    }
    fprintf(stderr, "%s\n", err.message == NULL ? "" : err.message);
    arena_free(life);
    return 1;
}
