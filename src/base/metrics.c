#include "base/metrics.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    SERIES_MAX = 2048, // of requests: routes x methods x codes that were met; a power of two
    BOUNDS = 15,
};

// Upper bounds of the histograms' buckets, the same for requests and commits: from what a kept page
// takes to what nobody waits for.
static const struct bound {
    uint64_t nanoseconds;
    const char *seconds;
} bounds[BOUNDS] = {
    {100000u, "0.0001"},  {250000u, "0.00025"}, {500000u, "0.0005"},    {1000000u, "0.001"},
    {2500000u, "0.0025"}, {5000000u, "0.005"},  {10000000u, "0.01"},    {25000000u, "0.025"},
    {50000000u, "0.05"},  {100000000u, "0.1"},  {250000000u, "0.25"},   {500000000u, "0.5"},
    {1000000000u, "1.0"}, {2500000000u, "2.5"}, {10000000000u, "10.0"},
};

struct named {
    const char *name, *help;
};

static const struct named counts[METRIC_COUNT_MAX] = {
    [METRIC_SIGN_IN_FAILED] = {"goldthread_login_failures", "Sign-ins that were refused."},
    [METRIC_SIGN_IN_DONE] = {"goldthread_logins", "Sign-ins that succeeded."},
    [METRIC_SIGN_IN_THROTTLED] = {"goldthread_logins_throttled",
                                  "Sign-ins refused for too many wrong guesses."},
    [METRIC_DENIED] = {"goldthread_denied", "Requests refused for want of a permission."},
    [METRIC_CHANGES] = {"goldthread_changes", "Changes committed through the door."},
    [METRIC_COMMIT_FAILED] = {"goldthread_db_commit_failures",
                              "Transactions that could not be committed."},
    [METRIC_JOB_DONE] = {"goldthread_jobs", "Scheduled jobs that ran to their end."},
    [METRIC_JOB_FAILED] = {"goldthread_job_failures", "Scheduled jobs that failed."},
};

static const struct named levels[METRIC_LEVEL_MAX] = {
    [METRIC_IN_FLIGHT] = {"goldthread_in_flight", "Requests being answered."},
    [METRIC_QUEUE] = {"goldthread_queue_depth", "Requests that wait for a worker."},
    [METRIC_CONNECTIONS] = {"goldthread_connections", "Open connections."},
    [METRIC_BACKUP_AT] = {"goldthread_backup_last_success_timestamp_seconds",
                          "When the last backup was verified; 0: none known."},
    [METRIC_BACKUP_BYTES] = {"goldthread_backup_last_size_bytes", "Size of the last backup."},
};

static const struct named times[METRIC_TIME_MAX] = {
    [METRIC_REQUEST] = {"goldthread_request_duration_seconds", "Time to answer a request."},
    [METRIC_COMMIT] = {"goldthread_db_commit_seconds", "Time to commit a change to disk."},
};

// A series of requests: free, then claimed by the one thread that fills it, then ready for good.
enum { SERIES_FREE, SERIES_CLAIMED, SERIES_READY };
struct series {
    atomic_int state;
    const char *route, *method;
    int status;
    atomic_ullong count;
};

struct histogram {
    atomic_ullong buckets[BOUNDS + 1];
    atomic_ullong nanoseconds;
};

struct metrics {
    atomic_ullong counts[METRIC_COUNT_MAX];
    atomic_llong levels[METRIC_LEVEL_MAX];
    struct histogram times[METRIC_TIME_MAX];
    struct series series[SERIES_MAX];
    struct series other; // what found no place
};

struct metrics *metrics_new(void)
{
    struct metrics *m = calloc(1, sizeof *m);
    if (m != NULL) {
        m->other.route = "other";
        m->other.method = "other";
    }
    return m;
}

void metrics_free(struct metrics *m)
{
    free(m);
}

void metrics_add(struct metrics *m, enum metric_count what, uint64_t n)
{
    if (m != NULL) {
        atomic_fetch_add_explicit(&m->counts[what], n, memory_order_relaxed);
    }
}

void metrics_level_add(struct metrics *m, enum metric_level what, int64_t n)
{
    if (m != NULL) {
        atomic_fetch_add_explicit(&m->levels[what], n, memory_order_relaxed);
    }
}

void metrics_level_set(struct metrics *m, enum metric_level what, int64_t value)
{
    if (m != NULL) {
        atomic_store_explicit(&m->levels[what], value, memory_order_relaxed);
    }
}

int64_t metrics_level(const struct metrics *m, enum metric_level what)
{
    return m == NULL ? 0 : atomic_load_explicit(&m->levels[what], memory_order_relaxed);
}

uint64_t metrics_count(const struct metrics *m, enum metric_count what)
{
    return m == NULL ? 0 : atomic_load_explicit(&m->counts[what], memory_order_relaxed);
}

void metrics_took(struct metrics *m, enum metric_time what, uint64_t nanoseconds)
{
    if (m == NULL) {
        return;
    }
    size_t at = 0;
    while (at < BOUNDS && nanoseconds > bounds[at].nanoseconds) {
        at++;
    }
    struct histogram *h = &m->times[what];
    atomic_fetch_add_explicit(&h->buckets[at], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&h->nanoseconds, nanoseconds, memory_order_relaxed);
}

uint64_t metrics_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

// ---- requests by route, method and code ----

