#include "http/watch.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum { TICK_MS = 500, DRAIN_MS = 10 };

static uint64_t milliseconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

uint64_t watch_now(void)
{
    return milliseconds(CLOCK_MONOTONIC_COARSE);
}

void conn_enter(struct conn *c, enum conn_phase phase)
{
    atomic_store_explicit(&c->since, watch_now() << 2 | (uint64_t)phase, memory_order_relaxed);
}

static enum conn_phase phase_of(const struct conn *c, uint64_t *ret_since)
{
    uint64_t since = atomic_load_explicit(&c->since, memory_order_relaxed);
    *ret_since = since >> 2;
    return (enum conn_phase)(since & 3);
}

static bool is_overdue(const struct watch_limits *limits, const struct conn *c, uint64_t now)
{
    uint64_t since = 0;
    enum conn_phase phase = phase_of(c, &since);
    uint64_t took = now > since ? now - since : 0;
    switch (phase) {
    case CONN_HEAD: return took > limits->head_ms;
    case CONN_BODY: {
        uint64_t got = atomic_load_explicit(&c->got, memory_order_relaxed);
        return took > limits->body_ms ||
               (took > limits->head_ms && got * 1000 < took * WATCH_BODY_RATE);
    }
    case CONN_WORK: return false;
    case CONN_ANSWER: return took > limits->answer_ms;
    }
    return false;
}

static void end_overdue(struct watch *w)
{
    uint64_t now = watch_now();
    for (struct conn *c = w->conns; c != NULL; c = c->next) {
        if (!c->ended && is_overdue(&w->limits, c, now)) {
            c->ended = true;
            shutdown(c->fd, SHUT_RDWR);
        }
    }
}

static void wait_until(struct watch *w, uint64_t when)
{
    struct timespec t = {.tv_sec = (time_t)(when / 1000), .tv_nsec = (long)(when % 1000) * 1000000};
    pthread_cond_timedwait(&w->changed, &w->lock, &t);
}

static void *run(void *cls)
{
    struct watch *w = cls;
    pthread_mutex_lock(&w->lock);
    while (!w->stopping) {
        if (w->conns == NULL) { // nobody there: no need to wake up
            pthread_cond_wait(&w->changed, &w->lock);
            continue;
        }
        wait_until(w, milliseconds(CLOCK_MONOTONIC) + TICK_MS);
        end_overdue(w);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

bool watch_start(struct watch *w, struct watch_limits limits)
{
    pthread_condattr_t monotonic;
    *w = (struct watch){.limits = limits};
    if (pthread_condattr_init(&monotonic) != 0) {
        return false;
    }
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&w->thread, NULL, run, w) != 0) {
        pthread_cond_destroy(&w->changed);
        pthread_mutex_destroy(&w->lock);
        return false;
    }
    return true;
}

void watch_stop(struct watch *w)
{
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    pthread_cond_signal(&w->changed);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    pthread_cond_destroy(&w->changed);
    pthread_mutex_destroy(&w->lock);
}

struct conn *watch_add(struct watch *w, int fd)
{
    struct conn *c = calloc(1, sizeof *c);
    if (c == NULL) {
        return NULL;
    }
    c->fd = fd;
    conn_enter(c, CONN_HEAD);
    pthread_mutex_lock(&w->lock);
    c->next = w->conns;
    if (c->next != NULL) {
        c->next->previous = c;
    } else {
        pthread_cond_signal(&w->changed);
    }
    w->conns = c;
    pthread_mutex_unlock(&w->lock);
    return c;
}

void watch_remove(struct watch *w, struct conn *c)
{
    pthread_mutex_lock(&w->lock);
    if (c->next != NULL) {
        c->next->previous = c->previous;
    }
    if (c->previous != NULL) {
        c->previous->next = c->next;
    } else {
        w->conns = c->next;
    }
    pthread_mutex_unlock(&w->lock);
    arena_free(c->req.arena);
    free(c->body.bytes);
    free(c->target);
    free(c);
}

static bool any_answering(struct watch *w)
{
    bool any = false;
    pthread_mutex_lock(&w->lock);
    for (struct conn *c = w->conns; c != NULL && !any; c = c->next) {
        uint64_t since = 0;
        enum conn_phase phase = phase_of(c, &since);
        any = phase != CONN_HEAD;
    }
    pthread_mutex_unlock(&w->lock);
    return any;
}

void watch_drain(struct watch *w, unsigned most_ms)
{
    const struct timespec pause = {.tv_nsec = DRAIN_MS * 1000000};
    uint64_t until = watch_now() + most_ms;
    while (watch_now() < until && any_answering(w)) {
        nanosleep(&pause, NULL);
    }
}
