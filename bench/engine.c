// How fast the engine sweeps a whole country: limits, rules, icons, status and travel of many
// series.
//
//   engine SERIES LENGTH RUNS [FOLDER]
//
// Makes its series from a fixed seed, or writes them into FOLDER for others to read: readings.csv
// (series, period, value), series.csv (series, target, amber, polarity) and values.bin (doubles).
// Without FOLDER it measures, each thing RUNS times, and prints lines of words and figures for
// bench/engine.py: "time WHAT THREADS FASTEST MEDIAN" in seconds, "bytes WHAT N", "answer WHAT N".
#include "engine.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { THREADS_MOST = 2, RUNS_MOST = 99, PERIODS_MOST = 64 };

static void die(const char *what)
{
    fprintf(stderr, "engine: %s\n", what);
    exit(3);
}

void *engine_room(size_t count, size_t size)
{
    void *p = calloc(count, size);
    if (p == NULL) {
        die("not enough memory");
    }
    memset(p, 1, count * size); // the pages are there before anything is measured
    return p;
}

// --- Times

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct share {
    const struct country *c;
    engine_pass *pass;
    size_t first, end;
    struct sweep_result *result;
};

static void *work(void *data)
{
    const struct share *s = data;
    s->pass(s->c, s->first, s->end, s->result);
    return NULL;
}

// The series in equal shares, one a thread; the caller's thread takes the last.
static double one_run(const struct country *c, engine_pass *pass, int threads,
                      struct sweep_result *result)
{
    struct share shares[THREADS_MOST];
    pthread_t ids[THREADS_MOST];
    double before = seconds();
    for (int t = 0; t < threads; t++) {
        size_t first = c->series * (size_t)t / (size_t)threads;
        size_t end = c->series * (size_t)(t + 1) / (size_t)threads;
        shares[t] = (struct share){c, pass, first, end, result};
        if (t + 1 < threads && pthread_create(&ids[t], NULL, work, &shares[t]) != 0) {
            die("no thread");
        }
    }
    work(&shares[threads - 1]);
    for (int t = 0; t + 1 < threads; t++) {
        pthread_join(ids[t], NULL);
    }
    return seconds() - before;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void tell_time(const char *what, int threads, double *times, int runs)
{
    qsort(times, (size_t)runs, sizeof *times, by_size);
    printf("time %s %d %.6f %.6f\n", what, threads, times[0], times[runs / 2]);
}

// Runs take turns, so that a busy moment of the machine falls on all of them alike.
static void measure(const struct country *c, int runs, struct sweep_result results[])
{
    static const struct {
        const char *name;
        engine_pass *pass;
    } passes[] = {{"full", pass_full},
                  {"limits", pass_limits},
                  {"plain", pass_plain},
                  {"read", pass_read},
                  {"triad", pass_triad}};
    static double times[COUNT_OF(passes)][THREADS_MOST][RUNS_MOST];
    for (int run = -1; run < runs; run++) {
        for (size_t p = 0; p < COUNT_OF(passes); p++) {
            for (int threads = 1; threads <= THREADS_MOST; threads++) {
                double took = one_run(c, passes[p].pass, threads, &results[p]);
                times[p][threads - 1][run < 0 ? 0 : run] = took; // the first is for warming up
            }
        }
    }
    for (size_t p = 0; p < COUNT_OF(passes); p++) {
        for (int threads = 1; threads <= THREADS_MOST; threads++) {
            tell_time(passes[p].name, threads, times[p][threads - 1], runs);
        }
    }
}

// --- Answers

static struct sweep_result make_result(const struct country *c)
{
    return (struct sweep_result){engine_room(c->series, sizeof(double)),
                                 engine_room(c->series, sizeof(double)),
                                 engine_room(c->series, sizeof(double)),
                                 engine_room(c->series, 1),
                                 engine_room(c->series, 1),
                                 engine_room(c->series, 1),
                                 engine_room(c->series, 1),
                                 engine_room(c->series * c->length, 1)};
}

static void free_result(struct sweep_result *r)
{
    void *all[] = {r->mean,   r->lower,     r->upper,     r->status,
                   r->travel, r->variation, r->assurance, r->points};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        free(all[i]);
    }
}

