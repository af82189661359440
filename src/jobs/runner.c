#include "jobs/runner.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/log.h"
#include "domain/connections.h"
#include "domain/lease.h"

enum { LEASE_SECONDS = 60, PAUSE = 5000 };

struct runner {
    struct runner_options options;
    pthread_mutex_t lock; // of what follows
    pthread_cond_t changed;
    bool stopping;
    const struct job *running; // whose lease is to be renewed; NULL: none
    pthread_t looking, renewing;
};

// True: woken before the time was over.
static bool pause_for(struct runner *r, int64_t milliseconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    int64_t nanoseconds = until.tv_nsec + milliseconds % 1000 * 1000000;
    until.tv_sec += (time_t)(milliseconds / 1000 + nanoseconds / 1000000000);
    until.tv_nsec = (long)(nanoseconds % 1000000000);
    return pthread_cond_timedwait(&r->changed, &r->lock, &until) == 0;
}

// ---- one run ----

struct turn {
    struct runner *runner;
    const struct job *job;
    int64_t due;
    bool open, mine;
    const char *result;
};

static bool look(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct turn *t = context;
    int64_t now = 0;
    if (!lease_now(db, &now, e)) {
        return false;
    }
    int64_t periods = (now - t->job->offset) / t->job->period;
    t->due = t->job->offset + periods * t->job->period;
    bool wanted = true;
    if (!lease_open(db, a, t->job->name, t->due, &t->open, e) ||
        (t->open && t->job->wanted != NULL && !t->job->wanted(db, &wanted, e))) {
        return false;
    }
    t->open = t->open && wanted;
    return true;
}

static bool take(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct turn *t = context;
    const struct runner_options *o = &t->runner->options;
    return lease_take(db, a, t->job->name, t->due, o->holder, o->lease_seconds, &t->mine, e);
}

static bool renew(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct turn *t = context;
    const struct runner_options *o = &t->runner->options;
    return lease_renew(db, a, t->job->name, o->holder, o->lease_seconds, &t->mine, e);
}

static bool end(void *context, struct db *db, struct arena *a, struct err *e)
{
    struct turn *t = context;
    (void)a;
    return lease_end(db, t->job->name, t->due, t->runner->options.holder, t->result, e);
}

static void set_running(struct runner *r, const struct job *job)
{
    pthread_mutex_lock(&r->lock);
    r->running = job;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
}

// In an arena of the job's own: memory that runs out is a failed job, no more.
static bool run_job(const struct job *job, struct arena *keep, const char **ret_result)
{
    struct arena *a = arena_new(0);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        *ret_result = "failed: there is not enough memory.";
        return false;
    }
    struct err e = {.arena = a};
    bool good = job->run(job->context, a, &e);
    *ret_result =
        good ? LEASE_DONE
             : arena_printf(keep, "failed: %s", e.message == NULL ? "nobody said why." : e.message);
    arena_free(a);
    return good;
}

static void do_turn(struct runner *r, struct turn *t, struct arena *a)
{
    struct metrics *m = r->options.metrics;
    struct err e = {.arena = a};
    set_running(r, t->job);
    bool good = run_job(t->job, a, &t->result);
    set_running(r, NULL);
    metrics_add(m, good ? METRIC_JOB_DONE : METRIC_JOB_FAILED, 1);
    if (good) {
        log_event(LOG_INFO, "job_done", "job", t->job->name, NULL);
    } else {
        log_event(LOG_ERROR, "job_failed", "job", t->job->name, "result", t->result, NULL);
    }
    if (!connections_write(r->options.connections, a, end, t, &e)) {
        log_event(LOG_ERROR, "job_not_noted", "job", t->job->name, "message", e.message, NULL);
    }
}

// False: memory or the record was not to be had; the next look will try again.
static bool try_job(struct runner *r, const struct job *job)
{
    struct arena *a = arena_new(0);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return false;
    }
    struct turn *t = ARENA_NEW(a, struct turn);
    struct err e = {.arena = a};
    t->runner = r;
    t->job = job;
    bool good = connections_read(r->options.connections, a, look, t, &e) &&
                (!t->open || connections_write(r->options.connections, a, take, t, &e));
    if (good && t->mine) {
        do_turn(r, t, a);
    }
    arena_free(a);
    return good;
}

// ---- the threads ----

static bool is_stopping(struct runner *r)
{
    pthread_mutex_lock(&r->lock);
    bool stopping = r->stopping;
    pthread_mutex_unlock(&r->lock);
    return stopping;
}

static void *look_on(void *what)
{
    struct runner *r = what;
    while (!is_stopping(r)) {
        for (size_t i = 0; i < r->options.job_count && !is_stopping(r); i++) {
            (void)try_job(r, &r->options.jobs[i]);
        }
        pthread_mutex_lock(&r->lock);
        if (!r->stopping) {
            (void)pause_for(r, r->options.pause);
        }
        pthread_mutex_unlock(&r->lock);
    }
    return NULL;
}

static void renew_one(struct runner *r, const struct job *job)
{
    struct arena *a = arena_new(0);
    if (a == NULL || ARENA_TRAP(a)) {
        arena_free(a);
        return;
    }
    struct turn *t = ARENA_NEW(a, struct turn);
    struct err e = {.arena = a};
    t->runner = r;
    t->job = job;
    if (!connections_write(r->options.connections, a, renew, t, &e) || !t->mine) {
        log_event(LOG_WARNING, "lease_lost", "job", job->name, "message", e.message, NULL);
    }
    arena_free(a);
}

static void *renew_on(void *what)
{
    struct runner *r = what;
    pthread_mutex_lock(&r->lock);
    while (!r->stopping || r->running != NULL) {
        const struct job *job = r->running;
        if (job == NULL) {
            pthread_cond_wait(&r->changed, &r->lock);
            continue;
        }
        bool woken = pause_for(r, r->options.lease_seconds * 1000 / 3);
        if (!woken && r->running == job) {
            pthread_mutex_unlock(&r->lock);
            renew_one(r, job);
            pthread_mutex_lock(&r->lock);
        }
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

static void release(struct runner *r)
{
    pthread_cond_destroy(&r->changed);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

static void tell_to_stop(struct runner *r)
{
    pthread_mutex_lock(&r->lock);
    r->stopping = true;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
}

bool runner_start(const struct runner_options *options, struct runner **ret, struct err *e)
{
    static const char sorry[] = "The scheduled jobs could not be started: the machine is short of "
                                "memory or processes.";
    struct runner *r = calloc(1, sizeof *r);
    pthread_condattr_t steady;
    if (r == NULL) {
        return err_set(e, ERR_SYSTEM, sorry);
    }
    r->options = *options;
    r->options.lease_seconds = options->lease_seconds == 0 ? LEASE_SECONDS : options->lease_seconds;
    r->options.pause = options->pause == 0 ? PAUSE : options->pause;
    pthread_mutex_init(&r->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&r->changed, &steady);
    pthread_condattr_destroy(&steady);
    if (pthread_create(&r->renewing, NULL, renew_on, r) != 0) {
        release(r);
        return err_set(e, ERR_SYSTEM, sorry);
    }
    if (pthread_create(&r->looking, NULL, look_on, r) != 0) {
        tell_to_stop(r);
        pthread_join(r->renewing, NULL);
        release(r);
        return err_set(e, ERR_SYSTEM, sorry);
    }
    *ret = r;
    return true;
}

void runner_stop(struct runner *r)
{
    if (r != NULL) {
        tell_to_stop(r);
        pthread_join(r->looking, NULL);
        pthread_join(r->renewing, NULL);
        release(r);
    }
}
