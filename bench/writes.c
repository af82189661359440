// Durable single-figure writes a second, and the engine's own limit beside them.
//
//   writes limit URL WRITERS SECONDS   a bare prepared insert and its commit, each by itself:
//                                      SQLite on one connection (there is one write lock),
//                                      PostgreSQL on as many connections as there are writers
//   writes door URL WRITERS SECONDS    a figure through the door (read, authorised, checked,
//                                      written, its event in the trail), by as many threads
//
// The record at URL holds organisation "big" with measures M0000 to M0999 (bench/council.py); the
// limit makes a table of its own in a database of its own. One line: writes a second, the median
// and the 95th percentile of one write in milliseconds, and writes a commit.
#include <libpq-fe.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "domain/connections.h"
#include "domain/door.h"
#include "model/columns.h"

enum { WRITERS_MAX = 256, TIMES_MAX = 1 << 20, MEASURES = 1000 };

struct load {
    const char *url;
    double end; // when, of the steady clock
    int writers;
    struct connections *connections;
};

struct writer {
    struct load *load;
    pthread_t thread;
    int number;
    size_t count;
    float *milliseconds; // of each write
    const char *failed;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void took(struct writer *w, double since)
{
    if (w->count < TIMES_MAX) {
        w->milliseconds[w->count++] = (float)((now() - since) * 1e3);
    }
}

// ---- the engine alone ----

#define FIGURE "'big', 'M0001', '', '2014-15-Q1', '12.5'"

static void limit_of_sqlite(struct writer *w)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *s = NULL;
    // The record's own settings (src/db/sqlite_open.c).
    if (sqlite3_open(w->load->url, &db) != SQLITE_OK ||
        sqlite3_exec(db,
                     "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;"
                     "CREATE TABLE o (n INTEGER PRIMARY KEY, org TEXT, measure TEXT, part TEXT,"
                     "period TEXT, value TEXT)",
                     NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db,
                           "INSERT INTO o (org, measure, part, period, value) VALUES (" FIGURE ")",
                           -1, &s, NULL) != SQLITE_OK) {
        w->failed = sqlite3_errmsg(db);
        return;
    }
    for (double since = now(); since < w->load->end; since = now()) {
        if (sqlite3_step(s) != SQLITE_DONE || sqlite3_reset(s) != SQLITE_OK) {
            w->failed = sqlite3_errmsg(db);
            return;
        }
        took(w, since);
    }
    sqlite3_finalize(s);
    sqlite3_close(db);
}

static bool tell(struct writer *w, PGconn *c, PGresult *r)
{
    bool good = PQresultStatus(r) == PGRES_COMMAND_OK;
    w->failed = good ? w->failed : strdup(PQerrorMessage(c));
    PQclear(r);
    return good;
}

static void limit_of_postgres(struct writer *w)
{
    PGconn *c = PQconnectdb(w->load->url);
    if (tell(w, c,
             PQexec(c, "SET client_min_messages = error; SELECT pg_advisory_lock(7);"
                       "CREATE TABLE IF NOT EXISTS o (n SERIAL PRIMARY KEY, org TEXT,"
                       "measure TEXT, part TEXT, period TEXT, value TEXT);"
                       "DO 'BEGIN PERFORM pg_advisory_unlock(7); END'")) &&
        tell(w, c,
             PQprepare(c, "i",
                       "INSERT INTO o (org, measure, part, period, value) VALUES (" FIGURE ")", 0,
                       NULL))) {
        for (double since = now(); since < w->load->end; since = now()) {
            if (!tell(w, c, PQexecPrepared(c, "i", 0, NULL, NULL, NULL, 0))) {
                break;
            }
            took(w, since);
        }
    }
    PQfinish(c);
}

static void *limit(void *writer)
{
    struct writer *w = writer;
    if (strncmp(w->load->url, "postgresql://", 13) == 0) {
        limit_of_postgres(w);
    } else {
        limit_of_sqlite(w);
    }
    return NULL;
}

// ---- through the door ----