static size_t place_of(const char *route, const char *method, int status)
{
    uint64_t h = 14695981039346656037u ^ (uint64_t)status;
    for (const char *at = route; *at != '\0'; at++) {
        h = (h ^ (unsigned char)*at) * 1099511628211u;
    }
    h = (h ^ (unsigned char)method[0]) * 1099511628211u;
    return (size_t)(h ^ (h >> 29)) % SERIES_MAX;
}

static bool is_of(const struct series *s, const char *route, const char *method, int status)
{
    return s->status == status && strcmp(s->route, route) == 0 && strcmp(s->method, method) == 0;
}

// The series of this name, made if there is room. While another thread fills a slot, one like it is
// taken in the next: two slots of one name are added up when they are written.
static struct series *series_of(struct metrics *m, const char *route, const char *method,
                                int status)
{
    enum { TRIES = 64 };
    size_t at = place_of(route, method, status);
    for (size_t i = 0; i < TRIES; i++) {
        struct series *s = &m->series[(at + i) % SERIES_MAX];
        int state = atomic_load_explicit(&s->state, memory_order_acquire);
        if (state == SERIES_READY && is_of(s, route, method, status)) {
            return s;
        }
        int was = SERIES_FREE;
        if (state == SERIES_FREE &&
            atomic_compare_exchange_strong(&s->state, &was, SERIES_CLAIMED)) {
            s->route = route;
            s->method = method;
            s->status = status;
            atomic_store_explicit(&s->state, SERIES_READY, memory_order_release);
            return s;
        }
    }
    return &m->other;
}

void metrics_request(struct metrics *m, const char *route, const char *method, int status)
{
    if (m != NULL) {
        struct series *s = series_of(m, route == NULL ? "none" : route, method, status);
        atomic_fetch_add_explicit(&s->count, 1, memory_order_relaxed);
    }
}

// ---- as text ----

static void write_head(struct buf *out, const char *name, const char *kind, const char *help)
{
    buf_printf(out, "# TYPE %s %s\n# HELP %s %s\n", name, kind, name, help);
}

// A whole number of nanoseconds as seconds.
static void write_seconds(struct buf *out, uint64_t nanoseconds)
{
    buf_printf(out, "%llu.%09llu", (unsigned long long)(nanoseconds / 1000000000u),
               (unsigned long long)(nanoseconds % 1000000000u));
}

// The buckets are read one by one while others count: the sum of what was read is the count given,
// so that a reading always agrees with itself.
static void write_histogram(struct buf *out, const struct named *named, const struct histogram *h)
{
    unsigned long long count = 0;
    write_head(out, named->name, "histogram", named->help);
    for (size_t i = 0; i <= BOUNDS; i++) {
        count += atomic_load_explicit(&h->buckets[i], memory_order_relaxed);
        buf_printf(out, "%s_bucket{le=\"%s\"} %llu\n", named->name,
                   i == BOUNDS ? "+Inf" : bounds[i].seconds, count);
    }
    buf_printf(out, "%s_count %llu\n%s_sum ", named->name, count, named->name);
    write_seconds(out, atomic_load_explicit(&h->nanoseconds, memory_order_relaxed));
    buf_char(out, '\n');
}

static bool is_ready(const struct series *s)
{
    return atomic_load_explicit(&s->state, memory_order_acquire) == SERIES_READY;
}

// All that later slots hold of the same name; 0 when an earlier one has told it already.
static unsigned long long total_of(const struct metrics *m, size_t at)
{
    const struct series *s = &m->series[at];
    unsigned long long sum = 0;
    for (size_t i = 0; i < SERIES_MAX; i++) {
        const struct series *other = &m->series[i];
        if (is_ready(other) && is_of(other, s->route, s->method, s->status)) {
            if (i < at) {
                return 0;
            }
            sum += atomic_load_explicit(&other->count, memory_order_relaxed);
        }
    }
    return sum;
}

// Routes are our own literals: letters, digits, "/", "{}", "." and "-", which need no escape.
static void write_series(struct buf *out, const struct series *s, unsigned long long count)
{
    if (count > 0) {
        buf_printf(out, "goldthread_requests_total{route=\"%s\",method=\"%s\",code=\"%d\"} %llu\n",
                   s->route, s->method, s->status, count);
    }
}

static void write_requests(struct buf *out, const struct metrics *m)
{
    write_head(out, "goldthread_requests", "counter", "Requests answered.");
    for (size_t i = 0; i < SERIES_MAX; i++) {
        if (is_ready(&m->series[i])) {
            write_series(out, &m->series[i], total_of(m, i));
        }
    }
    write_series(out, &m->other, atomic_load(&m->other.count));
}

void metrics_write(const struct metrics *m, struct buf *out)
{
    write_requests(out, m);
    for (size_t i = 0; i < METRIC_TIME_MAX; i++) {
        write_histogram(out, &times[i], &m->times[i]);
    }
    for (size_t i = 0; i < METRIC_LEVEL_MAX; i++) {
        write_head(out, levels[i].name, "gauge", levels[i].help);
        buf_printf(out, "%s %lld\n", levels[i].name,
                   (long long)metrics_level(m, (enum metric_level)i));
    }
    for (size_t i = 0; i < METRIC_COUNT_MAX; i++) {
        write_head(out, counts[i].name, "counter", counts[i].help);
        buf_printf(out, "%s_total %llu\n", counts[i].name,
                   (unsigned long long)metrics_count(m, (enum metric_count)i));
    }
}

void metrics_write_one(struct buf *out, const char *name, const char *kind, const char *help,
                       const char *value)
{
    write_head(out, name, kind, help);
    buf_printf(out, "%s%s %s\n", name, strcmp(kind, "counter") == 0 ? "_total" : "", value);
}