static void tell_answers(const char *who, const struct country *c, const struct sweep_result *r)
{
    double mean = 0, lower = 0, upper = 0;
    size_t status[STATUS_COUNT] = {0}, travel[TRAVEL_WORSE + 1] = {0};
    for (size_t i = 0; i < c->series; i++) {
        mean += r->mean[i];
        lower += r->lower[i];
        upper += r->upper[i];
        status[r->status[i]]++;
        travel[r->travel[i]]++;
    }
    printf("answer %s mean %.17g\nanswer %s lower %.17g\nanswer %s upper %.17g\n", who, mean, who,
           lower, who, upper);
    for (int s = 0; s < STATUS_COUNT; s++) {
        printf("answer %s %s %zu\n", who, status_code((enum status)s), status[s]);
    }
    for (int t = 0; t <= TRAVEL_WORSE; t++) {
        printf("answer %s travel_%s %zu\n", who, travel_code((enum travel)t), travel[t]);
    }
}

// The two passes of the engine, to the last bit.
static void require_same(const struct country *c, const struct sweep_result *a,
                         const struct sweep_result *b)
{
    size_t size = c->series * sizeof(double);
    if (memcmp(a->mean, b->mean, size) != 0 || memcmp(a->lower, b->lower, size) != 0 ||
        memcmp(a->upper, b->upper, size) != 0 || memcmp(a->status, b->status, c->series) != 0 ||
        memcmp(a->travel, b->travel, c->series) != 0) {
        die("the pass of limits alone has other answers than the full one");
    }
}

static void tell_signals(const struct country *c, const struct sweep_result *r)
{
    size_t marked = 0, special = 0;
    for (size_t i = 0; i < c->series * c->length; i++) {
        marked += sweep_flags(r->points[i]) != 0;
    }
    for (size_t i = 0; i < c->series; i++) {
        special += variation_is_special((enum variation)r->variation[i]);
    }
    printf("signals %zu %zu\n", marked, special);
}

// The bytes that a pass of the limits cannot do without, each once.
static size_t bytes_of_limits(const struct country *c)
{
    size_t read = c->length * sizeof(double) + 3 * sizeof(double) + 1;
    size_t written = 3 * sizeof(double) + 2;
    return c->series * (read + written);
}

static size_t number_of(const char *text, size_t most)
{
    char *end = NULL;
    errno = 0;
    unsigned long long n = strtoull(text, &end, 10);
    if (errno != 0 || *end != '\0' || n < 2 || n > most) {
        die("usage: engine SERIES LENGTH RUNS [FOLDER]");
    }
    return (size_t)n;
}

int main(int argc, char **argv)
{
    if (argc < 4 || argc > 5) {
        die("usage: engine SERIES LENGTH RUNS [FOLDER]");
    }
    struct country c = {.series = number_of(argv[1], 10000000),
                        .length = number_of(argv[2], PERIODS_MOST)};
    int runs = (int)number_of(argv[3], RUNS_MOST);
    country_make(&c);
    if (argc == 5) {
        if (!country_write(&c, argv[4])) {
            die("the folder cannot be written");
        }
    } else {
        struct sweep_result results[5];
        for (size_t i = 0; i < COUNT_OF(results); i++) {
            results[i] = make_result(&c);
        }
        measure(&c, runs, results);
        require_same(&c, &results[0], &results[1]);
        tell_answers("full", &c, &results[0]);
        tell_answers("limits", &c, &results[1]);
        tell_answers("plain", &c, &results[2]);
        tell_signals(&c, &results[0]);
        size_t all = c.series * c.length * sizeof(double);
        printf("bytes limits %zu\nbytes read %zu\nbytes triad %zu\n", bytes_of_limits(&c), all,
               3 * all);
        for (size_t i = 0; i < COUNT_OF(results); i++) {
            free_result(&results[i]);
        }
    }
    country_free(&c);
    return 0;
}