static bool change(void *context, struct db *db, struct arena *a, struct err *e)
{
    const struct writer *w = context;
    size_t n = w->count * (size_t)w->load->writers + (size_t)w->number;
    size_t quarter = n / MEASURES % 160;
    const char *figure[OBSERVATION_COLUMNS] = {arena_printf(a, "M%04zu", n % MEASURES),
                                               NULL,
                                               arena_printf(a, "%zu-%02zu-Q%zu", 1980 + quarter / 4,
                                                            (1981 + quarter / 4) % 100,
                                                            quarter % 4 + 1),
                                               arena_printf(a, "%zu.5", n % 97),
                                               arena_printf(a, "%zu", n % 97 * 10 + 5),
                                               "1000"};
    struct door_row row = {0};
    if (!door_read(db, a, "big", KIND_OBSERVATION, figure, &row, e)) {
        return false;
    }
    struct door_change changes[] = {{row.cells == NULL ? WHO_CREATES : WHO_CHANGES,
                                     KIND_OBSERVATION, figure, NULL, row.seen, NULL}};
    struct who who = who_at_machine(a, "bench");
    struct door_options options = {"big", "2024-05-01T09:00:00Z", &who};
    struct door_answer answer = {0};
    return door_apply_within(db, a, &options, changes, 1, &answer, e);
}

static void *through_the_door(void *writer)
{
    struct writer *w = writer;
    for (double since = now(); since < w->load->end; since = now()) {
        struct arena *a = arena_new(0);
        struct err e = {.arena = a};
        if (!connections_write(w->load->connections, a, change, w, &e)) {
            w->failed = strdup(e.message);
        }
        arena_free(a);
        if (w->failed != NULL) {
            break;
        }
        took(w, since);
    }
    return NULL;
}

// ---- the load ----

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static int told(const struct writer *writers, int count, double seconds, double per_commit)
{
    static float all[TIMES_MAX];
    size_t n = 0;
    for (int i = 0; i < count; i++) {
        if (writers[i].failed != NULL) {
            fprintf(stderr, "%s\n", writers[i].failed);
            return 3;
        }
        for (size_t k = 0; k < writers[i].count && n < TIMES_MAX; k++) {
            all[n++] = writers[i].milliseconds[k];
        }
    }
    qsort(all, n, sizeof *all, by_size);
    if (n == 0) {
        return 3;
    }
    printf("%.1f %.3f %.3f %.2f\n", (double)n / seconds, (double)all[n / 2],
           (double)all[n * 95 / 100], per_commit);
    return 0;
}

static int run(struct load *load, void *(*what)(void *), int threads, double seconds)
{
    static struct writer writers[WRITERS_MAX];
    double began = now();
    load->end = began + seconds;
    for (int i = 0; i < threads; i++) {
        writers[i] = (struct writer){.load = load, .number = i};
        writers[i].milliseconds = calloc(TIMES_MAX, sizeof(float));
        if (writers[i].milliseconds == NULL ||
            pthread_create(&writers[i].thread, NULL, what, &writers[i]) != 0) {
            return 3;
        }
    }
    for (int i = 0; i < threads; i++) {
        pthread_join(writers[i].thread, NULL);
    }
    double took_all = now() - began;
    double per_commit = 1;
    if (load->connections != NULL) {
        struct connections_counts counts = connections_count(load->connections);
        per_commit = counts.commits == 0 ? 0 : (double)counts.written / (double)counts.commits;
    }
    return told(writers, threads, took_all, per_commit);
}

int main(int argc, char **argv)
{
    struct load load = {0};
    struct arena *a = arena_new(0);
    if (argc != 5 || a == NULL || ARENA_TRAP(a)) {
        return 2;
    }
    struct err *e = ARENA_NEW(a, struct err);
    e->arena = a;
    bool alone = strcmp(argv[1], "limit") == 0;
    load.url = argv[2];
    load.writers = (int)strtol(argv[3], NULL, 10);
    double seconds = strtod(argv[4], NULL);
    if (load.writers < 1 || load.writers > WRITERS_MAX) {
        return 2;
    }
    if (alone) {
        bool server = strncmp(load.url, "postgresql://", 13) == 0;
        return run(&load, limit, server ? load.writers : 1, seconds);
    }
    if (!connections_open(load.url, &load.connections, e)) {
        fprintf(stderr, "%s\n", e->message);
        return 3;
    }
    int status = run(&load, through_the_door, load.writers, seconds);
    connections_close(load.connections);
    arena_free(a);
    return status;
}
