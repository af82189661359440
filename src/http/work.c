#include "http/work.h"

#include "base/metrics.h"
#include "http/handle.h"

static struct conn *next_of(struct workers *w, bool *ret_stopping)
{
    pthread_mutex_lock(&w->lock);
    while (w->first == NULL && !w->stopping) {
        pthread_cond_wait(&w->some, &w->lock);
    }
    struct conn *c = w->first;
    if (c != NULL) {
        w->first = c->next_waiting;
        w->last = w->first == NULL ? NULL : w->last;
        w->waiting--;
    }
    *ret_stopping = w->stopping;
    pthread_mutex_unlock(&w->lock);
    return c;
}

static void work_on(struct http_server *server, struct conn *c, unsigned slot, bool stopping)
{
    struct call call = {.server = server, .connection = c->connection, .req = &c->req};
    call.closing = atomic_load(&server->stopping);
    c->req.thread = slot;
    if (stopping) {
        call.retry_after = 5;
        http_refuse(&call, 503, "The server is being stopped; please try again in a moment.");
    }
    http_answer_make(&call, &c->made);
    c->stage = STAGE_MADE;
    MHD_resume_connection(call.connection); // from here on `c` is its connection's again
}

static void *run(void *cls)
{
    struct http_server *server = cls;
    struct workers *w = &server->workers;
    pthread_mutex_lock(&w->lock); // until the list of threads is whole
    unsigned slot = server->options.threads;
    for (unsigned i = 0; i < w->count && !pthread_equal(w->threads[i], pthread_self()); i++) {
        slot++;
    }
    pthread_mutex_unlock(&w->lock);
    bool stopping = false;
    struct metrics *counts = server->options.metrics;
    for (struct conn *c = NULL; (c = next_of(w, &stopping)) != NULL;) {
        metrics_level_add(counts, METRIC_QUEUE, -1);
        work_on(server, c, slot, stopping);
    }
    return NULL;
}

bool workers_start(struct http_server *server)
{
    struct workers *w = &server->workers;
    *w = (struct workers){.most = server->options.queue};
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->some, NULL);
    pthread_mutex_lock(&w->lock);
    while (w->count < server->options.workers &&
           pthread_create(&w->threads[w->count], NULL, run, server) == 0) {
        w->count++;
    }
    pthread_mutex_unlock(&w->lock);
    if (w->count == server->options.workers) {
        return true;
    }
    workers_stop(server);
    return false;
}

bool workers_submit(struct http_server *server, struct MHD_Connection *connection, struct conn *c)
{
    struct workers *w = &server->workers;
    pthread_mutex_lock(&w->lock);
    bool room = w->waiting < w->most && !w->stopping;
    if (room) {
        c->connection = connection;
        c->stage = STAGE_WORKING;
        c->next_waiting = NULL;
        conn_enter(c, CONN_WORK);
        MHD_suspend_connection(connection); // before a worker can resume it
        if (w->last == NULL) {
            w->first = c;
        } else {
            w->last->next_waiting = c;
        }
        w->last = c;
        w->waiting++;
        pthread_cond_signal(&w->some);
    }
    pthread_mutex_unlock(&w->lock);
    metrics_level_add(server->options.metrics, METRIC_QUEUE, room ? 1 : 0);
    return room;
}

void workers_stop(struct http_server *server)
{
    struct workers *w = &server->workers;
    if (w->most == 0) {
        return; // never started
    }
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    pthread_cond_broadcast(&w->some);
    pthread_mutex_unlock(&w->lock);
    for (unsigned i = 0; i < w->count; i++) {
        pthread_join(w->threads[i], NULL);
    }
    pthread_cond_destroy(&w->some);
    pthread_mutex_destroy(&w->lock);
    w->most = 0;
}
