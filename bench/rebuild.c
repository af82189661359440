// How long the server takes from a change of the record to the new picture of the council.
//
//   rebuild RECORD ORGANISATION MEASURE PERIOD RUNS
//
// Each run changes one figure in the record through a connection of its own, as another process
// would, and then asks the keeper for the council, as the next page would. One line a run: the time
// of that in milliseconds by the wall clock, and of all processors together; the number of
// measures; and the time until somebody who sees half of its units is shown those. The first line
// is the first picture after opening.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "domain/access.h"
#include "domain/import.h"
#include "domain/record.h"
#include "domain/snapshot.h"

enum { READER = 0, UNITS = 10 }; // of the 20 that bench/council.py makes

struct place {
    struct arena *arena;
    struct err err;
    const char *organisation, *measure, *period;
    char *folder; // of our own, for the file with the figure
    struct keeper *keeper;
    struct db *writer;
};

static double milliseconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static const struct visibility *half_of(struct arena *a, const char *organisation)
{
    struct grant *grants = ARENA_ARRAY(a, UNITS, struct grant);
    for (int i = 0; i < UNITS; i++) {
        grants[i] =
            (struct grant){ROLE_VIEWER, organisation, SCOPE_UNIT, arena_printf(a, "U%d", i)};
    }
    const struct caller c = {.account = "bench",
                             .grants = grants,
                             .grant_count = UNITS,
                             .duties_limit = ACCESS_ALL_DUTIES,
                             .second_factor_done = true};
    return access_visibility(a, &c, organisation);
}

static bool ask(struct place *p)
{
    double wall = milliseconds(CLOCK_MONOTONIC);
    double cpu = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
    const struct council *c = NULL;
    const struct keeper_view *v = keeper_take(p->keeper, READER, &p->err);
    if (v == NULL || !keeper_council(p->keeper, READER, v, p->organisation, NULL, &c, &p->err)) {
        return false;
    }
    wall = milliseconds(CLOCK_MONOTONIC) - wall;
    cpu = milliseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    const struct visibility *half = half_of(p->arena, p->organisation);
    const struct council *part = NULL;
    double start = milliseconds(CLOCK_MONOTONIC);
    if (!keeper_council(p->keeper, READER, v, p->organisation, half, &part, &p->err)) {
        return false;
    }
    printf("%.2f %.2f %zu %.2f\n", wall, cpu, c->measure_count,
           milliseconds(CLOCK_MONOTONIC) - start);
    keeper_release(p->keeper, READER);
    return true;
}

// Another figure each time, so that each import makes a new version.
static bool change(struct place *p, int run)
{
    const char *path = arena_printf(p->arena, "%s/observations.csv", p->folder);
    FILE *f = fopen(path, "w");
    if (f == NULL) {
        return err_set(&p->err, ERR_SYSTEM, "%s cannot be written.", path);
    }
    fprintf(f, "measure,period,value,numerator,denominator\n%s,%s,%d.0,%d,1000\n", p->measure,
            p->period, 10 + run % 80, (10 + run % 80) * 10);
    fclose(f);
    struct import_options options = {.organisation = p->organisation,
                                     .now = "2024-05-01T09:00:00Z"};
    struct import_report report;
    bool done = import_paths(p->writer, p->arena, &path, 1, &options, &report, &p->err);
    unlink(path);
    if (done && (report.refused > 0 || !report.changed)) {
        return err_set(&p->err, ERR_INPUT, "The figure was not taken.");
    }
    return done;
}

static bool run(struct place *p, const char *url, int runs)
{
    if (!keeper_open(url, DAY_NONE, &p->keeper, &p->err) || !ask(p) ||
        !record_open(p->arena, url, &p->writer, &p->err)) {
        return false;
    }
    for (int i = 0; i < runs; i++) {
        if (!change(p, i) || !ask(p)) {
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/goldthread-rebuild-XXXXXX";
    if (argc != 6 || mkdtemp(folder) == NULL) {
        fputs("rebuild RECORD ORGANISATION MEASURE PERIOD RUNS\n", stderr);
        return 2;
    }
    struct arena *a = arena_new(0);
    struct place p = {.arena = a,
                      .err = {.arena = a},
                      .organisation = argv[2],
                      .measure = argv[3],
                      .period = argv[4],
                      .folder = folder};
    bool good = run(&p, argv[1], (int)strtol(argv[5], NULL, 10));
    if (!good) {
        fprintf(stderr, "%s\n", p.err.message);
    }
    keeper_close(p.keeper);
    arena_free(a);
    rmdir(folder);
    return good ? 0 : 1;
}
